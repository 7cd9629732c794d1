"""What Celery beat starts, and when. An app adds its tasks in its module `tasks.py`.

SCHEDULE.add(Scheduled("charters.remind", remind, crontab(hour=9, minute=20)))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from records.registry import ExtensionPoint

if TYPE_CHECKING:
    from celery.schedules import crontab, schedule


@dataclass(frozen=True)
class Scheduled:
    """A Celery task and when it runs, in the portal's own time zone."""

    name: str
    task: Any
    at: crontab | schedule
    # Seconds after which a worker that was away need not run it any more.
    expires: int | None = None


SCHEDULE: ExtensionPoint[Scheduled] = ExtensionPoint("schedule", module="tasks")


def beat_schedule() -> dict[str, dict[str, Any]]:
    """The schedule as Celery beat reads it."""
    return {
        each.name: {
            "task": each.task.name,
            "schedule": each.at,
            "options": {"expires": each.expires} if each.expires else {},
        }
        for each in SCHEDULE
    }
