"""The snapshot: what was computed is kept until the next act, shared, and plain (ADR 26)."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.enums import Role
from accounts.models import User
from accounts.restriction import Restriction
from accounts.tests.personas import make_person
from charters import snapshots
from charters.answers import Deadline, OpenItem
from charters.docket import AsOf, as_seen_by
from charters.enums import ClosedAs, Layer
from charters.models import Completion
from charters.registry import (
    DEADLINES,
    EVIDENCE,
    OPEN_ITEMS,
    DeadlineSource,
    EvidenceSource,
    OpenItemSource,
)
from charters.reminders import Reminders
from charters.reports.year import year_page
from charters.rules.terms import Evidence
from charters.services import events
from charters.standing import Docket
from charters.tests.charters import SIGNED, Stage, set_the_stage
from records.acts import rehearse
from records.ledger import Head
from records.models import Company, Notice
from records.services.company import add_fiscal_year_end
from records.tests.owing import a_kind, owe

TODAY = date(2026, 11, 20)
FROM_MANAGEMENT = Restriction(frozenset({Role.MANAGEMENT}))
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def docket(stage: Stage, on: date = TODAY, user: User | None = None) -> Docket:
    if user is None:
        return Docket(stage.committee, on, stage.company)
    return Docket(stage.committee, on, stage.company, as_seen_by(user, on))


def told(stage: Stage, on: date = TODAY) -> list[tuple[str, str]]:
    return [(row.standing.value, row.because) for row in docket(stage, on).reading().duties]


def everything_of(found: Docket) -> list[Any]:
    """Every part that pages ask for."""
    deadlines = [found.deadlines_of(source) for source in DEADLINES]
    return [found.standings, found.open_items(), deadlines, list(found.lapses())]


@committed
def test_a_second_page_asks_for_the_head_alone(stage: Stage) -> None:
    stage.complete(stage.duty(), date(2026, 5, 5))
    everything_of(docket(stage))
    with CaptureQueriesContext(
        connection,
    ) as made:
        everything_of(docket(stage))
    assert [query["sql"].split('"')[1] for query in made] == ["records_ledgerentry"]


@committed
def test_every_act_begins_a_new_one(stage: Stage) -> None:
    duty = stage.duty()
    before = docket(stage).standings
    assert docket(stage).standings is before
    stage.complete(duty, date(2026, 5, 5))
    after = docket(stage).standings
    assert after.duties[duty.pk].evidence
    assert not before.duties[duty.pk].evidence
    assert len(snapshots._kept) == 1  # the old one is let go


@committed
def test_an_act_that_is_rolled_back_leaves_nothing(stage: Stage) -> None:
    duty = stage.duty()
    before = told(stage)
    inside = []

    def fail() -> None:
        stage.complete(duty, TODAY)
        inside.append(told(stage))

    rehearse(fail)
    assert inside != [before]
    assert told(stage) == before


@committed
def test_inside_a_transaction_nothing_is_read_and_nothing_kept(stage: Stage) -> None:
    duty = stage.duty()
    kept = docket(stage).standings
    with transaction.atomic():
        assert docket(stage).standings is not kept
        snapshots.forget()
        everything_of(docket(stage))
        assert not snapshots._kept
    assert docket(stage).standings == kept
    assert duty.pk in kept.duties


@committed
def test_what_is_computed_while_an_act_is_recorded_is_not_kept(stage: Stage) -> None:
    """Part of it may be older than the act, and part newer."""
    duty = stage.duty()

    def load(as_of: AsOf, duties: Any) -> Iterator[tuple[int, Evidence]]:
        if not Completion.objects.exists():
            stage.complete(duty, date(2026, 5, 5))
        yield from ()

    with EVIDENCE.temporarily(EvidenceSource("tests.slow", load)):
        during = docket(stage).standings
        after = docket(stage).standings
    assert after is not during
    assert docket(stage).standings is after


@committed
def test_company_is_read_after_the_head(stage: Stage) -> None:
    """A page that began before the calendar changed must not leave its old one to others."""
    stage.duty()
    began = docket(stage)
    assert began.company.calendar.year_of(TODAY).last == date(2026, 12, 31)
    company = Company.objects.get()
    add_fiscal_year_end(company, effective_from=date(2024, 1, 1), month=6, day=30, **SIGNED)
    assert began.standings is docket(stage).standings
    with transaction.atomic():
        computed = Docket(stage.committee, TODAY).standings
    assert docket(stage).standings == computed


@committed
@pytest.mark.parametrize("days", [1, 400])
def test_each_date_has_its_own(stage: Stage, days: int) -> None:
    stage.complete(stage.duty(), date(2026, 5, 5))
    today, other = told(stage), told(stage, TODAY + timedelta(days=days))
    with transaction.atomic():
        assert (told(stage), told(stage, TODAY + timedelta(days=days))) == (today, other)


@committed
def test_pages_after_midnight_are_of_the_new_day(
    stage: Stage, client: Client, secretary: User
) -> None:
    """The company's midnight, with no act in between."""
    stage.duty(in_force_from=date(2026, 1, 1), due_month=11, due_day=20)
    zone = ZoneInfo("America/New_York")
    client.force_login(secretary)
    found = []
    for hour, day in ((23, 20), (1, 21)):
        with time_machine.travel(datetime(2026, 11, day, hour, tzinfo=zone)):
            found += [
                passage.row.standing
                for part in client.get("/charter/").context["reading"].parts
                for passage in part.passages
                if passage.row and passage.row.duties
            ]
    assert found == ["due", "not_on_file"]


@committed
def test_each_language_has_its_own(stage: Stage) -> None:
    stage.complete(stage.duty(), date(2026, 5, 5))
    found = []
    for language in ("en-us", "en-gb", "en-us"):
        with translation.override(language):
            found.append([item.because for item in docket(stage).open_items()])
    assert found[0] == found[2] != found[1]


@committed
@pytest.mark.parametrize("first", ["barred", "open"])
def test_a_restricted_record_leaks_through_it_to_nobody(
    stage: Stage, first: str, secretary: User, management: User
) -> None:
    """Whoever comes first, each reads their own; and whoever is not restricted reads all of it."""
    duty = stage.duty()
    shown = Evidence(
        on=date(2026, 5, 5), serves=date(2026, 12, 31), label="Secret", restriction=FROM_MANAGEMENT
    )
    item = OpenItem(
        subject="letter-1",
        period="2026-05-05",
        title="Secret letter",
        because="Secret.",
        layer=Layer.LAW,
        on=date(2026, 5, 5),
        restriction=FROM_MANAGEMENT,
    )
    due = Deadline(
        key="tests.secret:1",
        due_on=date(2026, 12, 1),
        what="Secret deadline",
        because="Secret.",
        url="/",
        restriction=FROM_MANAGEMENT,
        subject="charters.Duty:1",
    )

    def read(user: User) -> tuple[Any, ...]:
        found = docket(stage, user=user)
        (row,) = found.reading().duties
        ahead = Reminders(found).open_to(user)
        return (
            row.standing.value,
            row.because,
            [piece.label for piece in found.shown(duty)],
            [each.title for each in found.open_items()],
            found.open_item(f"tests.items:letter-1:{item.period}") is not None,
            "Secret deadline" in [each.what for _source, each in ahead],
        )

    with (
        EVIDENCE.temporarily(
            EvidenceSource("tests.shown", lambda as_of, duties: [(duty.pk, shown)])
        ),
        OPEN_ITEMS.temporarily(OpenItemSource("tests.items", lambda as_of, asked: [item])),
        DEADLINES.temporarily(
            DeadlineSource(
                "tests.due", lambda as_of: [due], "charters.view_standing", "charters.reminder"
            )
        ),
    ):
        readers = [management, secretary] if first == "barred" else [secretary, management]
        found = {user.pk: read(user) for user in [*readers, *readers]}
        gap = [each.title for each in docket(stage).open_items() if each.duty]
        assert len(snapshots._kept) == 1
    assert found[management.pk] == ("on_file", "On file.", [], gap, False, False)
    assert found[secretary.pk][2:] == (["Secret"], [*gap, "Secret letter"], True, True)
    assert "May 5, 2026" in found[secretary.pk][1]


@committed
def test_a_late_record_is_open_to_whom_it_is_open(
    stage: Stage, secretary: User, management: User
) -> None:
    """The sentence of an open item, and whether it is still due, are each reader's own."""
    duty = stage.duty()
    late = Evidence(
        on=date(2026, 2, 2), serves=date(2025, 12, 31), label="Late", restriction=FROM_MANAGEMENT
    )
    with EVIDENCE.temporarily(
        EvidenceSource("tests.late", lambda as_of, duties: [(duty.pk, late)])
    ):
        found = {}
        for user in (secretary, management, secretary):
            seen = docket(stage, user=user)
            item = seen.open_item(f"charters.gap:duty-{duty.pk}:FY2025")
            listed = {each.key: each for each in seen.open_items()}
            assert item is not None
            assert listed[item.key] == item
            due = [each.due_on for each in seen.deadlines_of(DEADLINES.get("charters.duties"))]
            found[user.pk] = (item.because, len(item.late), item.offered, item.on in due)
    assert found[management.pk][1:] == (0, None, True)
    assert found[secretary.pk][1:] == (1, ClosedAs.COMPLETED_LATE, False)
    assert "February 2, 2026" in found[secretary.pk][0]
    assert "February" not in found[management.pk][0]


@committed
def test_a_closing_shows_at_once_and_to_each_as_they_may_read_it(stage: Stage) -> None:
    duty = stage.duty()
    key = f"charters.gap:duty-{duty.pk}:FY2025"
    assert docket(stage).open_item(key).is_open  # type: ignore[union-attr]
    stage.close_gap(duty, "FY2025")
    closing = docket(stage).open_item(key).closing  # type: ignore[union-attr]
    assert closing is not None
    assert closing.restriction.roles == {Role.MANAGEMENT}


def test_eight_threads_compute_it_once() -> None:
    """All who ask wait for the first, and have the very same."""
    kept = snapshots.Snapshot(Head(), Head)
    made: list[int] = []
    found: list[object] = []
    begin = threading.Barrier(8)

    def compute() -> object:
        made.append(threading.get_ident())
        return object()

    def ask() -> None:
        begin.wait()
        found.append(kept.part("part", compute))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len(found) == 8
    assert len(set(map(id, found))) == 1


@pytest.mark.postgres
@committed
def test_eight_threads_share_it_while_another_records(stage: Stage) -> None:
    """Whatever each of them reads is what the record said at that head."""
    duties = [stage.duty(title=f"Duty {number}") for number in range(4)]
    wrong: list[object] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            before = Completion.objects.count()
            found = docket(stage).standings
            shown = sum(len(each.evidence) for each in found.duties.values())
            if not before <= shown <= Completion.objects.count():
                wrong.append((before, shown))
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for duty in duties:
        for month in (1, 4, 7, 10):
            stage.complete(duty, date(2026, month, 5))
    over.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert sum(len(each.evidence) for each in docket(stage).standings.duties.values()) == 16


@pytest.mark.django_db
def test_as_many_dates_are_kept_as_are_useful(stage: Stage) -> None:
    for days in range(3 * snapshots.MOST):
        snapshots.of(stage.committee, TODAY - timedelta(days=days))
    assert len(snapshots._kept) == snapshots.MOST
    dates = {key[2] for key in snapshots._kept}
    assert TODAY not in dates


PLAIN = (str, int, bool, type(None), date, Enum, Restriction, bytes)


def impure(value: Any, path: str = "") -> Iterator[str]:
    """Where something in a value is no plain value."""
    if isinstance(value, partial):
        yield from impure(value.args, f"{path}()")
    elif is_dataclass(value):
        for each in fields(value):
            yield from impure(getattr(value, each.name), f"{path}.{each.name}")
    elif isinstance(value, dict):
        yield from impure(tuple(value.items()), path)
    elif isinstance(value, (tuple, frozenset)):
        for each in value:
            yield from impure(each, path)
    elif not isinstance(value, PLAIN):
        yield f"{path}: {type(value).__name__}"


@committed
def test_what_is_kept_is_plain(stage: Stage, secretary: User) -> None:
    duty = stage.duty(owner=secretary)
    stage.complete(duty, date(2026, 5, 5), date(2025, 12, 31))
    stage.duty(stage.size, layer=Layer.GOOD_PRACTICE)
    everything_of(docket(stage))
    (kept,) = snapshots._kept.values()
    assert len(kept._parts) > 20
    assert list(impure(kept._parts)) == []


def asked_of(duty: Any) -> tuple[list[object], Any]:
    """What each source is asked for, and these sources: one of evidence, one of open items."""
    asked: list[object] = []

    def load(as_of: AsOf, duties: Any) -> Iterator[tuple[int, Evidence]]:
        asked.append({each.pk for each in duties})
        yield from ()

    def find(as_of: AsOf, wanted: Any) -> Iterator[OpenItem]:
        asked.append("items")
        yield from ()

    sources = ExitStack()
    sources.enter_context(EVIDENCE.temporarily(EvidenceSource("tests.asked", load)))
    sources.enter_context(OPEN_ITEMS.temporarily(OpenItemSource("tests.others", find)))
    return asked, sources


@pytest.mark.django_db
def test_closing_one_open_item_reads_of_one_responsibility_alone(stage: Stage) -> None:
    """Under its lock no other check is run and no other history is read."""
    duty, _other = stage.duty(), stage.duty(title="Another")
    asked, sources = asked_of(duty)
    with sources:
        stage.close_gap(duty, "FY2025")
    assert asked == [{duty.pk}]


@committed
@pytest.mark.parametrize("page", ["open item", "clause", "duty"])
def test_page_of_one_thing_reads_of_it_alone(
    stage: Stage, client: Client, secretary: User, page: str
) -> None:
    """As the first page after an act; where all was computed already, of nothing."""
    duty, _other = stage.duty(), stage.duty(stage.size, title="Another")
    client.force_login(secretary)
    url = {
        "open item": f"/open-items/charters.gap:duty-{duty.pk}:FY2025/",
        "clause": stage.plan.get_absolute_url(),
        "duty": duty.get_absolute_url(),
    }[page]
    asked, sources = asked_of(duty)
    with sources, time_machine.travel(datetime(2026, 11, 20, 17, tzinfo=UTC)):
        assert client.get(url).status_code == 200
        assert [each for each in asked if each != {duty.pk}] == []
        assert len(asked) <= 1
        client.get("/charter/")
        asked.clear()
        assert client.get(url).status_code == 200
        assert asked == []


def urls_in_the_year(stage: Stage, user: User) -> set[str]:
    year = stage.company.calendar.year_of(TODAY)
    page = year_page(docket(stage, user=user), year, previous_url="", following_url="")
    return {mark.url for month in page.months for mark in month.marks}


@committed
@pytest.mark.parametrize("first", ["barred", "open"])
def test_the_year_marks_for_each_reader_what_is_open_to_them(
    stage: Stage, first: str, secretary: User, management: User
) -> None:
    duty = stage.duty()
    shown = Evidence(
        on=date(2026, 5, 5),
        serves=date(2026, 12, 31),
        url="/secret/",
        restriction=FROM_MANAGEMENT,
    )
    with EVIDENCE.temporarily(
        EvidenceSource("tests.shown", lambda as_of, duties: [(duty.pk, shown)])
    ):
        readers = [management, secretary] if first == "barred" else [secretary, management]
        found = {user.pk: urls_in_the_year(stage, user) for user in [*readers, *readers]}
    assert "/secret/" in found[secretary.pk]
    assert "/secret/" not in found[management.pk]


@committed
def test_a_notice_about_what_is_restricted_since_is_closed_at_once(
    stage: Stage, secretary: User
) -> None:
    """That nothing was closed to a reader is kept until an act closes something."""
    other = make_person("Una Other", Role.SECRETARY)
    at = datetime(2026, 11, 20, 15, tzinfo=UTC)
    event = events.enter_event(
        stage.committee,
        template="charters.blank",
        title="Letter",
        learned_on=TODAY,
        by=secretary,
        at=at,
    )
    with a_kind():
        owe(secretary, subject=event)
        for reader in (other, secretary, other):
            assert Notice.objects.visible_to(reader).filter(kind="tests.paper").exists()
        events.change_event(event, restricted_people={other.pk}, by=secretary, at=at)
        found = {
            reader.pk: Notice.objects.visible_to(reader).filter(kind="tests.paper").exists()
            for reader in (secretary, other)
        }
    assert found == {secretary.pk: True, other.pk: False}
