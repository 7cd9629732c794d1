"""When a charter says it was adopted and took effect, in the lines at its head or foot."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from charters.reading.headings import DATED

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"
WRITTEN = [
    re.compile(rf"\b{MONTH}\s+{DAY},?\s+{YEAR}\b", re.I),
    re.compile(rf"\b{DAY}\s+(?:day\s+of\s+)?{MONTH},?\s+{YEAR}\b", re.I),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
    re.compile(r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})\b"),
]
ACT = re.compile(
    r"\b(?P<effective>effective|in effect|in force)\b"
    r"|\b(?P<seen>reviewed|re-?affirmed|re-?confirmed|posted|printed)\b"
    r"|\b(?P<adopted>adopted|approved|amended|restated|revised|ratified|updated|dated)\b",
    re.I,
)
LONGEST_LINE = 40  # words


class Adoption(NamedTuple):
    """What the charter says of its adoption: the dates it gives, and its own words."""

    adopted_on: date | None = None
    effective_on: date | None = None
    words: tuple[str, ...] = ()


class _Event(NamedTuple):
    act: str
    on: date
    is_boards: bool


def adoption(lines: Iterable[str], today: date) -> Adoption:
    """The last adoption by the Board, up to today, among lines that stand beside the clauses.

    A line on the committee's own approval counts where none names the Board. A later date of
    effect is that of the same adoption. Reviews change nothing, and a month is no date.
    """
    said = [line for line in lines if _tells(line)]
    events = [event for line in said for event in _events(line)]
    adopted = [each for each in events if each.act == "adopted" and each.on <= today]
    adopted = [each for each in adopted if each.is_boards] or adopted
    adopted_on = max((each.on for each in adopted), default=None)
    effective = [each.on for each in events if each.act == "effective"]
    later = [on for on in effective if adopted_on is None or on >= adopted_on]
    return Adoption(adopted_on, max(later, default=None), tuple(said))


def dates_in(text: str) -> list[tuple[int, date]]:
    """The dates of a text with where each begins, in order; impossible ones left out."""
    found: dict[int, date] = {}
    for form in WRITTEN:
        for match in form.finditer(text):
            if day := _date(match):
                found.setdefault(match.start(), day)
    return sorted(found.items())


def _tells(line: str) -> bool:
    return bool(DATED.match(line) or ACT.search(line)) and len(line.split()) <= LONGEST_LINE


def _events(line: str) -> Iterator[_Event]:
    """Each date with the acts that stand between it and the date before."""
    start = 0
    for place, on in dates_in(line):
        acts = [match.lastgroup or "" for match in ACT.finditer(line, start, place)]
        is_boards = not re.search(r"\bby the (?:audit )?committee\b", line[start:place], re.I)
        if "effective" in acts:
            yield _Event("effective", on, is_boards)
        elif "adopted" in acts and "seen" not in acts[-1:]:
            yield _Event("adopted", on, is_boards)
        start = place
    return


def _date(match: re.Match[str]) -> date | None:
    month, year = match["month"], int(match["year"])
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    try:
        return date(year + 2000 if year < 100 else year, number, int(match["day"]))
    except ValueError:
        return None
