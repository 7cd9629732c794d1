"""The reporter's code: however it is typed, wherever it stands by mistake."""

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whistleblower.crypto import codes, words

CODE = "amazing fox ladder ocean pistol quantum ribbon stadium tunnel velvet"


@pytest.mark.parametrize("language", ["en", "es"])
def test_code_has_ten_words_of_the_list_and_more_than_100_bits(language: str) -> None:
    code = codes.new_code(language)
    assert len(codes.parts(code)) == 10
    assert codes.is_code(code)
    assert codes.language_of(code) == language
    assert math.log2(len(words.word_list(language)) ** codes.PARTS) - 5 > 100
    assert codes.new_code(language) != code


@pytest.mark.parametrize(
    "typed",
    [
        "Amazing-Fox-Ladder-Ocean-Pistol-Quantum-Ribbon-Stadium-Tunnel-Velvet",
        "amazing fox ladder ocean pistol quantum ribbon stadium tunnel velvet ",
        "amazing–fox—ladder ocean pistol quantum ribbon stadium tunnel velvet",
        "amazing\u00a0fox\nladder ocean\r\npistol quantum ribbon stadium tunnel velvet",
        "amazingfoxladderoceanpistolquantumribbonstadiumtunnelvelvet",
        "".join(
            f"Part {n} of 10:{word}, {' '.join(word)}\n" for n, word in enumerate(CODE.split(), 1)
        ),
        "Part 1 of 10: amazing "
        + " ".join(f"Part {n} of 10: {word}" for n, word in enumerate(CODE.split()[1:], 2)),
        "1. amazing 2. fox 3. ladder 4. ocean 5. pistol 6. quantum 7. ribbon 8. stadium 9. tunnel 10. velvet",
    ],
)
def test_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert codes.locator(typed) == codes.locator(CODE)
    assert codes.unlocking_key(typed) == codes.unlocking_key(CODE)


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from(["", " ", "-", "–", "\u00a0", "\n", "."])))
)
def test_case_spaces_dashes_and_breaks_never_matter(noise: list[tuple[bool, str]]) -> None:
    letters = list(CODE)
    for place, (upper, mark) in enumerate(noise[: len(letters)]):
        letters[place] = (letters[place].upper() if upper else letters[place]) + mark
    assert codes.locator("".join(letters)) == codes.locator(CODE)


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_letter_is_one_with_its_mark(language: str) -> None:
    """Or who listens would hear the mark by itself, where the word is spelt."""
    found = words.word_list(language)
    assert [unicodedata.normalize("NFC", word) for word in found] == list(found)
    assert all(word.isalpha() for word in found)


def test_spanish_marks_may_be_left_out() -> None:
    assert codes.locator("Ábaco jardín") == codes.locator("abaco jardin")


def test_hashes_are_known_and_apart() -> None:
    assert codes.locator(CODE).hex() == (
        "d339caa5350fdb8fca25931aac3524632399cec064b670aa1bc2c0b816974c11"
    )
    assert codes.locator(CODE) != codes.unlocking_key(CODE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("My code is Pistol-Quantum and so on.", True),
        ("pistolquantum", True),
        ("photo_ribbon.stadium.jpg", True),
        ("Part 2 of 10: fox, f o x\nPart 3 of 10: ladder, l a d d e r", True),
        ("Parte 2 de 10: fox, f o x\nParte 3 de 10: ladder", True),
        ("Part 2 of 10 was a fox. Part 3 of 10 was on the ladder.", False),
        ("A pistol lay there. The quantum of the fee was wrong.", False),
        ("stadium ribbon", False),
        ("", False),
    ],
)
def test_two_parts_in_a_row_are_found_in_a_text(text: str, found: bool) -> None:
    assert codes.stands_in(CODE, "Nothing.", text) is found


@pytest.mark.parametrize(
    "typed", ["", "amazing", CODE + " fox", CODE.replace("fox", "xylophon"), "<script>", "a" * 70]
)
def test_what_is_no_code_is_not_taken_for_one(typed: str) -> None:
    assert codes.is_code(typed) is False
