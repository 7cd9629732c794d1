"""Two processes, each with a snapshot of its own: whatever one writes, the other shows at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

STEPS = ("complete", "complete late", "withdraw", "roll back", "close", "change the calendar")


class Process:
    """A process of the portal that does what it is told, one word after the other."""

    def __init__(self, started: subprocess.Popen[str]) -> None:
        self.started = started

    def do(self, word: str) -> Any:
        assert self.started.stdin
        assert self.started.stdout
        self.started.stdin.write(f"{word}\n")
        self.started.stdin.flush()
        answer = self.started.stdout.readline()
        assert answer, f"It ended at {word!r}."
        return json.loads(answer)


@contextmanager
def process(database: str) -> Iterator[Process]:
    with subprocess.Popen(
        [sys.executable, "-m", "charter_portal.tests.sharing"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            yield Process(started)
        finally:
            started.kill()


def never_disagree(database: str) -> None:
    """They take turns at writing, and both have read the pages before each step: at every step the
    reader's are the writer's, and those of a process that keeps nothing."""
    with ExitStack() as stack:
        first, second = (stack.enter_context(process(database)) for _ in range(2))
        first.do("begin")
        before = first.do("read")
        assert second.do("read") == before
        for number, step in enumerate(STEPS):
            writer, reader = (first, second) if number % 2 else (second, first)
            writer.do(step)
            shown = reader.do("read")
            assert shown == writer.do("read"), step
            assert shown == reader.do("read afresh"), step
            assert (shown == before) is (step == "roll back"), step
            before = shown


def test_two_processes_never_disagree_on_sqlite(own_database: str) -> None:
    never_disagree(own_database)


@pytest.mark.postgres
def test_two_processes_never_disagree_on_postgresql(transactional_db: None) -> None:
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    never_disagree(f"{server}/{connection.settings_dict['NAME']}")
