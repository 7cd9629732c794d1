"""The mail that carries notices: text and HTML, composed when it goes out and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from records.models import Delivery
    from records.notice_kinds import EmailLine


@dataclass(frozen=True)
class Waiting:
    """A notice as its recipient reads it: the sentence, and the whole address."""

    text: str
    address: str


def write(delivery: Delivery, lines: Iterable[EmailLine]) -> EmailMultiAlternatives:
    """That something waits and where; no substance, neither in the subject nor in the body.

    Each try of a delivery carries the same Message-ID, by which the mail server's log tells
    whether it was taken.
    """
    lines = list(lines)
    context: dict[str, Any] = {
        "lines": [Waiting(line.text, settings.PORTAL_URL + line.url) for line in lines],
        "portal": settings.PORTAL_URL,
    }
    mail = EmailMultiAlternatives(
        subject=" ".join(_subject(lines, context).split()),
        body=render_to_string("mail/notices.txt", context).strip() + "\n",
        to=[delivery.recipient.email],
        headers={"Message-ID": message_id(delivery), "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("mail/notices.html", context), "text/html")
    return mail


def _subject(lines: Sequence[EmailLine], context: dict[str, Any]) -> str:
    """That of the first notice that has one of its own, or how many there are."""
    own = next((line.subject for line in lines if line.subject), "")
    return own or render_to_string("mail/notices.subject.txt", context)


def message_id(delivery: Delivery) -> str:
    return f"<{delivery.pk}@{urlsplit(settings.PORTAL_URL).hostname}>"
