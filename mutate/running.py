"""Runs the tests that reach a changed function, in a child of a process that is ready to test."""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from types import FrameType, ModuleType

import pytest
from _pytest.runner import runtestprotocol

Scope = tuple[str, int]
# A child that hangs is noticed too: so much longer than the tests took, and so many seconds more.
PATIENCE, GRACE = 8, 10


class BrokenError(Exception):
    """A test fails without any change."""


@dataclass
class Tests:
    """The tests of a session, with what each one reaches and how long it takes."""

    items: list[pytest.Item]
    seconds: dict[pytest.Item, float] = field(default_factory=dict)
    by_scope: dict[Scope, set[pytest.Item]] = field(default_factory=lambda: defaultdict(set))

    def try_out(self, module: ModuleType) -> None:
        """Run all of them once, and note which functions of the module each one calls."""
        for item, following in zip(self.items, [*self.items[1:], self.items[0]], strict=True):
            reached: set[Scope] = set()

            def note(
                frame: FrameType, event: str, _argument: object, reached: set[Scope] = reached
            ) -> None:
                if event == "call" and frame.f_code.co_filename == module.__file__:
                    reached.add((frame.f_code.co_qualname, frame.f_code.co_firstlineno))

            began = time.perf_counter()
            sys.setprofile(note)
            try:
                failed = run(item, following)
            finally:
                sys.setprofile(None)
            if failed:
                raise BrokenError(f"{item.nodeid} fails without any change:\n{failed}")
            self.seconds[item] = time.perf_counter() - began
            for scope in reached:
                self.by_scope[scope].add(item)

    def reaching(self, scopes: set[Scope], *, everything: bool) -> list[pytest.Item]:
        found = set(self.items) if everything else set().union(*(self.by_scope[s] for s in scopes))
        return sorted(found, key=lambda item: (self.seconds[item], item.nodeid))

    def notice(self, items: list[pytest.Item]) -> bool:
        """Whether one of them fails: in this process, which has been changed."""
        if not items:
            return False
        items[0].session._setupstate.teardown_exact(items[0])
        return any(map(run, items, [*items[1:], items[0]]))


def run(item: pytest.Item, following: pytest.Item) -> str:
    reports = runtestprotocol(item, log=False, nextitem=following)
    return "\n".join(str(report.longrepr) for report in reports if report.failed)


def in_child(work: object, *, seconds: float) -> int:
    """Fork, do the work, and answer with what it ended with; -1 where it took too long."""
    child = os.fork()
    if child == 0:
        status = 3
        try:
            silence()
            status = work()  # type: ignore[operator]
        except BaseException:  # whatever a change leads to is noticed
            status = 1
        finally:
            os._exit(status)
    return wait_for(child, time.monotonic() + seconds)


def silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def wait_for(child: int, until: float) -> int:
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return -1
