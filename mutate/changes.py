"""The single changes of a module: each one node of its syntax tree replaced or left out."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import EnumMeta
from types import ModuleType
from typing import Any

BOUNDARIES: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
OPPOSITES = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
# Left out of the walk: what says nothing of what the module does.
SILENT = {"annotation", "returns", "decorator_list", "type_comment", "type_params"}


@dataclass(frozen=True)
class Change:
    line: int
    before: str
    after: str
    tree: ast.Module
    # The top-level assignment that the change is in, where it is in no function.
    table: str

    def __str__(self) -> str:
        return f"{self.line}: {self.before}  ->  {self.after}"


@dataclass(frozen=True)
class Place:
    """A node, and how to reach it from the module: fields and positions."""

    path: tuple[tuple[str, int | None], ...]
    node: ast.AST
    in_function: bool
    in_class: bool


def changes(source: str, module: ModuleType | None = None) -> Iterator[Change]:
    """Every single change, in the order of the lines. The module tells its enumerations."""
    tree = ast.parse(source)
    for place in places(tree):
        if not place.in_function and (place.in_class or table_of(tree, place) == ""):
            continue
        for other in replacements(place.node, module):
            changed = copy.deepcopy(tree)
            put(changed, place.path, other)
            ast.fix_missing_locations(changed)
            line = line_of(place.node)
            table = "" if place.in_function else table_of(tree, place)
            yield Change(line, shown(place.node), shown(other), changed, table)


def line_of(node: ast.AST) -> int:
    return min((inner.lineno for inner in ast.walk(node) if hasattr(inner, "lineno")), default=0)


def shown(node: ast.AST | None) -> str:
    if node is None:
        return "(left out)"
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 160 else f"{text[:157]}..."


def table_of(tree: ast.Module, place: Place) -> str:
    statement = tree.body[place.path[0][1] or 0]
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id
    return ""


def places(tree: ast.Module) -> Iterator[Place]:
    yield from below(Place((), tree, in_function=False, in_class=False))


def below(place: Place) -> Iterator[Place]:
    node = place.node
    for name, value in ast.iter_fields(node):
        if name in SILENT or (name == "defaults" or name == "kw_defaults"):
            continue
        children = value if isinstance(value, list) else [value]
        for index, child in enumerate(children):
            if not isinstance(child, ast.AST) or is_silent(child):
                continue
            at = (name, index if isinstance(value, list) else None)
            is_function = isinstance(node, ast.FunctionDef | ast.Lambda)
            inner = Place(
                (*place.path, at),
                child,
                in_function=place.in_function or is_function,
                in_class=place.in_class or isinstance(node, ast.ClassDef),
            )
            yield inner
            yield from below(inner)


def is_silent(node: ast.AST) -> bool:
    """Whether it is a docstring, the words of an exception, or read by a type checker alone."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return isinstance(node.value.value, str)
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name):
        return node.test.id == "TYPE_CHECKING"
    is_assert = isinstance(node, ast.Assert)
    return is_assert or isinstance(node, ast.Import | ast.ImportFrom | ast.arg)


def put(tree: ast.AST, path: tuple[tuple[str, int | None], ...], other: ast.AST | None) -> None:
    node: ast.AST = tree
    for name, index in path[:-1]:
        value = getattr(node, name)
        node = value if index is None else value[index]
    name, index = path[-1]
    if index is None:
        setattr(node, name, other)
    elif other is None:
        del getattr(node, name)[index]
    else:
        getattr(node, name)[index] = other


def replacements(node: ast.AST, module: ModuleType | None) -> Iterator[ast.AST | None]:
    for other in others(node, module):
        if other is not None and hasattr(node, "lineno"):
            ast.copy_location(other, node)
        yield other


def others(node: ast.AST, module: ModuleType | None) -> Iterator[ast.AST | None]:
    for kinds, answer in BY_KIND:
        if isinstance(node, kinds):
            yield from answer(node)
    if isinstance(node, ast.Attribute):
        yield from other_members(node, module)


def without(things: list[Any], index: int) -> list[Any]:
    return [*things[:index], *things[index + 1 :]]


def other_comparisons(node: Any) -> Iterator[ast.AST]:
    for index, op in enumerate(node.ops):
        for other in BOUNDARIES[type(op)]:
            yield with_field(node, "ops", [*node.ops[:index], other(), *node.ops[index + 1 :]])


def other_connections(node: Any) -> Iterator[ast.AST]:
    yield with_field(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for index in range(len(node.values)):
        rest = without(node.values, index)
        yield rest[0] if len(rest) == 1 else with_field(node, "values", rest)


def other_signs(node: Any) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield node.operand


def other_operators(node: Any) -> Iterator[ast.AST]:
    if type(node.op) in OPERATORS:
        yield with_field(node, "op", OPERATORS[type(node.op)]())


def nothing_done(node: Any) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Expr) or isinstance(
        node.value, ast.Call | ast.Yield | ast.YieldFrom
    ):
        yield ast.Pass()


def other_constants(node: Any) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)


def always_and_never(node: Any) -> Iterator[ast.AST]:
    for answer in (False,) if isinstance(node, ast.While) else (False, True):
        yield with_field(node, "test", ast.copy_location(ast.Constant(answer), node.test))


def fewer_filters(node: Any) -> Iterator[ast.AST]:
    for index in range(len(node.ifs)):
        yield with_field(node, "ifs", without(node.ifs, index))


def nothing_answered(node: Any) -> Iterator[ast.AST]:
    if node.value is not None and not is_none(node.value):
        yield ast.Return(ast.copy_location(ast.Constant(None), node.value))


def fewer_elements(node: Any) -> Iterator[ast.AST]:
    if len(node.elts) > 1 and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        for index in range(len(node.elts)):
            yield with_field(node, "elts", without(node.elts, index))


def fewer_entries(node: Any) -> Iterator[ast.AST]:
    if len(node.keys) > 1:
        for index in range(len(node.keys)):
            other = with_field(node, "keys", without(node.keys, index))
            yield with_field(other, "values", without(node.values, index))


def other_end(node: Any) -> Iterator[ast.AST]:
    """The last one for the first, and the first for the last."""
    if isinstance(node.slice, ast.Constant) and node.slice.value == 0:
        last = ast.copy_location(ast.UnaryOp(ast.USub(), ast.Constant(1)), node)
        yield with_field(node, "slice", last)
    elif isinstance(node.slice, ast.UnaryOp):
        yield with_field(node, "slice", ast.copy_location(ast.Constant(0), node))


def other_calls(node: Any) -> Iterator[ast.AST]:
    name = getattr(node.func, "id", "")
    if name in OPPOSITES and not (name == "sorted" and node.keywords):
        other = ast.copy_location(ast.Name(OPPOSITES[name], ast.Load()), node)
        yield with_field(node, "func", other)
    if name in {"min", "max", "sorted", "next"}:
        for index in range(len(node.keywords)):
            yield with_field(node, "keywords", without(node.keywords, index))


def other_members(node: ast.Attribute, module: ModuleType | None) -> Iterator[ast.AST]:
    """The next member of an enumeration."""
    kind = getattr(module, getattr(node.value, "id", ""), None)
    if isinstance(kind, EnumMeta) and node.attr in kind.__members__:
        members = list(kind.__members__)
        following = members[(members.index(node.attr) + 1) % len(members)]
        if following != node.attr:
            yield with_field(node, "attr", following)


BY_KIND: tuple[tuple[Any, Callable[[Any], Iterator[ast.AST]]], ...] = (
    (ast.Compare, other_comparisons),
    (ast.BoolOp, other_connections),
    (ast.UnaryOp, other_signs),
    (ast.BinOp, other_operators),
    (ast.AugAssign | ast.Raise | ast.Continue | ast.Break | ast.Expr, nothing_done),
    (ast.Constant, other_constants),
    (ast.If | ast.IfExp | ast.While, always_and_never),
    (ast.comprehension, fewer_filters),
    (ast.Return, nothing_answered),
    (ast.Tuple | ast.List | ast.Set, fewer_elements),
    (ast.Dict, fewer_entries),
    (ast.Subscript, other_end),
    (ast.Call, other_calls),
)


def is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def with_field(node: ast.AST, name: str, value: object) -> ast.AST:
    other = copy.copy(node)
    setattr(other, name, value)
    return other
