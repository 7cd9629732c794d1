"""The state of a case, read from its opened entries (`casefile`). No database, no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeAlias

from whistleblower.casefile import Entry
from whistleblower.crypto.sealing import SealBrokenError
from whistleblower.enums import (
    Arrival,
    Category,
    Country,
    EntryKind,
    Ladder,
    Outcome,
    ResponseKind,
    Status,
    Step,
)
from whistleblower.rules import statuses


@dataclass(frozen=True)
class State:
    """Where a case stands, from its entries alone."""

    received_on: date
    report: Mapping[str, Any]
    status: Status = Status.RECEIVED
    acknowledged: tuple[date, ...] = ()
    category: Category | None = None
    categorized_on: date | None = None
    country: Country = Country.US
    lead: str = ""
    next_on: date | None = None
    next_what: str = ""
    presented_on: date | None = None
    outcome: Outcome | None = None
    outcome_on: date | None = None
    closed_on: date | None = None
    holders: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    # Readers whom the reporter let in: earlier notes of the desk open for them once a reader who
    # has them gives the case.
    joined: tuple[str, ...] = ()
    # Notes of the desk do not open for who reads this. A legal hold may be among them.
    is_partial: bool = False
    is_held: bool = False
    held_on: date | None = None
    is_line_test: bool = False
    is_to_be_deleted: bool = False
    # A recorded reason to retain the case longer than its country says, until the next look.
    longer_until: date | None = None
    awaiting: tuple[Entry, ...] = ()
    lifting: Entry | None = None
    # Readers whose return was proposed, and by whom.
    giving: Mapping[str, str] = field(default_factory=dict)
    # Readers who were proposed to lead, and by whom.
    leading: Mapping[str, str] = field(default_factory=dict)
    # An attorney's report, its last response, and the last notice under 17 CFR 205.3(b)(9).
    attorney_on: date | None = None
    responded_on: date | None = None
    attorney_again_on: date | None = None
    award_from: date | None = None
    # What was done of the first-day list.
    first_day: Mapping[str, date] = field(default_factory=dict)
    # Its first entry, where that is later than it was received.
    recorded_on: date | None = None

    @property
    def known_on(self) -> date:
        """When the readers could know of it: a report comes to the desk the day after it was
        received, or recorded."""
        return max(self.received_on, self.recorded_on or self.received_on) + timedelta(days=1)

    @property
    def is_urgent(self) -> bool:
        return bool(self.report.get("urgent"))

    @property
    def arrival(self) -> Arrival | None:
        """How it came, where a reader recorded it."""
        came = self.report.get("arrival")
        return Arrival(came) if came else None


Facts: TypeAlias = "dict[str, Any]"


def _keys(entry: Entry, now: Facts) -> Facts:
    data = entry.data
    held = set(data["holders"])
    # A lead proposed by, or for, somebody who holds no keys from here on is over.
    still = {k: v for k, v in now.get("leading", {}).items() if {k, v} <= held}
    return {
        "holders": tuple(data["holders"]),
        "named": tuple(data["named"]),
        "lead": data["lead"],
        "leading": still,
        "joined": tuple(sorted({*now.get("joined", ()), *data.get("joined", ())} & held)),
    }


def _acknowledged(entry: Entry, now: Facts) -> Facts:
    return {
        "acknowledged": (*now.get("acknowledged", ()), entry.on),
        "status": Status.ACKNOWLEDGED,
    }


def _held_back(entry: Entry, now: Facts) -> Facts:
    before = now.get("awaiting", ())
    return {"awaiting": (*before, entry)} if entry.data.get("held") else {}


def _released(entry: Entry, now: Facts) -> Facts:
    left = (each for each in now.get("awaiting", ()) if each.number != entry.data["of"])
    return {"awaiting": tuple(left)}


def _giving(entry: Entry, now: Facts) -> Facts:
    return {"giving": {**now.get("giving", {}), entry.data["reader"]: entry.by}}


def _leading(entry: Entry, now: Facts) -> Facts:
    return {"leading": {**now.get("leading", {}), entry.data["lead"]: entry.by}}


def _holds_no_more(entry: Entry, now: Facts) -> Facts:
    """A return that was proposed before somebody was added or taken out is over."""
    reader = entry.data.get("reader", entry.by)
    return {"giving": {k: v for k, v in now.get("giving", {}).items() if k != reader}}


def _added(entry: Entry, now: Facts) -> Facts:
    """Whom a reader gives the case has it whole."""
    whole = tuple(each for each in now.get("joined", ()) if each != entry.data["reader"])
    return {**_holds_no_more(entry, now), "joined": whole}


def _attorney(entry: Entry, now: Facts) -> Facts:
    """A notice takes their effect from the responses that it follows, also of the same day."""
    on = date.fromisoformat(entry.data["on"])
    if entry.data["ladder"] != Ladder.NOTICE:
        return {"attorney_on": on}
    responded_on = now.get("responded_on") or on
    return {"attorney_again_on": on, "responded_on": responded_on if responded_on > on else None}


def _response(entry: Entry, now: Facts) -> Facts:
    is_answer = entry.data["kind"] == ResponseKind.RESPONSE
    return {"responded_on": _date(entry.data["on"])} if is_answer else {}


def _first_day(entry: Entry, now: Facts) -> Facts:
    return {"first_day": {**now.get("first_day", {}), entry.data["step"]: entry.on}}


# What each kind of entry changes.
CHANGES: dict[EntryKind, Callable[[Entry, Facts], Facts]] = {
    EntryKind.KEYS: _keys,
    EntryKind.ACKNOWLEDGED: _acknowledged,
    EntryKind.REPLY: _held_back,
    EntryKind.RELEASE: _released,
    EntryKind.CATEGORY: lambda entry, now: {
        "category": Category(entry.data["category"]),
        "categorized_on": entry.on,
    },
    EntryKind.COUNTRY: lambda entry, now: {"country": Country(entry.data["country"])},
    EntryKind.NEXT_DATE: lambda entry, now: {
        "next_on": _date(entry.data["on"]),
        "next_what": entry.data["what"],
    },
    EntryKind.PRESENTED: lambda entry, now: {
        # The first presentation counts: a second one does not undo it.
        "presented_on": min(filter(None, (now.get("presented_on"), _date(entry.data["on"]))))
    },
    EntryKind.OUTCOME: lambda entry, now: {
        "outcome": Outcome(entry.data["outcome"]),
        "outcome_on": entry.on,
    },
    EntryKind.CLOSED: lambda entry, now: {"status": Status.CLOSED, "closed_on": entry.on},
    EntryKind.REOPENED: lambda entry, now: {
        "status": statuses.step(
            Status.CLOSED, Step.REOPEN, was_acknowledged=bool(now.get("acknowledged"))
        ),
        "closed_on": None,
        "is_to_be_deleted": False,
    },
    EntryKind.HOLD: lambda entry, now: {
        "is_held": True,
        "held_on": entry.on,
        "is_to_be_deleted": False,
        "lifting": None,
    },
    EntryKind.HOLD_LIFT: lambda entry, now: {"lifting": entry},
    EntryKind.HOLD_LIFTED: lambda entry, now: {"is_held": False, "held_on": None, "lifting": None},
    EntryKind.LEADING: _leading,
    EntryKind.LEAD: lambda entry, now: {"leading": {}},
    EntryKind.GIVING: _giving,
    EntryKind.ADDED: _added,
    EntryKind.REMOVED: _holds_no_more,
    EntryKind.STEPPED_ASIDE: _holds_no_more,
    EntryKind.LINE_TEST: lambda entry, now: {"is_line_test": True},
    EntryKind.ATTORNEY: _attorney,
    EntryKind.RESPONSE: _response,
    EntryKind.AWARD: lambda entry, now: {"award_from": _date(entry.data["from"])},
    EntryKind.FIRST_DAY: _first_day,
    EntryKind.LONGER: lambda entry, now: {
        "longer_until": _date(entry.data["on"]),
        "is_to_be_deleted": False,
    },
    EntryKind.DELETION: lambda entry, now: {"is_to_be_deleted": True},
}


def state_of(entries: Sequence[Entry], *, is_partial: bool = False) -> State:
    """Read an opened case from its first entry to its last. Where notes of the desk do not open,
    the case counts as held until two readers say otherwise."""
    first = entries[0]
    if first.kind is not EntryKind.REPORT:
        raise SealBrokenError("The first entry is no report.")
    now: Facts = {
        "received_on": _date(first.data.get("received", "")) or first.on,
        "recorded_on": first.on,
        "report": first.data,
        "is_partial": is_partial,
        "is_held": is_partial,
        "is_line_test": bool(first.data.get("test")),
    }
    for entry in entries:
        if change := CHANGES.get(entry.kind):
            now |= change(entry, now)
    return State(**now)


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
