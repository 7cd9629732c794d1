"""The portal served by its two processes, and sixteen people who each ask for one page after another.

Beside each page stands the view that does nothing, in the same run. The clients take their share of
the same cores: what is measured is a small machine that does all of it.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bench.timing import Timing

CLIENTS, SECONDS, PATIENCE = 16, 8.0, 60.0
PAGES = ("bare", "home", "charter", "year")
RATE_GOAL, P95_GOAL = 100, 0.300


@dataclass(frozen=True)
class Served:
    """How many requests were answered in a second, and how long each waited."""

    name: str
    rate: float
    timing: Timing

    @property
    def is_met(self) -> bool:
        return self.rate >= RATE_GOAL and self.timing.p95 <= P95_GOAL


def measures(reader: User) -> Iterator[Served]:
    client = Client()
    client.force_login(reader)
    name = settings.SESSION_COOKIE_NAME
    headers = {"Cookie": f"{name}={client.cookies[name].value}"}
    with serving() as port:
        for page in PAGES:
            ask_all(port, reverse(page), headers, seconds=1.0)  # the first visitor pays
            yield ask_all(port, reverse(page), headers, seconds=SECONDS, name=page)


@contextmanager
def serving() -> Iterator[int]:
    """gunicorn as it is configured, on a port of its own."""
    port = int(os.environ.get("BENCH_PORT", "8056"))
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "bench.wsgi:application",
        "-b",
        f"127.0.0.1:{port}",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            yield port
        finally:
            server.terminate()


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            # Whatever it answers: nobody is signed in.
            connection = http.client.HTTPConnection("localhost", port, timeout=5)
            connection.request("GET", "/bare/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("The portal did not start.")


def ask(connection: http.client.HTTPConnection, url: str, headers: dict[str, str]) -> None:
    connection.request("GET", url, headers=headers)
    response = connection.getresponse()
    response.read()
    assert response.status == 200, f"{url} answered {response.status}"


def ask_all(
    port: int, url: str, headers: dict[str, str], *, seconds: float, name: str = ""
) -> Served:
    taken: list[float] = []
    until = time.perf_counter() + seconds

    def one() -> None:
        connection = http.client.HTTPConnection("localhost", port, timeout=PATIENCE)
        while (began := time.perf_counter()) < until:
            ask(connection, url, headers)
            taken.append(time.perf_counter() - began)
        connection.close()

    clients = [threading.Thread(target=one) for _ in range(CLIENTS)]
    began = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return Served(name, len(taken) / (time.perf_counter() - began), Timing(tuple(sorted(taken))))
