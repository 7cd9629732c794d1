"""Receiving a concern: one durable transaction, then the confirmation.

The code's hash is unique. A second send inserts nothing and is no error: the same words get the same
confirmation, other words are told that the code is taken.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from nacl.public import PrivateKey

from records.models import Company
from whistleblower import casefile, registers
from whistleblower.casefile import Draft, Keys
from whistleblower.crypto import codes, sealing
from whistleblower.crypto.roster import Roster
from whistleblower.enums import EntryKind
from whistleblower.in_line import in_line
from whistleblower.models import REPORTER, Case, Part, Slot
from whistleblower.rules import conflicts
from whistleblower.rules.conflicts import Selection
from whistleblower.services import visits, writing
from whistleblower.services.visits import Visit

# So many cases on a date, and further ones are marked: a list of their own at the desk, the same
# readers, the same deadlines. Nothing is refused, and nothing is counted by address. Where the marking
# begins is drawn again for each report, or a reader could count the cases of others by own reports.
FLOOD, BLUR = 30, 15
# What arrives today is shown at the desk from this hour tomorrow.
SHOWN_FROM = time(6)


class CodeTakenError(Exception):
    """Other words were received under this code before."""


@dataclass(frozen=True)
class Report:
    """What a reporter sends. `ticked` are people of the registers, `others` people in free text."""

    texts: Mapping[str, str]
    name: str = ""
    ticked: frozenset[str] = frozenset()
    others: str = ""
    urgent: bool = False
    language: str = "en"
    is_test: bool = False
    is_suspicious: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        return {
            "texts": dict(self.texts),
            "ticked": sorted(self.ticked),
            "others": self.others,
            "urgent": self.urgent,
            "language": self.language,
            "test": self.is_test,
            **self.more,
        }


def selection(roster: Roster, ticked: frozenset[str], others: str, on: date) -> Selection:
    """Who will read, computed from the registers and the signed list alone."""
    found = registers.registers(on)
    return conflicts.select(
        registers.readers_of(roster, found),
        conflicts.concerned(ticked, found.lines),
        counsel_first=bool(others.strip()),
    )


def send(code: str, report: Report, roster: Roster, *, on: date, by: str = REPORTER) -> Selection:
    """Store a report and answer who reads it. Raises CodeTakenError for other words under a code
    that is in use. `by` is a reader, where one recorded what came by letter or was said."""
    chosen = selection(roster, report.ticked, report.others, on)
    lead = chosen.lead.uid if chosen.lead else ""
    case = _new_case(code, on, report.is_suspicious)
    # Sealed before the transaction, so that others wait for the writing alone.
    keys, rows = writing.new_slots(case, roster, chosen.uids, chosen.sees_name, generation=0)
    held = Keys(keys)
    drafts = [
        Draft(EntryKind.REPORT, report.as_data()),
        # Always there, so that nobody can tell a report with a name from one without.
        Draft(EntryKind.NAME, {"sealed": casefile.seal_name(report.name, held, case=case.pk)}),
        writing.keys_entry(chosen.uids, chosen.sees_name, lead, roster),
    ]
    parts = writing.sealed_parts(case, {0: held}, drafts, by=by, on=on)
    if not _store(case, rows, parts):
        _refuse_other_words(code, report)
    return chosen


def _store(case: Case, rows: list[Slot], parts: list[Part]) -> bool:
    """In one transaction; False where the code is known. That is no error anywhere, or the log of
    the database would keep its hash."""
    with in_line(), transaction.atomic(durable=_is_durable()):
        Case.objects.bulk_create([case], ignore_conflicts=True)
        if not Case.objects.filter(pk=case.pk).exists():
            return False
        Slot.objects.bulk_create(rows)
        Part.objects.bulk_create(parts)
    return True


def _is_durable() -> bool:
    """A confirmation says that the commit has happened. Inside a chapter of the demo, which is one
    transaction, nobody is shown one."""
    return not transaction.get_connection().in_atomic_block


def _new_case(code: str, on: date, is_suspicious: bool) -> Case:
    pair = PrivateKey.generate()
    case = Case(
        locator=codes.locator(code),
        received_on=on,
        is_quarantined=is_suspicious or is_flood(Case.objects.filter(received_on=on).count()),
        reporter_opens=bytes(pair.public_key),
    )
    unlocks = codes.unlocking_key(code)
    case.reporter_key = sealing.seal(unlocks, bytes(pair), visits.key_label(case))
    case.last_used = sealing.seal(unlocks, b"", visits.used_label(case))
    return case


def is_flood(others: int) -> bool:
    """Whether a report is marked after so many others of its date."""
    return others >= FLOOD - secrets.randbelow(BLUR)


def _refuse_other_words(code: str, report: Report) -> None:
    visit = visits.find(code)
    if visit is None or _words_of(visit) != (report.as_data(), report.name):
        raise CodeTakenError


def _words_of(visit: Visit) -> tuple[Mapping[str, Any], str]:
    """The report as it was received, and the name that came with it."""
    report, name = visit.opened.entries[:2]
    keys = visit.opened.keys[name.generation]
    return report.data, casefile.open_name(name.data["sealed"], keys, case=visit.case.pk)


def is_shown(received_on: date, at_once: bool, at: datetime, company: Company) -> bool:
    """Whether a case has come to the desk: at six the next morning, or at once, as an urgent one."""
    local = at.astimezone(company.zone)
    from_ = datetime.combine(received_on + timedelta(days=1), SHOWN_FROM, company.zone)
    return at_once or local >= from_
