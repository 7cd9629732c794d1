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
        ("The audit chair took it.", ["chair"]),
        ("Ask the AC chair.", ["chair"]),
        ("The woman who chairs the audit committee took it.", ["chair"]),
        ("The committee’s lawyer helped.", ["counsel"]),
        ("The audit committee's attorney helped.", ["counsel"]),
        ("Outside counsel to the committee helped.", ["counsel"]),
        ("A lawyer for the audit committee was there.", ["counsel"]),
        ("El abogado del comité lo sabía.", ["counsel"]),
        ("One of our lawyers was there.", []),
        ("He serves on the audit committee.", ["member", "second"]),
        ("The president of our board knew.", ["board"]),
        ("The audit took two weeks.", []),
        # A particle of a family name names nobody.
        ("De todo lo que vi, esto es lo peor.", []),
    ],
)
def test_who_is_named(text: str, uids: list[str]) -> None:
    assert [each.uid for each in named(text, READERS)] == uids


SHORT = [
    Named("wu", "Jin Wu", ReaderRole.MEMBER),
    Named("ng", "Alice J. Ng", ReaderRole.MEMBER),
    Named("he", "Bo He", ReaderRole.MEMBER),
    Named("o", "Min O", ReaderRole.MEMBER),
    Named("silva", "Ana da Silva II", ReaderRole.MEMBER),
]


@pytest.mark.parametrize(
    ("text", "uids"),
    [
        ("Mr. Wu signed the books early.", ["wu"]),
        ("mr wu signed the books early", ["wu"]),
        ("Wu signed the books early.", ["wu"]),
        ("I gave it to Wu.", ["wu"]),
        ("WU SIGNED IT.", ["wu"]),
        ("jin wu signed it", ["wu"]),
        ("Ms Ng knew.", ["ng"]),
        ("La Sra. Ng lo sabía.", ["ng"]),
        ("Ng's desk.", ["ng"]),
        ("It weighed 12 kg and smelled of wurst. J. did it.", []),
        # A family name that is a word too.
        ("He told us. HE DID. Then he left; he knew.", []),
        ("Mr. He told us.", ["he"]),
        ("I told it to He on Monday.", ["he"]),
        ("Ms. O knew.", ["o"]),
        ("Min O knew.", ["o"]),
        ("O bien no lo sabía.", []),
        ("Da Silva knew.", ["silva"]),
        ("II. The second part. Da igual.", []),
    ],
)
def test_family_name_of_two_letters_is_known_by_its_capital(text: str, uids: list[str]) -> None:
    assert [each.uid for each in named(text, SHORT)] == uids
