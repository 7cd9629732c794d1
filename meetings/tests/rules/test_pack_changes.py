"""What changed between two versions of a tab (cases/meetings B6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.rules.pack_changes import PageChanges, Span, page_changes

PAGES = "abcdefghij"


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        (PAGES, PAGES, PageChanges()),
        (
            PAGES,
            "abcXdefghij",
            PageChanges(new=(Span(4, 4),), moved=((Span(4, 10), Span(5, 11)),)),
        ),
        (PAGES, "abcdefXhij", PageChanges(changed=(Span(7, 7),))),
        (PAGES, "abcdefXYij", PageChanges(changed=(Span(7, 8),))),
        (PAGES, "abcefghij", PageChanges(removed=(Span(4, 4),), moved=((Span(5, 10), Span(4, 9)),))),
        (PAGES, "abcdefghijKL", PageChanges(new=(Span(11, 12),))),
        ("", "ab", PageChanges(new=(Span(1, 2),))),
        ("ab", "", PageChanges(removed=(Span(1, 2),))),
        ("aaa", "aaaa", PageChanges(new=(Span(4, 4),))),
        ("ab", "aXYb", PageChanges(new=(Span(2, 3),), moved=((Span(2, 2), Span(4, 4)),))),
    ],
    ids=[
        "the same",
        "one inserted after page 3",
        "one figure on page 7",
        "two pages changed",
        "page 4 removed",
        "two at the end",
        "all new",
        "all removed",
        "one more of equal pages",
        "two inserted",
    ],
)  # fmt: skip
def test_page_changes(before: str, now: str, found: PageChanges) -> None:
    assert page_changes(before, now) == found


def test_blank_pages_are_compared_however_many_there_are() -> None:
    blank = ["blank"] * 250
    expected = PageChanges(new=(Span(1, 1),), moved=((Span(1, 250), Span(2, 251)),))
    assert page_changes(blank, ["new", *blank]) == expected


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_every_page_now_is_the_same_as_before_or_named(before: str, now: str) -> None:
    found = page_changes(before, now)
    named = {n for span in (*found.new, *found.changed) for n in range(span.first, span.last + 1)}
    shifted = {
        second.first + step: first.first + step
        for first, second in found.moved
        for step in range(second.last - second.first + 1)
    }
    for number, page in enumerate(now, start=1):
        if number not in named:
            assert before[shifted.get(number, number) - 1] == page
    assert found.is_none == (before == now)
