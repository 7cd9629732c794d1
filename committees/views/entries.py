"""Entries about the committee that a later entry corrects or withdraws: its filings, its listing."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees import services
from committees.forms.facts import ReasonForm
from committees.forms.people import FilingForm, ListingForm
from committees.models import Filing, Listing
from committees.views.base import RegisterActView

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.utils.functional import Promise


@dataclass(frozen=True)
class Words:
    """What a page for an act says: its title, its button, and what was recorded."""

    title: Promise
    submit_label: Promise
    done: Promise


@dataclass(frozen=True, kw_only=True)
class EntryKind:
    """A kind of entry: its form, its three acts, and what people read."""

    model: Any
    form_class: Any
    why: Promise
    record: Callable[..., Any]
    correct: Callable[..., Any]
    withdraw: Callable[..., Any]
    to_record: Words
    to_correct: Words
    to_withdraw: Words

    @property
    def queryset(self) -> QuerySet[Any]:
        entries: QuerySet[Any] = self.model.objects.select_related("committee")
        return entries


# Filings that state a reliance on a cure period or a phase-in.
FILINGS = EntryKind(
    model=Filing,
    form_class=FilingForm,
    why=_(
        "An annual report or proxy statement states that the company relies on the cure period of "
        "a member who lost independence, or on the phase-in of independence (Exchange Act Rule "
        "10A-3(d))."
    ),
    record=services.record_filing,
    correct=services.correct_filing,
    withdraw=services.withdraw_filing,
    to_record=Words(_("Record a filing"), _("Record filing"), _("The filing is recorded.")),
    to_correct=Words(
        _("Correct the filing"), _("Record correction"), _("The correction is recorded.")
    ),
    to_withdraw=Words(
        _("Withdraw the filing"), _("Withdraw filing"), _("The filing is withdrawn.")
    ),
)
# The initial public offering, from which the phase-in of a new listing is counted.
LISTINGS = EntryKind(
    model=Listing,
    form_class=ListingForm,
    why=_(
        "A newly listed company reaches three members, all of them independent, in steps (Nasdaq "
        "5615(b)(1))."
    ),
    record=services.record_listing,
    correct=services.correct_listing,
    withdraw=services.withdraw_listing,
    to_record=Words(
        _("Record an initial public offering"),
        _("Record offering"),
        _("The initial public offering is recorded."),
    ),
    to_correct=Words(
        _("Correct the initial public offering"),
        _("Record correction"),
        _("The correction is recorded."),
    ),
    to_withdraw=Words(
        _("Withdraw the initial public offering"),
        _("Withdraw offering"),
        _("The initial public offering is withdrawn."),
    ),
)


class EntryRecordView(RegisterActView):
    permission_required = "committees.change_committee"
    kind = FILINGS
    form_class: Any = property(attrgetter("kind.form_class"))
    title: Any = property(attrgetter("kind.to_record.title"))
    why: Any = property(attrgetter("kind.why"))
    submit_label: Any = property(attrgetter("kind.to_record.submit_label"))

    def get_cancel_url(self) -> str:
        return reverse("committee")

    def act(self, **given: Any) -> tuple[str, str]:
        self.kind.record(self.the_committee, **given, **self.signed)
        return self.done(str(self.kind.to_record.done))


class EntryCorrectView(RegisterActView):
    permission_required = "committees.change_committee"
    changes_object = False
    kind = FILINGS
    queryset: Any = property(attrgetter("kind.queryset"))
    form_class: Any = property(attrgetter("kind.form_class"))
    title: Any = property(attrgetter("kind.to_correct.title"))
    why = _("The first entry stays on record. This one replaces it.")
    submit_label: Any = property(attrgetter("kind.to_correct.submit_label"))

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in self.kind.form_class.base_fields}

    def act(self, **given: Any) -> tuple[str, str]:
        later = self.kind.model(committee_id=self.object.committee_id, **given)
        self.kind.correct(self.object, later, **self.signed)
        return self.done(str(self.kind.to_correct.done))


class EntryWithdrawView(RegisterActView):
    permission_required = "committees.change_committee"
    changes_object = False
    kind = FILINGS
    queryset: Any = property(attrgetter("kind.queryset"))
    form_class: Any = ReasonForm
    title: Any = property(attrgetter("kind.to_withdraw.title"))
    why = _("For an entry made in error. It stays on record and no longer counts.")
    submit_label: Any = property(attrgetter("kind.to_withdraw.submit_label"))

    def act(self, reason: str) -> tuple[str, str]:
        self.kind.withdraw(self.object, reason=reason, **self.signed)
        return self.done(str(self.kind.to_withdraw.done))
