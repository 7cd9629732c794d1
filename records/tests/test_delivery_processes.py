"""Workers that are killed, and workers that work at once: nothing is lost, nothing goes twice but
by a person's word."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection

from records.tests.mail_server import HOST, PATIENCE, Answers, mail_server, silent_server
from records.tests.owing import AT

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Desk:
    """A database, and the mail server that its workers speak to."""

    database: str
    port: int = 1

    def start(self, *words: object) -> subprocess.Popen[str]:
        given = {"DATABASE_URL": self.database, "EMAIL_URL": f"smtp://{HOST}:{self.port}"}
        return subprocess.Popen(
            [sys.executable, "-m", "records.tests.delivering", *map(str, words)],
            cwd=settings.BASE_DIR,
            env=os.environ | given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: object) -> str:
        return ended(self.start(*words))

    def states(self) -> list[str]:
        return [state for _email, state in json.loads(self.run("report"))]


def ended(process: subprocess.Popen[str]) -> str:
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, output
    return output


def kill(worker: subprocess.Popen[str]) -> None:
    worker.kill()
    worker.communicate(timeout=PATIENCE)
    assert worker.returncode < 0


def kill_before_a_word_is_said(desk: Desk, at: datetime) -> None:
    with silent_server() as (listening, port):
        worker = replace(desk, port=port).start("sweep", at.isoformat())
        call, _address = listening.accept()
        with call:
            kill(worker)


def kill_at(word: str, desk: Desk, at: datetime) -> list[str]:
    """The worker hears no answer to this word any more. Answers to whom the server took mail."""
    with mail_server(Answers(waits_at=word)) as (server, port):
        worker = replace(desk, port=port).start("sweep", at.isoformat())
        assert server.has_stopped.wait(PATIENCE)
        kill(worker)
    return server.addresses()


def killed_workers_lose_and_double_nothing(desk: Desk) -> None:
    """Before SMTP, during it, and after the mail was taken but before that was noted."""
    desk.run("owe", 3, AT.isoformat())
    kill_before_a_word_is_said(desk, AT)
    taken = kill_at("DATA", desk, AT) + kill_at("QUIT", desk, AT)
    assert desk.states() == ["claimed"] * 3

    with mail_server() as (server, port):
        desk = replace(desk, port=port)
        for hours in (1, 24):
            desk.run("sweep", (AT + hours * HOUR).isoformat())
        assert desk.states() == ["uncertain"] * 3
        assert server.taken == []

        desk.run("again", (AT + 25 * HOUR).isoformat())
        desk.run("sweep", (AT + 25 * HOUR).isoformat())
        assert desk.states() == ["delivered"] * 3
    assert len(taken) == len(set(taken)) == 2
    assert Counter(server.addresses()) == {f"person.{n}@example.com": 1 for n in range(3)}


def workers_at_once_send_each_mail_once(desk: Desk) -> None:
    people = 30
    desk.run("owe", people, AT.isoformat())
    with mail_server() as (server, port), ExitStack() as stack:
        desk = replace(desk, port=port)
        workers = [stack.enter_context(desk.start("sweep", AT.isoformat())) for _ in range(3)]
        for worker in workers:
            ended(worker)
    assert sorted(server.addresses()) == sorted(f"person.{n}@example.com" for n in range(people))
    assert desk.states() == ["delivered"] * people


@pytest.fixture
def on_postgresql(transactional_db: None) -> Desk:
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    return Desk(f"{server}/{connection.settings_dict['NAME']}")


@pytest.fixture
def on_sqlite(own_database: str) -> Desk:
    return Desk(own_database)


def test_killed_workers_on_sqlite(on_sqlite: Desk) -> None:
    killed_workers_lose_and_double_nothing(on_sqlite)


def test_workers_at_once_on_sqlite(on_sqlite: Desk) -> None:
    workers_at_once_send_each_mail_once(on_sqlite)


@pytest.mark.postgres
def test_killed_workers_on_postgresql(on_postgresql: Desk) -> None:
    killed_workers_lose_and_double_nothing(on_postgresql)


@pytest.mark.postgres
def test_workers_at_once_on_postgresql(on_postgresql: Desk) -> None:
    workers_at_once_send_each_mail_once(on_postgresql)
