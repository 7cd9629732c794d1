"""The committee and who sits on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from charters import services
from charters.answers import Link
from charters.enums import CommitteeKind
from charters.models import Committee
from charters.views.base import CharterPage
from committees.duties import reliance
from committees.forms.people import EstablishForm
from committees.models import Director, Filing, Membership
from committees.reports import people as reports
from committees.views.base import seats
from records import clock
from records.confirm import ActView, Detail
from records.navigation import led_to

if TYPE_CHECKING:
    from collections.abc import Sequence


class CommitteeView(CharterPage, TemplateView):
    """Who sits on the audit committee on a day; the other committees in short."""

    permission_required = "committees.view_committee"
    template_name = "committees/committee.html"

    @property
    def is_ready(self) -> bool:
        """Before set-up, too, there is something to read here: what is to be established."""
        return True

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
            listing=audit.listings.standing().last() if audit else None,
            requirements=self.requirements(),
            filings=self.filings(),
            knows=self.user.has_perm("committees.view_relationship"),
            as_of=self.as_of,
            today=self.as_of == self.today,
            may_change=self.user.has_perm("committees.change_committee"),
            led_to=led_to("committees.committee", self.request),
            **kwargs,
        )

    def roster(self, memberships: list[Membership]) -> reports.Roster:
        return reports.roster(memberships, self.as_of, is_past=self.as_of < self.today)

    def size(self) -> reports.SizeLine | None:
        """A standing: for who may read those."""
        if not (self.company and self.committee):
            return None
        if not self.user.has_perm("charters.view_standing"):
            return None
        return reports.size(self.docket)

    def requirements(self) -> list[reports.RequirementLine]:
        """What the Board determined of the members together, as of the date."""
        if not (self.company and self.committee and self.user.has_perm("charters.view_standing")):
            return []
        return reports.requirements(self.docket)

    def filings(self) -> list[Filing] | None:
        """Filings that state a reliance, or should; None where none was ever called for."""
        if not (self.company and self.committee and self.user.has_perm("charters.view_standing")):
            return None
        found = self.docket.once(reliance.filings)
        is_used = bool(self.docket.once(reliance.uses))
        return found if found or is_used else None

    def unseated(self, memberships: Sequence[Membership]) -> list[Link]:
        seated = {m.director_id for m in memberships if m.covers(self.as_of)}
        return reports.without_a_seat(Director.objects.all(), seated)


class CommitteeEstablishView(ActView):
    permission_required = "committees.change_committee"
    is_reviewed = True
    form_class = EstablishForm
    title = lazy("Establish a committee")
    why = lazy("The Board and its audit committee, each once; other committees as there are.")
    submit_label = lazy("Establish it")

    def get_cancel_url(self) -> str:
        return reverse("committee")

    def get_initial(self) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        named = {CommitteeKind.BOARD, CommitteeKind.AUDIT}
        return {"kind": kind, "name": CommitteeKind(kind).label if kind in named else ""}

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        kind = CommitteeKind(given["kind"]).label
        return [Detail(_("Committee"), given["name"]), Detail(_("Kind"), kind)]

    def act(self, **given: Any) -> tuple[str, str]:
        committee = services.establish(
            name=given["name"], kind=CommitteeKind(given["kind"]), by=self.user, at=clock.now()
        )
        return self.get_cancel_url(), _("%(committee)s was established.") % {"committee": committee}
