"""Which paragraph is a heading, and what the sections of a committee charter are called."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from charters.reading.manuscript import Paragraph
from charters.reading.markers import is_bullet, shapes
from charters.reading.prose import INTRODUCES, MODAL, OPENER

KINDS = {
    "P": r"purposes?|mission|objectives?",
    "M": r"members|membership|composition|organi[sz]ation|structure|qualifications?",
    "R": r"responsibilities|duties|responsibility|functions",
    "MT": r"meetings?",
}
ARTICLE = re.compile(
    r"((?:article|section|part)\s+(?:[ivxlc]+|\d{1,2}|[a-z]))\b\s*[-.:)\u2014\u2013]*\s*(.*)", re.I
)
COMPANY = re.compile(
    r"\b(?:inc|incorporated|corp|corporation|ltd|limited|llc|plc|n\.?v|s\.?a|a\.?g|co|company"
    r"|holdings?|group|trust|l\.?p|bancorp|bancshares)\b\.?[\s\"')]*$",
    re.I,
)
COMPANY_IN_TEXT = re.compile(
    r"(?:[A-Z][\w&'\u2019-]*,? (?:(?:&|and) )?){1,5}"
    r"(?:Inc\.|Incorporated|Corp\.|Corporation\b|Ltd\.|Limited\b|LLC\b|plc\b|PLC\b|N\.V\.|S\.A\.)"
)
NOT_THE_COMPANY = re.compile(
    r"\b(?:nasdaq|nyse|exchange|stock market|securities dealers|federal|deposit insurance"
    r"|oversight board)\b",
    re.I,
)
FILING = re.compile(
    r"\W*(?:EX-\d[\w.() -]*|<PAGE>\s*\d*|(?:exhibit|appendix|annex|attachment)\s+[\w.()-]{1,8})\W*",
    re.I,
)
ARTICLE_RUN_IN = re.compile(r"(?:article|section)\s+(?:[ivxlc]+|\d{1,2}|[a-z])[.:]?\s+", re.I)
COMMITTEE = re.compile(
    r"(?:the )?(?:[a-z&-]+,? ){0,4}committee(?: of the board(?: of (?:directors|trustees))?)?"
    r"(?: of .{2,60})?",
    re.I,
)
NAMED_ITEM = re.compile(
    r"([A-Z][^.:]{1,70}?)(?:[.:](?:\s*[\u2014\u2013-])?|\s?[\u2014\u2013]|\s-)\s+(?=[A-Z\"(\u201c])"
)
LONGEST_RUN_IN = 8
DATED = re.compile(
    r"\W*(?:as\s+)?(?:last\s+|originally\s+|most recently\s+)?(?:adopted|amended|approved|revised"
    r"|effective|reviewed|updated|ratified|restated|dated)\b",
    re.I,
)
DATE = re.compile(
    r"\W*(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+(?:\d{1,2},?\s+)?"
    r"\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2})\W*",
    re.I,
)
FOLIO = re.compile(r"[-\u2013\s]*(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?[-\u2013\s]*", re.I)
CONTENTS_LINE = re.compile(r".*(?:\.\s?){4,}\s*\d{1,3}")
SMALL_WORDS = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "in",
    "of",
    "on",
    "or",
    "the",
    "to",
    "with",
}
LONGEST_NAME = 10
LONGEST_DECLARED = 20


class Heading(NamedTuple):
    """`make` tells headings of the same sort: "caps", "bold", "style 2", "article"..."""

    name: str
    make: str
    declared: int = 0
    marker: str = ""


def section_kind(name: str) -> str:
    """P, M, R or MT for a section every audit committee charter has, else ""."""
    found = {kind: re.search(rf"\b(?:{words})\b", name, re.I) for kind, words in KINDS.items()}
    places = {kind: match.start() for kind, match in found.items() if match}
    if {"P", "R"} <= places.keys():  # the duties, and what they are for
        return "R"
    return min(places, key=places.__getitem__) if places else ""


def is_furniture(text: str) -> bool:
    """Page numbers, lines of a table of contents, dates of adoption: nothing the charter asks."""
    if (
        FILING.fullmatch(text)
        or FOLIO.fullmatch(text)
        or CONTENTS_LINE.fullmatch(text)
        or DATE.fullmatch(text)
    ):
        return True
    return bool(DATED.match(text)) and len(text.split()) <= 15 and not MODAL.search(text)


def reads_as_name(text: str) -> bool:
    """Short, begins with a capital, is no sentence."""
    name = text.rstrip(":").strip()
    return (
        0 < len(name.split()) <= LONGEST_NAME
        and not name.endswith((".", ";", ",", "!", "?"))
        and (name[0].isupper() or name[0].isdigit())
        and any(letter.isalpha() for letter in name)
        and not MODAL.search(name)
        and not is_furniture(name)
    )


def is_name(text: str) -> bool:
    """A name whose words of weight are all capitalized, such as "Reports and Meetings"."""
    return reads_as_name(text) and (_is_caps(text) or _is_capitalised(text))


def is_company(text: str) -> bool:
    return bool(COMPANY.search(text)) and len(text.split()) <= LONGEST_NAME


def company_in(text: str) -> str:
    """The first company named in running text that is no exchange, "" if none is."""
    names = (found.group().strip() for found in COMPANY_IN_TEXT.finditer(text))
    return next((name for name in names if not NOT_THE_COMPANY.search(name)), "")


def is_title(text: str) -> bool:
    """A line of the document's title, such as "Audit Committee Charter" or "of the Board"."""
    is_sentence = text.endswith((".", ";", ":")) and not COMPANY.search(text)
    short = len(text.split()) <= LONGEST_DECLARED and not is_sentence
    named = re.search(r"\b(?:charter|committee|terms of reference)\b", text, re.I)
    return short and not MODAL.search(text) and bool(named or _continues_title(text))


def names_committee(text: str) -> bool:
    """A line of a title that only names the committee: "Audit Committee of the Board"."""
    return bool(COMMITTEE.fullmatch(text.strip())) and not section_kind(text)


def as_title(text: str) -> str:
    """A title set in capitals, as it is written in a sentence."""
    words = text.split()
    if sum(word.isupper() for word in words) * 2 < len(words):
        return text
    lesser = SMALL_WORDS | {"from"}
    return " ".join(
        word.lower() if place and word.lower() in lesser else _capitalised(word)
        for place, word in enumerate(words)
    )


def looks_like_clause(text: str) -> bool:
    """A sentence by which somebody in a committee is bound to do or to be something."""
    subject = r"\b(?:committee|board|members?|directors?|auditors?|chair\w*)\b"
    verb = (
        r"(?:will|may|should|is|are|assists?|represents?|oversees?|reviews?|meets?|consists?|has)"
    )
    duty = r"\b(?:duty|responsibility|purpose|role) of the (?:\w+ )?committee\b"
    return bool(re.search(rf"\b(?:shall|must)\b|{duty}|{subject}(?: \w+)? {verb}\b", text, re.I))


def heading_at(place: int, paragraphs: Sequence[Paragraph]) -> Heading | None:
    """The heading at this place of the manuscript, judged by itself and by what follows."""
    here = paragraphs[place]
    after = (paragraphs[at] for at in range(place + 1, len(paragraphs)))
    following = next((each for each in after if not each.is_aside), None)
    if here.is_aside or not here.text:
        return None
    if here.is_cell and not here.marker:
        known = bool(section_kind(here.text)) and reads_as_name(here.text)
        return _heading(here, "cell") if known and len(here.text.split()) <= 4 else None
    if here.heading:
        return _declared(here)
    before = paragraphs[place - 1] if place else None
    return _article(here) or _numbered(here, before, following) or _plain(here, following)


def _declared(here: Paragraph) -> Heading | None:
    """Word's legal outlines set whole clauses in heading styles: those are no headings."""
    is_clause = bool(MODAL.search(here.text)) or len(here.text.split()) > LONGEST_DECLARED
    if is_clause or is_furniture(here.text):
        return None
    return _heading(here, f"style {here.heading}", here.heading)


def is_numbered_division(text: str) -> bool:
    """ "ARTICLE I", "Section 2": a division of the text that may have no name on its line."""
    found = ARTICLE.fullmatch(text)
    return found is not None and (not found[2] or reads_as_name(found[2]))


def _article(here: Paragraph) -> Heading | None:
    found = None if here.marker else ARTICLE.fullmatch(here.text)
    if not found or (found[2] and not reads_as_name(found[2].rstrip("."))):
        return None
    if found[2] and not (_is_caps(found[2]) or _is_capitalised(found[2]) or here.is_bold):
        return None
    return Heading(found[2].rstrip(":.") or found[1], found[1].split()[0].lower())


def _numbered(
    here: Paragraph, before: Paragraph | None, following: Paragraph | None
) -> Heading | None:
    """ "1. PURPOSE": a name under a number, with other than its siblings around it."""
    if not here.marker or is_bullet(here.marker) or following is None:
        return None
    stopped = here.text.rstrip(".")
    is_short = len(stopped.split()) <= 5 and "." not in stopped and is_name(stopped)
    text = stopped if _is_caps(here.text) or here.is_bold or is_short else here.text
    if not reads_as_name(text) or not (_is_caps(text) or here.is_bold or _is_capitalised(text)):
        return None
    if _are_siblings(here, following) or (before and _are_siblings(before, here)):
        return None
    return _heading(here, "numbered")


def _are_siblings(first: Paragraph, second: Paragraph) -> bool:
    """Whether the second counts on where the first stands."""
    follows = {(shape.kind, shape.value + 1) for shape in shapes(first.marker)}
    return any((shape.kind, shape.value) in follows for shape in shapes(second.marker))


def _plain(here: Paragraph, following: Paragraph | None) -> Heading | None:
    if here.marker:
        return None
    text = here.text.rstrip(".") if here.is_bold else here.text
    if not reads_as_name(text):
        return None
    if _is_caps(text):
        return _heading(here, "caps")
    if here.is_bold:
        return _heading(here, "bold")
    if section_kind(text) and len(text.split()) <= 5:
        return _heading(here, "plain")
    content = following is not None and (
        following.marker or len(following.text.split()) > 6 or INTRODUCES.search(following.text)
    )
    return _heading(here, "plain") if _is_capitalised(text) and content else None


def run_in(text: str) -> tuple[str, str]:
    """A heading in the line of its text, and the rest; ("", text) without one.

    "Meetings. The Committee meets...", "Section 3. Duties. The Committee shall..."
    """
    if article := ARTICLE_RUN_IN.match(text):
        name, rest = named_item(text[article.end() :])
        return (text[: article.end()] + name, rest) if name else ("", text)
    names = "|".join(KINDS.values())
    found = re.match(rf"((?:(?:{names}|and)\s?){{1,3}}[.:\u2014\u2013-]+)\s+(?=[A-Z])", text, re.I)
    if not found or not text[0].isupper() or INTRODUCES.search(text[: found.end()].rstrip(" .:")):
        return "", text
    rest = text[found.end() :]
    return (found[1], rest) if OPENER.match(rest) or looks_like_clause(rest) else ("", text)


def named_item(text: str) -> tuple[str, str]:
    """ "Reports and Meetings. The Committee..." as its name and the rest; ("", text) without one."""
    found = NAMED_ITEM.match(text)
    if (
        not found
        or len(found[1].split()) > LONGEST_RUN_IN
        or not is_name(found[1].replace(";", ""))
    ):
        return "", text
    return found.group().strip(), text[found.end() :]


def divisions(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """The kinds of numbering whose items are sections: "1. Purpose. The Committee...".

    None in a charter whose headings stand on lines of their own.
    """
    declared = (heading_at(place, paragraphs) for place in range(len(paragraphs)))
    if len({section_kind(each.name) for each in declared if each} - {""}) > 1:
        return frozenset()
    kinds: dict[str, set[str]] = {}
    for each in paragraphs:
        if each.marker and (name := named_item(each.text)[0]):
            for shape in shapes(each.marker):
                kinds.setdefault(shape.kind, set()).add(section_kind(name))
    return frozenset(kind for kind, found in kinds.items() if len(found - {""}) > 1)


def _heading(here: Paragraph, make: str, declared: int = 0) -> Heading:
    found = ARTICLE.fullmatch(here.text)
    name = found[2] if found and found[2] else here.text
    return Heading(name.rstrip(":. "), make, declared, here.marker)


def _is_caps(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 2 and text.upper() == text


def _is_capitalised(text: str) -> bool:
    """Every word of weight begins with a capital."""
    heavy = [word for word in re.findall(r"[^\W\d_][\w'\u2019]*", text) if word not in SMALL_WORDS]
    return bool(heavy) and all(word[0].isupper() for word in heavy)


def _capitalised(word: str) -> str:
    return (
        re.sub(r"[^\W\d_]", lambda first: first[0].upper(), word.lower(), count=1)
        if (word.isupper())
        else word
    )


def _continues_title(text: str) -> bool:
    return bool(re.match(r"of(?: the)?\b", text, re.I)) and len(text.split()) <= 10
