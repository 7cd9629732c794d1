"""Packs: the draft, what was sent, and sending one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic.detail import SingleObjectMixin

from charters.registry import members_of
from meetings import services
from meetings.forms.packs import SendForm
from meetings.meeting_notices import members_to_tell
from meetings.models import Meeting, Pack
from meetings.reports import pack as reports
from meetings.views.base import MeetingActView, meetings_open_to
from records import clock, pdf
from records.confirm import Detail
from records.filetypes import FileType
from records.views.base import PageView
from records.views.documents import handed_out

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from meetings.reports.pack_content import PackContent

    # Generic for the type checker only.
    OneObject = SingleObjectMixin[Any]
else:
    OneObject = SingleObjectMixin


def as_file(view: PageView, content: PackContent) -> HttpResponseBase:
    assert view.company is not None  # noqa: S101  (a meeting has a company)
    try:
        made = reports.pack_pdf(content, view.company)
    except pdf.PdfUnavailable as unavailable:
        context = {"text": str(unavailable)}
        return render(view.request, "reports/pdf_off.html", context, status=503)
    return handed_out(made, FileType.PDF, content.file_name)


class PackView(PageView, OneObject):
    """A version as it was sent, assembled from what the reader may see."""

    permission_required = "meetings.view_meeting"

    def get_queryset(self) -> QuerySet[Pack]:
        packs = Pack.objects.visible_to(self.user, on=self.today)
        return packs.select_related("meeting__body")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return as_file(self, reports.sent(self.object, self.user, self.today))


class PackDraftView(PageView, OneObject):
    """Agenda and papers as they would go out now."""

    permission_required = "meetings.change_meeting"

    def get_queryset(self) -> QuerySet[Meeting]:
        return meetings_open_to(self.user, self.today)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return as_file(self, reports.draft(self.object, self.user, self.today))


class PackSendView(MeetingActView):
    """One page that shows exactly who gets what, and one button."""

    form_class = SendForm
    is_reviewed = True
    is_rehearsed = False
    title = lazy("Send agenda and papers")
    submit_label = lazy("Send agenda and papers")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        content = reports.draft(self.object, self.user, self.today)
        last = self.object.packs.order_by("-version").first()
        version = last.version + 1 if last else 1
        found = [
            Detail(_("Meeting"), str(self.object)),
            Detail(_("Version"), str(version)),
            Detail(_("Agenda and papers"), reports.count_words(content)),
            Detail(_("By email"), ", ".join(self.told) or _("Nobody has an account.")),
        ]
        if self.untold:
            found.append(Detail(_("Without an account"), ", ".join(self.untold)))
        if content.since:
            term = _("Changed since version %(number)s") % {"number": content.since}
            none = "" if content.changes else _("No changes.")
            found.append(Detail(term, none, tuple(content.changes)))
        if missing := reports.missing(content):
            found.append(Detail(_("Papers that cannot be read"), "; ".join(missing)))
        return found

    @property
    def told(self) -> list[str]:
        people = members_to_tell(self.object.body, self.object.on, clock.now())
        return [str(person) for person in people]

    @property
    def untold(self) -> list[str]:
        """Members who get the file on another way."""
        members = members_of(self.object.body, self.object.on)
        return [member.name for member in members if str(member.user or "") not in self.told]

    def get_consequence(self, given: dict[str, Any]) -> str:
        if self.object.agenda_sent_at:
            return _("Members see the new version at once. Item numbers stay as they are.")
        return _(
            "Members see the agenda and papers at once. From now on every item keeps its number."
        )

    def act(self) -> tuple[str, str]:
        pack = services.send_pack(self.object, **self.signed)
        return self.done(_("Version %(number)s was sent.") % {"number": pack.version})
