"""A backup is restored: what was deleted stays unreadable, and reporters hear what may be lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from records import clock
from records.enums import SystemActor
from records.models import LedgerEntry, LegalHold
from whistleblower import tasks
from whistleblower.crypto import codes
from whistleblower.models import Case, Part, Slot
from whistleblower.rules import restores
from whistleblower.services import deletions, nights, submission, visits
from whistleblower.services import desk as desks
from whistleblower.services import restores as after
from whistleblower.services.submission import CodeTakenError, Report
from whistleblower.tests.channels import AT, NEXT, TODAY, World
from whistleblower.tests.services.test_nights import LATER, approved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _anchors(settings: Any, tmp_path: Path) -> None:
    settings.ANCHOR_DIR = tmp_path
    deletions.begin_list()


def restored(world: World) -> str:
    """A case that was deleted, in a database that was restored from the day before; its code."""
    code = approved(world)
    tables: list[type[models.Model]] = [Case, Part, Slot]
    backup = [row for table in tables for row in table._base_manager.all()]
    nights.run(at=LATER)
    deletions.settle()
    for row in backup:
        if not type(row)._base_manager.filter(pk=row.pk).exists():
            row.save(force_insert=True)
    assert Case.objects.filter(locator=codes.locator(code)).exists()
    return code


def test_deleted_case_opens_for_nobody_as_soon_as_a_backup_is_restored(world: World) -> None:
    code = restored(world)
    pk = Case.objects.get().pk
    desk = world.chair.desk()
    assert pk not in desk.cases
    assert desks.open_cases(desk, at=LATER) == ([], [])
    assert visits.find(code) is None


def test_desk_that_was_open_before_the_restore_opens_no_deleted_case(world: World) -> None:
    approved(world)
    pk, desk = Case.objects.get().pk, world.chair.desk()
    deletions._write_list(deletions.DELETED, {pk})
    assert pk in desk.cases
    assert desks.open_case(desk, pk, at=LATER) is None
    assert desks.open_cases(desk, at=LATER) == ([], [])


@pytest.mark.parametrize(
    "write",
    [
        lambda code, world: visits.add_message(code, "More.", "o", world.roster, on=TODAY),
        lambda code, world: visits.add_name(code, "Rosa", "o", world.roster, on=TODAY),
        lambda code, world: visits.replace_code(code, codes.new_code("en")),
    ],
)
def test_nobody_writes_to_a_deleted_case_that_was_restored(
    world: World, write: Callable[[str, World], None]
) -> None:
    code = restored(world)
    with pytest.raises(LookupError):
        write(code, world)


def test_code_of_a_deleted_case_is_not_used_again(world: World) -> None:
    code = restored(world)
    with pytest.raises(CodeTakenError):
        submission.send(code, Report(texts={"what": "Another"}), world.roster, on=TODAY)


@pytest.mark.parametrize(
    ("today", "is_told"),
    [
        (date(2026, 11, 18), True),
        (date(2027, 2, 16), True),
        (date(2027, 2, 17), False),
    ],
)
def test_what_may_be_lost_is_told_for_ninety_days(today: date, is_told: bool) -> None:
    assert restores.is_told(date(2026, 11, 18), today) is is_told


@pytest.mark.parametrize(
    ("earlier", "restored_on", "lost_from"),
    [
        (None, None, date(2026, 11, 18)),
        # The notice of an earlier restore still runs.
        (date(2026, 8, 1), date(2026, 8, 22), date(2026, 8, 1)),
        (date(2026, 11, 19), date(2026, 11, 19), date(2026, 11, 18)),
        # It ended yesterday.
        (date(2026, 8, 1), date(2026, 8, 21), date(2026, 11, 18)),
    ],
)
def test_second_restore_keeps_what_the_first_may_have_lost(
    earlier: date | None, restored_on: date | None, lost_from: date
) -> None:
    found = restores.lost_from(earlier, restored_on, date(2026, 11, 18), date(2026, 11, 20))
    assert found == lost_from


def test_both_restores_are_told_on_the_return_page(world: World, client: Any) -> None:
    for day in (date(2026, 11, 10), date(2026, 11, 19)):
        after.record_restore(lost_from=day, by=SystemActor.OPERATOR, at=AT)
    told = client.get("/concerns/en/return/").content.decode()
    assert "between November 10, 2026 and November 20, 2026" in told


@pytest.fixture
def _evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.mark.usefixtures("_evening")
def test_command_after_a_restore_deletes_at_once_and_tells_reporters(
    world: World, client: Any
) -> None:
    restored(world)
    first = LATER.date() - timedelta(days=2)
    call_command("after_restore", "--from", first.isoformat())
    assert not Case.objects.exists()
    assert not Slot.objects.exists()
    entry = LedgerEntry.objects.get(action="channel.restored")
    assert entry.facts["lost_from"] == first.isoformat()
    said = {
        "en": "What was sent between March 19, 2027 and March 21, 2027 may be lost.",
        "es": "Lo enviado entre el 19 de marzo de 2027 y el 21 de marzo de 2027",
    }
    for language, words in said.items():
        assert words in client.get(f"/concerns/{language}/return/").content.decode()
    page = client.post("/concerns/en/return/", {"step": "open", "code": world.send()}, follow=True)
    assert said["en"] in page.content.decode()


@pytest.mark.usefixtures("_evening")
def test_restore_under_a_legal_hold_deletes_nothing_and_opens_nothing(
    world: World, company_counsel: Any
) -> None:
    code = restored(world)
    LegalHold.objects.create(reason="Lawsuit", placed_by=company_counsel, placed_at=AT)
    call_command("after_restore", "--from", LATER.date().isoformat())
    assert Case.objects.exists()
    assert visits.find(code) is None


@pytest.mark.usefixtures("_evening")
def test_restore_without_the_list_of_deleted_cases_is_refused(
    world: World, settings: Any, tmp_path: Path
) -> None:
    restored(world)
    settings.ANCHOR_DIR = tmp_path / "elsewhere"
    # Also where another night ran in the wrong folder before.
    nights.run(at=LATER + timedelta(days=1))
    with pytest.raises(CommandError, match=r"elsewhere/deleted-cases\.txt"):
        call_command("after_restore", "--from", LATER.date().isoformat())
    assert not LedgerEntry.objects.filter(action="channel.restored").exists()


def test_first_night_writes_the_list_though_nothing_was_deleted(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.ANCHOR_DIR = tmp_path / "anchors"
    nights.run(at=NEXT)
    assert deletions.list_path().read_text() == ""


@pytest.mark.usefixtures("_evening")
def test_backup_of_a_future_date_is_refused(world: World) -> None:
    tomorrow = LATER.date() + timedelta(days=1)
    with pytest.raises(CommandError, match="in the future"):
        call_command("after_restore", "--from", tomorrow.isoformat())
    assert NEXT < LATER


def test_night_that_was_killed_after_it_deleted_is_settled_within_the_hour(world: World) -> None:
    approved(world)
    (pk,) = Case.objects.values_list("pk", flat=True)
    nights.run(at=LATER)
    assert pk not in deletions.deleted_before()
    tasks.clean_the_disk()
    assert deletions.deleted_before() == {pk}
