"""Rule-data: what law can change, dated and cited, in one table (thresholds, due days, forms).

The TOML files beside this module hold it, to be read and corrected by a lawyer. A rule has one value
on every day from its first one on: values that overlap or leave a gap are refused when the table is
read. What has only been proposed is listed and never looked up; it takes effect when somebody gives
it its first day.

Pure: no database, no clock. The day is an argument.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import Any, TypeAlias, TypeGuard

from records.calendar import DAY

FILES = (
    "periodic_reports",
    "filer_status",
    "current_reports",
    "annual_meeting",
    "board",
    "committee",
    "independence",
    "auditors",
)
KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")

Amount: TypeAlias = int | Decimal | Fraction | str | tuple[str, ...]


class RuleDataError(ValueError):
    """The table cannot be used as it is written."""


class NotInTableError(LookupError):
    """The table has no such rule, or no value of it on that day."""


class Unit(StrEnum):
    CALENDAR_DAYS = "calendar days"
    BUSINESS_DAYS = "business days"
    REPORTS = "reports a year"
    YEARS = "years"
    HOURS = "hours"
    NUMBER = "number"
    USD = "USD"
    PERCENT = "percent"
    FRACTION = "fraction"
    FORM = "form"
    CATEGORIES = "filer categories"


WHOLE_NUMBERS = frozenset(Unit) - {Unit.USD, Unit.FRACTION, Unit.FORM, Unit.CATEGORIES}


@dataclass(frozen=True)
class Value:
    """What a rule says from `first` on, through `last`; `last` is None while it is in force.

    `is_older`: it was in force before `first` already; the table does not go further back.
    """

    first: date
    last: date | None
    amount: Amount
    citation: str
    is_older: bool = False

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Proposal:
    """What a rule would say if a proposal were adopted."""

    amount: Amount
    source: str


@dataclass(frozen=True)
class Rule:
    """One rule of the table. `looked_up_by` names the day that decides which value applies."""

    key: str
    group: str
    title: str
    unit: Unit
    looked_up_by: str
    values: tuple[Value, ...]
    proposals: tuple[Proposal, ...] = ()

    def value_on(self, day: date) -> Value:
        """The value on a day. Raises NotInTableError before the first and after a repeal."""
        for value in self.values:
            if value.covers(day):
                return value
        first, last = self.values[0].first, self.values[-1].last
        span = f"from {first.isoformat()}" + (f" to {last.isoformat()}" if last else "")
        raise NotInTableError(
            f"{self.key} has no value on {day.isoformat()}: the table has it {span}."
        )


@dataclass(frozen=True)
class RuleData:
    """The whole table, in the order in which it is written."""

    rules: Mapping[str, Rule]

    def rule(self, key: str) -> Rule:
        if key not in self.rules:
            raise NotInTableError(f"The table has no rule {key}.")
        return self.rules[key]

    def value_on(self, key: str, day: date) -> Value:
        """What a rule says on a day, with its citation."""
        return self.rule(key).value_on(day)

    def number_on(self, key: str, day: date) -> int:
        """A whole number: days, years, hours, percent."""
        amount = self.value_on(key, day).amount
        if not isinstance(amount, int):
            raise TypeError(f"{key} is no whole number but in {self.rule(key).unit}.")
        return amount

    def usd_on(self, key: str, day: date) -> Decimal:
        """An amount in US dollars."""
        amount = self.value_on(key, day).amount
        if not isinstance(amount, Decimal):
            raise TypeError(f"{key} is no amount of money but in {self.rule(key).unit}.")
        return amount


def read(*texts: str) -> RuleData:
    """The table from its TOML. Raises RuleDataError for what a table may not hold."""
    rules: dict[str, Rule] = {}
    for text in texts:
        for rule in _rules(text):
            if rule.key in rules:
                raise RuleDataError(f"{rule.key} is in the table twice.")
            rules[rule.key] = rule
    return RuleData(MappingProxyType(rules))


def _rules(text: str) -> Iterable[Rule]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleDataError(f"The table is not TOML: {error}.") from error
    group = _text(table, "group", "The table")
    for row in table.get("rule", ()):
        yield _rule(row, group)


def _rule(row: dict[str, Any], group: str) -> Rule:
    key = _text(row, "key", "A rule")
    if not KEY.fullmatch(key):
        raise RuleDataError(f"{key!r} is no key: write it like form_10k.days.accelerated.")
    _refuse_unknown(row, {"key", "title", "unit", "looked_up_by", "value", "proposal"}, key)
    unit = _unit(row, key)
    values = tuple(_value(each, unit, key) for each in row.get("value", ()))
    _refuse_overlaps_and_gaps(values, key)
    return Rule(
        key=key,
        group=group,
        title=_text(row, "title", key),
        unit=unit,
        looked_up_by=_text(row, "looked_up_by", key),
        values=values,
        proposals=tuple(_proposal(each, unit, key) for each in row.get("proposal", ())),
    )


def _value(row: dict[str, Any], unit: Unit, key: str) -> Value:
    _refuse_unknown(row, {"from", "until", "amount", "citation", "is_older"}, key)
    first, last = _day(row, "from", key), _day(row, "until", key) if "until" in row else None
    if last is not None and last < first:
        raise RuleDataError(f"{key} ends on {last.isoformat()}, before it begins.")
    is_older = row.get("is_older", False)
    if not isinstance(is_older, bool):
        raise RuleDataError(f"{key}: is_older is true or false.")
    citation = _text(row, "citation", key)
    return Value(first, last, _amount(row, unit, key), citation, is_older)


def _proposal(row: dict[str, Any], unit: Unit, key: str) -> Proposal:
    _refuse_unknown(row, {"amount", "source"}, key)
    return Proposal(_amount(row, unit, key), _text(row, "source", key))


def _refuse_overlaps_and_gaps(values: tuple[Value, ...], key: str) -> None:
    if not values:
        raise RuleDataError(f"{key} has no value.")
    if any(value.is_older for value in values[1:]):
        raise RuleDataError(f"{key}: only the first value can be older than the table.")
    for earlier, later in pairwise(values):
        if earlier.last is None or later.first <= earlier.last:
            raise RuleDataError(f"{key} has two values on {later.first.isoformat()}.")
        if later.first != earlier.last + DAY:
            missing = (earlier.last + DAY).isoformat()
            raise RuleDataError(f"{key} has no value on {missing}.")


def _refuse_unknown(row: dict[str, Any], known: set[str], key: str) -> None:
    if unknown := sorted(row.keys() - known):
        raise RuleDataError(f"{key} has a field that is not known: {', '.join(unknown)}.")


def _text(row: dict[str, Any], name: str, owner: str) -> str:
    text = row.get(name)
    if not isinstance(text, str) or not text.strip():
        raise RuleDataError(f"{owner} lacks its {name}.")
    return text.strip()


def _day(row: dict[str, Any], name: str, key: str) -> date:
    day = row.get(name)
    if not isinstance(day, date) or isinstance(day, datetime):
        raise RuleDataError(f"{key}: {name} is a date, written 2026-11-20.")
    return day


def _unit(row: dict[str, Any], key: str) -> Unit:
    word = _text(row, "unit", key)
    if word not in set(Unit):
        raise RuleDataError(f"{key} has an unknown unit: {word}.")
    return Unit(word)


def _amount(row: dict[str, Any], unit: Unit, key: str) -> Amount:
    """The amount in the type of its unit; a negative one, or one of another type, is refused."""
    raw = row.get("amount")
    if unit in WHOLE_NUMBERS and _is_number(raw):
        return raw
    if unit is Unit.USD and _is_number(raw):
        return Decimal(raw)
    if unit is Unit.FORM and isinstance(raw, str) and raw.strip():
        return raw.strip()
    if unit is Unit.FRACTION and isinstance(raw, str) and re.fullmatch(r"[1-9]\d*/[1-9]\d*", raw):
        return Fraction(raw)
    if unit is Unit.CATEGORIES and isinstance(raw, list) and raw and _are_texts(raw):
        return tuple(raw)
    raise RuleDataError(f"{key}: {raw!r} is no amount in {unit}.")


def _is_number(raw: Any) -> TypeGuard[int]:
    return isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0


def _are_texts(raw: list[Any]) -> bool:
    return all(isinstance(each, str) and each for each in raw)


TABLE = read(*((files(__name__) / f"{name}.toml").read_text(encoding="utf-8") for name in FILES))


def value_on(key: str, day: date) -> Value:
    """What a rule of the portal's table says on a day. Raises NotInTableError."""
    return TABLE.value_on(key, day)
