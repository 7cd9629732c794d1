"""The numbers of resolutions: one sequence for each body and fiscal year, without gap or double.

A number is given when a resolution passes or a consent takes effect, never before, so that what is
withdrawn leaves no gap.
"""

from __future__ import annotations

from datetime import date

from charters.models import Committee, Decision
from meetings.models import BodyRules, ResolutionSequence
from records.models import Company

# A number once given is read in minutes: "2026-04" is the fourth of the fiscal year 2026.
FORM = "{year}-{count:02}"


def next_number(body: Committee, day: date) -> str:
    """The next number of a resolution that a body passes on a day. Call it within an act.

    A fiscal year begins with 1, or with the first number that the rules of the body set for it.
    Numbers that decisions on record have already are passed over: they were entered by hand.
    """
    company = Company.objects.current()
    if company is None:
        raise Company.DoesNotExist("No company is set up yet.")
    year = company.calendar.year_of(day)
    ResolutionSequence.objects.get_or_create(
        body=body, year_ends_on=year.last, defaults={"last": _first(body, year.key) - 1}
    )
    sequence = ResolutionSequence.objects.select_for_update().get(body=body, year_ends_on=year.last)
    named = year.key.removeprefix("FY")
    taken = set(
        Decision.objects.filter(body=body, number__startswith=f"{named}-").values_list(
            "number", flat=True
        )
    )
    while True:
        sequence.last += 1
        number = FORM.format(year=named, count=sequence.last)
        if number not in taken:
            break
    sequence.save(update_fields=["last"])
    return number


def _first(body: Committee, year: str) -> int:
    entries = BodyRules.objects.of(body).filter(first_number_year=year)
    rules = entries.order_by("effective_on").last()
    return rules.first_number if rules else 1
