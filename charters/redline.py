"""Two texts compared word by word: what stays, what is struck, what is new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

TOKEN = re.compile(r"\n+|[^\s]+")
# How Markdown marks a heading, a line of a list and words that stand out: no words of the text.
MARKDOWN = re.compile(r"^[ \t]*(#{1,6}|[-*+])[ \t]+|\*\*|__", re.MULTILINE)


class Mark(Enum):
    KEPT = "kept"
    STRUCK = "struck"
    NEW = "new"


@dataclass(frozen=True)
class Run:
    """Words in a row of one mark."""

    mark: Mark
    text: str


Paragraph = tuple[Run, ...]


def redline(before: str, after: str) -> tuple[Paragraph, ...]:
    """The later text, with what the earlier one said otherwise in its place. Blanks do not count."""
    paragraphs: list[list[Run]] = [[]]
    for mark, words in _marked(_words(before), _words(after)):
        for number, line in enumerate(_lines(words)):
            if number:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(Run(mark, " ".join(line)))
    return tuple(tuple(runs) for runs in paragraphs if runs)


def _words(text: str) -> list[str]:
    words = MARKDOWN.sub("", text).strip()
    return ["\n" if token.startswith("\n") else token for token in TOKEN.findall(words)]


def _marked(before: list[str], after: list[str]) -> Iterator[tuple[Mark, list[str]]]:
    for what, i, j, k, m in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if what == "equal":
            yield Mark.KEPT, after[k:m]
            continue
        if i < j:
            yield Mark.STRUCK, before[i:j]
        if k < m:
            yield Mark.NEW, after[k:m]


def _lines(words: list[str]) -> Iterator[list[str]]:
    line: list[str] = []
    for word in words:
        if word == "\n":
            yield line
            line = []
        else:
            line.append(word)
    yield line
