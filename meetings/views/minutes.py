"""Minutes: the register, one meeting's minutes as their reader may see them, and the acts on them."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, ListView

from charters.answers import DatedEntry, Link
from charters.models import Decision
from charters.permissions import decisions_open_to
from charters.registry import members_of
from charters.services.uploads import Upload
from meetings import services
from meetings.enums import MinutesState
from meetings.forms.minutes import ApprovalForm, CorrectionForm, FileMinutesForm, ParagraphForm
from meetings.models import Correction, Minutes, Paragraph
from meetings.models.minutes import ParagraphQuerySet
from meetings.permissions import items_open_to
from meetings.reports.held import may_become
from meetings.reports.minutes_pdf import minutes_pdf
from meetings.reports.recording import printed_for, register_line
from meetings.rules.clocks import spoken
from meetings.views.base import MeetingActView, MeetingsPage, denial_of_recused
from records import pdf
from records.confirm import ActView, Detail
from records.dates import long_day
from records.filetypes import FileType
from records.views.base import PageView
from records.views.documents import handed_out

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from accounts.models import User
    from records.models import Company

VIEW, CHANGE = "meetings.view_minutes", "meetings.change_minutes"


def minutes_open_to(user: User) -> QuerySet[Minutes]:
    found = Minutes.objects.visible_to(user).select_related("meeting__body", "document")
    return found.prefetch_related("corrections")


class MinutesListView(MeetingsPage, ListView):  # type: ignore[type-arg]
    """The register: every meeting's minutes, the newest first."""

    permission_required = VIEW
    template_name = "meetings/minutes_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Minutes]:
        return minutes_open_to(self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = [
            {"line": register_line(each), "body": each.meeting.body, "url": each.get_absolute_url()}
            for each in context["object_list"]
        ]
        return context | {"rows": rows}


class MinutesPage(PageView):
    permission_required = VIEW

    def get_queryset(self) -> QuerySet[Minutes]:
        return minutes_open_to(self.user)


class MinutesView(MinutesPage, DetailView):  # type: ignore[type-arg]
    """The minutes of a meeting, paragraph by paragraph."""

    template_name = "meetings/minutes_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        minutes, company = self.object, self.company
        acts = self.acts()
        file = self.file()
        return super().get_context_data(
            minutes=minutes,
            line=register_line(minutes),
            paragraphs=list(self.paragraphs()),
            corrections=self.corrections(),
            has_text=minutes.paragraphs.exists(),
            file=file,
            pdf_url=reverse("minutes_pdf", args=[minutes.pk])
            if company and pdf.is_available() and minutes.paragraphs.exists()
            else "",
            first=acts[0] if acts else None,
            acts=acts[1:],
            **kwargs,
        )

    def paragraphs(self) -> Any:
        """Each as its reader may see it, with the way to change it."""
        assert self.company is not None  # noqa: S101  (a meeting has a company)
        visible = Paragraph.objects.visible_to(self.user, on=self.today)
        rows = {row.place: row for row in visible.filter(minutes=self.object)}
        printed = printed_for(self.object, self.company, self.user, self.today)
        may = self.user.has_perm(CHANGE) and not self.object.is_approved
        for paragraph in printed.paragraphs:
            row = rows.get(paragraph.place)
            url = reverse("paragraph_change", args=[row.pk]) if row and may else ""
            yield {"heading": paragraph.heading, "lines": paragraph.lines, "url": url}

    def corrections(self) -> list[DatedEntry]:
        return [
            DatedEntry(each.on, each.text, detail=str(each.approved_by))
            for each in Correction.objects.visible_to(self.user, on=self.today)
            .filter(minutes=self.object)
            .select_related("approved_by__body")
        ]

    def file(self) -> dict[str, Any] | None:
        document = self.object.document
        whole = Minutes.objects.wholly_open_to(self.user, on=self.today)
        if document is None or not whole.filter(pk=self.object.pk).exists():
            return None
        return {
            "label": _("Minutes as approved"),
            "url": document.get_absolute_url(),
            "size": document.size,
        }

    def acts(self) -> list[Link]:
        if not self.user.has_perm(CHANGE):
            return []
        args, found = [self.object.pk], []
        if may_become(self.object, MinutesState.CIRCULATED):
            found.append(Link(_("Circulate"), reverse("minutes_circulate", args=args)))
        if may_become(self.object, MinutesState.APPROVED):
            found.append(Link(_("Record approval"), reverse("minutes_approve", args=args)))
        if self.object.is_approved:
            found.append(Link(_("Record correction"), reverse("minutes_correct", args=args)))
        return found


class MinutesPdfView(MinutesPage, DetailView):  # type: ignore[type-arg]
    """The same as a PDF, assembled from what the reader may see."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        company: Company | None = self.company
        assert company is not None  # noqa: S101  (a meeting has a company)
        try:
            printed = printed_for(self.object, company, self.user, self.today)
            content = minutes_pdf(printed, company)
        except pdf.PdfUnavailable as unavailable:
            context = {"text": str(unavailable)}
            return render(request, "reports/pdf_off.html", context, status=503)
        name = f"minutes-{self.object.meeting.on.isoformat()}.pdf"
        return handed_out(content, FileType.PDF, name)


class ParagraphChangeView(ActView):
    """One paragraph. Different paragraphs never overtake each other."""

    permission_required = CHANGE
    form_class = ParagraphForm
    template_name = "meetings/paragraph_change.html"
    submit_label = lazy("Save paragraph")
    object: Paragraph

    def get_queryset(self) -> ParagraphQuerySet:
        """Those of the minutes a person may see, restricted ones too: of them the page says so."""
        minutes = Minutes.objects.visible_to(self.user)
        found = Paragraph.objects.filter(minutes__in=minutes)
        return found.select_related("minutes__meeting__body", "item", "recorded_by")

    def get_denial(self) -> str | None:
        item = self.object.item
        return denial_of_recused(self.user, item) if item else None

    def get_title(self) -> str:
        return _("Change paragraph: %(heading)s") % {"heading": self.object}

    def get_why(self) -> str:
        return register_line(self.object.minutes) + "."

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.object.text}

    def get_cancel_url(self) -> str:
        return str(self.object.minutes.get_absolute_url())

    def form_stale(self, form: forms.BaseForm) -> HttpResponse:
        """With who saved meanwhile, and the differences of the two texts."""
        stored = Paragraph.objects.select_related("recorded_by").get(pk=self.object.pk)
        local = timezone.localtime(stored.recorded_at)
        said = {"person": stored.recorded_by or _("A command"), "time": spoken(local.time())}
        form.add_error(None, _("%(person)s saved this paragraph at %(time)s.") % said)
        form.differences = differences(stored.text, form["text"].data or "")  # type: ignore[attr-defined]
        return super().form_stale(form)

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_paragraph(self.object, **given, **self.signed)
        return self.done(_("The paragraph was saved."))


def differences(stored: str, typed: str) -> list[dict[str, str]]:
    """Both texts word by word: what stands in both, in what is on record, in what was typed."""
    old, new = stored.split(), typed.split()
    found = []
    for sort, i, j, k, m in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if sort == "equal":
            found.append({"sort": "both", "text": " ".join(old[i:j])})
            continue
        if i < j:
            found.append({"sort": "stored", "text": " ".join(old[i:j])})
        if k < m:
            found.append({"sort": "typed", "text": " ".join(new[k:m])})
    return found


class MinutesActView(ActView):
    permission_required = CHANGE
    object: Minutes

    def get_queryset(self) -> QuerySet[Minutes]:
        return minutes_open_to(self.user)

    def get_cancel_url(self) -> str:
        return str(self.object.get_absolute_url())

    def get_initial(self) -> dict[str, Any]:
        """The decision, where there is only one."""
        found = list(self.decisions()[:2])
        return {"decision": found[0]} if len(found) == 1 else {}

    def decisions(self) -> QuerySet[Decision]:
        """Those of the body that met, at that meeting or later."""
        meeting = self.object.meeting
        found = decisions_open_to(self.user).filter(body=meeting.body, decided_on__gte=meeting.on)
        return found.select_related("body")


class MinutesCirculateView(MinutesActView):
    form_class = forms.Form
    is_reviewed = True
    title = lazy("Review: circulate the minutes")
    submit_label = lazy("Circulate")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        members = members_of(self.object.meeting.body, self.today)
        told = [member.name for member in members if member.user]
        others = [member.name for member in members if not member.user]
        lines = [
            Detail(_("Minutes"), register_line(self.object)),
            Detail(
                _("Informed by email"), "; ".join(told) or _("Nobody: no member has an account.")
            ),
        ]
        if others:
            lines.append(Detail(_("Members without an account"), "; ".join(others)))
        return lines

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("The email says that draft minutes are ready. It contains no details.")

    def act(self, **given: Any) -> tuple[str, str]:
        services.circulate_minutes(self.object, **self.signed)
        return self.done(_("The minutes were circulated."))


class MinutesApproveView(MinutesActView):
    form_class = ApprovalForm
    is_reviewed = True
    title = lazy("Record approval")
    why = lazy("By a resolution at a meeting, or by unanimous written consent.")
    submit_label = lazy("Record approval")
    review_label = lazy("Review")
    stored_as = {"decision": "approved_by"}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"decisions": self.decisions()}

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        made = given["decision"]
        return [
            Detail(_("Minutes"), register_line(self.object)),
            Detail(_("Approved by"), str(made)),
            Detail(_("Approved on"), long_day(made.decided_on)),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("Approved minutes are not changed. A correction is a separate entry.")

    def act(self, **given: Any) -> tuple[str, str]:
        minutes = services.approve_minutes(self.object, **given, **self.signed)
        services.file_approved_minutes(minutes, **self.signed)
        return self.done(_("The approval was recorded."))


class MinutesCorrectView(MinutesActView):
    form_class = CorrectionForm
    is_reviewed = True
    title = lazy("Record correction")
    why = lazy("The approved minutes stay as they are. The correction is shown next to them.")
    submit_label = lazy("Record correction")
    review_label = lazy("Review")

    def get_form_kwargs(self) -> dict[str, Any]:
        items = items_open_to(self.user).filter(meeting=self.object.meeting)
        return super().get_form_kwargs() | {"decisions": self.decisions(), "items": items}

    def get_stored(self) -> dict[str, Any]:
        seen = Correction.objects.visible_to(self.user, on=self.today)
        last = seen.filter(minutes=self.object).last()
        if last is None:
            return {}
        return {"text": last.text, "decision": last.approved_by, "item": last.item}

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return [
            Detail(_("Minutes"), register_line(self.object)),
            Detail(_("Correction"), given["text"]),
            Detail(_("Approved by"), str(given["decision"])),
        ]

    def act(self, **given: Any) -> tuple[str, str]:
        services.record_correction(self.object, **given, **self.signed)
        return self.done(_("The correction was recorded."))


class MinutesFileView(MeetingActView):
    """Minutes that were written elsewhere. One step: a browser does not send a file twice."""

    permission_required = CHANGE
    form_class = FileMinutesForm
    title = lazy("File approved minutes")
    why = lazy("Minutes that were written elsewhere, as they were approved.")
    submit_label = lazy("File minutes")

    def get_stored(self) -> dict[str, Any]:
        minutes = Minutes.objects.filter(meeting=self.object).first()
        return {"approved_on": minutes.approved_on} if minutes else {}

    def act(self, file: Any, approved_on: date) -> tuple[str, str]:
        upload = Upload(file, file.name)
        minutes = services.file_minutes(
            self.object, upload=upload, approved_on=approved_on, **self.signed
        )
        return minutes.get_absolute_url(), _("The minutes were filed.")
