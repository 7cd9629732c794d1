"""Killing the process at every step, and many reporters at once."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any, NamedTuple

from django.db import connection, connections
from django.test import Client

from bench.concerns import HIDDEN
from whistleblower.crypto import codes
from whistleblower.enums import EntryKind
from whistleblower.models import Case
from whistleblower.services import deletions, nights, submission, visits
from whistleblower.services import desk as desks
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


class End(NamedTuple):
    """How the process ended, and whether it had told the reporter that all was well."""

    was_killed: bool
    was_confirmed: bool


def killed_at(step: int, work: Callable[[], object]) -> End:
    """Do it in a process of its own that is killed at a statement, or around the commit. `work` answers
    whether the reporter reads a confirmation; this process hears of it as a browser would."""
    connections.close_all()
    hears, tells = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _die_at(step)
            if work():
                os.write(tells, b"confirmed")
        except BaseException:
            os._exit(2)
        os._exit(0)
    os.close(tells)
    with os.fdopen(hears, "rb") as heard:
        was_confirmed = heard.read() == b"confirmed"
    __, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 2:
        raise RuntimeError("The work failed by itself.")
    return End(os.WIFSIGNALED(status), was_confirmed)


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
    work: Callable[[str], object],
    prepare: Callable[[], str],
    check: Callable[[str, bool], str],
) -> list[str]:
    """Kill it at each step in turn; after each, check what the reporter was told, do it again and
    check that."""
    faults, confirmed = [], 0
    for step in range(1, MOST):
        code = prepare()
        end = killed_at(step, lambda code=code: work(code))  # type: ignore[misc]
        confirmed += end.was_confirmed
        if found := check(code, end.was_confirmed):
            faults.append(f"step {step}: {found}")
        if not end.was_killed:
            return [*faults, *([] if confirmed or is_silent(work) else ["nothing was confirmed"])]
    return [*faults, "it never came to its end"]


def is_silent(work: Callable[[str], object]) -> bool:
    """The nightly run confirms nothing to anybody."""
    return work.__name__ == "run"


def report() -> Report:
    return Report(texts={"what": TEXT}, name="Rosa")


def send(code: str) -> None:
    submission.send(code, report(), world().roster, on=TODAY)


REPORT, RETURN = "/concerns/en/report/", "/concerns/en/return/"
# The browsers of the reporters by code, on their last page before the act.
_forms: dict[str, tuple[Client, dict[str, str]]] = {}


def hidden(page: Any) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(page.content.decode())}


def about_to_send() -> str:
    """A reporter who has gone through the pages and presses the last button next; the code."""
    world()
    client = Client()
    page = client.get(REPORT)
    page = client.post(REPORT, hidden(page) | {"saved": "1"})
    page = client.post(REPORT, hidden(page) | {"others": ""})
    form = hidden(page) | {"others": "", "what": TEXT, "name": "Rosa"}
    _forms[form["code"]] = client, form
    return form["code"]


def press_send(code: str) -> bool:
    client, form = _forms[code]
    return "Your report was received" in client.post(REPORT, form).content.decode()


def sending() -> list[str]:
    def check(code: str, was_confirmed: bool) -> str:
        first, cases = visits.find(code), Case.objects.count()
        if was_confirmed and first is None:
            return "a confirmation without a case"
        if not press_send(code):
            return "sent again, it is not confirmed"
        again = visits.find(code)
        if again is None or len(again.opened.entries) != 3:
            return "sent again, the case is not whole"
        if first is not None and (Case.objects.count() != cases or first.case != again.case):
            return "sent again, it is another case"
        return "" if opened_by_readers(again.case.pk) else "no reader can open it"

    return through(press_send, about_to_send, check)


def opened_by_readers(case: str) -> bool:
    desk = world().counsel.desk()
    return desks.open_case(desk, case, at=datetime.now(UTC) + timedelta(days=2)) is not None


def sent() -> str:
    code = codes.new_code("en")
    send(code)
    return code


def come_back(code: str) -> tuple[Client, dict[str, str]]:
    """A reporter who has opened the report; the browser, and what its forms carry."""
    client = Client()
    client.post(RETURN, {"step": "open", "code": code})
    return client, hidden(client.get(RETURN))


def answering() -> list[str]:
    def prepare() -> str:
        code = sent()
        client, form = come_back(code)
        # The name's form stands last.
        given = {"step": "message", "text": "More.", "once": form["once"], "asked": "1"}
        _forms[code] = client, given
        return code

    def press(code: str) -> bool:
        client, form = _forms[code]
        return "Your message was sent" in client.post(RETURN, form, follow=True).content.decode()

    def messages(code: str) -> int:
        visit = visits.find(code)
        assert visit is not None
        return sum(each.kind is EntryKind.MESSAGE for each in visit.entries)

    def check(code: str, was_confirmed: bool) -> str:
        if was_confirmed and messages(code) != 1:
            return "a confirmation without a message"
        if not press(code):
            return "sent again, it is not confirmed"
        return "" if messages(code) == 1 else f"{messages(code)} messages"

    return through(press, prepare, check)


def replacing() -> list[str]:
    new: dict[str, str] = {}

    def prepare() -> str:
        code = sent()
        client, __ = come_back(code)
        form = hidden(client.post(RETURN, {"step": "new"}))
        new[code] = form["new"]
        _forms[code] = client, {"step": "replace", "new": form["new"], "saved": "1"}
        return code

    def press(code: str) -> bool:
        client, form = _forms[code]
        return "The new code counts" in client.post(RETURN, form, follow=True).content.decode()

    def check(code: str, was_confirmed: bool) -> str:
        opens = [visits.find(each) is not None for each in (code, new[code])]
        if sum(opens) != 1:
            return f"{sum(opens)} codes open the case"
        if was_confirmed and not opens[1]:
            return "a confirmation, and the old code still counts"
        if not press(code):
            return "sent again, it is not confirmed"
        return "" if visits.find(code) is None and visits.find(new[code]) else "not replaced"

    return through(press, prepare, check)


def by_night() -> list[str]:
    """The nightly run loses nothing wherever it is killed, and the next one goes through."""
    from whistleblower.models import Night, Part, Slot

    sent()
    nights_run = iter(range(MOST))

    def prepare() -> str:
        return str(next(nights_run))

    def run(number: str) -> None:
        nights.run(at=NEXT + timedelta(days=int(number)))

    before = (Case.objects.count(), Part.objects.count(), Slot.objects.count())

    def check(number: str, was_confirmed: bool) -> str:
        now = (Case.objects.count(), Part.objects.count(), Slot.objects.count())
        Night.objects.all().delete()
        return "" if now == before else f"rows were {before} and are {now}"

    return through(run, prepare, check)


def deleting() -> list[str]:
    """A deletion that somebody approved, killed anywhere: the case is whole, or it is gone for everybody.
    The next night ends it, no other case is touched, and what is gone stays on the list."""
    days = iter(range(MOST))
    pks: dict[str, str] = {}

    def prepare() -> str:
        code, day = sent(), str(next(days))
        case = Case.objects.get(locator=codes.locator(code))
        Case.objects.filter(pk=case.pk).update(is_marked_for_deletion=True)
        pks[day] = case.pk
        return day

    def run(day: str) -> None:
        night_of(int(day))

    def check(day: str, was_confirmed: bool) -> str:
        pk = pks[day]
        if found := state_of_deletion(pk):
            return found
        # A case that the night did not come to is deleted by the next one.
        night_of(MOST + int(day))
        if rows_of(pk) != (0, 0, 0):
            return "the next night did not delete it"
        if pk not in deletions.deleted_before():
            return "it is deleted and not on the list"
        return "" if others.issubset(set(Case.objects.values_list("pk", flat=True))) else "one more"

    sent()
    others = set(Case.objects.values_list("pk", flat=True))
    return through(run, prepare, check)


def night_of(day: int) -> None:
    """One night as the scheduler runs it, down to the files of the database."""
    from whistleblower.models import Night
    from whistleblower.services import disk

    Night.objects.all().delete()
    nights.run(at=NEXT + timedelta(days=day))
    deletions.settle()
    disk.clean_up()


def rows_of(pk: str) -> tuple[int, int, int]:
    from whistleblower.models import Part, Slot

    rows = (Slot.objects.filter(case=pk), Part.objects.filter(case=pk), Case.objects.filter(pk=pk))
    keys, parts, cases = (each.count() for each in rows)
    return keys, parts, cases


def state_of_deletion(pk: str) -> str:
    keys, parts, cases = rows_of(pk)
    is_whole = bool(keys and parts and cases)
    is_gone = not (keys or parts or cases)
    if not (is_whole or is_gone):
        return f"half of it is left: {keys} keys, {parts} entries, {cases} cases"
    if is_whole and pk in deletions.deleted_before():
        return "it is there, and counts as deleted"
    return "" if is_gone or opened_by_readers(pk) else "it is there, and no reader opens it"


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
    "Killed while a case is deleted": deleting,
    "Many reporters at once": flood,
}
