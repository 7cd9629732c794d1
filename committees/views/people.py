"""The committee, its directors, and every verb on a seat."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.generic import DetailView, TemplateView
from django.views.generic.detail import SingleObjectMixin

from accounts.access import PermitMixin
from committees import services
from committees.enums import CommitteeKind, EndReason
from committees.forms.people import (
    ChairEndForm,
    ChairForm,
    DirectorForm,
    EstablishForm,
    MembershipBeginForm,
    MembershipCorrectForm,
    MembershipEndForm,
    NoticeForm,
)
from committees.models import ChairTerm, Committee, Director, Membership
from committees.reports import people as reports
from committees.reports.charter import Link
from committees.rules.composition import MINIMUM
from committees.views.base import CharterMixin
from records import clock
from records.confirm import ConfirmView, Line
from records.dates import weekday

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    # Generic for the type checker only.
    OneDirectorPage = DetailView[Director]
    OneDirector = SingleObjectMixin[Director]
    OneMembership = SingleObjectMixin[Membership]
    OneChairTerm = SingleObjectMixin[ChairTerm]
else:
    OneDirectorPage = DetailView
    OneDirector = OneMembership = OneChairTerm = SingleObjectMixin


def seats() -> QuerySet[Membership]:
    """Memberships with all that a page says of them, however many there are."""
    rows = Membership.objects.select_related("director", "committee")
    return rows.prefetch_related("chair_terms").order_by("director__sort_name", "starts_on")


class CommitteeView(CharterMixin, TemplateView):
    """Who sits on the audit committee on a day; the other committees in short."""

    permission_required = "committees.view_committee"
    template_name = "committees/committee.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Before set-up, too, there is something to read here: what is to be established."""
        return PermitMixin.dispatch(self, request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        memberships = list(seats())
        committees = list(Committee.objects.all())
        by_committee = {
            committee.pk: [m for m in memberships if m.committee_id == committee.pk]
            for committee in committees
        }
        audit = self.committee
        return super().get_context_data(
            committee=audit,
            roster=self.roster(by_committee[audit.pk]) if audit else None,
            others=[
                (committee, self.roster(by_committee[committee.pk]))
                for committee in committees
                if committee != audit
            ],
            unseated=self.unseated(memberships),
            has_board=any(committee.kind == CommitteeKind.BOARD for committee in committees),
            size=self.size(),
            as_of=self.as_of,
            today=self.as_of == self.today,
            may_change=self.user.has_perm("committees.change_committee"),
            **kwargs,
        )

    def roster(self, memberships: list[Membership]) -> reports.Roster:
        return reports.roster(memberships, self.as_of, is_past=self.as_of < self.today)

    def size(self) -> reports.SizeLine | None:
        """A standing: for who may read those."""
        if not (self.company and self.committee):
            return None
        if not self.user.has_perm("committees.view_standing"):
            return None
        return reports.size(self.docket)

    def unseated(self, memberships: Sequence[Membership]) -> list[Link]:
        seated = {m.director_id for m in memberships if m.covers(self.as_of)}
        return reports.without_a_seat(Director.objects.all(), seated)


class DirectorView(PermitMixin, OneDirectorPage):
    """One director: seats, terms as chair, and what can be recorded of them."""

    permission_required = "committees.view_committee"
    template_name = "committees/director.html"
    queryset = Director.objects.select_related("user")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        memberships = list(seats().filter(director=self.object))
        may_change = self.request.user.has_perm("committees.change_committee")
        return super().get_context_data(
            seats=self.seats(memberships, may_change=may_change),
            entries=reports.line_of(memberships),
            may_change=may_change,
            **kwargs,
        )

    def seats(self, memberships: list[Membership], *, may_change: bool) -> list[reports.SeatLine]:
        lines = reports.seats_of(memberships, clock.today(), may_change=may_change)
        if not may_change:
            return lines
        newest_first = sorted(memberships, key=lambda m: m.starts_on, reverse=True)
        return [
            replace(line, actions=(*line.actions, *corrections_of(membership)))
            for line, membership in zip(lines, newest_first, strict=True)
        ]


def corrections_of(membership: Membership) -> list[Link]:
    """What can be put right about a seat, and the end of a chair without a successor."""
    ends = [
        Link(_("End the term as chair"), reverse("chair_end", args=[term.pk]))
        for term in membership.chair_terms.all()
        if term.ends_on is None
    ]
    correct = reverse("membership_correct", args=[membership.pk])
    return [*ends, Link(_("Correct the days"), correct)]


class CommitteeActView(PermitMixin, ConfirmView):
    """A verb on committees and seats: the form, the page to confirm, the record."""

    permission_required = "committees.change_committee"

    def get_cancel_url(self) -> str:
        return reverse("committee")

    @cached_property
    def today(self) -> date:
        return clock.today()


class CommitteeEstablishView(CommitteeActView):
    form_class = EstablishForm
    title = lazy("Establish a committee")
    why = lazy("The Board and its audit committee, each once; other committees as there are.")
    submit_label = lazy("Establish it")

    def get_initial(self) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        named = {CommitteeKind.BOARD, CommitteeKind.AUDIT}
        return {"kind": kind, "name": CommitteeKind(kind).label if kind in named else ""}

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        kind = CommitteeKind(given["kind"]).label
        return [Line(_("Committee"), given["name"]), Line(_("Kind"), kind)]

    def act(self, **given: Any) -> tuple[str, str]:
        committee = services.establish(
            name=given["name"], kind=CommitteeKind(given["kind"]), by=self.by, at=clock.now()
        )
        return self.get_cancel_url(), _("Recorded: %(committee)s.") % {"committee": committee}


class DirectorFormView(CommitteeActView):
    form_class = DirectorForm

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        sorted_as = given["sort_name"] or services.people.sorted_as(given["name"])
        return [
            Line(_("Director"), given["name"]),
            Line(_("Sorted as"), sorted_as),
            Line(_("Account"), given["user"].email if given["user"] else _("no account")),
        ]


class DirectorAddView(DirectorFormView):
    title = lazy("Add a director")
    why = lazy("A director first, then the seat: on the Board, on the audit committee.")
    submit_label = lazy("Record the director")

    def act(self, **given: Any) -> tuple[str, str]:
        director = services.add_director(**given, by=self.by, at=clock.now())
        sentence = _("Recorded: %(director)s. Give them a seat next.") % {"director": director}
        return director.get_absolute_url(), sentence


class DirectorChangeView(OneDirector, DirectorFormView):
    title = lazy("Correct the name or account")
    why = lazy("The record shows the corrected name everywhere, past days included.")
    submit_label = lazy("Record the correction")
    queryset = Director.objects.select_related("user")
    object: Director

    def get_initial(self) -> dict[str, Any]:
        director = self.object
        return {"name": director.name, "sort_name": director.sort_name, "user": director.user_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"director": self.object}

    def get_cancel_url(self) -> str:
        return self.object.get_absolute_url()

    def act(self, **given: Any) -> tuple[str, str]:
        services.rename_director(self.object, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the correction.")


class MembershipBeginView(CommitteeActView):
    """Seat a director; `?director=` and `?committee=` choose beforehand."""

    form_class = MembershipBeginForm
    title = lazy("Seat a director")
    why = lazy("From a day on the director sits on the committee. A seat may begin in the past.")
    note = lazy(
        "A seat is a fact and is recorded as it is. Whether the director is independent is "
        "determined by the Board, and recorded beside it."
    )
    submit_label = lazy("Record the seat")

    def get_initial(self) -> dict[str, Any]:
        chosen = {name: self.request.GET.get(name) for name in ("director", "committee")}
        return {"starts_on": self.today} | chosen

    def get_cancel_url(self) -> str:
        chosen = self.request.GET.get("director", "")
        if chosen.isdecimal():
            return reverse("director", args=[chosen])
        return super().get_cancel_url()

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        return [
            Line(_("Director"), str(given["director"])),
            Line(_("Committee"), str(given["committee"])),
            Line(_("First day in office"), weekday(given["starts_on"])),
            *end_lines(given["ends_on"], given["end_reason"]),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        committee, day = given["committee"], given["starts_on"]
        if given["ends_on"] and given["ends_on"] <= self.today:
            return ""
        return how_many(committee, committee.memberships.in_office(day).count() + 1)

    def act(self, **given: Any) -> tuple[str, str]:
        given["end_reason"] = reason_of(given["end_reason"])
        membership = services.seat(**given, by=self.by, at=clock.now())
        sentence = _("Recorded: %(director)s sits on the committee: %(committee)s.")
        return membership.director.get_absolute_url(), sentence % {
            "director": membership.director,
            "committee": membership.committee,
        }


def reason_of(word: str) -> EndReason | None:
    return EndReason(word) if word else None


def end_lines(ends_on: date | None, reason: str) -> list[Line]:
    """The end of a seat and why, where it has one."""
    if not (ends_on and reason):
        return []
    return [
        Line(_("First day out of office"), weekday(ends_on)),
        Line(_("Why"), EndReason(reason).label),
    ]


def how_many(committee: Committee, count: int) -> str:
    """What a change of seats makes of the audit committee's size."""
    if committee.kind != CommitteeKind.AUDIT:
        return ""
    words = ngettext(
        "From that day %(count)s director sits on the committee.",
        "From that day %(count)s directors sit on the committee.",
        count,
    ) % {"count": count}
    if count >= MINIMUM:
        return words
    return f"{words} {_('Three are required (Nasdaq 5605(c)(2)(A)).')}"


class MembershipActView(OneMembership, CommitteeActView):
    """A verb on one seat."""

    queryset = Membership.objects.select_related("director", "committee")
    object: Membership

    def get_title(self) -> str:
        return f"{self.title}: {self.object.director}"

    def get_cancel_url(self) -> str:
        return self.object.director.get_absolute_url()

    def seat_lines(self) -> list[Line]:
        membership = self.object
        since = _("from %(day)s") % {"day": weekday(membership.starts_on)}
        return [
            Line(_("Director"), str(membership.director)),
            Line(_("Committee"), str(membership.committee), (since,)),
        ]


class MembershipEndView(MembershipActView):
    form_class = MembershipEndForm
    title = lazy("End a membership")
    why = lazy("The membership stays on record with its end and why it ended.")
    submit_label = lazy("Record the end")

    def get_form_kwargs(self) -> dict[str, Any]:
        is_audit = self.object.committee.kind == CommitteeKind.AUDIT
        return super().get_form_kwargs() | {"today": self.today, "asks_notice": is_audit}

    def get_note(self) -> str:
        if self.object.committee.kind != CommitteeKind.AUDIT:
            return ""
        return _(
            "Where fewer than three remain, the exchange asks for prompt notice, and a vacancy may "
            "be filled within a cure period (Nasdaq 5605(c)(4)(B))."
        )

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        lines = [
            *self.seat_lines(),
            Line(_("First day out of office"), weekday(given["ends_on"])),
            Line(_("Why"), EndReason(given["reason"]).label),
        ]
        if "exchange_notified_on" in given:
            told = given["exchange_notified_on"]
            words = weekday(told) if told else _("no notice on record")
            lines.append(Line(_("Exchange notified on"), words))
        return lines

    def get_consequence(self, given: dict[str, Any]) -> str:
        committee, day = self.object.committee, given["ends_on"]
        others = committee.memberships.in_office(day).exclude(pk=self.object.pk)
        sentences = [how_many(committee, others.count())]
        if self.object.chair_terms.filter(ends_on=None).exists():
            sentences.append(_("The term as chair ends with the seat."))
        return " ".join(filter(None, sentences))

    def act(self, **given: Any) -> tuple[str, str]:
        given["reason"] = EndReason(given["reason"])
        services.end_membership(self.object, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the end of the membership.")


class MembershipNoticeView(MembershipActView):
    form_class = NoticeForm
    title = lazy("Record the exchange notice")
    why = lazy("The day the exchange was told of the vacancy (Nasdaq 5605(c)(4)).")
    submit_label = lazy("Record the notice")

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.object.exchange_notified_on or self.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"today": self.today}

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        lines = self.seat_lines()
        if self.object.ends_on:
            lines.append(Line(_("Until"), weekday(self.object.ends_on)))
        return [*lines, Line(_("Exchange notified on"), weekday(given["on"]))]

    def act(self, **given: Any) -> tuple[str, str]:
        services.record_exchange_notice(self.object, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the notice to the exchange.")


class MembershipCorrectView(MembershipActView):
    """Put a seat's days right."""

    form_class = MembershipCorrectForm
    title = lazy("Correct a membership")
    why = lazy("The record shows the corrected days; the ledger keeps the old beside the new.")
    submit_label = lazy("Record the correction")

    def get_initial(self) -> dict[str, Any]:
        membership = self.object
        return {
            "starts_on": membership.starts_on,
            "ends_on": membership.ends_on,
            "reason": membership.end_reason,
            "exchange_notified_on": membership.exchange_notified_on,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"today": self.today}

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        was = self.object.starts_on
        moved = (
            (_("instead of %(day)s") % {"day": weekday(was)},) if was != given["starts_on"] else ()
        )
        told = given["exchange_notified_on"]
        return [
            Line(_("Director"), str(self.object.director)),
            Line(_("Committee"), str(self.object.committee)),
            Line(_("First day in office"), weekday(given["starts_on"]), moved),
            *(
                end_lines(given["ends_on"], given["reason"])
                or [Line(_("First day out of office"), _("no end on record"))]
            ),
            *([Line(_("Exchange notified on"), weekday(told))] if told else []),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        if not self.object.chair_terms.exists():
            return ""
        return _("Terms as chair are kept within the seat.")

    def act(self, **given: Any) -> tuple[str, str]:
        given["reason"] = reason_of(given["reason"])
        services.correct_membership(self.object, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the correction.")


class ChairEndView(OneChairTerm, CommitteeActView):
    """End a chair's term where nobody follows yet."""

    form_class = ChairEndForm
    queryset = ChairTerm.objects.select_related("membership__director", "membership__committee")
    object: ChairTerm
    title = lazy("End the term as chair")
    why = lazy("The seat on the committee stays. Until another is made chair there is none.")
    submit_label = lazy("Record the end")

    def get_title(self) -> str:
        return f"{self.title}: {self.object.membership.director}"

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": self.today}

    def get_cancel_url(self) -> str:
        return self.object.membership.director.get_absolute_url()

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        membership = self.object.membership
        return [
            Line(_("Director"), str(membership.director)),
            Line(_("Committee"), str(membership.committee)),
            Line(_("Chair from"), weekday(self.object.starts_on)),
            Line(_("Chair until"), weekday(given["ends_on"])),
        ]

    def act(self, **given: Any) -> tuple[str, str]:
        services.end_chair(self.object, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the end of the term as chair.")


class ChairDesignateView(MembershipActView):
    form_class = ChairForm
    title = lazy("Make chair")
    why = lazy("A member chairs the committee from a day on. There is one chair at a time.")
    submit_label = lazy("Record the chair")

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": self.today}

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        lines = [*self.seat_lines(), Line(_("Chair from"), weekday(given["starts_on"]))]
        if given["ends_on"]:
            return [*lines, Line(_("Chair until"), weekday(given["ends_on"]))]
        present = ChairTerm.objects.filter(
            membership__committee=self.object.committee, ends_on=None
        ).select_related("membership__director")
        return lines + [
            Line(_("Chair until then"), str(term.membership.director)) for term in present
        ]

    def act(self, **given: Any) -> tuple[str, str]:
        services.designate_chair(self.object, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the chair.")
