"""What manage.py says where the environment does not let it start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]
SECRETS = ("SECRET_KEY", "LEDGER_SEAL_KEY", "MFA_KEY", "DESK_KEY")
LIVE = {"DEMO": "0", "ALLOWED_HOSTS": "localhost"} | {name: name * 10 for name in SECRETS}
KEPT = {name: os.environ[name] for name in ("PATH", "VAR_DIR")}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        *(
            (LIVE | {name: value}, f"{name} is {why}")
            for name in SECRETS
            for value, why in (("", "empty or missing"), ("   ", "empty"), ("k" * 49, "too short"))
        ),
        ({"DEMO": "1", "ALLOWED_HOSTS": "portal.example.com"}, "runs on local hosts only"),
    ],
)
def test_what_stops_the_start_is_said_with_the_way_out(
    given: dict[str, str], sentence: str
) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=KEPT | given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert sentence in done.stderr.splitlines()[0]
    assert "DEMO=1 manage.py check" in done.stderr
    assert "Traceback" not in done.stderr
