"""What the records have come to say since a report was prepared, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from charter_portal.reports.render import entered_of, members_of
from charter_portal.reports.report import BoardReportData
from records.dates import long_day


@dataclass(frozen=True)
class Changes:
    """Lines that the report would have if it were prepared now, and those that it would not."""

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.gone)


def changes(prepared: BoardReportData, now: BoardReportData) -> Changes:
    before, after = list(_lines(prepared)), list(_lines(now))
    return Changes(
        tuple(line for line in after if line not in before),
        tuple(line for line in before if line not in after),
    )


def _lines(report: BoardReportData) -> Iterator[str]:
    """What a reader of the report reads, a sentence each."""
    for ask in report.asks:
        yield f"{ask.heading} {ask.resolution}".strip()
    yield members_of(report)
    for section in report.sections:
        yield from (sentence.text for sentence in section.sentences)
    for span in entered_of(report):
        yield from (f"{item.words} {span.when}".strip() for item in span.items)
    for matter in report.matters:
        yield f"{matter.title}. {matter.because} {matter.closing}. {matter.reason}".strip()
    for line in report.ahead:
        yield f"{long_day(line.on)}: {line.what}"
    if report.release:
        yield report.release
