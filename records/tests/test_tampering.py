"""Whatever is done to the ledger is named: by the command, by the page, by the verifier."""

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from records import exports, ledger, verify
from records.enums import Office
from records.models import LedgerCheck, LedgerEntry
from records.services import ledger as services
from records.services.ledger import AnchorRefusedError
from records.tests import ledgers
from records.tests.ledgers import AT, BEHIND_THE_ANCHOR, TABLE, TAMPERINGS, note, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(secretary: User) -> list[LedgerEntry]:
    """Five lines, the fifth of which is anchored."""
    for number in range(5):
        note(secretary, number=number)
    assert services.anchor(at=AT) == ledger.head()
    return list(LedgerEntry.objects.all())


def verified_alone(folder: Path) -> tuple[int, str]:
    folder.mkdir()
    exports.write(folder, AT)
    said = io.StringIO()
    with redirect_stdout(said):
        code = verify.main([str(folder)])
    return code, said.getvalue().splitlines()[0]


@pytest.mark.parametrize(("statements", "sequence", "kind"), [*TAMPERINGS, *BEHIND_THE_ANCHOR])
def test_tampering_is_named_by_command_page_and_verifier(
    entries: list[LedgerEntry],
    secretary: User,
    tmp_path: Path,
    statements: list[str],
    sequence: int,
    kind: str,
) -> None:
    tamper(*statements)

    code, verdict = ledgers.verify()
    assert (code, verdict["sound"]) == (1, False)
    assert verdict["first_fault"] == {"sequence": sequence, "kind": kind}
    assert ledgers.verify("--incremental")[1]["first_fault"] == verdict["first_fault"]
    assert verified_alone(tmp_path / "export") == (1, f"Entry {sequence} was {kind}.")
    client = Client()
    client.force_login(secretary, backend="accounts.backends.RoleBackend")
    page = client.post(reverse("ledger_check"), follow=True).content.decode()
    assert f"entry {sequence} was {kind}" in page


def test_changed_seal_is_named_by_who_holds_the_key(
    entries: list[LedgerEntry], tmp_path: Path
) -> None:
    tamper(f"UPDATE {TABLE} SET seal = 'x' WHERE sequence = 4")

    assert ledgers.verify()[1]["first_fault"] == {"sequence": 4, "kind": "changed"}
    assert verified_alone(tmp_path / "export")[0] == 0


@pytest.mark.parametrize("lines_since", [0, 1, 2, 5])
def test_old_copy_put_back_is_named(
    entries: list[LedgerEntry], secretary: User, lines_since: int
) -> None:
    """The copy ends before the anchor; until it has been written on that far, a line is missing."""
    tamper(f"DELETE FROM {TABLE} WHERE sequence > 3")
    for number in range(lines_since):
        note(secretary, number=100 + number)

    code, verdict = ledgers.verify()
    missing = 4 + lines_since
    first = (missing, "removed") if missing <= 5 else (5, "changed")
    assert (code, verdict["against_anchor"]) == (1, 5)
    assert verdict["first_fault"] == {"sequence": first[0], "kind": first[1]}
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_ledger", stdout=out)
    assert "an old copy of the database was put back" in out.getvalue()


def test_without_an_anchor_a_cut_tail_is_not_seen(secretary: User) -> None:
    note(secretary)
    note(secretary)
    head = ledger.head()
    tamper(f"DELETE FROM {TABLE} WHERE sequence = 2")

    assert ledgers.verify()[0] == 0
    code, verdict = ledgers.verify("--anchor", f"{head.sequence}:{head.hash}")
    assert (code, verdict["first_fault"]) == (1, {"sequence": 2, "kind": "removed"})


# The anchor file.


def test_anchor_is_refused_by_a_ledger_that_contradicts_an_earlier_one(
    entries: list[LedgerEntry], anchor_dir: Path
) -> None:
    before = (anchor_dir / "anchors.jsonl").read_bytes()
    tamper(f"DELETE FROM {TABLE} WHERE sequence > 3")

    with pytest.raises(
        AnchorRefusedError, match="entry 4 was removed, against the anchor of entry 5"
    ):
        services.anchor(at=AT)
    with pytest.raises(CommandError, match="was not noted down"):
        call_command("anchor_ledger")
    assert (anchor_dir / "anchors.jsonl").read_bytes() == before


def test_lost_anchors_are_reported(entries: list[LedgerEntry], anchor_dir: Path) -> None:
    services.check(by=Office.CLOCK, at=AT)
    (anchor_dir / "anchors.jsonl").write_text("")
    outcome = services.check(by=Office.CLOCK, at=AT)

    assert (outcome.is_sound, outcome.anchors_whole, outcome.is_all_well) == (True, False, False)


# Incremental.


def check(*, incremental: bool = True) -> LedgerCheck:
    return services.check(by=Office.CLOCK, at=AT, incremental=incremental)


def test_incremental_check_goes_on_from_the_last_sound_one(secretary: User) -> None:
    note(secretary)
    assert [check().since, check().since, check().since] == [0, 1, 2]
    assert check(incremental=False).since == 0


def test_change_before_the_last_sound_check_is_left_to_the_full_one(secretary: User) -> None:
    note(secretary)
    note(secretary)
    check()
    tamper(f"UPDATE {TABLE} SET actor = 'clock' WHERE sequence = 1")

    assert check().is_sound
    assert check(incremental=False).fault_sequence == 1


@pytest.mark.parametrize(
    "statement",
    [
        f"DELETE FROM {TABLE} WHERE sequence = 1",
        f"UPDATE {TABLE} SET hash = 'x' WHERE sequence = 2",
        f"DELETE FROM {TABLE} WHERE sequence >= 2",
        f"UPDATE {TABLE} SET actor = 'clock' WHERE sequence = 4",
    ],
)
def test_incremental_check_finds(secretary: User, statement: str) -> None:
    """A line that is missing anywhere; a change to the head it goes on from, and to all since."""
    note(secretary)
    note(secretary)
    check()
    note(secretary)
    tamper(statement)

    assert not check().is_sound


def test_check_that_somebody_wrote_into_the_database_is_not_believed(secretary: User) -> None:
    note(secretary)
    check()
    note(secretary)
    tamper(f"UPDATE {TABLE} SET actor = 'clock' WHERE sequence = 3")
    entry = LedgerEntry.objects.get(pk=3)
    LedgerCheck.objects.update(head_sequence=3, head_hash=entry.hash)

    assert services.last_sound() is None
    assert check().fault_sequence == 3
