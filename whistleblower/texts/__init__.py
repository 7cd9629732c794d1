"""The words of the channel, one file for each language: a further language is a further file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = ("en", "es")


@cache
def words(language: str) -> dict[str, Any]:
    """Every text of a language. Raises LookupError for one that has no file."""
    if language not in LANGUAGES:
        raise LookupError(language)
    return tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
