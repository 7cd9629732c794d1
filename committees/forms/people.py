"""Forms about committees, directors and their seats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charters.enums import CommitteeKind
from charters.models import Committee
from committees import enums
from committees.enums import EndReason
from committees.models import Director, Filing, Listing
from records.forms import Day

if TYPE_CHECKING:
    from datetime import date

ONLY_ONE = (CommitteeKind.BOARD, CommitteeKind.AUDIT)


class EstablishForm(forms.Form):
    kind = forms.ChoiceField(label=lazy("Kind"))
    name = forms.CharField(
        label=lazy("Name"),
        max_length=150,
        help_text=lazy("As it is called in the charter or the bylaws: Audit Committee."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = set(Committee.objects.values_list("kind", flat=True))
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label)
            for kind in CommitteeKind
            if kind not in ONLY_ONE or kind not in there
        ]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Committee.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is a committee of this name already."))
        return name


class DirectorForm(forms.Form):
    name = forms.CharField(
        label=lazy("Name"),
        max_length=150,
        help_text=lazy("As it should stand in the portal and its reports."),
    )
    sort_name = forms.CharField(
        label=lazy("Sorted as"),
        max_length=150,
        required=False,
        help_text=lazy("Family name first: Okafor, Ngozi. Left empty, it is taken from the name."),
    )
    user = forms.ModelChoiceField(
        label=lazy("Account"),
        queryset=User.objects.none(),
        required=False,
        empty_label=lazy("no account"),
        help_text=lazy(
            "The account with which the director signs in. Each account is one person's."
        ),
    )

    def __init__(self, *args: Any, director: Director | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Q(is_active=True, director=None)
        theirs = Q(director=director) if director else Q()
        accounts = User.objects.filter(free | theirs if director else free)
        self.fields["user"].queryset = accounts  # type: ignore[attr-defined]


class MembershipBeginForm(forms.Form):
    director = forms.ModelChoiceField(
        label=lazy("Director"),
        queryset=Director.objects.all(),
        empty_label=lazy("choose a director"),
    )
    committee = forms.ModelChoiceField(
        label=lazy("Committee"),
        queryset=Committee.objects.all(),
        empty_label=lazy("choose a committee"),
    )
    starts_on = Day(
        label=lazy("From"), help_text=lazy("The first date in office. It may be in the future.")
    )
    ends_on = Day(
        label=lazy("Until"),
        required=False,
        help_text=lazy("Only for a seat that has ended: the first date out of office."),
    )
    end_reason = forms.ChoiceField(
        label=lazy("Why it ended"), required=False, choices=[("", "—"), *EndReason.choices]
    )


class MembershipCorrectForm(forms.Form):
    starts_on = Day(label=lazy("From"), help_text=lazy("The first date in office."))
    ends_on = Day(
        label=lazy("Until"),
        required=False,
        help_text=lazy("The first date out of office. Leave empty where the seat has not ended."),
    )
    reason = forms.ChoiceField(
        label=lazy("Why it ended"), required=False, choices=[("", "—"), *EndReason.choices]
    )
    exchange_notified_on = Day(
        label=lazy("Exchange notified on"),
        required=False,
        help_text=lazy(
            "Where fewer than three remained: the date on which the exchange was notified."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_exchange_notified_on(self) -> date | None:
        return _not_ahead(self.cleaned_data["exchange_notified_on"], self.today)


class MembershipEndForm(forms.Form):
    ends_on = Day(
        label=lazy("Until"),
        help_text=lazy(
            "The first date out of office. It may be in the future, if it was announced."
        ),
    )
    reason = forms.ChoiceField(label=lazy("Why it ends"), choices=EndReason.choices)
    exchange_notified_on = Day(
        label=lazy("Exchange notified on"),
        required=False,
        help_text=lazy(
            "Where fewer than three remain: the date on which the exchange was notified. It can be recorded later."
        ),
    )

    def __init__(self, *args: Any, today: date, asks_notice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if not asks_notice:
            del self.fields["exchange_notified_on"]

    def clean_exchange_notified_on(self) -> date | None:
        return _not_ahead(self.cleaned_data["exchange_notified_on"], self.today)


class NoticeForm(forms.Form):
    on = Day(
        label=lazy("Exchange notified on"),
        help_text=lazy("The date on which the exchange was notified."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date | None:
        return _not_ahead(self.cleaned_data["on"], self.today)


class ChairForm(forms.Form):
    starts_on = Day(
        label=lazy("Chair from"),
        help_text=lazy("The first date as chair. The present chair's term ends on that date."),
    )
    ends_on = Day(
        label=lazy("Until"),
        required=False,
        help_text=lazy("Only for a term that has ended: the first date no longer as chair."),
    )


class ChairEndForm(forms.Form):
    ends_on = Day(
        label=lazy("Until"),
        help_text=lazy("The first date no longer as chair. The seat continues."),
    )


def _not_ahead(day: date | None, today: date) -> date | None:
    if day is not None and day > today:
        raise forms.ValidationError(
            _("This date is in the future. Record the notice after it has been given.")
        )
    return day


class ListingForm(forms.Form):
    """The dates of an initial public offering; both may lie ahead."""

    effective_on = Day(
        label=lazy("Registration statement effective on"),
        help_text=Listing._meta.get_field("effective_on").help_text,
    )
    listed_on = Day(
        label=lazy("Listing date"), help_text=Listing._meta.get_field("listed_on").help_text
    )
    was_reporting = forms.BooleanField(
        label=lazy("The company filed Exchange Act reports immediately before effectiveness"),
        required=False,
        help_text=Listing._meta.get_field("was_reporting").help_text,
    )


class FilingForm(forms.Form):
    """A filing, and whether it states the reliance."""

    form = forms.ChoiceField(label=lazy("Filing"), choices=enums.FilingForm.choices)
    filed_on = Day(label=lazy("Filed on"))
    states_reliance = forms.BooleanField(
        label=lazy("It states that the company relies on the cure period or phase-in"),
        required=False,
        help_text=Filing._meta.get_field("states_reliance").help_text,
    )
