"""The work on one fiscal year's audit: the checklist with the dates each item must precede."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from auditors.enums import LetterKind
from auditors.models import AnnualReview, Engagement, Finding, Letter
from auditors.rules.auditor import auditor_of
from auditors.rules.communications import ItemRuling, arisen, checklist


@dataclass(frozen=True)
class Cycle:
    """`given` are the communications by the item's key, the first of each that counts."""

    year_ends_on: date
    report_on: date | None
    filed_on: date | None
    given: Mapping[str, Letter]
    checklist: tuple[ItemRuling, ...]


def cycles(day: date, since: date) -> Iterator[Cycle]:
    """The fiscal years that end on or after a date, with a communication, the auditor's report or
    the filing on file."""
    letters: dict[date, dict[str, Letter]] = {}
    rows = Letter.objects.of_kind(LetterKind.COMMUNICATION).filter(
        received_on__lte=day, serves__gte=since
    )
    for letter in _of_the_auditor(rows.order_by("dated", "pk"), day):
        letters.setdefault(letter.serves, {}).setdefault(letter.item, letter)
    dates = _dates(day)
    findings = _findings(day)
    for year in sorted(letters.keys() | {each for each in dates if each >= since}):
        yield _cycle(year, day, letters.get(year, {}), findings, *dates.get(year, (None, None)))


def cycle_of(year_ends_on: date, day: date) -> Cycle:
    """The cycle of one year, whether anything is on file or not."""
    given: dict[str, Letter] = {}
    rows = Letter.objects.of_kind(LetterKind.COMMUNICATION).filter(
        received_on__lte=day, serves=year_ends_on
    )
    for letter in _of_the_auditor(rows.order_by("dated", "pk"), day):
        given.setdefault(letter.item, letter)
    dates = _dates(day).get(year_ends_on, (None, None))
    return _cycle(year_ends_on, day, given, _findings(day), *dates)


def _findings(day: date) -> list[Finding]:
    """Those told by a date. What is asked for never shows that a restricted finding is there."""
    rows = Finding.objects.filter(told_on__lte=day).with_history()
    return [each for each in rows if not each.is_restricted]


def _of_the_auditor(rows: Iterable[Letter], day: date) -> Iterator[Letter]:
    """Those of the auditor of their year as of a date; all while no engagement is on record."""
    audits = list(Engagement.objects.of_auditors().filter(appointed_on__lte=day))
    for letter in rows:
        auditor = auditor_of(audits, letter.serves, on=day)
        if auditor is None or auditor.firm_id == letter.firm_id:
            yield letter


def _dates(day: date) -> dict[date, tuple[date | None, date | None]]:
    """By fiscal year, the date of the auditor's report and of the filing."""
    filed = dict(
        AnnualReview.objects.filter(filed_on__lte=day).values_list("year_ends_on", "filed_on")
    )
    reports = dict(
        Engagement.objects.of_auditors()
        .filter(report_dated__lte=day)
        .values_list("year_ends_on", "report_dated")
    )
    return {year: (reports.get(year), filed.get(year)) for year in filed.keys() | reports.keys()}


def _cycle(
    year: date,
    day: date,
    given: Mapping[str, Letter],
    findings: Iterable[Finding],
    report_on: date | None,
    filed_on: date | None,
) -> Cycle:
    # A rating after the report is not what the auditor had to write on before it.
    by = report_on or filed_on or day
    ruled = checklist(
        {key: letter.as_given() for key, letter in given.items()},
        report_on=report_on,
        filed_on=filed_on,
        on=day,
        arisen=arisen([each.as_rule(by) for each in findings], year_ends_on=year, by=by),
    )
    return Cycle(year, report_on, filed_on, given, ruled)
