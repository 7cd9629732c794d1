"""Versions of the charter: drafts, adoption with its duties and notes, and what came before."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.enums import Role as Holds
from accounts.models import User
from charters import services
from charters.enums import Cadence, CommitteeKind, HowDecided
from charters.models import CharterVersion, Clause, ClauseNote, Committee, Decision, Duty
from charters.reading.structure import Role, TextPassage
from charters.standing import Docket
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from committees.tests.factories import a_company, an_audit_committee
from records import ledger
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
TODAY = date(2026, 11, 20)
SAS = "Review with the auditor the matters required by SAS 61."
ADOPTION = {"adopted_on": "2026-11-01", "effective_on": "", "how": "", "number": ""}
BY_RESOLUTION = {"how": "meeting", "number": "4"}


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


def a_draft(stage: Stage, title: str = "Second charter", **clauses: str) -> CharterVersion:
    """A draft of one section; without other words it says what the charter in effect says."""
    words = clauses or {"M_0": "Three or more directors.", "R_2": "Review the audit plan."}
    passages = [TextPassage(Role.SECTION, "Responsibilities", 1)]
    passages += [
        TextPassage(Role.CLAUSE, text, n, reference=name.replace("_", "-"))
        for n, (name, text) in enumerate(words.items(), start=2)
    ]
    return services.draft(
        stage.committee, title=title, text=" ".join(words.values()), passages=passages, **SIGNED
    )


def adopt(client: Client, version: CharterVersion, *, confirmed: bool = True, **given: str):
    sent = ADOPTION | given | ({"confirmed": "1"} if confirmed else {})
    return client.post(f"{version.get_absolute_url()}adopt/", sent)


def counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for app in ("records", "committees")
        for model in apps.get_app_config(app).get_models()
    }


def text(page) -> str:
    return " ".join(page.content.decode().replace("&#x27;", "'").split())


def errors(page) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def recorded(page) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (str(line.term), str(line.text), tuple(map(str, line.lines)))
        for line in page.context["recorded"]
    ]


def hangs(stage: Stage, on: date = TODAY) -> dict[str, str]:
    """Each duty in force with its clause."""
    rows = Docket(stage.committee, on).reading().duties
    return {row.duty.title: row.clause.reference for row in rows}


# The list and the text.


def test_versions_are_listed_drafts_first_then_the_newest(client: Client, stage: Stage) -> None:
    older = a_draft(stage, "Older")
    services.adopt(older, adopted_on=date(2022, 5, 1), effective_on=date(2022, 5, 1), **SIGNED)
    coming = a_draft(stage, "Coming")
    services.adopt(coming, adopted_on=date(2026, 11, 1), effective_on=date(2027, 1, 1), **SIGNED)
    a_draft(stage, "Waiting")
    rows = client.get("/charter/versions/").context["rows"]
    assert [(row["version"].title, str(row["status"].label)) for row in rows] == [
        ("Waiting", "Draft"),
        ("Coming", "Adopted, not yet in effect"),
        ("Audit Committee Charter", "In effect"),
        ("Older", "Superseded"),
    ]


@pytest.mark.parametrize("persona", ["chair", "management", "external_auditor", "company_counsel"])
def test_a_draft_is_the_secretarys_alone(
    request: pytest.FixtureRequest, client_of: ClientOf, stage: Stage, persona: str
) -> None:
    draft = a_draft(stage)
    client = client_of(request.getfixturevalue(persona))
    rows = client.get("/charter/versions/").context["rows"]
    assert [row["version"].title for row in rows] == ["Audit Committee Charter"]
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(stage.version.get_absolute_url()).status_code == 200
    for verb in ("adopt", "decision", "discard"):
        assert client.post(f"{draft.get_absolute_url()}{verb}/").status_code == 404
        assert client.post(f"{stage.version.get_absolute_url()}{verb}/").status_code == 403
    assert CharterVersion.objects.count() == 2


@pytest.mark.parametrize("persona", ["chair", "member", "company_counsel"])
def test_a_draft_before_the_board_is_read_by_directors_with_its_changes(
    client: Client,
    request: pytest.FixtureRequest,
    client_of: ClientOf,
    stage: Stage,
    persona: str,
) -> None:
    draft = a_draft(stage, R_2="Review the whole audit plan.")
    url = draft.get_absolute_url()
    client.post(f"{url}put-before-board/", {"confirmed": "1"})
    reader = client_of(request.getfixturevalue(persona))
    assert "Second charter" in text(reader.get("/charter/versions/"))
    assert reader.get(url).status_code == 200
    page = text(reader.get(f"{url}compare/"))
    assert "<ins>" in page
    assert "whole" in page
    assert "The words are the same." not in page
    assert reader.post(f"{url}adopt/").status_code == 403
    entry = LedgerEntry.objects.get(action="charter.put_before_board")
    assert entry.subject == f"charters.CharterVersion:{draft.pk}"


@pytest.mark.parametrize("persona", ["management", "external_auditor"])
def test_a_draft_before_the_board_is_closed_to_the_others(
    request: pytest.FixtureRequest, client_of: ClientOf, stage: Stage, persona: str
) -> None:
    draft = services.put_before_board(a_draft(stage), **SIGNED)
    reader = client_of(request.getfixturevalue(persona))
    for address in (draft.get_absolute_url(), f"{draft.get_absolute_url()}compare/"):
        assert reader.get(address).status_code == 404


def test_a_draft_is_put_before_the_board_once_and_an_adopted_version_never(stage: Stage) -> None:
    draft = services.put_before_board(a_draft(stage), **SIGNED)
    for version in (draft, stage.version):
        with pytest.raises(ValidationError):
            services.put_before_board(version, **SIGNED)


def test_the_version_in_force_is_not_compared_with_itself(client: Client, stage: Stage) -> None:
    assert client.get(f"{stage.version.get_absolute_url()}compare/").status_code == 404
    assert "compare/" not in text(client.get(stage.version.get_absolute_url()))


@pytest.mark.pdf
def test_the_comparison_is_a_pdf_too(client: Client, stage: Stage) -> None:
    draft = a_draft(stage, R_2="Review the whole audit plan.")
    answer = client.get(f"{draft.get_absolute_url()}compare/pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_version_is_read_word_for_word(client: Client, stage: Stage) -> None:
    page = client.get(a_draft(stage, R_1="Fees <b>under</b> $5 & more.").get_absolute_url())
    assert "Fees &lt;b&gt;under&lt;/b&gt; $5 &amp; more." in text(page)
    assert "A draft is not in effect until the Board adopts it." in text(page)
    assert page.context["primary"].label == "Record adoption"


# Adoption.


def test_the_page_to_confirm_shows_what_will_be_recorded(client: Client, stage: Stage) -> None:
    stage.duty()
    draft = a_draft(stage)
    before = counts()
    page = adopt(client, draft, confirmed=False, **BY_RESOLUTION)
    assert recorded(page) == [
        ("Version", "Second charter", ()),
        ("Adopted by the Board on", "November 1, 2026", ()),
        ("In effect from", "November 1, 2026", ()),
        ("Decision of the Board", "Board meeting of November 1, 2026, resolution 4", ()),
        ("Responsibilities that continue", "1", ()),
    ]
    assert "You cannot change an adopted version" in text(page)
    assert counts() == before
    draft.refresh_from_db()
    assert draft.adopted_on is None


def test_the_second_post_records_it(client: Client, stage: Stage, secretary: User) -> None:
    draft = a_draft(stage)
    page = adopt(client, draft, effective_on="2026-12-01", **BY_RESOLUTION)
    assert page["Location"] == "/charter/duties/"
    draft.refresh_from_db()
    assert (draft.adopted_on, draft.effective_on, str(draft.decision)) == (
        date(2026, 11, 1),
        date(2026, 12, 1),
        "Board meeting of November 1, 2026, resolution 4",
    )
    entry = LedgerEntry.objects.get(action="charter.adopted")
    assert entry.facts["decision"] == f"charters.Decision:{draft.decision_id}"
    assert client.get("/charter/").context["reading"].version.pk == stage.version.pk
    assert client.get("/charter/?as_of=2026-12-01").context["reading"].version.pk == draft.pk
    assert ledger.verify().sound


def test_back_returns_to_the_form_as_it_was_filled(client: Client, stage: Stage) -> None:
    page = adopt(client, a_draft(stage), confirmed=False, how="meeting", number="Typed", back="1")
    assert page.context["form"]["number"].value() == "Typed"
    assert CharterVersion.objects.drafts().exists()


@pytest.mark.parametrize("confirmed", [False, True])
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"adopted_on": "2026-11-21"},
            {
                "adopted_on": [
                    (
                        "This date is in the future. Record the adoption after the Board "
                        "adopts the charter."
                    )
                ]
            },
        ),
        ({"adopted_on": ""}, {"adopted_on": ["This field is required."]}),
        ({"adopted_on": "soon"}, {"adopted_on": ["Enter a valid date."]}),
        ({"effective_on": "soon"}, {"effective_on": ["Enter a valid date."]}),
        (
            {"effective_on": "2026-10-31"},
            {
                "effective_on": [
                    ("A charter takes effect on or after its date of adoption. Enter a later date.")
                ]
            },
        ),
        (
            {"adopted_on": "2024-01-01"},
            {"effective_on": ["Another version takes effect on that date. Enter another date."]},
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    client: Client, stage: Stage, given: dict, expected: dict, confirmed: bool
) -> None:
    draft = a_draft(stage)
    before = counts()
    page = adopt(
        client, draft, confirmed=confirmed, **given | {"how": "meeting", "number": "As typed"}
    )
    assert errors(page) == expected
    assert page.context["form"]["number"].value() == "As typed"
    assert counts() == before


def test_an_adopted_version_is_not_adopted_again(client: Client, stage: Stage) -> None:
    page = adopt(client, stage.version)
    assert errors(page) == {"__all__": ["This version was already adopted."]}


# Its duties.


def test_clauses_with_the_same_words_keep_their_duties_silently(
    client: Client, stage: Stage
) -> None:
    duty = stage.duty()
    draft = a_draft(stage, R_7="Review  the audit plan.", M_0="Three or more directors.")
    form = client.get(f"{draft.get_absolute_url()}adopt/").context["form"]
    assert [name for name in form.fields if name.startswith("duty_")] == []
    adopt(client, draft)
    assert hangs(stage) == {"Review the audit plan": "R-7"}
    assert hangs(stage, date(2026, 10, 31)) == {"Review the audit plan": "R-2"}
    duty.refresh_from_db()
    assert duty.in_force_until is None


def test_of_clauses_with_other_words_it_is_asked(client: Client, stage: Stage) -> None:
    kept, lost = stage.duty(title="Immutable"), stage.duty(title="Lost")
    draft = a_draft(stage, R_1="Review the plan of the audit.", R_9="Meet the lawyers.")
    form = client.get(f"{draft.get_absolute_url()}adopt/").context["form"]
    asked = {field.label: field.initial for name, field in form.fields.items() if "duty_" in name}
    assert asked == {"Immutable": "R-1", "Lost": "R-1"}
    choices = {f"duty_{kept.pk}": "R-9", f"duty_{lost.pk}": ""}
    page = adopt(client, draft, confirmed=False, **choices)
    assert recorded(page)[-2:] == [
        ("Responsibilities that continue", "1", ()),
        ("Responsibilities that end", "1", ("Lost",)),
    ]
    adopt(client, draft, **choices)
    assert hangs(stage) == {"Immutable": "R-9"}
    lost.refresh_from_db()
    assert lost.in_force_until == date(2026, 10, 31)
    assert hangs(stage, date(2026, 10, 31)) == {"Immutable": "R-2", "Lost": "R-2"}


def test_a_clause_that_is_not_in_the_version_cannot_be_chosen(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    draft = a_draft(stage, R_1="Meet the lawyers.")
    page = adopt(client, draft, **{f"duty_{duty.pk}": "R-2"})
    assert list(errors(page)) == [f"duty_{duty.pk}"]
    assert CharterVersion.objects.drafts().exists()


def test_an_ended_duty_is_not_asked_for(client: Client, stage: Stage) -> None:
    services.end_duty(stage.duty(), until=date(2026, 6, 30), **SIGNED)
    draft = a_draft(stage, R_1="Meet the lawyers.")
    assert recorded(adopt(client, draft, confirmed=False))[-1][0] == "Decision of the Board"
    adopt(client, draft)
    assert Duty.objects.get().in_force_until == date(2026, 6, 30)


def test_a_duty_younger_than_the_version_is_carried_too(client: Client, stage: Stage) -> None:
    duty = stage.duty(in_force_from=date(2026, 11, 10))
    page = adopt(client, draft := a_draft(stage), confirmed=False)
    assert recorded(page)[-1] == ("Responsibilities that continue", "1", ())
    adopt(client, draft)
    duty.refresh_from_db()
    assert (duty.in_force_until, hangs(stage)) == (None, {"Review the audit plan": "R-2"})


# The version before, loaded afterwards.


def test_a_past_version_leaves_the_present_one_in_effect(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    past = a_draft(stage, "First charter", R_1="Meet the lawyers.")
    given = {"adopted_on": "2022-05-01", f"duty_{duty.pk}": ""}
    page = adopt(client, past, confirmed=False, **given)
    assert recorded(page)[-1] == ("Responsibilities of the next version only", "1", (duty.title,))
    adopt(client, past, **given)
    duty.refresh_from_db()
    assert duty.in_force_until is None
    assert client.get("/charter/").context["reading"].version.pk == stage.version.pk
    assert client.get("/charter/?as_of=2023-12-31").context["reading"].version.pk == past.pk
    assert hangs(stage) == {"Review the audit plan": "R-2"}


def test_duties_hang_on_a_past_version_from_the_day_they_are_in_force(
    client: Client, stage: Stage
) -> None:
    duty = stage.duty(in_force_from=date(2023, 1, 1))
    page = adopt(client, past := a_draft(stage), confirmed=False, adopted_on="2022-05-01")
    assert recorded(page)[-1] == ("Responsibilities that continue", "1", ())
    adopt(client, past, adopted_on="2022-05-01")
    assert [hangs(stage, date(year, 12, 31)) for year in (2022, 2023)] == [
        {},
        {"Review the audit plan": "R-2"},
    ]
    assert {clause.version for clause in duty.clauses.all()} == {past, stage.version}
    duty.refresh_from_db()
    assert (duty.in_force_from, duty.in_force_until) == (date(2023, 1, 1), None)


def test_a_version_between_two_ends_no_duty_of_the_next(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    adopt(client, a_draft(stage, "Third"), adopted_on="2026-06-01")
    between = a_draft(stage, "Second", R_5="Meet the lawyers.")
    given = {"adopted_on": "2025-06-01", f"duty_{duty.pk}": ""}
    page = adopt(client, between, confirmed=False, **given)
    assert "Responsibilities that end" not in [term for term, _, _ in recorded(page)]
    adopt(client, between, **given)
    duty.refresh_from_db()
    assert duty.in_force_until is None
    assert [hangs(stage, date(year, 12, 31)) for year in (2024, 2025, 2026)] == [
        {"Review the audit plan": "R-2"},
        {},
        {"Review the audit plan": "R-2"},
    ]


def test_a_version_between_two_ends_what_neither_it_nor_the_next_has(
    client: Client, stage: Stage
) -> None:
    duty = stage.duty()
    third = a_draft(stage, "Third", R_1="Meet the lawyers.")
    adopt(client, third, adopted_on="2026-06-01", **{f"duty_{duty.pk}": ""})
    between = a_draft(stage, "Second", R_5="Hear the treasurer.")
    given = {"adopted_on": "2025-06-01", f"duty_{duty.pk}": ""}
    page = adopt(client, between, confirmed=False, **given)
    assert recorded(page)[-1] == ("Responsibilities that end", "1", (duty.title,))
    adopt(client, between, **given)
    duty.refresh_from_db()
    assert duty.in_force_until == date(2025, 5, 31)


def test_another_day_asks_again_where_it_changes_the_answer(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    adopt(
        client,
        a_draft(stage, "Present", R_1="Review the plan of the audit."),
        adopted_on="2026-06-01",
        **{f"duty_{duty.pk}": "R-1"},
    )
    draft = a_draft(stage, "Between", R_1="Review the plan of the audit.")
    asked = client.get(f"{draft.get_absolute_url()}adopt/").context["form"].questions
    assert asked == {}
    for confirmed in (False, True):
        page = adopt(client, draft, confirmed=confirmed, adopted_on="2025-06-01")
        [sentence] = errors(page)["__all__"]
        assert sentence.startswith("With an effective date of June 1, 2025,")
        assert page.context["form"][f"duty_{duty.pk}"].value() == "R-1"
        assert "Responsibilities whose clause changed" in text(page)
        assert CharterVersion.objects.drafts().exists()
    adopt(client, draft, adopted_on="2025-06-01", **{f"duty_{duty.pk}": "R-1"})
    assert not CharterVersion.objects.drafts().exists()
    assert hangs(stage, date(2025, 12, 31)) == {"Review the audit plan": "R-1"}


def test_no_answer_about_a_duty_is_optional(client: Client, stage: Stage) -> None:
    stage.duty()
    draft = a_draft(stage, R_1="Meet the lawyers.")
    page = client.get(f"{draft.get_absolute_url()}adopt/")
    optional = [name for name, field in page.context["form"].fields.items() if not field.required]
    assert optional == ["effective_on", "how", "number", "record_version"]
    assert text(page).count("(optional)") == 3


# The Board's decision, and drafts that go.


def test_the_boards_decision_is_added_later(client: Client, stage: Stage) -> None:
    adopt(client, version := a_draft(stage))
    url = version.get_absolute_url()
    assert client.get(url).context["primary"].label == "Add Board decision"
    assert errors(client.post(f"{url}decision/", {"how": "", "number": "4"})) == {
        "how": ["Enter how the Board decided, or leave the number empty."]
    }
    assert errors(client.post(f"{url}decision/", {})) == {"how": ["Enter how the Board decided."]}
    client.post(f"{url}decision/", BY_RESOLUTION)
    page = client.get(url)
    assert page.context["primary"] is None
    assert "Board meeting of November 1, 2026, resolution 4" in text(page)


def a_decision(**given: object) -> Decision:
    board = Committee.objects.board() or services.establish(
        name="Board of Directors", kind=CommitteeKind.BOARD, **SIGNED
    )
    usual = {"decided_on": date(2026, 11, 1), "how": HowDecided.MEETING, "text": "Adopted."}
    return services.record_decision(board, **usual | given, **SIGNED)


def test_decisions_on_record_for_the_date_are_offered(client: Client, stage: Stage) -> None:
    """Only those of that date, and never in silence: the form asks once it knows the date."""
    decision = a_decision(number="4")
    a_decision(number="1", decided_on=date(2026, 10, 1))
    a_decision(number="5", restricted_roles={Holds.MANAGEMENT})
    draft = a_draft(stage)
    assert "decision" not in client.get(f"{draft.get_absolute_url()}adopt/").context["form"].fields
    page = adopt(client, draft, confirmed=False)
    assert errors(page) == {
        "__all__": [
            ("The Board has decisions on record for that date. Choose the one that applies.")
        ]
    }
    assert [label for __, label in page.context["form"].fields["decision"].choices] == [
        "None of these",
        "Board meeting of November 1, 2026, resolution 4",
    ]
    page = adopt(client, draft, confirmed=False, decision=decision.pk)
    assert ("Decision of the Board", str(decision), ()) in recorded(page)
    adopt(client, draft, decision=decision.pk)
    draft.refresh_from_db()
    assert draft.decision == decision


def test_number_on_record_is_refused_for_a_new_decision(client: Client, stage: Stage) -> None:
    a_decision(number="4")
    page = adopt(client, a_draft(stage), decision="", **BY_RESOLUTION)
    assert errors(page) == {
        "number": ["A decision with this number is already on record for that date."]
    }


def test_decision_on_record_is_added_later(client: Client, stage: Stage) -> None:
    adopt(client, version := a_draft(stage))
    decision = a_decision(number="4")
    client.post(f"{version.get_absolute_url()}decision/", {"decision": decision.pk})
    version.refresh_from_db()
    assert version.decision == decision


def test_decision_is_a_link_for_its_readers_alone(
    client: Client, client_of: ClientOf, stage: Stage, management: User
) -> None:
    adopt(client, version := a_draft(stage), **BY_RESOLUTION)
    version.refresh_from_db()
    sentence, link = str(version.decision), f'href="{version.decision.get_absolute_url()}"'
    for reader, is_linked in ((client, True), (client_of(management), False)):
        page = reader.get(version.get_absolute_url())
        assert sentence in text(page)
        assert (link in page.content.decode()) is is_linked


def test_a_draft_has_no_decision_of_the_board_yet(client: Client, stage: Stage) -> None:
    draft = a_draft(stage)
    page = client.post(f"{draft.get_absolute_url()}decision/", BY_RESOLUTION)
    assert errors(page) == {"__all__": ["This version is a draft. Record its adoption first."]}


def test_a_draft_is_discarded_in_two_steps(client: Client, stage: Stage) -> None:
    draft = a_draft(stage)
    url = f"{draft.get_absolute_url()}discard/"
    assert recorded(client.get(url)) == [("Discarded", "Second charter", ())]
    assert CharterVersion.objects.drafts().exists()
    page = client.post(url, {"confirmed": "1"})
    assert page["Location"] == "/charter/versions/"
    assert not CharterVersion.objects.drafts().exists()
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert LedgerEntry.objects.get(action="charter.draft_discarded")


def test_an_adopted_version_stays(client: Client, stage: Stage) -> None:
    page = client.post(f"{stage.version.get_absolute_url()}discard/", {"confirmed": "1"})
    assert "An adopted charter is a record and cannot be discarded." in text(page)
    assert CharterVersion.objects.count() == 1


# Notes.


def test_adoption_sets_the_catalogues_notes_beside_its_clauses(
    client: Client, stage: Stage
) -> None:
    draft = a_draft(stage, R_3=SAS, R_5="Establish procedures for complaints.")
    page = adopt(client, draft, confirmed=False)
    [line] = [line for line in recorded(page) if line[0] == "Notes as applied today"]
    assert all(title.startswith("R-3: ") for title in line[2])
    assert (line[1], ClauseNote.objects.count()) == (str(len(line[2])), 0)
    adopt(client, draft)
    assert {note.clause.reference for note in ClauseNote.objects.all()} == {"R-3"}
    assert ClauseNote.objects.count() == len(line[2]) > 0
    lines = [
        passage
        for part in client.get("/charter/").context["reading"].parts
        for passage in part.passages
    ]
    assert {line.reference: line.note for line in lines} == {"R-3": True, "R-5": False}
    assert "As applied today" in text(client.get("/charter/R-3/"))


def test_a_note_goes_on_beside_a_clause_of_the_same_words(client: Client, stage: Stage) -> None:
    words = {"text": "Read: AS 2101.", "source": "PCAOB AS 2101", "dated": date(2026, 3, 1)}
    services.note(stage.plan, **words, **SIGNED)
    services.note(stage.size, **words | {"source": "Counsel"}, **SIGNED)
    draft = a_draft(stage, R_9="Review the  audit plan.", M_0="Four or more directors.")
    lines = {line[0]: line[1:] for line in recorded(adopt(client, draft, confirmed=False))}
    assert lines["Notes as applied today"] == (
        "1",
        ("R-9: Read: AS 2101. (PCAOB AS 2101, March 1, 2026)",),
    )
    assert lines["Notes that stay with the previous version, because the clause changed"] == (
        "1",
        ("M-0: Read: AS 2101. (Counsel, March 1, 2026)",),
    )
    adopt(client, draft)
    carried = ClauseNote.objects.get(clause__version=draft)
    assert (carried.clause.reference, carried.text, carried.dated) == (
        "R-9",
        words["text"],
        words["dated"],
    )


def test_a_note_that_was_withdrawn_does_not_come_back(client: Client, stage: Stage) -> None:
    adopt(client, a_draft(stage, R_3=SAS))
    for note in ClauseNote.objects.all():
        services.withdraw_note(note, **SIGNED)
    adopt(client, a_draft(stage, R_3=SAS), adopted_on="2026-11-02")
    assert not ClauseNote.objects.filter(withdrawn_at=None).exists()


def test_a_refused_adoption_sets_no_note(client: Client, stage: Stage) -> None:
    draft = a_draft(stage, R_3=SAS)
    adopt(client, draft, effective_on="2026-10-31")
    assert not ClauseNote.objects.exists()


# Duties to choose.

CHARTER = {
    "P_a": "Oversee the integrity of the financial statements and internal controls.",
    "M_0": "The Committee shall consist of three or more directors.",
    "R_2": "Review the audit scope and plan of the independent auditors.",
    "R_7": "Conduct an annual performance evaluation of the Committee.",
}


def loaded(client: Client, stage: Stage) -> Client:
    adopt(client, a_draft(stage, **CHARTER))
    return client


def proposals(client: Client) -> dict[str, str]:
    """By the catalogue's key: the clause proposed."""
    page = client.get("/charter/duties/")
    return {each.key: each.reference for each in page.context["proposals"]}


def test_duties_of_the_catalogue_are_proposed_for_their_clauses(
    client: Client, stage: Stage
) -> None:
    found = proposals(loaded(client, stage))
    assert found["minimum-size"] == "M-0"
    assert "R-2" in found.values()
    fields = client.get("/charter/duties/").context["form"].fields
    assert fields["entry_minimum-size"].initial == "M-0"
    assert fields["entry_minimum-size"].choices[:2] == [
        ("", "do not add"),
        ("P-a", "P-a Oversee the integrity of the financial statements and intern"),
    ]


def test_chosen_duties_hang_on_their_clauses(client: Client, stage: Stage) -> None:
    loaded(client, stage)
    plan = next(key for key, reference in proposals(client).items() if reference == "R-2")
    page = client.post(
        "/charter/duties/",
        {"in_force_from": "2026-11-01", "entry_minimum-size": "M-0", f"entry_{plan}": "R-7"},
    )
    assert page["Location"] == "/charter/"
    made = {duty.catalogue_key: duty for duty in Duty.objects.all()}
    assert {key: duty.clauses.get().reference for key, duty in made.items()} == {
        "minimum-size": "M-0",
        plan: "R-7",
    }
    assert made["minimum-size"].in_force_from == date(2026, 11, 1)
    assert {"minimum-size", plan} & proposals(client).keys() == set()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"__all__": ["Choose a clause for at least one responsibility."]}),
        ({"in_force_from": ""}, {"in_force_from": ["This field is required."]}),
        (
            {"entry_minimum-size": "R-99"},
            {
                "entry_minimum-size": [
                    "Select a valid choice. R-99 is not one of the available choices."
                ]
            },
        ),
        (
            {"entry_no-such-duty": "M-0"},
            {"__all__": [("Choose a clause for at least one responsibility.")]},
        ),
    ],
)
def test_without_a_choice_nothing_is_added(
    client: Client, stage: Stage, given: dict, expected: dict
) -> None:
    loaded(client, stage)
    page = client.post("/charter/duties/", {"in_force_from": "2026-11-01"} | given)
    assert errors(page) == expected
    assert not Duty.objects.exists()


def test_without_a_charter_in_effect_the_page_leads_to_the_versions(client: Client) -> None:
    a_company()
    an_audit_committee()
    page = text(client.get("/charter/duties/"))
    assert "No charter is in effect yet" in page
    assert 'href="/charter/versions/"' in page


def test_nobody_else_chooses(client_of: ClientOf, stage: Stage, chair: User) -> None:
    client = client_of(chair)
    assert client.get("/charter/duties/").status_code == 403
    given = {"in_force_from": "2026-11-01", "entry_minimum-size": "M-0"}
    assert client.post("/charter/duties/", given).status_code == 403
    assert not Duty.objects.exists()


def test_as_of_in_the_address_does_not_move_an_act(client: Client, stage: Stage) -> None:
    stage.duty(cadence=Cadence.TIMES)
    draft = a_draft(stage)
    url = f"{draft.get_absolute_url()}adopt/?as_of=2020-01-01"
    client.post(url, ADOPTION | {"confirmed": "1"})
    assert hangs(stage) == {"Review the audit plan": "R-2"}
    assert Clause.objects.filter(duties__isnull=False).count() == 2


def test_days_to_come_are_measured_in_the_companys_zone(
    client_of: ClientOf, secretary: User, stage: Stage
) -> None:
    draft = a_draft(stage)
    with time_machine.travel(datetime(2026, 11, 21, 3, tzinfo=UTC), tick=False):
        page = adopt(client_of(secretary), draft, adopted_on="2026-11-21")
    assert list(errors(page)) == ["adopted_on"]


def test_adoption_begins_with_the_date_in_the_text(client: Client, stage: Stage) -> None:
    draft = services.draft(
        stage.committee,
        title="Second charter",
        text="",
        passages=[
            TextPassage(Role.UNPLACED, "Adopted by the Board on March 3, 2025", 1),
            TextPassage(Role.CLAUSE, "Review the plan.", 2, reference="R-1"),
        ],
        **SIGNED,
    )
    page = client.get(f"{draft.get_absolute_url()}adopt/")
    assert page.context["form"]["adopted_on"].value() == date(2025, 3, 3)
    said = "The charter says: “Adopted by the Board on March 3, 2025”"
    assert page.context["form"].fields["adopted_on"].help_text == said
