"""Who decides in the committee's place: named, in office, in order, and not in their own matter."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from auditors.models import Delegation, ServiceRequest
from auditors.rules.delegation import Delegate as DelegateRule
from auditors.rules.delegation import Delegation as DelegationRule
from auditors.rules.delegation import conflict, objections_to_delegation
from auditors.rules.preapproval import waiver_by_delegate
from auditors.rules.reasons import Reason
from auditors.rulings import as_delegation, loaded, reporting_currency
from auditors.services.checks import refuse
from auditors.services.requests import draft_of
from committees.models import Director
from records.clock import day_of
from records.ledger import Actor


def locked_delegation(on: date) -> Delegation:
    """The delegation in force, under a lock: two decisions at once keep its total."""
    found = Delegation.objects.in_force(on)
    if found is None:
        raise ValidationError(_("The committee has no delegation in effect on this date."))
    return Delegation.objects.select_for_update().get(pk=found.pk)


def refuse_proxy(director: Director, by: Actor, at: datetime) -> None:
    """Nobody decides in a delegate's name; the secretary records what the delegate decided."""
    if isinstance(by, User) and by != director.user and Role.SECRETARY not in by.roles(day_of(at)):
        raise ValidationError(_("Only the delegate approves, or the secretary records it."))


def own_matter(delegate: DelegateRule, request: ServiceRequest) -> Reason | None:
    """Why a delegate does not decide on a request: their own, or a service done for them."""
    return conflict(
        delegate,
        asked_by=str(request.asked_by_id or ""),
        concerns=str(request.concerns_id or ""),
    )


def who_may_decide(request: ServiceRequest, *, on: date) -> set[int]:
    """The keys of the directors whose decision on a request may be recorded on a date: delegates in
    office on some date since it was asked for or the work began, in no matter of their own."""
    first = min(day_of(request.asked_at), request.starts_on, on)
    adopted = Delegation.objects.filter(adopted_on__range=(first, on))
    days = {first, on, *adopted.values_list("adopted_on", flat=True)}
    in_force = {day: Delegation.objects.in_force(day) for day in days}
    currency = reporting_currency()
    return {
        int(each.key)
        for day, delegation in in_force.items()
        if delegation is not None
        for each in as_delegation(delegation, day, currency).in_office
        if own_matter(each, request) is None
    }


def refuse_other_delegate(
    delegation: Delegation,
    director: Director,
    request: ServiceRequest,
    on: date,
    *,
    others_unavailable: bool,
) -> None:
    """The delegate is named, is a current member, decides on no matter of their own, and is the
    first of those who may decide unless the others were not available."""
    named = as_delegation(delegation, on, reporting_currency())
    chosen = next((each for each in named.delegates if each.key == str(director.pk)), None)
    if chosen is None:
        raise ValidationError({"delegate": _("The delegation does not name this director.")})
    refuse(objections_to_delegation(DelegationRule((chosen,))), "delegate")
    own = own_matter(chosen, request)
    refuse([own] if own else (), "delegate")
    deciding = [each for each in named.in_office if own_matter(each, request) is None]
    if not named.any_order and not others_unavailable and chosen != deciding[0]:
        raise ValidationError(
            {
                "others_unavailable": _(
                    "Confirm that the delegates named before were not available, or ask them."
                )
            }
        )


def refuse_waiver_by(
    director: Director,
    request: ServiceRequest,
    on: date,
    *,
    by: Actor,
    at: datetime,
    others_unavailable: bool,
) -> Delegation:
    """The delegation under which a delegate gives a de minimis waiver, within its limits and what
    the policy leaves to delegates."""
    refuse_proxy(director, by, at)
    delegation = locked_delegation(on)
    asked, records = loaded(draft_of(request, list(request.recipients.all())), on=on)
    route = waiver_by_delegate(asked, records, on=on)
    if not route.is_open:
        refuse(route.reasons, "delegate")
    refuse_other_delegate(delegation, director, request, on, others_unavailable=others_unavailable)
    return delegation
