"""`make mutate M=auditors.rules.rotation`: does a test notice each single change of a module?

Why none of the published tools, what is changed and what is not: docs/mutation.md. The tests are
those that name the module, and what is given as T besides. Ends with 1 where less than 95 % of the
changes are noticed.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AIM = 0.95
EXAMPLES = 10


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutate", description=__doc__)
    parser.add_argument("module", help="auditors.rules.rotation")
    parser.add_argument("tests", nargs="*", help="tests besides those that name the module")
    parser.add_argument("--line", type=int, default=0, help="changes of this line alone")
    parser.add_argument("--list", action="store_true", help="write the changes, and run nothing")
    parser.add_argument("--only", action="store_true", help="the tests that are given, no others")
    asked = parser.parse_intermixed_args()
    tests = list(dict.fromkeys([*asked.tests, *([] if asked.only else naming(asked.module))]))
    if not tests:
        print(f"No test names {asked.module}: say with T which ones reach it.")
        return 2

    import pytest

    plugin = Mutation(asked.module, asked.line, is_list=asked.list)
    arguments = ["-q", "-n", "0", "-p", "no:cacheprovider", "-p", "no:randomly", *tests]
    ended = pytest.main(arguments, plugins=[plugin])
    return plugin.status if plugin.status is not None else int(ended) or 2


def naming(name: str) -> list[str]:
    """The tests that import the module by its name, or else one beside it that imports it.

    Tests of rules need no database: where there are some, they have to notice by themselves. So
    have those that bear the module's name; all that import a service would take an hour.
    """
    around = ROOT.joinpath(*name.split(".")).parent
    beside = {name_of(path) for path in around.glob("*.py") if name in imported(path)}
    found = those_naming({name}) or those_naming(beside)
    app, _, last = name.partition(".")
    own = f"test_{last.rpartition('.')[2]}.py"
    in_rules = [test for test in found if "/tests/rules/" in test]
    return (
        [test for test in in_rules if test.startswith(f"{app}/")]
        or in_rules
        or [test for test in found if test.startswith(f"{app}/") and test.endswith(f"/{own}")]
        or found
    )


def those_naming(names: set[str]) -> list[str]:
    return sorted(
        str(path.relative_to(ROOT))
        for path in ROOT.glob("*/tests/**/test_*.py")
        if names & imported(path)
    )


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


class Mutation:
    """A pytest plugin: in place of running the tests once, runs them over each change."""

    def __init__(self, name: str, line: int, *, is_list: bool) -> None:
        self.name, self.line, self.is_list = name, line, is_list
        self.status: int | None = None

    def pytest_collection(self) -> None:
        # Examples that hypothesis finds are asked after the rows, and the first few tell.
        import hypothesis

        hypothesis.settings.register_profile(
            "mutate", derandomize=True, deadline=None, database=None, max_examples=EXAMPLES
        )
        hypothesis.settings.load_profile("mutate")

    def pytest_runtestloop(self, session: object) -> bool:
        from mutate import applying, changes, running

        module = importlib.import_module(self.name)
        source = Path(str(module.__file__)).read_text()
        found = [
            change
            for change in changes.changes(source, module)
            if not self.line or change.line == self.line
        ]
        if self.is_list:
            print(*found, sep="\n")
            self.status = 0
            return True
        began = time.monotonic()
        tests = running.Tests(session.items)  # type: ignore[attr-defined]
        tests.try_out(module)
        original = compile(ast.parse(source), str(module.__file__), "exec", dont_inherit=True)
        functions, caches = applying.functions_of(module), applying.caches_of_all()
        gc.collect()
        gc.freeze()
        seconds, unnoticed, left_out = sum(tests.seconds.values()), [], 0
        print(f"{self.name}: {len(found)} changes, {len(tests.items)} tests in {seconds:.1f} s")
        for change in found:
            scopes = applying.changed_scopes(module, original, change)
            items = tests.reaching(scopes, everything=bool(change.table))

            def work(change: changes.Change = change, items: list = items) -> int:
                try:
                    applying.make(module, functions, caches, change)
                except applying.CannotBeMadeError:
                    return 4
                return 1 if tests.notice(items) else 0

            took = sum(tests.seconds[item] for item in items)
            ended = running.in_child(work, seconds=running.GRACE + running.PATIENCE * took)
            left_out += ended == 4
            if ended == 0:
                unnoticed.append(change)
                print(f"{'' if items else '(no test) '}{change}", flush=True)
        made = len(found) - left_out
        noticed = made - len(unnoticed)
        share = noticed / made if made else 1.0
        print(
            f"{self.name}: {noticed} of {made} noticed ({share:.1%}), "
            f"{time.monotonic() - began:.0f} s"
        )
        self.status = 0 if share >= AIM else 1
        return True


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
