"""Forms about events: what happened, its deadlines, closing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from charters.enums import Counting, StartsFrom
from charters.models import EventDeadline
from charters.models.events import MOST_DAYS
from records.forms import Day, fieldsets

LONGEST_TEXT = 4_000


def text(label: Any, help_text: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class EventForm(forms.Form):
    """What is known of an event. Neutral words: the event is a record."""

    title = forms.CharField(
        label=_("What happened"),
        max_length=200,
        help_text=_("For example: Comment letter received from the staff of the SEC."),
    )
    learned_on = Day(label=_("Learned on"))
    learned = text(_("What was learned"), _("Who learned it, from whom, and what it says."))
    determined_on = Day(
        label=_("Determined on"),
        required=False,
        help_text=_("The date on which a person with authority reached a conclusion."),
    )
    determined = text(_("What was determined"), _("What was concluded, and by whom."))
    decides = text(_("Who decides"), rows=2)
    asks = text(_("What the law asks"))
    calls = text(
        _("Whom to call"),
        _(
            "People to call in addition to the committee, the secretary and counsel. Include "
            "phone numbers."
        ),
        rows=2,
    )
    responsible = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Owner"),
        required=False,
        empty_label=_("The corporate secretary"),
        help_text=_("Reminded at once, and then every business day until it is done."),
    )
    restricted_roles = forms.BooleanField(
        label=_("Restrict from management"),
        required=False,
        help_text=_(
            "People with a management role cannot see the event or its deadlines, whatever "
            "other roles they have. A restriction cannot be removed."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = fieldsets(
            (
                gettext("What is known"),
                ("title", "learned_on", "learned", "determined_on", "determined"),
            ),
            (gettext("What is next"), ("decides", "asks", "calls", "responsible")),
            (gettext("Access"), ("restricted_roles",)),
        )

    def clean_restricted_roles(self) -> frozenset[Role]:
        return frozenset({Role.MANAGEMENT} if self.cleaned_data["restricted_roles"] else ())


class EventDeadlineForm(forms.Form):
    """What must be done within how many days, counted from when."""

    what = forms.CharField(
        label=_("What must be done"),
        max_length=200,
        help_text=_("For example: Reply to the staff."),
    )
    rule = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=200,
        help_text=_("For example: the letter itself; Form 8-K, General Instruction B.1."),
    )
    days = forms.IntegerField(label=_("Number of days"), min_value=0, max_value=MOST_DAYS)
    counting = forms.ChoiceField(label=_("Type of days"), choices=Counting.choices)
    starts = forms.ChoiceField(label=_("Start date"), choices=StartsFrom.choices)

    def clean_counting(self) -> Counting:
        return Counting(self.cleaned_data["counting"])

    def clean_starts(self) -> StartsFrom:
        return StartsFrom(self.cleaned_data["starts"])


class EventDeadlineDoneForm(forms.Form):
    done_on = Day(label=_("Done on"))


class EventDeadlineWithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=EventDeadline._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EventCloseForm(forms.Form):
    closed_on = Day(label=_("Closed on"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How the event ended, in one neutral sentence."),
    )
