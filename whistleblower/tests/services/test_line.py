"""The whole line: send, open, answer, come back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from whistleblower.crypto import codes
from whistleblower.enums import EntryKind, Outcome, Status
from whistleblower.models import Case, Part, Slot
from whistleblower.services import desk as desks
from whistleblower.services import handling, keeping, submission, visits
from whistleblower.services.submission import CodeTakenError, Report, send
from whistleblower.tests.channels import AT, NEXT, TEXT, TODAY, World

pytestmark = pytest.mark.django_db


def only(world: World, name: str) -> desks.OpenCase:
    found, broken = desks.open_cases(world.readers[name].desk(), at=NEXT)
    assert not broken
    (case,) = found
    return case


def test_reader_reads_and_answers_and_reporter_comes_back(world: World) -> None:
    code = world.send(name="Rosa Reporter")
    desk = world.chair.desk()
    case = only(world, "chair")
    assert case.state.report["texts"]["what"] == TEXT
    handling.look(desk, case.case.pk, at=NEXT)
    handling.acknowledge(desk, case.case.pk, seen=case.last, at=NEXT)
    case = only(world, "chair")
    assert (
        handling.reply(
            desk,
            case.case.pk,
            text="Thank you. Which invoices do you mean?",
            seen=case.last,
            at=NEXT,
        )
        == []
    )
    visit = visits.find(code.upper().replace(" ", "-"))
    assert visit is not None
    assert visit.opened.state.status is Status.ACKNOWLEDGED
    assert [each.data["text"] for each in visit.entries if each.kind is EntryKind.REPLY] == [
        "Thank you. Which invoices do you mean?"
    ]
    visits.add_message(code, "Number 4711.", "once", world.roster, on=TODAY)
    visits.add_message(code, "Number 4711.", "once", world.roster, on=TODAY)
    case = only(world, "member")
    assert [each.data for each in case.entries if each.kind is EntryKind.MESSAGE] == [
        {"text": "Number 4711."}
    ]
    handling.close(
        desk,
        case.case.pk,
        outcome=Outcome.SUBSTANTIATED,
        text="Booked again.",
        reason="Done.",
        seen=case.last,
        at=NEXT,
    )
    assert only(world, "member").state.status is Status.CLOSED


def test_name_opens_for_lead_and_counsel_only(world: World) -> None:
    world.send(name="Rosa Reporter, extension 12")
    pk = only(world, "chair").case.pk
    for name in ("chair", "counsel"):
        assert handling.read_name(
            world.readers[name].desk(), pk, reason="To call back", at=NEXT
        ).read == ("Rosa Reporter, extension 12",)
    with pytest.raises(PermissionError):
        handling.read_name(world.member.desk(), pk, reason="Curious", at=NEXT)


def test_same_words_under_the_same_code_are_received_once(world: World) -> None:
    code, report = codes.new_code("es"), Report(texts={"what": TEXT})
    first = send(code, report, world.roster, on=TODAY)
    assert send(code, report, world.roster, on=TODAY) == first
    assert Case.objects.count() == 1
    with pytest.raises(CodeTakenError):
        send(code, Report(texts={"what": "Something else"}), world.roster, on=TODAY)
    assert (Case.objects.count(), Part.objects.count()) == (1, 3)


def test_name_that_was_added_is_not_confirmed_as_received(world: World) -> None:
    code = world.send(name="")
    report = Report(texts={"what": TEXT}, name="Rosa Reporter")
    with pytest.raises(CodeTakenError):
        send(code, report, world.roster, on=TODAY)


def test_nobody_ticked_gets_a_key(world: World) -> None:
    world.send(ticked=frozenset({world.person("chair")}))
    assert desks.open_cases(world.chair.desk(), at=NEXT) == ([], [])
    assert only(world, "member").state.lead == world.member.uid
    assert Slot.objects.count() == len(world.readers) + 1


def test_what_arrives_today_is_shown_from_six_the_next_morning(world: World) -> None:
    world.send()
    assert desks.open_cases(world.chair.desk(AT), at=AT)[0] == []
    assert len(desks.open_cases(world.chair.desk(), at=NEXT)[0]) == 1


def test_urgent_report_is_shown_at_once(world: World) -> None:
    world.send(urgent=True)
    assert len(desks.open_cases(world.chair.desk(AT), at=AT)[0]) == 1


@pytest.mark.parametrize("urgent", [False, True])
def test_later_message_is_shown_from_six_the_next_morning_or_at_once(
    world: World, urgent: bool
) -> None:
    code = world.send()
    desk = world.chair.desk()
    (before,) = desks.open_cases(desk, at=NEXT)[0]
    visits.add_message(code, "More.", "once", world.roster, urgent=urgent, on=NEXT.date())
    (found,) = desks.open_cases(desk, at=NEXT)[0]
    assert (found.last > before.last) is urgent
    assert ("More." in [each.data.get("text") for each in found.entries]) is urgent
    # Who writes meanwhile is told nothing of it, and overtakes nobody.
    handling.note(desk, found.case.pk, text="A note.", seen=found.last, at=NEXT)
    (found,) = desks.open_cases(desk, at=NEXT + timedelta(days=1))[0]
    assert [each.data["text"] for each in found.entries[-2:]] == ["More.", "A note."]


def test_closed_case_is_shown_as_closed_and_not_deleted_after_the_reporter_wrote(
    world: World,
) -> None:
    code = world.send(is_test=True)
    desk = world.chair.desk()
    (found,) = desks.open_cases(desk, at=NEXT)[0]
    closing: dict[str, Any] = {"outcome": Outcome.LINE_TEST, "text": "", "reason": "A test."}
    handling.close(desk, found.case.pk, **closing, seen=found.last, at=NEXT)
    later = NEXT + timedelta(days=100)
    visits.add_message(code, "No test.", "once", world.roster, on=later.date())
    (found,) = desks.open_cases(desk, at=later)[0]
    assert found.state.status is Status.CLOSED
    with pytest.raises(ValidationError, match="not be deleted yet"):
        keeping.approve_deletion(desk, found.case.pk, reason="x", seen=found.last, at=later)
    (found,) = desks.open_cases(desk, at=later + timedelta(days=1))[0]
    assert found.state.status is not Status.CLOSED


def test_reader_who_was_taken_out_today_is_shown_as_such_at_once(world: World) -> None:
    code = world.send()
    out = frozenset([world.member.uid])
    visits.add_message(code, "Max knew.", "once", world.roster, out=out, on=NEXT.date())
    (found,) = desks.open_cases(world.chair.desk(), at=NEXT)[0]
    assert world.member.uid not in found.state.holders
    assert "Max knew." not in [each.data.get("text") for each in found.entries]


def test_replaced_code_answers_as_an_unknown_one(world: World) -> None:
    code, new = world.send(), codes.new_code("en")
    visits.replace_code(code, new)
    visits.replace_code(code, new)
    assert visits.find(code) is None
    visit = visits.find(new)
    assert visit is not None
    assert visit.entries[0].data["texts"]["what"] == TEXT


def test_reporter_hides_earlier_messages_and_readers_see_nothing_of_it(world: World) -> None:
    code = world.send()
    visits.add_message(code, "The first.", "one", world.roster, on=TODAY)
    pk = Case.objects.get().pk
    before = desks.open_case(world.chair.desk(), pk, at=NEXT)
    parts, sizes = list(Part.objects.values()), sizes_of_case()
    hide(code, is_hidden=True)
    assert texts_shown(code) == []
    visits.note_use(found_by(code), code, on=TODAY)
    visits.replace_code(code, new := codes.new_code("en"))
    visits.add_message(new, "The second.", "two", world.roster, on=TODAY)
    assert texts_shown(new) == ["The second."]
    assert sizes_of_case() == sizes
    assert list(Part.objects.order_by("number").values())[:4] == parts
    after = desks.open_case(world.chair.desk(), pk, at=NEXT)
    assert before is not None
    assert after is not None
    assert list(after.entries)[: len(before.entries)] == list(before.entries)
    hide(new, is_hidden=False)
    assert texts_shown(new)[-2:] == ["The first.", "The second."]


def found_by(code: str) -> visits.Visit:
    found = visits.find(code)
    assert found is not None
    return found


def hide(code: str, *, is_hidden: bool) -> None:
    visits.hide(found_by(code), code, is_hidden=is_hidden)


def texts_shown(code: str) -> list[str]:
    return [str(each.data["text"]) for each in found_by(code).shown if "text" in each.data]


def sizes_of_case() -> list[int]:
    case = Case.objects.get()
    return [len(bytes(each)) for each in (case.reporter_key, case.last_used)]


def test_flood_marks_and_own_reports_count_no_others() -> None:
    assert all(submission.is_flood(submission.FLOOD) for _ in range(50))
    assert not any(submission.is_flood(submission.FLOOD - submission.BLUR) for _ in range(50))
    drawn = {submission.is_flood(submission.FLOOD - submission.BLUR // 2) for _ in range(200)}
    assert drawn == {True, False}
