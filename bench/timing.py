"""Measuring: repeated timings, the queries behind them, and those queries alone."""

import gc
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

Query = tuple[str, Any]


@dataclass(frozen=True)
class Timing:
    """Seconds of each repetition, in order of size."""

    seconds: tuple[float, ...]

    def at(self, share: float) -> float:
        return self.seconds[min(len(self.seconds) - 1, math.ceil(share * len(self.seconds)) - 1)]

    @property
    def p50(self) -> float:
        return self.at(0.5)

    @property
    def p95(self) -> float:
        return self.at(0.95)


@dataclass(frozen=True)
class Measurement:
    """One measured thing. `floor` is the baseline it is compared with, `goal` a sentence and its truth."""

    name: str
    timing: Timing
    queries: list[Query]
    floor: Timing
    goal: str = ""
    is_met: bool = True


def timed(work: Callable[[], object], times: int, warm: int = 3) -> Timing:
    """The work's repetitions, after a few that do not count."""
    for _ in range(warm):
        work()
    gc.collect()
    return Timing(tuple(sorted(once(work) for _ in range(times))))


def once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def queries() -> Iterator[list[Query]]:
    """Every query that is made meanwhile, with its parameters."""
    made: list[Query] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        made.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield made


def behind(work: Callable[[], object]) -> list[Query]:
    with queries() as made:
        work()
    return made


def alone(made: list[Query]) -> Callable[[], None]:
    """Only to ask the database the same again, and to fetch its answers: the baseline of a page."""
    reads = [query for query in made if query[0].startswith("SELECT")]

    def ask() -> None:
        with connection.cursor() as cursor:
            for sql, params in reads:
                cursor.execute(sql, params)
                cursor.fetchall()

    return ask
