"""The officers' register."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from committees import services
from committees.models import Officer
from committees.tests.recording import NOW, last_entry, refused
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

FIRST, LEFT = date(2022, 3, 1), date(2026, 6, 1)


def an_officer(
    name: str = "Ann Roe", title: str = "Chief Financial Officer", **given: Any
) -> Officer:
    return services.add_officer(name=name, title=title, **({"starts_on": FIRST} | NOW | given))


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2022, 2, 28), False),
        (FIRST, True),
        (date(2026, 5, 31), True),
        (LEFT, False),
    ],
)
def test_office_is_held_from_the_first_day_until_the_end(day: date, holds: bool) -> None:
    officer = services.end_office(an_officer(), ends_on=LEFT, **NOW)
    assert officer.covers(day) is holds
    assert Officer.objects.in_office(day).exists() is holds


def test_name_and_title_stay_out_of_the_ledger() -> None:
    officer = an_officer(is_executive=True)
    services.change_officer(officer, title="Chief Executive Officer", **NOW)
    told = [str(entry.facts) for entry in LedgerEntry.objects.all()]
    assert not [line for line in told if "Roe" in line or "Chief" in line]
    assert list(last_entry().facts) == ["title"]


def test_a_new_title_is_a_new_row() -> None:
    before = an_officer(title="Controller")
    services.end_office(before, ends_on=LEFT, **NOW)
    an_officer(starts_on=LEFT)
    titles = Officer.objects.in_office(LEFT).values_list("title", flat=True)
    assert list(titles) == ["Chief Financial Officer"]


def test_nobody_reports_to_somebody_below() -> None:
    chief = an_officer("Li Wei", "Chief Executive Officer")
    finance = an_officer(reports_to=chief)
    controller = an_officer("Ben Poe", "Controller", reports_to=finance)
    for above in (chief, finance, controller):
        with pytest.raises(ValidationError) as refusal:
            services.change_officer(chief, reports_to=above, **NOW)
        assert refused(refusal) == ["reports_to"]
    services.change_officer(controller, reports_to=chief, **NOW)
    assert last_entry().facts == {
        "reports_to": [f"committees.Officer:{finance.pk}", f"committees.Officer:{chief.pk}"]
    }


@pytest.mark.parametrize("ends_on", [FIRST, date(2022, 2, 28)])
def test_office_ends_after_the_date_it_began(ends_on: date) -> None:
    officer = an_officer()
    with pytest.raises(ValidationError) as refusal:
        services.end_office(officer, ends_on=ends_on, **NOW)
    assert refused(refusal) == ["ends_on"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Officer.objects.filter(pk=officer.pk).update(ends_on=ends_on)


def test_office_ends_once() -> None:
    officer = services.end_office(an_officer(), ends_on=LEFT, **NOW)
    with pytest.raises(ValidationError, match="already"):
        services.end_office(officer, ends_on=LEFT, **NOW)


def test_change_that_changes_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="Nothing is different"):
        services.change_officer(an_officer(), title="Chief Financial Officer", **NOW)


def test_officer_has_a_name_and_a_title() -> None:
    with pytest.raises(ValidationError) as refusal:
        an_officer(name=" ", title="")
    assert refused(refusal) == ["name", "title"]


def test_executive_officers_are_found() -> None:
    executive = an_officer(is_executive=True)
    an_officer("Ben Poe", "Controller")
    assert list(Officer.objects.executive()) == [executive]
