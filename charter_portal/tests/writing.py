"""Which functions of the portal write to the database, and which acts they are part of."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

from records.registry import portal_apps

# Of a manager or a QuerySet, and nothing else is called so.
ALWAYS = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Of a record as well, or of something else altogether.
OF_ROWS = {"update", "delete", "set", "add", "remove", "clear"}
QUERIES = {"filter", "exclude", "all", "select_for_update", "order_by", "locked"}
NO_CODE_OF_THE_PORTAL = {"tests", "migrations", "demo"}


@dataclass(eq=False)
class Function:
    """A function with what it calls, by simple names; those within it are part of it."""

    name: str
    module: str
    is_act: bool
    calls: set[str] = field(default_factory=set)
    records: bool = False
    writes: bool = False

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


@cache
def functions() -> list[Function]:
    found: list[Function] = []
    for app in portal_apps():
        folder = Path(app.path)
        for file in sorted(folder.rglob("*.py")):
            parts = file.relative_to(settings.BASE_DIR).with_suffix("").parts
            if not NO_CODE_OF_THE_PORTAL & set(parts):
                found += _of_module(ast.parse(file.read_text()), ".".join(parts))
    return found


def _of_module(tree: ast.Module, module: str) -> Iterator[Function]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield _function(node, module, "")
        elif isinstance(node, ast.ClassDef):
            for each in node.body:
                if isinstance(each, ast.FunctionDef):
                    yield _function(each, module, f"{node.name}.")


def _function(node: ast.FunctionDef, module: str, within: str) -> Function:
    made = Function(
        within + node.name, module, any(_name(each) == "act" for each in node.decorator_list)
    )
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            made.calls.add(_name(each.func))
            made.records |= ast.unparse(each.func) in ("ledger.record", "record")
            made.writes |= _writes(each)
        elif isinstance(each, ast.Name | ast.Attribute):
            made.calls.add(_name(each))  # handed on, to be called by somebody else
    return made


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=called):
            return _name(called)
    return ""


def _writes(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    verb, of = call.func.attr, call.func.value
    if verb in ALWAYS:
        return True
    if verb == "save":
        return not call.args  # with a file it is a picture or a PDF
    if verb == "delete" and not isinstance(of, ast.Call):
        return not call.args
    return verb in OF_ROWS and _is_of_rows(of)


def _is_of_rows(node: ast.expr) -> bool:
    """A manager, a QuerySet, or the rows at the other end of a relation."""
    match node:
        case ast.Call(func=ast.Attribute(attr=verb, value=of)):
            return verb in QUERIES or _is_of_rows(of)
        case ast.Attribute(attr=name):
            return name == "objects" or name in _related()
    return False


@cache
def _related() -> frozenset[str]:
    """The names under which a model of the portal leads to many others."""
    names = set()
    for model in apps.get_models():
        for each in model._meta.get_fields():
            if each.one_to_many or each.many_to_many:
                reverse = getattr(each, "get_accessor_name", None)
                names.add(reverse() if reverse else each.name)
    return frozenset(filter(None, names))


@cache
def imports() -> dict[str, frozenset[str]]:
    """By module, the dotted names that it imports."""
    found = {}
    for module in {each.module for each in functions()}:
        path = Path(settings.BASE_DIR, *module.split("."))
        nodes = ast.walk(ast.parse(path.with_suffix(".py").read_text()))
        found[module] = frozenset(name for node in nodes for name in _imported(node))
    return found


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and node.module:
        for each in node.names:
            yield f"{node.module}.{each.name}"


def may_call(caller: Function, function: Function) -> bool:
    """Whether what is called so can be that function: of its own module, or of one imported with it."""
    if "." in function.name and "services" not in function.module:
        return True  # a method: where it is called nothing says of which class
    package = function.module.removesuffix(".__init__")
    if caller.module == function.module:
        return True
    return any(
        name == f"{package}.{function.name}"  # the function
        or package == name  # its module
        or package.startswith(f"{name}.")  # a package that hands it on
        or (name.endswith(f".{function.name}") and package.startswith(name.rpartition(".")[0]))
        for name in imports()[caller.module]
    )


@cache
def callers() -> dict[str, list[Function]]:
    """By simple name, who calls it."""
    found: dict[str, list[Function]] = defaultdict(list)
    for each in functions():
        for name in each.calls:
            found[name].append(each)
    return found


@cache
def by_name() -> dict[str, list[Function]]:
    found: dict[str, list[Function]] = defaultdict(list)
    for each in functions():
        found[each.name.rpartition(".")[2]].append(each)
    return found


def is_on_record(function: Function, under: frozenset[Function] = frozenset()) -> bool:
    """Whether it is an act with an entry, or is only ever part of such acts."""
    if function.is_act and leaves_an_entry(function):
        return True
    above = [
        each
        for each in callers()[function.name.rpartition(".")[2]]
        if each is not function and each not in under and may_call(each, function)
    ]
    return bool(above) and all(is_on_record(each, under | {function}) for each in above)


def leaves_an_entry(function: Function, above: frozenset[Function] = frozenset()) -> bool:
    if function.records:
        return True
    return any(
        leaves_an_entry(each, above | {function})
        for name in function.calls
        for each in by_name().get(name, ())
        if each is not function
        and each not in above
        and (each.module.split(".")[0] == function.module.split(".")[0] or each.is_act)
        and len(above) < 4
    )


def unrecorded() -> list[Function]:
    return [each for each in functions() if each.writes and not is_on_record(each)]
