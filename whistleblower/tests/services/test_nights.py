"""The nightly run: deletion, dummies, order, anchor."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from records.models import LedgerEntry, LegalHold
from whistleblower import checks
from whistleblower.crypto.sealing import SealBrokenError
from whistleblower.enums import Outcome, Status
from whistleblower.models import Case, Night, OpenDesk, Part, Slot
from whistleblower.services import anchors, deletions, handling, keeping, nights, visits
from whistleblower.services import desk as desks
from whistleblower.tests.channels import AT, NEXT, World

pytestmark = pytest.mark.django_db
LATER = NEXT + timedelta(days=120)


@pytest.fixture(autouse=True)
def _anchors(settings: Any, tmp_path: Path) -> None:
    settings.ANCHOR_DIR = tmp_path


def approved(world: World) -> str:
    """A line test that was closed and whose deletion somebody approved."""
    code = world.send(is_test=True)
    desk = world.chair.desk()
    found, _ = desks.open_cases(desk, at=NEXT)
    pk = next(each.case.pk for each in found if each.state.is_line_test)

    def seen() -> int:
        found = desks.open_case(desk, pk, at=LATER)
        assert found is not None
        return found.last

    handling.close(
        desk, pk, outcome=Outcome.LINE_TEST, text="", reason="A test.", seen=seen(), at=NEXT
    )
    keeping.approve_deletion(desk, pk, reason="A test.", seen=seen(), at=LATER)
    return code


def test_approved_case_is_deleted_and_stays_deleted_after_a_restore(world: World) -> None:
    kept, code = world.send(), approved(world)
    gone = Case.objects.get(is_marked_for_deletion=True)
    rows = [
        list(model.objects.filter(**{key: gone.pk}))
        for model, key in (
            (Case, "pk"),
            (Part, "case"),
            (Slot, "case"),
        )
    ]
    nights.run(at=LATER)
    assert visits.find(code) is None
    assert visits.find(kept) is not None
    deletions.settle()
    for found in rows:
        type(found[0]).objects.bulk_create(found)
    Case.objects.filter(pk=gone.pk).update(is_marked_for_deletion=False)
    nights.run(at=LATER + timedelta(days=1))
    assert not Case.objects.filter(pk=gone.pk).exists()
    assert not Slot.objects.filter(case=gone.pk).exists()


def test_message_keeps_a_case_whose_deletion_was_approved(world: World) -> None:
    code = approved(world)
    visits.add_message(code, "One thing more.", "once", world.roster, on=LATER.date())
    nights.run(at=LATER)
    visit = visits.find(code)
    assert visit is not None
    assert visit.opened.state.status is Status.RECEIVED
    assert visit.opened.state.closed_on is None


def test_message_keeps_a_case_that_a_failed_night_was_about_to_delete(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = approved(world)

    def fail(cases: set[str]) -> None:
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr(deletions, "forget", fail)
        with pytest.raises(OSError, match="full"):
            nights.run(at=LATER)
    visits.add_message(code, "One thing more.", "once", world.roster, on=LATER.date())
    nights.run(at=LATER)
    assert visits.find(code) is not None


def test_list_of_deleted_cases_survives_a_disk_that_fails(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved(world)
    nights.run(at=LATER)
    deletions.settle()
    before = deletions.deleted_before()
    assert len(before) == 1

    def fail(descriptor: int) -> None:
        raise OSError("full")

    monkeypatch.setattr(deletions.os, "fsync", fail)
    world.send()
    Case.objects.update(is_marked_for_deletion=True)
    with pytest.raises(OSError, match="full"):
        nights.run(at=LATER + timedelta(days=1))
    assert deletions.deleted_before() == before


def test_legal_hold_of_the_portal_stops_every_deletion(world: World, company_counsel: Any) -> None:
    code = approved(world)
    LegalHold.objects.create(reason="Lawsuit", placed_by=company_counsel, placed_at=AT)
    nights.run(at=LATER)
    assert visits.find(code) is not None


def test_cases_open_after_the_night_and_rows_are_in_no_order(world: World) -> None:
    sent = [world.send(f"Report {number}") for number in range(12)]
    before = [visits.find(code) for code in sent]
    nights.run(at=NEXT)
    after = [visits.find(code) for code in sent]
    assert [each and each.opened.entries for each in before] == [
        each and each.opened.entries for each in after
    ]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM whistleblower_case ORDER BY rowid")
            order = [row[0] for row in cursor.fetchall()]
        assert order != [each.case.pk for each in before if each]


def test_night_leaves_one_entry_whether_or_not_anything_changed(world: World) -> None:
    nights.run(at=AT)
    nights.run(at=AT)
    nights.run(at=NEXT)
    entries = LedgerEntry.objects.filter(action="channel.anchored").order_by("sequence")
    first, second = [dict(each.facts) for each in entries]
    assert first.keys() == second.keys() == {"digest", "opened_weekly"}
    assert first["digest"] != second["digest"]


def test_anchor_finds_a_part_that_is_missing(world: World) -> None:
    import json

    from nacl.public import SealedBox

    world.send()
    night = nights.run(at=NEXT)
    assert night is not None
    box = SealedBox(world.chair.desk().keys.private)
    read = json.loads(box.decrypt(bytes.fromhex(night.sealed[world.chair.uid])))
    assert anchors.digest_of(read["salt"]) == read["digest"] == night.digest
    Part.objects.order_by("number").last().delete()
    assert anchors.digest_of(read["salt"]) != night.digest


def test_reader_is_told_at_the_desk_of_an_entry_that_was_dropped_after_a_night(
    world: World,
) -> None:
    code, kept = world.send(), world.send()
    visits.add_message(code, "One thing more.", "once", world.roster, on=NEXT.date())
    nights.run(at=NEXT)
    desk = world.chair.desk()
    assert desks.open_cases(desk, at=NEXT)[1] == []
    visit = visits.find(code)
    assert visit is not None
    Part.objects.filter(case=visit.case).order_by("number").last().delete()
    assert visits.find(code) is not None
    broken = desks.open_cases(desk, at=NEXT)[1]
    assert [each.case for each in broken] == [visit.case.pk]
    with pytest.raises(SealBrokenError, match="last night saw is missing"):
        desks.open_case(desk, visit.case.pk, at=NEXT)
    assert visits.find(kept) is not None


def test_reader_is_told_of_a_case_that_is_gone_and_not_of_one_that_was_deleted(
    world: World,
) -> None:
    code, other = world.send(), approved(world)
    nights.run(at=LATER)
    deletions.settle()
    assert visits.find(other) is None
    assert world.chair.desk().gone == ()
    visit = visits.find(code)
    assert visit is not None
    deletions.forget({visit.case.pk})
    assert world.chair.desk().gone == (visit.case.pk,)


def test_anchor_that_somebody_wrote_again_is_noticed(world: World) -> None:
    world.send()
    nights.run(at=NEXT)
    assert not world.chair.desk().is_anchor_false
    Part.objects.order_by("number").last().delete()
    Night.objects.all().delete()
    anchors.make(NEXT.date(), world.roster)
    assert world.chair.desk().is_anchor_false


def test_list_of_deleted_cases_that_is_lost_is_said_at_the_desk_and_by_the_check(
    world: World,
) -> None:
    nights.run(at=NEXT)
    assert not world.chair.desk().is_list_of_deleted_lost
    assert checks.list_of_deleted_is_there(["default"]) == []
    deletions.list_path().unlink()
    nights.run(at=LATER)
    assert not deletions.list_path().exists()
    assert world.chair.desk().is_list_of_deleted_lost
    (found,) = checks.list_of_deleted_is_there(["default"])
    assert found.id == "whistleblower.E001"


def test_night_closes_every_desk(world: World) -> None:
    world.chair.desk()
    nights.run(at=NEXT)
    assert not OpenDesk.objects.exists()
