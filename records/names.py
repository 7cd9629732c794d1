"""Names of people, compared however they were typed."""

import re
import unicodedata


def name_key(name: str) -> str:
    """The same for the same name, whatever its case, accents, spaces and order of words."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(sorted(re.findall(r"\w+", bare)))
