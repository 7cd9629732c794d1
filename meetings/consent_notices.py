"""The notices of written consents. An email says that one waits or has ended, and nothing of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from meetings.models import WrittenConsent
from records import clock
from records.models import Notice
from records.notice_kinds import NOTICE_KINDS, EmailLine, NoticeKind


def _consent(notice: Notice, reader: User) -> WrittenConsent | None:
    """What the notice is about, where its reader may read it now."""
    seen = WrittenConsent.objects.visible_to(reader, on=clock.today())
    return seen.filter(pk=notice.subject_key).first()


def _to_sign(notice: Notice, reader: Any) -> EmailLine | None:
    consent = _consent(notice, reader)
    if consent is None or not consent.is_waiting:
        return None
    if not consent.members.filter(director__user=reader).exists():
        return None
    if consent.signatures.filter(director__user=reader).exists():
        return None
    return EmailLine(
        _("A written consent is waiting for your signature."), consent.get_absolute_url()
    )


def _ended(notice: Notice, reader: Any) -> EmailLine | None:
    consent = _consent(notice, reader)
    if consent is None:
        return None
    return EmailLine(
        _("A written consent that you sent or were asked to sign ended without effect."),
        consent.get_absolute_url(),
    )


def _effective(notice: Notice, reader: Any) -> EmailLine | None:
    consent = _consent(notice, reader)
    if consent is None:
        return None
    return EmailLine(
        _("A written consent was signed by every member and is in effect."),
        consent.get_absolute_url(),
    )


TO_SIGN = NOTICE_KINDS.add(
    NoticeKind(
        "meetings.consent_to_sign",
        lazy("A written consent is to be signed"),
        _to_sign,
        is_urgent=True,
    )
)
ENDED = NOTICE_KINDS.add(
    NoticeKind(
        "meetings.consent_ended",
        lazy("A written consent ended without effect"),
        _ended,
        is_urgent=True,
    )
)
EFFECTIVE = NOTICE_KINDS.add(
    NoticeKind(
        "meetings.consent_effective",
        lazy("A written consent took effect"),
        _effective,
    )
)
