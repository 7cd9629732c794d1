"""The XML parts of an Office file, read piece by piece: what each holds, within limits.

The parser is Expat without a tree: it keeps nothing, so a small file that unpacks to millions of
elements takes neither the memory nor the time that a document library would need for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO, NoReturn
from xml.parsers import expat

# So much of a part is read at once.
PIECE = 64 * 1024
# The instructions of Word fields that run or fetch something when a document is opened.
RUNS = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
FETCHES = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|RD)\b[^\x13]*?(\w{2,}:[\\/]{2}|[\\/]{2,}\w)",
    re.IGNORECASE,
)


# What a cell's formula calls to run or fetch something, and how it addresses another program.
CALLS = re.compile(r"\b(CALL|REGISTER(\.ID)?|RTD|EXEC)\s*\(|\w\s*\|\s*['\w]", re.IGNORECASE)
TAKES = re.compile(r"\b(WEBSERVICE|IMAGE)\s*\(", re.IGNORECASE)
QUOTED = re.compile(r'"[^"]*"')
# Sheets that hold macros in their cells.
MACRO_SHEETS = frozenset({"macrosheet", "intlmacrosheet"})
# The parts of a workbook that run or fetch something. They are read whole, whatever came before.
ACTING = frozenset({"externalLink", "connections", "queryTable"})


class XmlError(ValueError):
    """The part is no XML, or declares entities of its own."""


class TooManyElementsError(ValueError):
    """The part has more elements than a document of any use."""


@dataclass
class Content:
    """What a part holds."""

    root: str = ""
    paragraphs: int = 0
    has_dde: bool = False
    has_refresh: bool = False
    instructions: list[str] = field(default_factory=list)
    formula: list[str] = field(default_factory=list)

    @property
    def has_macros(self) -> bool:
        return self.root in MACRO_SHEETS

    @property
    def runs_something(self) -> bool:
        return self.has_dde or bool(RUNS.search(self._said))

    @property
    def fetches_something(self) -> bool:
        return self.has_refresh or bool(FETCHES.search(self._said))

    @property
    def may_act(self) -> bool:
        return self.root in ACTING

    @property
    def _said(self) -> str:
        """Word divides an instruction at will: `DD` here, `EAUTO` there."""
        return "".join(self.instructions)


def read(part: IO[bytes], budget: Budget) -> Content:
    """Raises XmlError, and TooManyElementsError where the budget is strict and spent. Where it is
    not strict, what lies beyond it is not looked at.
    """
    reader = _Reader(budget)
    try:
        while piece := part.read(PIECE):
            reader.parser.Parse(piece, False)
            if budget.left < 0 and reader.content.root and not reader.content.may_act:
                return reader.content
        reader.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as error:
        raise XmlError("A part is no XML.") from error
    return reader.content


@dataclass
class Budget:
    """How many elements of a file are looked at, over all its parts."""

    left: int
    is_strict: bool = True
    # Those of the parts that are read whole even where the budget is not strict.
    acting: int = 500_000


class _Reader:
    """Listens to the parser and writes down what is of interest."""

    def __init__(self, budget: Budget) -> None:
        self.content, self.budget = Content(), budget
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.declare

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        kind, content = name.rpartition(":")[2], self.content
        content.root = content.root or kind
        self.spend()
        if kind == "p":
            content.paragraphs += 1
        elif kind == "ddeLink":
            content.has_dde = True
        elif kind in {"connection", "queryTable"}:
            content.has_refresh |= attributes.get("refreshOnLoad", "").strip() in {"1", "true"}
        elif kind == "f" and content.root == "worksheet":
            content.formula.clear()
            self.parser.CharacterDataHandler = content.formula.append
        elif kind == "instrText":
            self.parser.CharacterDataHandler = content.instructions.append
        elif kind in {"fldSimple", "fldChar"}:
            # A field begins, is divided or ends.
            said = [v for key, v in attributes.items() if key.rpartition(":")[2] == "instr"]
            content.instructions += [f"\x13{each}" for each in said] or ["\x13"]

    def end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        if kind in {"instrText", "f"}:
            self.parser.CharacterDataHandler = None
        if kind == "f":
            self.judge_formula()

    def judge_formula(self) -> None:
        said = QUOTED.sub("", "".join(self.content.formula))
        self.content.has_dde |= bool(CALLS.search(said))
        self.content.has_refresh |= bool(TAKES.search(said))

    def declare(self, *_: object) -> NoReturn:
        raise XmlError("A part declares entities of its own.")

    def spend(self) -> None:
        self.budget.left -= 1
        self.budget.acting -= self.content.may_act
        if self.budget.acting < 0 or (self.budget.left < 0 and self.budget.is_strict):
            raise TooManyElementsError
