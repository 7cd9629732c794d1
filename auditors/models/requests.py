"""Requests for services of the auditor, their approvals, and what was presented (R-1c, R-1d)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.withheld import without_withheld
from auditors.enums import (
    ApprovingBody,
    Basis,
    Beneficiary,
    FeeBasis,
    Payer,
    RequestState,
)
from auditors.models.bases import (
    KNOWN_CURRENCY,
    RATE_HAS_ITS_DATE,
    Decided,
    InMoney,
    amount_field,
    money_or_none,
    rate_or_none,
)
from auditors.models.firms import Firm, Recipient
from auditors.models.policy import (
    Delegation,
    PolicyLine,
    earlier_by_line,
    names_by_line,
    users_by_line,
)
from auditors.permissions import EVERY_REQUEST
from auditors.rules.catalogue import SERVICES, Service
from auditors.rules.description import citation_for
from auditors.rules.money import Money, in_currency
from auditors.rules.policy import PolicyLine as LineRule
from auditors.rules.policy import Use
from committees.models import Director
from records.dates import long_day
from records.models import Document
from records.models.bases import ImmutableQuerySet, Recorded, Salted, Versioned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class ServiceRequestQuerySet(models.QuerySet["ServiceRequest"]):
    def visible_to(self, user: User | AnonymousUser) -> ServiceRequestQuerySet:
        """All of them for the committee's readers; management sees its own."""
        if not user.is_authenticated:
            return self.none()
        found = without_withheld(self, user)
        if user.roles_today & EVERY_REQUEST:
            return found
        return found.filter(asked_by=user) if Role.MANAGEMENT in user.roles_today else self.none()

    def open(self) -> ServiceRequestQuerySet:
        """Those that need a decision."""
        return self.filter(state=RequestState.ASKED)

    def to_describe(self) -> ServiceRequestQuerySet:
        """Tax and internal-control services that no paper of the auditor describes yet."""
        asking = [key for key, service in SERVICES.items() if citation_for(service)]
        found = self.filter(service__in=asking, descriptions=None)
        return found.filter(state__in=[RequestState.ASKED, RequestState.APPROVED])

    def with_terms(self) -> ServiceRequestQuerySet:
        return self.select_related("firm", "asked_by").prefetch_related("recipients", "approvals")


class ServiceRequest(Salted, InMoney, Versioned):
    """A service asked for: what, for whom, at what fee, from when. Its terms stay as asked."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="requests")
    service = models.CharField(
        _("service"), max_length=40, blank=True, help_text=_("Empty: not in the list.")
    )
    subject = models.CharField(_("which work, on what"), max_length=300)
    recipients = models.ManyToManyField(Recipient, related_name="+")
    payer = models.CharField(
        _("paid by"), max_length=20, choices=Payer.choices, default=Payer.COMPANY
    )
    beneficiary = models.CharField(
        _("done for"), max_length=20, choices=Beneficiary.choices, default=Beneficiary.COMPANY
    )
    concerns = models.ForeignKey(
        Director,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("director for whom it is done"),
    )
    fee_basis = models.CharField(
        _("fee basis"), max_length=20, choices=FeeBasis.choices, default=FeeBasis.FIXED
    )
    starts_on = models.DateField(_("work begins on"))
    conclusion = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed conclusion that the results will not be audited"),
    )
    not_begun_confirmed_on = models.DateField(
        _("auditor confirmed on that the work has not begun"), null=True, blank=True
    )
    state = models.CharField(
        _("state"), max_length=20, choices=RequestState.choices, default=RequestState.ASKED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    asked_at = models.DateTimeField(_("asked at"), editable=False)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects: ClassVar[ServiceRequestQuerySet] = ServiceRequestQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("subject", "reason")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("service request")
        verbose_name_plural = _("service requests")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RequestState.ASKED, decided_on=None, withdrawn_on=None)
                | Q(state=RequestState.APPROVED, decided_on__isnull=False, withdrawn_on=None)
                | (
                    Q(state=RequestState.DECLINED, decided_on__isnull=False, withdrawn_on=None)
                    & ~Q(reason="")
                )
                | (Q(state=RequestState.WITHDRAWN, withdrawn_on__isnull=False) & ~Q(reason="")),
                name="request_state_has_its_date_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(payer__in=Payer.values)
                & Q(beneficiary__in=Beneficiary.values)
                & Q(fee_basis__in=FeeBasis.values),
                name="request_words_are_known",
            ),
            models.CheckConstraint(
                condition=Q(beneficiary=Beneficiary.BOARD_ONLY, concerns__isnull=False)
                | Q(beneficiary=Beneficiary.COMPANY, concerns=None)
                | ~Q(beneficiary__in=[Beneficiary.BOARD_ONLY, Beneficiary.COMPANY]),
                name="request_names_the_director_it_is_done_for",
            ),
            models.CheckConstraint(
                condition=~Q(fee_basis=FeeBasis.CONTINGENT), name="request_fee_is_not_contingent"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="request_fee_is_above_zero"),
            models.CheckConstraint(condition=KNOWN_CURRENCY, name="request_has_a_currency"),
            models.CheckConstraint(condition=RATE_HAS_ITS_DATE, name="request_rate_has_its_date"),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("service_request", args=[self.pk])

    @property
    def listed_service(self) -> Service | None:
        return SERVICES.get(self.service)


class ApprovalQuerySet(ImmutableQuerySet["Approval"]):
    def live(self) -> ApprovalQuerySet:
        """Those whose request was not withdrawn: only these take room under a cap."""
        return self.exclude(request__state=RequestState.WITHDRAWN)

    def of_delegates(self) -> ApprovalQuerySet:
        """Approvals and waivers that a delegate gave."""
        return self.filter(delegate__isnull=False)

    def to_present(self) -> ApprovalQuerySet:
        """Decisions of delegates and uses of lines that no scheduled meeting was shown."""
        shown = Presentation.objects.filter(is_scheduled=True).values("approval")
        told = Q(delegate__isnull=False) | Q(basis=Basis.POLICY)
        return self.filter(told).exclude(pk__in=shown)

    def awaiting(self, day: date) -> ApprovalQuerySet:
        """Those that a scheduled meeting had not been shown by a date, though it was since. One
        given after the date awaits a meeting until it is shown at all."""
        by_then = Q(meeting_on__lte=day) | Q(approval__approved_on__gt=day)
        shown = Presentation.objects.filter(by_then, is_scheduled=True)
        return self.exclude(pk__in=shown.values("approval"))


class Approval(Decided, InMoney):
    """A service was approved: on a date, on a basis, up to a fee. It stands as it was given.

    One given late is a fact like any other.
    """

    may_gain = Decided.may_gain | {"others_told_on"}
    date_field = "approved_on"

    request = models.ForeignKey(ServiceRequest, models.PROTECT, related_name="approvals")
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices)
    approved_on = models.DateField(_("approved on"))
    body = models.CharField(
        _("approving body"),
        max_length=30,
        choices=ApprovingBody.choices,
        default=ApprovingBody.COMMITTEE,
    )
    line = models.ForeignKey(
        PolicyLine, models.PROTECT, null=True, blank=True, related_name="approvals"
    )
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, related_name="approvals"
    )
    delegate = models.ForeignKey(Director, models.PROTECT, null=True, blank=True, related_name="+")
    others_unavailable = models.BooleanField(
        _("the delegates named before were not available"), default=False
    )
    before_start = models.BooleanField(
        _("given before the work began, on the same date"), default=False
    )
    others_told_on = models.DateField(_("other members informed on"), null=True, blank=True)
    paid_in_year = amount_field(_("paid to the firm for the fiscal year, as stated"), optional=True)
    paid_currency = models.CharField(_("currency of what was paid"), max_length=3, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[ApprovalQuerySet] = ApprovalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-approved_on", "-pk"]
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [
            models.UniqueConstraint(fields=["request"], name="request_is_approved_once"),
            models.CheckConstraint(
                condition=Q(basis=Basis.POLICY, line__isnull=False, used_by__isnull=False)
                | (~Q(basis=Basis.POLICY) & Q(line=None, used_by=None)),
                name="policy_approval_names_its_line_and_user",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.DELEGATE, delegate__isnull=False, delegation__isnull=False)
                | Q(
                    basis=Basis.WAIVER,
                    delegate__isnull=False,
                    delegation__isnull=False,
                    decision=None,
                )
                | (~Q(basis=Basis.DELEGATE) & Q(delegate=None, delegation=None)),
                name="delegate_approval_names_its_delegate",
            ),
            models.CheckConstraint(
                condition=Q(decision=None)
                | Q(basis__in=[Basis.COMMITTEE, Basis.WAIVER], body=ApprovingBody.COMMITTEE),
                name="only_an_approval_of_the_committee_has_its_decision",
            ),
            models.CheckConstraint(
                condition=Q(others_told_on=None) | Q(delegate__isnull=False),
                name="members_are_told_of_a_delegate_approval_only",
            ),
            models.CheckConstraint(
                condition=(Q(basis=Basis.WAIVER, paid_in_year__isnull=False) & ~Q(paid_currency=""))
                | (~Q(basis=Basis.WAIVER) & Q(paid_in_year=None, paid_currency="")),
                name="waiver_states_what_was_paid",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=Basis.values) & Q(body__in=ApprovingBody.values),
                name="approval_words_are_known",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="approved_fee_is_above_zero"),
            models.CheckConstraint(condition=KNOWN_CURRENCY, name="approval_has_a_currency"),
            models.CheckConstraint(condition=RATE_HAS_ITS_DATE, name="approval_rate_has_its_date"),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {long_day(self.approved_on)}"

    @property
    def stated(self) -> Money | None:
        """All that was paid to the firm for the fiscal year, as stated with a waiver."""
        return money_or_none(self.paid_in_year, self.paid_currency)

    @property
    def is_delegated(self) -> bool:
        return self.delegate_id is not None

    @property
    def is_to_present(self) -> bool:
        """Whether the committee is informed of it at a scheduled meeting."""
        return self.is_delegated or self.basis == Basis.POLICY


class Presentation(Recorded):
    """The committee was shown an approval at a meeting. The decision stands whatever it said."""

    approval = models.ForeignKey(Approval, models.PROTECT, related_name="presentations")
    meeting_on = models.DateField(_("meeting on"))
    is_scheduled = models.BooleanField(_("scheduled meeting"), default=True)

    class Meta:
        ordering = ["meeting_on", "pk"]
        verbose_name = _("presentation of an approval")
        verbose_name_plural = _("presentations of approvals")
        constraints = [
            models.UniqueConstraint(
                fields=["approval", "meeting_on"], name="approval_is_presented_once_at_a_meeting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.approval_id}: {long_day(self.meeting_on)}"


def line_rules(lines: Sequence[PolicyLine]) -> list[LineRule]:
    """Lines as the law reads them, with whom they name and what was used of each: three queries,
    whose rows are read as they are. What was used of a line that one changed counts under it."""
    keys, earlier = [line.pk for line in lines], earlier_by_line(lines)
    currencies = {key: line.currency for line in lines for key in (line.pk, *earlier[line.pk])}
    uses = defaultdict(list)
    for key, use in _uses(currencies):
        uses[key].append(use)
    names, users = names_by_line(keys), users_by_line(keys)
    return [
        line.as_rule(
            names[line.pk],
            users[line.pk],
            [use for key in (line.pk, *earlier[line.pk]) for use in uses[key]],
        )
        for line in lines
    ]


def _uses(currencies: Mapping[int, str]) -> Iterator[tuple[int, Use]]:
    """The uses of lines by their keys, each with the key of its line, in the line's currency."""
    rows = Approval.objects.filter(line__in=currencies).order_by()
    names = ("line", "request__state", "approved_on", "amount", "currency", "rate", "rate_on")
    for key, state, on, amount, currency, rate, rate_on in rows.values_list(*names):
        exchange = rate_or_none(rate, rate_on)
        fee = in_currency(Money(amount, currency), currencies[key], exchange)
        yield key, Use(fee, on, is_withdrawn=state == RequestState.WITHDRAWN)
