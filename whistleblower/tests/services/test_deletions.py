"""Who may say that a case is deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from whistleblower.enums import Category, Country, Outcome
from whistleblower.models import Case, Part
from whistleblower.services import deletions, handling, keeping
from whistleblower.services import desk as desks
from whistleblower.services.desk import Desk
from whistleblower.tests.channels import NEXT, World

pytestmark = pytest.mark.django_db
# The due date of a German case closed on that day; a line test may go long before.
LATER = NEXT.replace(year=NEXT.year + 3)


def with_last(act: Callable[..., Any], desk: Desk, pk: str, at: Any = NEXT, **given: Any) -> Any:
    found = desks.open_case(desk, pk, at=at)
    assert found is not None
    return act(desk, pk, seen=found.last, at=at, **given)


def close(desk: Desk, pk: str) -> None:
    given = {"outcome": Outcome.NO_BASIS, "text": "", "reason": "Nothing to look into."}
    with_last(handling.close, desk, pk, **given)


def as_line_test(desk: Desk, pk: str) -> None:
    with_last(keeping.mark_as_line_test, desk, pk)


def as_german(desk: Desk, pk: str, country: Country = Country.GERMANY) -> None:
    given = {"category": Category.FRAUD, "country": country}
    with_last(handling.categorize, desk, pk, **given)


@pytest.mark.parametrize("shorten", [as_line_test, as_german])
def test_who_lets_a_case_go_sooner_does_not_delete_it_alone(
    world: World, shorten: Callable[[Desk, str], None]
) -> None:
    world.send()
    chair, member, pk = world.chair.desk(), world.member.desk(), Case.objects.get().pk
    shorten(chair, pk)
    close(chair, pk)
    with pytest.raises(ValidationError, match="Another reader approves"):
        with_last(keeping.approve_deletion, chair, pk, LATER, reason="Spam.")
    assert not Case.objects.get().is_marked_for_deletion
    with_last(keeping.approve_deletion, member, pk, LATER, reason="Spam.")
    assert Case.objects.get().is_marked_for_deletion


def test_one_reader_deletes_what_was_sent_as_a_test(world: World) -> None:
    world.send(is_test=True)
    desk, pk = world.chair.desk(), Case.objects.get().pk
    as_line_test(desk, pk)
    close(desk, pk)
    with_last(keeping.approve_deletion, desk, pk, LATER, reason="A test.")
    assert Case.objects.get().is_marked_for_deletion


def test_recorded_reason_moves_the_last_date_of_a_german_case(world: World) -> None:
    world.send()
    chair, pk = world.chair.desk(), Case.objects.get().pk
    as_german(chair, pk)
    given: dict[str, Any] = {"until": date(2031, 5, 1), "reason": "The lawsuit goes on."}
    with pytest.raises(ValidationError, match="no last date"):
        with_last(keeping.retain_longer, chair, pk, **given)
    close(chair, pk)
    assert last_date(chair, pk) == date(2029, 11, 21)
    with_last(keeping.approve_deletion, world.member.desk(), pk, LATER, reason="Over.")
    with_last(keeping.retain_longer, chair, pk, LATER, **given)
    assert last_date(chair, pk) == date(2031, 5, 1)
    assert not Case.objects.get().is_marked_for_deletion


@pytest.mark.parametrize("until", [date(2026, 11, 21), date(2029, 11, 21)])
def test_reason_to_retain_longer_has_a_date_beyond_the_last_one(world: World, until: date) -> None:
    world.send()
    chair, pk = world.chair.desk(), Case.objects.get().pk
    as_german(chair, pk)
    close(chair, pk)
    with pytest.raises(ValidationError, match="after the last date of retention"):
        with_last(keeping.retain_longer, chair, pk, until=until, reason="Later.")


def test_later_reason_replaces_an_earlier_one_down_to_the_end_under_the_law(world: World) -> None:
    world.send()
    chair, pk = world.chair.desk(), Case.objects.get().pk
    as_german(chair, pk)
    close(chair, pk)
    for until in (date(2060, 5, 1), date(2031, 5, 1), date(2029, 11, 21)):
        with_last(keeping.retain_longer, chair, pk, until=until, reason="The lawsuit.")
        assert last_date(chair, pk) == until
    with pytest.raises(ValidationError, match="under the law, November 21, 2029"):
        with_last(keeping.retain_longer, chair, pk, until=date(2029, 11, 20), reason="Sooner.")


def test_italian_case_is_retained_longer_under_a_legal_hold_only(world: World) -> None:
    world.send()
    chair, pk = world.chair.desk(), Case.objects.get().pk
    as_german(chair, pk, Country.ITALY)
    close(chair, pk)
    with pytest.raises(ValidationError, match="Place a legal hold"):
        with_last(keeping.retain_longer, chair, pk, until=date(2040, 1, 1), reason="Later.")
    assert last_date(chair, pk) == date(2031, 11, 21)
    with_last(keeping.hold, chair, pk, reason="A lawsuit.")
    assert last_date(chair, pk) is None


def test_case_of_the_united_states_has_no_last_date_to_move(world: World) -> None:
    world.send()
    chair, pk = world.chair.desk(), Case.objects.get().pk
    close(chair, pk)
    with pytest.raises(ValidationError, match="no last date"):
        with_last(keeping.retain_longer, chair, pk, until=date(2040, 1, 1), reason="Later.")


def reopen(desk: Desk, pk: str, at: datetime) -> None:
    with_last(handling.reopen, desk, pk, at, reason="Something new.")


def hold(desk: Desk, pk: str, at: datetime) -> None:
    with_last(keeping.hold, desk, pk, at, reason="A lawsuit is expected.")


def longer(desk: Desk, pk: str, at: datetime) -> None:
    with_last(keeping.retain_longer, desk, pk, at, until=date(2031, 5, 1), reason="A lawsuit.")


@pytest.mark.parametrize("keep", [reopen, hold, longer])
def test_entry_that_keeps_a_case_is_written_only_where_the_deletion_is_taken_back(
    world: World, keep: Callable[[Desk, str, datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.send()
    chair, pk = world.chair.desk(), Case.objects.get().pk
    as_german(chair, pk)
    close(chair, pk)
    with_last(keeping.approve_deletion, world.member.desk(), pk, LATER, reason="Over.")
    before = Part.objects.count()

    def fail(case: Case) -> None:
        raise OSError("full")

    monkeypatch.setattr(deletions, "keep", fail)
    with pytest.raises(OSError, match="full"):
        keep(chair, pk, LATER)
    assert Part.objects.count() == before


def last_date(desk: Desk, pk: str) -> date | None:
    found = desks.open_case(desk, pk, at=NEXT)
    assert found is not None
    return keeping.retention_of(found.state, NEXT.date()).last_on
