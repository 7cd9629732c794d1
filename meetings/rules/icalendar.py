"""A calendar as text (RFC 5545), written so that Outlook, Google and Apple read it alike.

Times are UTC, so that no reader needs a table of time zones. Nothing depends on when it is asked:
the same entries make the same bytes. Pure: no database and no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

PRODUCT = "-//Charter portal//Calendar 1//EN"
LINE_OCTETS = 75
# Control characters but the tab (RFC 5545, 3.1); line breaks are written as the format asks.
FORBIDDEN = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {ord("\t")})


class Status(StrEnum):
    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Entry:
    """An entry of a calendar: from an instant to another, or a whole date.

    uid       never changes, and names no person
    changed   when it last changed
    sequence  how often it was changed
    """

    uid: str
    summary: str
    description: str
    url: str
    changed: datetime
    sequence: int = 0
    status: Status = Status.CONFIRMED
    starts: datetime | None = None
    ends: datetime | None = None
    on: date | None = None

    def __post_init__(self) -> None:
        if (self.on is None) == (self.starts is None):
            raise ValueError(f"{self.uid}: an entry is of a date or of an instant.")
        if self.starts is not None and (self.ends is None or self.ends <= self.starts):
            raise ValueError(f"{self.uid}: an entry ends after it starts.")

    @property
    def is_busy(self) -> bool:
        """Whether it takes the reader's time: neither a date nor what is canceled does."""
        return self.on is None and self.status is not Status.CANCELLED


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """The calendar with its entries, in their order. One without entries still has a component, for
    readers refuse it otherwise."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    written = [line for entry in entries for line in _event(entry)]
    lines += written or _no_events()
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{_instant(entry.changed)}"
    yield f"LAST-MODIFIED:{_instant(entry.changed)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"STATUS:{entry.status}"
    yield f"SUMMARY:{_text(entry.summary)}"
    if entry.on is not None:
        # The end is the first date after it.
        yield f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}"
    elif entry.starts is not None and entry.ends is not None:
        yield f"DTSTART:{_instant(entry.starts)}"
        yield f"DTEND:{_instant(entry.ends)}"
    yield f"TRANSP:{'OPAQUE' if entry.is_busy else 'TRANSPARENT'}"
    yield f"DESCRIPTION:{_text(entry.description)}"
    yield f"URL:{entry.url}"
    yield "END:VEVENT"


def _no_events() -> list[str]:
    """A time zone without transitions: a component that shows nothing."""
    return [
        "BEGIN:VTIMEZONE",
        "TZID:Etc/UTC",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0000",
        "TZNAME:UTC",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Escaped as the format asks (RFC 5545, 3.3.11), without the control characters it forbids."""
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return "\\n".join(line.translate(FORBIDDEN) for line in text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never within a character; all but the first begin
    with a space."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LINE_OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    yield piece
