"""What a version of the charter does to duties when it takes effect before, after or between others."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from charters import services
from charters.models import CharterVersion, Clause, ClauseNote, Committee, Duty
from charters.reading.structure import Role, TextPassage
from charters.services.loading import annotate, attach
from charters.standing import Docket
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from records import ledger

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
PRESENT = """\
Larch Instruments, Inc.

Audit Committee Charter

Purpose

The Audit Committee assists the Board with its oversight of:

- (a) the integrity of the financial statements and internal controls;
- (b) compliance with legal and regulatory requirements.

Membership

The Committee shall consist of three or more directors.

Responsibilities

1. Review the audit scope and plan of the independent auditors.

2. Review with the auditor the matters required by SAS 61.

3. Conduct an annual performance evaluation of the Committee.
"""
PAST = PRESENT.replace("3. Conduct an annual performance evaluation of the Committee.\n", "")


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def load(tmp_path: Path, text: str, adopted: str) -> None:
    file = tmp_path / f"{adopted}.txt"
    file.write_text(text)
    with time_machine.travel(AT, tick=False):
        call_command(
            "import_charter", str(file), adopted=date.fromisoformat(adopted), stdout=StringIO()
        )


def duties_on(day: date) -> list[str]:
    rows = Docket(Committee.objects.audit(), day).reading().duties
    return sorted(row.duty.catalogue_key for row in rows)


def open_items() -> list[str]:
    return [each.key for each in Docket(Committee.objects.audit(), TODAY).open_items()]


def in_force_twice() -> list[str]:
    """Catalogue keys that two duties have on one day."""
    found, duties = [], list(Duty.objects.all())
    for one in duties:
        found += [
            one.catalogue_key
            for other in duties
            if one.pk < other.pk
            and one.catalogue_key == other.catalogue_key
            and one.in_force_from <= (other.in_force_until or date.max)
            and other.in_force_from <= (one.in_force_until or date.max)
        ]
    return found


@pytest.mark.parametrize(
    ("past", "present"), [(PAST, PRESENT), (PRESENT, PAST), (PRESENT, PRESENT)]
)
def test_a_past_version_adds_no_duty_to_today(tmp_path: Path, past: str, present: str) -> None:
    load(tmp_path, present, "2024-05-01")
    Committee.objects.get(kind="audit")
    before, found, count = duties_on(TODAY), open_items(), Duty.objects.count()
    load(tmp_path, past, "2020-05-01")
    assert (duties_on(TODAY), open_items()) == (before, found)
    assert in_force_twice() == []
    added = Duty.objects.filter(in_force_from=date(2020, 5, 1))
    assert {duty.in_force_until for duty in added} <= {date(2024, 4, 30)}
    assert Duty.objects.count() == count + len(added)
    assert bool(added) == (past != present and past == PRESENT)
    assert ledger.verify().sound


def test_duties_of_the_present_hang_on_the_past_text_too(tmp_path: Path) -> None:
    load(tmp_path, PRESENT, "2024-05-01")
    load(tmp_path, PAST, "2020-05-01")
    past, present = CharterVersion.objects.all()
    evaluation = Clause.objects.get(version=present, reference="R-3")
    here = Duty.objects.filter(clauses__version=past)
    assert set(Duty.objects.all()) - set(here) == set(evaluation.duties.all()) != set()
    assert duties_on(date(2021, 1, 1)) == []
    assert {duty.in_force_from for duty in here} == {date(2024, 5, 1)}


def test_a_later_version_carries_and_adds_as_before(tmp_path: Path) -> None:
    load(tmp_path, PAST, "2020-05-01")
    before = duties_on(TODAY)
    load(tmp_path, PRESENT, "2024-05-01")
    assert set(before) < set(duties_on(TODAY))
    assert duties_on(date(2024, 4, 30)) == before
    assert in_force_twice() == []


def test_a_duty_of_the_catalogue_is_not_attached_twice(stage: Stage) -> None:
    given = {"in_force_from": date(2024, 1, 1)} | SIGNED
    [first] = attach({"minimum-size": stage.size}, **given)
    with pytest.raises(ValidationError, match="” is already in effect in that period"):
        attach({"minimum-size": stage.size}, **given)
    services.end_duty(first, until=date(2025, 12, 31), **SIGNED)
    attach({"minimum-size": stage.size}, **given | {"in_force_from": date(2026, 1, 1)})
    assert Duty.objects.count() == 2


def test_a_duty_attached_to_a_past_version_ends_with_it(stage: Stage) -> None:
    size = a_draft(stage).clauses.get()
    services.adopt(
        size.version, adopted_on=date(2022, 1, 1), effective_on=date(2022, 1, 1), **SIGNED
    )
    size.version.refresh_from_db()
    [duty] = attach({"minimum-size": size}, in_force_from=date(2022, 1, 1), **SIGNED)
    assert duty.in_force_until == date(2023, 12, 31)
    with pytest.raises(ValidationError, match="The next version of the charter is in effect from"):
        attach({"charter-review": size}, in_force_from=date(2024, 1, 1), **SIGNED)


def test_what_page_and_service_hold_carried_is_one(stage: Stage) -> None:
    """A duty that is not in question on that day is not touched, whatever is sent."""
    duty, draft = stage.duty(), a_draft(stage)
    services.end_duty(duty, until=date(2025, 12, 31), **SIGNED)
    services.adopt(
        draft,
        adopted_on=date(2026, 7, 1),
        effective_on=date(2026, 7, 1),
        carried={duty.pk: draft.clauses.get()},
        **SIGNED,
    )
    assert [clause.version for clause in duty.clauses.all()] == [stage.version]


def test_notes_are_set_once(stage: Stage) -> None:
    draft = a_draft(stage, "Review with the auditor the matters required by SAS 61.")
    annotate(draft, **SIGNED)
    count = ClauseNote.objects.count()
    annotate(draft, **SIGNED)
    assert ClauseNote.objects.count() == count > 0


def a_draft(stage: Stage, text: str = "Three or more directors.") -> CharterVersion:
    passages = [TextPassage(Role.CLAUSE, text, 1, reference="M-0")]
    return services.draft(stage.committee, title="Draft", text=text, passages=passages, **SIGNED)


@pytest.mark.parametrize(
    ("command", "option"), [("standing", "--as-of"), ("import_charter", "--adopted")]
)
def test_what_is_no_day_is_said_plainly(command: str, option: str) -> None:
    words = ["charter.txt"] if command == "import_charter" else []
    with pytest.raises(
        CommandError, match=r"'2026-13-01' is not a valid date\. Write it as 2026-11-20"
    ):
        call_command(command, *words, option, "2026-13-01")
