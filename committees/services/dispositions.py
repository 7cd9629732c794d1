"""What is settled about exceptions that the record shows."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from committees.enums import DispositionKind
from committees.models import Committee, Disposition
from committees.standing import Docket, PortalException
from records import ledger
from records.acts import act
from records.clock import day_of
from records.ledger import Actor


@act
def dispose(
    committee: Committee,
    *,
    rule: str,
    subject: str,
    period: str,
    kind: DispositionKind,
    reason: str,
    by: Actor,
    at: datetime,
) -> Disposition:
    """Settle an exception that the record shows that day. A later disposition takes this one's place.

    That the duty was done late is said only where there is evidence of it.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say what was found, or why.")})
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    docket = Docket(committee, day_of(at))
    key = f"{rule}:{subject}:{period}"
    found = next((piece for piece in docket.exceptions() if piece.key == key), None)
    if found is None:
        raise ValidationError(
            _("The record shows no such exception today, so there is nothing to settle.")
        )
    _ground(found, kind)
    salt = ledger.new_salt()
    disposition = Disposition.objects.create(
        committee=committee,
        rule=rule,
        subject=subject,
        period=period,
        kind=kind,
        reason=reason.strip(),
        salt=salt,
        decided_on=day_of(at),
        recorded_by=ledger.person(by),
        recorded_at=at,
    )
    ledger.record(
        "exception.disposed",
        subject=disposition,
        by=by,
        at=at,
        kind=kind,
        reason=ledger.digest(disposition.reason, salt),
    )
    return disposition


def _ground(found: PortalException, kind: DispositionKind) -> None:
    """Refuse the statement that it was done late where nothing on record shows it."""
    if found.duty is None or found.late:
        return
    if kind == DispositionKind.DONE_LATE:
        raise ValidationError(
            {
                "kind": _(
                    "Nothing on record serves this period since it ended. Record first that the "
                    "duty was done, with its day and for this period."
                )
            }
        )
