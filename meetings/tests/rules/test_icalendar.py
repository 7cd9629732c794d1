"""The calendar as text, read by a parser that is not ours (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meetings.rules.icalendar import Entry, Status, calendar

CHANGED = datetime(2026, 10, 5, 15, tzinfo=UTC)
INSTANTS = st.integers(631_152_000, 7_226_582_400).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
# What a person may type into the name of a committee, and what a hand-written file may hold.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=90)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    terms: dict[str, Any] = {"on": draw(st.dates(date(1990, 1, 1), date(2199, 1, 1)))}
    if draw(st.booleans()):
        starts = draw(INSTANTS)
        terms = {"starts": starts, "ends": starts + timedelta(minutes=draw(st.integers(1, 1440)))}
    return Entry(
        uid=f"meeting-{draw(st.integers(1))}@portal.example.com",
        summary=draw(TEXTS),
        description=draw(TEXTS),
        url="https://portal.example.com/sign-in/?next=%2Fmeetings%2F1%2F",
        changed=draw(INSTANTS),
        sequence=draw(st.integers(0, 2**31 - 1)),
        status=draw(st.sampled_from(Status)),
        **terms,
    )


def parsed(body: bytes) -> icalendar.Calendar:
    """As a calendar program reads it, with no fault found in any component."""
    found = icalendar.Calendar.from_ical(body)
    assert isinstance(found, icalendar.Calendar)
    assert [component.errors for component in found.walk() if component.errors] == []
    return found


def as_text(typed: str) -> str:
    """The text as it can be carried: each kind of line break is one, other controls are left out."""
    lines = typed.splitlines()
    return "\n".join("".join(c for c in line if c == "\t" or not _is_control(c)) for line in lines)


def _is_control(character: str) -> bool:
    return ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0


@given(st.lists(entries(), max_size=4, unique_by=lambda entry: entry.uid))
@example([])
def test_parser_reads_what_was_written(written: list[Entry]) -> None:
    read = parsed(calendar("Meetings", written)).walk("VEVENT")
    assert len(read) == len(written)
    for event, entry in zip(read, written, strict=True):
        assert str(event["UID"]) == entry.uid
        assert str(event["SUMMARY"]) == as_text(entry.summary)
        assert str(event["DESCRIPTION"]) == as_text(entry.description)
        assert str(event["URL"]) == entry.url
        assert str(event["STATUS"]) == entry.status
        assert int(event["SEQUENCE"]) == entry.sequence
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == entry.changed
        if entry.on:
            assert event["DTSTART"].dt == entry.on
            assert event["DTEND"].dt == entry.on + timedelta(days=1)
        else:
            assert (event["DTSTART"].dt, event["DTEND"].dt) == (entry.starts, entry.ends)
        takes_time = entry.on is None and entry.status is not Status.CANCELLED
        assert str(event["TRANSP"]) == ("OPAQUE" if takes_time else "TRANSPARENT")


@given(TEXTS, st.lists(entries(), max_size=3, unique_by=lambda entry: entry.uid))
def test_lines_end_and_fold_as_the_format_asks(name: str, written: list[Entry]) -> None:
    body = calendar(name, written)
    lines = body.split(b"\r\n")
    assert lines.pop() == b""
    for line in lines:
        assert len(line) <= 75
        assert b"\r" not in line
        assert b"\n" not in line
        line.decode()  # no character is cut in two
    assert len(parsed(body).walk("VEVENT")) == len(written)


@given(st.lists(entries(), max_size=3, unique_by=lambda entry: entry.uid))
def test_every_time_is_utc_and_no_table_of_time_zones_is_used(written: list[Entry]) -> None:
    read = parsed(calendar("Meetings", written))
    for event in read.walk("VEVENT"):
        for name in ("DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED"):
            at = event[name].dt
            assert not isinstance(at, datetime) or at.utcoffset() == timedelta(0)
            assert "TZID" not in event[name].params
    assert "METHOD" not in read


def test_calendar_without_entries_holds_one_component() -> None:
    read = parsed(calendar("Meetings", []))
    [component] = read.subcomponents
    assert component.name == "VTIMEZONE"


def test_instant_of_another_zone_is_written_in_utc() -> None:
    starts = datetime(2026, 11, 4, 9, tzinfo=ZoneInfo("America/New_York"))
    entry = Entry(
        uid="1@localhost",
        summary="Meeting",
        description="",
        url="https://portal.example.com/",
        changed=CHANGED,
        starts=starts,
        ends=starts + timedelta(hours=2),
    )
    assert b"\r\nDTSTART:20261104T140000Z\r\n" in calendar("Meetings", [entry])


@pytest.mark.parametrize("wrong", [{}, {"on": CHANGED.date(), "starts": CHANGED}])
def test_an_entry_is_of_a_date_or_of_an_instant(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="an entry"):
        Entry(uid="1", summary="", description="", url="", changed=CHANGED, **wrong)


def written(**terms: Any) -> Entry:
    given = {"uid": "7@localhost", "summary": "Meeting", "description": "", "url": "https://p/"}
    return Entry(**{**given, "changed": CHANGED, **terms})


def test_calendar_is_written_line_by_line() -> None:
    starts = datetime(2026, 11, 4, 14, tzinfo=UTC)
    first = written(
        summary="Audit; Committee, \\ one",
        description="Line one\nline\x07 two\ttab",
        sequence=3,
        starts=starts,
        ends=starts + timedelta(minutes=30),
    )
    second = written(on=date(2026, 12, 31), status=Status.TENTATIVE, description="é" * 40)
    assert calendar("Meetings, all", [first, second]).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Charter portal//Calendar 1//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Meetings\\, all",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "BEGIN:VEVENT",
        "UID:7@localhost",
        "DTSTAMP:20261005T150000Z",
        "LAST-MODIFIED:20261005T150000Z",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "SUMMARY:Audit\\; Committee\\, \\\\ one",
        "DTSTART:20261104T140000Z",
        "DTEND:20261104T143000Z",
        "TRANSP:OPAQUE",
        "DESCRIPTION:Line one\\nline two\ttab",
        "URL:https://p/",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:7@localhost",
        "DTSTAMP:20261005T150000Z",
        "LAST-MODIFIED:20261005T150000Z",
        "SEQUENCE:0",
        "STATUS:TENTATIVE",
        "SUMMARY:Meeting",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "TRANSP:TRANSPARENT",
        # 12 octets and 31 letters of two; the 32nd would be octet 76.
        f"DESCRIPTION:{'é' * 31}",
        f" {'é' * 9}",
        "URL:https://p/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_calendar_without_entries_is_a_time_zone_that_shows_nothing() -> None:
    lines = calendar("Meetings", []).decode().split("\r\n")
    assert lines[7:] == [
        "BEGIN:VTIMEZONE",
        "TZID:Etc/UTC",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0000",
        "TZNAME:UTC",
        "END:STANDARD",
        "END:VTIMEZONE",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("terms", "is_busy"),
    [
        ({"starts": CHANGED, "ends": CHANGED + timedelta(minutes=1)}, True),
        (
            {
                "starts": CHANGED,
                "ends": CHANGED + timedelta(minutes=1),
                "status": Status.CANCELLED,
            },
            False,
        ),
        ({"on": CHANGED.date()}, False),
        ({"on": CHANGED.date(), "status": Status.CANCELLED}, False),
    ],
)
def test_what_takes_the_readers_time(terms: dict[str, Any], is_busy: bool) -> None:
    assert written(**terms).is_busy is is_busy


@pytest.mark.parametrize("ends", [None, CHANGED, CHANGED - timedelta(minutes=1)])
def test_an_entry_ends_after_it_starts(ends: datetime | None) -> None:
    with pytest.raises(ValueError, match="ends after"):
        written(starts=CHANGED, ends=ends)


@pytest.mark.parametrize("length", [67, 68, 141, 142])
def test_a_line_is_folded_at_75_octets(length: int) -> None:
    """SUMMARY: and 67 letters are 75 octets; each piece after it has a space and 74."""
    found = calendar("Meetings", [written(on=date(2026, 1, 1), summary="x" * length)]).decode()
    folded = [each for each in found.split("\r\n") if "x" * 60 in each or each.strip() == "x"]
    assert folded[0] == f"SUMMARY:{'x' * 67}"
    assert folded[1:] == [f" {'x' * min(74, length - start)}" for start in range(67, length, 74)]


def test_control_characters_are_left_out_and_their_neighbors_kept() -> None:
    typed = "a\x00b\x1fc d~e\x7ff\x80g\x9fh\xa0i\tj"
    found = calendar("Meetings", [written(on=date(2026, 1, 1), summary=typed)]).decode()
    assert "\r\nSUMMARY:abc d~efgh\xa0i\tj\r\n" in found
