"""docs/rules.md: every rule it lists is there, pure, and tested where it says."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings

LAYERS = {"CH", "LAW", "GP"}
KINDS = {"HARD", "WARN", "EXC", "CALC"}
COLUMNS = ("Rule", "What", "Function", "Layer", "Kind", "Source", "Test")


class Line(NamedTuple):
    rule: str
    what: str
    function: str
    layer: str
    kind: str
    source: str
    test: str


def cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip().strip("`") for cell in row.strip().strip("|").split("|"))


def table() -> list[tuple[str, ...]]:
    text = (Path(settings.BASE_DIR) / "docs" / "rules.md").read_text(encoding="utf-8")
    return [cells(row) for row in text.splitlines() if row.startswith("|")]


HEAD, RULE, *ROWS = table()
LINES = [Line(*row) for row in ROWS]


def ids(line: Line) -> str:
    return f"{line.rule} {line.function}"


def test_table_has_its_columns_and_is_in_order() -> None:
    assert HEAD == COLUMNS
    assert set(RULE) == {"---"}
    numbers = [line.rule for line in LINES]
    assert numbers == sorted(numbers)
    assert len({(line.rule, line.function) for line in LINES}) == len(LINES)


@pytest.mark.parametrize("line", LINES, ids=ids)
def test_every_line_is_whole(line: Line) -> None:
    assert re.fullmatch(r"RULE-\d\d", line.rule)
    assert line.layer in LAYERS
    assert set(line.kind.split(", ")) <= KINDS
    assert line.what
    assert line.source


@pytest.mark.parametrize("line", LINES, ids=ids)
def test_its_function_is_there_and_says_what_it_does(line: Line) -> None:
    module, __, name = line.function.rpartition(".")
    function = getattr(import_module(module), name)
    assert callable(function)
    assert function.__module__ == module
    assert function.__doc__


@pytest.mark.parametrize("line", LINES, ids=ids)
def test_its_test_is_there(line: Line) -> None:
    path, __, name = line.test.partition("::")
    module = path.removesuffix(".py").replace("/", ".")
    assert (Path(settings.BASE_DIR) / path).is_file()
    assert callable(getattr(import_module(module), name))
