"""The page of a clause: its words, its duties, what proves them, what can be done."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from accounts.restriction import Restriction
from charters import services
from charters.answers import Lapse
from charters.enums import Cadence, Counterparty, DutyKind, Layer
from charters.models import Clause, ClauseNote
from charters.registry import CONDITIONS, ConditionSource
from charters.rules.terms import Holding
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from committees import services as seating
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]


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


@pytest.fixture
def member(member: User, stage: Stage) -> User:
    """Seated on the committee since its charter."""
    director = seating.add_director(name="Max Member", user=member, **SIGNED)
    seating.seat(director, stage.committee, starts_on=date(2024, 1, 1), **SIGNED)
    return member


def text(page) -> str:
    return " ".join(page.content.decode().replace("&#x27;", "'").split())


def labels(links) -> list[str]:
    return [link.label for link in links]


# What it shows.


def test_the_words_are_quoted_under_their_part(client: Client, stage: Stage) -> None:
    page = client.get("/charter/R-2/")
    assert '<blockquote class="quotation"><p>Review the audit plan.</p></blockquote>' in text(page)
    assert page.context["part"] == "Responsibilities"
    assert page.context["charter_url"] == "/charter/#R-2"


def test_duties_stand_with_their_reason_and_terms(
    client: Client, stage: Stage, secretary: User
) -> None:
    stage.duty(
        due_month=6,
        in_force_from=date(2026, 1, 1),
        owner=secretary,
        counterparty=Counterparty.MANAGEMENT,
        layer=Layer.LAW,
        citation="Nasdaq 5605(c)",
    )
    [line] = client.get("/charter/R-2/").context["duties"]
    duty = line.row.duty
    assert (line.row.standing.label, duty.owner, line.cadence) == (
        "not on file",
        "Sara Secretary",
        "once in each fiscal year",
    )
    shown = text(client.get("/charter/R-2/"))
    for words in ("with management", "Law", "Nasdaq 5605(c)"):
        assert f"<span>{words}</span>" in shown
    assert line.because == ("Was due June 30, 2026. No record was found for fiscal year 2026.")


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"times": 4}, "4 times in each fiscal year"),
        ({"cadence": Cadence.QUARTERLY}, "once each quarter"),
        ({"cadence": Cadence.MONTHS, "months": 36}, "within 36 months of the last time"),
        ({"kind": DutyKind.CONDITION}, "at all times"),
        ({"kind": DutyKind.AUTHORITY}, "when the committee chooses"),
        ({"kind": DutyKind.EVENT}, "when it arises"),
    ],
)
def test_how_often_is_said_in_words(client: Client, stage: Stage, terms: dict, words: str) -> None:
    stage.duty(**terms)
    [line] = client.get("/charter/R-2/").context["duties"]
    assert line.cadence == words


def test_evidence_is_a_dated_line_newest_first(client: Client, stage: Stage) -> None:
    plan, staff = stage.duty(), stage.duty(title="Look at the staff")
    stage.complete(plan, date(2025, 5, 5), note="Plan for 2025.")
    stage.complete(plan, date(2026, 5, 5), note="Plan for 2026.")
    stage.complete(staff, date(2025, 8, 4))
    entries = client.get("/charter/R-2/").context["evidence"]
    assert [(entry.on, entry.text, entry.detail) for entry in entries] == [
        (date(2026, 5, 5), "Plan for 2026.", "Review the audit plan"),
        (date(2025, 8, 4), "Recorded as completed", "Look at the staff"),
        (date(2025, 5, 5), "Plan for 2025.", "Review the audit plan"),
    ]


def test_what_was_recorded_later_says_when(client: Client, stage: Stage) -> None:
    stage.complete(stage.duty(), date(2026, 5, 5))
    assert "recorded Nov 20, 2026" in text(client.get("/charter/R-2/"))


def test_what_was_recorded_the_same_day_does_not(client: Client, stage: Stage) -> None:
    stage.complete(stage.duty(), date(2026, 11, 20))
    assert "recorded Nov" not in text(client.get("/charter/R-2/"))


def test_older_evidence_is_counted_and_stands_with_its_duty(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    for year in (2024, 2025, 2026):
        stage.complete(duty, date(year, 5, 5))
    page = client.get("/charter/R-2/")
    assert [entry.on.year for entry in page.context["evidence"]] == [2026, 2025]
    said = "1 record from before January 1, 2025 is on the page of its responsibility."
    assert said in text(page)


def test_of_many_records_the_newest_are_open_and_the_rest_folded(
    client: Client, stage: Stage
) -> None:
    duty = stage.duty()
    for month in range(1, 12):
        stage.complete(duty, date(2026, month, 5))
        stage.complete(duty, date(2025, month, 5))
    page = client.get("/charter/R-2/")
    shown, folded = page.context["evidence"], page.context["folded"]
    assert len(shown) == 10
    assert len(folded) == 12
    assert shown[-1].on > folded[0].on
    assert "Records before these: 12" in text(page)


def test_what_comes_next_is_ahead_and_soonest_first(client: Client, stage: Stage) -> None:
    kept = stage.duty(title="Immutable", due_month=3)
    stage.complete(kept, date(2026, 3, 3))
    stage.duty(title="Passed", due_month=6)
    stage.duty(title="Waiting", in_force_from=date(2026, 1, 1))
    steps = client.get("/charter/R-2/").context["next_steps"]
    assert [(step.on, step.text) for step in steps] == [
        (date(2026, 12, 31), "Waiting"),
        (date(2027, 3, 31), "Immutable"),
    ]


def test_clause_without_duties_says_what_that_means(client: Client, stage: Stage) -> None:
    page = text(client.get("/charter/R-2/"))
    assert "No responsibilities in this clause" in page
    assert "No records yet" in page


def test_notes_stand_beside_the_words_and_withdrawn_ones_do_not(
    client: Client, stage: Stage
) -> None:
    written = [
        services.note(stage.plan, text=text, source="AS 1301", dated=day, **SIGNED)
        for text, day in (("First.", date(2026, 1, 1)), ("Second.", date(2025, 1, 1)))
    ]
    page = client.get("/charter/R-2/")
    assert [note.text for note in page.context["notes"]] == ["Second.", "First."]
    assert "AS 1301, January 1, 2025" in text(page)
    services.withdraw_note(written[1], **SIGNED)
    assert [note.text for note in client.get("/charter/R-2/").context["notes"]] == ["First."]


def test_clauses_before_and_after_are_one_step_away(client: Client, stage: Stage) -> None:
    Clause.objects.create(
        version=stage.version, reference="R-3", text="Review.", order=9, section=stage.plan.section
    )
    page = client.get("/charter/R-2/")
    assert (page.context["previous"], page.context["following"]) == (
        {"reference": "M-0", "url": "/charter/M-0/"},
        {"reference": "R-3", "url": "/charter/R-3/"},
    )
    assert client.get("/charter/M-0/").context["previous"] is None
    assert client.get("/charter/R-3/").context["following"] is None


# Which clause, and as of when.


@pytest.mark.parametrize("reference", ["R-99", "r-2", "R-2a", "%3Cscript%3E", "R-2%00"])
def test_unknown_reference_is_not_found(client: Client, stage: Stage, reference: str) -> None:
    assert client.get(f"/charter/{reference}/").status_code == 404


def test_before_its_charter_the_charter_says_when_it_took_effect(
    client: Client, stage: Stage
) -> None:
    page = client.get("/charter/R-2/?as_of=2023-12-31", follow=True)
    assert page.redirect_chain == [("/charter/?as_of=2023-12-31", 302)]
    assert "The first on record took effect on January 1, 2024" in text(page)
    assert client.get("/charter/R-2/?as_of=2024-01-01").status_code == 200


def test_the_day_that_is_read_is_kept_in_links(client: Client, stage: Stage) -> None:
    stage.complete(stage.duty(), date(2026, 5, 5))
    page = client.get("/charter/R-2/?as_of=2026-05-04")
    assert page.context["charter_url"] == "/charter/?as_of=2026-05-04#R-2"
    assert page.context["previous"]["url"] == "/charter/M-0/?as_of=2026-05-04"
    assert page.context["evidence"] == []
    assert "Status as of May 4, 2026." in text(page)


# What can be done, and by whom.


def test_the_secretary_may_record_and_change(client: Client, stage: Stage) -> None:
    duty = stage.duty(due_month=6)
    page = client.get("/charter/R-2/")
    assert page.context["primary"].url == f"/duties/{duty.pk}/complete/"
    assert labels(page.context["actions"]) == ["Add responsibility", "Add note"]
    [line] = page.context["duties"]
    assert labels(line.actions) == ["Record completion", "Details and history"]


def test_a_member_may_record_and_not_change(
    client_of: ClientOf, stage: Stage, member: User
) -> None:
    stage.duty(due_month=6)
    page = client_of(member).get("/charter/R-2/")
    assert page.context["primary"].label == "Record completion"
    assert page.context["actions"] == []


@pytest.mark.parametrize("persona", ["chair", "company_counsel", "independent_counsel"])
def test_a_reader_without_a_seat_only_reads(
    request: pytest.FixtureRequest, client_of: ClientOf, stage: Stage, persona: str
) -> None:
    stage.duty(due_month=6)
    page = client_of(request.getfixturevalue(persona)).get("/charter/R-2/")
    assert (page.context["primary"], page.context["actions"]) == (None, [])
    [line] = page.context["duties"]
    assert labels(line.actions) == ["Details and history"]


def test_a_kept_clause_asks_for_nothing(client: Client, stage: Stage) -> None:
    stage.complete(stage.duty(), date(2026, 5, 5))
    assert client.get("/charter/R-2/").context["primary"] is None


@pytest.mark.parametrize("persona", ["management", "internal_auditor", "external_auditor"])
def test_text_readers_see_the_words_and_nothing_of_duties(
    request: pytest.FixtureRequest, client_of: ClientOf, stage: Stage, persona: str
) -> None:
    stage.complete(stage.duty(title="Ask twice"), date(2026, 5, 5), note="Asked.")
    page = text(client_of(request.getfixturevalue(persona)).get("/charter/R-2/?as_of=2026-05-04"))
    html = page.partition("<main")[2]
    assert "Review the audit plan." in html
    hidden = [
        "Ask twice",
        "Asked.",
        "on file",
        "not on file",
        "as_of",
        "Status as of",
        "May 4",
        "proves",
    ]
    assert [word for word in hidden if word in html] == []


# Notes.


NOTE = {"text": "SAS 61 is AS 1301.", "source": "PCAOB AS 1301", "dated": "2026-11-01"}


def test_a_note_is_set_beside_the_clause(client: Client, stage: Stage) -> None:
    page = client.post("/charter/R-2/note/", NOTE, follow=True)
    assert page.redirect_chain == [("/charter/R-2/", 302)]
    assert [note.text for note in page.context["notes"]] == ["SAS 61 is AS 1301."]
    assert "SAS 61" not in str(LedgerEntry.objects.get(action="clause.noted").facts)


@pytest.mark.parametrize("missing", ["text", "source", "dated"])
def test_a_note_needs_its_words_its_source_and_its_day(
    client: Client, stage: Stage, missing: str
) -> None:
    page = client.post("/charter/R-2/note/", NOTE | {missing: " "})
    assert list(page.context["form"].errors) == [missing]
    assert not ClauseNote.objects.exists()


def test_a_note_needs_a_clause_in_effect(client: Client, stage: Stage) -> None:
    assert client.post("/charter/R-9/note/", NOTE).status_code == 404
    assert client.get("/charter/R-2/note/?as_of=2023-12-31").status_code == 200


# What is about to lapse.


def test_condition_about_to_lapse_is_said_to_who_may_see_its_record(
    client: Client, client_of: ClientOf, stage: Stage, secretary_in_management: User
) -> None:
    duty = stage.duty(catalogue_key="quorum", kind=DutyKind.CONDITION)
    closed = Restriction(frozenset({Role.MANAGEMENT}), since=date(2024, 1, 1))
    ahead = Lapse(date(2027, 1, 1), "From January 1, 2027 one is left.", "/directors/1/", closed, duty)  # fmt: skip
    source = ConditionSource(
        "tests.quorum", "quorum", lambda as_of: Holding(True, ""), ahead=lambda as_of: ahead
    )
    barred = client_of(secretary_in_management)
    with CONDITIONS.temporarily(source):
        for path in (f"/charter/{stage.plan.reference}/", duty.get_absolute_url()):
            said = text(client.get(path))
            assert '<a href="/directors/1/">From January 1, 2027 one is left.</a>' in said, path
            assert "one is left" not in text(barred.get(path))
        assert "From January 1, 2027 one is left." in text(client.get("/charter/"))
        assert "one is left" not in text(barred.get("/charter/"))
