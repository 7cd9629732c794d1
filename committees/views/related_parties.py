"""Transactions with related persons: logged, and reviewed by the committee (P-b)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, TemplateView

from accounts.withheld import without_withheld
from charters.docket import AsOf
from charters.reports.duty import Definition
from charters.views.completions import upload_of
from committees import sentences, services
from committees.forms.facts import ReasonForm
from committees.forms.registers import AssetsForm, TransactionForm, TransactionReviewForm
from committees.models import RelatedPartyTransaction, TransactionReview
from committees.reports import registers as reports
from committees.services.related_parties import FIELDS
from committees.thresholds import threshold_on
from committees.views.base import RegisterActView, RegisterPage, years_offered
from records.dates import long_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet


def transactions_of(view: Any) -> QuerySet[RelatedPartyTransaction]:
    return RelatedPartyTransaction.objects.visible_to(view.user).with_reviews()


class TransactionsView(RegisterPage, TemplateView):
    """Every transaction on record, the latest first, with the threshold."""

    template_name = "committees/transactions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        limit = threshold_on(AsOf(self.the_committee, self.today, self.company))
        rows = transactions_of(self).filter(committee=self.the_committee)
        return super().get_context_data(
            rows=reports.transaction_lines(rows.order_by("-known_on", "-pk"), limit, self.today),
            threshold=sentences.of_threshold(limit),
            may_change=self.may_change,
            **kwargs,
        )


class TransactionView(RegisterPage, DetailView):  # type: ignore[type-arg]
    """One transaction with its reviews."""

    template_name = "committees/transaction.html"

    def get_queryset(self) -> QuerySet[RelatedPartyTransaction]:
        return transactions_of(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        limit = threshold_on(AsOf(self.the_committee, self.today, self.company))
        reviews = self.object.reviews.standing().select_related("document", "decision__body")
        return super().get_context_data(
            transaction=self.object,
            definitions=[one for one in self.definitions() if one.text],
            open_points=reports.open_sentences(self.object, limit, self.today),
            reviews=reports.review_entries(reviews, self.user, may_change=self.may_change),
            may_change=self.may_change,
            **kwargs,
        )

    def definitions(self) -> Iterator[Definition]:
        made: RelatedPartyTransaction = self.object
        yield Definition(_("Related as"), made.get_basis_display())
        yield Definition(_("Terms"), made.terms)
        yield Definition(_("Amount"), sentences.money(made.amount, made.currency))
        yield Definition(_("Known since"), long_day(made.known_on))
        yield Definition(
            _("Contract signed on"), long_day(made.signed_on) if made.signed_on else ""
        )


class TransactionAddView(RegisterActView):
    form_class = TransactionForm
    title = lazy("Log a related-party transaction")
    why = lazy("Each is logged, whatever its amount. The committee reviews it (Nasdaq 5630).")
    submit_label = lazy("Log transaction")

    def get_initial(self) -> dict[str, Any]:
        return {"known_on": self.today}

    def get_cancel_url(self) -> str:
        return reverse("transactions")

    def act(self, **given: Any) -> tuple[str, str]:
        made = services.log_transaction(self.the_committee, **given, **self.signed)
        return made.get_absolute_url(), _("The transaction is logged.")


class TransactionChangeView(RegisterActView):
    get_queryset = transactions_of
    form_class = TransactionForm
    title = lazy("Correct a transaction")
    why = lazy("Or record that its contract was signed, or that its amount has grown.")
    submit_label = lazy("Save changes")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in FIELDS}

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_transaction(self.object, **given, **self.signed)
        return self.done(_("The changes were saved."))


class TransactionReviewView(RegisterActView):
    get_queryset = transactions_of
    changes_object = False
    form_class: Any = TransactionReviewForm
    title = lazy("Record the committee’s review")
    why = lazy("Record the committee’s review of the transaction for conflicts of interest.")
    submit_label = lazy("Record review")

    def get_initial(self) -> dict[str, Any]:
        return {"reviewed_on": self.today}

    def act(self, document: Any = None, **given: Any) -> tuple[str, str]:
        services.review_transaction(self.object, upload=upload_of(document), **given, **self.signed)
        return self.done(_("The review is recorded."))


class TransactionReviewWithdrawView(RegisterActView):
    changes_object = False
    form_class = ReasonForm
    title = lazy("Withdraw a review")
    why = lazy("For an entry made in error. It stays on record and no longer counts.")
    submit_label = lazy("Withdraw review")
    object: TransactionReview

    def get_queryset(self) -> QuerySet[TransactionReview]:
        rows = TransactionReview.objects.open_to_readers(self.user)
        return without_withheld(rows, self.user, "transaction").select_related("transaction")

    def get_cancel_url(self) -> str:
        return self.object.transaction.get_absolute_url()

    def act(self, reason: str) -> tuple[str, str]:
        services.withdraw_transaction_review(self.object, reason=reason, **self.signed)
        return self.done(_("The review is withdrawn."))


class TotalAssetsView(RegisterActView):
    form_class: Any = AssetsForm
    title = lazy("Record total assets")
    why = lazy(
        "A smaller reporting company compares with 1% of the average of the last two year-ends "
        "(Item 404(d)(1) of Regulation S-K)."
    )
    submit_label = lazy("Record total assets")

    def get_form_kwargs(self) -> dict[str, Any]:
        assert self.company  # noqa: S101  (dispatch has seen to it)
        periods = years_offered(self.company.calendar, self.today)[1:]
        return super().get_form_kwargs() | {"periods": periods}

    def get_cancel_url(self) -> str:
        return reverse("transactions")

    def act(self, **given: Any) -> tuple[str, str]:
        made = services.record_total_assets(self.the_committee, **given, **self.signed)
        return self.done(_("Recorded: %(what)s.") % {"what": capfirst(str(made))})
