"""The yearly charter review and evaluation, what came of them, and the posting of the charter."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, TemplateView

from charters.enums import CommitteeKind
from charters.permissions import possible_owners
from charters.reports.actions import action_row
from charters.reports.duty import Definition
from charters.services import actions
from charters.views.actions import actions_open_to
from charters.views.completions import upload_of
from committees import sentences, services
from committees.enums import ReviewKind
from committees.forms.determinations import DecisionForm
from committees.forms.facts import ReasonForm
from committees.forms.registers import FollowUpForm, PostingForm, ReviewForm
from committees.models import Posting, Review
from committees.reports import registers as reports
from committees.reports.independence import file_of
from committees.views.base import (
    RegisterActView,
    RegisterPage,
    linked,
    status_of,
    years_offered,
)
from records import clock
from records.dates import long_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet


class ReviewsView(RegisterPage, TemplateView):
    """Fiscal year by fiscal year: the charter review and the evaluation; and the postings."""

    template_name = "committees/reviews.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.company  # noqa: S101  (dispatch has seen to it)
        page = reports.reviews_page(self.the_committee, self.company, self.today)
        return super().get_context_data(page=page, may_change=self.may_change, **kwargs)


class ReviewView(RegisterPage, DetailView):  # type: ignore[type-arg]
    """One review, with the actions that came out of it."""

    template_name = "committees/review.html"

    def get_queryset(self) -> QuerySet[Review]:
        return reviews_of(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        review = self.object
        urls = [entry.get_absolute_url() for entry in (review, *review.earlier())]
        found = actions_open_to(self.user).filter(source_url__in=urls)
        return super().get_context_data(
            review=review,
            definitions=[one for one in self.definitions() if one.text],
            file=file_of(review.document),
            actions=[action_row(action, self.today) for action in found],
            may_change=self.may_change and review.stands,
            **kwargs,
        )

    def definitions(self) -> Iterator[Definition]:
        review = self.object
        yield Definition(_("Result"), sentences.of_review(review))
        yield Definition(_("Held on"), long_day(review.held_on))
        yield Definition(_("For the fiscal year ending"), long_day(review.serves))
        yield Definition(_("Note"), review.note)
        if review.decision:
            yield linked(review.decision, self.user)
        yield from status_of(review)
        yield Definition(_("Recorded by"), str(review.recorded_by or _("a command")))
        day = clock.day_of(review.recorded_at, self.company)
        yield Definition(_("Recorded on"), long_day(day))


def reviews_of(view: Any) -> QuerySet[Review]:
    rows = Review.objects.open_to_readers(view.user)
    return rows.select_related("document", "decision__body", "recorded_by", "correction")


def asked_of(kind: ReviewKind, view: RegisterActView, earliest: date) -> dict[str, Any]:
    """What the form of a review needs; the fiscal year of `earliest` is offered with the last ones."""
    assert view.company  # noqa: S101  (dispatch has seen to it)
    calendar = view.company.calendar
    periods = years_offered(calendar, view.today)
    while periods[-1].first > earliest:
        periods.append(calendar.year_before(periods[-1]))
    return {"kind": kind, "periods": periods}


class ReviewAddView(RegisterActView):
    form_class: Any = ReviewForm
    submit_label = lazy("Record review")

    @cached_property
    def kind(self) -> ReviewKind:
        return ReviewKind(self.kwargs["kind"])

    def get_title(self) -> str:
        return str(self.kind.label)

    def get_why(self) -> str:
        if self.kind is ReviewKind.EVALUATION:
            return _("The committee discussed its own performance. No ballots, no scores.")
        return _("The committee reviewed whether its charter is still adequate.")

    def get_initial(self) -> dict[str, Any]:
        assert self.company  # noqa: S101  (dispatch has seen to it)
        held = Review.objects.standing().of_kind(self.kind).filter(committee=self.the_committee)
        year = reports.year_to_serve(held, self.company.calendar, self.today)
        return {"held_on": self.today, "serves": year.last.isoformat()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | asked_of(self.kind, self, self.today)

    def get_cancel_url(self) -> str:
        return reverse("reviews")

    def act(self, document: Any = None, **given: Any) -> tuple[str, str]:
        review = services.record_review(
            self.the_committee, self.kind, upload=upload_of(document), **given, **self.signed
        )
        return review.get_absolute_url(), _("The review is recorded.")


class ReviewCorrectView(RegisterActView):
    form_class: Any = ReviewForm
    changes_object = False
    get_queryset = reviews_of
    title = lazy("Correct a review")
    why = lazy("The first entry stays on record. This one replaces it.")
    submit_label = lazy("Record correction")

    @property
    def kind(self) -> ReviewKind:
        return ReviewKind(self.object.kind)

    def get_initial(self) -> dict[str, Any]:
        review = self.object
        return {
            "held_on": review.held_on,
            "serves": review.serves.isoformat(),
            "conclusion": review.conclusion,
            "note": review.note,
            "decision": review.decision_id,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | asked_of(self.kind, self, self.object.serves)

    def act(self, document: Any = None, **given: Any) -> tuple[str, str]:
        later = Review(committee=self.the_committee, kind=self.kind, **given)
        made = services.correct_review(
            self.object, later, upload=upload_of(document), **self.signed
        )
        return made.get_absolute_url(), _("The correction is recorded.")


class ReviewWithdrawView(RegisterActView):
    changes_object = False
    get_queryset = reviews_of
    form_class = ReasonForm
    title = lazy("Withdraw a review")
    why = lazy("For an entry made in error. It stays on record and no longer counts.")
    submit_label = lazy("Withdraw review")

    def act(self, reason: str) -> tuple[str, str]:
        services.withdraw_review(self.object, reason=reason, **self.signed)
        return self.done(_("The review is withdrawn."))


class ReviewCompleteView(RegisterActView):
    changes_object = False
    get_queryset = reviews_of
    form_class: Any = DecisionForm
    title = lazy("Add the committee’s decision")
    why = lazy("For example its recommendation to the Board, of the same date.")
    submit_label = lazy("Add decision")

    def get_form_kwargs(self) -> dict[str, Any]:
        on = self.object.held_on
        return super().get_form_kwargs() | {"kind": CommitteeKind.AUDIT, "on": on}

    def act(self, decision: Any) -> tuple[str, str]:
        services.complete_review(self.object, decision, **self.signed)
        return self.done(_("The decision is added."))


class ReviewActionView(RegisterActView):
    changes_object = False
    get_queryset = reviews_of
    form_class: Any = FollowUpForm
    title = lazy("Add an action")
    why = lazy("What came out of the review, who owes it, and by when. The owner is reminded.")
    submit_label = lazy("Add action")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"owners": possible_owners(self.today)}

    def act(self, **given: Any) -> tuple[str, str]:
        words = {"what": self.object.get_kind_display(), "day": long_day(self.object.held_on)}
        actions.add_action(
            self.the_committee,
            agreed_on=self.object.held_on,
            source=_("%(what)s, %(day)s") % words,
            source_url=self.object.get_absolute_url(),
            **given,
            **self.signed,
        )
        return self.done(_("The action was added."))


class PostingAddView(RegisterActView):
    form_class = PostingForm
    title = lazy("Record the posting of the charter")
    why = lazy(
        "The proxy statement gives the website’s address, or the charter is appended to it "
        "(Item 407, Instruction 2)."
    )
    submit_label = lazy("Record posting")

    def get_initial(self) -> dict[str, Any]:
        last = Posting.objects.standing().filter(committee=self.the_committee).last()
        stored = {"how": last.how, "address": last.address} if last else {}
        return {"posted_on": self.today} | stored

    def get_cancel_url(self) -> str:
        return reverse("reviews")

    def act(self, **given: Any) -> tuple[str, str]:
        services.record_posting(self.the_committee, **given, **self.signed)
        return self.done(_("The posting is recorded."))


class PostingWithdrawView(RegisterActView):
    changes_object = False
    form_class = ReasonForm
    title = lazy("Withdraw a posting")
    why = lazy("For an entry made in error. It stays on record and no longer counts.")
    submit_label = lazy("Withdraw posting")

    def get_queryset(self) -> QuerySet[Posting]:
        return Posting.objects.open_to_readers(self.user)

    def act(self, reason: str) -> tuple[str, str]:
        services.withdraw_posting(self.object, reason=reason, **self.signed)
        return self.done(_("The posting is withdrawn."))
