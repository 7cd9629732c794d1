"""The demonstration: whatever day it ends on, it shows what the portal can show, and is sound."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from charter_portal.demo import company, history, people
from charter_portal.demo.company import Stage
from charter_portal.demo.story import Scene, Story, in_order
from charter_portal.documents import open_reports
from charter_portal.enums import Audience
from charter_portal.models import BoardReport
from charters.enums import ClosedAs, Standing
from charters.models import Closing, Committee, Completion
from charters.standing import Docket, read
from charters.values import Reading
from records import filed, ledger, texts
from records.calendar import DAY
from records.models import Company, LedgerEntry

DAYS = [
    date(2026, 11, 20),
    date(2027, 1, 5),
    date(2027, 3, 31),
    date(2028, 2, 29),
    date(2026, 6, 30),
]
# Two days in every run, two more in that of `make faults`.
TOLD = DAYS[1:4:2] if os.environ.get("FAULTS") != "1" else DAYS[2:5:2]
REFERENCES = (
    "P-a P-b P-c P-d M-0 M-1 M-2 M-3 R-1a R-1b R-1c R-1d R-1e R-1f R-1g R-1h "
    "R-2 R-3 R-4 R-5 R-6 R-7 MT-1 MT-2 MT-3"
).split()
# The words of today; the two others are seen as of days that the command names.
TODAY = {Standing.ON_FILE, Standing.DUE, Standing.NOT_ON_FILE, Standing.NOT_APPLICABLE}


def told(today: date) -> Story:
    return history.tell(Stage.until(today), with_pdfs=False)


def reading(on: date) -> Reading:
    committee = Committee.objects.audit()
    assert committee is not None
    return read(committee, on)


def size_of_the_committee(on: date) -> Standing:
    """Where M-0 stands."""
    rows = reading(on).duties
    return next(row.standing for row in rows if row.duty.catalogue_key == "minimum-size")


def assert_every_word_is_seen(stage: Stage) -> None:
    """Every word of a status, each way to close an open item, and a sound ledger."""
    today = stage.today
    now = reading(today)
    assert [row.clause.reference for row in now.clauses] == REFERENCES
    assert all(row.duties for row in now.clauses)
    assert {row.standing for row in now.duties} == TODAY
    assert now.summary[Standing.ON_FILE] > len(REFERENCES) / 3
    assert size_of_the_committee(stage.resigned_on - DAY) == Standing.ON_FILE
    assert size_of_the_committee(stage.resigned_on) == Standing.OPEN
    assert size_of_the_committee(stage.exchange_notified_on) == Standing.DUE
    assert size_of_the_committee(stage.successor_seated_on) == Standing.ON_FILE
    assert size_of_the_committee(stage.records_begin - DAY) == Standing.BEFORE_RECORDS_BEGIN

    found = Docket(Committee.objects.audit(), today).open_items()
    # What is now on file is no open item any more.
    kinds = {piece.closing.kind for piece in found if piece.closing}
    assert kinds == {*ClosedAs} - {ClosedAs.NOW_ON_FILE}
    assert {*Closing.objects.values_list("kind", flat=True)} == {*ClosedAs}
    assert sum(piece.is_open for piece in found) == 1

    verdict = ledger.verify()
    assert verdict.sound
    assert filed.contradictions() == []
    assert texts.changed() == []
    instants = list(LedgerEntry.objects.order_by("sequence").values_list("at", flat=True))
    assert instants == sorted(instants)
    assert instants[-1].astimezone(company.ZONE).date() < today
    assert not Completion.objects.filter(performed_on__gte=today).exists()


@pytest.mark.any_database
@pytest.mark.parametrize("today", TOLD)
def test_every_word_can_be_seen_and_the_ledger_is_sound(db: None, today: date) -> None:
    assert_every_word_is_seen(told(today).stage)


@pytest.mark.any_database
def test_same_day_tells_the_same_story(db: None) -> None:
    def trace() -> list[object]:
        beginning = transaction.savepoint()
        told(DAYS[1])
        entries = LedgerEntry.objects.order_by("sequence").values_list("at", "action")
        notes = Completion.objects.order_by("pk").values_list("performed_on", "note")
        found = [*entries, *notes]
        transaction.savepoint_rollback(beginning)
        return found

    assert trace() == trace()


def test_any_day_can_be_the_last() -> None:
    for days in range(0, 1500, 31):
        stage = Stage.until(date(2026, 1, 1) + timedelta(days=days))
        scenes = history.scenes(stage)
        assert scenes[0].at.date() == stage.first_day
        assert stage.records_begin < stage.resigned_on < stage.exchange_notified_on
        assert stage.exchange_notified_on < stage.successor_seated_on < stage.last_day < stage.today
        assert stage.first_day < stage.reported_on <= stage.last_day
        assert stage.first_day < stage.closed_on <= stage.last_day
        assert stage.effective_on < stage.new_duty_on <= stage.drafted_on <= stage.last_day
        assert all(stage.calendar.is_business_day(scene.at.date()) for scene in scenes)


def test_chapter_that_fails_leaves_nothing(db: None) -> None:
    story = Story(Stage.until(DAYS[0]), with_pdfs=False)
    opening, *_rest = in_order(history.scenes(story.stage))

    def fail(story: Story, when: object) -> None:
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        story.tell([opening, Scene(opening.at, fail)])
    assert not Company.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_command_is_refused_without_demo(db: None, settings: object) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
    assert not Company.objects.exists()


def test_command_is_refused_where_there_are_records(secretary: User) -> None:
    with pytest.raises(CommandError, match="already has records"):
        call_command("demo")
    assert not Company.objects.exists()


def test_command_leaves_records_alone_if_asked(
    secretary: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("demo", "--if-empty")
    assert capsys.readouterr().out == "This database already has records. Nothing was added.\n"
    assert not Company.objects.exists()


@pytest.mark.parametrize("text", ["today", "2027-02-29", "4/8/2026"])
def test_command_refuses_what_is_no_date(db: None, text: str) -> None:
    with pytest.raises(CommandError, match="is no date"):
        call_command("demo", f"--today={text}")


@pytest.mark.any_database
def test_command_ends_with_an_empty_database_that_has_no_tables(tmp_path: Path) -> None:
    environment = os.environ | {
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
    }
    run = subprocess.run(
        [sys.executable, "manage.py", "demo"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "Run manage.py migrate" in run.stderr


@pytest.mark.pdf
def test_command_issues_reports_and_says_who_can_sign_in(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("demo")
    said = capsys.readouterr().out
    assert all(f"{who.email} " in said and who.name in said for who in people.PERSONAS)
    assert BoardReport.objects.count() == 2
    finance = User.objects.get(email=people.FINANCE.email)
    seen = open_reports(finance)
    assert [report.audience_word for report in seen] == [Audience.BOARD]
    assert ledger.verify().sound
