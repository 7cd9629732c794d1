"""Consents drafted and changed, until the first member signs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from accounts.models import User
from charters.models import Committee, Duty
from charters.services.uploads import Upload, filed
from meetings.documents import CONSENT_PAPER
from meetings.models import ConsentAttachment, WrittenConsent
from meetings.services.consents.base import put_on_record, unsigned
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import Actor, recorded

CONSENT_PREPARED = ledger.action("consent.prepared", lazy("drafted the written consent %(record)s"))
CONSENT_CHANGED = ledger.action("consent.changed", lazy("changed the written consent %(record)s"))
CONSENT_ATTACHED = ledger.action(
    "consent.attached", lazy("attached a paper to the written consent %(record)s")
)
CONSENT_DETACHED = ledger.action(
    "consent.detached", lazy("removed a paper from the written consent %(record)s")
)


@act
def prepare_consent(
    body: Committee,
    *,
    title: str,
    text: str,
    by: Actor,
    at: datetime,
    duties: Iterable[Duty] = (),
    serves: date | None = None,
    restricted_roles: Collection[Role] = (),
) -> WrittenConsent:
    """Draft a consent of a body. Nobody else sees it until it is sent."""
    consent = WrittenConsent(
        body=body,
        title=title.strip(),
        text=text.strip(),
        serves=serves,
        restricted_roles=frozenset(restricted_roles),
        restricted_since=day_of(at),
        **recorded(by, at),
    )
    _refuse_locking_oneself_out(consent, by, at)
    _save_text(consent, duties)
    put_on_record(CONSENT_PREPARED, consent, by, at, body=body, **consent.restriction_facts)
    return consent


@act
def change_consent(
    consent: WrittenConsent,
    *,
    title: str,
    text: str,
    by: Actor,
    at: datetime,
    duties: Iterable[Duty] = (),
    serves: date | None = None,
) -> WrittenConsent:
    """Change the text, before anybody has signed."""
    consent = unsigned(consent)
    consent.title, consent.text, consent.serves = title.strip(), text.strip(), serves
    _save_text(consent, duties)
    put_on_record(CONSENT_CHANGED, consent, by, at)
    return consent


@act
def attach(
    consent: WrittenConsent, *, upload: Upload, by: Actor, at: datetime
) -> ConsentAttachment:
    """Attach a paper that is signed together with the text, before anybody has signed."""
    consent = unsigned(consent)
    title = upload.title or upload.file_name
    document = filed(upload, kind=CONSENT_PAPER, title=title, by=by, at=at)
    assert document is not None  # noqa: S101  (there is an upload)
    attachment = ConsentAttachment.objects.create(consent=consent, document=document, title=title)
    consent.move_on()
    put_on_record(CONSENT_ATTACHED, consent, by, at, document=document)
    return attachment


@act
def detach(attachment: ConsentAttachment, *, by: Actor, at: datetime) -> WrittenConsent:
    """Remove a paper, before anybody has signed. The document stays on file."""
    consent = unsigned(attachment.consent)
    document = attachment.document
    attachment.delete()
    consent.move_on()
    put_on_record(CONSENT_DETACHED, consent, by, at, document=document)
    return consent


def _save_text(consent: WrittenConsent, duties: Iterable[Duty]) -> None:
    if not consent.title:
        raise ValidationError({"title": _("Give the consent a title.")})
    if not consent.text:
        raise ValidationError({"text": _("Enter the resolution.")})
    served = list(duties)
    if served and consent.serves is None:
        raise ValidationError({"serves": _("Choose the fiscal year that it serves.")})
    if any(duty.committee_id != consent.body_id for duty in served):
        raise ValidationError(
            {"duties": _("These responsibilities belong to another body's charter.")}
        )
    consent.save()
    consent.duties.set(served)


def _refuse_locking_oneself_out(consent: WrittenConsent, by: Actor, at: datetime) -> None:
    if isinstance(by, User) and consent.restriction.bars(by, on=day_of(at)):
        raise ValidationError(
            {
                "restricted_roles": _(
                    "This restriction would keep you from reading the consent. Ask another "
                    "secretary to draft it."
                )
            }
        )
