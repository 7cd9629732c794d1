"""A change made in a process that runs: live functions get the changed code, tables a new value."""

from __future__ import annotations

import ast
import functools
import gc
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType

from mutate.changes import Change

Cache = functools._lru_cache_wrapper


class CannotBeMadeError(Exception):
    """The change would need another set of outer variables than the function was made with."""


def alive() -> list[object]:
    """All there is, also what the tests have left out of garbage collection."""
    gc.unfreeze()
    return gc.get_objects()


def functions_of(module: ModuleType) -> list[FunctionType]:
    return [
        thing
        for thing in alive()
        if type(thing) is FunctionType and thing.__code__.co_filename == module.__file__
    ]


def codes_of(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes_of(constant)


def key_of(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def changed_scopes(module: ModuleType, original: CodeType, change: Change) -> set[tuple[str, int]]:
    """The keys of the live functions that the change alters."""
    changed = {key_of(code): code for code in codes_of(compiled(module, change))}
    before = {key_of(code): code for code in codes_of(original)}
    return {key for key, code in changed.items() if key in before and before[key] != code}


def compiled(module: ModuleType, change: Change) -> CodeType:
    return compile(change.tree, str(module.__file__), "exec", dont_inherit=True)


def caches_of_all() -> list[Cache]:
    return [thing for thing in alive() if type(thing) is Cache]


def make(
    module: ModuleType, functions: list[FunctionType], caches: list[Cache], change: Change
) -> None:
    code = compiled(module, change)
    codes = {key_of(inner): inner for inner in codes_of(code)}
    for function in functions:
        new = codes.get(key_of(function.__code__))
        if new is not None and new != function.__code__:
            try:
                function.__code__ = new
            except ValueError as refused:
                raise CannotBeMadeError from refused
    if change.table:
        renew_tables(module, functions, change)
    for cache in caches:
        cache.cache_clear()


def renew_tables(module: ModuleType, functions: list[FunctionType], change: Change) -> None:
    """Evaluate the changed assignment and those after it, and hand the values to who imported them."""
    is_reached = False
    for statement in change.tree.body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign):
            continue
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        is_reached = is_reached or change.table in names
        if not is_reached or not names or getattr(statement, "value", None) is None:
            continue
        old = {name: module.__dict__.get(name) for name in names}
        part = ast.Module([statement], [])
        exec(compile(part, str(module.__file__), "exec"), module.__dict__)
        for name, value in old.items():
            hand_on(name, value, module.__dict__[name])
            for function in functions:
                renew_defaults(function, value, module.__dict__[name])


def hand_on(name: str, old: object, new: object) -> None:
    for other in list(sys.modules.values()):
        names = getattr(other, "__dict__", {})
        if name in names and names[name] is old:
            names[name] = new


def renew_defaults(function: FunctionType, old: object, new: object) -> None:
    if function.__defaults__:
        function.__defaults__ = tuple(
            new if value is old else value for value in function.__defaults__
        )
    for name, value in (function.__kwdefaults__ or {}).items():
        if value is old:
            function.__kwdefaults__[name] = new
