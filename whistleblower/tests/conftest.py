"""The channel of a test. Its keys cost nothing to open, as in the demonstration (`apps.py`)."""

import pytest

from whistleblower.tests import channels
from whistleblower.tests.channels import World


@pytest.fixture
def world(db: None) -> World:
    """An open channel with six readers."""
    return channels.open_world()
