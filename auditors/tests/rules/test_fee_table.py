"""RULE-20, RULE-21, RULE-58: the proxy's fee table, after tables that were really published."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditors.enums import FeeCategory, FeeStatus, Ground
from auditors.rules.fee_table import (
    Cell,
    Column,
    FeeTable,
    Shown,
    changes_since_issue,
    fee_table,
    hours_of_others,
    objections_to_issue,
)
from auditors.rules.fees import FeeLine
from auditors.rules.money import Money
from auditors.rules.reasons import grounds, reason
from auditors.rules.rounding import (
    DOLLARS,
    MILLIONS,
    MILLIONS_TWO_PLACES,
    THOUSANDS,
    Unit,
    check_sum,
    coarser,
)

LINES = tuple(FeeCategory)
CENTS = Unit(places=2)
DESCRIBED = dict.fromkeys(FeeCategory, "What was done.")


def fees(year: str, *amounts: str | None, firm: str = "Firm", **given: object) -> list[FeeLine]:
    """Audit, audit-related, tax and other fees; a dash or a zero is no fee."""
    return [
        FeeLine(firm, year, category, Money(Decimal(amount.replace(",", "")), "USD"), **given)
        for category, amount in zip(LINES, amounts, strict=False)
        if amount not in ("-", "0")
    ]


def table(
    lines: Iterable[FeeLine],
    *years: str,
    unit: Unit = DOLLARS,
    firm: str = "Firm",
    predecessors: tuple[str, ...] = (),
) -> FeeTable:
    return fee_table(
        list(lines),
        years=years,
        firm=firm,
        currency="USD",
        unit=unit,
        predecessors=predecessors,
    )


def printed(found: FeeTable, column: int = 0) -> list[Decimal | None]:
    chosen = found.columns[column]
    return [*(chosen.cells[category].printed for category in LINES), chosen.total.printed]


def numbers(*texts: str) -> list[Decimal]:
    return [Decimal(text.replace(",", "").replace("-", "0")) for text in texts]


# Company A by fiscal year to September 30: audit, audit-related, tax, other, total.
COMPANY_A = {
    "FY2022": ("131,521", "40,930", "25,065", "-", "197,516"),
    "FY2021": ("134,309", "30,300", "22,300", "-", "186,909"),
    "FY2020": ("130,736", "28,302", "2,000", "-", "161,038"),
    "FY2019": ("142,521", "47,085", "-", "-", "189,606"),
    "FY2018": ("137,234", "27,091", "-", "-", "164,325"),
    "FY2017": ("132,635.11", "34,020.56", "-", "-", "166,655.67"),
    "FY2016": ("126,444", "71,203", "-", "-", "197,647"),
    "FY2015": ("129,103", "28,053", "-", "-", "157,156"),
    "FY2014": ("225,363", "190,919", "-", "-", "416,282"),
}
A_LINES = [line for year, row in COMPANY_A.items() for line in fees(year, *row[:4])]


@pytest.mark.parametrize("year", list(COMPANY_A)[:-1])
def test_every_year_of_company_a_stands_in_two_tables_and_adds(year: str) -> None:
    years = list(COMPANY_A)
    before = years[years.index(year) + 1]
    found = table(A_LINES, year, before)
    assert [column.year for column in found.columns] == [year, before]
    for column, each in enumerate((year, before)):
        whole = [DOLLARS.round(amount) for amount in numbers(*COMPANY_A[each])]
        assert printed(found, column) == whole
    assert found.notes == ()


def test_same_year_with_cents_and_in_dollars_is_no_change() -> None:
    with_cents = table(A_LINES, "FY2017", "FY2016", unit=CENTS)
    restated = [
        *fees("FY2018", "137,234", "27,091"),
        *fees("FY2017", "132,635", "34,021"),
    ]
    assert changes_since_issue(with_cents, table(restated, "FY2018", "FY2017")) == ()


# Annex of published tables: unit, rows and total as printed in full.
PUBLISHED = [
    ("health", DOLLARS, ("27,050,000", "1,403,000", "7,304,000", "331,000", "36,088,000")),
    (
        "health, year before",
        DOLLARS,
        ("25,246,000", "1,587,000", "6,916,000", "220,000", "33,969,000"),
    ),
    ("pharma", MILLIONS, ("19.7", "0.5", "3.4", "0.4", "24.0")),
    ("pharma, year before", MILLIONS, ("20.3", "0.5", "5.2", "0.6", "26.6")),
    ("search", THOUSANDS, ("28,476", "10,403", "923", "1,602", "41,404")),
    ("web shop", DOLLARS, ("37,387,000", "9,403,000", "0", "175,000", "46,965,000")),
    ("insurance broker", MILLIONS, ("17.3", "1.5", ".5", "-", "19.3")),
    ("insurance broker, year before", MILLIONS, ("15.4", "1.4", ".3", "-", "17.1")),
    ("climate", THOUSANDS, ("26,658", "380", "9,875", "268", "37,181")),
    ("phones", DOLLARS, ("19,684,602", "1,841,340", "3,864,411", "12,976", "25,403,329")),
    (
        "phones, year before",
        DOLLARS,
        ("17,763,384", "1,551,423", "3,289,432", "131,610", "22,735,849"),
    ),
    ("broker", DOLLARS, ("7,374,000", "2,033,000", "1,076,000", "11,000", "10,494,000")),
    ("insurer 2022", MILLIONS, ("49.2", "44.9", "3.0", "0.3", "97.4")),
    ("bank", MILLIONS, ("77.5", "31.0", "3.9", "-", "112.4")),
    ("hotel", DOLLARS, ("9,046,000", "908,000", "372,000", "-", "10,326,000")),
    ("consumer goods", THOUSANDS, ("27,295", "2,390", "158", "294", "30,137")),
    ("health insurer", DOLLARS, ("19,637,000", "8,648,000", "3,466,000", "-", "31,751,000")),
    ("fast food", DOLLARS, ("6,145,000", "349,000", "148,000", "-", "6,642,000")),
    ("web security", DOLLARS, ("3,479,250", "68,000", "414,812", "7,500", "3,969,562")),
    ("homebuilder", DOLLARS, ("2,987,363", "-", "6,440", "-", "2,993,803")),
    ("spin-off 2023", THOUSANDS, ("19,574", "1,291", "42", "10", "20,917")),
    ("spin-off 2022", THOUSANDS, ("23,780", "1,143", "449", "3", "25,375")),
    ("oil 2023", DOLLARS, ("4,056,104", "1,000", "-", "6,154", "4,063,258")),
    ("oil 2022", DOLLARS, ("3,840,550", "6,000", "-", "3,806", "3,850,356")),
]


@pytest.mark.parametrize(("unit", "row"), [p[1:] for p in PUBLISHED], ids=[p[0] for p in PUBLISHED])
def test_published_table_is_printed_as_it_was(unit: Unit, row: tuple[str, ...]) -> None:
    exact = [str(amount * unit.scale) for amount in numbers(*row[:4])]
    found = table(fees("FY2023", *[e if Decimal(e) else "-" for e in exact]), "FY2023", unit=unit)
    assert printed(found) == numbers(*row)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("rows", "total", "unit", "expected"),
    [
        # An insurer, 2023: the parts are 94.0, printed 94.1.
        (("66.0", "26.1", "1.7", "0.2"), "94.1", MILLIONS, Ground.MAY_NOT_ADD),
        (("49.2", "44.9", "3.0", "0.3"), "97.4", MILLIONS, None),
        (("2.4", "0.3", "-", "0.1"), "3.1", MILLIONS, Ground.TOTAL_NOT_SUM),
        (("2.4", "0.3", "-", "0.1"), "3.0", MILLIONS, Ground.MAY_NOT_ADD),  # 0.2, the bound
        (("850", "60", "75", "20"), "1,007", THOUSANDS, Ground.MAY_NOT_ADD),
        (("850", "60", "75", "20"), "1,008", THOUSANDS, Ground.TOTAL_NOT_SUM),
        (("-", "-", "-", "-"), "0", DOLLARS, None),
        (("-", "-", "-", "-"), "1", DOLLARS, Ground.TOTAL_NOT_SUM),
        (("1.00", "1.00"), "2.01", MILLIONS_TWO_PLACES, Ground.MAY_NOT_ADD),
    ],
)
def test_sum_as_printed(
    rows: tuple[str, ...], total: str, unit: Unit, expected: Ground | None
) -> None:
    found = check_sum(numbers(*rows), *numbers(total), unit)
    assert (found and found.ground) == expected


def test_rows_under_one_count_in_the_bound() -> None:
    """0.01 and 49,999.99 read under one in tenths of a million, and their sum reads 0.1."""
    found = table(fees("FY2026", "0.01", "49,999.99"), "FY2026", unit=MILLIONS)
    assert printed(found) == numbers("0.0", "0.0", "0.0", "0.0", "0.1")
    assert grounds(found.notes) == (Ground.MAY_NOT_ADD,)
    nothing = numbers("0", "0", "0", "0")
    assert check_sum(nothing, Decimal("0.1"), MILLIONS).ground == Ground.TOTAL_NOT_SUM
    assert check_sum(nothing, Decimal("0.1"), MILLIONS, under_one=2).ground == Ground.MAY_NOT_ADD


def test_rounding_in_thousands() -> None:
    lines = fees("FY2026", "850,400", "60,450", "75,450", "20,300")
    found = table(lines, "FY2026", unit=THOUSANDS)
    assert printed(found) == numbers("850", "60", "75", "20", "1,007")
    assert grounds(found.notes) == (Ground.MAY_NOT_ADD,)
    shares = [found.columns[0].share(category) for category in LINES]
    assert shares == numbers("84", "6", "7", "2")  # 99 percent: each rounded once


@pytest.mark.parametrize(
    ("amount", "unit", "shown", "value"),
    [
        ("-", THOUSANDS, Shown.NONE, "0"),
        ("499.99", THOUSANDS, Shown.UNDER_ONE, "0"),
        ("500", THOUSANDS, Shown.AMOUNT, "1"),
        ("0.49", DOLLARS, Shown.UNDER_ONE, "0"),
        ("0.50", DOLLARS, Shown.AMOUNT, "1"),
        ("1.50", DOLLARS, Shown.AMOUNT, "2"),
        ("2.50", DOLLARS, Shown.AMOUNT, "3"),
        ("49,999", MILLIONS, Shown.UNDER_ONE, "0.0"),
        ("50,000", MILLIONS, Shown.AMOUNT, "0.1"),
    ],
)
def test_half_up_and_under_one(amount: str, unit: Unit, shown: Shown, value: str) -> None:
    cell = table(fees("FY2026", amount), "FY2026", unit=unit).columns[0].cells[FeeCategory.AUDIT]
    assert (cell.shown, cell.printed) == (shown, Decimal(value))


FOREIGN_ISSUER = [
    *fees("FY2020", "28,000", firm="Second"),
    *fees("FY2019", "32,000", "8,000", firm="First"),
]


def test_two_firms_have_columns_of_their_own() -> None:
    found = table(FOREIGN_ISSUER, "FY2020", "FY2019", firm="Second", predecessors=("First",))
    heads = [(column.year, column.firm, column.is_predecessor) for column in found.columns]
    assert heads == [
        ("FY2020", "Second", False),
        ("FY2020", "First", True),
        ("FY2019", "Second", False),
        ("FY2019", "First", True),
    ]
    totals = [column.total.printed for column in found.columns]
    assert totals == numbers("28,000", "0", "0", "40,000")
    assert found.columns[1].total.shown == Shown.NONE


def test_predecessor_is_optional() -> None:
    found = table(FOREIGN_ISSUER, "FY2020", "FY2019", firm="Second")
    assert [column.total.printed for column in found.columns] == numbers("28,000", "0")


def test_prior_year_that_changed_is_told_with_the_exact_difference() -> None:
    """A web security company: about 21,862 more than was published a year before."""
    issued = table(fees("FY2022", "3,521,237", "63,180", "416,550"), "FY2022")
    now = table(
        [
            *fees("FY2023", "3,479,250", "68,000", "414,812", "7,500"),
            *fees("FY2022", "3,543,099", "63,180", "416,550"),
        ],
        "FY2023",
        "FY2022",
    )
    (change,) = changes_since_issue(issued, now)
    assert change.ground == Ground.PRIOR_YEAR_CHANGED
    facts = {name: change.facts[name] for name in ("year", "category", "difference")}
    assert facts == {
        "year": "FY2022",
        "category": FeeCategory.AUDIT,
        "difference": Decimal(21862),
    }
    assert printed(now, 1) == numbers("3,543,099", "63,180", "416,550", "0", "4,022,829")


def test_funds_that_are_not_consolidated_stand_below_and_outside_the_sums() -> None:
    """An asset manager, in thousands: its own fees, and those of the funds it manages."""
    own = fees("FY2023", "26,802,000", "3,114,000", "9,124,000")
    funds = fees("FY2023", "39,785,000", "316,000", "50,119,000", in_table=False, recipient="Funds")
    found = table([*own, *funds], "FY2023", unit=THOUSANDS)
    assert printed(found) == numbers("26,802", "3,114", "9,124", "0", "39,040")
    (below,) = found.outside
    assert (below.recipient, below.exact) == ("Funds", Decimal(90_220_000))


def test_estimates_are_counted_and_said() -> None:
    """An oil company: a statutory audit expected at 125,000 and finished in the next year."""
    lines = [
        *fees("FY2023", "3,931,104", "1,000", "-", "6,154"),
        *fees("FY2023", "125,000", status=FeeStatus.ESTIMATED),
    ]
    found = table(lines, "FY2023")
    assert printed(found) == numbers("4,056,104", "1,000", "0", "6,154", "4,063,258")
    assert grounds(found.notes) == (Ground.INCLUDES_ESTIMATES,)


def test_lines_of_another_year_or_firm_are_not_in_the_table() -> None:
    estimated = {"status": FeeStatus.ESTIMATED}
    others = [
        *fees("FY2022", "7", **estimated),
        *fees("FY2022", "8", in_table=False, recipient="Funds"),
        *fees("FY2023", "9", firm="Another firm", **estimated),
        *fees("FY2023", "10", in_table=False, recipient="Funds", **estimated),
    ]
    found = table([*fees("FY2023", "100"), *others], "FY2023", predecessors=("Before",))
    assert [column.total.exact for column in found.columns] == [100, 0]
    assert [(each.year, each.recipient, each.exact) for each in found.outside] == [
        ("FY2023", "Funds", 10)
    ]
    assert found.notes == ()
    before = fees("FY2023", "11", firm="Before", **estimated)
    found = table([*fees("FY2023", "100"), *before], "FY2023", predecessors=("Before",))
    assert found.notes == (reason(Ground.INCLUDES_ESTIMATES),)


def test_one_of_two_columns_that_does_not_add_is_noted() -> None:
    """Three of 1.44 million are printed as 1.4 each, and as 4.3 together."""
    adds, differs = fees("FY2023", "1,000,000"), fees("FY2022", *["1,440,000"] * 3)
    found = table([*adds, *differs], "FY2023", "FY2022", unit=MILLIONS)
    assert found.notes == (reason(Ground.MAY_NOT_ADD),)
    assert table(adds, "FY2023", unit=MILLIONS).notes == ()


def test_rate_that_is_missing_in_one_of_two_years() -> None:
    lines = [*fees("FY2023", "100"), FeeLine("Firm", "FY2022", FeeCategory.AUDIT, None)]
    found = table(lines, "FY2023", "FY2022")
    assert not found.can_be_computed
    assert found.notes == objections_to_issue(found, {}) == (reason(Ground.RATE_MISSING),)
    # What cannot be computed, before or now, is no change.
    computed = table(fees("FY2022", "100"), "FY2022")
    assert changes_since_issue(computed, found) == changes_since_issue(found, computed) == ()


def test_missing_rate_is_said_and_never_one_to_one() -> None:
    lines = [*fees("FY2023", "100", "50"), FeeLine("Firm", "FY2023", FeeCategory.AUDIT, None)]
    found = table(lines, "FY2023")
    assert [found.columns[0].cells[c].shown for c in LINES[:2]] == [
        Shown.CANNOT_BE_COMPUTED,
        Shown.AMOUNT,
    ]
    assert found.columns[0].total.exact is None
    assert grounds(found.notes) == (Ground.RATE_MISSING,)
    assert grounds(objections_to_issue(found, DESCRIBED)) == (Ground.RATE_MISSING,)


@pytest.mark.parametrize(
    ("row", "described", "missing"),
    [
        (("1", "-", "-", "-"), [], []),
        (("1", "1", "-", "-"), [], [FeeCategory.AUDIT_RELATED]),
        (
            ("1", "1", "1", "1"),
            [FeeCategory.TAX],
            [FeeCategory.AUDIT_RELATED, FeeCategory.ALL_OTHER],
        ),
        (("1", "1", "1", "1"), LINES, []),
    ],
)
def test_each_line_but_audit_needs_its_description(
    row: tuple[str, ...], described: list[FeeCategory], missing: list[FeeCategory]
) -> None:
    found = table([*fees("FY2022", "1"), *fees("FY2023", *row)], "FY2023", "FY2022")
    objections = objections_to_issue(found, dict.fromkeys(described, "What was done."))
    assert objections == tuple(reason(Ground.DESCRIPTION_MISSING, category=c) for c in missing)


def test_description_of_the_year_before_is_needed_as_well_and_blanks_are_none() -> None:
    found = table([*fees("FY2023", "1"), *fees("FY2022", "1", "-", "2")], "FY2023", "FY2022")
    objections = objections_to_issue(found, {FeeCategory.TAX: "  "})
    assert [each.facts["category"] for each in objections] == [FeeCategory.TAX]


AMOUNTS = st.integers(0, 10**12).map(lambda cents: Decimal(cents) / 100)
UNITS = st.sampled_from([CENTS, DOLLARS, THOUSANDS, MILLIONS, MILLIONS_TWO_PLACES])


@given(st.lists(st.tuples(st.sampled_from(LINES), AMOUNTS), max_size=30), UNITS)
def test_rows_and_total_agree_for_any_amounts_and_units(
    amounts: list[tuple[FeeCategory, Decimal]], unit: Unit
) -> None:
    """Exactly, the total is the sum; as printed, it differs by no more than rounding can explain."""
    lines = [FeeLine("Firm", "FY2026", each, Money(amount, "USD")) for each, amount in amounts]
    found = table(lines, "FY2026", unit=unit)
    (column,) = found.columns
    exact = [column.cells[category].exact for category in LINES]
    assert column.total.exact == sum(exact) == sum(amount for _, amount in amounts)
    rows = printed(found)
    assert all(
        abs(cell.printed * unit.scale - cell.exact) * 2 <= unit.step
        for cell in (*column.cells.values(), column.total)
    )
    under = [cell.shown for cell in column.cells.values()].count(Shown.UNDER_ONE)
    ruled = check_sum(rows[:4], rows[4], unit, under_one=under)
    assert ruled is None or ruled.ground == Ground.MAY_NOT_ADD
    assert (Ground.MAY_NOT_ADD in grounds(found.notes)) == (sum(rows[:4]) != rows[4])


@given(st.lists(AMOUNTS, min_size=4, max_size=4), UNITS, UNITS)
def test_a_table_never_differs_from_itself_in_another_unit(
    amounts: list[Decimal], first: Unit, second: Unit
) -> None:
    lines = fees("FY2026", *map(str, amounts))
    one, two = (table(lines, "FY2026", unit=unit) for unit in (first, second))
    assert changes_since_issue(one, two) == ()
    assert coarser(first, second) == coarser(second, first)


@pytest.mark.parametrize(
    ("share", "stated"),
    [(None, False), ("0", False), ("50", False), ("50.00", False), ("50.01", True), ("72.5", True)],
)
def test_hours_of_others_are_stated_above_half(share: str | None, *, stated: bool) -> None:
    found = hours_of_others(None if share is None else Decimal(share))
    said = (reason(Ground.HOURS_OF_OTHERS, share=Decimal(share or 0)),)
    assert found == (said if stated else ())


def test_share_of_the_total() -> None:
    column = table(fees("2025", "750", "125", "125"), "2025", "2024").columns
    shares = [[each.share(category) for category in LINES] for each in column]
    assert shares == [[75, 13, 13, 0], [None] * 4]


def test_no_share_where_an_amount_cannot_be_computed() -> None:
    cell, unknown = Cell(Decimal(750), Decimal(750)), Cell(None, None)
    known = dict.fromkeys(FeeCategory, cell) | {FeeCategory.TAX: unknown}
    column = Column("2025", "Firm", False, known, Cell(Decimal(1000), Decimal(1000)))
    assert column.share(FeeCategory.AUDIT) == 75
    assert column.share(FeeCategory.TAX) is None
    assert replace(column, total=unknown).share(FeeCategory.AUDIT) is None
