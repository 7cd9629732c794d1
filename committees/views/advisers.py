"""Advisers that the committee engages, and the funding that it determines (R-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, TemplateView

from charters.answers import DatedEntry
from charters.enums import CommitteeKind
from charters.reports.duty import Definition
from committees import sentences, services
from committees.forms.determinations import DecisionForm
from committees.forms.facts import ReasonForm
from committees.forms.registers import (
    EngagementEndForm,
    EngagementForm,
    FundingForm,
    ObjectionForm,
)
from committees.models import AdviserEngagement, FundingDetermination, FundingObjection
from committees.models.advisers import AdviserEngagementQuerySet
from committees.permissions import engagements_open_to
from committees.reports import registers as reports
from committees.views.base import RegisterActView, RegisterPage, linked, status_of
from records import clock
from records.dates import long_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from committees.models.entries import EntryQuerySet


class AdvisersView(RegisterPage, TemplateView):
    """Engagements that the reader may see, and every sum determined."""

    template_name = "committees/advisers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        engagements = list(engagements_open_to(self.user).filter(committee=self.the_committee))
        funding = FundingDetermination.objects.open_to_readers(self.user).standing()
        return super().get_context_data(
            engagements=reports.engagement_lines(engagements, self.today),
            funding=reports.funding_lines(
                funding.filter(committee=self.the_committee), engagements
            ),
            may_change=self.may_change,
            **kwargs,
        )


class EngagementView(RegisterPage, DetailView):  # type: ignore[type-arg]
    """One engagement and the sums determined for it."""

    template_name = "committees/engagement.html"

    def get_queryset(self) -> AdviserEngagementQuerySet:
        return engagements_open_to(self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        engagement = self.object
        return super().get_context_data(
            engagement=engagement,
            definitions=[one for one in self.definitions() if one.text],
            funding=reports.funding_lines(engagement.funding.standing(), [engagement]),
            may_change=self.may_change,
            **kwargs,
        )

    def definitions(self) -> Iterator[Definition]:
        made: AdviserEngagement = self.object
        yield Definition(_("Engaged as"), made.get_role_display())
        yield Definition(_("Scope"), made.scope)
        yield Definition(_("Engaged on"), long_day(made.engaged_on))
        yield Definition(_("Ended on"), long_day(made.ends_on) if made.ends_on else "")
        checked = made.independence_checked_on
        yield Definition(
            _("Independence checked"), long_day(checked) if checked else _("No check is on file.")
        )
        if made.acts_for_management:
            yield Definition(_("Note"), _("The adviser also acts for management."))
        if made.restricted_roles or made.restricted_people:
            yield Definition(_("Access"), _("Restricted from management."))


class EngagementAddView(RegisterActView):
    form_class: Any = EngagementForm
    title = lazy("Record an engagement")
    why = lazy("The committee engages its own advisers (Exchange Act 10A(m)(5)).")
    submit_label = lazy("Record engagement")

    def get_initial(self) -> dict[str, Any]:
        return {"engaged_on": self.today}

    def get_cancel_url(self) -> str:
        return reverse("advisers")

    def act(self, **given: Any) -> tuple[str, str]:
        made = services.engage(self.the_committee, **given, **self.signed)
        return made.get_absolute_url(), _("The engagement is recorded.")


class EngagementEndView(RegisterActView):
    form_class = EngagementEndForm
    title = lazy("End an engagement")
    why = lazy("The engagement stays on record with its end.")
    submit_label = lazy("Record the end")

    def get_queryset(self) -> AdviserEngagementQuerySet:
        return engagements_open_to(self.user)

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": self.today}

    def act(self, **given: Any) -> tuple[str, str]:
        services.end_engagement(self.object, **given, **self.signed)
        return self.done(_("The end is recorded."))


def objections_to(made: FundingDetermination) -> EntryQuerySet[FundingObjection]:
    """Management's objections to a sum, those to the entries that it corrects included."""
    rows = FundingObjection.objects.standing()
    return rows.filter(determination__in=[made, *made.earlier()])


def funding_of(view: Any) -> QuerySet[FundingDetermination]:
    rows = FundingDetermination.objects.open_to_readers(view.user)
    return rows.select_related("engagement", "decision__body", "recorded_by", "correction")


class FundingView(RegisterPage, DetailView):  # type: ignore[type-arg]
    """One sum that the committee determined, and management's objections, which change nothing."""

    template_name = "committees/funding.html"

    def get_queryset(self) -> QuerySet[FundingDetermination]:
        return funding_of(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        made = self.object
        may_change = self.may_change and made.stands
        return super().get_context_data(
            funding=made,
            definitions=[one for one in self.definitions() if one.text],
            objections=[DatedEntry(row.on, row.statement) for row in objections_to(made)],
            may_change=may_change,
            may_complete=may_change and made.decision_id is None,
            **kwargs,
        )

    def definitions(self) -> Iterator[Definition]:
        made: FundingDetermination = self.object
        yield Definition(_("Determined"), sentences.of_funding(made))
        yield Definition(_("Date"), long_day(made.determined_on))
        seen = engagements_open_to(self.user).filter(pk=made.engagement_id or 0).first()
        if seen:
            yield Definition(_("Adviser"), seen.adviser, seen.get_absolute_url())
        yield linked(made.decision, self.user)
        yield from status_of(made)
        yield Definition(_("Recorded by"), str(made.recorded_by or _("a command")))
        day = clock.day_of(made.recorded_at, self.company)
        yield Definition(_("Recorded on"), long_day(day))


def engagements_offered(view: RegisterActView) -> dict[str, Any]:
    found = engagements_open_to(view.user).filter(committee=view.the_committee)
    return {"engagements": found}


class FundingAddView(RegisterActView):
    form_class: Any = FundingForm
    title = lazy("Record funding")
    why = lazy("What the committee determined that the company pays (Exchange Act 10A(m)(6)).")
    submit_label = lazy("Record funding")

    def get_initial(self) -> dict[str, Any]:
        return {
            "determined_on": self.today,
            "currency": "USD",
            "engagement": self.request.GET.get("engagement"),
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | engagements_offered(self)

    def get_cancel_url(self) -> str:
        return reverse("advisers")

    def act(self, purpose: Any, **given: Any) -> tuple[str, str]:
        made = services.determine_funding(self.the_committee, purpose, **given, **self.signed)
        return made.get_absolute_url(), _("The funding is recorded.")


class FundingCorrectView(RegisterActView):
    form_class: Any = FundingForm
    changes_object = False
    get_queryset = funding_of
    title = lazy("Correct funding")
    why = lazy(
        "For a sum that was entered wrongly. The first entry stays on record. This one replaces it."
    )
    note = lazy("A sum that the committee determined later is recorded as new funding.")
    submit_label = lazy("Record correction")

    def get_denial(self) -> str | None:
        made: FundingDetermination = self.object
        seen = engagements_open_to(self.user).filter(pk=made.engagement_id or 0)
        if made.engagement_id is None or seen.exists():
            return None
        return _(
            "The adviser’s engagement is restricted from you. Ask another secretary to correct this."
        )

    def get_initial(self) -> dict[str, Any]:
        made: FundingDetermination = self.object
        return {
            "purpose": made.purpose,
            "engagement": made.engagement_id,
            "amount": made.amount,
            "currency": made.currency,
            "determined_on": made.determined_on,
            "decision": made.decision_id,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | engagements_offered(self)

    def act(self, purpose: Any, **given: Any) -> tuple[str, str]:
        later = FundingDetermination(committee=self.the_committee, purpose=purpose, **given)
        made = services.correct_funding(self.object, later, **self.signed)
        return made.get_absolute_url(), _("The correction is recorded.")


class FundingCompleteView(RegisterActView):
    changes_object = False
    get_queryset = funding_of
    form_class: Any = DecisionForm
    title = lazy("Add the committee’s decision")
    why = lazy("A sum rests on a decision of the committee of the same date.")
    submit_label = lazy("Add decision")

    def get_form_kwargs(self) -> dict[str, Any]:
        on = self.object.determined_on
        return super().get_form_kwargs() | {"kind": CommitteeKind.AUDIT, "on": on}

    def act(self, decision: Any) -> tuple[str, str]:
        services.complete_funding(self.object, decision, **self.signed)
        return self.done(_("The decision is added."))


class FundingWithdrawView(RegisterActView):
    changes_object = False
    get_queryset = funding_of
    form_class = ReasonForm
    title = lazy("Withdraw funding")
    why = lazy("For an entry made in error: the committee did not determine it.")
    submit_label = lazy("Withdraw funding")

    def act(self, reason: str) -> tuple[str, str]:
        services.withdraw_funding(self.object, reason=reason, **self.signed)
        return self.done(_("The funding is withdrawn."))


class ObjectionAddView(RegisterActView):
    changes_object = False
    get_queryset = funding_of
    form_class = ObjectionForm
    title = lazy("Record an objection of management")
    why = lazy("It is kept and changes nothing: the sum stays as the committee determined it.")
    submit_label = lazy("Record objection")

    def act(self, **given: Any) -> tuple[str, str]:
        services.record_objection(self.object, **given, **self.signed)
        return self.done(_("The objection is recorded. The sum stays as it is."))
