"""Long lists: the newest rows are open, and the earlier ones are folded by year."""

from datetime import date, timedelta

from records.folds import NEWEST, folded


def days(count: int, last: date) -> list[date]:
    return [last - timedelta(days=30 * number) for number in range(count)]


def test_short_list_is_not_folded() -> None:
    rows = days(NEWEST, date(2026, 12, 1))
    assert folded(rows, lambda day: day) == (rows, [])
    assert folded([], lambda day: day) == ([], [])


def test_earlier_rows_are_folded_by_year() -> None:
    rows = days(NEWEST + 9, date(2026, 12, 1))
    newest, folds = folded(rows, lambda day: day)
    assert list(newest) == rows[:NEWEST]
    assert [fold.words for fold in folds] == ["Earlier in 2026: 2", "2025: 7"]
    assert [row for fold in folds for row in fold.rows] == rows[NEWEST:]
    assert {row.year for row in folds[1].rows} == {2025}
