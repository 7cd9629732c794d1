"""Names of forms and regulations on one line: a browser would break 10-K after its hyphen.

The names are wrapped in the finished HTML, whatever template, form or record they came from. A
character that does not break would be copied with the text.
"""

import re

NAME = (
    r"(?:Forms? |Reg\. |Regulation )?"
    r"\b(?:(?:10|20|40|6|8|11)-[KQFS](?:/A)?|S-(?:[KXT]|[1348]|11)|NT 10-[KQ])\b(?!-)"
)
# In the first, nothing may be wrapped; the second are tags and comments.
PARTS = re.compile(
    r"<(?P<bare>title|option|textarea|script|style|svg)\b.*?</(?P=bare)\s*>"
    r"|<!--.*?-->|<[^>]*>"
    rf"|(?P<name>{NAME})",
    re.DOTALL | re.IGNORECASE,
)
SOUGHT = re.compile(r"\d-[KQFS]\b|\bS-[KXT\d]", re.IGNORECASE)


def unbroken(html: str) -> str:
    """The same HTML, with each name in a span that is kept on one line."""
    return PARTS.sub(_wrapped, html) if SOUGHT.search(html) else html


def _wrapped(found: re.Match[str]) -> str:
    name = found["name"]
    return f'<span class="unbroken">{name}</span>' if name else found[0]
