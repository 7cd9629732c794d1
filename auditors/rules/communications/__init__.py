"""What the auditor tells the committee on the year's audit, and what it must precede (RULE-33, 36).

PCAOB AS 1301.26: before the auditor's report is issued; Reg. S-X 2-07(a): before it is filed. The
TOML file beside this module is the checklist. "SAS 61" in a charter is read as this list today.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from auditors.enums import Ground, Precedes, Timing
from auditors.rules.reasons import Reason, reason


@dataclass(frozen=True)
class Item:
    """One communication. `is_written`: the standard asks for it in writing.

    `is_event`: asked for only where it arises, such as a significant deficiency.
    """

    key: str
    title: str
    citation: str
    precedes: Precedes
    is_written: bool = False
    is_event: bool = False


def _items() -> Iterator[Item]:
    text = (files(__name__) / "checklist.toml").read_text(encoding="utf-8")
    for table in tomllib.loads(text)["item"]:
        yield Item(precedes=Precedes(table.pop("precedes")), **table)


CHECKLIST = tuple(_items())
ITEMS: Mapping[str, Item] = {item.key: item for item in CHECKLIST}


@dataclass(frozen=True)
class Given:
    """When and how a communication was made. `known_before`: on the same date, and earlier."""

    on: date
    in_writing: bool
    known_before: bool = False


@dataclass(frozen=True)
class ItemRuling:
    """`deadline` is the date the item must precede, where that is known."""

    item: Item
    timing: Timing
    reasons: tuple[Reason, ...]
    deadline: date | None

    @property
    def is_open_item(self) -> bool:
        grounds = {each.ground for each in self.reasons}
        return self.timing == Timing.LATE or Ground.GIVEN_ORALLY in grounds


def judge(
    item: Item, given: Given | None, *, report_on: date | None, filed_on: date | None
) -> ItemRuling:
    """Judge one item against the date it must precede: the auditor's report or the filing."""
    deadline = report_on if item.precedes == Precedes.AUDIT_REPORT else filed_on
    if given is None:
        return ItemRuling(item, Timing.DUE, (reason(Ground.NOT_GIVEN),), deadline)
    timing = _timing(given, deadline)
    facts = {"given": given.on, "deadline": deadline, "precedes": item.precedes}
    grounds = {
        Timing.LATE: Ground.GIVEN_LATE,
        Timing.SAME_DATE: Ground.GIVEN_SAME_DATE,
        Timing.ON_TIME: Ground.GIVEN_ON_TIME,
    }
    reasons = [Reason(grounds[timing], facts)]
    if item.is_written and not given.in_writing:
        reasons.append(reason(Ground.GIVEN_ORALLY, given=given.on))
    return ItemRuling(item, timing, tuple(reasons), deadline)


def _timing(given: Given, deadline: date | None) -> Timing:
    if deadline is None or given.on < deadline:
        return Timing.ON_TIME
    if given.on > deadline:
        return Timing.LATE
    return Timing.ON_TIME if given.known_before else Timing.SAME_DATE


def checklist(
    given: Mapping[str, Given],
    *,
    report_on: date | None,
    filed_on: date | None,
    arisen: frozenset[str] = frozenset(),
) -> tuple[ItemRuling, ...]:
    """Every item in its order; an event item only where it arose or was given."""
    return tuple(
        judge(item, given.get(item.key), report_on=report_on, filed_on=filed_on)
        for item in CHECKLIST
        if not item.is_event or item.key in arisen or item.key in given
    )
