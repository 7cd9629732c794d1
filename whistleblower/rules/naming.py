"""Whether a text names a reader who would read it. It knows words, not people: it brings a question,
never a decision."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from whistleblower.enums import ReaderRole
from whistleblower.rules.wording import plain

# Said without which body: it may be the chair of either.
OUR_CHAIR = r"(the|our) chair(man|woman|person)?(?! of\b)"
NUESTRA_PRESIDENCIA = r"(el|la|nuestr[oa]) president[ea](?! del?\b)"
# How people call the offices, in either language, without marks.
TITLES: dict[ReaderRole, tuple[str, ...]] = {
    ReaderRole.COUNSEL: (
        r"independent counsel",
        r"committee'?s counsel",
        r"asesor(a|ia)? independiente",
        r"asesor(a|ia)? (juridic[oa]|legal) independiente",
        r"abogad[oa] (independiente|extern[oa])",
    ),
    ReaderRole.CHAIR: (
        r"(audit )?committee('s)? chair(man|woman|person)?",
        r"chair(man|woman|person)? of the (audit )?committee",
        OUR_CHAIR,
        r"president[ea] del comite",
        r"presidencia del comite",
        NUESTRA_PRESIDENCIA,
    ),
    ReaderRole.MEMBER: (
        r"members? of the (audit )?committee",
        r"(audit )?committee('s)? members?",
        r"(miembros?|integrantes?|vocal(es)?) del comite",
    ),
    ReaderRole.BOARD_CHAIR: (
        r"chair(man|woman|person)? of the board",
        r"board('s)? chair(man|woman|person)?",
        OUR_CHAIR,
        r"president[ea] de(l consejo| la junta)",
        r"presidencia de(l consejo| la junta)",
        NUESTRA_PRESIDENCIA,
    ),
}
SHORTEST = 3
# What follows a family name.
SUFFIXES = frozenset({"jr", "sr", "iii", "esq", "cpa", "phd", "cfa"})
PARTICLES = frozenset({"", "del", "las", "los", "van", "von", "der", "den", "dos"})


@dataclass(frozen=True)
class Named:
    """A reader by name and office."""

    uid: str
    name: str
    role: ReaderRole


def named(text: str, readers: Iterable[Named]) -> list[Named]:
    """The readers whose family names or office a text mentions."""
    read = plain(text)
    return [each for each in readers if any(re.search(p, read) for p in _patterns(each))]


def _patterns(reader: Named) -> list[str]:
    words = re.findall(r"[\w'-]+", plain(reader.name))
    parts = [word for word in words if word not in SUFFIXES]
    # Somebody with two family names is called by either, and by a second given name.
    called = parts[1:] or parts
    names = {" ".join(parts), *(part for part in called if len(part) >= SHORTEST)} - PARTICLES
    return [rf"\b{each}\b" for each in (*map(re.escape, names), *TITLES[reader.role])]
