"""The demonstration's mails, which go to a folder and not to anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

AT_MOST = 100
# What Django's backend writes after each mail of a file.
RULE = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Mail:
    """A mail as it was written, in the parts that a person reads."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str
    html: str


def folder() -> Path | None:
    found = getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(found) if found else None


def files() -> dict[str, Path]:
    """The mails by name, newest first; what was asked for is looked up here and nowhere else."""
    place = folder()
    found = sorted(place.glob("*.log"), reverse=True) if place else []
    return {path.stem: path for path in found[:AT_MOST]}


def read(name: str, path: Path) -> Mail:
    first = path.read_bytes().partition(RULE)[0]
    mail: EmailMessage = message_from_bytes(first, policy=policy.default)
    date = mail["Date"]
    # Without a zone of its own (-0000) it is UTC.
    sent_at = date.datetime.replace(tzinfo=date.datetime.tzinfo or UTC) if date else None
    return Mail(
        name=name,
        to=str(mail["To"] or ""),
        subject=str(mail["Subject"] or ""),
        sent_at=sent_at,
        text=content(mail, "plain"),
        html=content(mail, "html"),
    )


def content(mail: EmailMessage, sort: str) -> str:
    part = mail.get_body(preferencelist=(sort,))
    return str(part.get_content()) if part else ""


@method_decorator([login_not_required, never_cache], name="dispatch")
class DemoMailsView(TemplateView):
    """Open to everybody, as every persona is; outside the demonstration there is no such page."""

    template_name = "records/demo_emails.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mails = [read(name, path) for name, path in files().items()]
        return super().get_context_data(mails=mails, **kwargs)


class DemoMailView(DemoMailsView):
    template_name = "records/demo_email.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name = self.kwargs["name"]
        path = files().get(name)
        if path is None:
            raise Http404
        return TemplateView.get_context_data(self, mail=read(name, path), **kwargs)
