"""The guide: its steps, what is done of them, and which comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from charters.answers import Link
    from records.confirm import Detail


@dataclass(frozen=True)
class Step:
    """One page of the guide: what it asks, whether the records hold it, and what was entered.

    `waits_for` names the step that has to come first; it is empty where nothing is in the way.
    """

    title: str
    why: str
    action: Link
    is_done: bool
    entered: tuple[Detail, ...] = ()
    changes: tuple[Link, ...] = ()
    waits_for: str = ""
    is_optional: bool = False

    @property
    def can_begin(self) -> bool:
        return not (self.is_done or self.waits_for)


@dataclass(frozen=True)
class Guide:
    steps: tuple[Step, ...]

    @property
    def needed(self) -> list[Step]:
        return [step for step in self.steps if not step.is_optional]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.needed)

    @property
    def next(self) -> Step | None:
        """The first needed step that can begin; then the first one that may be left out."""
        ready = [step for step in self.steps if step.can_begin]
        return next((step for step in ready if not step.is_optional), None) or next(
            iter(ready), None
        )

    @property
    def progress(self) -> str:
        return _("%(done)s of %(count)s required steps are done.") % {
            "done": self.done,
            "count": len(self.needed),
        }
