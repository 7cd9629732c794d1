"""`manage.py board_report`: a draft to a file, or a report issued, or a clear word why not."""

from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.models import User
from charter_portal.models import BoardReport
from charter_portal.tests.reporting import NOW, World, make_world
from records import pdf
from records.models import Document, LedgerEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_that_day")]
with_pdf = pytest.mark.pdf


@pytest.fixture
def _on_that_day() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def run(file: Path, *more: str, first: str = "2026-01-01", last: str = "2026-09-30") -> str:
    out = StringIO()
    call_command("board_report", str(file), "--from", first, "--to", last, *more, stdout=out)
    return out.getvalue()


@with_pdf
def test_command_writes_a_draft_and_stores_nothing(world: World, tmp_path: Path) -> None:
    before = LedgerEntry.objects.count()
    file = tmp_path / "report.pdf"
    said = run(file)
    assert file.read_bytes().startswith(b"%PDF")
    assert said == f"The draft is composed. It is in {file}.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]
    assert not BoardReport.objects.exists()
    assert not Document.objects.exists()
    assert LedgerEntry.objects.count() == before


@with_pdf
def test_command_issues_and_writes_what_was_filed(
    world: World, secretary: User, tmp_path: Path
) -> None:
    file = tmp_path / "report.pdf"
    said = run(file, "--issue", "--by", secretary.email, "--audience", "independent")
    report = BoardReport.objects.get()
    assert said.startswith("Report no. 1 is issued.")
    assert (report.audience, report.issued_by) == ("independent", secretary)
    assert len(file.read_bytes()) == report.document.size


@with_pdf
def test_standings_are_as_of_the_periods_last_day_unless_told(
    world: World, secretary: User, tmp_path: Path
) -> None:
    by = ("--issue", "--by", secretary.email)
    run(tmp_path / "a.pdf", *by)
    run(tmp_path / "b.pdf", "--as-of", "2026-10-01", *by)
    days = BoardReport.objects.order_by("number").values_list("as_of", flat=True)
    assert [day.isoformat() for day in days] == ["2026-09-30", "2026-10-01"]


@pytest.mark.parametrize(
    ("more", "days", "reason"),
    [
        ((), {"first": "2026-09-01", "last": "2026-08-01"}, "ends before it begins"),
        ((), {"last": "2026-12-31"}, "ends after today"),
        (("--as-of", "2027-01-01"), {}, "up to today, October 5, 2026"),
        (("--as-of", "2025-01-01"), {}, "This date is before the period begins"),
        ((), {"first": "2020-01-01", "last": "2020-12-31"}, "No charter of the Audit Committee"),
        (("--issue",), {}, "To issue a report, give --issue --by EMAIL"),
        (("--by", "somebody@example.com"), {}, "To issue a report, give --issue --by EMAIL"),
        (("--issue", "--by", "nobody@example.com"), {}, "Nobody with an open account"),
    ],
)
def test_what_cannot_be_reported_is_said_plainly(
    world: World, tmp_path: Path, more: tuple[str, ...], days: dict[str, str], reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        run(tmp_path / "report.pdf", *more, **days)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("argument", ["--from", "--to", "--as-of"])
def test_what_is_not_a_day_is_said_with_its_argument(tmp_path: Path, argument: str) -> None:
    days = {"--from": "2026-01-01", "--to": "2026-02-01", argument: "2026-02-30"}
    given = [word for pair in days.items() for word in pair]
    with pytest.raises(
        CommandError, match=f"argument {argument}: '2026-02-30' is not a valid date"
    ):
        call_command("board_report", str(tmp_path / "report.pdf"), *given)


def test_person_who_may_not_issue_is_told_who_may(
    world: World, member: User, tmp_path: Path
) -> None:
    with pytest.raises(
        CommandError, match=r"Max Member may not issue reports.*Corporate secretary"
    ):
        run(tmp_path / "report.pdf", "--issue", "--by", member.email)


def test_secretary_in_management_does_not_issue_for_the_independent_directors(
    world: World, secretary_in_management: User, tmp_path: Path
) -> None:
    by = ("--issue", "--by", secretary_in_management.email, "--audience", "independent")
    with pytest.raises(CommandError, match="restricted from management"):
        run(tmp_path / "report.pdf", *by)
    assert not BoardReport.objects.exists()


def test_before_set_up_the_way_out_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"No charter is on record yet\. Import one"):
        run(tmp_path / "report.pdf")


def test_file_that_cannot_be_written_is_said_before_anything_is_issued(
    world: World, secretary: User, tmp_path: Path
) -> None:
    by = ("--issue", "--by", secretary.email)
    with pytest.raises(CommandError, match="is a folder"):
        run(tmp_path, *by)
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        run(tmp_path / "missing" / "report.pdf", *by)
    assert not BoardReport.objects.exists()


def test_without_the_pdf_library_the_command_says_so(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    with pytest.raises(CommandError, match="cannot make PDFs"):
        run(tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []


def test_earlier_file_stays_when_the_command_is_refused(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(b"earlier")
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    with pytest.raises(CommandError):
        run(file)
    assert file.read_bytes() == b"earlier"
