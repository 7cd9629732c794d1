"""What the auditor tells the committee on the year's audit, and what it must precede (RULE-33, 36).

PCAOB AS 1301.26: before the auditor's report is issued; Reg. S-X 2-07(a): before it is filed. The
TOML file beside this module is the checklist. "SAS 61" in a charter is read as this list today.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from auditors.enums import Ground, Precedes, Severity, Timing
from auditors.rules.findings import Finding
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

# The letter that a finding of this severity asks for (PCAOB AS 2201.78, .80; AS 1305.04).
LETTER_ON = {
    Severity.MATERIAL: "material-weakness-letter",
    Severity.SIGNIFICANT: "significant-deficiency-letter",
}


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
        missed = self.timing in (Timing.LATE, Timing.NOT_ON_FILE)
        return missed or Ground.GIVEN_ORALLY in grounds


def judge(
    item: Item, given: Given | None, *, report_on: date | None, filed_on: date | None, on: date
) -> ItemRuling:
    """Judge one item, as of a date, against the date it must precede: the auditor's report or the
    filing. The report stands in what is filed: without its own date, it is that of the filing at
    the latest."""
    by_report = item.precedes == Precedes.AUDIT_REPORT
    deadline = (report_on or filed_on) if by_report else filed_on
    if given is None:
        if deadline is None or on <= deadline:
            return ItemRuling(item, Timing.DUE, (reason(Ground.NOT_GIVEN),), deadline)
        why = reason(Ground.NOT_GIVEN_BY, deadline=deadline, precedes=item.precedes)
        return ItemRuling(item, Timing.NOT_ON_FILE, (why,), deadline)
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
    on: date,
    arisen: frozenset[str] = frozenset(),
) -> tuple[ItemRuling, ...]:
    """Every item in its order; an event item only where it arose or was given."""
    return tuple(
        judge(item, given.get(item.key), report_on=report_on, filed_on=filed_on, on=on)
        for item in CHECKLIST
        if not item.is_event or item.key in arisen or item.key in given
    )


def arisen(findings: Iterable[Finding], *, year_ends_on: date, by: date) -> frozenset[str]:
    """The letters on findings that the audit of a year asks for: those told by the date of the
    auditor's report, and neither closed nor remediated at the year's end."""
    return frozenset(
        LETTER_ON[each.severity]
        for each in findings
        if each.severity in LETTER_ON
        and each.told_on <= by
        and (each.closed_on is None or each.closed_on > year_ends_on)
        and not each.is_remediated(year_ends_on)
    )
