"""What the project package's tests share."""

import pytest

from accounts.tests.personas import PERSONAS
from accounts.tests.walk import Cast


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> Cast:
    """All personas at once, by name."""
    return {name: request.getfixturevalue(name) for name in PERSONAS}
