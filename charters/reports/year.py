"""The fiscal year as a quiet map: duties down, months across, a mark where each falls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from charters.enums import Cadence, Standing
from charters.reports.duty import UNDATED
from charters.rules.periods import due_day, due_days, is_served, period_of
from charters.rules.terms import Evidence
from charters.standing import GAP, Docket, subject_of
from charters.values import DutyStanding, Practice
from records.calendar import DAY, Period, plus_months

# A word stands alone, without a mark: how a past period was closed, or what a practice says.
WORD = "word"


@dataclass(frozen=True)
class YearMark:
    """A mark in a month: due then, performed then, or closed."""

    reference: str
    title: str
    standing: str
    label: str
    on: date
    url: str


@dataclass(frozen=True)
class YearCell:
    month_key: str
    is_now: bool
    marks: tuple[YearMark, ...]


@dataclass(frozen=True)
class YearRow:
    """A duty across the months. `key` names its heading within the page."""

    key: str
    reference: str
    title: str
    url: str
    standing: str
    label: str
    cells: tuple[YearCell, ...]


@dataclass(frozen=True)
class YearMonth:
    key: str
    short: str
    long: str
    is_now: bool
    first: date
    last: date
    marks: tuple[YearMark, ...] = ()


@dataclass(frozen=True)
class YearGroup:
    title: str
    rows: tuple[YearRow, ...]


@dataclass(frozen=True)
class YearPage:
    """The year with its months, and the marks both by duty and by month (for a phone)."""

    label: str
    months: tuple[YearMonth, ...]
    groups: tuple[YearGroup, ...]
    today_tenth: int | None
    previous_url: str = ""
    following_url: str = ""

    @property
    def coming(self) -> tuple[YearMonth, ...]:
        """The months a phone shows first: from the current one on; of another year, all."""
        now = next((n for n, month in enumerate(self.months) if month.is_now), 0)
        return self.months[now:]

    @property
    def earlier(self) -> tuple[YearMonth, ...]:
        return self.months[: len(self.months) - len(self.coming)]


def year_page(docket: Docket, year: Period, *, previous_url: str, following_url: str) -> YearPage:
    """The duties of the charter in effect, month by month of one fiscal year."""
    page = docket.shared(f"year {year.key}", lambda docket: _composed(docket, year))
    return replace(page, previous_url=previous_url, following_url=following_url)


def _composed(docket: Docket, year: Period) -> YearPage:
    months = months_of(year, docket.day)
    groups: dict[str, list[YearRow]] = {}
    keys = map("d-{}".format, count(1))
    by_month: dict[str, list[YearMark]] = {month.key: [] for month in months}
    for clause in docket.reading().clauses:
        section = clause.clause.section
        for row in clause.duties:
            marks = _once(_marks(docket, row, year))
            for mark in marks:
                by_month[_month_of(months, mark.on).key].append(mark)
            groups.setdefault(section, []).append(
                _row(next(keys), row, months, marks, row.standing.value, str(row.standing.label))
            )
        for practice in clause.practices:
            marks = _once(_practice_marks(docket, practice, year))
            for mark in marks:
                by_month[_month_of(months, mark.on).key].append(mark)
            groups.setdefault(section, []).append(_row(next(keys), practice, months, marks))
    return YearPage(
        label=year_label(year),
        months=tuple(
            replace(month, marks=tuple(sorted(by_month[month.key], key=lambda m: (m.on, m.title))))
            for month in months
        ),
        groups=tuple(YearGroup(title, tuple(rows)) for title, rows in groups.items()),
        today_tenth=_tenth(months, docket.day),
    )


def year_label(year: Period) -> str:
    name = year.key.removeprefix("FY")
    if name.endswith("T"):
        return _("Transition period %(year)s") % {"year": name[:-1]}
    return _("Fiscal year %(year)s") % {"year": name}


def months_of(year: Period, today: date) -> tuple[YearMonth, ...]:
    """The fiscal months. One that begins late in a calendar month bears the next one's name."""
    months = []
    for number in range(1, year.months + 1):
        first = plus_months(year.first, number - 1)
        last = year.day_in_month(number)
        middle = first + (last - first) / 2
        months.append(
            YearMonth(
                key=first.isoformat(),
                short=date_format(middle, "M"),
                long=date_format(middle, "F Y"),
                is_now=first <= today <= last,
                first=first,
                last=last,
            )
        )
    return tuple(months)


def _marks(docket: Docket, row: DutyStanding, year: Period) -> Iterable[YearMark]:
    """What was performed within the year, and the days on which it falls due unserved."""
    evidence = docket.judged(row.duty).evidence
    for piece in sorted(docket.shown(row.duty), key=lambda e: e.on):
        if piece.on in year:
            yield _mark(row, Standing.ON_FILE, _("completed"), piece.on, piece.url)
    if row.standing == Standing.NOT_APPLICABLE:
        if row.duty.kind not in UNDATED:
            due = due_day(
                row.duty.terms, period_of(row.duty.terms, docket.settings.calendar, year.last)
            )
            yield _mark(row, row.standing, str(row.standing.label), due)
        return
    for period, due in _days_asked_for(docket, row, year, evidence):
        closed = docket.closed(GAP, subject_of(row.duty), period)
        if closed:
            url = reverse("open_item", args=[closed.key])
            yield _mark(row, WORD, str(closed.get_kind_display()), due, url)
        else:
            standing = Standing.DUE if due >= docket.day else Standing.NOT_ON_FILE
            yield _mark(row, standing, str(standing.label), due)


def _practice_marks(docket: Docket, row: Practice, year: Period) -> Iterable[YearMark]:
    """When it was done within the year, and its next date: words alone, for it has no standing."""
    for piece in sorted(docket.shown(row.duty), key=lambda e: e.on):
        if piece.on in year:
            yield _mark(row, WORD, _("done"), piece.on, piece.url)
    if row.next_on and row.next_on in year:
        yield _mark(row, WORD, _("next"), row.next_on)


def _once(marks: Iterable[YearMark]) -> list[YearMark]:
    """One mark for all records of a date that say the same: a meeting has several of one duty."""
    first: dict[tuple[str, str, date], YearMark] = {}
    for mark in marks:
        first.setdefault((mark.standing, mark.label, mark.on), mark)
    return list(first.values())


def _days_asked_for(
    docket: Docket, row: DutyStanding, year: Period, evidence: Sequence[Evidence]
) -> Iterable[tuple[str, date]]:
    """The year's days on which it is still asked for: its own next day, or each period's."""
    duty, judged = row.duty, docket.judged(row.duty)
    if (
        duty.cadence == Cadence.MONTHS
        or judged.holding is not None
        or judged.occurrences is not None
    ):
        if row.due_on and row.due_on in year:
            yield "", row.due_on
        return
    for period, due in due_days(duty.terms, docket.settings, year):
        if due >= docket.settings.records_begin and not is_served(
            duty.terms, docket.settings, period, evidence
        ):
            yield period.key, due


def _mark(
    row: DutyStanding | Practice, standing: str, label: str, on: date, url: str = ""
) -> YearMark:
    return YearMark(
        reference=row.clause.reference,
        title=row.duty.title,
        standing=str(standing),
        label=label,
        on=on,
        url=url or row.duty.get_absolute_url(),
    )


def _row(
    key: str,
    row: DutyStanding | Practice,
    months: tuple[YearMonth, ...],
    marks: list[YearMark],
    standing: str = "",
    label: str = "",
) -> YearRow:
    return YearRow(
        key=key,
        reference=row.clause.reference,
        title=row.duty.title,
        url=row.duty.get_absolute_url(),
        standing=standing,
        label=label,
        cells=tuple(_cell(month, marks) for month in months),
    )


def _cell(month: YearMonth, marks: list[YearMark]) -> YearCell:
    within = [mark for mark in marks if month.first <= mark.on <= month.last] if marks else ()
    return YearCell(month.key, month.is_now, tuple(within))


def _month_of(months: tuple[YearMonth, ...], day: date) -> YearMonth:
    return next(month for month in months if month.first <= day <= month.last)


def _tenth(months: tuple[YearMonth, ...], today: date) -> int | None:
    """Where in its month today's hairline stands, 0 to 9."""
    month = next((m for m in months if m.is_now), None)
    return int(10 * (today - month.first) / (month.last - month.first + DAY)) if month else None
