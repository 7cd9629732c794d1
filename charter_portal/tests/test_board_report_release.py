"""The chair issues what the secretary prepared, exactly, or sends it back; unless it is delegated."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from charter_portal import services
from charter_portal.enums import PreparedState
from charter_portal.models import BoardReport, PreparedReport
from charter_portal.release import release_on
from charter_portal.reports import from_json
from charter_portal.services import release as release_services
from charter_portal.tests.reporting import BY, LAST, NOW, World, delegated, make_world, resign
from committees import services as seating
from records.models import LedgerEntry, Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_that_day")]
with_pdf = pytest.mark.pdf
ClientOf = Callable[[User], Client]
TYPED = {"period_from": "2026-01-01", "period_to": "2026-09-30", "audience": "board"}


@pytest.fixture
def _on_that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world(chair: User) -> World:
    return make_world(chair)


@pytest.fixture
def prepared(world: World, secretary: User) -> PreparedReport:
    return release_services.prepare(world.committee, world.scope(), by=secretary, at=NOW)


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def version(page: str) -> str:
    found = re.search(r'name="record_version" value="([^"]+)"', page)
    assert found
    return found[1]


# Who issues


def test_chair_with_an_account_issues(world: World, chair: User) -> None:
    assert release_on(world.committee, NOW.date()).chair == chair


def test_secretary_issues_for_a_chair_without_an_account_and_the_report_says_so(
    secretary: User,
) -> None:
    world = make_world()
    preview = services.compose(world.committee, world.scope(), company=world.company, on=LAST)
    assert "the chair does not use this portal" in preview.release
    with pytest.raises(ValidationError, match="Issue this one yourself"):
        release_services.prepare(world.committee, world.scope(), by=secretary, at=NOW)


def test_secretary_issues_where_nobody_chairs(world: World) -> None:
    seating.end_chair(world.members[0].chair_terms.get(), ends_on=date(2026, 10, 5), by=BY, at=NOW)
    assert release_on(world.committee, date(2026, 10, 4)).chair
    assert "no chair is on record" in release_on(world.committee, date(2026, 10, 5)).said


def test_decision_leaves_it_to_the_secretary_from_its_date_until_it_ends(world: World) -> None:
    delegation = delegated(world)
    assert release_on(world.committee, date(2026, 3, 2)).chair
    assert "as decided on March 3, 2026" in release_on(world.committee, date(2026, 3, 3)).said
    release_services.end_delegation(delegation, by=BY, at=NOW)
    assert release_on(world.committee, NOW.date()).chair
    with pytest.raises(ValidationError):
        release_services.end_delegation(delegation, by=BY, at=NOW)


# The secretary goes no way past the chair


def test_secretary_cannot_issue_past_the_chair(world: World, secretary: User) -> None:
    with pytest.raises(ValidationError, match="issues reports to the Board"):
        services.issue(world.committee, world.scope(), by=secretary, at=NOW)
    assert not BoardReport.objects.exists()


def test_command_obeys_the_same_rule(world: World, secretary: User, tmp_path: Path) -> None:
    given = [str(tmp_path / "r.pdf"), "--from", "2026-01-01", "--to", "2026-09-30"]
    given += ["--by", secretary.email]
    with pytest.raises(CommandError, match="the chair is asked to issue it"):
        call_command("board_report", *given, "--issue")
    assert not BoardReport.objects.exists()
    assert not list(tmp_path.iterdir())


@with_pdf
def test_command_prepares_for_the_chair(world: World, secretary: User, tmp_path: Path) -> None:
    given = [str(tmp_path / "r.pdf"), "--from", "2026-01-01", "--to", "2026-09-30"]
    out = StringIO()
    call_command("board_report", *given, "--prepare", "--by", secretary.email, stdout=out)
    assert "The chair is asked to issue it." in out.getvalue()
    assert PreparedReport.objects.get().state == PreparedState.WAITING


# Prepared, read, issued


def test_chair_is_asked_by_notice_and_on_home(
    prepared: PreparedReport, chair: User, member: User, client_of: ClientOf
) -> None:
    notice = Notice.objects.get(kind="charter_portal.report_prepared")
    assert notice.recipient == chair
    assert prepared.get_absolute_url() in text(client_of(chair).get("/"))
    assert prepared.get_absolute_url() not in text(client_of(member).get("/"))
    assert client_of(member).get(prepared.get_absolute_url()).status_code == 404


@with_pdf
def test_chair_issues_exactly_what_was_prepared_with_one_tap(
    prepared: PreparedReport, world: World, chair: User, client_of: ClientOf
) -> None:
    resign(world, "Max Member", date(2026, 9, 1))
    client, url = client_of(chair), prepared.get_absolute_url()
    page = text(client.get(url))
    assert "Prepared now, it would also say" in page
    done = client.post(f"{url}issue/", {"record_version": version(page)}, follow=True)
    issued = BoardReport.objects.get()
    assert "Report no. 1 was issued." in text(done)
    assert issued.issued_by == chair
    before, after = from_json(prepared.data), from_json(issued.data)
    assert after.unissued() == before.unissued()
    assert (after.members, after.asks) == (before.members, before.asks)
    prepared.refresh_from_db()
    assert (prepared.state, prepared.issued) == (PreparedState.ISSUED, issued)
    again = client.post(f"{url}issue/", {"record_version": version(page)})
    assert "issued" in text(again)
    assert BoardReport.objects.count() == 1


def test_nothing_is_listed_where_nothing_changed(
    prepared: PreparedReport, chair: User, client_of: ClientOf
) -> None:
    page = text(client_of(chair).get(prepared.get_absolute_url()))
    assert "The records have changed since" not in page


@pytest.mark.parametrize("act", ["release", "send_back"])
def test_nobody_but_the_chair_answers(
    prepared: PreparedReport, secretary: User, member: User, act: str
) -> None:
    given = {"note": "No."} if act == "send_back" else {}
    for person in (secretary, member):
        with pytest.raises(ValidationError, match="Only the chair"):
            getattr(release_services, act)(prepared, by=person, at=NOW, **given)


def test_former_chair_neither_reads_nor_issues(
    prepared: PreparedReport, world: World, chair: User, client_of: ClientOf
) -> None:
    seating.end_chair(world.members[0].chair_terms.get(), ends_on=date(2026, 10, 5), by=BY, at=NOW)
    assert client_of(chair).get(prepared.get_absolute_url()).status_code == 404
    with pytest.raises(ValidationError, match="Only the chair"):
        release_services.release(prepared, by=chair, at=NOW)


def test_values_changed_behind_the_portal_are_not_issued(
    prepared: PreparedReport, chair: User
) -> None:
    QuerySet(PreparedReport).update(data=prepared.data | {"chair": "Somebody"})
    with pytest.raises(ValidationError, match="not those that were prepared"):
        release_services.release(prepared, by=chair, at=NOW)
    assert not BoardReport.objects.exists()


# Sent back, prepared again


def test_note_of_sending_back_reaches_who_prepared_it(
    prepared: PreparedReport, chair: User, secretary: User, client_of: ClientOf
) -> None:
    url = prepared.get_absolute_url()
    client_of(chair).post(f"{url}send-back/", {"note": "Leave out the budget."}, follow=True)
    prepared.refresh_from_db()
    assert (prepared.state, prepared.note) == (PreparedState.SENT_BACK, "Leave out the budget.")
    assert Notice.objects.get(kind="charter_portal.report_sent_back").recipient == secretary
    desk = client_of(secretary)
    assert "sent a Board report back to you" in text(desk.get("/"))
    assert "Leave out the budget." in text(desk.get(f"{url}again/"))
    assert "budget" not in str(list(LedgerEntry.objects.values_list("facts", flat=True)))


def test_sending_back_needs_a_note(
    prepared: PreparedReport, chair: User, client_of: ClientOf
) -> None:
    client_of(chair).post(f"{prepared.get_absolute_url()}send-back/", {"note": ""})
    prepared.refresh_from_db()
    assert prepared.state == PreparedState.WAITING


@with_pdf
def test_prepared_again_takes_its_place_and_the_note_goes_with_the_issue(
    prepared: PreparedReport, world: World, chair: User, secretary: User
) -> None:
    release_services.send_back(prepared, note="Shorter.", by=chair, at=NOW)
    second, third = (
        release_services.prepare(world.committee, world.scope(), by=secretary, at=NOW)
        for _ in range(2)
    )
    prepared.refresh_from_db()
    second.refresh_from_db()
    assert prepared.state == second.state == PreparedState.PREPARED_AGAIN
    assert (prepared.note, prepared.answered_by) == ("Shorter.", chair)
    for overtaken in (prepared, second):
        with pytest.raises(ValidationError, match="does not wait"):
            release_services.release(overtaken, by=chair, at=NOW)
    release_services.release(third, by=chair, at=NOW)
    prepared.refresh_from_db()
    assert prepared.note == ""


@with_pdf
def test_report_that_was_sent_back_and_issued_is_not_asked_for_again(
    prepared: PreparedReport, world: World, chair: User, secretary: User, client_of: ClientOf
) -> None:
    release_services.send_back(prepared, note="Shorter.", by=chair, at=NOW)
    desk = client_of(secretary)
    assert "sent a report back" in text(desk.get("/reports/"))
    again = release_services.prepare(world.committee, world.scope(), by=secretary, at=NOW)
    assert "sent a Board report back to you" not in text(desk.get("/"))
    assert "is waiting for the chair" in text(desk.get("/reports/"))
    release_services.release(again, by=chair, at=NOW)
    page = text(desk.get("/reports/"))
    assert "sent a report back" not in page
    assert "is waiting for the chair" not in page


@with_pdf
def test_what_the_chair_sent_back_gives_way_to_what_the_secretary_may_issue(
    prepared: PreparedReport, world: World, chair: User, secretary: User
) -> None:
    release_services.send_back(prepared, note="Shorter.", by=chair, at=NOW)
    delegated(world)
    services.issue(world.committee, world.scope(), by=secretary, at=NOW)
    prepared.refresh_from_db()
    assert prepared.state == PreparedState.PREPARED_AGAIN


# The way of the secretary


def test_secretary_sends_a_reviewed_report_to_the_chair(
    world: World, secretary: User, chair: User, client_of: ClientOf
) -> None:
    desk = client_of(secretary)
    preview = desk.post("/reports/new/", TYPED)
    assert "Continue to send to the chair" in text(preview)
    found = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)"', preview.content.decode()
    )
    typed = {name: value for name, value in found if name != "csrfmiddlewaretoken"}
    confirm = text(desk.post("/reports/issue/", typed))
    assert "Send to the chair" in confirm
    done = desk.post("/reports/issue/", typed | {"confirmed": "1"}, follow=True)
    assert f"The report was sent to {chair}." in text(done)
    assert "is waiting for the chair" in text(desk.get("/reports/"))
    assert not BoardReport.objects.exists()


def test_delegation_is_recorded_and_ended_on_its_page(
    world: World, secretary: User, client_of: ClientOf
) -> None:
    desk = client_of(secretary)
    delegation = delegated(world)
    page = text(desk.get("/reports/issued-by/"))
    assert "as decided on March 3, 2026" in page
    desk.post(f"/reports/issued-by/{delegation.pk}/end/", {"confirmed": "1"}, follow=True)
    assert "The secretary prepares each report." in text(desk.get("/reports/issued-by/"))
    typed = {"decision": delegation.decision_id, "confirmed": "1"}
    desk.post("/reports/issued-by/delegate/", typed, follow=True)
    assert release_on(world.committee, NOW.date()).chair is None
