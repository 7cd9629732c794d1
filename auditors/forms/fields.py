"""Fields that forms of this app share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import Restricted
from auditors.enums import FeeCategory
from auditors.models import Recipient
from auditors.rules.catalogue import SERVICES
from charters.enums import CommitteeKind
from charters.models import Decision
from records.calendar import Calendar, Period
from records.dates import long_day

LONGEST_TEXT = 4_000
YEARS_OFFERED = 4
MOST = Decimal(10) ** 12
NOT_LISTED = "other"
CURRENCY = RegexValidator(r"^[A-Za-z]{3}$", lazy("A currency has three letters: USD."))


class Amount(forms.DecimalField):
    """A sum of money above zero, to the cent."""

    def __init__(self, **kwargs: Any) -> None:
        limits: dict[str, Any] = {
            "max_digits": 14,
            "decimal_places": 2,
            "min_value": Decimal("0.01"),
            "max_value": MOST,
        }
        super().__init__(**limits | kwargs)


class CurrencyField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        given: dict[str, Any] = {
            "label": lazy("Currency"),
            "max_length": 3,
            "initial": "USD",
            "validators": [CURRENCY],
        }
        super().__init__(**given | kwargs)

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).upper()


class ServiceField(forms.ChoiceField):
    """A service of the list, by the line of the fee table; prohibited ones are listed too."""

    def __init__(self, **kwargs: Any) -> None:
        given: dict[str, Any] = {
            "label": lazy("Service"),
            "choices": service_choices,
            "help_text": lazy("Choose “Not in the list” where none fits. The committee decides."),
        }
        super().__init__(**given | kwargs)

    def clean(self, value: Any) -> str:
        chosen = str(super().clean(value))
        return "" if chosen == NOT_LISTED else chosen


def service_choices() -> Iterator[tuple[str, Any]]:
    yield "", _("Choose a service")
    yield NOT_LISTED, _("Not in the list")
    for category in FeeCategory:
        named = [
            (service.key, service.name)
            for service in SERVICES.values()
            if service.category == category and service.prohibition is None
        ]
        yield str(category.label), named
    limited = [(service.key, service.name) for service in SERVICES.values() if service.prohibition]
    yield _("Services the law restricts"), limited


class Several(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Some of the records offered. A key that no database holds is no choice."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError(_("Choose from the list.")) from None


class RecipientsField(Several):
    def __init__(self, **kwargs: Any) -> None:
        given: dict[str, Any] = {
            "queryset": Recipient.objects.all(),
            "label": lazy("Who receives the service"),
            "widget": forms.CheckboxSelectMultiple,
        }
        super().__init__(**given | kwargs)


class DecisionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A decision of the audit committee or the Board that every reader may see."""

    def __init__(self, **kwargs: Any) -> None:
        given: dict[str, Any] = {
            "queryset": Decision.objects.none(),
            "label": lazy("Decision"),
            "required": False,
            "empty_label": lazy("To be added later"),
            "help_text": lazy("The decision on record for the same date."),
        }
        super().__init__(**given | kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """How minutes cite it and how it begins: one meeting may decide several times."""
        return f"{obj}: {Truncator(obj.text).words(12)}"


def decisions() -> Any:
    """What a record of this app can rest on, the newest first."""
    return _of_the_bodies().unrestricted()


def decisions_restricted_like(record: Restricted) -> Any:
    """What a restricted record can rest on: every reader of it may read the decision too."""
    roles, people = record.restricted_roles, record.restricted_people
    same = Q(restricted_roles=roles, restricted_people__in=[people, frozenset()])
    found = _of_the_bodies()
    return found.filter(same | Q(pk__in=found.unrestricted().values("pk")))


def _of_the_bodies() -> Any:
    bodies = (CommitteeKind.AUDIT, CommitteeKind.BOARD)
    return Decision.objects.filter(body__kind__in=bodies).select_related("body")


class YearField(forms.TypedChoiceField):
    """A fiscal year, by its last date. `offer` gives the years."""

    def __init__(self, **kwargs: Any) -> None:
        given: dict[str, Any] = {
            "label": lazy("Fiscal year ending"),
            "coerce": date.fromisoformat,
            "choices": (),
        }
        super().__init__(**given | kwargs)


def years_around(calendar: Calendar, today: date) -> list[Period]:
    """The fiscal year to come, this one and the last ones, newest first."""
    this = calendar.year_of(today)
    years = [calendar.year_after(this), this]
    while len(years) < YEARS_OFFERED:
        years.append(calendar.year_before(years[-1]))
    return years


def offer_years(form: forms.BaseForm, name: str, calendar: Calendar, today: date) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = [
        (year.last.isoformat(), long_day(year.last)) for year in years_around(calendar, today)
    ]


class FileBeside(forms.FileField):
    """The paper of a record."""

    def __init__(self, **kwargs: Any) -> None:
        given: dict[str, Any] = {
            "label": lazy("Document"),
            "required": False,
            "help_text": lazy("PDF, Word or image, up to 50 MB."),
        }
        super().__init__(**given | kwargs)
