"""A page as a person reads it."""

import re

UNBROKEN = re.compile(r'<span class="unbroken">([^<]*)</span>')


def as_read(html: str) -> str:
    """Without what keeps the names of forms on one line."""
    return UNBROKEN.sub(r"\1", html)
