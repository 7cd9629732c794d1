"""Executive sessions of a meeting: the fact, with whom, and who was present (RULE-46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.rules.sessions import Group
from meetings.models import Meeting, SessionCard
from records import ledger
from records.acts import act
from records.facts import Actor, Fact, recorded

SESSION_RECORDED = ledger.action(
    "session.recorded", lazy("recorded an executive session: %(record)s")
)


@dataclass(frozen=True)
class Session:
    """An executive session: with whom, which groups were present, and a heading."""

    held_with: Group
    present: frozenset[Group]
    heading: str = ""


@act
def record_session(meeting: Meeting, session: Session, *, by: Actor, at: datetime) -> SessionCard:
    """Record an executive session of a meeting: the fact, who was present, and a heading."""
    meeting = meeting.locked()
    if not meeting.is_convened:
        raise ValidationError(_("Enter the meeting before its executive sessions."))
    if session.held_with not in session.present:
        raise ValidationError(
            _("The session was held with this group. Include it among those present.")
        )
    card = SessionCard.objects.create(
        meeting=meeting,
        held_with=session.held_with.value,
        present=session.present,
        heading=session.heading.strip(),
        **recorded(by, at),
    )
    groups: list[Fact] = [*sorted(session.present)]
    ledger.record(
        SESSION_RECORDED,
        subject=card,
        by=by,
        at=at,
        held_with=session.held_with,
        present=groups,
        heading=ledger.digest(f"heading:{card.heading}", card.salt) if card.heading else None,
    )
    return card
