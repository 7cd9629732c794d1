"""`make mutate`: which single changes a module has, and how one is made in a process that runs."""

import gc
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from mutate import applying
from mutate.changes import Change, changes

SOURCE = '''
"""A module."""
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

class Answer(Enum):
    YES = "yes"
    NO = "no"

LEAST = 2
TWICE = LEAST * 2

@dataclass(frozen=True)
class Count:
    number: int = 7

    @property
    def is_enough(self) -> bool:
        """Whether it is."""
        return self.number >= LEAST

@lru_cache
def answer(number: int) -> Answer:
    if number < 0:
        raise ValueError("negative" + str(number))
    return Answer.YES if number > LEAST and number != 5 else Answer.NO

def is_few(number, *, least=LEAST):
    return number < least

def few(numbers):
    return sorted(n for n in numbers if n < 4)[0], max(numbers)
'''


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    (tmp_path / "counted.py").write_text(SOURCE)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module("counted")
    del sys.modules["counted"]


def one(module: ModuleType, before: str, after: str) -> Change:
    (found,) = [c for c in changes(SOURCE, module) if (c.before, c.after) == (before, after)]
    return found


def test_changes_of_a_module(module: ModuleType) -> None:
    found = {(change.before, change.after) for change in changes(SOURCE, module)}
    assert found >= {
        ("self.number >= LEAST", "self.number > LEAST"),
        ("self.number >= LEAST", "self.number < LEAST"),
        ("number > LEAST and number != 5", "number > LEAST or number != 5"),
        ("number > LEAST and number != 5", "number > LEAST"),
        ("Answer.YES", "Answer.NO"),
        ("2", "3"),
        ("2", "1"),
        ("LEAST * 2", "LEAST // 2"),
        ("for n in numbers if n < 4", "for n in numbers"),
        ("max(numbers)", "min(numbers)"),
        ("0", "-1"),
        ("raise ValueError('negative' + str(number))", "pass"),
    }
    assert not [pair for pair in found if "7" in pair[0]], "nothing of a class but its methods"


def test_change_of_a_property_and_of_a_function_behind_a_cache(module: ModuleType) -> None:
    assert (module.Count(2).is_enough, module.answer(2)) == (True, module.Answer.NO)
    functions, caches = applying.functions_of(module), applying.caches_of_all()
    boundary = one(module, "self.number >= LEAST", "self.number > LEAST")
    applying.make(module, functions, caches, boundary)
    assert module.Count(2).is_enough is False
    applying.make(module, functions, caches, one(module, "number > LEAST", "number >= LEAST"))
    assert module.answer(2) == module.Answer.YES
    assert module.Count(2).is_enough is True, "one change at a time"


def test_functions_are_found_that_are_left_out_of_garbage_collection(module: ModuleType) -> None:
    """As the tests leave out all that is loaded before they start."""
    found = len(applying.functions_of(module))
    gc.freeze()
    assert found == len(applying.functions_of(module)) > 0


def test_change_of_a_table_reaches_who_imported_it(module: ModuleType) -> None:
    other = ModuleType("other")
    other.TWICE = module.TWICE
    sys.modules["other"] = other
    try:
        change = next(c for c in changes(SOURCE, module) if (c.table, c.after) == ("LEAST", "3"))
        applying.make(module, applying.functions_of(module), [], change)
        assert (module.LEAST, module.TWICE, other.TWICE) == (3, 6, 6)
        assert module.is_few(2) is True, "as the default of an argument too"
    finally:
        del sys.modules["other"]


def test_changed_function_is_known_by_its_name_and_line(module: ModuleType) -> None:
    original = compile(SOURCE, str(module.__file__), "exec", dont_inherit=True)
    change = one(module, "self.number >= LEAST", "self.number > LEAST")
    scopes = applying.changed_scopes(module, original, change)
    assert "Count.is_enough" in {name for name, _ in scopes}
    assert "answer" not in {name for name, _ in scopes}
