"""Who chairs, from when until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from committees import services
from committees.forms.people import ChairEndForm, ChairForm
from committees.models import ChairTerm
from committees.views.memberships import MembershipActView
from records import clock
from records.confirm import ActView, Detail
from records.dates import weekday

if TYPE_CHECKING:
    from collections.abc import Sequence


class ChairDesignateView(MembershipActView):
    form_class = ChairForm
    title = lazy("Make chair")
    why = lazy("A member chairs the committee from a date. There is one chair at a time.")
    submit_label = lazy("Record the chair")

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": self.today}

    def latest(self) -> ChairTerm | None:
        """The last term that was recorded of the committee: whoever chairs now is shown."""
        terms = ChairTerm.objects.filter(membership__committee=self.object.committee)
        return terms.order_by("pk").last()

    def get_version(self, *, lock: bool = False) -> str:
        version, term = super().get_version(lock=lock), self.latest()
        return f"{version}.{term.pk}-{term.revision}" if term else f"{version}"

    def get_stored(self) -> dict[str, Any]:
        term = self.latest()
        return {"starts_on": term.starts_on, "ends_on": term.ends_on} if term else {}

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        lines = [*self.seat_lines(), Detail(_("Chair from"), weekday(given["starts_on"]))]
        if given["ends_on"]:
            return [*lines, Detail(_("Chair until"), weekday(given["ends_on"]))]
        present = ChairTerm.objects.filter(
            membership__committee=self.object.committee, ends_on=None
        ).select_related("membership__director")
        return lines + [
            Detail(_("Chair until then"), str(term.membership.director)) for term in present
        ]

    def act(self, **given: Any) -> tuple[str, str]:
        services.designate_chair(self.object, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the chair.")


class ChairEndView(ActView):
    """End a chair's term where nobody follows yet."""

    permission_required = "committees.change_committee"
    is_reviewed = True
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

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        membership = self.object.membership
        return [
            Detail(_("Director"), str(membership.director)),
            Detail(_("Committee"), str(membership.committee)),
            Detail(_("Chair from"), weekday(self.object.starts_on)),
            Detail(_("Chair until"), weekday(given["ends_on"])),
        ]

    def act(self, **given: Any) -> tuple[str, str]:
        services.end_chair(self.object, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the end of the term as chair.")
