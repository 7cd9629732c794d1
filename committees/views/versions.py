"""Versions of the charter: draft, adoption, and the duties to choose."""

from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from accounts.access import FreshMixin
from committees import services
from committees.forms.charter import (
    AdoptForm,
    AdoptionDaysForm,
    BoardActForm,
    ChooseDutiesForm,
)
from committees.models import CharterVersion, Clause
from committees.proposals import (
    Carried,
    DutyProposal,
    carried_clauses,
    notes_beside,
    notes_left,
    proposals_for,
)
from committees.reports.charter import Link, Part, text_parts
from committees.views.base import CharterMixin
from records import clock
from records.confirm import ActView, ConfirmView, Line
from records.dates import long_day


class VersionsView(CharterMixin, ListView):  # type: ignore[type-arg]
    """Every version on record, the newest first."""

    permission_required = "committees.view_charter"
    template_name = "committees/versions.html"
    context_object_name = "rows"

    def get_queryset(self) -> Any:
        versions = self.docket.committee.charter_versions.order_by("-effective_on", "-pk")
        if not self.user.has_perm("committees.change_charter"):
            versions = versions.adopted()
        return versions

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        current = self.docket.version
        drafts = [v for v in context["rows"] if v.adopted_on is None]
        dated = [v for v in context["rows"] if v.adopted_on is not None]
        context["rows"] = [
            {"version": version, "status": version.status_on(self.today, current)}
            for version in [*drafts, *dated]
        ]
        return context


class VersionMixin(CharterMixin):
    """One version: a draft is the secretary's alone."""

    def load(self) -> None:
        versions = CharterVersion.objects.all()
        if not self.request.user.has_perm("committees.change_charter"):
            versions = versions.adopted()
        self.version = get_object_or_404(versions, pk=self.kwargs["pk"])


class VersionView(VersionMixin, TemplateView):
    """A version's text, word for word."""

    permission_required = "committees.view_charter"
    template_name = "committees/version_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.version
        return super().get_context_data(
            version=version,
            status=version.status_on(self.today, self.docket.version),
            parts=self.parts(),
            primary=self.primary(),
            actions=self.actions(),
            **kwargs,
        )

    def parts(self) -> tuple[Part, ...]:
        return text_parts(list(self.version.passages.all()), list(self.version.clauses.all()))

    def primary(self) -> Link | None:
        if not self.user.has_perm("committees.change_charter"):
            return None
        if self.version.adopted_on is None:
            url = reverse("charter_adopt", args=[self.version.pk])
            return Link(_("Record its adoption"), self.onward(url))
        if not self.version.board_act:
            return Link(_("Add the Board's act"), reverse("charter_act", args=[self.version.pk]))
        return None

    def actions(self) -> list[Link]:
        actions = [Link(_("All versions"), reverse("charter_versions"))]
        if self.version.adopted_on is None and self.user.has_perm("committees.change_charter"):
            actions.append(
                Link(_("Discard the draft"), reverse("charter_discard", args=[self.version.pk]))
            )
        return actions


class AdoptView(VersionMixin, FreshMixin, ConfirmView):
    """Record that the Board adopted a draft, and what becomes of the duties of the one before."""

    permission_required = "committees.change_charter"
    form_class = AdoptForm
    title = gettext_lazy("Record the adoption of a charter")
    why = gettext_lazy(
        "The Board adopts; from its first day in effect on, the committee lives by this version."
    )
    submit_label = gettext_lazy("Record the adoption")

    def get_initial(self) -> dict[str, Any]:
        return {"adopted_on": self.today}

    @cached_property
    def first_day(self) -> date:
        """The first day in effect as it is typed: between which versions this one comes."""
        form = AdoptionDaysForm(self.request.POST, today=self.today)
        return form.cleaned_data["effective_on"] if form.is_valid() else self.today

    @cached_property
    def carried(self) -> dict[int, Carried]:
        """By duty of the versions around it: where it would hang in this one."""
        return carried_clauses(self.version, self.first_day)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "asked": [each for each in self.carried.values() if not each.is_same],
            "clauses": list(self.version.clauses.all()),
            "today": self.today,
        }

    def get_cancel_url(self) -> str:
        return self.version.get_absolute_url()

    def chosen(self, given: dict[str, Any]) -> dict[int, Clause]:
        """The clause of this version on which each duty hangs."""
        clauses = {clause.reference: clause for clause in self.version.clauses.all()}
        found = {
            pk: each.clause for pk, each in self.carried.items() if each.is_same and each.clause
        }
        for pk in self.carried.keys() - found.keys():
            if clause := clauses.get(given[f"duty_{pk}"]):
                found[pk] = clause
        return found

    def recorded(self, given: dict[str, Any]) -> list[Line]:
        chosen = self.chosen(given)
        left = [each for pk, each in self.carried.items() if pk not in chosen]
        ended = tuple(each.duty.title for each in left if each.ends)
        elsewhere = tuple(each.duty.title for each in left if not each.ends)
        effective_on = given["effective_on"]
        notes = notes_beside(self.version, effective_on)
        lost = notes_left(self.version, effective_on)
        lines = [
            Line(_("Version"), self.version.title),
            Line(_("Adopted by the Board on"), long_day(given["adopted_on"])),
            Line(_("In effect from"), long_day(given["effective_on"])),
            Line(_("The Board's act"), given["board_act"] or _("to be added")),
        ]
        if chosen:
            lines.append(Line(_("Duties carried on"), str(len(chosen))))
        if ended:
            lines.append(Line(_("Duties that end"), str(len(ended)), ended))
        if elsewhere:
            lines.append(Line(_("Duties of the next version only"), str(len(elsewhere)), elsewhere))
        if notes:
            titles = tuple(f"{note.clause.reference}: {note.source}" for note in notes)
            lines.append(Line(_("Notes as applied today"), str(len(notes)), titles))
        if lost:
            titles = tuple(f"{note.clause.reference}: {note.source}" for note in lost)
            term = _("Notes that stay with the version before, whose clause reads otherwise")
            lines.append(Line(term, str(len(lost)), titles))
        return lines

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("An adopted version cannot be changed; the next version takes its place.")

    def act(self, **given: Any) -> tuple[str, str]:
        services.take_up(
            self.version,
            adopted_on=given["adopted_on"],
            effective_on=given["effective_on"],
            board_act=given["board_act"],
            carried=self.chosen(given),
            by=self.user,
            at=clock.now(),
        )
        url = self.onward(reverse("charter_duties"))
        return url, self.leading_back(_("The adoption is recorded."))


class BoardActView(VersionMixin, ActView):
    """Add the Board's act to a version adopted without one."""

    permission_required = "committees.change_charter"
    form_class = BoardActForm
    title = gettext_lazy("Add the Board's act")
    why = gettext_lazy("The meeting and resolution by which the Board adopted this charter.")
    submit_label = gettext_lazy("Record the Board's act")

    def get_initial(self) -> dict[str, Any]:
        return {"board_act": self.version.board_act}

    def get_cancel_url(self) -> str:
        return self.version.get_absolute_url()

    def act(self, **given: Any) -> tuple[str, str]:
        services.complete_adoption(self.version, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The Board's act is recorded.")


class DiscardView(VersionMixin, ConfirmView):
    """Discard a draft; an adopted version stays for good."""

    permission_required = "committees.change_charter"
    form_class = Form
    title = gettext_lazy("Discard a draft of the charter")
    submit_label = gettext_lazy("Discard the draft")

    def get_cancel_url(self) -> str:
        return self.version.get_absolute_url()

    def recorded(self, given: dict[str, Any]) -> list[Line]:
        return [Line(_("Discarded"), self.version.title)]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("A draft is no record: its text is gone for good.")

    def act(self, **given: Any) -> tuple[str, str]:
        services.discard_draft(self.version, by=self.user, at=clock.now())
        return reverse("charter_versions"), _("The draft is discarded.")


class DutiesView(CharterMixin, ActView):
    """Duties of the catalogue that no clause has yet: each with the clause proposed for it."""

    permission_required = "committees.change_charter"
    form_class = ChooseDutiesForm
    template_name = "committees/choose_duties.html"
    title = gettext_lazy("Duties to choose")
    why = gettext_lazy(
        "What the charter, the law and good practice ask of an audit committee, "
        "proposed for the clause that reads most like it."
    )
    submit_label = gettext_lazy("Add the chosen duties")

    @cached_property
    def proposals(self) -> list[DutyProposal]:
        return proposals_for(self.docket)

    def get_initial(self) -> dict[str, Any]:
        version = self.docket.version
        return {"in_force_from": version.effective_on if version else self.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "proposals": self.proposals,
            "clauses": self.docket.clauses,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            version=self.docket.version, proposals=self.proposals, **kwargs
        )

    def get_cancel_url(self) -> str:
        return reverse("charter")

    def act(self, **given: Any) -> tuple[str, str]:
        clauses = {clause.reference: clause for clause in self.docket.clauses}
        chosen = {
            proposal.key: clauses[reference]
            for proposal in self.proposals
            if (reference := given.get(f"entry_{proposal.key}"))
        }
        if not chosen:
            raise ValidationError(_("Choose a clause for at least one duty."))
        services.attach(chosen, in_force_from=given["in_force_from"], by=self.user, at=clock.now())
        sentence = _("The chosen duties hang on the charter now.")
        return self.get_cancel_url(), self.leading_back(sentence)
