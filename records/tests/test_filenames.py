"""What becomes of a file's name."""

import unicodedata

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from records.filenames import LONGEST, clean


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("minutes.pdf", "minutes.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\minutes.pdf", "minutes.pdf"),
        ("/absolute.pdf", "absolute.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "a Set-Cookie- b.pdf"),
        ("minutes\u202efdp.exe", "minutesfdp.exe"),
        ("nul\x00l.pdf", "null.pdf"),
        ("  many   blanks .pdf ", "many blanks .pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("Prüfung – März.pdf", "Prüfung – März.pdf"),
        ('what?<is>"this".pdf', "what--is--this-.pdf"),
        ("...", ""),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("a." + "b" * 300, "a." + "b" * 118),
        ("a" * 1000 + "." + "b" * 1000, "a" * 120),
        # Directions, joiners and what is no letter at all.
        ("\u2066minutes\u2069\u200f.pdf", "minutes.pdf"),
        ("minutes\ud800.pdf", "minutes.pdf"),
        ("mi\u0301nutes\ufeff.pdf", "mínutes.pdf"),
        ("a\tb\nc.pdf", "a b c.pdf"),
        # Devices of some systems.
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("COM¹.txt", "_COM¹.txt"),
        ("console.pdf", "console.pdf"),
    ],
)
def test_name_is_cleaned(given: str, expected: str) -> None:
    assert clean(given) == expected


@given_any(st.text(alphabet=st.characters(), max_size=400))
def test_whatever_is_given_leads_nowhere(given: str) -> None:
    name = clean(given)
    assert len(name) <= LONGEST + 1
    assert not set(name) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(sign)[0] == "C" for sign in name)
    assert not name.startswith(".")
