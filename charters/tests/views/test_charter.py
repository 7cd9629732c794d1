"""The charter page: the text as it reads, and where each clause stands, for who may know."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from charters import services
from charters.enums import Cadence, CommitteeKind, DutyKind, Layer, PassageRole
from charters.models import Clause, Completion, Passage
from charters.reports.charter import PassageLine
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from committees.tests.factories import a_company

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
TEXT_READERS = ("management", "internal_auditor", "external_auditor")


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


def text(page) -> str:
    return " ".join(page.content.decode().split())


def lines(page) -> dict[str, PassageLine]:
    """What the page says of each clause, by reference."""
    parts = page.context["reading"].parts
    return {line.reference: line for part in parts for line in part.passages}


def words(page) -> dict[str, str]:
    """The word of each clause's status, "" where it has none."""
    return {
        reference: line.row.standing.label if line.row and line.row.standing else ""
        for reference, line in lines(page).items()
    }


def summary(page) -> list[tuple[str, int]]:
    return [(line.label, line.count) for line in page.context["reading"].summary]


# The text and its marks.


def test_every_clause_stands_with_its_word(client: Client, stage: Stage) -> None:
    stage.complete(stage.duty(), date(2026, 5, 5))
    stage.duty(stage.size, kind=DutyKind.CONDITION, catalogue_key="minimum-size")
    page = client.get("/charter/")
    assert words(page) == {"M-0": "open", "R-2": "on file"}
    assert summary(page) == [("all clauses", 2), ("on file", 1), ("open", 1)]
    assert "The portal's reading of its records, not a legal determination." in (
        text(page).replace("&#x27;", "'")
    )


@pytest.mark.parametrize(
    ("terms", "word"),
    [
        ({"due_month": 12}, "due"),
        ({"due_month": 6}, "not on file"),
        ({"kind": DutyKind.AUTHORITY}, "not applicable"),
        ({"due_month": 6, "in_force_from": date(2026, 10, 1)}, "due"),
    ],
)
def test_a_clause_has_the_word_of_its_duty(
    client: Client, stage: Stage, terms: dict, word: str
) -> None:
    duty = stage.duty(**terms)
    if terms == {"due_month": 12}:
        stage.complete(duty, date(2025, 5, 5))
        stage.complete(duty, date(2024, 5, 5))
    assert words(client.get("/charter/"))["R-2"] == word


def test_a_clause_without_duties_has_no_word(client: Client, stage: Stage) -> None:
    page = client.get("/charter/")
    assert words(page) == {"M-0": "", "R-2": ""}
    assert summary(page) == [("all clauses", 2)]


def test_a_clause_with_only_good_practice_has_no_status(client: Client, stage: Stage) -> None:
    stage.duty(layer=Layer.GOOD_PRACTICE, due_month=6)
    page = client.get("/charter/")
    assert words(page)["R-2"] == ""
    assert lines(page)["R-2"].row.due_on is None


def test_of_several_duties_the_reason_names_the_one_that_leads(
    client: Client, stage: Stage
) -> None:
    stage.complete(stage.duty(title="Immutable already"), date(2026, 5, 5))
    stage.duty(title="Meet the auditor", due_month=6, in_force_from=date(2026, 1, 1))
    assert lines(client.get("/charter/"))["R-2"].row.because == (
        "Meet the auditor. Was due June 30, 2026. No record was found for fiscal year 2026."
    )


def test_parts_lead_ins_and_clauses_stand_in_the_order_of_the_text(
    client: Client, stage: Stage
) -> None:
    version = stage.version
    lead_in = Passage.objects.create(
        version=version, role=PassageRole.LEAD_IN, reference="R-3", text="Review:", order=5
    )
    given = {"version": version, "section": stage.plan.section}
    Clause.objects.create(reference="R-3a", text="the fees;", order=6, lead_in=lead_in, **given)
    Clause.objects.create(reference="R-2a", text="its scope.", order=7, parent=stage.plan, **given)
    Passage.objects.create(version=version, role=PassageRole.PLAIN, text="In good faith.", order=8)
    parts = client.get("/charter/").context["reading"].parts
    assert [
        (part.title, [(line.reference, line.text, line.depth) for line in part.passages])
        for part in parts
    ] == [
        ("Membership", [("M-0", "Three or more directors.", 0)]),
        (
            "Responsibilities",
            [
                ("R-2", "Review the audit plan.", 0),
                ("R-3", "Review:", 0),
                ("R-3a", "the fees;", 1),
                ("R-2a", "its scope.", 1),
                ("", "In good faith.", 0),
            ],
        ),
    ]


def test_words_of_the_text_are_shown_as_they_are(client: Client, stage: Stage) -> None:
    words = {"reference": "R-3", "text": "Fees <b>under</b> $5 & “others”.", "order": 5}
    Clause.objects.create(version=stage.version, section=stage.plan.section, **words)
    assert "Fees &lt;b&gt;under&lt;/b&gt; $5 &amp; “others”." in text(client.get("/charter/"))


def test_a_note_leaves_a_dagger_beside_its_clause(client: Client, stage: Stage) -> None:
    written = services.note(
        stage.plan, text="SAS 61 is AS 1301.", source="AS 1301", dated=date(2026, 1, 1), **SIGNED
    )
    page = client.get("/charter/")
    assert {reference: line.note for reference, line in lines(page).items()} == {
        "M-0": False,
        "R-2": True,
    }
    assert 'href="/charter/R-2/#note"' in text(page)
    services.withdraw_note(written, **SIGNED)
    assert not lines(client.get("/charter/"))["R-2"].note


# The filter.


def test_filter_dims_what_stands_elsewhere(client: Client, stage: Stage) -> None:
    stage.complete(stage.duty(), date(2026, 5, 5))
    stage.duty(stage.size, kind=DutyKind.CONDITION, catalogue_key="minimum-size")
    page = client.get("/charter/?standing=open")
    assert {r: line.is_dimmed for r, line in lines(page).items()} == {"M-0": False, "R-2": True}
    assert [line.label for line in page.context["reading"].summary if line.is_current] == ["open"]
    assert page.context["reading"].hidden == (("standing", "open"),)


@pytest.mark.parametrize("chosen", ["", "red", "KEPT", "'"])
def test_filter_by_no_standing_shows_all(client: Client, stage: Stage, chosen: str) -> None:
    page = client.get("/charter/", {"standing": chosen})
    assert not any(line.is_dimmed for line in lines(page).values())
    assert [line.label for line in page.context["reading"].summary if line.is_current] == [
        "all clauses"
    ]


# As of a day.


def test_past_day_is_read_as_it_stood(client: Client, stage: Stage) -> None:
    stage.complete(stage.duty(due_month=6), date(2026, 5, 5))
    stage.complete(stage.plan.duties.get(), date(2025, 5, 5))
    assert words(client.get("/charter/?as_of=2026-05-05"))["R-2"] == "on file"
    page = client.get("/charter/?as_of=2026-05-04&standing=due")
    reading = page.context["reading"]
    assert (words(page)["R-2"], reading.as_of, reading.today) == (
        "due",
        date(2026, 5, 4),
        False,
    )
    assert lines(page)["R-2"].url == "/charter/R-2/?as_of=2026-05-04"
    assert [line.url for line in reading.summary][:2] == [
        "/charter/?as_of=2026-05-04",
        "/charter/?as_of=2026-05-04&standing=due",
    ]
    assert reading.today_url == "/charter/?standing=due"


@pytest.mark.parametrize("asked", ["2026-11-20", ""])
def test_today_is_named_so(client: Client, stage: Stage, asked: str) -> None:
    page = client.get(f"/charter/?as_of={asked}")
    assert page.context["reading"].today is True
    assert "Today. Pick a date to see the status on that date." in text(page)
    assert lines(page)["R-2"].url == "/charter/R-2/"


@pytest.mark.parametrize("asked", ["2026-13-01", "yesterday", "2026-02-29", "0", "<i>"])
def test_text_that_is_no_day_shows_today_and_says_so(
    client: Client, stage: Stage, asked: str
) -> None:
    page = client.get("/charter/", {"as_of": asked})
    assert page.context["reading"].as_of == date(2026, 11, 20)
    assert [str(message) for message in page.context["messages"]] == [
        f"“{asked}” is not a valid date. The page shows today. Enter a date such as 2026-11-20."
    ]


@pytest.mark.parametrize("path", ["/charter/", "/year/", "/open-items/"])
@pytest.mark.parametrize("asked", ["0001-01-01", "1899-12-31", "2023-12-31", "9999-12-31"])
def test_any_day_of_the_calendar_can_be_asked_for(
    client: Client, stage: Stage, path: str, asked: str
) -> None:
    stage.duty()
    assert client.get(path, {"as_of": asked}).status_code == 200


def test_before_any_charter_there_is_nothing_in_force(client: Client, stage: Stage) -> None:
    page = client.get("/charter/?as_of=2023-12-31")
    assert page.context["reading"].parts == ()
    assert "No charter is in effect on this date" in text(page)
    assert "<h1>Charter</h1>" in page.content.decode()
    assert "all clauses" not in text(page)


def test_days_are_days_of_the_company(client_of: ClientOf, secretary: User, stage: Stage) -> None:
    with time_machine.travel(datetime(2026, 11, 21, 3, tzinfo=UTC), tick=False):
        page = client_of(secretary).get("/charter/")
    assert page.context["reading"].as_of == date(2026, 11, 20)


# Who may read the text alone.


@pytest.mark.parametrize("persona", TEXT_READERS)
@pytest.mark.parametrize("query", ["", "?standing=due", "?as_of=2026-05-04", "?as_of=yesterday"])
def test_text_readers_see_nothing_of_standings(
    request: pytest.FixtureRequest, client_of: ClientOf, stage: Stage, persona: str, query: str
) -> None:
    stage.duty(due_month=6)
    page = client_of(request.getfixturevalue(persona)).get(f"/charter/{query}")
    html = text(page).partition("<main")[2]
    assert "Review the audit plan." in html
    shown = [
        "not on file",
        "not_on_file",
        "open",
        ">due<",
        "on file",
        "as_of",
        "As of",
        "standing",
    ]
    assert [word for word in [*shown, "is-dimmed", "2026-05-04"] if word in html] == []


@pytest.mark.parametrize("persona", TEXT_READERS)
def test_text_readers_see_the_note_of_a_clause_on_its_page(
    request: pytest.FixtureRequest, client_of: ClientOf, stage: Stage, persona: str
) -> None:
    services.note(stage.plan, text="Read so.", source="AS 1301", dated=date(2026, 1, 1), **SIGNED)
    page = client_of(request.getfixturevalue(persona)).get("/charter/R-2/")
    assert "Read so." in text(page)


@pytest.mark.parametrize(
    ("persona", "actions"),
    [
        ("secretary", ["All versions", "Import charter", "Choose responsibilities", "Owners"]),
        ("chair", ["All versions"]),
        ("independent_counsel", ["All versions"]),
        ("management", ["All versions"]),
    ],
)
def test_what_can_be_done_depends_on_who_reads(
    request: pytest.FixtureRequest,
    client_of: ClientOf,
    stage: Stage,
    persona: str,
    actions: list[str],
) -> None:
    page = client_of(request.getfixturevalue(persona)).get("/charter/")
    assert [action.label for action in page.context["actions"]] == actions


# Before set-up.

PAGES = ("/charter/", "/charter/R-1/", "/charter/versions/", "/year/", "/open-items/")


@pytest.mark.parametrize("path", PAGES)
def test_before_set_up_the_secretary_is_led_to_the_import(client: Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert f'href="{reverse("charter_import")}">Import charter</a>' in text(page)


@pytest.mark.parametrize("path", PAGES)
def test_before_set_up_a_director_is_told_who_imports(
    client_of: ClientOf, chair: User, path: str
) -> None:
    page = text(client_of(chair).get(path))
    assert "The charter is shown here after the corporate secretary imports it." in page
    assert reverse("charter_import") not in page


def test_before_set_up_who_may_not_read_is_turned_away(
    client_of: ClientOf, administrator: User
) -> None:
    assert client_of(administrator).get("/charter/").status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/duties/1/",
        "/duties/1/complete/",
        "/duties/1/end/",
        "/completions/1/",
        "/completions/1/correct/",
        "/completions/1/withdraw/",
        "/charter/R-1/duty/",
        "/charter/versions/1/adopt/",
        "/open-items/charters.gap:duty-1:FY2025/close/",
    ],
)
@pytest.mark.parametrize("persona", ["secretary", "chair", "management"])
def test_before_set_up_no_address_ends_in_an_error(
    request: pytest.FixtureRequest, client_of: ClientOf, path: str, persona: str
) -> None:
    user = request.getfixturevalue(persona)
    assert client_of(user).get(path).status_code in (200, 403, 404)


def test_committee_without_a_charter_reads_as_nothing_in_force(client: Client) -> None:
    a_company()
    services.establish(name="Audit Committee", kind=CommitteeKind.AUDIT, **SIGNED)
    page = client.get("/charter/")
    assert page.context["reading"].version is None
    assert "No charter is in effect on this date" in text(page)


# How much the database is asked.


def fill(stage: Stage, years: int, duties: int) -> None:
    """So many duties on the plan's clause, completed twice in each of so many years."""
    empty = not stage.committee.duties.exists()
    made = [
        stage.duty(
            title=f"Duty {n}",
            cadence=(Cadence.TIMES, Cadence.QUARTERLY, Cadence.MONTHS)[n % 3],
            in_force_from=date(2026 - years, 1, 1),
            catalogue_key="minimum-size" if n == 0 and empty else "",
        )
        for n in range(duties)
    ]
    Completion.objects.bulk_create(
        Completion(
            duty=duty,
            performed_on=date(year, month, 5),
            serves=date(year, 12, 31),
            recorded_at=datetime(year, month, 6, tzinfo=UTC),
        )
        for duty in made
        for year in range(2027 - years, 2027)
        for month in (3, 9)
    )


@pytest.mark.parametrize("path", ["/charter/", "/charter/R-2/", "/year/", "/open-items/", "/"])
def test_pages_make_as_many_queries_with_twenty_years_as_with_one(
    client: Client, path: str
) -> None:
    stage = set_the_stage(records_begin=date(2007, 1, 1))
    counts = []
    for years, duties in ((1, 3), (20, 30)):
        fill(stage, years, duties)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1]
