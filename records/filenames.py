"""Names of files, without what could mislead a person or a computer."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST, LONGEST_ENDING = 120, 10
# Names that some systems keep for their devices, whatever the ending.
RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)


def clean(file_name: str) -> str:
    """The last part of the name, in letters that everybody sees; it may be empty."""
    name = unicodedata.normalize("NFC", file_name).replace("\\", "/").rpartition("/")[2]
    # The signs that some systems refuse.
    name = re.sub(r'[<>:"|?*]', "-", visible(name))
    name = re.sub(r"\s+", " ", name).strip(" .")
    if RESERVED.fullmatch(name):
        name = f"_{name}"
    ending = PurePosixPath(name).suffix
    ending = ending if len(ending) <= LONGEST_ENDING else ""
    return f"{name.removesuffix(ending)[: LONGEST - len(ending)]}{ending}"


def visible(text: str) -> str:
    """Without control and formatting characters: a right-to-left override hides an ending."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] != "C" or sign.isspace())
