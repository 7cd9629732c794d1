"""Drafting, adopting, completing, discarding: what is stored, refused and written in the ledger."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role as Holds
from accounts.models import User
from charters import services
from charters.enums import CommitteeKind, HowDecided
from charters.models import CharterVersion, Clause, ClauseNote, Committee, Decision, Passage
from charters.reading.structure import Role, TextPassage
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from records import ledger
from records.models import Company, LedgerEntry
from records.services import legal_holds

pytestmark = pytest.mark.django_db

DAY = date(2026, 7, 1)
ONE_DAY = timedelta(days=1)
TEXT = "Charter\n\nWork\n\nReview:\n- the plan;\n- the fees.\nIn good faith.\n"
PASSAGES = [
    TextPassage(Role.TITLE, "Charter", 0),
    TextPassage(Role.SECTION, "Work", 1),
    TextPassage(Role.LEAD_IN, "Review:", 2, reference="R-1"),
    TextPassage(Role.CLAUSE, "the plan;", 3, reference="R-1a", parent="R-1"),
    TextPassage(Role.CLAUSE, "its scope.", 4, reference="R-1a.1", parent="R-1a"),
    TextPassage(Role.UNPLACED, "In good faith.", 5),
]


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def a_draft(stage: Stage, passages: list[TextPassage] = PASSAGES, **more: object) -> CharterVersion:
    return services.draft(
        stage.committee, title="Charter", text=TEXT, passages=passages, **more, **SIGNED
    )


def adopted(version: CharterVersion, day: date = DAY, **more: object) -> CharterVersion:
    return services.adopt(version, adopted_on=day, effective_on=day, **more, **SIGNED)


# Drafting.


def test_a_draft_keeps_the_text_and_every_passage_in_its_order(stage: Stage) -> None:
    version = a_draft(stage, headings={"R-1a": "The plan"})
    assert (version.text, version.adopted_on, bool(version.salt)) == (TEXT, None, True)
    pieces = [*version.passages.all(), *version.clauses.all()]
    assert [(piece.reference, piece.text) for piece in sorted(pieces, key=lambda p: p.order)] == [
        ("", "Work"),
        ("R-1", "Review:"),
        ("R-1a", "the plan;"),
        ("R-1a.1", "its scope."),
        ("", "In good faith."),
    ]
    assert version.clauses.get(reference="R-1a").heading == "The plan"


def test_each_clause_stands_under_its_section_its_lead_in_and_its_parent(stage: Stage) -> None:
    a_draft(stage)
    plan, scope = Clause.objects.filter(reference__startswith="R-1a").order_by("order")
    assert (plan.section.text, plan.lead_in.text, plan.parent) == ("Work", "Review:", None)
    assert (scope.section.text, scope.lead_in, scope.parent) == ("Work", None, plan)


def test_a_text_without_a_clause_is_no_charter(stage: Stage) -> None:
    with pytest.raises(ValidationError, match="No clause is marked"):
        a_draft(stage, [TextPassage(Role.SECTION, "Work", 1)])
    assert not Passage.objects.filter(version__title="Charter").exists()


def test_two_clauses_with_one_reference_are_refused_and_nothing_is_stored(stage: Stage) -> None:
    twice = [*PASSAGES, TextPassage(Role.CLAUSE, "the plan again.", 9, reference="R-1a")]
    entries = LedgerEntry.objects.count()
    with pytest.raises(ValidationError, match="Two clauses have the same reference: R-1a"):
        a_draft(stage, twice)
    assert not CharterVersion.objects.drafts().exists()
    assert LedgerEntry.objects.count() == entries


def test_the_ledger_keeps_a_digest_of_the_text(stage: Stage) -> None:
    version = a_draft(stage)
    facts = LedgerEntry.objects.get(action="charter.drafted").facts
    assert set(facts) == {"committee", "text", "clauses"}
    assert facts["clauses"] == 2
    assert facts["text"] == f"sha256:{ledger.digest(TEXT, version.salt).value}"
    assert "good faith" not in str(facts)


# Adopting.


def test_adoption_is_recorded_with_its_dates_and_its_decision(stage: Stage) -> None:
    version = services.adopt(
        a_draft(stage),
        adopted_on=date(2026, 6, 15),
        effective_on=DAY,
        how=HowDecided.MEETING,
        number="4",
        **SIGNED,
    )
    version.refresh_from_db()
    assert (version.adopted_on, version.effective_on, str(version.decision)) == (
        date(2026, 6, 15),
        DAY,
        "Board meeting of June 15, 2026, resolution 4",
    )
    facts = LedgerEntry.objects.get(action="charter.adopted").facts
    assert facts["text"] == f"sha256:{ledger.digest(TEXT, version.salt).value}"
    assert "Resolution" not in str(facts)


def test_a_version_is_adopted_once(stage: Stage) -> None:
    version = adopted(a_draft(stage))
    with pytest.raises(ValidationError, match="This version was already adopted"):
        adopted(version, date(2026, 8, 1))
    assert version.effective_on == DAY


def test_it_takes_effect_on_or_after_the_day_of_adoption(stage: Stage) -> None:
    with pytest.raises(ValidationError) as refused:
        services.adopt(a_draft(stage), adopted_on=DAY, effective_on=date(2026, 6, 30), **SIGNED)
    assert list(refused.value.message_dict) == ["effective_on"]


def test_two_versions_do_not_take_effect_on_one_day(stage: Stage) -> None:
    with pytest.raises(ValidationError) as refused:
        adopted(a_draft(stage), date(2024, 1, 1))
    assert refused.value.message_dict == {
        "effective_on": ["Another version takes effect on that date. Enter another date."]
    }


def test_the_database_guards_the_days_too(stage: Stage) -> None:
    draft = a_draft(stage)
    rows = CharterVersion.objects.filter(pk=draft.pk)
    for given in ({"adopted_on": DAY}, {"adopted_on": DAY, "effective_on": date(2024, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**given)


def test_the_version_in_effect_is_the_last_to_have_begun(stage: Stage) -> None:
    later = adopted(a_draft(stage))
    found = [
        stage.committee.charter_versions.in_effect(day)
        for day in (date(2023, 12, 31), date(2024, 1, 1), date(2026, 6, 30), DAY)
    ]
    assert found == [None, stage.version, stage.version, later]


def test_a_duty_that_began_later_ends_on_no_day_before_it_began(stage: Stage) -> None:
    duty = stage.duty(in_force_from=date(2026, 9, 1))
    adopted(a_draft(stage))
    duty.refresh_from_db()
    assert duty.in_force_until == date(2026, 9, 1)


# Notes, the Board's decision, and drafts that go.


def test_adoption_with_notes_is_one_act(stage: Stage) -> None:
    words = "Review with the auditor the matters required by SAS 61."
    draft = a_draft(stage, [TextPassage(Role.CLAUSE, words, 1, reference="R-3")])
    with pytest.raises(ValidationError):
        services.take_up(draft, adopted_on=DAY, effective_on=date(2026, 6, 30), **SIGNED)
    assert not ClauseNote.objects.exists()
    services.take_up(draft, adopted_on=DAY, effective_on=DAY, **SIGNED)
    assert {note.clause.reference for note in ClauseNote.objects.all()} == {"R-3"}


def test_the_act_is_added_to_an_adopted_version_only(stage: Stage) -> None:
    draft = a_draft(stage)
    with pytest.raises(ValidationError, match="This version is a draft"):
        services.complete_adoption(draft, how=HowDecided.MEETING, number="4", **SIGNED)
    version = adopted(draft)
    services.complete_adoption(version, how=HowDecided.MEETING, number=" 4 ", **SIGNED)
    decision = Decision.objects.get()
    version.refresh_from_db()
    assert (version.decision, decision.number) == (decision, "4")
    assert LedgerEntry.objects.get(action="charter.adoption_completed").facts == {
        "decision": f"charters.Decision:{decision.pk}"
    }


def test_adoption_rests_on_a_decision_of_the_board_on_its_date(stage: Stage) -> None:
    board = services.establish(name="Board", kind=CommitteeKind.BOARD, **SIGNED)
    given = {"how": HowDecided.MEETING, "text": "Adopted.", **SIGNED}
    refused = {
        "of another date": services.record_decision(board, decided_on=DAY - ONE_DAY, **given),
        "of a committee": services.record_decision(stage.committee, decided_on=DAY, **given),
        "Only stockholders hold an annual meeting": services.record_decision(
            None, decided_on=DAY, **given
        ),
        "restricted": services.record_decision(
            board, decided_on=DAY, restricted_roles={Holds.MANAGEMENT}, **given
        ),
    }
    draft, days = a_draft(stage), {"adopted_on": DAY, "effective_on": DAY}
    for decision in refused.values():
        with pytest.raises(ValidationError) as refusal:
            services.adopt(draft, decision=decision, **days, **SIGNED)
        assert set(refusal.value.message_dict) == {"decision"}
    decision = services.record_decision(board, decided_on=DAY, **given)
    version = services.adopt(draft, decision=decision, **days, **SIGNED)
    assert CharterVersion.objects.get(pk=version.pk).decision == decision
    assert Decision.objects.count() == len(refused) + 1


def test_a_discarded_draft_is_gone_and_its_line_stays(stage: Stage) -> None:
    draft = a_draft(stage)
    key = draft.pk
    services.discard_draft(draft, **SIGNED)
    assert not Clause.objects.filter(version=key).exists()
    assert LedgerEntry.objects.get(action="charter.draft_discarded").subject.endswith(f":{key}")
    assert ledger.verify().sound


def test_a_hold_keeps_a_draft(stage: Stage, secretary: User, company_counsel: User) -> None:
    draft = a_draft(stage)
    hold = legal_holds.place(reason="A letter of counsel.", by=secretary, at=AT)
    with pytest.raises(ValidationError, match="A legal hold is open"):
        services.discard_draft(draft, **SIGNED)
    for by in (secretary, company_counsel):
        legal_holds.lift(hold, reason="Settled.", by=by, at=AT)
    services.discard_draft(draft, **SIGNED)


def test_an_adopted_version_is_not_discarded(stage: Stage) -> None:
    with pytest.raises(
        ValidationError, match="An adopted charter is a record and cannot be discarded"
    ):
        services.discard_draft(stage.version, **SIGNED)


# Loading on an empty installation.


def loaded(**names: str) -> CharterVersion:
    return services.load_charter(
        title="Charter", text=TEXT, passages=PASSAGES, headings={}, **names, **SIGNED
    )


def test_the_company_and_its_committees_come_first() -> None:
    version = loaded(company_name="Tessaly Robotics, Inc.", committee_name="Audit and Risk")
    assert Company.objects.get().name == "Tessaly Robotics, Inc."
    assert (version.committee.name, version.committee.kind) == (
        "Audit and Risk",
        CommitteeKind.AUDIT,
    )
    assert Committee.objects.board().name == "Board of Directors"
    assert [entry.action for entry in LedgerEntry.objects.all()][-3:] == [
        "committee.established",
        "committee.established",
        "charter.drafted",
    ]


def test_a_refused_charter_sets_nothing_up() -> None:
    with pytest.raises(ValidationError):
        services.load_charter(title="Charter", text="", passages=[], headings={}, **SIGNED)
    assert (Company.objects.count(), Committee.objects.count(), LedgerEntry.objects.count()) == (
        0,
        0,
        0,
    )


def test_a_second_charter_finds_what_the_first_set_up() -> None:
    first, second = loaded(company_name="Tessaly"), loaded(company_name="Another")
    assert first.committee == second.committee
    assert Company.objects.get().name == "Tessaly"
