"""Killing the process at every step, and many reporters at once."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

from whistleblower.crypto import codes
from whistleblower.enums import EntryKind
from whistleblower.models import Case
from whistleblower.services import desk as desks
from whistleblower.services import nights, submission, visits
from whistleblower.services.submission import Report
from whistleblower.tests.channels import NEXT, TODAY, World, open_world

TEXT = "The goods were still in the yard."
REPORTERS, SUBMISSIONS = 50, 2_000
# No act has so many steps.
MOST = 200

_world: list[World] = []


def world() -> World:
    if not _world:
        _world.append(open_world())
    return _world[0]


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do it in a process of its own that is killed at a statement, or around the commit. Answers
    whether it was killed; False: it came to its end."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            _die_at(step)
            work()
        except BaseException:
            os._exit(2)
        os._exit(0)
    __, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 2:
        raise RuntimeError("The work failed by itself.")
    return os.WIFSIGNALED(status)


def _die_at(step: int) -> None:
    count = 0

    def pass_one() -> None:
        nonlocal count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        pass_one()
        return execute(sql, params, many, context)

    connection.ensure_connection()
    connection.execute_wrappers.append(before)
    commit = connection._commit

    def around() -> None:
        pass_one()
        commit()
        pass_one()

    connection._commit = around  # type: ignore[method-assign]


def through(
    work: Callable[[str], object], prepare: Callable[[], str], check: Callable[[str], str]
) -> list[str]:
    """Kill it at each step in turn; after each, do it again and check."""
    faults = []
    for step in range(1, MOST):
        code = prepare()
        was_killed = killed_at(step, lambda code=code: work(code))  # type: ignore[misc]
        if found := check(code):
            faults.append(f"step {step}: {found}")
        if not was_killed:
            return faults
    return [*faults, "it never came to its end"]


def report() -> Report:
    return Report(texts={"what": TEXT}, name="Rosa")


def send(code: str) -> None:
    submission.send(code, report(), world().roster, on=TODAY)


def sending() -> list[str]:
    def check(code: str) -> str:
        first = visits.find(code)
        cases = Case.objects.count()
        send(code)
        again = visits.find(code)
        if again is None or len(again.opened.entries) != 3:
            return "sent again, the case is not whole"
        if first is not None and (Case.objects.count() != cases or first.case != again.case):
            return "sent again, it is another case"
        return "" if opened_by_readers(again.case.pk) else "no reader can open it"

    return through(send, lambda: codes.new_code("en"), check)


def opened_by_readers(case: str) -> bool:
    desk = world().counsel.desk()
    return desks.open_case(desk, case, at=NEXT) is not None


def sent() -> str:
    code = codes.new_code("en")
    send(code)
    return code


def answering() -> list[str]:
    def write(code: str) -> None:
        visits.add_message(code, "More.", f"once {code}", world().roster, on=TODAY)

    def check(code: str) -> str:
        write(code)
        visit = visits.find(code)
        assert visit is not None
        messages = [each for each in visit.entries if each.kind is EntryKind.MESSAGE]
        return "" if len(messages) == 1 else f"{len(messages)} messages"

    return through(write, sent, check)


def replacing() -> list[str]:
    new: dict[str, str] = {}

    def prepare() -> str:
        code = sent()
        new[code] = codes.new_code("en")
        return code

    def replace(code: str) -> None:
        visits.replace_code(code, new[code])

    def check(code: str) -> str:
        opens = [visits.find(each) is not None for each in (code, new[code])]
        if sum(opens) != 1:
            return f"{sum(opens)} codes open the case"
        replace(code)
        return "" if visits.find(code) is None and visits.find(new[code]) else "not replaced"

    return through(replace, prepare, check)


def by_night() -> list[str]:
    """The nightly run loses nothing wherever it is killed, and the next one goes through."""
    from datetime import timedelta

    from whistleblower.models import Night, Part, Slot

    sent()
    nights_run = iter(range(MOST))

    def prepare() -> str:
        return str(next(nights_run))

    def run(number: str) -> None:
        nights.run(at=NEXT + timedelta(days=int(number)))

    before = (Case.objects.count(), Part.objects.count(), Slot.objects.count())

    def check(number: str) -> str:
        now = (Case.objects.count(), Part.objects.count(), Slot.objects.count())
        Night.objects.all().delete()
        return "" if now == before else f"rows were {before} and are {now}"

    return through(run, prepare, check)


def flood() -> list[str]:
    """Many reporters at once, every fourth of whom sends twice: none lost, none doubled."""
    world()
    before, began = Case.objects.count(), time.monotonic()
    drawn = [codes.new_code("en") for _ in range(SUBMISSIONS)]
    connections.close_all()
    each = SUBMISSIONS // REPORTERS
    children = [_reporter(drawn[n * each : (n + 1) * each]) for n in range(REPORTERS)]
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    seconds = time.monotonic() - began
    print(f"  {SUBMISSIONS / seconds:.0f} submissions a second, {REPORTERS} at once")
    faults = [f"{failed} reporters were told of an error"] if failed else []
    stored = Case.objects.count() - before
    if stored != SUBMISSIONS:
        faults.append(f"{stored} of {SUBMISSIONS} cases are stored")
    lost = sum(visits.find(code) is None for code in drawn)
    return [*faults, *([f"{lost} codes open nothing"] if lost else [])]


def _reporter(own: list[str]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        for place, code in enumerate(own):
            for _ in range(2 if place % 4 == 0 else 1):
                send(code)
    except BaseException:
        os._exit(1)
    os._exit(0)


CHECKS: dict[str, Callable[[], list[str]]] = {
    "Killed while a report is sent": sending,
    "Killed while the reporter answers": answering,
    "Killed while the code is replaced": replacing,
    "Killed in the nightly run": by_night,
    "Many reporters at once": flood,
}
