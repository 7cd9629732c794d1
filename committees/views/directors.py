"""Directors: one page each, added and corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView

from charters.answers import Link
from committees import services
from committees.forms.people import DirectorForm
from committees.models import Director, Membership
from committees.reports import people as reports
from committees.views.base import seats
from records import clock
from records.confirm import ActView, Detail
from records.views.base import PageView

if TYPE_CHECKING:
    from collections.abc import Sequence

    # Generic for the type checker only.
    OneDirectorPage = DetailView[Director]
else:
    OneDirectorPage = DetailView


class DirectorView(PageView, OneDirectorPage):
    """One director: seats, terms as chair, and what can be recorded of them."""

    permission_required = "committees.view_committee"
    template_name = "committees/director.html"
    queryset = Director.objects.select_related("user")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        memberships = list(seats().filter(director=self.object))
        may_change = self.user.has_perm("committees.change_committee")
        return super().get_context_data(
            seats=self.seats(memberships, may_change=may_change),
            entries=reports.line_of(memberships),
            may_change=may_change,
            knows=Director.objects.known_to(self.user).filter(pk=self.object.pk).exists(),
            **kwargs,
        )

    def seats(self, memberships: list[Membership], *, may_change: bool) -> list[reports.SeatLine]:
        lines = reports.seats_of(memberships, self.today, may_change=may_change)
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
    return [*ends, Link(_("Correct the dates"), correct)]


def director_given(given: dict[str, Any]) -> list[Detail]:
    sorted_as = given["sort_name"] or services.people.sorted_as(given["name"])
    return [
        Detail(_("Director"), given["name"]),
        Detail(_("Sorted as"), sorted_as),
        Detail(_("Account"), given["user"].email if given["user"] else _("no account")),
    ]


class DirectorAddView(ActView):
    permission_required = "committees.change_committee"
    is_reviewed = True
    form_class = DirectorForm
    title = lazy("Add a director")
    why = lazy("A director first, then the seat: on the Board, on the audit committee.")
    submit_label = lazy("Add director")

    def get_cancel_url(self) -> str:
        return reverse("committee")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return director_given(given)

    def act(self, **given: Any) -> tuple[str, str]:
        director = services.add_director(**given, by=self.user, at=clock.now())
        sentence = _("%(director)s was added. Give them a seat next.") % {"director": director}
        return director.get_absolute_url(), sentence


class DirectorChangeView(ActView):
    permission_required = "committees.change_committee"
    is_reviewed = True
    form_class = DirectorForm
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

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return director_given(given)

    def act(self, **given: Any) -> tuple[str, str]:
        services.rename_director(self.object, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the correction.")
