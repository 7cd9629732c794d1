"""Who may say that a case is deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from whistleblower.enums import Category, Country, Outcome
from whistleblower.models import Case
from whistleblower.services import desk as desks
from whistleblower.services import handling, keeping
from whistleblower.services.desk import Desk
from whistleblower.tests.channels import NEXT, World

pytestmark = pytest.mark.django_db
LATER = NEXT + timedelta(days=120)


def with_last(act: Callable[..., Any], desk: Desk, pk: str, at: Any = NEXT, **given: Any) -> Any:
    found = desks.open_case(desk, pk, at=at)
    assert found is not None
    return act(desk, pk, seen=found.last, at=at, **given)


def close(desk: Desk, pk: str) -> None:
    given = {"outcome": Outcome.NO_BASIS, "text": "", "reason": "Nothing to look into."}
    with_last(handling.close, desk, pk, **given)


def as_line_test(desk: Desk, pk: str) -> None:
    with_last(keeping.mark_as_line_test, desk, pk)


def as_german(desk: Desk, pk: str) -> None:
    given = {"category": Category.FRAUD, "country": Country.GERMANY}
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
