"""The anchor file: appended to, never rewritten, and readable after whatever happened to it."""

import json
import stat
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import User
from records import anchors, ledger
from records.ledger import Head
from records.services import ledger as services
from records.tasks import anchor_ledger
from records.tests.ledgers import note

AT = datetime(2026, 8, 4, 3, 30, tzinfo=UTC)
ONE, TWO = Head(1, "a" * 64), Head(2, "b" * 64)


def lines(folder: Path) -> list[str]:
    return (folder / anchors.NAME).read_text().splitlines()


def test_there_is_none_before_the_first(anchor_dir: Path) -> None:
    assert anchors.read() == anchors.Noted()


def test_each_head_is_a_line(anchor_dir: Path) -> None:
    assert anchors.note(ONE, AT)
    assert anchors.note(TWO, AT + timedelta(days=1))

    assert anchors.read().heads == (ONE, TWO)
    assert json.loads(lines(anchor_dir)[0]) == {
        "at": "2026-08-04T03:30:00.000000Z",
        "hash": "a" * 64,
        "sequence": 1,
    }


def test_same_head_is_noted_once(anchor_dir: Path) -> None:
    assert [anchors.note(ONE, AT), anchors.note(ONE, AT)] == [True, False]
    assert len(lines(anchor_dir)) == 1


def test_what_is_written_stays(anchor_dir: Path) -> None:
    anchors.note(ONE, AT)
    before = (anchor_dir / anchors.NAME).read_bytes()
    anchors.note(TWO, AT)

    assert (anchor_dir / anchors.NAME).read_bytes().startswith(before)


def test_line_torn_by_a_crash_is_left_and_reported(anchor_dir: Path) -> None:
    anchors.note(ONE, AT)
    with (anchor_dir / anchors.NAME).open("ab") as file:
        file.write(b'{"at":"2026-08-05')
    anchors.note(TWO, AT)

    assert anchors.read().heads == (ONE, TWO)
    assert anchors.read().unreadable == (2,)


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        "7",
        '{"sequence":1}',
        '{"at":"","hash":"x","sequence":1}',
        '{"at":"","hash":"' + "a" * 64 + '","sequence":"1"}',
        '{"at":"","hash":"' + "a" * 64 + '","sequence":0}',
        '{"at":"","hash":7,"sequence":1}',
        '{"at":"","hash":"' + "a" * 64 + '","sequence":' + "1" * 19 + "}",
        "[" * 100_000,
    ],
)
def test_line_that_is_no_anchor_is_reported(anchor_dir: Path, line: str) -> None:
    anchor_dir.mkdir()
    (anchor_dir / anchors.NAME).write_text(line + "\n")

    assert anchors.read() == anchors.Noted((), (1,))


@pytest.mark.parametrize("zeros", [18, 19, 30, 5000])
def test_forged_place_is_named_and_kills_no_check(
    secretary: User, anchor_dir: Path, zeros: int
) -> None:
    note(secretary)
    anchor_dir.mkdir()
    forged = f'{{"at":"","hash":"{"a" * 64}","sequence":1{"0" * zeros}}}\n'
    (anchor_dir / anchors.NAME).write_text(forged)

    check = services.check(by=secretary, at=AT)
    assert (check.is_sound, check.anchors, check.anchors_whole) == (True, 0, False)


def test_nobody_else_may_read_it(anchor_dir: Path) -> None:
    anchors.note(ONE, AT)

    assert stat.S_IMODE((anchor_dir / anchors.NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(anchor_dir.stat().st_mode) == 0o700


@pytest.mark.django_db
def test_clock_notes_the_head_down(secretary: User, anchor_dir: Path) -> None:
    note(secretary)
    anchor_ledger()
    anchor_ledger()

    assert anchors.read().heads == (ledger.head(),)
    note(secretary)
    anchor_ledger()
    assert [head.sequence for head in anchors.read().heads] == [1, 2]
    assert services.inspect().anchors == 2


@pytest.mark.django_db
def test_empty_ledger_is_not_anchored(anchor_dir: Path) -> None:
    assert services.anchor(at=AT) is None
    assert not anchor_dir.exists()


@pytest.mark.django_db
def test_command_says_where(secretary: User, anchor_dir: Path) -> None:
    note(secretary)
    out = StringIO()
    call_command("anchor_ledger", stdout=out)
    call_command("anchor_ledger", stdout=out)

    head = ledger.head()
    assert out.getvalue().splitlines() == [
        f"Noted down in {anchor_dir / anchors.NAME}: 1:{head.hash}",
        "There is nothing new to write.",
    ]
