"""The charter and its clauses, as of a day."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from charters.answers import Lapse, Link
from charters.enums import Standing
from charters.models import ClauseNote, Duty, Passage
from charters.permissions import may_record_completion
from charters.reports.charter import (
    address,
    charter_page,
    duty_line,
    evidence_entries,
    lapses_open_to,
    not_waiting,
    open_entries,
    taken_up_at,
    upcoming,
)
from charters.standing import Docket
from charters.values import ClauseStanding, DutyStanding, Practice
from charters.views.base import CharterPage, docket_of, has_committee, nothing_yet

# So many records of a clause are open at once.
NEWEST = 10


class TextPage(CharterPage):
    """The text is open to more people than where its duties stand; they read today's alone."""

    permission_required = "charters.view_charter"

    @cached_property
    def show_standing(self) -> bool:
        return self.user.has_perm("charters.view_standing")

    @property
    def is_dated(self) -> bool:
        return self.show_standing

    @cached_property
    def lapses(self) -> dict[int, Lapse]:
        """By duty: the condition about to lapse, as far as the person may know."""
        return lapses_open_to(self.user, self.docket, self.today) if self.show_standing else {}


class CharterView(TextPage, TemplateView):
    """The charter as it reads; beside each clause where it stands, for who may know."""

    template_name = "charters/charter.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reading = self.docket.reading()
        version = reading.version.pk if reading.version else None
        passages = Passage.objects.filter(version=version) if version else ()
        noted = ClauseNote.objects.filter(clause__version=version, withdrawn_at=None)
        return super().get_context_data(
            show_standing=self.show_standing,
            reading=charter_page(
                reading,
                list(passages),
                set(noted.values_list("clause_id", flat=True)),
                today=self.today,
                chosen=self.chosen(),
                lapses=self.lapses,
            ),
            actions=self.actions(),
            **kwargs,
        )

    def chosen(self) -> str:
        """The standing that is asked for; others are dimmed, which would tell where they stand."""
        chosen = self.request.GET.get("standing", "")
        return chosen if self.show_standing and chosen in Standing.values else ""

    def actions(self) -> list[Link]:
        actions = [Link(_("All versions"), reverse("charter_versions"))]
        if self.user.has_perm("charters.change_charter"):
            actions.append(Link(_("Import charter"), reverse("charter_import")))
            actions.append(Link(_("Choose responsibilities"), reverse("charter_duties")))
            actions.append(Link(_("Owners"), reverse("charter_owners")))
        return actions


def docket_of_clause(view: ClauseView) -> Docket:
    """Where the whole charter is not computed yet, the page of one clause does not compute it."""
    found = docket_of(view)
    hangs = Duty.clauses.through.objects.filter(
        clause__reference=view.kwargs["reference"], clause__version__committee=found.committee
    )
    return found.of_duties(lambda: hangs.values_list("duty_id", flat=True))


class ClauseView(TextPage, TemplateView):
    """One clause: its words, its duties, what proves them, what comes next."""

    template_name = "charters/clause_detail.html"

    docket = cached_property(docket_of_clause)

    @property
    def is_ready(self) -> bool:
        """Whether a charter was in effect on the date."""
        return has_committee(self) and self.docket.standings.version is not None

    def instead(self) -> HttpResponse:
        """The charter's page says when the first one took effect."""
        return redirect(self.keep(reverse("charter"))) if has_committee(self) else nothing_yet(self)

    def load(self) -> None:
        reference = self.kwargs["reference"]
        rows = self.docket.reading().clauses
        found = [n for n, row in enumerate(rows) if row.clause.reference == reference]
        if not found:
            raise Http404(_("The charter in effect on that date has no such clause."))
        self.row = rows[found[0]]
        self.before = rows[found[0] - 1] if found[0] else None
        self.after = rows[found[0] + 1] if found[0] + 1 < len(rows) else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, clause = self.row, self.row.clause
        return super().get_context_data(
            show_standing=self.show_standing,
            clause=clause,
            part=clause.section or str(self.docket.standings.version),
            charter_url=f"{self.keep(reverse('charter'))}#{clause.reference}",
            as_of=self.as_of,
            today=self.as_of == self.today,
            row=row,
            notes=ClauseNote.objects.filter(clause=clause.pk, withdrawn_at=None),
            duties=[
                *(
                    duty_line(duty, self.duty_actions(duty), self.lapses.get(duty.duty.pk))
                    for duty in row.by_weight
                ),
                *(duty_line(each, self.duty_actions(each)) for each in row.practices),
            ],
            **self.evidence(),
            next_steps=upcoming(row),
            primary=self.primary(),
            actions=self.actions(),
            previous=self.turn(self.before),
            following=self.turn(self.after),
            **kwargs,
        )

    def evidence(self) -> dict[str, Any]:
        """Of this fiscal year and the one before, the newest first and the rest folded; how much is
        from before that is on the pages of the duties."""
        calendar = self.docket.settings.calendar
        since = calendar.year_before(calendar.year_of(self.as_of)).first
        several = len(self.row.duties) > 1
        shown, waiting, earlier = [], [], 0
        for duty in self.row.duties:
            pieces, open_ones = self.docket.shown(duty.duty), self.docket.waiting(duty.duty)
            recent = (
                [piece for piece in pieces if piece.on >= since]
                if pieces
                else not_waiting(duty.evidence, open_ones)
            )
            earlier += max(0, len(pieces) - len(recent))
            shown += evidence_entries(recent, duty.duty.title if several else "")
            waiting += open_entries(open_ones, duty.duty.title if several else "")
        shown.sort(key=lambda entry: entry.on, reverse=True)
        return {
            "waiting": waiting,
            "evidence": shown[:NEWEST],
            "folded": shown[NEWEST:],
            "earlier": earlier,
            "since": since,
        }

    @cached_property
    def may_record_completion(self) -> bool:
        return may_record_completion(self.user, self.docket.committee, self.today)

    def duty_actions(self, row: DutyStanding | Practice) -> list[Link]:
        actions = [Link(_("Details and history"), row.duty.get_absolute_url())]
        if self.may_record_completion:
            actions.insert(
                0, Link(_("Record completion"), reverse("completion_add", args=[row.duty.pk]))
            )
        return actions

    def primary(self) -> Link | None:
        """Record the duty that asks most, unless it is kept."""
        leading = self.row.leading
        asks = {Standing.DUE, Standing.NOT_ON_FILE}
        if leading and leading.standing in asks and self.may_record_completion:
            waiting = self.docket.waiting(leading.duty)
            return taken_up_at(waiting, leading.duty) or Link(
                _("Record completion"), reverse("completion_add", args=[leading.duty.pk])
            )
        return None

    def actions(self) -> list[Link]:
        if not self.user.has_perm("charters.change_duty"):
            return []
        reference = self.row.clause.reference
        return [
            Link(_("Add responsibility"), reverse("duty_add", args=[reference])),
            Link(_("Add note"), reverse("clause_note", args=[reference])),
        ]

    def turn(self, row: ClauseStanding | None) -> dict[str, str] | None:
        if row is None:
            return None
        return {"reference": row.clause.reference, "url": self.keep(row.clause.get_absolute_url())}

    def keep(self, url: str) -> str:
        """Stay on the day that is read."""
        return url if self.as_of == self.today else address(url, as_of=self.as_of.isoformat())
