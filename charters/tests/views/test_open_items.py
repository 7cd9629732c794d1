"""Open items: what the record does not show in time, and closing it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from charters import services
from charters.enums import Cadence, ClosedAs
from charters.models import Closing, Duty
from charters.reading.structure import Role, TextPassage
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from records import ledger
from records.models import LedgerEntry
from records.stale import VERSION

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
REASON = "Counsel has the matter."


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@pytest.fixture
def duty(stage: Stage) -> Duty:
    """Served in 2024 and not in 2025."""
    duty = stage.duty()
    stage.complete(duty, date(2024, 5, 5))
    return duty


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


def text(page) -> str:
    return " ".join(page.content.decode().replace("&#x27;", "'").split())


def errors(page) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def address(duty: Duty, period: str = "FY2025") -> str:
    return f"/open-items/charters.gap:duty-{duty.pk}:{period}/"


def close(
    client: Client,
    duty: Duty,
    kind: str = "under_review",
    reason: str = REASON,
    period: str = "FY2025",
    **more: object,
):
    given = {"kind": kind, "reason": reason}
    return client.post(f"{address(duty, period)}close/", given | more)


def a_record(performed_on: str = "2025-11-04") -> dict[str, object]:
    """What is posted with *now on file*."""
    return {
        "performed_on": performed_on,
        "document": SimpleUploadedFile("plan.txt", b"The plan was reviewed."),
    }


def periods(page) -> list[str]:
    return [row.key.rpartition(":")[2] for row in page.context["rows"]]


# The list.


def test_a_gap_is_listed_with_what_the_record_shows(client: Client, duty: Duty) -> None:
    [row] = client.get("/open-items/").context["rows"]
    assert (row.reference, row.title, row.layer, row.on, row.url, row.closing) == (
        "R-2",
        "Review the audit plan",
        "Charter",
        date(2025, 12, 31),
        address(duty),
        "",
    )
    assert row.because == "No record for fiscal year 2025 was on file by December 31, 2025."


def test_open_ones_are_shown_first_and_words_filter_them(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    close(client, duty, period="FY2024")
    page = client.get("/open-items/")
    assert [
        (str(choice["label"]), choice["count"], choice["is_current"])
        for choice in page.context["choices"]
    ] == [("Open", 1, True), ("Closed", 1, False), ("All", 2, False)]
    shown = {
        show: periods(client.get(f"/open-items/?show={show}"))
        for show in ("open", "closed", "all", "nonsense")
    }
    assert shown == {
        "open": ["FY2025"],
        "closed": ["FY2024"],
        "all": ["FY2025", "FY2024"],
        "nonsense": ["FY2025"],
    }


@pytest.mark.parametrize(
    ("show", "says"),
    [("open", "No open items"), ("closed", "No open items here")],
)
def test_an_empty_list_says_whether_that_is_good(
    client: Client, stage: Stage, show: str, says: str
) -> None:
    assert says in text(client.get(f"/open-items/?show={show}"))


def test_each_quarter_is_an_open_item_of_its_own(client: Client, stage: Stage) -> None:
    stage.duty(cadence=Cadence.QUARTERLY, due_month=3, in_force_from=date(2026, 1, 1))
    assert periods(client.get("/open-items/")) == ["FY2026Q3", "FY2026Q2", "FY2026Q1"]


def test_a_duty_of_an_earlier_version_keeps_its_open_item(
    client: Client, stage: Stage, duty: Duty
) -> None:
    supersede(stage)
    [row] = client.get("/open-items/").context["rows"]
    assert (row.reference, row.key) == ("", f"charters.gap:duty-{duty.pk}:FY2025")
    assert close(client, duty).status_code == 302
    assert client.get(duty.get_absolute_url()).status_code == 200


def supersede(stage: Stage) -> None:
    """In July the Board adopts a charter that carries no duty on."""
    passages = [TextPassage(Role.CLAUSE, "Meet the lawyers.", 1, reference="R-1")]
    version = services.draft(
        stage.committee, title="Second", text="Meet the lawyers.", passages=passages, **SIGNED
    )
    day = date(2026, 7, 1)
    services.adopt(version, adopted_on=day, effective_on=day, **SIGNED)


# One open item.


def test_its_page_leads_the_secretary_to_settle_it(
    client: Client, client_of: ClientOf, duty: Duty, chair: User
) -> None:
    page = client.get(address(duty))
    assert (page.context["primary"].label, page.context["primary"].url) == (
        "Close item",
        f"{address(duty)}close/",
    )
    assert "Not closed yet" in text(page)
    assert client_of(chair).get(address(duty)).context["primary"] is None


@pytest.mark.parametrize(
    "key",
    [
        "charters.gap:duty-999:FY2025",
        "charters.gap:duty-1",
        "FY2025",
        "charters.gap:duty-1:FY2025:x",
        "a:b:c",
    ],
)
def test_a_forged_key_is_not_found(client: Client, duty: Duty, key: str) -> None:
    assert client.get(f"/open-items/{key}/").status_code == 404
    given = {"kind": "under_review", "reason": REASON}
    assert client.post(f"/open-items/{key}/close/", given).status_code == 404
    assert not Closing.objects.exists()


def test_a_period_that_still_runs_is_not_found(client: Client, duty: Duty) -> None:
    assert close(client, duty, period="FY2026").status_code == 404
    page = client.post(
        f"{address(duty, 'FY2026')}close/?as_of=2027-02-01",
        {"kind": "under_review", "reason": REASON},
    )
    assert page.status_code == 404
    assert not Closing.objects.exists()


@pytest.mark.parametrize("period", ["FY2025", "FY2019"])
@pytest.mark.parametrize("persona", ["management", "external_auditor", "administrator"])
def test_who_may_not_read_does_not_learn_whether_there_is_one(
    request: pytest.FixtureRequest, client_of: ClientOf, duty: Duty, persona: str, period: str
) -> None:
    client = client_of(request.getfixturevalue(persona))
    assert client.get(address(duty, period)).status_code == 404
    assert close(client, duty, period=period).status_code == 404


# Closing.


@pytest.mark.parametrize("kind", ClosedAs.values)
def test_it_is_closed_with_each_kind(
    client: Client, stage: Stage, duty: Duty, secretary: User, kind: str
) -> None:
    stage.complete(duty, date(2026, 1, 12), serves=date(2025, 12, 31))
    page = close(client, duty, kind, **a_record() if kind == "now_on_file" else {})
    assert page["Location"] == "/open-items/"
    made = Closing.objects.get()
    assert (made.key, made.kind, made.reason, made.decided_on, made.recorded_by) == (
        f"charters.gap:duty-{duty.pk}:FY2025",
        kind,
        REASON,
        date(2026, 11, 20),
        secretary,
    )
    assert periods(client.get("/open-items/")) == []


def test_completed_late_is_offered_first_where_evidence_came_since(
    client: Client, stage: Stage, duty: Duty
) -> None:
    assert client.get(f"{address(duty)}close/").context["form"].initial == {
        "kind": None,
    }
    stage.complete(duty, date(2026, 1, 12), serves=date(2025, 12, 31), note="In January.")
    page = client.get(f"{address(duty)}close/")
    assert page.context["form"].initial == {"kind": "completed_late"}
    assert page.context["why"] == (
        "Completed for fiscal year 2025 on January 12, 2026. It was due on December 31, 2025."
    )
    late = client.get(address(duty)).context["open_item"].late
    assert [(entry.on, entry.text) for entry in late] == [(date(2026, 1, 12), "In January.")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"reason": ""}, {"reason": ["This field is required."]}),
        ({"reason": "   "}, {"reason": ["This field is required."]}),
        ({"kind": ""}, {"kind": ["This field is required."]}),
        (
            {"kind": "forgotten"},
            {"kind": ["Select a valid choice. forgotten is not one of the available choices."]},
        ),
    ],
)
def test_a_closing_needs_its_kind_and_its_reason(
    client: Client, duty: Duty, given: dict, expected: dict
) -> None:
    page = close(client, duty, **given)
    assert errors(page) == expected
    assert page.context["form"]["reason"].value() == given.get("reason", REASON)
    assert not Closing.objects.exists()


def test_completed_late_is_not_said_where_nothing_on_record_shows_it(
    client: Client, duty: Duty
) -> None:
    page = close(client, duty, "completed_late")
    assert list(errors(page)) == ["kind"]
    assert page.context["form"]["reason"].value() == REASON
    assert not Closing.objects.exists()


def test_now_on_file_needs_the_record_and_serves_the_period(client: Client, duty: Duty) -> None:
    page = close(client, duty, "now_on_file", performed_on="2025-11-04")
    assert list(errors(page)) == ["document"]
    assert page.context["form"]["performed_on"].value() == "2025-11-04"
    page = close(client, duty, "now_on_file", **a_record("2026-01-04"))
    assert list(errors(page)) == ["performed_on"]
    assert not Closing.objects.exists()
    close(client, duty, "now_on_file", **a_record())
    assert periods(client.get("/open-items/?show=all")) == []
    document = Closing.objects.get().document
    assert document.get_absolute_url() in text(client.get(address(duty)))


def test_record_on_file_can_be_named(client: Client, stage: Stage, duty: Duty) -> None:
    close(client, duty, "now_on_file", **a_record())
    filed = Closing.objects.get().document
    other = stage.duty(title="Review the risks")
    stage.complete(other, date(2024, 5, 5))
    close(client, other, "now_on_file", performed_on="2025-11-04", record=filed.pk)
    assert other.completions.latest("pk").document == filed


def test_who_settles_what_another_has_closed_meanwhile_looks_again(
    client: Client, duty: Duty
) -> None:
    url = f"{address(duty)}close/"
    opened = client.get(url).context["form"]
    close(client, duty)
    typed = {"kind": "not_applicable", "reason": "In another tab."}
    page = client.post(url, typed | {VERSION: opened[VERSION].value()})
    assert "Another person saved this after you opened the page" in errors(page)["__all__"][0]
    assert errors(page)["kind"] == ["On record now: Under review"]
    assert errors(page)["reason"] == [f"On record now: {REASON}"]
    assert page.context["form"]["reason"].value() == "In another tab."
    assert Closing.objects.get().kind == "under_review"


def test_settling_again_takes_the_firsts_place_and_keeps_it(
    client: Client, stage: Stage, duty: Duty
) -> None:
    close(client, duty)
    stage.complete(duty, date(2026, 1, 12), serves=date(2025, 12, 31))
    assert client.get(address(duty)).context["primary"].label == "Change closing"
    close(client, duty, "completed_late", "The minutes were found.")
    [row] = client.get("/open-items/?show=closed").context["rows"]
    assert (row.closing, row.reason) == ("Completed late", "The minutes were found.")
    page = client.get(address(duty))
    assert [made.kind for made in page.context["closings"]] == ["completed_late", "under_review"]
    assert "<strong>Under review</strong> (replaced)" in text(page)


def test_once_closed_it_is_read_also_when_later_entries_serve_the_period(
    client: Client, stage: Stage, duty: Duty
) -> None:
    close(client, duty)
    stage.complete(duty, date(2025, 6, 3))
    assert periods(client.get("/open-items/?show=all")) == []
    page = client.get(address(duty))
    assert page.context["open_item"].because.endswith("It is no longer open.")
    assert page.context["open_item"].duty_url == duty.get_absolute_url()
    assert (page.context["primary"], len(page.context["closings"])) == (None, 1)
    assert client.get(f"{address(duty)}close/").status_code == 404
    [line] = [line for line in client.get("/").context["since"] if "closed" in line.text]
    assert client.get(line.url).status_code == 200


def test_what_is_closed_lets_the_running_year_speak(client: Client, duty: Duty) -> None:
    words = [client.get("/charter/R-2/").context["row"].standing.label]
    close(client, duty)
    words.append(client.get("/charter/R-2/").context["row"].standing.label)
    assert words == ["not on file", "due"]


def test_before_the_day_of_the_closing_it_is_open(client: Client, duty: Duty) -> None:
    close(client, duty)
    yesterday = date(2026, 11, 20) - timedelta(days=1)
    assert periods(client.get(f"/open-items/?as_of={yesterday}")) == ["FY2025"]
    assert periods(client.get("/open-items/")) == []


def test_the_ledger_has_no_prose(client: Client, duty: Duty) -> None:
    close(client, duty)
    entry = LedgerEntry.objects.get(action="open_item.closed")
    assert entry.facts.keys() == {"kind", "reason", "document"}
    assert REASON not in str(entry.facts)
    assert ledger.verify().sound


@pytest.mark.parametrize("persona", ["chair", "company_counsel", "independent_counsel"])
def test_readers_do_not_settle(
    request: pytest.FixtureRequest, client_of: ClientOf, duty: Duty, persona: str
) -> None:
    client = client_of(request.getfixturevalue(persona))
    assert close(client, duty).status_code == 403
    assert not Closing.objects.exists()
