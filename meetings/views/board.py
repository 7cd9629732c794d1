"""What the committee told the Board and recommended, and the Board's answers."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, TemplateView

from charters.docket import AsOf, as_seen_by
from charters.enums import CommitteeKind
from charters.models import Committee
from charters.permissions import decisions_open_to
from charters.views.base import audit_committee, has_committee, nothing_yet
from meetings.forms.board import AnswerForm, RecommendationForm, ReportToBoardForm
from meetings.models import Meeting, Recommendation
from meetings.permissions import items_open_to, recommendations_open_to
from meetings.reports.board import (
    answer_words,
    recommendation_facts,
    recommendation_row,
    report_rows,
)
from meetings.services import board_reports as services
from records.confirm import ActView
from records.views.base import PageView


class BoardReportsView(PageView, TemplateView):
    """Every meeting with where its report is, and every recommendation with its answer."""

    permission_required = "meetings.view_meeting"
    is_ready = property(has_committee)
    committee: cached_property[Committee | None] = cached_property(audit_committee)
    instead = nothing_yet
    template_name = "meetings/board_reports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.committee is not None  # noqa: S101  (`is_ready` has seen to it)
        sees = as_seen_by(self.user, self.today)
        as_of = AsOf(self.committee, self.today, self.company, sees)
        recommended = recommendations_open_to(self.user).filter(meeting__body=self.committee)
        return super().get_context_data(
            reports=report_rows(as_of),
            recommendations=[recommendation_row(each) for each in recommended],
            may_change=self.user.has_perm("meetings.report_to_board"),
            **kwargs,
        )


class RecommendationView(PageView, DetailView):  # type: ignore[type-arg]
    permission_required = "meetings.view_meeting"
    template_name = "meetings/recommendation_detail.html"

    def get_queryset(self) -> QuerySet[Recommendation]:
        return recommendations_open_to(self.user).select_related(
            "meeting__body", "item", "decision__body"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        made = self.object
        is_open = decisions_open_to(self.user).filter(pk=made.decision_id).exists()
        may_answer = not made.answer and self.user.has_perm("meetings.report_to_board")
        return super().get_context_data(
            recommendation=made,
            facts=recommendation_facts(made, is_open),
            status=answer_words(made),
            may_answer=may_answer,
            **kwargs,
        )


def held_meetings(view: PageView) -> QuerySet[Meeting]:
    """Of the audit committee, the newest first."""
    held = Meeting.objects.held(view.today).filter(body__kind=CommitteeKind.AUDIT)
    return held.select_related("body").order_by("-on", "-pk")


class ReportToBoardView(ActView):
    permission_required = "meetings.report_to_board"
    is_ready = property(has_committee)
    committee: cached_property[Committee | None] = cached_property(audit_committee)
    instead = nothing_yet
    form_class = ReportToBoardForm
    title = lazy("Record report to the Board")
    why = lazy("Record that the committee reported on its meetings at a meeting of the Board.")
    submit_label = lazy("Record report")

    def get_form_kwargs(self) -> dict[str, Any]:
        board = Meeting.objects.held(self.today).filter(body__kind=CommitteeKind.BOARD)
        return super().get_form_kwargs() | {
            "meetings": held_meetings(self),
            "board_meetings": board.select_related("body").order_by("-on", "-pk"),
        }

    def get_initial(self) -> dict[str, Any]:
        """The meetings that no report is on record of."""
        return {"meetings": list(held_meetings(self).filter(board_reports=None))}

    def get_cancel_url(self) -> str:
        return reverse("board_reports")

    def act(self, **given: Any) -> tuple[str, str]:
        services.report_to_board(given.pop("meetings"), **given, **self.signed)
        return self.done(_("The report to the Board was recorded."))


class RecommendationAddView(ActView):
    permission_required = "meetings.report_to_board"
    is_ready = property(has_committee)
    committee: cached_property[Committee | None] = cached_property(audit_committee)
    instead = nothing_yet
    form_class = RecommendationForm
    title = lazy("Record recommendation")
    why = lazy("What the committee recommends to the Board. The Board’s answer is recorded later.")
    submit_label = lazy("Record recommendation")

    def get_form_kwargs(self) -> dict[str, Any]:
        meetings = held_meetings(self)
        items = items_open_to(self.user).standing().filter(meeting__in=meetings.order_by())
        return super().get_form_kwargs() | {
            "meetings": meetings,
            "items": items.select_related("meeting__body").order_by("-meeting__on", "place"),
        }

    def get_cancel_url(self) -> str:
        return reverse("board_reports")

    def act(self, **given: Any) -> tuple[str, str]:
        made = services.recommend(given.pop("meeting"), **given, **self.signed)
        return made.get_absolute_url(), _("The recommendation was recorded.")


class RecommendationAnswerView(ActView):
    permission_required = "meetings.report_to_board"
    form_class = AnswerForm
    title = lazy("Record the Board’s answer")
    submit_label = lazy("Record answer")

    def get_queryset(self) -> QuerySet[Recommendation]:
        return recommendations_open_to(self.user)

    def get_why(self) -> str:
        return str(self.object.text)

    def get_form_kwargs(self) -> dict[str, Any]:
        decisions = decisions_open_to(self.user).filter(
            body__kind=CommitteeKind.BOARD, decided_on__gte=self.object.made_on
        )
        return super().get_form_kwargs() | {"decisions": decisions.select_related("body")}

    def get_initial(self) -> dict[str, Any]:
        return {"answered_on": self.today}

    def get_cancel_url(self) -> str:
        return str(self.object.get_absolute_url())

    def act(self, **given: Any) -> tuple[str, str]:
        services.answer_recommendation(self.object, **given, **self.signed)
        return self.done(_("The Board’s answer was recorded."))
