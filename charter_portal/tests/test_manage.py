"""What manage.py says where the environment does not let it start."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from secrets import token_urlsafe

import pytest

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]
SECRETS = ("SECRET_KEY", "LEDGER_SEAL_KEY", "MFA_KEY", "DESK_KEY")
LIVE = {"DEMO": "0", "ALLOWED_HOSTS": "localhost"} | {name: token_urlsafe(64) for name in SECRETS}
KEPT = {name: os.environ[name] for name in ("PATH", "VAR_DIR")}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        *(
            (LIVE | {name: value}, f"{name} is {why}")
            for name in SECRETS
            for value, why in (
                ("", "empty or missing"),
                ("   ", "empty"),
                ("\u3000\u00a0" * 30, "empty"),
                ("k" * 49, "too short"),
                ("k" * 64, "the same characters"),
                ("0123456789ab" * 5, "the same characters"),
                ("python3 -c 'import secrets; print(secrets.token_urlsafe(64))'", "a text with"),
            )
        ),
        *(
            (LIVE | {name: LIVE[other]}, f"{name} is the same as {other}")
            for other, name in pairwise(SECRETS)
        ),
        (
            LIVE
            | {"ALLOWED_HOSTS": "portal.example.com"}
            | {"DESK_KEY": "demo-only-desk_key-" + "0" * 40},
            "DESK_KEY is the one of the demo",
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
