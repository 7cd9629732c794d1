"""What the command says at its end: who can sign in, and where to look first."""

from __future__ import annotations

from charter_portal.demo import company, people
from charter_portal.demo.story import Story


def as_text(story: Story) -> str:
    return company.NAME
