"""The proxy's table of the accountant's fees for two fiscal years (RULE-20, RULE-21, RULE-58).

Schedule 14A Item 9(e)(1)-(6). Nothing is changed to fit: rows and totals are rounded from exact
sums, and a note says where they do not add. A total is ours, the law asks for none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from auditors.enums import FeeCategory, FeeStatus, Ground
from auditors.rules.de_minimis import DISCLOSED
from auditors.rules.fees import FeeLine
from auditors.rules.money import ZERO, percent
from auditors.rules.reasons import Reason, reason
from auditors.rules.rounding import Unit, check_sum, coarser

# Percent. Schedule 14A Item 9(e)(6): "greater than 50 percent".
HALF = Decimal(50)


class Shown(StrEnum):
    """How a cell reads."""

    NONE = "none"
    UNDER_ONE = "under_one"
    AMOUNT = "amount"
    CANNOT_BE_COMPUTED = "cannot_be_computed"


@dataclass(frozen=True)
class Cell:
    """`exact` in the currency and `printed` in the table's unit; None where a rate is missing."""

    exact: Decimal | None
    printed: Decimal | None

    @property
    def shown(self) -> Shown:
        if self.exact is None:
            return Shown.CANNOT_BE_COMPUTED
        if not self.exact:
            return Shown.NONE
        return Shown.AMOUNT if self.printed else Shown.UNDER_ONE


@dataclass(frozen=True)
class Column:
    """One firm's fees for one fiscal year. A predecessor's column is optional and says so."""

    year: str
    firm: str
    is_predecessor: bool
    cells: Mapping[FeeCategory, Cell]
    total: Cell

    def share(self, category: FeeCategory) -> Decimal | None:
        """The whole percentage of the total; None where there is no total."""
        part, whole = self.cells[category].exact, self.total.exact
        return percent(part, whole, places=0) if part is not None and whole else None


@dataclass(frozen=True)
class Outside:
    """A fee below the table and outside its sums: of a recipient that is not consolidated."""

    year: str
    firm: str
    recipient: str
    exact: Decimal | None


@dataclass(frozen=True)
class FeeTable:
    """Newest year first. `notes` are printed under the table, each once."""

    currency: str
    unit: Unit
    columns: tuple[Column, ...]
    outside: tuple[Outside, ...]
    notes: tuple[Reason, ...]

    @property
    def can_be_computed(self) -> bool:
        return all(column.total.exact is not None for column in self.columns)


def fee_table(
    lines: Iterable[FeeLine],
    *,
    years: Sequence[str],
    firm: str,
    currency: str,
    unit: Unit,
    predecessors: Sequence[str] = (),
) -> FeeTable:
    """The table of a firm for these fiscal years, given newest first.

    `firm` reports on the newest year; it has a column in each year, and so has each predecessor.
    """
    chosen = [line for line in lines if line.year in years]
    columns = tuple(
        _column(chosen, year, name, unit, is_predecessor=name != firm)
        for year in years
        for name in (firm, *predecessors)
    )
    inside = [line for line in chosen if line.in_table and line.firm in (firm, *predecessors)]
    return FeeTable(currency, unit, columns, _outside(chosen), tuple(_notes(columns, inside, unit)))


def _sum(lines: Iterable[FeeLine]) -> Decimal | None:
    """The exact sum; None where one of the lines has no rate."""
    result = ZERO
    for line in lines:
        if line.reported is None:
            return None
        result += line.reported.amount
    return result


def _cell(lines: Iterable[FeeLine], unit: Unit) -> Cell:
    exact = _sum(lines)
    return Cell(exact, None if exact is None else unit.round(exact))


def _column(
    lines: Sequence[FeeLine], year: str, firm: str, unit: Unit, *, is_predecessor: bool
) -> Column:
    mine = [line for line in lines if (line.year, line.firm) == (year, firm) and line.in_table]
    cells = {
        category: _cell((line for line in mine if line.category == category), unit)
        for category in FeeCategory
    }
    return Column(year, firm, is_predecessor, cells, _cell(mine, unit))


def _outside(lines: Sequence[FeeLine]) -> tuple[Outside, ...]:
    groups: dict[tuple[str, str, str], list[FeeLine]] = {}
    for line in lines:
        if not line.in_table:
            groups.setdefault((line.year, line.firm, line.recipient), []).append(line)
    return tuple(Outside(*group, _sum(each)) for group, each in groups.items())


def _notes(columns: Sequence[Column], lines: Sequence[FeeLine], unit: Unit) -> Iterable[Reason]:
    if any(_checked(column, unit) for column in columns):
        yield reason(Ground.MAY_NOT_ADD)
    if any(line.status == FeeStatus.ESTIMATED for line in lines):
        yield reason(Ground.INCLUDES_ESTIMATES)
    if any(column.total.exact is None for column in columns):
        yield reason(Ground.RATE_MISSING)


def _checked(column: Column, unit: Unit) -> Reason | None:
    """The sum of a computed column as printed: rounding explains every difference."""
    if column.total.printed is None:
        return None
    cells = column.cells.values()
    rows = [cell.printed for cell in cells if cell.printed is not None]
    under = sum(1 for cell in cells if cell.shown == Shown.UNDER_ONE)
    return check_sum(rows, column.total.printed, unit, under_one=under)


def objections_to_issue(
    table: FeeTable, descriptions: Mapping[FeeCategory, str]
) -> tuple[Reason, ...]:
    """Why the table may not be issued: each line but Audit that is not zero in a year needs the
    nature of its services (Item 9(e)(2)-(4)), and every amount its rate."""
    objections = [
        reason(Ground.DESCRIPTION_MISSING, category=category)
        for category in DISCLOSED
        if any(column.cells[category].exact for column in table.columns)
        and not descriptions.get(category, "").strip()
    ]
    if not table.can_be_computed:
        objections.append(reason(Ground.RATE_MISSING))
    return tuple(objections)


def hours_of_others(share: Decimal | None) -> tuple[Reason, ...]:
    """What the proxy says of the hours of the audit that others than the firm's full-time,
    permanent employees worked: only a share above half. `share` is a percentage."""
    if share is None or share <= HALF:
        return ()
    return (reason(Ground.HOURS_OF_OTHERS, share=share.normalize()),)


def changes_since_issue(issued: FeeTable, table: FeeTable) -> tuple[Reason, ...]:
    """Figures of a year and firm that differ from the table issued before, with the exact
    difference. Two tables compare at the coarser unit of the two."""
    unit = coarser(issued.unit, table.unit)
    before = {(column.year, column.firm): column for column in issued.columns}
    return tuple(
        reason(
            Ground.PRIOR_YEAR_CHANGED,
            year=column.year,
            category=category,
            before=was.exact,
            now=now.exact,
            difference=now.exact - was.exact,
        )
        for column in table.columns
        if (earlier := before.get((column.year, column.firm)))
        for category, now in column.cells.items()
        if (was := earlier.cells[category]).exact is not None
        and now.exact is not None
        and unit.round(was.exact) != unit.round(now.exact)
    )
