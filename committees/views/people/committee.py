"""The committee and who sits on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from accounts.access import PermitMixin
from committees import services
from committees.enums import CommitteeKind
from committees.forms.people import EstablishForm
from committees.models import Committee, Director, Membership
from committees.reports import people as reports
from committees.reports.charter import Link
from committees.views.base import CharterMixin
from committees.views.people.base import CommitteeActView, seats
from records import clock
from records.confirm import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


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
