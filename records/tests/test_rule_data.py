"""The rule-data: one value of every rule on every day, with its citation, and nothing proposed."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.calendar import DAY
from records.enums import FilerCategory
from records.rule_data import (
    TABLE,
    NotInTableError,
    Rule,
    RuleDataError,
    Unit,
    read,
    value_on,
)

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("key", "on", "amount", "citation"),
    [
        ("form_10k.days.large_accelerated", "2006-12-14", 75, "Form 10-K, General Instruction A(2)(a); Release 33-8644"),
        ("form_10k.days.large_accelerated", "2006-12-15", 60, "Form 10-K, General Instruction A(2)(a); Release 33-8644"),
        ("form_10k.days.accelerated", "2026-12-31", 75, "Form 10-K, General Instruction A(2)(b); Releases 33-8128 and 33-8644"),
        ("form_10k.days.non_accelerated", "2026-12-31", 90, "Form 10-K, General Instruction A(2)(c)"),
        ("form_10q.days.large_accelerated", "2026-09-30", 40, "Form 10-Q, General Instruction A.1(a); Release 33-8644"),
        ("form_10q.days.accelerated", "2026-09-30", 40, "Form 10-Q, General Instruction A.1(a); Release 33-8644"),
        ("form_10q.days.non_accelerated", "2026-09-30", 45, "Form 10-Q, General Instruction A.1(b)"),
        ("part_iii.days", "2026-12-31", 120, "Form 10-K, General Instruction G(3)"),
        ("form_12b25.days", "2027-03-16", 1, "Exchange Act Rule 12b-25(a)"),
        ("form_12b25.extension.annual", "2027-03-16", 15, "Exchange Act Rule 12b-25(b)(2)(ii)"),
        ("form_12b25.extension.interim", "2026-11-09", 5, "Exchange Act Rule 12b-25(b)(2)(ii)"),
        ("form_8k.days", "2026-11-20", 4, "Form 8-K, General Instruction B.1; Release 33-8400"),
        ("form_8k.days.change_of_auditor", "2004-08-22", 5, "Form 8-K, General Instruction B.1, as in force until August 22, 2004"),
        ("form_8k.days.change_of_auditor", "2004-08-23", 4, "Form 8-K, Item 4.01 and General Instruction B.1; Release 33-8400"),
        ("filer.large_accelerated.entry", "2026-12-31", Decimal(700_000_000), "Exchange Act Rule 12b-2, large accelerated filer (2)(i)"),
        ("filer.large_accelerated.exit", "2020-04-26", Decimal(500_000_000), "Exchange Act Rule 12b-2 (3)(iii); Release 33-8644"),
        ("filer.large_accelerated.exit", "2020-04-27", Decimal(560_000_000), "Exchange Act Rule 12b-2 (3)(iii); Release 34-88365"),
        ("filer.accelerated.exit", "2020-04-26", Decimal(50_000_000), "Exchange Act Rule 12b-2 (3)(ii); Release 33-8644"),
        ("filer.accelerated.exit", "2020-04-27", Decimal(60_000_000), "Exchange Act Rule 12b-2 (3)(ii); Release 34-88365"),
        ("filer.categories", "2026-12-31", ("large_accelerated", "accelerated", "non_accelerated"), "Exchange Act Rule 12b-2; Release 33-8644"),
        ("report.form.interim", "2026-09-30", "10-Q", "Exchange Act Rule 13a-13"),
        ("independence.compensation", "2026-11-20", Decimal(120_000), "Nasdaq 5605(a)(2)(B)"),
        ("independence.payments", "2026-11-20", Decimal(200_000), "Nasdaq 5605(a)(2)(D)"),
        ("independence.payments_percent", "2026-11-20", 5, "Nasdaq 5605(a)(2)(D)"),
        ("independence.holding_percent", "2026-11-20", 10, "Exchange Act Rule 10A-3(e)(1)(ii)(A); Release 33-8220"),
        ("independence.look_back_years", "2026-11-20", 3, "Nasdaq 5605(a)(2) and 5605(c)(2)(A)(iii)"),
        ("related_party.amount", "2026-11-20", Decimal(120_000), "Reg. S-K Item 404(a); Release 33-8732A"),
        ("related_party.asset_percent", "2026-11-20", 1, "Reg. S-K Item 404(d)(1); Release 33-8876"),
        ("board.least_quorum", "2026-08-04", Fraction(1, 3), "DGCL 141(b) and 141(c)(4)"),
    ],
)  # fmt: skip
def test_value_on_a_day(key: str, on: str, amount: object, citation: str) -> None:
    found = value_on(key, date.fromisoformat(on))
    assert (found.amount, type(found.amount), found.citation) == (amount, type(amount), citation)


@pytest.mark.parametrize(
    ("key", "on", "words"),
    [
        ("form_10k.days.large_accelerated", "2005-12-14", "form_10k.days.large_accelerated has no value on 2005-12-14: the table has it from 2005-12-15."),
        ("form_10k.days.micro", "2026-12-31", "The table has no rule form_10k.days.micro."),
    ],
)  # fmt: skip
def test_day_or_rule_outside_the_table_is_refused(key: str, on: str, words: str) -> None:
    with pytest.raises(NotInTableError) as refusal:
        value_on(key, date.fromisoformat(on))
    assert str(refusal.value) == words


def test_amount_is_asked_for_in_its_own_kind() -> None:
    assert TABLE.number_on("form_8k.days", TODAY) == 4
    assert TABLE.usd_on("smaller.float", TODAY) == Decimal(250_000_000)
    with pytest.raises(TypeError, match=r"form_8k.days is no amount of money but in business days"):
        TABLE.usd_on("form_8k.days", TODAY)
    with pytest.raises(TypeError, match=r"smaller.float is no whole number but in USD"):
        TABLE.number_on("smaller.float", TODAY)


@given(key=st.sampled_from(sorted(TABLE.rules)), day=st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_rule_has_one_value_from_its_first_day_on(key: str, day: date) -> None:
    rule = TABLE.rules[key]
    covering = [value for value in rule.values if value.first <= day <= (value.last or date.max)]
    if day >= rule.values[0].first:
        assert covering == [TABLE.value_on(key, day)]
    else:
        assert covering == []


def test_proposals_are_listed_and_never_looked_up() -> None:
    proposed = {rule.key for rule in TABLE.rules.values() if rule.proposals}
    assert proposed == {
        "report.form.interim",
        "report.interim_a_year",
        "form_10k.days.non_accelerated",
        "form_10q.days.non_accelerated",
        "filer.categories",
        "filer.attested_categories",
        "filer.large_accelerated.entry",
    }
    assert value_on("form_10k.days.non_accelerated", date(2099, 12, 31)).amount == 90
    assert value_on("report.form.interim", date(2099, 12, 31)).amount == "10-Q"


@pytest.mark.parametrize("category", FilerCategory)
def test_every_filer_category_has_its_due_days(category: FilerCategory) -> None:
    for form in ("form_10k", "form_10q"):
        assert TABLE.rule(f"{form}.days.{category.value}").unit is Unit.CALENDAR_DAYS


def test_categories_of_the_table_are_the_portals() -> None:
    named = {word for key in ("filer.categories", "filer.attested_categories") for value in TABLE.rule(key).values for word in value.amount}  # fmt: skip
    assert named == set(FilerCategory.values)


def a_table(**values: str) -> str:
    """A table of one rule; its fields can be given as TOML, and left out with an empty text."""
    fields = {"key": '"a.b"', "title": '"A"', "unit": '"calendar days"', "looked_up_by": '"a day"'}
    rows = [f"{name} = {text}" for name, text in (fields | values).items() if text]
    return "\n".join(['group = "G"', "[[rule]]", *rows])


def a_value(first: str = "2020-01-01", amount: str = "4", **more: str) -> str:
    rows = {"from": first, "amount": amount, "citation": '"Rule 1"'} | more
    lines = [f"{name} = {text}" for name, text in rows.items() if text]
    return "\n".join(["", "[[rule.value]]", *lines])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (a_table(), "a.b has no value."),
        (a_table() + a_value() + a_value("2021-01-01"), "a.b has two values on 2021-01-01."),
        (a_table() + a_value(until="2020-12-31") + a_value("2020-12-31"), "a.b has two values on 2020-12-31."),
        (a_table() + a_value(until="2020-12-31") + a_value("2021-01-02"), "a.b has no value on 2021-01-01."),
        (a_table() + a_value("2021-01-01", until="2021-12-31") + a_value("2020-01-01"), "a.b has two values on 2020-01-01."),
        (a_table() + a_value(until="2019-12-31"), "a.b ends on 2019-12-31, before it begins."),
        (a_table() + a_value(citation=""), "a.b lacks its citation."),
        (a_table() + a_value(citation='" "'), "a.b lacks its citation."),
        (a_table() + a_value(first=""), "a.b: from is a date, written 2026-11-20."),
        (a_table() + a_value(first='"2020-01-01"'), "a.b: from is a date, written 2026-11-20."),
        (a_table() + a_value(first="2020-01-01T00:00:00"), "a.b: from is a date, written 2026-11-20."),
        (a_table() + a_value(amount='"four"'), "a.b: 'four' is no amount in calendar days."),
        (a_table() + a_value(amount="-1"), "a.b: -1 is no amount in calendar days."),
        (a_table() + a_value(amount="true"), "a.b: True is no amount in calendar days."),
        (a_table() + a_value(amount="1.5"), "a.b: 1.5 is no amount in calendar days."),
        (a_table(unit='"USD"') + a_value(amount='"700"'), "a.b: '700' is no amount in USD."),
        (a_table(unit='"fraction"') + a_value(amount='"1/0"'), "a.b: '1/0' is no amount in fraction."),
        (a_table(unit='"filer categories"') + a_value(amount="[]"), "a.b: [] is no amount in filer categories."),
        (a_table(unit='"weeks"') + a_value(), "a.b has an unknown unit: weeks."),
        (a_table(unit="") + a_value(), "a.b lacks its unit."),
        (a_table(key='"A B"') + a_value(), "'A B' is no key: write it like form_10k.days.accelerated."),
        (a_table(color='"red"') + a_value(), "a.b has a field that is not known: color."),
        (a_table() + a_value(untill="2021-01-01"), "a.b has a field that is not known: untill."),
        (a_table() + a_value(until="2020-12-31") + a_value("2021-01-01", is_older="true"), "a.b: only the first value can be older than the table."),
        (a_table() + a_value(is_older='"yes"'), "a.b: is_older is true or false."),
        (a_table() + a_value() + "\n[[rule.proposal]]\namount = 5", "a.b lacks its source."),
        ("[[rule]]", "The table lacks its group."),
    ],
)  # fmt: skip
def test_table_that_cannot_be_used_is_refused(text: str, words: str) -> None:
    with pytest.raises(RuleDataError) as refusal:
        read(text)
    assert str(refusal.value) == words


def test_rule_that_is_written_twice_is_refused() -> None:
    once = a_table() + a_value()
    with pytest.raises(RuleDataError, match=r"a.b is in the table twice"):
        read(once, once)


def test_text_that_is_no_toml_is_refused() -> None:
    with pytest.raises(RuleDataError, match="The table is not TOML"):
        read("group =")


@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.data())
def test_spans_are_accepted_only_without_overlap_and_gap(
    lengths: list[int], data: st.DataObject
) -> None:
    """Spans in a row, one of them moved by a few days: accepted where it was moved by none."""
    moved, by = data.draw(st.integers(0, len(lengths) - 1)), data.draw(st.integers(-3, 3))
    first, spans = date(2020, 1, 1), []
    for place, length in enumerate(lengths):
        last = first + DAY * (length + 3)
        spans.append((first + DAY * by if place == moved and place else first, last))
        first = last + DAY
    rows = [a_value(str(first), until=str(last)) for first, last in spans]
    is_whole = all(later[0] == earlier[1] + DAY for earlier, later in pairwise(spans))
    try:
        read(a_table() + "".join(rows))
    except RuleDataError:
        assert not is_whole
    else:
        assert is_whole


def test_repealed_rule_has_no_value_afterwards() -> None:
    rule: Rule = read(a_table() + a_value(until="2020-12-31")).rule("a.b")
    assert rule.value_on(date(2020, 12, 31)).amount == 4
    with pytest.raises(NotInTableError, match="the table has it from 2020-01-01 to 2020-12-31"):
        rule.value_on(date(2021, 1, 1))
