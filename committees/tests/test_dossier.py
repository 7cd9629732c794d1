"""What is on record of the members, as of any date, in as many queries for one as for five."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees import services
from committees.dossier import Dossier
from committees.enums import DeterminationKind as Kind
from committees.enums import (
    EndReason,
    ExpertAttribute,
    ExpertRoute,
    RelativeKind,
    SophisticationGround,
)
from committees.models import Employment, Membership
from committees.rules.requirements import Meets, Requirement
from committees.tests.factories import a_company, an_audit_committee, seats
from committees.tests.recording import NOW, TODAY, determined, paid, set_up

pytestmark = pytest.mark.django_db

MADE = date(2026, 3, 4)
INDEPENDENCE, LITERACY, SOPHISTICATION, EXPERT = Requirement


@pytest.fixture(autouse=True)
def _company(db: None) -> None:
    set_up()


def dossier() -> Dossier:
    return Dossier(an_audit_committee(), a_company().calendar)


def assessed(day: date = TODAY) -> dict[Requirement, Meets]:
    return {found.requirement: found.meets for found in dossier().assess(day)}


def a_committee(*names: str) -> list[Membership]:
    """Everybody determined independent and literate on March 4, 2026."""
    made = seats(*(names or ("Ngozi Okafor", "Li Wei", "Ann Roe")))
    for seat in made:
        determined(seat.director, Kind.INDEPENDENT, MADE)
        determined(seat.director, Kind.LITERATE, MADE)
    return made


def an_expert(seat: Membership, on: date = MADE, **given: Any) -> None:
    determined(
        seat.director,
        Kind.EXPERT,
        on,
        attributes=list(ExpertAttribute),
        grounds=[ExpertRoute.EXPERIENCE],
        **given,
    )


@pytest.mark.parametrize(
    ("day", "meets"),
    [(date(2026, 3, 3), Meets.NOT), (MADE, Meets.MEETS), (TODAY, Meets.MEETS)],
)
def test_determination_counts_from_its_day_on(day: date, meets: Meets) -> None:
    a_committee()
    assert assessed(day)[INDEPENDENCE] is meets
    assert assessed(day)[LITERACY] is meets


def test_fact_entered_later_changes_the_answer_from_its_own_day_on() -> None:
    seat, *_others = a_committee()
    paid(seat.director, "1", on=date(2026, 8, 3))
    assert assessed(date(2026, 8, 2))[INDEPENDENCE] is Meets.MEETS
    assert assessed(date(2026, 8, 3))[INDEPENDENCE] is Meets.NOT
    lacking = [found.lacking for found in dossier().assess(TODAY)]
    assert [[one.name for one in found] for found in lacking] == [["Ngozi Okafor"], [], [], []]


def test_later_determination_takes_the_place_of_the_earlier() -> None:
    seat, *_others = a_committee()
    determined(seat.director, Kind.INDEPENDENT, date(2026, 8, 4), is_met=False)
    assert assessed(date(2026, 8, 3))[INDEPENDENCE] is Meets.MEETS
    assert assessed(date(2026, 8, 4))[INDEPENDENCE] is Meets.NOT


def test_withdrawn_determination_counts_on_no_day() -> None:
    seat, *_others = a_committee()
    made = seat.director.determinations.get(kind=Kind.LITERATE)
    services.withdraw_determination(made, reason="Entered twice.", **NOW)
    assert assessed(MADE)[LITERACY] is Meets.NOT


def test_sophistication_and_expert() -> None:
    first, second, _third = a_committee()
    assert (assessed()[SOPHISTICATION], assessed()[EXPERT]) == (Meets.NOT, Meets.EXPLAIN)
    determined(first.director, Kind.SOPHISTICATED, MADE, grounds=[SophisticationGround.COMPARABLE])
    assert (assessed()[SOPHISTICATION], assessed()[EXPERT]) == (Meets.MEETS, Meets.EXPLAIN)
    an_expert(second)
    assert (assessed()[SOPHISTICATION], assessed()[EXPERT]) == (Meets.MEETS, Meets.MEETS)


def test_looking_ahead_the_only_expert_leaves() -> None:
    first, *_others = a_committee()
    an_expert(first)
    leaves = date(2027, 2, 1)
    services.end_membership(first, ends_on=leaves, reason=EndReason.RESIGNED, **NOW)
    assert dossier().first_day_without(SOPHISTICATION, TODAY) == leaves
    assert dossier().first_day_without(LITERACY, TODAY) is None


def test_looking_ahead_a_member_without_determinations_comes() -> None:
    a_committee()
    seats("Ben Poe")
    Membership.objects.filter(director__name="Ben Poe").update(starts_on=date(2027, 1, 4))
    assert dossier().first_day_without(INDEPENDENCE, TODAY) == date(2027, 1, 4)


def test_exception_holds_until_its_last_day() -> None:
    first, *_others = a_committee()
    services.correct_membership(
        first,
        starts_on=date(2025, 1, 1),
        ends_on=None,
        reason=None,
        exchange_notified_on=None,
        **NOW,
    )
    worked = Employment(
        director=first.director, starts_on=date(2015, 1, 1), last_on=date(2024, 12, 31)
    )
    services.enter_fact(worked, **NOW)
    assert assessed()[INDEPENDENCE] is Meets.NOT
    determined(
        first.director,
        Kind.EXCEPTION,
        TODAY,
        considered="A former employee whom the committee needs.",
        ends_on=date(2027, 6, 30),
    )
    assert assessed()[INDEPENDENCE] is Meets.UNTIL
    assert dossier().assess(TODAY)[0].until == date(2027, 6, 30)
    assert dossier().first_day_without(INDEPENDENCE, TODAY) == date(2027, 7, 1)
    assert assessed(date(2028, 1, 1))[INDEPENDENCE] is Meets.MEETS  # the bar itself has ended


def test_exception_ends_with_what_it_never_allows() -> None:
    first, *_others = a_committee()
    worked = Employment(
        director=first.director, starts_on=date(2015, 1, 1), last_on=date(2024, 12, 31)
    )
    services.enter_fact(worked, **NOW)
    determined(first.director, Kind.EXCEPTION, TODAY, considered="The committee needs them.")
    assert assessed()[INDEPENDENCE] is Meets.UNTIL
    hired = Employment(
        director=first.director,
        relative=RelativeKind.SPOUSE,
        is_executive=True,
        starts_on=TODAY,
    )
    services.enter_fact(hired, **NOW)
    assert assessed()[INDEPENDENCE] is Meets.NOT, "family of an executive officer"


def test_service_without_a_break_is_one() -> None:
    first, *_others = a_committee()
    again = date(2026, 5, 20)
    services.end_membership(first, ends_on=again, reason=EndReason.NOT_REELECTED, **NOW)
    committee = an_audit_committee()
    services.seat(first.director, committee, starts_on=again, **NOW)
    found = dossier().serving_since(first.director_id, TODAY)
    assert found == first.starts_on
    assert dossier().serving_since(first.director_id, date(2020, 4, 30)) is None


def test_queries_do_not_grow_with_the_members() -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            found = dossier()
            found.assess(TODAY)
            for requirement in Requirement:
                found.first_day_without(requirement, TODAY)
        return len(queries)

    a_committee("Ngozi Okafor")
    few = count()
    a_committee("Li Wei", "Ann Roe", "Ben Poe", "Eva Low")
    assert count() == few
