"""What stands before a listed line: bullets, numbers and letters, and how they count."""

import re
from functools import lru_cache
from typing import NamedTuple

BULLET = re.compile(
    r"[•·▪▫◾◆◇➤►▶■□◦●○‣\u2043➢❖✓\uf000-\uf0ff]\s*|[-\u2013\u2014*+](?:\s+|$)|o(?:\s{2,}|$)"
)
ENUMERATION = re.compile(
    r"\d{1,2}(?:\.\d{1,2})+\.?(?=\s|$)"
    r"|\(?(?:\d{1,3}|[ivxlc]+|[IVXLC]+|([a-zA-Z])\1?)[.)](?=\s|$)"
    r"|\d{1,2}\.(?=[A-Z][a-z])"
)
ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})")
ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}


class Shape(NamedTuple):
    """The list a marker may belong to, and its place there. A bullet has no place: 0."""

    kind: str
    value: int

    @property
    def is_bullet(self) -> bool:
        return self.kind.startswith("bullet")


def split_marker(line: str) -> tuple[str, str]:
    """The marker at the head of a line ("", "1.", "- (a)") and the words after it."""
    rest, taken = line.strip(), []
    if bullet := BULLET.match(rest):
        taken.append(bullet.group().strip())
        rest = rest[bullet.end() :]
    if number := ENUMERATION.match(rest):
        taken.append(number.group())
        rest = rest[number.end() :].strip()
    return " ".join(taken), rest.strip()


@lru_cache(maxsize=2048)
def shapes(marker: str) -> tuple[Shape, ...]:
    """Every reading of a marker: "(i)" is the first Roman number and the ninth letter."""
    last = marker.split()[-1] if marker.split() else ""
    core = last.strip("().")
    dress = "()" if last.startswith("(") else last[-1:]
    if re.fullmatch(r"\d+(\.\d+)+", core):
        parts = core.split(".")
        if len(parts) == 2 and parts[1] == "0":  # "3.0" stands above 3.1 as "3." does
            return (Shape("decimal.", int(parts[0])),)
        return (Shape(f"dotted{len(parts)}", int(parts[-1])),)
    if core.isascii() and core.isdigit():
        return (Shape(f"decimal{dress}", int(core)),)
    if last != "o" and core and core.isascii() and core.isalpha():
        return _letters(core, dress)
    return (Shape(f"bullet{last}", 0),) if last else ()


def is_bullet(marker: str) -> bool:
    return any(shape.is_bullet for shape in shapes(marker))


def letter(place: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    return (
        chr(96 + place) if place <= 26 else letter((place - 1) // 26) + letter((place - 1) % 26 + 1)
    )


def _letters(core: str, dress: str) -> tuple[Shape, ...]:
    case = "upper" if core.isupper() else "lower"
    found = []
    if len(core) == 1 or (len(core) == 2 and core[0] == core[1]):
        place = ord(core[0].lower()) - 96 + 26 * (len(core) - 1)
        found.append(Shape(f"{case} letter{dress}", place))
    if value := _roman(core.lower()):
        found.append(Shape(f"{case} roman{dress}", value))
    return tuple(found)


def _roman(numeral: str) -> int:
    if not ROMAN.fullmatch(numeral):
        return 0
    digits = [ROMAN_DIGITS[digit] for digit in numeral]
    after = [*digits[1:], 0]
    return sum(-own if own < next_ else own for own, next_ in zip(digits, after, strict=True))
