"""Issuing a report and replacing one: numbers, what is filed, what is refused."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pypdf
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from accounts.models import User
from accounts.tests.personas import make_person
from charter_portal import services
from charter_portal.enums import Audience
from charter_portal.models import BoardReport
from charter_portal.reports import Ask, compose, from_json, render, to_json
from charter_portal.reports.plain import fingerprint, values_as_text
from charter_portal.reports.report import BoardReportData
from charter_portal.tests.reporting import BY, LAST, NOW, World, make_world, stored
from committees import services as committee_services
from records import ledger, pdf, store
from records.models import Document, LedgerEntry
from records.models.bases import ImmutableError

pytestmark = pytest.mark.django_db
with_pdf = pytest.mark.pdf


@pytest.fixture
def world() -> World:
    return make_world()


def issue(world: World, by: User, **terms: object) -> BoardReport:
    return services.issue(world.committee, world.scope(**terms), by=by, at=NOW)


def nothing_was_stored(before: int) -> bool:
    return (
        not BoardReport.objects.exists()
        and not Document.objects.exists()
        and LedgerEntry.objects.count() == before
    )


def content(report: BoardReport) -> bytes:
    with store.fetch(report.document.sha256) as file:
        return file.read()


@with_pdf
@pytest.mark.django_db(transaction=True)
def test_it_is_drawn_while_nothing_is_locked_and_filed_as_it_was_drawn(
    world: World, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[bool, bytes]] = []

    def watched(report: BoardReportData) -> bytes:
        made = render(report)
        drawn.append((connection.in_atomic_block, made))
        return made

    monkeypatch.setattr(services, "render", watched)
    issued = issue(world, secretary)
    assert drawn == [(False, content(issued))]


@with_pdf
@pytest.mark.django_db(transaction=True)
def test_what_is_recorded_while_it_is_drawn_is_in_what_is_filed(
    world: World, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is drawn again behind the lock: what is filed is what the record says then."""
    drawn: list[bool] = []

    def slow(report: BoardReportData) -> bytes:
        drawn.append(connection.in_atomic_block)
        if len(drawn) == 1:
            issue(world, secretary, audience=Audience.INDEPENDENT)
        return render(report)

    monkeypatch.setattr(services, "render", slow)
    issued = issue(world, secretary)
    # The first, the one in between, and the first again as it has become.
    assert (issued.number, drawn) == (2, [False, False, True])
    first = BoardReport.objects.get(number=1)
    told = LedgerEntry.objects.get(action="board_report.issued", subject=ledger.label(first))
    assert issued.head_sequence == told.sequence
    assert issued.document.file_name == "board-report-2.pdf"


# Issuing


@with_pdf
def test_issued_report_is_numbered_filed_and_in_the_ledger(world: World, secretary: User) -> None:
    head = ledger.head()
    report = issue(world, secretary)
    assert (report.number, report.chair_name, report.issued_by) == (1, "Clara Chair", secretary)
    assert (report.head_sequence, report.head_hash) == (head.sequence, head.hash)
    assert report.document.kind == "charter_portal.board_report"
    entry = LedgerEntry.objects.get(action="board_report.issued")
    assert entry.subject == f"charter_portal.BoardReport:{report.pk}"
    document = report.document
    assert entry.facts == {
        "number": 1,
        "committee": f"charters.Committee:{world.committee.pk}",
        "period_from": "2026-01-01",
        "period_to": "2026-09-30",
        "as_of": "2026-09-30",
        "audience": "board",
        "document": f"records.Document:{document.pk}",
        "content": str(ledger.digest(document.sha256, document.salt)),
        "values": str(ledger.digest(values_as_text(report.data), document.salt)),
        "head": head.sequence,
        "replaces": None,
    }
    assert ledger.verify(head).sound


@with_pdf
def test_columns_and_stored_values_say_the_same(world: World, secretary: User) -> None:
    issued = issue(world, secretary, audience=Audience.INDEPENDENT)
    issued.refresh_from_db()
    report = from_json(issued.data)
    for name in (
        "number",
        "period_from",
        "period_to",
        "as_of",
        "audience",
        "head_sequence",
        "head_hash",
        "issued_at",
    ):
        assert getattr(report, name) == getattr(issued, name), name
    assert (report.chair, report.replaces) == (issued.chair_name, None)


@with_pdf
def test_numbers_run_from_one_without_a_gap(world: World, secretary: User) -> None:
    assert [issue(world, secretary).number for _ in range(2)] == [1, 2]
    with pytest.raises(ValidationError):
        issue(world, secretary, period_to=NOW.date() + timedelta(days=1))
    assert issue(world, secretary).number == 3


@with_pdf
def test_record_that_changed_since_the_preview_is_shown_again(
    world: World, secretary: User
) -> None:
    scope = world.scope()
    seen = fingerprint(compose(world.committee, scope, company=world.company, on=NOW.date()))
    before = LedgerEntry.objects.count()
    committee_services.end_chair(
        world.members[0].chair_terms.get(), ends_on=date(2026, 8, 1), by=BY, at=NOW
    )
    with pytest.raises(
        ValidationError, match="The records have changed since you opened the review page"
    ):
        services.issue(world.committee, scope, by=secretary, at=NOW, seen=seen)
    assert nothing_was_stored(before + 1)
    seen = fingerprint(compose(world.committee, scope, company=world.company, on=NOW.date()))
    assert services.issue(world.committee, scope, by=secretary, at=NOW, seen=seen).number == 1


def test_without_the_pdf_library_nothing_is_stored(
    world: World, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    before = LedgerEntry.objects.count()
    with pytest.raises(pdf.PdfUnavailable, match="Pango"):
        issue(world, secretary)
    assert nothing_was_stored(before)


def test_report_for_independent_directors_is_not_issued_by_management(
    world: World, secretary_in_management: User
) -> None:
    before = LedgerEntry.objects.count()
    with pytest.raises(ValidationError, match="restricted from management") as refusal:
        issue(world, secretary_in_management, audience=Audience.INDEPENDENT)
    assert set(refusal.value.error_dict) == {"audience"}
    assert nothing_was_stored(before)


def test_future_period_is_not_issued(world: World, secretary: User) -> None:
    with pytest.raises(ValidationError, match="ends after today"):
        issue(world, secretary, period_to=date(2026, 12, 31))


# Replacing


@with_pdf
def test_replacement_says_what_it_replaces_and_the_first_stays_as_issued(
    world: World, secretary: User
) -> None:
    first = issue(world, secretary)
    before = content(first)
    second = services.replace(
        first, world.scope(asks=(Ask("Note the report"),)), by=secretary, at=NOW
    )
    first = BoardReport.objects.get(pk=first.pk)
    assert (second.number, second.replaces, first.replaced_by_number) == (2, first, 2)
    assert from_json(second.data).replaces == 1
    assert content(first) == before
    entry = LedgerEntry.objects.filter(action="board_report.issued").last()
    assert entry.facts["replaces"] == f"charter_portal.BoardReport:{first.pk}"


def test_report_is_replaced_once(world: World, secretary: User) -> None:
    first = stored(world, secretary)
    stored(world, secretary, replaces=first)
    first = BoardReport.objects.get(number=1)
    with pytest.raises(ValidationError, match=r"already replaced by no\. 2"):
        services.replace(first, world.scope(), by=secretary, at=NOW)


# What can never be changed


def test_issued_report_is_never_changed_or_deleted(world: World, secretary: User) -> None:
    report = stored(world, secretary)
    report.chair_name = "Somebody else"
    for attempt in (
        report.save,
        report.delete,
        BoardReport.objects.all().delete,
        lambda: BoardReport.objects.update(number=7),
        lambda: BoardReport.objects.bulk_update([report], ["number"]),
    ):
        with pytest.raises(ImmutableError):
            attempt()
    with pytest.raises(ProtectedError):
        report.document.delete()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", 0),
        ("number", 1),
        ("period_to", date(2025, 1, 1)),
        ("as_of", date(2025, 1, 1)),
        ("audience", "everybody"),
    ],
)
def test_database_refuses_what_no_service_would_store(
    world: World, secretary: User, field: str, value: object
) -> None:
    report = stored(world, secretary)
    document = stored(world, secretary).document
    fields = {f.attname: getattr(report, f.attname) for f in BoardReport._meta.fields}
    forged = BoardReport(**{**fields, "id": None, "number": 9, "document_id": None, field: value})
    assert document
    forged.document = Document.objects.create(
        kind="charter_portal.board_report",
        title="x",
        file_name="x.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        salt="s",
        filed_at=NOW,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        forged.save()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@with_pdf
def test_two_who_issue_at_once_get_two_numbers(secretary: User) -> None:
    world = make_world()

    def issue_and_leave(_: int) -> int:
        try:
            return issue(world, secretary).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(issue_and_leave, range(2))) == [1, 2]


# Who sees it


def test_report_restricted_from_management_is_visible_to_a_second_secretary(
    world: World, secretary: User, secretary_in_management: User, member: User, management: User
) -> None:
    stored(world, secretary)
    closed = stored(world, secretary, audience=Audience.INDEPENDENT)
    today = NOW.date()

    def seen(user: User) -> set[int]:
        reports = BoardReport.objects.visible_to(user, on=today)
        return {report.number for report in reports}

    assert seen(secretary) == seen(member) == {1, 2}
    assert seen(secretary_in_management) == {1}
    everything = make_person("Eve Everything", *secretary_in_management.roles(today))
    assert not Document.objects.visible_to(everything).filter(pk=closed.document.pk).exists()
    assert Document.objects.visible_to(secretary).filter(pk=closed.document.pk).exists()
    assert not Document.objects.visible_to(management).exists()


# The PDF


def bookmarks(document: pikepdf.Pdf) -> list[str]:
    with document.open_outline() as outline:
        return [child.title for child in outline.root[0].children]


@with_pdf
def test_pdf_is_tagged_with_bookmarks_and_scopes(world: World, tmp_path: Path) -> None:
    first = date(2025, 12, 31)
    scope = world.scope(period_from=date(2025, 1, 1), period_to=first, as_of=first)
    report = compose(world.committee, scope, company=world.company, on=NOW.date())
    path = tmp_path / "report.pdf"
    path.write_bytes(render(report))
    with pikepdf.open(path) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "en-us"
        assert str(document.docinfo["/Title"]).startswith("Report to the Board of Directors: Alder")
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert bookmarks(document) == [
            "Members",
            "Other work of the Committee",
            "The next 90 days",
        ]
        cells = [
            o
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TH"
        ]
        assert {str(cell.A.Scope) for cell in cells} == {"/Row", "/Column"}


@with_pdf
def test_every_page_says_whose_it_is_its_number_and_its_place(
    world: World, secretary: User, tmp_path: Path
) -> None:
    issued = issue(world, secretary, audience=Audience.INDEPENDENT)
    path = tmp_path / "report.pdf"
    path.write_bytes(content(issued))
    pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    assert pages
    for place, text in enumerate(pages, start=1):
        assert f"Page {place} of {len(pages)}" in text
        assert "No. 1, October 5, 2026" in text
        assert "Alder & Brook Instruments, Inc." in text
        assert "Audit Committee" in text
        assert "Independent directors only" in text
        assert "Draft" not in text


@with_pdf
def test_draft_says_so_on_every_page_and_has_no_number(world: World, tmp_path: Path) -> None:
    path = tmp_path / "draft.pdf"
    report = compose(world.committee, world.scope(), company=world.company, on=NOW.date())
    path.write_bytes(render(report))
    for page in pypdf.PdfReader(path).pages:
        assert page.extract_text().count("Draft") >= 2
        assert "No. " not in page.extract_text()


@with_pdf
def test_replaced_report_is_printed_with_its_mark(world: World, tmp_path: Path) -> None:
    report = compose(world.committee, world.scope(), company=world.company, on=NOW.date())
    marked = replace(report, number=1, issued_on=LAST, issued_at=NOW, replaced_by=2)
    path = tmp_path / "copy.pdf"
    path.write_bytes(render(marked))
    for page in pypdf.PdfReader(path).pages:
        assert "Replaced by no. 2" in page.extract_text()


@with_pdf
def test_two_processes_on_other_days_set_the_issued_bytes(
    world: World, secretary: User, tmp_path: Path
) -> None:
    issued = issue(world, secretary)
    issued.refresh_from_db()

    def digest(seed: str, now: str) -> str:
        answer = subprocess.run(
            [sys.executable, "-m", "charter_portal.tests.rendering", now],
            input=json.dumps(issued.data),
            cwd=settings.BASE_DIR,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
            capture_output=True,
            text=True,
            check=True,
        )
        return answer.stdout

    found = {digest("1", "2027-02-28T23:59:00+00:00"), digest("4242", "2031-07-01T00:00:00+00:00")}
    assert found == {issued.document.sha256}


@with_pdf
def test_stored_values_give_the_issued_bytes(world: World, secretary: User) -> None:
    issued = issue(world, secretary)
    committee_services.rename_director(
        world.members[0].director, name="Renamed", sort_name="", user=None, by=BY, at=NOW
    )
    issued.refresh_from_db()
    assert render(from_json(issued.data)) == content(issued)
    assert to_json(from_json(issued.data)) == issued.data
