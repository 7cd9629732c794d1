"""Meetings: the year, one meeting, and the acts on it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, TemplateView

from charters.answers import Link
from charters.standing import Docket
from charters.views.base import audit_committee, has_committee
from meetings import services
from meetings.enums import MeetingKind
from meetings.forms.meetings import MeetingChangeForm, MeetingForm, NoticeForm, ReasonForm
from meetings.models import BodyRules, Meeting
from meetings.reports.agenda import agenda
from meetings.reports.held import held_part, record_acts
from meetings.reports.meetings import checklist, facts, rows
from meetings.reports.pack import sent
from meetings.reports.year_notes import YearNote, year_notes
from meetings.views.base import (
    MAY_CHANGE,
    MeetingActView,
    MeetingsPage,
    meetings_open_to,
    nothing_yet,
)
from records.confirm import ActView
from records.views.base import PageView

if TYPE_CHECKING:
    from records.calendar import Calendar, Period
    from records.models import Company


class MeetingsView(MeetingsPage, TemplateView):
    """The meetings of a fiscal year: `?year=FY2026`, or else the current one."""

    template_name = "meetings/meetings.html"

    @cached_property
    def calendar(self) -> Calendar:
        company: Company | None = self.company
        assert company is not None  # noqa: S101  (`is_ready` has seen to it)
        return company.calendar

    @cached_property
    def years(self) -> list[Period]:
        """From the first meeting on record to the last, and at least to the year after this one."""
        this = self.calendar.year_of(self.today)
        known = Meeting.objects.aggregate(first=Min("on"), last=Max("on"))
        since = min(known["first"] or this.first, this.first)
        until = max(known["last"] or this.last, self.calendar.year_after(this).last)
        return [*self.calendar.years(since, until)]

    @cached_property
    def year(self) -> Period:
        asked = self.request.GET.get("year", "")
        named = {year.key: year for year in self.years}
        return named.get(asked) or self.calendar.year_of(self.today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = meetings_open_to(self.user, self.today).within(self.year.first, self.year.last)
        return super().get_context_data(
            rows=rows(list(found), self.today),
            year=self.year,
            choices=self.choices(),
            notes=self.notes(),
            may_change=self.user.has_perm(MAY_CHANGE),
            **kwargs,
        )

    def notes(self) -> tuple[YearNote, ...]:
        """The year in a few facts, the same for everyone."""
        assert self.committee is not None  # noqa: S101  (`is_ready` has seen to it)
        docket, year = Docket(self.committee, self.today, self.company), self.year
        return docket.part(
            f"meetings.year_notes {year.first} {year.last}",
            lambda of_all: tuple(year_notes(of_all, year)),
        )

    def choices(self) -> list[dict[str, Any]]:
        here = reverse("meetings")
        return [
            {
                "label": year.key.replace("FY", _("Fiscal year ")),
                "url": f"{here}?year={year.key}",
                "is_current": year == self.year,
            }
            for year in self.years
        ]


class MeetingView(PageView, DetailView):  # type: ignore[type-arg]
    """One meeting: when and where, what is to be done, its agenda and papers."""

    permission_required = "meetings.view_meeting"
    template_name = "meetings/meeting_detail.html"

    def get_queryset(self) -> QuerySet[Meeting]:
        return meetings_open_to(self.user, self.today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        acts = self.acts()
        is_first = bool(acts) and not self.object.concluded_at
        packs = list(self.object.packs.select_related("meeting__body").order_by("-version"))
        return super().get_context_data(
            meeting=self.object,
            facts=facts(self.object),
            checklist=self.checklist(),
            packs=packs,
            changed=sent(packs[0], self.user, self.today) if len(packs) > 1 else None,
            lines=agenda(self.object, self.user, self.today),
            held=held_part(self.object, self.user, self.today),
            may_change=self.may_change,
            first=acts[0] if is_first else None,
            acts=acts[is_first:],
            **kwargs,
        )

    @cached_property
    def may_change(self) -> bool:
        return self.user.has_perm(MAY_CHANGE)

    def checklist(self) -> list[Any]:
        assert self.company is not None  # noqa: S101  (a meeting has a company)
        if not self.object.is_open:
            return []
        rules = BodyRules.objects.in_force(self.object.body, self.object.on)
        return checklist(self.object, rules, self.company.calendar, self.today)

    def acts(self) -> list[Link]:
        """What this person can do with the meeting now, the first as a button."""
        recorded = record_acts(self.object, self.user, self.today)
        if not self.may_change or not self.object.is_open:
            return recorded
        args = [self.object.pk]
        return [
            *recorded,
            Link(_("Build agenda"), reverse("agenda_build", args=args)),
            Link(_("Add item"), reverse("agenda_item_add", args=args)),
            Link(_("Send agenda and papers"), reverse("pack_send", args=args)),
            Link(_("Draft pack (PDF)"), reverse("pack_draft", args=args)),
            Link(_("Record notice"), reverse("meeting_notice", args=args)),
            Link(_("Change date or place"), reverse("meeting_change", args=args)),
            Link(_("Cancel meeting"), reverse("meeting_cancel", args=args)),
        ]


class MeetingAddView(ActView):
    permission_required = MAY_CHANGE
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    instead = nothing_yet
    form_class = MeetingForm
    title = lazy("Add meeting")
    why = lazy("A meeting of the committee, the Board or another committee, on a future date.")
    submit_label = lazy("Add meeting")

    def get_initial(self) -> dict[str, Any]:
        return {"body": self.committee, "kind": MeetingKind.SPECIAL}

    def get_cancel_url(self) -> str:
        return reverse("meetings")

    def act(self, **given: Any) -> tuple[str, str]:
        kind = MeetingKind(given.pop("kind"))
        meeting = services.plan_meeting(kind=kind, **given, **self.signed)
        return meeting.get_absolute_url(), _("The meeting was added.")


class MeetingChangeView(MeetingActView):
    form_class = MeetingChangeForm
    title = lazy("Change date or place")
    why = lazy("A new date or start needs notice again. The activity log keeps what it was.")
    submit_label = lazy("Save changes")

    def get_initial(self) -> dict[str, Any]:
        names = ("on", "time", "duration", "place")
        second = "second" if self.object.is_second_hour else "first"
        return {name: getattr(self.object, name) for name in names} | {"is_second_hour": second}

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_meeting(self.object, **given, **self.signed)
        return self.done(_("The meeting was changed."))


class MeetingNoticeView(MeetingActView):
    form_class = NoticeForm
    title = lazy("Record notice")
    why = lazy("When notice was given to every member, or that every member has waived it.")
    submit_label = lazy("Record notice")

    def get_initial(self) -> dict[str, Any]:
        return {"noticed_on": self.today}

    def act(self, **given: Any) -> tuple[str, str]:
        services.give_notice(self.object, **given, **self.signed)
        return self.done(_("The notice was recorded."))


class MeetingCancelView(MeetingActView):
    form_class = ReasonForm
    title = lazy("Cancel meeting")
    why = lazy(
        "The page stays readable with your reason. Its items are proposed for the next meeting."
    )
    submit_label = lazy("Cancel meeting")
    stored_as = {"reason": "cancel_reason"}

    def get_title(self) -> str:
        return _("Cancel: %(meeting)s") % {"meeting": self.object}

    def act(self, reason: str) -> tuple[str, str]:
        services.cancel_meeting(self.object, reason=reason, **self.signed)
        return self.done(_("The meeting was canceled."))
