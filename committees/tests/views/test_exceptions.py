"""Exceptions: what the record does not show in time, and settling it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from committees import services
from committees.enums import Cadence, DispositionKind
from committees.models import Disposition, Duty
from committees.rules.structure import Passage, Role
from committees.tests.charters import AT, SIGNED, Stage, set_the_stage
from records import ledger
from records.models import LedgerEntry

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
    stage.attest(duty, date(2024, 5, 5))
    return duty


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


def text(page) -> str:
    return " ".join(page.content.decode().replace("&#x27;", "'").split())


def errors(page) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def address(duty: Duty, period: str = "FY2025") -> str:
    return f"/exceptions/gap:duty-{duty.pk}:{period}/"


def settle(client: Client, duty: Duty, kind: str = "with_counsel", reason: str = REASON, **more):
    page = client.get(f"{address(duty, **more)}settle/")
    seen = (page.status_code == 200 and page.context["form"].initial["seen"]) or ""
    return post(client, duty, kind=kind, reason=reason, seen=seen, **more)


def post(client: Client, duty: Duty, *, kind: str, reason: str, seen: object, **more):
    given = {"kind": kind, "reason": reason, "seen": seen}
    return client.post(f"{address(duty, **more)}settle/", given)


def periods(page) -> list[str]:
    return [row.key.rpartition(":")[2] for row in page.context["rows"]]


# The list.


def test_a_gap_is_listed_with_what_the_record_shows(client: Client, duty: Duty) -> None:
    [row] = client.get("/exceptions/").context["rows"]
    assert (row.reference, row.title, row.layer, row.on, row.url, row.disposition) == (
        "R-2",
        "Review the audit plan",
        "Charter",
        date(2025, 12, 31),
        address(duty),
        "",
    )
    assert row.because == "No record was found for fiscal year 2025, due by December 31, 2025."


def test_open_ones_are_shown_first_and_words_filter_them(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    settle(client, duty, period="FY2024")
    page = client.get("/exceptions/")
    assert [
        (str(choice["label"]), choice["count"], choice["is_current"])
        for choice in page.context["choices"]
    ] == [("without disposition", 1, True), ("with disposition", 1, False), ("all", 2, False)]
    shown = {
        show: periods(client.get(f"/exceptions/?show={show}"))
        for show in ("open", "settled", "all", "nonsense")
    }
    assert shown == {
        "open": ["FY2025"],
        "settled": ["FY2024"],
        "all": ["FY2025", "FY2024"],
        "nonsense": ["FY2025"],
    }


@pytest.mark.parametrize(
    ("show", "says"),
    [("open", "No exception waits for a disposition"), ("settled", "No exception here")],
)
def test_an_empty_list_says_whether_that_is_good(
    client: Client, stage: Stage, show: str, says: str
) -> None:
    assert says in text(client.get(f"/exceptions/?show={show}"))


def test_each_quarter_is_an_exception_of_its_own(client: Client, stage: Stage) -> None:
    stage.duty(cadence=Cadence.QUARTERLY, due_month=3, in_force_from=date(2026, 1, 1))
    assert periods(client.get("/exceptions/")) == ["FY2026Q3", "FY2026Q2", "FY2026Q1"]


def test_a_duty_of_an_earlier_version_keeps_its_exception(
    client: Client, stage: Stage, duty: Duty
) -> None:
    supersede(stage)
    [row] = client.get("/exceptions/").context["rows"]
    assert (row.reference, row.key) == ("", f"gap:duty-{duty.pk}:FY2025")
    assert settle(client, duty).status_code == 302
    assert client.get(duty.get_absolute_url()).status_code == 200


def supersede(stage: Stage) -> None:
    """In July the Board adopts a charter that carries no duty on."""
    passages = [Passage(Role.CLAUSE, "Meet the lawyers.", 1, reference="R-1")]
    version = services.draft(
        stage.committee, title="Second", text="Meet the lawyers.", passages=passages, **SIGNED
    )
    day = date(2026, 7, 1)
    services.adopt(version, adopted_on=day, effective_on=day, **SIGNED)


# One exception.


def test_its_page_leads_the_secretary_to_settle_it(
    client: Client, client_of: ClientOf, duty: Duty, chair: User
) -> None:
    page = client.get(address(duty))
    assert (page.context["primary"].label, page.context["primary"].url) == (
        "Settle it",
        f"{address(duty)}settle/",
    )
    assert "Not settled yet" in text(page)
    assert client_of(chair).get(address(duty)).context["primary"] is None


@pytest.mark.parametrize(
    "key", ["gap:duty-999:FY2025", "gap:duty-1", "FY2025", "gap:duty-1:FY2025:x", "a:b:c"]
)
def test_a_forged_key_is_not_found(client: Client, duty: Duty, key: str) -> None:
    assert client.get(f"/exceptions/{key}/").status_code == 404
    given = {"kind": "with_counsel", "reason": REASON}
    assert client.post(f"/exceptions/{key}/settle/", given).status_code == 404
    assert not Disposition.objects.exists()


def test_a_period_that_still_runs_is_not_found(client: Client, duty: Duty) -> None:
    assert settle(client, duty, period="FY2026").status_code == 404
    page = client.post(
        f"{address(duty, 'FY2026')}settle/?as_of=2027-02-01",
        {"kind": "with_counsel", "reason": REASON},
    )
    assert page.status_code == 404
    assert not Disposition.objects.exists()


@pytest.mark.parametrize("period", ["FY2025", "FY2019"])
@pytest.mark.parametrize("persona", ["management", "external_auditor", "administrator"])
def test_who_may_not_read_does_not_learn_whether_there_is_one(
    request: pytest.FixtureRequest, client_of: ClientOf, duty: Duty, persona: str, period: str
) -> None:
    client = client_of(request.getfixturevalue(persona))
    assert client.get(address(duty, period)).status_code == 404
    assert settle(client, duty, period=period).status_code == 404


# Settling.


@pytest.mark.parametrize("kind", DispositionKind.values)
def test_it_is_settled_with_each_kind(
    client: Client, stage: Stage, duty: Duty, secretary: User, kind: str
) -> None:
    stage.attest(duty, date(2026, 1, 12), serves=date(2025, 12, 31))
    page = settle(client, duty, kind)
    assert page["Location"] == "/exceptions/"
    made = Disposition.objects.get()
    assert (made.key, made.kind, made.reason, made.decided_on, made.recorded_by) == (
        f"gap:duty-{duty.pk}:FY2025",
        kind,
        REASON,
        date(2026, 11, 20),
        secretary,
    )
    assert periods(client.get("/exceptions/")) == []


def test_done_late_is_offered_first_where_evidence_came_since(
    client: Client, stage: Stage, duty: Duty
) -> None:
    assert client.get(f"{address(duty)}settle/").context["form"].initial == {
        "kind": None,
        "seen": None,
    }
    stage.attest(duty, date(2026, 1, 12), serves=date(2025, 12, 31), note="In January.")
    page = client.get(f"{address(duty)}settle/")
    assert page.context["form"].initial == {"kind": "done_late", "seen": None}
    assert page.context["why"] == (
        "Performed for fiscal year 2025 on January 12, 2026, after December 31, 2025."
    )
    late = client.get(address(duty)).context["exception"].late
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
def test_a_disposition_needs_its_kind_and_its_reason(
    client: Client, duty: Duty, given: dict, expected: dict
) -> None:
    page = settle(client, duty, **given)
    assert errors(page) == expected
    assert page.context["form"]["reason"].value() == given.get("reason", REASON)
    assert not Disposition.objects.exists()


def test_done_late_is_not_said_where_nothing_on_record_shows_it(client: Client, duty: Duty) -> None:
    page = settle(client, duty, "done_late")
    assert list(errors(page)) == ["kind"]
    assert page.context["form"]["reason"].value() == REASON
    assert not Disposition.objects.exists()


def test_who_settles_what_another_has_settled_meanwhile_looks_again(
    client: Client, duty: Duty
) -> None:
    settle(client, duty)
    page = post(client, duty, kind="not_applicable", reason="In another tab.", seen="")
    assert "Somebody has settled it" in str(page.context["form"].errors)
    assert Disposition.objects.get().kind == "with_counsel"


def test_settling_anew_takes_the_firsts_place_and_keeps_it(
    client: Client, stage: Stage, duty: Duty
) -> None:
    settle(client, duty)
    stage.attest(duty, date(2026, 1, 12), serves=date(2025, 12, 31))
    assert client.get(address(duty)).context["primary"].label == "Settle it anew"
    settle(client, duty, "record_found", "The minutes were found.")
    [row] = client.get("/exceptions/?show=settled").context["rows"]
    assert (row.disposition, row.reason) == ("Record found", "The minutes were found.")
    page = client.get(address(duty))
    assert [made.kind for made in page.context["dispositions"]] == ["record_found", "with_counsel"]
    assert "<strong>With counsel</strong> (replaced)" in text(page)


def test_once_settled_it_is_read_also_when_later_entries_serve_the_period(
    client: Client, stage: Stage, duty: Duty
) -> None:
    settle(client, duty)
    stage.attest(duty, date(2025, 6, 3))
    assert periods(client.get("/exceptions/?show=all")) == []
    page = client.get(address(duty))
    assert page.context["exception"].because.endswith("shows no exception any more.")
    assert page.context["exception"].duty_url == duty.get_absolute_url()
    assert (page.context["primary"], len(page.context["dispositions"])) == (None, 1)
    assert client.get(f"{address(duty)}settle/").status_code == 404
    [line] = [line for line in client.get("/").context["since"] if "settled" in line.text]
    assert client.get(line.url).status_code == 200


def test_what_is_settled_lets_the_running_year_speak(client: Client, duty: Duty) -> None:
    words = [client.get("/charter/R-2/").context["label"]]
    settle(client, duty)
    words.append(client.get("/charter/R-2/").context["label"])
    assert words == ["no record", "due"]


def test_before_the_day_of_the_disposition_it_is_open(client: Client, duty: Duty) -> None:
    settle(client, duty)
    yesterday = date(2026, 11, 20) - timedelta(days=1)
    assert periods(client.get(f"/exceptions/?as_of={yesterday}")) == ["FY2025"]
    assert periods(client.get("/exceptions/")) == []


def test_the_ledger_has_no_prose(client: Client, duty: Duty) -> None:
    settle(client, duty)
    entry = LedgerEntry.objects.get(action="exception.disposed")
    assert set(entry.facts) == {"kind", "reason"}
    assert REASON not in str(entry.facts)
    assert ledger.verify().sound


@pytest.mark.parametrize("persona", ["chair", "company_counsel", "independent_counsel"])
def test_readers_do_not_settle(
    request: pytest.FixtureRequest, client_of: ClientOf, duty: Duty, persona: str
) -> None:
    client = client_of(request.getfixturevalue(persona))
    assert settle(client, duty).status_code == 403
    assert not Disposition.objects.exists()
