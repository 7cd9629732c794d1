"""The words of the channel, one file for each language: a further language is a further file."""

import json
import re
import tomllib
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings

HERE = Path(__file__).parent
LANGUAGES = ("en", "es")


@cache
def words(language: str) -> dict[str, Any]:
    """Every text of a language. Raises LookupError for one that has no file."""
    if language not in LANGUAGES:
        raise LookupError(language)
    return tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))


# Where a template shows a text: `t.start.lead`.
SHOWN = re.compile(r"\bt(?:\.\w+)+")


@cache
def shown() -> dict[str, list[str]]:
    """By page of the channel, the texts that it shows, in order."""
    templates = Path(settings.BASE_DIR) / "templates"
    pages = [*sorted((templates / "concerns").glob("*.html")), templates / "channel/poster.html"]
    return {page.name: SHOWN.findall(page.read_text(encoding="utf-8")) for page in pages}


def digest(language: str) -> str:
    """Of the words of the channel's pages in a language, and of which of them each page shows: what
    counsel approves. Another release with other words has another digest."""
    said = json.dumps([words(language), shown()], sort_keys=True, ensure_ascii=False)
    return blake2b(said.encode(), digest_size=16, person=b"channel-words-1").hexdigest()
