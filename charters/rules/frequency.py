"""How often a clause asks for something, read from its own words. No database, no clock."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from charters.rules.catalogue import Cadence, CatalogueDuty, CatalogueKind, Layer

NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve".split()
)  # their places are their values
NUMBER = rf"(?P<number>once|twice|thrice|{'|'.join(NUMBERS[1:])}|\d{{1,2}})(?: \(\d{{1,2}}\))?"
YEAR = r"(?:(?:a|per|each|every|any|the|in|during)\s+)*(?:(?:fiscal|calendar)\s+)?year"
AT_LEAST = r"(?:,?\s*\b(?:or more|or oftener|at least|at the least|at a minimum)\b,?)?"
COUNTED = [
    re.compile(
        rf"\b{NUMBER}\s+(?:(?:regular|regularly|scheduled|or|more)\s+)*(?:times?|meetings?|occasions?)?"
        rf"{AT_LEAST}\s*(?:{YEAR}|annually|yearly)\b",
        re.I,
    ),
    re.compile(rf"\b(?P<number>twice|once|thrice)\s+(?:{YEAR}|annually|yearly)\b", re.I),
]
NOUN = (
    r"(?! (?:and annual |or annual |and year-end )?(?:financial|statements?|reports?|earnings"
    r"|results|reviews?|filings?|releases?|information|unaudited|consolidated|interim|form))"
)


class Frequency(NamedTuple):
    """`times` in a fiscal year, each quarter, or every so many `months`."""

    cadence: Cadence
    times: int = 1
    months: int = 12

    @property
    def per_year(self) -> float:
        if self.cadence is Cadence.QUARTERLY:
            return 4.0
        return float(self.times) if self.cadence is Cadence.TIMES else 12 / self.months


YEARLY = Frequency(Cadence.TIMES, 1)
HALF_YEARLY = Frequency(Cadence.TIMES, 2)
QUARTERLY = Frequency(Cadence.QUARTERLY)
MONTHLY = Frequency(Cadence.MONTHS, 1, 1)
FIXED: list[tuple[re.Pattern[str], Frequency]] = [
    (re.compile(pattern, re.I), frequency)
    for pattern, frequency in (
        (r"\bevery (?:three|3) years\b|\btriennial", Frequency(Cadence.MONTHS, 1, 36)),
        (r"\bevery (?:two|2|other|second) years?\b|\bbiennial", Frequency(Cadence.MONTHS, 1, 24)),
        (r"\bevery (?:six|6) months\b|\bsemi-?annual(?:ly)?\b|\bhalf-?yearly\b", HALF_YEARLY),
        (r"\bmonthly\b|\b(?:each|every|once a) month\b", MONTHLY),
        (
            rf"\bquarterly\b{NOUN}|\b(?:each|every|once (?:a|per)|per) (?:fiscal )?quarter\b",
            QUARTERLY,
        ),
        (
            r"\bannually\b|\byearly\b|\b(?:each|every|per) (?:fiscal |calendar )?year\b"
            r"|\bonce a year\b|\bannual (?:basis|review of|evaluation|assessment|performance)\b",
            YEARLY,
        ),
    )
]


def stated_frequency(text: str) -> Frequency | None:
    """The frequency a clause states; None where it gives none, or several.

    "Quarterly statements" are a kind of statements; "periodically" leaves it open.
    """
    found = set(_frequencies(" ".join(text.split())))
    return found.pop() if len(found) == 1 else None


def frequency_of(entry: CatalogueDuty) -> Frequency:
    return Frequency(entry.cadence, entry.times, entry.months)


def asked(entry: CatalogueDuty, text: str) -> Frequency:
    """How often the duty is due on a clause with these words.

    The clause's own frequency governs what the charter asks; what the law asks is never asked
    less often than the law does.
    """
    own, stated = frequency_of(entry), stated_frequency(text)
    if stated is None or entry.kind is not CatalogueKind.RECURRING or not entry.is_counted:
        return own
    if entry.layer is not Layer.CHARTER and stated.per_year <= own.per_year:
        return own
    return own if stated.per_year == own.per_year else stated


def as_asked(entry: CatalogueDuty) -> CatalogueDuty:
    """A habit of good practice that a clause asks for without saying how often: once a year.

    What comes with each filing or release keeps its pace.
    """
    if not entry.is_counted or frequency_of(entry).per_year == 1:
        return entry
    return replace(entry, cadence=Cadence.TIMES, times=1, due_month=12)


def with_words_of(entry: CatalogueDuty, text: str) -> CatalogueDuty:
    """The duty as a clause with these words asks for it: how often, by when, and its title.

    What goes beyond the law because the charter says so is a duty of the charter.
    """
    frequency = asked(entry, text)
    if frequency == frequency_of(entry):
        return entry
    quarter = frequency.cadence is Cadence.QUARTERLY
    due_month = (
        3 if quarter else entry.due_month if frequency == YEARLY and entry.times == 1 else 12
    )
    in_a_year = int(frequency.per_year)
    title = (
        entry.counted_title.format(times=NUMBERS[in_a_year])
        if entry.counted_title and 1 < in_a_year < len(NUMBERS)
        else entry.title
    )
    return replace(
        entry,
        title=title,
        cadence=frequency.cadence,
        times=frequency.times,
        months=frequency.months,
        due_month=due_month,
        due_day=None,
        layer=Layer.CHARTER,
    )


def _frequencies(text: str) -> Iterator[Frequency]:
    for counted in COUNTED:
        for match in counted.finditer(text):
            yield _times(match["number"].lower())
        text = counted.sub(" ", text)
    for pattern, frequency in FIXED:
        if pattern.search(text):
            yield frequency
            text = pattern.sub(" ", text)


def _times(number: str) -> Frequency:
    words = {"once": 1, "twice": 2, "thrice": 3}
    count = words.get(number) or (int(number) if number.isdigit() else NUMBERS.index(number))
    return Frequency(Cadence.TIMES, count)
