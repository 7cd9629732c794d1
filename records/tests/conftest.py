"""What this layer's tests share."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def anchor_dir(settings: Any, tmp_path: Path) -> Path:
    """A folder for the anchors of this test's ledger alone."""
    settings.ANCHOR_DIR = tmp_path / "anchors"
    return tmp_path / "anchors"
