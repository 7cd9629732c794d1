"""Whether a text names somebody who would read it."""

import re

import pytest

from whistleblower.enums import ReaderRole
from whistleblower.rules.naming import TITLES, Named, named
from whistleblower.rules.wording import plain

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
        ("El asesor independiente lo sabía.", ["counsel"]),
        ("Las asesoras jurídicas independientes lo sabían.", ["counsel"]),
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


# For each way to call an office a sentence that it alone is found in, in their order.
TITLED: dict[ReaderRole, tuple[str, ...]] = {
    ReaderRole.COUNSEL: (
        "Special legal counsel knew.",
        "An attorney of our committee knew.",
        "Los abogados externos lo sabían.",
    ),
    ReaderRole.CHAIR: (
        "The committee's chairlady knew.",
        "The head of our committee knew.",
        "She heads our audit committee.",
        "The chairperson knew.",
        "El presidente de la auditoría lo sabía.",
        "La presidencia del comité lo sabía.",
        "Quien preside nuestro comité lo sabía.",
        "Nuestra presidenta lo sabía.",
    ),
    ReaderRole.MEMBER: (
        "Members of the committee knew.",
        "A committee member knew.",
        "He sat on our committee.",
        "Los vocales del comité lo sabían.",
    ),
    ReaderRole.BOARD_CHAIR: (
        "The head of our board knew.",
        "The board's chairlady knew.",
        "The chairperson knew.",
        "La presidenta de la junta lo sabía.",
        "La presidencia del consejo lo sabía.",
        "Nuestra presidenta lo sabía.",
    ),
}


@pytest.mark.parametrize("role", ReaderRole)
def test_each_title_is_found_where_no_other_is(role: ReaderRole) -> None:
    found = [
        [n for n, each in enumerate(TITLES[role]) if re.search(rf"\b{each}\b", plain(text))]
        for text in TITLED[role]
    ]
    assert found == [[n] for n in range(len(TITLES[role]))]
    reader = Named("one", "Zed Zarathustra", role)
    assert all(named(text, [reader]) == [reader] for text in TITLED[role])


@pytest.mark.parametrize(
    "suffix", ["Jr.", "Sr", "II", "III", "IV", "Esq.", "CPA", "PhD", "CFA", "MD", "JD"]
)
def test_what_follows_a_family_name_calls_nobody(suffix: str) -> None:
    reader = Named("one", f"Max Q. Memberton, {suffix}", ReaderRole.MEMBER)
    assert named("Memberton knew.", [reader]) == [reader]
    assert named(f"Dr {suffix} and Mr. Q knew. It said {suffix}", [reader]) == []


NAMES = [
    Named("lee", "Kim Ann Lee", ReaderRole.MEMBER),
    Named("castillo", "Luz Bo del Castillo", ReaderRole.CHAIR),
    Named("xi", "Bea Xi", ReaderRole.COUNSEL),
    Named("nobody", "", ReaderRole.BOARD_CHAIR),
]


@pytest.mark.parametrize(
    ("text", "uids"),
    [
        # Three letters are a name by themselves, in the middle too; a given name is not.
        ("lee knew", ["lee"]),
        ("ann knew", ["lee"]),
        ("kim knew", []),
        ("We fleece nobody with annuities.", []),
        ("del castillo knew", ["castillo"]),
        ("luz bo del castillo knew", ["castillo"]),
        ("fuera del almacén", []),
        ("Bo knew", ["castillo"]),
        ("xi knew", []),
        ("dr. xi knew", ["xi"]),
        ("bea xi knew", ["xi"]),
        ("Xi knew, and XI. They knew", ["xi"]),
        ("Taxi", []),
        ("lee and dr xi and castillo", ["lee", "castillo", "xi"]),
    ],
)
def test_names_are_found_as_whole_words(text: str, uids: list[str]) -> None:
    assert [each.uid for each in named(text, NAMES)] == uids
