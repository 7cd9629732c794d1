"""Forms about event cards: what happened, its clocks, closing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from committees.enums import Counting, StartsFrom
from committees.models import EventClock
from committees.models.events import MOST_DAYS
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
    """What is known of an event. Neutral words: the card is a record."""

    title = forms.CharField(
        label=_("What happened"),
        max_length=200,
        help_text=_("For example: Comment letter received from the staff of the SEC."),
    )
    learned_on = Day(label=_("Learned on"))
    learned = text(_("What was learned"), _("By whom, from whom, and what it says."))
    determined_on = Day(
        label=_("Determined on"),
        required=False,
        help_text=_("The day on which somebody with the power to do so came to a conclusion."),
    )
    determined = text(_("What was determined"), _("And who determined it."))
    decides = text(_("Who decides"), rows=2)
    asks = text(_("What the law asks"))
    calls = text(
        _("Whom to call"),
        _(
            "Beside the committee, the secretary and counsel, who are named on the sheet. A number "
            "stands there only if you write it here."
        ),
        rows=2,
    )
    responsible = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who follows it up"),
        required=False,
        empty_label=_("The corporate secretary"),
        help_text=_("Reminded at once, and then every business day until it is done."),
    )
    closed_to = forms.BooleanField(
        label=_("Close this card to management"),
        required=False,
        help_text=_(
            "Whoever holds a role in management then sees neither the card nor its clocks, "
            "whatever other role they hold. Once closed to management, it stays so."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = fieldsets(
            (
                gettext("What is known"),
                ("title", "learned_on", "learned", "determined_on", "determined"),
            ),
            (gettext("What follows"), ("decides", "asks", "calls", "responsible")),
            (gettext("Who sees it"), ("closed_to",)),
        )

    def clean_closed_to(self) -> str:
        return Role.MANAGEMENT.value if self.cleaned_data["closed_to"] else ""


class EventClockForm(forms.Form):
    """What must be done within how many days, counted from when."""

    what = forms.CharField(
        label=_("What must be done"),
        max_length=200,
        help_text=_("For example: Reply to the staff."),
    )
    rule = forms.CharField(
        label=_("Which rule asks for it"),
        required=False,
        max_length=200,
        help_text=_("For example: the letter itself; Form 8-K, General Instruction B.1."),
    )
    days = forms.IntegerField(label=_("Number of days"), min_value=0, max_value=MOST_DAYS)
    counting = forms.ChoiceField(label=_("Counted in"), choices=Counting.choices)
    starts = forms.ChoiceField(label=_("Counted from"), choices=StartsFrom.choices)

    def clean_counting(self) -> Counting:
        return Counting(self.cleaned_data["counting"])

    def clean_starts(self) -> StartsFrom:
        return StartsFrom(self.cleaned_data["starts"])


class EventClockStopForm(forms.Form):
    done_on = Day(label=_("Done on"))


class EventClockWithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=EventClock._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EventCloseForm(forms.Form):
    closed_on = Day(label=_("Closed on"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How the matter ended, in a neutral sentence."),
    )
