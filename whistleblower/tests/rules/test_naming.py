"""Whether a text names somebody who would read it."""

import pytest

from whistleblower.enums import ReaderRole
from whistleblower.rules.naming import Named, named

READERS = [
    Named("counsel", "Iris Núñez", ReaderRole.COUNSEL),
    Named("chair", "Clara Chairwell", ReaderRole.CHAIR),
    Named("member", "Max Memberton Jr.", ReaderRole.MEMBER),
    Named("second", "María Villaseñor de Echeverría", ReaderRole.MEMBER),
    Named("board", "Bob Boardman", ReaderRole.BOARD_CHAIR),
]


@pytest.mark.parametrize(
    ("text", "uids"),
    [
        ("The goods were in the yard.", []),
        ("Mr. MEMBERTON told us to book it.", ["member"]),
        ("Max Memberton Jr. signed.", ["member"]),
        ("Villasenor lo firmó.", ["second"]),
        ("Echeverría lo firmó.", ["second"]),
        ("Nunez knew of it.", ["counsel"]),
        ("The audit committee’s chair knew.", ["chair"]),
        ("The chairman of the Board knew.", ["board"]),
        # Which of the two is not said, so that both are asked about.
        ("Our chairwoman signed it.", ["chair", "board"]),
        ("La presidenta lo firmó.", ["chair", "board"]),
        ("El presidente del Consejo lo sabía.", ["board"]),
        ("La presidenta del comité de auditoría lo sabía.", ["chair"]),
        ("A member of the audit committee was there.", ["member", "second"]),
        ("Un miembro del comité estaba allí.", ["member", "second"]),
        # As the Spanish pages call them.
        ("La Asesoría jurídica independiente lo sabía.", ["counsel"]),
        ("Lo firmó la presidencia del comité de auditoría.", ["chair"]),
        ("La Presidencia de la Junta Directiva lo sabía.", ["board"]),
        ("She sat on a chair.", []),
    ],
)
def test_who_is_named(text: str, uids: list[str]) -> None:
    assert [each.uid for each in named(text, READERS)] == uids
