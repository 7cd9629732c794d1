"""What a report to the Board says of financial reporting: what the Committee did, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from charters.answers import ReportSection, Sentence
from charters.registry import REPORT_PARTS, ReportPart, ReportScope
from charters.rules.catalogue import ENTRIES
from charters.standing import Docket
from charters.values import COMPLETION
from records.dates import long_days

# In the order in which they are told. What other parts tell of the statements is not repeated:
# the recommendation, the committee's report, findings.
REPORTING = (
    "annual-statements",
    "quarterly-statements",
    "earnings-releases",
    "required-communications",
    "accounting-policies",
    "control-conclusion",
    "officer-disclosures",
)
BEGINS = "The Committee "


def reporting(scope: ReportScope) -> Iterator[ReportSection]:
    """What was done for statements, releases and filings, told once for the dates it was done on.

    What rests on entered completions alone is told with the committee's other work.
    """
    docket = Docket.of(scope.as_of)
    done: defaultdict[tuple[date, ...], set[str]] = defaultdict(set)
    for duty in docket.duties:
        if duty.catalogue_key in REPORTING and not duty.is_practice:
            pieces = [piece for piece in docket.shown(duty) if scope.covers(piece.on)]
            if any(piece.source != COMPLETION for piece in pieces):
                days = tuple(sorted({piece.on for piece in pieces}))
                done[days].add(duty.catalogue_key)
    if done:
        told = (Sentence(days[0], _told(days, keys)) for days, keys in sorted(done.items()))
        yield ReportSection(_("Reporting and filings"), tuple(told))


def _told(days: Iterable[date], keys: Iterable[str]) -> str:
    deeds = [ENTRIES[key].past.removeprefix(BEGINS) for key in sorted(keys, key=REPORTING.index)]
    return _("On %(days)s the Committee %(deeds)s.") % {
        "days": long_days(days),
        "deeds": _listed(deeds),
    }


def _listed(deeds: list[str]) -> str:
    """A clause that holds a list of its own is set off by semicolons."""
    if any(" and " in deed for deed in deeds) and len(deeds) > 1:
        return _("%(first)s; and %(last)s") % {"first": "; ".join(deeds[:-1]), "last": deeds[-1]}
    return get_text_list(deeds, _("and"))


REPORT_PARTS.add(ReportPart("charters.reporting", 30, reporting))
