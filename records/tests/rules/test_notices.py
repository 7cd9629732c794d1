"""When a notice goes out, how long a mail waits, and which steps there are."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.calendar import Calendar, YearEnd
from records.enums import DeliveryState, NoticeState, Rhythm, Setback
from records.rules import notices as rules

NEW_YORK = ZoneInfo("America/New_York")
# Labor Day is a Monday, Thanksgiving a Thursday.
HOLIDAYS = frozenset({date(2026, 9, 7), date(2026, 11, 26)})
CALENDAR = Calendar((YearEnd(date.min, 12, 31),), HOLIDAYS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("ready", "rhythm", "goes_out"),
    [
        ("2026-08-05 10:00", Rhythm.AT_ONCE, "2026-08-05 10:00"),
        ("2026-08-05 03:00", Rhythm.AT_ONCE, "2026-08-05 03:00"),
        ("2026-08-08 10:00", Rhythm.AT_ONCE, "2026-08-10 07:00"),  # a Saturday
        ("2026-09-05 10:00", Rhythm.AT_ONCE, "2026-09-08 07:00"),  # before Labor Day
        ("2026-08-05 06:59", Rhythm.DAILY, "2026-08-05 07:00"),
        ("2026-08-05 07:00", Rhythm.DAILY, "2026-08-05 07:00"),
        ("2026-08-05 07:01", Rhythm.DAILY, "2026-08-06 07:00"),
        ("2026-08-07 10:00", Rhythm.DAILY, "2026-08-10 07:00"),  # a Friday
        ("2026-08-10 06:00", Rhythm.WEEKLY, "2026-08-10 07:00"),
        ("2026-08-10 10:00", Rhythm.WEEKLY, "2026-08-17 07:00"),
        ("2026-08-05 10:00", Rhythm.WEEKLY, "2026-08-10 07:00"),
        ("2026-09-03 10:00", Rhythm.WEEKLY, "2026-09-08 07:00"),  # the week begins on Tuesday
        ("2026-09-07 10:00", Rhythm.WEEKLY, "2026-09-08 07:00"),
        ("2026-09-08 10:00", Rhythm.WEEKLY, "2026-09-14 07:00"),
    ],
)
def test_goes_out_on_business_days(ready: str, rhythm: Rhythm, goes_out: str) -> None:
    found = rules.goes_out_at(
        at(ready), is_urgent=False, rhythm=rhythm, calendar=CALENDAR, zone=NEW_YORK
    )
    assert found == at(goes_out)


@pytest.mark.parametrize(
    ("now", "due", "is_urgent", "may"),
    [
        ("2026-08-07 16:59", None, False, False),  # before it is ready
        ("2026-08-07 16:59", None, True, False),
        ("2026-08-07 17:00", None, False, True),
        ("2026-08-08 00:10", None, False, False),  # missed on Friday, and a Saturday
        ("2026-08-08 00:10", None, True, True),
        ("2026-08-08 00:10", "2026-08-07", False, False),  # its date has passed
        ("2026-08-08 00:10", "2026-08-08", False, True),
        ("2026-08-08 00:10", "2026-08-09", False, True),  # would pass before Monday
        ("2026-08-08 00:10", "2026-08-10", False, False),
        ("2026-08-10 00:10", None, False, True),
    ],
)
def test_moment_that_was_missed_is_not_made_up_for_on_a_quiet_day(
    now: str, due: str | None, is_urgent: bool, may: bool
) -> None:
    found = rules.may_go_out(
        at(now),
        at("2026-08-07 17:00"),
        is_urgent=is_urgent,
        rhythm=Rhythm.AT_ONCE,
        calendar=CALENDAR,
        zone=NEW_YORK,
        due_on=date.fromisoformat(due) if due else None,
    )
    assert found == may


@pytest.mark.parametrize(
    ("ready", "due", "rhythm", "goes_out"),
    [
        # Tuesday; due on Thursday, before the digest of Monday.
        ("2026-08-04 10:00", "2026-08-06", Rhythm.WEEKLY, "2026-08-04 10:00"),
        ("2026-08-04 10:00", "2026-08-09", Rhythm.WEEKLY, "2026-08-04 10:00"),
        ("2026-08-04 10:00", "2026-08-10", Rhythm.WEEKLY, "2026-08-10 07:00"),
        ("2026-08-04 10:00", "2026-08-04", Rhythm.DAILY, "2026-08-04 10:00"),
        ("2026-08-04 10:00", "2026-08-05", Rhythm.DAILY, "2026-08-05 07:00"),
        # Saturday: on Monday, or at once where that is too late.
        ("2026-08-08 10:00", "2026-08-11", Rhythm.WEEKLY, "2026-08-10 07:00"),
        ("2026-08-08 10:00", "2026-08-09", Rhythm.AT_ONCE, "2026-08-08 10:00"),
        ("2026-08-08 10:00", "2026-08-08", Rhythm.WEEKLY, "2026-08-08 10:00"),
        # Saturday evening before Labor Day, due on that day.
        ("2026-09-05 20:00", "2026-09-07", Rhythm.WEEKLY, "2026-09-05 20:00"),
        # Thanksgiving, due the day after: on that morning, not with the digest of Monday.
        ("2026-11-26 10:00", "2026-11-27", Rhythm.WEEKLY, "2026-11-27 07:00"),
        # The date has passed already: nothing is held back from it.
        ("2026-08-04 10:00", "2026-08-03", Rhythm.WEEKLY, "2026-08-10 07:00"),
    ],
)
def test_digest_holds_back_no_reminder_past_its_date(
    ready: str, due: str, rhythm: Rhythm, goes_out: str
) -> None:
    terms = {
        "is_urgent": False,
        "rhythm": rhythm,
        "calendar": CALENDAR,
        "zone": NEW_YORK,
        "due_on": date.fromisoformat(due),
    }
    assert rules.goes_out_at(at(ready), **terms) == at(goes_out)
    assert rules.may_go_out(at(goes_out), at(ready), **terms)


@given(
    minutes=st.integers(0, 20 * 366 * 24 * 60),
    days=st.integers(0, 60),
    rhythm=st.sampled_from(Rhythm),
)
def test_whatever_is_ready_in_time_goes_out_in_time(
    minutes: int, days: int, rhythm: Rhythm
) -> None:
    ready = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    due = ready.astimezone(NEW_YORK).date() + timedelta(days=days)
    terms = {"is_urgent": False, "rhythm": rhythm, "calendar": CALENDAR, "zone": NEW_YORK}
    found = rules.goes_out_at(ready, due_on=due, **terms)
    assert ready <= found
    assert found.astimezone(NEW_YORK).date() <= due
    assert rules.may_go_out(found, ready, due_on=due, **terms)


@pytest.mark.parametrize("rhythm", Rhythm)
def test_urgent_knows_no_quiet_day(rhythm: Rhythm) -> None:
    sunday = at("2026-08-09 23:00")
    assert (
        rules.goes_out_at(sunday, is_urgent=True, rhythm=rhythm, calendar=CALENDAR, zone=NEW_YORK)
        == sunday
    )


@given(minutes=st.integers(0, 20 * 366 * 24 * 60), rhythm=st.sampled_from(Rhythm))
def test_goes_out_in_time_and_never_on_a_quiet_day(minutes: int, rhythm: Rhythm) -> None:
    ready = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = rules.goes_out_at(
        ready, is_urgent=False, rhythm=rhythm, calendar=CALENDAR, zone=NEW_YORK
    )
    longest = {Rhythm.AT_ONCE: 4, Rhythm.DAILY: 5, Rhythm.WEEKLY: 9}[rhythm]
    assert ready <= found <= ready + timedelta(days=longest)
    assert CALENDAR.is_business_day(found.astimezone(NEW_YORK).date())


@pytest.mark.parametrize(
    ("tries", "minutes"), [(1, 1), (2, 2), (3, 5), (4, 10), (5, 30), (6, 60), (7, 60), (500, 60)]
)
def test_waits_grow_to_an_hour(tries: int, minutes: int) -> None:
    assert rules.wait_after(tries) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("setback", "state"),
    [
        (Setback.UNREACHABLE, DeliveryState.WAITING),
        (Setback.SIGN_IN, DeliveryState.WAITING),
        (Setback.SETTINGS, DeliveryState.WAITING),
        (Setback.LATER, DeliveryState.WAITING),
        (Setback.SENDER, DeliveryState.WAITING),
        (Setback.UNWRITTEN, DeliveryState.WAITING),
        (Setback.RECIPIENT, DeliveryState.FAILED),
        (Setback.CONTENT, DeliveryState.FAILED),
        (Setback.ADDRESS, DeliveryState.FAILED),
    ],
)
def test_setback_that_trying_again_may_mend_waits(setback: Setback, state: DeliveryState) -> None:
    assert rules.after_setback(setback) == state


def test_outage_stops_the_other_emails_of_a_run() -> None:
    assert {
        Setback.UNREACHABLE,
        Setback.SIGN_IN,
        Setback.SETTINGS,
        Setback.UNWRITTEN,
    } == rules.OUTAGES


def test_every_state_has_its_steps() -> None:
    assert set(rules.DELIVERY_STEPS) == set(DeliveryState)
    assert set(rules.NOTICE_STEPS) == set(NoticeState)


def test_nothing_leads_out_of_uncertain_but_a_person_or_late_word() -> None:
    assert rules.DELIVERY_STEPS[DeliveryState.UNCERTAIN] == {
        DeliveryState.WAITING,
        DeliveryState.DELIVERED,
        DeliveryState.VOID,
    }
    assert DeliveryState.UNCERTAIN not in rules.origins(DeliveryState.CLAIMED)


def test_person_sends_again_what_may_wait_again() -> None:
    assert rules.origins(DeliveryState.WAITING) >= rules.FOR_A_PERSON


def test_notice_is_carried_once_and_ends_once() -> None:
    assert rules.notice_origins(NoticeState.CARRIED) == {NoticeState.OWED}
    assert rules.notice_origins(NoticeState.WITHDRAWN) == {NoticeState.OWED, NoticeState.CARRIED}


@pytest.mark.parametrize("state", [DeliveryState.DELIVERED, DeliveryState.VOID])
def test_what_is_over_stays(state: DeliveryState) -> None:
    assert rules.DELIVERY_STEPS[state] == frozenset()


def test_tables_of_steps() -> None:
    owed, carried, withdrawn, cancelled = (
        NoticeState.OWED,
        NoticeState.CARRIED,
        NoticeState.WITHDRAWN,
        NoticeState.CANCELLED,
    )
    assert {
        owed: {carried, withdrawn, cancelled},
        carried: {withdrawn, cancelled},
        withdrawn: set(),
        cancelled: set(),
    } == rules.NOTICE_STEPS
    state = DeliveryState
    assert {
        state.WAITING: {state.CLAIMED, state.VOID},
        state.CLAIMED: {
            state.DELIVERED,
            state.WAITING,
            state.UNCERTAIN,
            state.FAILED,
            state.VOID,
        },
        state.UNCERTAIN: {state.WAITING, state.DELIVERED, state.VOID},
        state.FAILED: {state.WAITING, state.VOID},
        state.DELIVERED: set(),
        state.VOID: set(),
    } == rules.DELIVERY_STEPS
    assert {state.UNCERTAIN, state.FAILED} == rules.FOR_A_PERSON
    assert {state.UNCERTAIN, state.FAILED, state.WAITING} == rules.IN_NOBODYS_HAND


def test_times_that_are_promised() -> None:
    assert timedelta(minutes=15) == rules.STALE_AFTER
    assert timedelta(days=365) == rules.KEPT_FOR
    assert (rules.MORNING.hour, rules.MORNING.minute) == (7, 0)
