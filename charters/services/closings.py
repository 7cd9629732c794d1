"""What is closed about open items that the record shows."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.answers import OpenItem
from charters.documents import COMPLETION
from charters.enums import ClosedAs
from charters.models import Closing, Committee, Duty
from charters.services.completions import record_completion
from charters.services.uploads import Upload, filed, refuse_other_kind
from charters.standing import Docket
from records import ledger
from records.acts import act
from records.clock import day_of
from records.dates import long_day
from records.facts import Actor, recorded
from records.models import Document

OPEN_ITEM_CLOSED = ledger.action("open_item.closed", lazy("closed an open item: %(record)s"))


@dataclass(frozen=True)
class Found:
    """The record that is now on file: a document that was filed already, or an upload. For the work
    of a period also the date on which it was performed."""

    document: Document | None = None
    upload: Upload | None = None
    performed_on: date | None = None


@act
def close_open_item(
    committee: Committee,
    *,
    rule: str,
    subject: str,
    period: str,
    kind: ClosedAs,
    reason: str,
    by: Actor,
    at: datetime,
    record: Found | None = None,
) -> Closing:
    """Close an open item that the record shows that day. A later closing takes this one's place.

    What is now on file is filed or named in the same act; for a period without a record it becomes
    a completion, from which the status follows. That the duty was done late is said only where
    there is evidence of it.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Enter an explanation.")})
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    item = _open_today(committee, f"{rule}:{subject}:{period}", at)
    if item is None:
        raise ValidationError(_("This item is not open today, so it cannot be closed."))
    document = None
    if kind == ClosedAs.COMPLETED_LATE:
        _refuse_without_late_record(item)
    if kind == ClosedAs.NOW_ON_FILE:
        document = _put_on_file(item, record or Found(), reason, by, at)
        if item.serves and _open_today(committee, item.key, at):
            raise ValidationError({"kind": _("With this record the period still lacks another.")})
    closing = Closing.objects.create(
        committee=committee,
        rule=rule,
        subject=subject,
        period=period,
        kind=kind,
        reason=reason.strip(),
        decided_on=day_of(at),
        document=document,
        **recorded(by, at),
    )
    ledger.record(
        OPEN_ITEM_CLOSED,
        subject=closing,
        by=by,
        at=at,
        kind=kind,
        reason=ledger.digest(closing.reason, closing.salt),
        document=document,
    )
    return closing


def _open_today(committee: Committee, key: str, at: datetime) -> OpenItem | None:
    return Docket(committee, day_of(at)).open_item(key)


def _refuse_without_late_record(item: OpenItem) -> None:
    """Nobody says that work was done late where nothing on record shows it."""
    if item.duty is not None and not item.late:
        raise ValidationError(
            {
                "kind": _(
                    "No record for this period was entered since it ended. Record the "
                    "completion first, with its date and period."
                )
            }
        )


def _put_on_file(
    item: OpenItem, record: Found, reason: str, by: Actor, at: datetime
) -> Document | None:
    """File or name the record; the work of a period is recorded with it as completed."""
    if record.document is None and record.upload is None:
        raise ValidationError({"document": _("Choose a record on file or upload one.")})
    if item.duty is None or item.serves is None:
        refuse_other_kind(record.document, COMPLETION)
        return (
            filed(record.upload, kind=COMPLETION, title=item.title, by=by, at=at) or record.document
        )
    if record.performed_on is None:
        raise ValidationError({"performed_on": _("Enter the date on which it was performed.")})
    if record.performed_on > item.serves.last:
        raise ValidationError(
            {
                "performed_on": _(
                    "The period ended on %(last)s. For work done after it, record the completion, "
                    "then close the item as completed late."
                )
                % {"last": long_day(item.serves.last)}
            }
        )
    if record.performed_on < item.serves.first:
        raise ValidationError(
            {
                "performed_on": _("The period began on %(first)s. Enter a date within it.")
                % {"first": long_day(item.serves.first)}
            }
        )
    return record_completion(
        Duty.objects.get(pk=item.duty.pk),
        performed_on=record.performed_on,
        serves=item.serves.last,
        note=reason,
        document=record.document,
        upload=record.upload,
        by=by,
        at=at,
    ).document
