"""A worker and its scheduler as `make demo` runs them: on folders, without Redis."""

import json
import subprocess
import sys
import time
from pathlib import Path

from journeys.portal import PATIENCE, ROOT, manage, surroundings

WORKER = "--quiet --app journeys.clock worker --beat --pool solo --loglevel ERROR".split()


def test_clock_rings_and_worker_works(own_var: Path) -> None:
    schedule = ["--schedule", str(own_var / "beat")]
    until = time.monotonic() + PATIENCE
    with (own_var / "worker.log").open("w") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "celery", *WORKER, *schedule],
            cwd=ROOT,
            env=surroundings(own_var),
            stdout=log,
            stderr=log,
        )
        checked = 0
        while checked < 2 and time.monotonic() < until:
            checked = json.loads(manage(own_var, "verify_ledger", "--json"))["entries"]
        worker.terminate()
        assert worker.wait(timeout=PATIENCE) == 0
    assert checked >= 2, (own_var / "worker.log").read_text()
