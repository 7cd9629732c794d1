"""The teller: what has come on record so far, and the scenes still to be told, each on its day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from charter_portal.demo.company import Stage
from charter_portal.demo.people import Character
from charter_portal.models import BoardReport
from charters.models import CharterVersion, Committee, Completion, Duty, Event
from committees.models import (
    Director,
    Membership,
    RegulatorLetter,
    RelatedPartyTransaction,
)
from records.acts import act
from records.models import Company


@dataclass(frozen=True)
class Scene:
    """Something that somebody does in the portal, at an instant."""

    at: datetime
    play: Callable[[Story, datetime], Any]


@dataclass
class Story:
    """What the scenes so far have put on record, by the names the scenes to come call it."""

    stage: Stage
    with_pdfs: bool
    people: dict[Character, User] = field(default_factory=dict)
    directors: dict[Character, Director] = field(default_factory=dict)
    memberships: dict[Character, Membership] = field(default_factory=dict)
    versions: list[CharterVersion] = field(default_factory=list)
    duties: dict[str, Duty] = field(default_factory=dict)
    completions: dict[str, Completion] = field(default_factory=dict)
    reports: list[BoardReport] = field(default_factory=list)
    event: Event = field(init=False)
    lease: RelatedPartyTransaction = field(init=False)
    letter: RegulatorLetter = field(init=False)
    company: Company = field(init=False)
    board: Committee = field(init=False)
    committee: Committee = field(init=False)

    @act
    def tell(self, scenes: Iterable[Scene]) -> None:
        """One chapter: all of its scenes or, where one fails, none."""
        for scene in scenes:
            scene.play(self, scene.at)


def in_order(scenes: Iterable[Scene]) -> list[Scene]:
    """By their instant; those of the same instant in the order in which they were written."""
    return sorted(scenes, key=lambda scene: scene.at)
