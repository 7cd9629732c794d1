"""Names of forms and regulations on one line: a browser would break 10-K after its hyphen.

The names are wrapped in the finished HTML, whatever template, form or record they came from. A
character that does not break would be copied with the text.
"""

import re
from collections.abc import Iterator

NAME = re.compile(
    r"(?:Forms? |Reg\. |Regulation )?"
    r"\b(?:(?:10|20|40|6|8|11)-[KQFS](?:/A)?|S-(?:[KXT]|[1348]|11)|NT 10-[KQ])\b(?!-)",
    re.IGNORECASE,
)
# Each name has one hyphen, which is quick to find; a page has thousands of tags and few names.
HYPHEN = re.compile(r"-(?:(?<=\d-)[KQFS]|(?<=S-)[KXT\d])", re.IGNORECASE)
BEFORE, AFTER = len("Regulation NT 10"), len("-K/A.")
# In these nothing may be wrapped.
BARE = re.compile(
    r"<(?:(?P<bare>title|option|textarea|script|style|svg)\b.*?</(?P=bare)\s*>|!--.*?-->)",
    re.DOTALL | re.IGNORECASE,
)


def unbroken(html: str) -> str:
    """The same HTML, with each name in a span that is kept on one line."""
    parts: list[str] = []
    done = 0
    for first, last in _in_text(html):
        parts += html[done:first], f'<span class="unbroken">{html[first:last]}</span>'
        done = last
    return "".join([*parts, html[done:]]) if parts else html


def _in_text(html: str) -> Iterator[tuple[int, int]]:
    """Where the names stand that are neither in a tag nor in what is bare."""
    bare: list[tuple[int, int]] | None = None
    for first, last in _names(html):
        if html.rfind("<", 0, first) > html.rfind(">", 0, first):
            continue
        if bare is None:
            bare = [found.span() for found in BARE.finditer(html)]
        if not any(begins < first < ends for begins, ends in bare):
            yield first, last


def _names(html: str) -> Iterator[tuple[int, int]]:
    done = 0
    for hyphen in HYPHEN.finditer(html):
        at = hyphen.start()
        for found in NAME.finditer(html, max(done, at - BEFORE), at + AFTER):
            if found.start() < at < found.end():
                done = found.end()
                yield found.span()
