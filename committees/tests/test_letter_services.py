"""Regulators' letters: received, extended, answered, closed."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from charters.services import Upload
from committees import services
from committees.enums import LetterStepKind as Kind
from committees.enums import Regulator
from committees.models import LetterStep, RegulatorLetter
from committees.rules.letters import LetterProgress, progress
from committees.tests.factories import an_audit_committee
from committees.tests.recording import NOW, TODAY, TOMORROW, last_entry, refused
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

RECEIVED, DUE = date(2026, 11, 2), date(2026, 11, 17)


def received(**given: Any) -> RegulatorLetter:
    terms = {
        "regulator": Regulator.SEC,
        "matter": "Form 10-K for fiscal year 2025",
        "dated_on": date(2026, 10, 30),
        "received_on": RECEIVED,
        "due_on": DUE,
    }
    return services.receive_letter(an_audit_committee(), **(terms | NOW | given))


def step(letter: RegulatorLetter, kind: Kind, on: date, **given: Any) -> LetterStep:
    return services.record_letter_step(letter, kind, on=on, **(NOW | given))


def where(day: date = TODAY) -> LetterProgress:
    return progress(RegulatorLetter.objects.get().as_rule(), day)


def test_letter_is_filed_and_its_matter_stays_out_of_the_ledger() -> None:
    letter = received(upload=Upload(b"Dear Sirs", "letter.txt"))
    assert letter.document.title == "Form 10-K for fiscal year 2025"
    assert not [one for one in LedgerEntry.objects.all() if "10-K" in str(one.facts)]
    assert last_entry().facts["due_on"] == "2026-11-17"


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"received_on": TOMORROW}, ["received_on"]),
        ({"dated_on": date(2026, 11, 3)}, ["__all__"]),
        ({"due_on": date(2026, 10, 29)}, ["__all__"]),
        ({"matter": " "}, ["matter"]),
    ],
)
def test_impossible_letter_is_refused(given: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(ValidationError) as refusal:
        received(**given)
    assert refused(refusal) == fields


def test_steps_move_the_letter_on() -> None:
    letter = received()
    assert [where(day) for day in (date(2026, 11, 1), RECEIVED, DUE, TODAY)] == [
        LetterProgress.NOT_RECEIVED,
        LetterProgress.IN_TIME,
        LetterProgress.IN_TIME,
        LetterProgress.PAST_DUE_DATE,
    ]
    step(letter, Kind.EXTENDED, date(2026, 11, 13), due_on=date(2026, 12, 1))
    assert where() is LetterProgress.IN_TIME
    step(letter, Kind.AUDITOR_CONSULTED, date(2026, 11, 16))
    assert where() is LetterProgress.IN_TIME
    step(letter, Kind.ANSWERED, date(2026, 11, 19))
    assert where() is LetterProgress.ANSWERED
    step(letter, Kind.CLOSED, TODAY)
    assert where() is LetterProgress.CLOSED


def test_withdrawn_step_did_not_happen() -> None:
    answer = step(received(), Kind.ANSWERED, date(2026, 11, 19))
    services.withdraw_letter_step(answer, reason="A draft was meant.", **NOW)
    assert where() is LetterProgress.PAST_DUE_DATE


@pytest.mark.parametrize(
    ("kind", "on", "given", "fields"),
    [
        (Kind.ANSWERED, date(2026, 11, 1), {}, ["on"]),
        (Kind.ANSWERED, TOMORROW, {}, ["on"]),
        (Kind.EXTENDED, TODAY, {}, ["__all__"]),
        (Kind.ANSWERED, TODAY, {"due_on": TOMORROW}, ["__all__"]),
    ],
)
def test_impossible_step_is_refused(
    kind: Kind, on: date, given: dict[str, Any], fields: list[str]
) -> None:
    with pytest.raises(ValidationError) as refusal:
        step(received(), kind, on, **given)
    assert refused(refusal) == fields


def test_same_step_is_recorded_once() -> None:
    letter = received()
    step(letter, Kind.ANSWERED, TODAY)
    with pytest.raises(ValidationError, match="on record already"):
        step(letter, Kind.ANSWERED, TODAY)


def test_letters_are_read_in_as_many_queries_for_one_as_for_five(
    django_assert_num_queries: Any,
) -> None:
    for days in range(5):
        answered = step(received(received_on=date(2026, 11, 2 + days)), Kind.ANSWERED, TODAY)
    services.withdraw_letter_step(answered, reason="A draft was meant.", **NOW)
    with django_assert_num_queries(2):
        found = [one.as_rule().answered_on for one in RegulatorLetter.objects.with_steps()]
    assert found == [TODAY, TODAY, TODAY, TODAY, None]


def test_extension_without_a_date_is_refused_by_the_database() -> None:
    letter = received()
    extension = LetterStep(
        letter=letter, kind=Kind.EXTENDED, on=TODAY, salt="s", recorded_at=NOW["at"]
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        extension.save()
