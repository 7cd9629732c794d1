"""The committee's meetings, as the rule on presenting approvals reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditors.rules.presenting import Meeting
from meetings.enums import MeetingKind, MeetingState
from meetings.models import Meeting as MeetingRecord

if TYPE_CHECKING:
    from charters.models import Committee

NOT_HELD = (MeetingState.CANCELED, MeetingState.WITHOUT_QUORUM)


def scheduled_meetings(committee: Committee | None) -> list[Meeting]:
    """Every meeting of the committee that was held or lies ahead; regular ones are scheduled."""
    if committee is None:
        return []
    rows = MeetingRecord.objects.of(committee).exclude(state__in=NOT_HELD)
    kinds = rows.exclude(kind=MeetingKind.RELEASE_CALL).values_list("on", "kind")
    return [Meeting(on, kind == MeetingKind.REGULAR) for on, kind in kinds]
