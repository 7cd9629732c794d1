"""Whether a text names a reader who would read it. It knows words, not people: it brings a question,
never a decision."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from whistleblower.enums import ReaderRole
from whistleblower.rules.wording import plain, unmarked

# Said without which body: it may be the chair of either.
OUR_CHAIR = r"(the|our) chair(man|woman|person)?(?! of\b)"
NUESTRA_PRESIDENCIA = r"(el|la|nuestr[oa]) president[ea](?! del?\b)"
LAWYER = r"(counsel|lawyers?|attorneys?)"
# How people call the offices, in either language, without marks.
TITLES: dict[ReaderRole, tuple[str, ...]] = {
    ReaderRole.COUNSEL: (
        rf"(independent|outside|external|special|committee('?s)?) (legal )?{LAWYER}",
        rf"{LAWYER} (to|for|of) (the |our )?(audit )?committee",
        r"(abogad[oa]s?|asesor(a|es|as|ia)?)( (juridic[oa]s?|legal(es)?))? "
        r"(independientes?|extern[oa]s?|del comite)",
    ),
    ReaderRole.CHAIR: (
        r"(audit|ac|committee)('s)? chair(man|woman|person|lady)?",
        r"(chair(man|woman|person|lady)?|head) of (the |our )?(audit )?committee",
        r"(chairs|heads) (the |our )?(audit )?committee",
        OUR_CHAIR,
        r"president[ea] (del comite|de (la )?auditoria)",
        r"presidencia del comite",
        r"preside (el|nuestro) comite",
        NUESTRA_PRESIDENCIA,
    ),
    ReaderRole.MEMBER: (
        r"members? of the (audit )?committee",
        r"(audit |ac )?committee('s)? members?",
        r"(sits|sat|serves|served) on (the|our) (audit )?committee",
        r"(miembros?|integrantes?|vocal(es)?) del comite",
    ),
    ReaderRole.BOARD_CHAIR: (
        r"(chair(man|woman|person|lady)?|head|president) of (the|our) board",
        r"board('s)? chair(man|woman|person|lady)?",
        OUR_CHAIR,
        r"president[ea] de(l consejo| la junta)",
        r"presidencia de(l consejo| la junta)",
        NUESTRA_PRESIDENCIA,
    ),
}
# A shorter name is told from a word by its capital letter, or by what is said before a name.
SHORTEST = 3
BEFORE = r"(mr|mrs|ms|miss|mx|dr|prof|professor|director|senora?|srt?a?|don|dona|doctora?)\.?"
# Words of two letters that begin sentences, in either language.
WORDS = frozenset(
    "ad al am an as at be by da de di do el es go ha he hi if in is it la le lo me mi my ni no of "
    "oh ok on or os se si so su te to tu un up us va ve we ya ye yo".split()
)
# What follows a family name.
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "esq", "cpa", "phd", "cfa", "md", "jd"})
PARTICLES = frozenset(
    "de del la las los el da das do dos di du le van von der den ter ten zu bin al".split()
)


@dataclass(frozen=True)
class Named:
    """A reader by name and office."""

    uid: str
    name: str
    role: ReaderRole


def named(text: str, readers: Iterable[Named]) -> list[Named]:
    """The readers whose family names or office a text mentions."""
    cased, read = unmarked(text), plain(text)
    return [
        each
        for each in readers
        if any(re.search(rf"\b{p}\b", read) for p in _patterns(each))
        or any(re.search(p, cased) for p in _capitals(each))
    ]


def _parts(reader: Named) -> list[str]:
    words = re.findall(r"[\w'-]+", plain(reader.name))
    return [word for word in words if word not in SUFFIXES]


def _called(reader: Named) -> list[str]:
    """Somebody with two family names is called by either, and by a second given name. An initial
    between the names calls nobody."""
    parts = _parts(reader)
    family = parts[-1:]
    between = [each for each in parts[1:-1] if each not in PARTICLES and len(each) > 1]
    return between + family


def _patterns(reader: Named) -> list[str]:
    """What names a reader in a text without capitals."""
    full = re.escape(" ".join(_parts(reader)))
    names = [
        re.escape(each) if len(each) >= SHORTEST else rf"{BEFORE} {re.escape(each)}"
        for each in _called(reader)
    ]
    return [*([full] if full else []), *names, *TITLES[reader.role]]


def _capitals(reader: Named) -> list[str]:
    """What names a reader by its capital letter alone: a name of two letters. One that is a common
    word too counts only within a sentence."""
    found = []
    for each in _called(reader):
        if len(each) != SHORTEST - 1:
            continue
        capital = re.escape(each.capitalize())
        if each in WORDS:
            found.append(rf"(?<=[a-z,;] ){capital}\b")
        else:
            found.append(rf"\b({capital}|{re.escape(each.upper())})\b")
    return found
