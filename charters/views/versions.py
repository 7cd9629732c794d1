"""Versions of the charter: draft, adoption, and the duties to choose."""

from datetime import date
from functools import cached_property
from typing import Any

from django.forms import Form
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from accounts.models import User
from charters import services
from charters.answers import Link
from charters.enums import CommitteeKind
from charters.forms.charter import (
    AdoptForm,
    AdoptionDaysForm,
)
from charters.forms.decisions import CompleteAdoptionForm
from charters.models import CharterVersion, Clause, ClauseNote, Committee, Decision
from charters.models.charter import CharterVersionQuerySet
from charters.proposals import (
    Carried,
    NoteProposal,
    adoption_of,
    carried_clauses,
    notes_beside,
    notes_left,
)
from charters.reading.dates import Adoption
from charters.reports.charter import Part, text_parts
from charters.views.base import (
    CharterPage,
    audit_committee,
    has_committee,
    leading_back,
    nothing_yet,
    onward,
)
from records import clock
from records.confirm import ActView, Detail
from records.dates import long_day


class VersionsView(CharterPage, ListView):  # type: ignore[type-arg]
    """Every version on record, the newest first."""

    permission_required = "charters.view_charter"
    template_name = "charters/versions.html"
    context_object_name = "rows"

    def get_queryset(self) -> Any:
        versions = self.docket.committee.charter_versions.select_related("decision__body")
        versions = versions.order_by("-effective_on", "-pk")
        return versions.filter(pk__in=versions_open_to(self.user).values("pk"))

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


def versions_open_to(user: User) -> CharterVersionQuerySet:
    """Drafts are the secretary's alone, until they are put before the Board."""
    versions = CharterVersion.objects.select_related("decision__body")
    if user.has_perm("charters.change_charter"):
        return versions
    is_director = user.has_perm("charters.view_standing")
    return versions.before_the_board() if is_director else versions.adopted()


class VersionView(CharterPage, TemplateView):
    """A version's text, word for word."""

    permission_required = "charters.view_charter"
    template_name = "charters/version_detail.html"

    def load(self) -> None:
        self.version = get_object_or_404(versions_open_to(self.user), pk=self.kwargs["pk"])

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
        if not self.user.has_perm("charters.change_charter"):
            return None
        if self.version.adopted_on is None:
            url = reverse("charter_adopt", args=[self.version.pk])
            return Link(_("Record adoption"), onward(self.request, url))
        if self.version.decision is None:
            url = reverse("charter_decision", args=[self.version.pk])
            return Link(_("Add Board decision"), url)
        return None

    def actions(self) -> list[Link]:
        actions = [Link(_("All versions"), reverse("charter_versions"))]
        current = self.docket.version
        if current is not None and current != self.version:
            url = reverse("charter_compare", args=[self.version.pk])
            actions.append(Link(_("Compare with the version in effect"), url))
        if self.version.adopted_on is None and self.user.has_perm("charters.change_charter"):
            if self.version.put_before_board_on is None:
                url = reverse("charter_put_before_board", args=[self.version.pk])
                actions.append(Link(_("Put before the Board"), url))
            actions.append(
                Link(_("Discard draft"), reverse("charter_discard", args=[self.version.pk]))
            )
        return actions


class VersionActView(ActView):
    """An act on one version."""

    permission_required = "charters.change_charter"
    object: CharterVersion
    committee = cached_property(audit_committee)
    is_ready = property(has_committee)
    instead = nothing_yet

    def get_queryset(self) -> CharterVersionQuerySet:
        return versions_open_to(self.user)

    def get_cancel_url(self) -> str:
        return self.object.get_absolute_url()


class AdoptView(VersionActView):
    """Record that the Board adopted a draft, and what becomes of the duties of the one before."""

    needs_fresh_sign_in = True
    form_class = AdoptForm
    is_reviewed = True
    title = gettext_lazy("Record adoption")
    why = gettext_lazy("Once adopted, this version governs from its effective date.")
    submit_label = gettext_lazy("Record adoption")

    def get_initial(self) -> dict[str, Any]:
        """The dates in the text of the charter; without one of adoption, today."""
        return {
            "adopted_on": self.said.adopted_on or self.today,
            "effective_on": self.said.effective_on,
        }

    @cached_property
    def said(self) -> Adoption:
        return adoption_of(self.object, self.today)

    def get_stored(self) -> dict[str, Any]:
        return super().get_stored() | decision_stored(self.object)

    @cached_property
    def first_day(self) -> date:
        """The first day in effect as it is typed: between which versions this one comes."""
        form = AdoptionDaysForm(self.request.POST, today=self.today)
        said = self.said.effective_on or self.said.adopted_on or self.today
        return form.cleaned_data["effective_on"] if form.is_valid() else said

    @property
    def adopted_on(self) -> date:
        """The date of adoption as it is typed."""
        form = AdoptionDaysForm(self.request.POST, today=self.today)
        form.is_valid()
        return form.cleaned_data.get("adopted_on") or self.said.adopted_on or self.today

    @cached_property
    def carried(self) -> dict[int, Carried]:
        """By duty of the versions around it: where it would hang in this one."""
        return carried_clauses(self.object, self.first_day)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "asked": [each for each in self.carried.values() if not each.is_same],
            "clauses": list(self.object.clauses.all()),
            "today": self.today,
            "said": self.said.words,
            "decisions": decisions_of_the_board(self.adopted_on),
        }

    def chosen(self, given: dict[str, Any]) -> dict[int, Clause]:
        """The clause of this version on which each duty hangs."""
        clauses = {clause.reference: clause for clause in self.object.clauses.all()}
        found = {
            pk: each.clause for pk, each in self.carried.items() if each.is_same and each.clause
        }
        for pk in self.carried.keys() - found.keys():
            if clause := clauses.get(given[f"duty_{pk}"]):
                found[pk] = clause
        return found

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        chosen = self.chosen(given)
        left = [each for pk, each in self.carried.items() if pk not in chosen]
        ended = tuple(each.duty.title for each in left if each.ends)
        elsewhere = tuple(each.duty.title for each in left if not each.ends)
        effective_on = given["effective_on"]
        notes = notes_beside(self.object, effective_on)
        lost = notes_left(self.object, effective_on)
        lines = [
            Detail(_("Version"), self.object.title),
            Detail(_("Adopted by the Board on"), long_day(given["adopted_on"])),
            Detail(_("In effect from"), long_day(given["effective_on"])),
            Detail(_("Decision of the Board"), self.decided(given)),
        ]
        if chosen:
            lines.append(Detail(_("Responsibilities that continue"), str(len(chosen))))
        if ended:
            lines.append(Detail(_("Responsibilities that end"), str(len(ended)), ended))
        if elsewhere:
            lines.append(
                Detail(
                    _("Responsibilities of the next version only"), str(len(elsewhere)), elsewhere
                )
            )
        if notes:
            texts = tuple(map(note_words, notes))
            lines.append(Detail(_("Notes as applied today"), str(len(notes)), texts))
        if lost:
            term = _("Notes that stay with the previous version, because the clause changed")
            lines.append(Detail(term, str(len(lost)), tuple(map(note_words, lost))))
        return lines

    def decided(self, given: dict[str, Any]) -> str:
        """The decision as it will be cited."""
        if given["decision"]:
            return str(given["decision"])
        if given["how"] is None:
            return _("to be added")
        made = Decision(
            body=Committee.objects.board() or Committee(kind=CommitteeKind.BOARD),
            decided_on=given["adopted_on"],
            how=given["how"],
            number=given["number"],
        )
        return str(made)

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("You cannot change an adopted version. A later version can replace it.")

    def act(self, **given: Any) -> tuple[str, str]:
        services.take_up(
            self.object,
            adopted_on=given["adopted_on"],
            effective_on=given["effective_on"],
            decision=given["decision"],
            how=given["how"],
            number=given["number"],
            carried=self.chosen(given),
            by=self.user,
            at=clock.now(),
        )
        url = onward(self.request, reverse("charter_duties"))
        return url, leading_back(self.request, _("The adoption was recorded."))


def note_words(note: NoteProposal | ClauseNote) -> str:
    """A note as it will stand beside its clause: which one, the text, its source and date."""
    return _("%(clause)s: %(text)s (%(source)s, %(day)s)") % {
        "clause": note.clause.reference,
        "text": note.text,
        "source": note.source,
        "day": long_day(note.dated),
    }


class CompleteAdoptionView(VersionActView):
    """Add the Board's decision to a version adopted without one."""

    form_class = CompleteAdoptionForm
    title = gettext_lazy("Add Board decision")
    why = gettext_lazy("The decision by which the Board adopted this charter.")
    submit_label = gettext_lazy("Record decision")

    def get_form_kwargs(self) -> dict[str, Any]:
        decisions = decisions_of_the_board(self.object.adopted_on or self.today)
        return super().get_form_kwargs() | {"decisions": decisions}

    def get_stored(self) -> dict[str, Any]:
        return decision_stored(self.object)

    def act(self, **given: Any) -> tuple[str, str]:
        services.complete_adoption(self.object, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The Board's decision was recorded.")


def decision_stored(version: CharterVersion) -> dict[str, Any]:
    """The decision that a version rests on, by the fields of the forms about it."""
    made = CharterVersion.objects.select_related("decision").get(pk=version.pk).decision
    return {"decision": made, "how": made.how, "number": made.number} if made else {}


def decisions_of_the_board(day: date) -> list[Decision]:
    """Those of a date that a charter, which many may read, can rest on."""
    board = Committee.objects.board()
    if board is None:
        return []
    decisions = board.decisions.unrestricted().filter(decided_on=day)
    return list(decisions.select_related("body").order_by("pk"))


class PutBeforeBoardView(VersionActView):
    """Open a draft to the directors."""

    form_class = Form
    is_reviewed = True
    title = gettext_lazy("Put before the Board")
    submit_label = gettext_lazy("Put before the Board")

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        return [
            Detail(_("Draft"), self.object.title),
            Detail(_("Before the Board from"), long_day(self.today)),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _(
            "Directors and counsel can read the draft and compare it with the version in effect. "
            "The next report to the Board asks for its adoption."
        )

    def act(self, **given: Any) -> tuple[str, str]:
        services.put_before_board(self.object, by=self.user, at=clock.now())
        return self.done(_("The draft was put before the Board."))


class DiscardView(VersionActView):
    """Discard a draft; an adopted version stays on record."""

    form_class = Form
    is_reviewed = True
    title = gettext_lazy("Discard draft")
    submit_label = gettext_lazy("Discard draft")

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        return [Detail(_("Discarded"), self.object.title)]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("A draft is not a record. Its text is deleted permanently.")

    def act(self, **given: Any) -> tuple[str, str]:
        services.discard_draft(self.object, by=self.user, at=clock.now())
        return reverse("charter_versions"), _("The draft was discarded.")
