"""Forms about reports to the Board and recommendations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import models
from django.utils.translation import gettext_lazy as _

from charters.models import Decision
from meetings.enums import Answer, HowReported
from meetings.models import AgendaItem, Meeting, ReportToBoard
from meetings.reports.words import with_start
from records.forms import Day, Records, only_for

if TYPE_CHECKING:
    ModelChoiceIterator = models.ModelChoiceIterator[Meeting]
else:
    ModelChoiceIterator = models.ModelChoiceIterator

LONGEST_TEXT = 4_000


class ByReport(ModelChoiceIterator):
    """Meetings that no report is on record of; those reported already stand under their own heading."""

    def __iter__(self) -> Iterator[Any]:
        told = set(ReportToBoard.objects.values_list("meeting", flat=True))
        meetings = list(self.queryset)
        yield from (self.choice(meeting) for meeting in meetings if meeting.pk not in told)
        earlier = [self.choice(meeting) for meeting in meetings if meeting.pk in told]
        if earlier:
            yield (_("Reported already"), earlier)


class MeetingsField(Records):
    iterator = ByReport


class ReportToBoardForm(forms.Form):
    """Which meetings were reported, and at which meeting of the Board."""

    board_meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label=_("Board meeting"),
        empty_label=None,
        help_text=_("Meetings of the Board that were held. Enter a past one under Meetings."),
    )
    meetings = MeetingsField(
        queryset=Meeting.objects.none(),
        label=_("Committee meetings reported"),
        widget=forms.CheckboxSelectMultiple,
    )
    how = forms.ChoiceField(label=_("How"), choices=HowReported.choices)

    def __init__(self, *args: Any, meetings: Any, board_meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meetings"].queryset = meetings  # type: ignore[attr-defined]
        self.fields["board_meeting"].queryset = board_meetings  # type: ignore[attr-defined]
        for name in ("meetings", "board_meeting"):
            self.fields[name].label_from_instance = with_start  # type: ignore[attr-defined]

    def clean_how(self) -> HowReported:
        return HowReported(self.cleaned_data["how"])


class RecommendationForm(forms.Form):
    """What a meeting recommends to the Board."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("Made at"), empty_label=None)
    item = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        label=_("Agenda item"),
        required=False,
        empty_label=_("None"),
        help_text=_("A recommendation is restricted as its item is."),
    )
    text = forms.CharField(
        label=_("Recommendation"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "For example: That the audited financial statements be included in the annual report "
            "on Form 10-K."
        ),
    )

    def __init__(self, *args: Any, meetings: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        self.fields["item"].label_from_instance = (  # type: ignore[attr-defined]
            lambda item: f"{item.meeting}: {item.title}"
        )


class AnswerForm(forms.Form):
    """What the Board made of a recommendation."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices)
    answered_on = Day(label=_("Answered on"))
    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label=_("Decision of the Board"),
        required=False,
        empty_label=_("None"),
        help_text=_("An acceptance rests on a decision. Record it under Decisions first."),
    )
    answer_text = forms.CharField(
        label=_("What the Board changed, or why it did not accept"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, decisions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]
        only_for(self, {"accepted": ("decision",), "not-as-made": ("answer_text",)})

    def clean_answer(self) -> Answer:
        return Answer(self.cleaned_data["answer"])
