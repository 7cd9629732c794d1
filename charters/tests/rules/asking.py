"""Questions to the law of standings, as its tests ask them: dates are written as text."""

from datetime import date
from typing import Any

from charters.enums import Standing
from charters.rules.terms import Evidence, Holding, Occurrence, Question, Ruling, Settings, Terms
from records.calendar import Calendar, YearEnd

CALENDAR_YEAR = Calendar((YearEnd(date.min, 12, 31),))
JUNE_YEAR = Calendar((YearEnd(date.min, 6, 30),))
FEBRUARY_YEAR = Calendar((YearEnd(date.min, 2, 30),))
LAST_SATURDAY_OF_JANUARY = Calendar((YearEnd(date.min, 1, 31, weekday=5),))
JUNE_THEN_DECEMBER = Calendar((YearEnd(date.min, 6, 30), YearEnd(date(2026, 10, 1), 12, 31)))

ONE_MONTH = Calendar((YearEnd(date.min, 12, 31), YearEnd(date(2026, 1, 1), 1, 31)))

ON_FILE, DUE, NOT_ON_FILE, OPEN = (
    Standing.ON_FILE,
    Standing.DUE,
    Standing.NOT_ON_FILE,
    Standing.OPEN,
)
NOT_APPLICABLE, BEFORE_RECORDS_BEGIN = Standing.NOT_APPLICABLE, Standing.BEFORE_RECORDS_BEGIN


def day(text: str) -> date:
    return date.fromisoformat(text)


def done(on: str, serves: str | None = None) -> Evidence:
    return Evidence(day(on), day(serves or on))


def ask(
    as_of: str,
    *evidence: Evidence,
    calendar: Calendar = CALENDAR_YEAR,
    begin: str = "2024-01-01",
    twelve_months: bool = False,
    closed: frozenset[str] = frozenset(),
    holding: Holding | None = None,
    occurrences: list[Occurrence] | None = None,
    **terms: object,
) -> Question:
    settings = Settings(calendar, day(begin), twelve_months)
    return Question(Terms(**terms), day(as_of), settings, evidence, closed, holding, occurrences)


def arose(on: str, due: str | None = None, dealt: str | None = None) -> Occurrence:
    return Occurrence(day(on), day(due) if due else None, day(dealt) if dealt else None)


def told(ruling: Ruling) -> tuple[Any, ...]:
    """A whole ruling: its records by the date, and by the date that they serve where it differs."""
    records = [
        f"{e.on}" if e.on == e.serves else f"{e.on} serves {e.serves}" for e in ruling.evidence
    ]
    due = ruling.due_on and ruling.due_on.isoformat()
    facts = {name: fact_told(value) for name, value in ruling.facts.items()}
    return ruling.standing, ruling.reason, due, records, facts


def fact_told(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "key", value)
