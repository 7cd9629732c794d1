"""What the Board determined of a director: recorded, completed with its decision, withdrawn, read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView

from charters.enums import CommitteeKind
from charters.reports.duty import Definition
from committees import sentences, services
from committees.enums import DeterminationKind as Kind
from committees.forms.determinations import GROUNDS, DecisionForm, DeterminationForm
from committees.forms.facts import ReasonForm
from committees.models import Determination, Director
from committees.views.base import linked
from committees.views.independence import OfDirectorView, page_of
from records import clock
from records.confirm import ActView, Detail
from records.dates import long_day, weekday
from records.views.base import PageView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet


class DetermineView(OfDirectorView):
    """Record what the Board determined. A statement that a line bars is refused with its reason."""

    permission_required = "committees.change_relationship"
    is_reviewed = True
    form_class = DeterminationForm
    why = lazy("What the Board determined, on which date and on which facts.")
    submit_label = lazy("Record determination")

    @cached_property
    def kind(self) -> Kind:
        return Kind(self.kwargs["kind"])

    def get_title(self) -> str:
        return f"{sentences.title_of(self.kind)}: {self.object}"

    def get_note(self) -> str:
        if self.kind not in (Kind.INDEPENDENT, Kind.NOT_AFFILIATED, Kind.EXCEPTION):
            return ""
        return _(
            "“Yes” is refused while a line of the tests does not pass on the date, with the line "
            "and the way out."
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kind": self.kind}

    def get_initial(self) -> dict[str, Any]:
        return {"determined_on": self.today, "is_met": "yes"}

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        made = Determination(director=self.object, kind=self.kind, is_met=given["is_met"])
        return [
            Detail(_("Determined"), sentences.of_determination(made)),
            Detail(_("Date"), weekday(given["determined_on"])),
            Detail(_("Decision"), str(given["decision"] or _("to be added later"))),
            *self._grounds(given),
        ]

    def _grounds(self, given: dict[str, Any]) -> Iterator[Detail]:
        if given.get("grounds"):
            yield Detail(_("Grounds"), labels(given["grounds"]))
        if given.get("attributes"):
            yield Detail(_("Attributes"), labels(given["attributes"]))
        if given.get("listing"):
            yield Detail(_("Other relevant experience"), given["listing"])
        if given["considered"]:
            yield Detail(_("Facts considered"), given["considered"])
        if given.get("ends_on"):
            yield Detail(_("Last date"), weekday(given["ends_on"]))

    def act(self, **given: Any) -> tuple[str, str]:
        made = services.determine(self.object, self.kind, **given, **self.signed)
        return self.done(_("Recorded: %(what)s") % {"what": sentences.of_determination(made)})


def labels(chosen: Any) -> str:
    return str(capfirst(get_text_list([str(one.label) for one in chosen], _("and"))))


class OfDetermination(PageView):
    permission_required = "charters.view_standing"

    def get_queryset(self) -> QuerySet[Determination]:
        rows = Determination.objects.visible_to(self.user)
        return rows.select_related("director", "decision__body", "recorded_by", "correction")


class DeterminationView(OfDetermination, DetailView):  # type: ignore[type-arg]
    """One determination: what, when, by which decision. The facts considered are for those who may
    see the director's facts."""

    template_name = "committees/determination.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        made = self.object
        knows = Director.objects.known_to(self.user).filter(pk=made.director_id).exists()
        may_change = self.user.has_perm("committees.change_relationship") and made.stands
        return super().get_context_data(
            determination=made,
            heading=sentences.title_of(Kind(made.kind)),
            definitions=[one for one in self.definitions(knows=knows) if one.text],
            page_url=page_of(made.director) if knows else "",
            may_change=may_change,
            may_complete=may_change and made.decision_id is None,
            **kwargs,
        )

    def definitions(self, *, knows: bool) -> Iterator[Definition]:
        made = self.object
        yield Definition(_("Determined"), sentences.of_determination(made))
        yield Definition(_("Date"), long_day(made.determined_on))
        yield linked(made.decision, self.user)
        if not made.stands:
            yield Definition(_("Status"), _("Withdrawn. It does not count."))
        if made.ends_on:
            yield Definition(_("Last date"), long_day(made.ends_on))
        if made.grounds and Kind(made.kind) in GROUNDS:
            grounds = GROUNDS[Kind(made.kind)]
            yield Definition(_("Grounds"), labels([grounds(word) for word in made.grounds]))
        yield Definition(_("Other relevant experience"), made.listing)
        if knows:
            yield Definition(_("Facts considered"), made.considered)
        yield Definition(_("Recorded by"), str(made.recorded_by or _("a command")))
        yield Definition(_("Recorded on"), long_day(clock.day_of(made.recorded_at, self.company)))


class DeterminationActView(ActView):
    permission_required = "committees.change_relationship"
    seen_by = "charters.view_standing"
    changes_object = False
    object: Determination
    get_queryset = OfDetermination.get_queryset

    def get_title(self) -> str:
        return f"{self.title}: {self.object}"

    def get_cancel_url(self) -> str:
        return self.object.get_absolute_url()


class DeterminationCompleteView(DeterminationActView):
    form_class = DecisionForm
    title = lazy("Add the Board’s decision")
    why = lazy("A determination rests on a decision of the Board of the same date.")
    submit_label = lazy("Add decision")

    def get_note(self) -> str:
        return _("If the decision is not offered, record it first on the page Decisions.")

    def get_form_kwargs(self) -> dict[str, Any]:
        on = self.object.determined_on
        return super().get_form_kwargs() | {"kind": CommitteeKind.BOARD, "on": on}

    def act(self, decision: Any) -> tuple[str, str]:
        services.complete_determination(self.object, decision, **self.signed)
        return self.done(_("The decision is added."))


class DeterminationWithdrawView(DeterminationActView):
    form_class = ReasonForm
    title = lazy("Withdraw a determination")
    why = lazy("For an entry made in error: the Board did not make it.")
    submit_label = lazy("Withdraw determination")

    def act(self, reason: str) -> tuple[str, str]:
        services.withdraw_determination(self.object, reason=reason, **self.signed)
        return self.done(_("The determination is withdrawn."))
