"""The pages of reports: the way from the form to the issued report, and who gets where."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import RoleTerm, User
from charter_portal import services as report_services
from charter_portal.enums import Audience
from charter_portal.models import BoardReport
from charter_portal.tests.reporting import BY, NOW, World, make_world, resign, stored
from charters.enums import ClosedAs
from committees import services
from records import filed, pdf, store
from records.models import LedgerEntry
from records.services import documents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_that_day")]
with_pdf = pytest.mark.pdf

ClientOf = Callable[..., Client]
TYPED = {"period_from": "2026-01-01", "period_to": "2026-09-30", "audience": "board"}


@pytest.fixture
def _on_that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def desk(world: World, secretary: User, client_of: ClientOf) -> Client:
    return client_of(secretary)


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def hidden(response: HttpResponse) -> dict[str, str]:
    """The hidden fields of the page's first form, as a browser would send them."""
    found = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode()
    )
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def status(client: Client, address: str) -> int:
    """Of a page or a file; a file is read to its end, which closes it."""
    response = client.get(address)
    if response.streaming:
        list(response.streaming_content)
    return response.status_code


# The list


def test_list_is_empty_at_first_and_says_what_to_do(desk: Client) -> None:
    page = text(desk.get("/reports/"))
    assert "No reports yet" in page
    assert 'href="/reports/new/"' in page


def test_list_shows_number_period_audience_day_and_what_replaced_it(
    desk: Client, world: World, secretary: User
) -> None:
    first = stored(world, secretary)
    stored(world, secretary, audience=Audience.INDEPENDENT, replaces=first)
    page = text(desk.get("/reports/"))
    assert page.index("No. 2") < page.index("No. 1")
    for words in (
        "replaced by no. 2",
        "replaces no. 1",
        "Jan 1, 2026 to Sep 30, 2026",
        "Independent directors only",
        "Oct 5, 2026",
    ):
        assert words in page


def test_list_asks_as_many_questions_for_one_report_as_for_many(
    desk: Client, world: World, secretary: User, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    stored(world, secretary)
    desk.get("/reports/")
    with CaptureQueriesContext(connection) as one:
        desk.get("/reports/")
    for _ in range(9):
        stored(world, secretary)
    with django_assert_num_queries(len(one)):
        desk.get("/reports/")


# The way to an issued report


def test_form_offers_the_time_since_the_last_report(
    desk: Client, world: World, secretary: User
) -> None:
    page = text(desk.get("/reports/new/"))
    assert 'name="period_from" value="2026-01-01"' in page
    stored(world, secretary)
    page = text(desk.get("/reports/new/"))
    assert 'name="period_from" value="2026-10-01"' in page
    assert 'name="period_to" value="2026-10-05"' in page


def test_form_offers_what_the_record_asks_of_the_board(desk: Client, world: World) -> None:
    from datetime import date

    resign(world, "Nora Newcomer", date(2026, 9, 1))
    page = text(desk.get("/reports/new/"))
    assert "Fill the vacancy on the committee by September 1, 2027" in page


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (
            {"period_to": "2025-01-01"},
            ("The period ends before it begins. Enter a later end date."),
        ),
        ({"period_to": "2026-12-31"}, "The period ends after today."),
        ({"period_from": "someday"}, "Enter a valid date."),
        ({"as_of": "2026-12-31"}, "The status is known up to today"),
        ({"audience": "everybody"}, "Select a valid choice."),
        ({"resolution_1": "RESOLVED"}, "Enter what the committee asks for."),
        (
            {"period_from": "2020-01-01", "period_to": "2020-02-01"},
            "No charter of the Audit Committee is in effect on February 1, 2020.",
        ),
    ],
)
@pytest.mark.parametrize("address", ["/reports/new/", "/reports/draft/", "/reports/issue/"])
def test_what_cannot_be_reported_is_said_beside_the_form(
    desk: Client, address: str, typed: dict[str, str], reason: str
) -> None:
    if address == "/reports/issue/":
        typed = typed | {"confirmed": "1"}
    response = desk.post(address, TYPED | typed)
    assert response.status_code == 200
    assert reason in text(response)
    assert not BoardReport.objects.exists()


def test_preview_records_nothing_and_lists_what_is_left_out(desk: Client, world: World) -> None:
    before = LedgerEntry.objects.count()
    response = desk.post("/reports/new/", TYPED)
    page = text(response)
    assert "2 open items are not in the report" in page
    report = page.partition('<article class="report">')[2]
    assert report
    assert "No record was found for fiscal year 2025" not in report
    key = f"charters.gap:duty-{world.duties['Look at the insurance programme'].pk}:FY2025"
    assert f'href="/open-items/{key}/"' in page
    assert LedgerEntry.objects.count() == before


def test_open_item_that_was_closed_is_reported_at_once(desk: Client, world: World) -> None:
    world.close(
        "Look at the insurance programme", "FY2025", ClosedAs.NOT_APPLICABLE, "Not insured."
    )
    page = text(desk.post("/reports/new/", TYPED))
    assert "1 open item is not in the report" in page
    matter = page.partition('<p class="report-matter">')[2].partition("</p>")[0]
    assert "Look at the insurance programme" in matter
    assert "as not applicable: Not insured." in matter


def test_way_back_keeps_what_was_typed(desk: Client) -> None:
    typed = TYPED | {"ask_1": "Approve the plan", "resolution_1": "RESOLVED, that it is."}
    preview = desk.post("/reports/new/", typed)
    page = text(desk.post("/reports/new/", hidden(preview) | {"back": "1"}))
    assert 'value="Approve the plan"' in page
    assert "RESOLVED, that it is." in page
    assert "<article" not in page


@with_pdf
def test_draft_is_a_pdf_and_is_not_stored(desk: Client) -> None:
    preview = desk.post("/reports/new/", TYPED)
    response = desk.post("/reports/draft/", hidden(preview))
    assert response.headers["Content-Type"] == "application/pdf"
    assert 'filename="board-report-draft.pdf"' in response.headers["Content-Disposition"]
    assert response.content.startswith(b"%PDF")
    assert not BoardReport.objects.exists()


@with_pdf
def test_report_is_issued_after_it_was_read_and_confirmed(
    desk: Client, secretary: User, world: World
) -> None:
    typed = TYPED | {"ask_1": "Approve the plan"}
    preview = desk.post("/reports/new/", typed)
    confirm = desk.post("/reports/issue/", hidden(preview))
    page = text(confirm)
    for words in (
        "Number",
        "Full Board",
        "January 1, 2026 to September 30, 2026",
        "Approve the plan",
        "Sara Secretary",
        "The report is filed as a PDF and cannot be changed",
    ):
        assert words in page
    assert not BoardReport.objects.exists()
    done = desk.post("/reports/issue/", hidden(confirm), follow=True)
    report = BoardReport.objects.get()
    assert done.redirect_chain == [("/reports/1/", 302)]
    assert "Report no. 1 was issued." in text(done)
    assert (report.issued_by, report.data["asks"][0]["heading"]) == (secretary, "Approve the plan")
    served = desk.get(f"/documents/{report.document.pk}/")
    with store.fetch(report.document.sha256) as file:
        assert b"".join(served) == file.read()


@with_pdf
def test_record_that_changed_in_between_is_shown_before_it_is_issued(
    desk: Client, world: World
) -> None:
    from datetime import date

    confirm = desk.post("/reports/issue/", hidden(desk.post("/reports/new/", TYPED)))
    services.end_chair(world.members[0].chair_terms.get(), ends_on=date(2026, 8, 1), by=BY, at=NOW)
    page = text(desk.post("/reports/issue/", hidden(confirm)))
    assert "The records have changed since you opened the review page." in page
    assert not BoardReport.objects.exists()


@with_pdf
def test_form_that_is_sent_twice_issues_once(desk: Client) -> None:
    confirm = hidden(desk.post("/reports/issue/", hidden(desk.post("/reports/new/", TYPED))))
    desk.post("/reports/issue/", confirm)
    page = text(desk.post("/reports/issue/", confirm))
    assert "Another report was issued in the meantime." in page
    assert BoardReport.objects.count() == 1


@with_pdf
def test_wrong_report_is_replaced_and_marked(desk: Client, world: World, secretary: User) -> None:
    stored(world, secretary)
    form = text(desk.get("/reports/1/replace/"))
    assert 'name="replaces" value="1"' in form
    preview = desk.post("/reports/1/replace/", TYPED | {"replaces": "1"})
    assert "It will replace no. 1." in text(preview)
    confirm = desk.post("/reports/issue/", hidden(preview))
    assert "Report no. 1" in text(confirm)
    desk.post("/reports/issue/", hidden(confirm))
    assert BoardReport.objects.get(number=2).replaces == BoardReport.objects.get(number=1)
    page = text(desk.get("/reports/1/"))
    assert "Replaced by no. 2." in page
    assert 'href="/reports/2/"' in page
    assert "/reports/1/replace/" not in page
    assert desk.get("/reports/1/copy/").content.startswith(b"%PDF")
    assert desk.get("/reports/2/copy/").status_code == 404


def test_pages_for_issuing_lead_to_the_form_when_only_read(desk: Client) -> None:
    for address in ("/reports/issue/", "/reports/draft/"):
        assert desk.get(address).headers["Location"] == "/reports/new/"


def test_before_set_up_there_is_nothing_to_report(secretary: User, client_of: ClientOf) -> None:
    desk = client_of(secretary)
    assert "No charter to report on yet" in text(desk.get("/reports/new/"))
    assert "No reports yet" in text(desk.get("/reports/"))


def test_replacement_of_an_unknown_report_is_not_found(desk: Client) -> None:
    for number in ("7", "0", "x", "99999999999999999999"):
        assert desk.post("/reports/issue/", TYPED | {"replaces": number}).status_code == 404
    assert desk.get("/reports/7/replace/").status_code == 404
    assert desk.get("/reports/99999999999999999999/").status_code == 404


# Exchanged behind the portal's back


def test_report_that_was_made_to_hold_another_file_says_so(
    desk: Client, world: World, secretary: User
) -> None:
    first, second = stored(world, secretary), stored(world, secretary)
    words = "This report does not hold the file that was issued."
    assert words not in text(desk.get("/reports/1/"))
    third = documents.file(
        kind="charter_portal.board_report",
        title="Another",
        content=first_bytes(second),
        file_name="other.pdf",
        by=secretary,
        at=NOW,
    )
    QuerySet(BoardReport).filter(pk=first.pk).update(document=third)
    assert words in text(desk.get("/reports/1/"))
    assert words not in text(desk.get("/reports/2/"))
    assert filed.contradictions() == [f"charter_portal.BoardReport:{first.pk}"]


def test_report_whose_values_were_changed_says_so(
    desk: Client, world: World, secretary: User
) -> None:
    report = stored(world, secretary)
    QuerySet(BoardReport).filter(pk=report.pk).update(data=report.data | {"chair": "Somebody"})
    assert "This report does not hold the file" in text(desk.get("/reports/1/"))
    assert filed.contradictions() == [f"charter_portal.BoardReport:{report.pk}"]


def test_report_that_was_removed_is_named(world: World, secretary: User) -> None:
    report = stored(world, secretary)
    subject = f"charter_portal.BoardReport:{report.pk}"
    QuerySet(BoardReport).filter(pk=report.pk).delete()
    assert filed.contradictions() == [subject]


def first_bytes(report: BoardReport) -> bytes:
    with store.fetch(report.document.sha256) as file:
        return bytes(file.read())


# Without Pango


def test_without_the_pdf_library_the_report_can_be_read_but_not_issued(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    preview = desk.post("/reports/new/", TYPED)
    page = text(preview)
    assert "This server cannot make PDFs" in page
    assert "The next 90 days" in page
    assert "/reports/draft/" not in page
    assert desk.post("/reports/draft/", hidden(preview)).status_code == 503
    refused = desk.post("/reports/issue/", hidden(preview) | {"confirmed": "1"})
    assert "cannot make PDFs" in text(refused)
    assert not BoardReport.objects.exists()


# Closed to management


@pytest.fixture
def closed(world: World, secretary: User) -> BoardReport:
    stored(world, secretary)
    return stored(world, secretary, audience=Audience.INDEPENDENT)


@pytest.mark.parametrize(
    "persona", ["secretary", "chair", "member", "company_counsel", "independent_counsel"]
)
def test_closed_report_is_open_to_who_is_not_in_management(
    closed: BoardReport, persona: str, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(persona))
    assert "No. 2" in text(client.get("/reports/"))
    assert client.get("/reports/2/").status_code == 200
    assert status(client, f"/documents/{closed.document.pk}/") == 200


def test_closed_report_is_not_there_for_a_secretary_in_management(
    closed: BoardReport, secretary_in_management: User, client_of: ClientOf
) -> None:
    client = client_of(secretary_in_management)
    page = text(client.get("/reports/"))
    assert "No. 1" in page
    assert "No. 2" not in page
    assert "Independent" not in page
    for address in ("/reports/2/", "/reports/2/copy/", "/reports/2/replace/"):
        assert client.get(address).status_code == 404, address
    assert status(client, f"/documents/{closed.document.pk}/") == 404
    unknown = client.get("/reports/7/")
    assert text(client.get("/reports/2/")) == text(unknown)


@pytest.mark.parametrize("days_ago", [0, 300])
def test_closed_report_stays_restricted_from_who_was_in_management_when_it_was_issued(
    closed: BoardReport, secretary_in_management: User, client_of: ClientOf, days_ago: int
) -> None:
    """Ended today, and as of a day between the report's period and its issue."""
    me = secretary_in_management
    client, term = client_of(me), me.roleterm_set.get(role=Role.MANAGEMENT)
    client.post(
        f"/people/roles/{term.pk}/end/",
        {"ends_on": (NOW.date() - timedelta(days=days_ago)).isoformat()},
    )
    assert client.get("/reports/2/").status_code == 404
    # Nor when a second person has ended the role.
    RoleTerm.objects.filter(pk=term.pk).update(ends_on=NOW.date() + timedelta(days=1))
    with time_machine.travel(NOW + timedelta(days=5), tick=False):
        client = client_of(User.objects.get(pk=me.pk))
        assert "No. 2" not in text(client.get("/reports/"))
        for address in ("/reports/2/", "/reports/2/copy/", "/reports/2/replace/"):
            assert client.get(address).status_code == 404, address
        assert status(client, f"/documents/{closed.document.pk}/") == 404


def test_ledger_names_no_closed_report_to_who_may_not_see_it(
    closed: BoardReport, secretary: User, secretary_in_management: User, client_of: ClientOf
) -> None:
    document = f"subject=records.Document%3A{closed.document.pk}"
    mine, theirs = (
        text(client_of(user).get("/ledger/")) for user in (secretary, secretary_in_management)
    )
    for words in (f"{closed}</a> to the Board", document):
        assert words in mine
        assert words not in theirs
    assert "that you cannot see" in theirs


def test_ledger_shows_the_administrator_no_record_of_the_committee(
    world: World, administrator: User, client_of: ClientOf
) -> None:
    rows = client_of(administrator).get("/ledger/").context["rows"]
    assert any(row.is_closed for row in rows)
    assert not any("duty" in row.sentence for row in rows)


def test_who_left_management_before_the_issue_reads_it(
    closed: BoardReport, secretary_in_management: User, client_of: ClientOf
) -> None:
    me = secretary_in_management
    RoleTerm.objects.filter(user=me, role=Role.MANAGEMENT).update(ends_on=NOW.date())
    client = client_of(me)
    assert client.get("/reports/2/").status_code == 200
    assert status(client, f"/documents/{closed.document.pk}/") == 200


def test_who_was_in_management_only_after_the_issue_reads_it(
    closed: BoardReport, secretary_in_management: User, client_of: ClientOf
) -> None:
    """A report is whole when it is issued: a role held later and given up bars nobody from it."""
    me, day = secretary_in_management, timedelta(days=1)
    term = RoleTerm.objects.filter(user=me, role=Role.MANAGEMENT)
    term.update(starts_on=NOW.date() + day, ends_on=NOW.date() + 3 * day)
    for days, is_open in ((0, True), (1, False), (2, False), (3, True)):
        with time_machine.travel(NOW + days * day, tick=False):
            client = client_of(User.objects.get(pk=me.pk))
            assert (client.get("/reports/2/").status_code == 200) is is_open, days
            assert ("No. 2" in text(client.get("/reports/"))) is is_open, days


@pytest.mark.parametrize(
    "persona", ["management", "internal_auditor", "external_auditor", "administrator", "outsider"]
)
def test_no_report_opens_to_other_roles(
    closed: BoardReport, persona: str, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(persona))
    first = BoardReport.objects.get(number=1)
    assert client.get("/reports/").status_code == 403
    for address in ("/reports/1/", "/reports/2/", "/reports/7/", "/reports/7/copy/"):
        assert client.get(address).status_code == 404, address
    for number in ("1", "2", "7"):  # the same answer whether there is such a report or not
        assert client.post("/reports/new/", TYPED | {"replaces": number}).status_code == 403
    assert status(client, f"/documents/{first.document.pk}/") == 404
    assert status(client, f"/documents/{closed.document.pk}/") == 404


def test_stranger_is_asked_to_sign_in(closed: BoardReport, client_of: ClientOf) -> None:
    client = client_of(AnonymousUser())
    for address in ("/reports/", "/reports/2/", f"/documents/{closed.document.pk}/"):
        assert client.get(address).headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("address", ["/reports/new/", "/reports/draft/", "/reports/issue/"])
def test_secretary_in_management_neither_previews_nor_issues_a_closed_report(
    world: World, secretary_in_management: User, client_of: ClientOf, address: str
) -> None:
    client = client_of(secretary_in_management)
    form = text(client.get("/reports/new/"))
    assert 'value="independent"' not in form
    assert "A report to the independent directors is restricted from management" in form
    typed = TYPED | {"audience": "independent", "confirmed": "1"}
    response = client.post(address, typed)
    assert response.headers["Content-Type"].startswith("text/html")
    assert "Select a valid choice." in text(response)
    assert '<article class="report">' not in text(response)
    assert not BoardReport.objects.exists()


def test_secretary_in_management_cannot_replace_a_closed_report(
    closed: BoardReport, secretary_in_management: User, client_of: ClientOf
) -> None:
    client = client_of(secretary_in_management)
    typed = TYPED | {"replaces": "2", "confirmed": "1"}
    assert client.post("/reports/issue/", typed).status_code == 404
    assert BoardReport.objects.count() == 2


def test_open_report_does_not_lead_to_the_closed_one_that_replaced_it(
    world: World, secretary: User, secretary_in_management: User, client_of: ClientOf
) -> None:
    first = stored(world, secretary)
    stored(world, secretary, audience=Audience.INDEPENDENT, replaces=first)
    for address in ("/reports/1/", "/reports/"):
        page = text(client_of(secretary_in_management).get(address))
        assert "replaced" in page.lower()
        assert "no. 2" not in page.lower()
        assert 'href="/reports/2/"' not in page
    page = text(client_of(secretary).get("/reports/1/"))
    assert "Replaced by no. 2." in page
    assert 'href="/reports/2/"' in page


def test_number_of_a_closed_report_is_not_told_by_the_one_that_replaces_it(
    world: World, secretary: User, secretary_in_management: User, client_of: ClientOf
) -> None:
    first = stored(world, secretary, audience=Audience.INDEPENDENT)
    assert report_services.told_number(first, Audience.BOARD) is None
    assert report_services.told_number(first, Audience.INDEPENDENT) == 1
    stored(world, secretary, replaces=first)
    for address in ("/reports/2/", "/reports/"):
        assert "no. 1" not in text(client_of(secretary_in_management).get(address)).lower()
    assert "Replaces no. 1" in text(client_of(secretary).get("/reports/2/"))


def test_second_replacement_is_refused_without_the_number_of_a_closed_report(
    world: World, secretary: User, secretary_in_management: User
) -> None:
    first = stored(world, secretary)
    stored(world, secretary, audience=Audience.INDEPENDENT, replaces=first)
    for by, words in ((secretary, "by no. 2"), (secretary_in_management, "already replaced")):
        with pytest.raises(ValidationError, match=words):
            report_services.issue(world.committee, world.scope(), by=by, at=NOW, replaces=first)


def test_period_offered_to_management_says_nothing_of_a_closed_report(
    world: World, secretary: User, secretary_in_management: User, client_of: ClientOf
) -> None:
    stored(world, secretary, audience=Audience.INDEPENDENT)
    page = text(client_of(secretary_in_management).get("/reports/new/"))
    assert 'name="period_from" value="2026-01-01"' in page
    page = text(client_of(secretary).get("/reports/new/"))
    assert 'name="period_from" value="2026-10-01"' in page
