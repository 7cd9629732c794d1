"""The real charter, which is not part of this repository: REAL_CHARTER names its file."""

import os
from pathlib import Path

import pytest


def real_charter() -> bytes:
    """Its bytes. Without it a test is skipped, or fails where nothing may be left out."""
    if path := os.environ.get("REAL_CHARTER"):
        return Path(path).read_bytes()
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail("REAL_CHARTER is not set, and REQUIRE_ALL asks for every test")
    pytest.skip("REAL_CHARTER is not set")
