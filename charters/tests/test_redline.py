"""Two texts compared word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charters.redline import Mark, redline

K, S, N = Mark.KEPT, Mark.STRUCK, Mark.NEW


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("The auditor", "The auditor", [[(K, "The auditor")]]),
        ("", "New words", [[(N, "New words")]]),
        ("Old words", "", [[(S, "Old words")]]),
        (
            "at least three members",
            "at least four members",
            [[(K, "at least"), (S, "three"), (N, "four"), (K, "members")]],
        ),
        ("One.\n\nTwo.", "One.\nTwo.", [[(K, "One.")], [(K, "Two.")]]),
        ("One.", "One.\nTwo.", [[(K, "One.")], [(N, "Two.")]]),
        ("a  b", "a b", [[(K, "a b")]]),
        ("## Purpose\n- (a) **one**", "# Purpose\n* (a) one", [[(K, "Purpose")], [(K, "(a) one")]]),
        ("No. #1 is 3 - 2", "No. #1 is 3 - 2", [[(K, "No. #1 is 3 - 2")]]),
    ],
)
def test_words_are_marked(before: str, after: str, found: list[list[tuple[Mark, str]]]) -> None:
    assert [[(run.mark, run.text) for run in runs] for runs in redline(before, after)] == found


TEXTS = st.lists(st.sampled_from(["a", "b", "c", "\n"]), max_size=12).map(" ".join)


@given(TEXTS, TEXTS)
def test_each_text_is_there_in_its_order(before: str, after: str) -> None:
    runs = [run for paragraph in redline(before, after) for run in paragraph]
    for text, other in ((before, N), (after, S)):
        words = [word for run in runs if run.mark is not other for word in run.text.split()]
        assert words == text.split()
