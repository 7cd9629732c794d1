"""Requests for services: asked, declined, withdrawn. Management asks and never approves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from accounts.models import User
from auditors import documents
from auditors.enums import (
    Beneficiary,
    FeeBasis,
    Payer,
    RequestState,
    Route,
)
from auditors.models import (
    FeeLine,
    Firm,
    Recipient,
    ServiceRequest,
)
from auditors.rules.catalogue import SERVICES
from auditors.rules.delegation import Delegate
from auditors.rules.money import Money, Rate
from auditors.rules.preapproval import Ruling, rule
from auditors.rules.requests import may_step
from auditors.rulings import Draft, as_request, reporting_currency, ruling, setting
from auditors.services.checks import (
    checked,
    objection_to_director,
    refuse,
    refuse_ahead,
    refuse_blank,
    refuse_kind,
)
from committees.models import Director
from records import ledger
from records.acts import act
from records.clock import day_of
from records.ledger import Action, Actor
from records.models import Document

REQUEST_ASKED = ledger.action("request.asked", lazy("asked for the service %(record)s"))
REQUEST_DECLINED = ledger.action("request.declined", lazy("declined %(record)s"))
REQUEST_WITHDRAWN = ledger.action("request.withdrawn", lazy("withdrew %(record)s"))


@act
def ask(
    firm: Firm,
    *,
    service: str,
    subject: str,
    recipients: Sequence[Recipient],
    fee: Money,
    starts_on: date,
    by: Actor,
    at: datetime,
    rate: Rate | None = None,
    fee_basis: FeeBasis = FeeBasis.FIXED,
    payer: Payer = Payer.COMPANY,
    beneficiary: Beneficiary = Beneficiary.COMPANY,
    concerns: Director | None = None,
    conclusion: Document | None = None,
    not_begun_confirmed_on: date | None = None,
) -> ServiceRequest:
    """Ask for a service. What the auditor may not provide is refused, with why; nothing is kept."""
    if service and service not in SERVICES:
        raise ValidationError({"service": _("Choose a service from the list, or none.")})
    if not recipients:
        raise ValidationError({"recipients": _("Name at least one recipient.")})
    if objection := objection_to_director(beneficiary, concerns):
        raise ValidationError({"concerns": objection})
    refuse_kind("conclusion", conclusion, documents.REQUEST)
    refuse_ahead("not_begun_confirmed_on", not_begun_confirmed_on, at)
    request = ServiceRequest(
        firm=firm,
        service=service,
        subject=refuse_blank("subject", subject),
        amount=fee.amount,
        currency=fee.currency,
        rate=rate.value if rate else None,
        rate_on=rate.on if rate else None,
        fee_basis=fee_basis,
        payer=payer,
        beneficiary=beneficiary,
        concerns=concerns,
        starts_on=starts_on,
        conclusion=conclusion,
        not_begun_confirmed_on=not_begun_confirmed_on,
        asked_by=ledger.person(by),
        asked_at=at,
    )
    found = ruling(draft_of(request, recipients), on=day_of(at))
    refuse(found.bars)
    checked(request)
    request.recipients.set(recipients)
    ledger.record(
        REQUEST_ASKED,
        subject=request,
        by=by,
        at=at,
        firm=firm,
        work=ledger.digest(request.subject, request.salt),
        amount=fee.amount,
        starts_on=starts_on,
        beneficiary=beneficiary,
        concerns=concerns,
        conclusion=conclusion,
        open_routes=list(found.open_routes),
    )
    return request


def rule_on(request: ServiceRequest, *, on: date, user: User | None = None) -> Ruling:
    """The ruling on a request as of a date; a request that took room under a line is no longer
    asked for."""
    return ruling(draft_of(request, list(request.recipients.all())), on=on, user=user)


def delegates_for(
    requests: QuerySet[ServiceRequest], *, on: date
) -> Iterator[tuple[ServiceRequest, tuple[Delegate, ...]]]:
    """Who may decide on each request as a delegate, in their order: the delegation is read once.

    Without a delegation nobody may, and no request is read.
    """
    currency = reporting_currency()
    records = setting(on, "", since=on, currency=currency)
    if records.delegation is None:
        return
    for row in requests.prefetch_related("recipients"):
        asked = as_request(draft_of(row, list(row.recipients.all())), currency)
        yield row, rule(asked, records, on=on).route(Route.DELEGATE).delegates


def draft_of(request: ServiceRequest, recipients: Sequence[Recipient]) -> Draft:
    """The terms of a request as a draft, to be ruled on."""
    return Draft(
        service=request.service,
        fee=request.money,
        rate=request.exchange,
        starts_on=request.starts_on,
        recipients=recipients,
        fee_basis=FeeBasis(request.fee_basis),
        beneficiary=Beneficiary(request.beneficiary),
        conclusion_on_file=request.conclusion_id is not None,
        confirmed_not_begun=request.not_begun_confirmed_on is not None,
        asked_by=request.asked_by_id,
        concerns=request.concerns_id,
    )


@act
def decline(
    request: ServiceRequest, *, decided_on: date, reason: str, by: Actor, at: datetime
) -> ServiceRequest:
    """Decline a request, with the reason."""
    request = locked(request, RequestState.DECLINED)
    refuse_ahead("decided_on", decided_on, at)
    request.decided_on, request.reason = decided_on, refuse_blank("reason", reason)
    return _stepped(request, RequestState.DECLINED, REQUEST_DECLINED, by, at, on=decided_on)


WITHDRAWN_BY = lazy(
    "The person who asked withdraws a request until it is approved or its work was to begin. After "
    "that, a corporate secretary who is not in management does."
)


def may_withdraw(user: User, request: ServiceRequest, on: date) -> bool:
    """Who asked, while nothing was approved and no work was to have begun; else the secretary."""
    roles = user.roles(on)
    if Role.SECRETARY in roles and Role.MANAGEMENT not in roles:
        return True
    is_settled = request.state == RequestState.APPROVED or request.starts_on < on
    return not is_settled and (Role.SECRETARY in roles or request.asked_by_id == user.pk)


@act
def withdraw(
    request: ServiceRequest, *, withdrawn_on: date, reason: str, by: Actor, at: datetime
) -> ServiceRequest:
    """Withdraw a request, approved or not. What it used of a line is free again, so a service for
    which a fee is on record is not withdrawn.

    Once it is approved, or the date on which its work was to begin has passed, only the secretary
    withdraws it."""
    request = locked(request, RequestState.WITHDRAWN)
    if isinstance(by, User) and not may_withdraw(by, request, day_of(at)):
        raise ValidationError(WITHDRAWN_BY)
    if withdrawn_on < day_of(request.asked_at):
        raise ValidationError({"withdrawn_on": _("The request was asked for after this date.")})
    if FeeLine.objects.current().filter(approval__request=request).exists():
        raise ValidationError(
            _(
                "A fee for this service is on record, so it cannot be withdrawn. If the fee was "
                "entered in error, withdraw the fee first."
            )
        )
    refuse_ahead("withdrawn_on", withdrawn_on, at)
    request.withdrawn_on, request.reason = withdrawn_on, refuse_blank("reason", reason)
    return _stepped(request, RequestState.WITHDRAWN, REQUEST_WITHDRAWN, by, at, on=withdrawn_on)


def locked(request: ServiceRequest, to: RequestState) -> ServiceRequest:
    """The request under a lock; refused where the table of states holds no such step."""
    request = ServiceRequest.objects.select_for_update().get(pk=request.pk)
    state = RequestState(request.state)
    if not may_step(state, to):
        raise ValidationError(
            _("This request is already marked as %(state)s.") % {"state": state.label.lower()}
        )
    return request


def _stepped(
    request: ServiceRequest, to: RequestState, action: Action, by: Actor, at: datetime, *, on: date
) -> ServiceRequest:
    request.state = to
    request.save(update_fields=["state", "decided_on", "withdrawn_on", "reason"])
    ledger.record(
        action,
        subject=request,
        by=by,
        at=at,
        on=on,
        reason=ledger.digest(request.reason, request.salt),
    )
    return request
