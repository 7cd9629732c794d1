"""Every verb on a seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from charters.enums import CommitteeKind
from charters.models import Committee
from committees import services
from committees.enums import EndReason
from committees.forms.people import (
    MembershipBeginForm,
    MembershipCorrectForm,
    MembershipEndForm,
    NoticeForm,
)
from committees.models import Membership
from committees.rules.composition import MINIMUM
from committees.rules.notices import MembershipEvent, membership_notices
from records import clock
from records.confirm import ActView, Detail
from records.dates import weekday
from records.rule_data import TABLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class MembershipBeginView(ActView):
    """Seat a director; `?director=` and `?committee=` choose beforehand."""

    permission_required = "committees.change_committee"
    is_reviewed = True
    form_class = MembershipBeginForm
    title = lazy("Seat a director")
    why = lazy("The director sits on the committee from this date. A seat may begin in the past.")
    note = lazy(
        "A seat is recorded as a fact. The Board determines whether the director is independent, "
        "and that is recorded separately."
    )
    submit_label = lazy("Record the seat")

    def get_initial(self) -> dict[str, Any]:
        chosen = {name: self.request.GET.get(name) for name in ("director", "committee")}
        return {"starts_on": self.today} | chosen

    def get_cancel_url(self) -> str:
        chosen = self.request.GET.get("director", "")
        if chosen.isdecimal():
            return reverse("director", args=[chosen])
        return reverse("committee")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return [
            Detail(_("Director"), str(given["director"])),
            Detail(_("Committee"), str(given["committee"])),
            Detail(_("First date in office"), weekday(given["starts_on"])),
            *end_lines(given["ends_on"], given["end_reason"]),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        committee, day = given["committee"], given["starts_on"]
        if given["ends_on"] and given["ends_on"] <= self.today:
            return ""
        return how_many(committee, committee.memberships.in_office(day).count() + 1)

    def act(self, **given: Any) -> tuple[str, str]:
        given["end_reason"] = reason_of(given["end_reason"])
        membership = services.seat(**given, by=self.user, at=clock.now())
        sentence = _("Recorded: %(director)s sits on the committee: %(committee)s.")
        return membership.director.get_absolute_url(), sentence % {
            "director": membership.director,
            "committee": membership.committee,
        }


def reason_of(word: str) -> EndReason | None:
    return EndReason(word) if word else None


def end_lines(ends_on: date | None, reason: str) -> list[Detail]:
    """The end of a seat and why, where it has one."""
    if not (ends_on and reason):
        return []
    return [
        Detail(_("First date out of office"), weekday(ends_on)),
        Detail(_("Why"), EndReason(reason).label),
    ]


def how_many(committee: Committee, count: int) -> str:
    """What a change of seats makes of the audit committee's size."""
    if committee.kind != CommitteeKind.AUDIT:
        return ""
    words = ngettext(
        "From that date, %(count)s director sits on the committee.",
        "From that date, %(count)s directors sit on the committee.",
        count,
    ) % {"count": count}
    if count >= MINIMUM:
        return words
    return f"{words} {_('Three are required (Nasdaq 5605(c)(2)(A)).')}"


class MembershipActView(ActView):
    """An act on one seat."""

    permission_required = "committees.change_committee"
    is_reviewed = True
    queryset = Membership.objects.select_related("director", "committee")
    object: Membership

    def get_title(self) -> str:
        return f"{self.title}: {self.object.director}"

    def get_cancel_url(self) -> str:
        return self.object.director.get_absolute_url()

    def report_due(self, told: date) -> str:
        """RULE-12: what the company's own notice to the exchange sets running."""
        assert self.company is not None  # noqa: S101  (there is a committee, so there is a company)
        event = MembershipEvent(exchange_notified_on=told)
        [due] = membership_notices(event, self.company.calendar, TABLE)
        return _("%(form)s, is due by %(day)s.") % {
            "form": due.notice.citation,
            "day": weekday(due.due_on),
        }

    def seat_lines(self) -> list[Detail]:
        membership = self.object
        since = _("from %(day)s") % {"day": weekday(membership.starts_on)}
        return [
            Detail(_("Director"), str(membership.director)),
            Detail(_("Committee"), str(membership.committee), (since,)),
        ]


class MembershipEndView(MembershipActView):
    form_class = MembershipEndForm
    stored_as = {"reason": "end_reason"}
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
            "be filled within a cure period (Nasdaq 5605(c)(4)(B)). A director who leaves the Board "
            "as well is reported on Form 8-K, Item 5.02(b), four business days after the notice of "
            "that decision."
        )

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        lines = [
            *self.seat_lines(),
            Detail(_("First date out of office"), weekday(given["ends_on"])),
            Detail(_("Why"), EndReason(given["reason"]).label),
        ]
        if "exchange_notified_on" in given:
            told = given["exchange_notified_on"]
            words = weekday(told) if told else _("no notice on record")
            lines.append(Detail(_("Exchange notified on"), words))
        return lines

    def get_consequence(self, given: dict[str, Any]) -> str:
        committee, day = self.object.committee, given["ends_on"]
        others = committee.memberships.in_office(day).exclude(pk=self.object.pk)
        sentences = [how_many(committee, others.count())]
        if self.object.chair_terms.filter(ends_on=None).exists():
            sentences.append(_("The term as chair ends with the seat."))
        if others.count() < MINIMUM and (told := given.get("exchange_notified_on")):
            sentences.append(self.report_due(told))
        return " ".join(filter(None, sentences))

    def act(self, **given: Any) -> tuple[str, str]:
        given["reason"] = EndReason(given["reason"])
        services.end_membership(self.object, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the end of the membership.")


class MembershipNoticeView(MembershipActView):
    form_class = NoticeForm
    stored_as = {"on": "exchange_notified_on"}
    title = lazy("Record the exchange notice")
    why = lazy("The date on which the exchange was notified of the vacancy (Nasdaq 5605(c)(4)).")
    submit_label = lazy("Record the notice")

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.object.exchange_notified_on or self.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"today": self.today}

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        lines = self.seat_lines()
        if self.object.ends_on:
            lines.append(Detail(_("Until"), weekday(self.object.ends_on)))
        return [*lines, Detail(_("Exchange notified on"), weekday(given["on"]))]

    def get_consequence(self, given: dict[str, Any]) -> str:
        if self.object.committee.kind != CommitteeKind.AUDIT:
            return ""
        return self.report_due(given["on"])

    def act(self, **given: Any) -> tuple[str, str]:
        services.record_exchange_notice(self.object, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the notice to the exchange.")


class MembershipCorrectView(MembershipActView):
    """Put a seat's days right."""

    form_class = MembershipCorrectForm
    stored_as = {"reason": "end_reason"}
    title = lazy("Correct a membership")
    why = lazy(
        "The record shows the corrected dates. The activity log keeps both the old and the new."
    )
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

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        was = self.object.starts_on
        moved = (
            (_("instead of %(day)s") % {"day": weekday(was)},) if was != given["starts_on"] else ()
        )
        told = given["exchange_notified_on"]
        return [
            Detail(_("Director"), str(self.object.director)),
            Detail(_("Committee"), str(self.object.committee)),
            Detail(_("First date in office"), weekday(given["starts_on"]), moved),
            *(
                end_lines(given["ends_on"], given["reason"])
                or [Detail(_("First date out of office"), _("no end on record"))]
            ),
            *([Detail(_("Exchange notified on"), weekday(told))] if told else []),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        if not self.object.chair_terms.exists():
            return ""
        return _("Terms as chair are kept within the seat.")

    def act(self, **given: Any) -> tuple[str, str]:
        given["reason"] = reason_of(given["reason"])
        services.correct_membership(self.object, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the correction.")
