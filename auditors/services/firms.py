"""Firms and their engagements: appointed, agreed, paid, ended (R-1a, R-1b), and partners (R-1g)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from accounts.models import User
from auditors import documents
from auditors.enums import EngagementEnd, FirmRole, PartnerRole, RecipientKind
from auditors.models import (
    Engagement,
    EngagementFee,
    Firm,
    FirmAssertion,
    Partner,
    PartnerYear,
    Ratification,
    Recipient,
)
from auditors.services.checks import (
    checked,
    gain,
    refuse_ahead,
    refuse_blank,
    refuse_kind,
    refuse_no_year_end,
)
from charters.models import Decision
from charters.permissions import READERS
from records import ledger, texts
from records.acts import act
from records.clock import day_of
from records.facts import Fact, recorded
from records.ledger import Actor
from records.models import Document

FIRM_ADDED = ledger.action("firm.added", lazy("added the firm %(record)s"))
FIRM_CONTACTS_SET = ledger.action(
    "firm.contacts_set", lazy("changed who signs in for the firm %(record)s")
)
RECIPIENT_ADDED = ledger.action(
    "recipient.added", lazy("added the recipient of services %(record)s")
)
ENGAGEMENT_AGREED = ledger.action("engagement.agreed", lazy("recorded the appointment %(record)s"))
ENGAGEMENT_EVALUATED = ledger.action(
    "engagement.evaluated", lazy("recorded the evaluation of the auditor for %(record)s")
)
ENGAGEMENT_LETTER_AGREED = ledger.action(
    "engagement.letter_agreed", lazy("added the engagement letter of %(record)s")
)
ENGAGEMENT_FEE_SET = ledger.action("engagement.fee_set", lazy("recorded a fee of %(record)s"))
ENGAGEMENT_DATED = ledger.action("engagement.dated", lazy("added dates of the audit to %(record)s"))
ENGAGEMENT_ENDED = ledger.action("engagement.ended", lazy("recorded the end of %(record)s"))
ENGAGEMENT_VOTED_ON = ledger.action(
    "engagement.voted_on", lazy("recorded the ratification vote on %(record)s")
)
PARTNER_ADDED = ledger.action("partner.added", lazy("added the partner %(record)s"))
PARTNER_YEAR_RECORDED = ledger.action(
    "partner.year_recorded", lazy("recorded a year of the partner %(record)s")
)
FIRM_SIZE_STATED = ledger.action(
    "firm.size_stated", lazy("recorded what %(record)s stated of its size")
)


@act
def add_firm(
    *, name: str, by: Actor, at: datetime, auditor_since: int | None = None, since_basis: str = ""
) -> Firm:
    """Add a firm. *Auditor since* needs what it is counted from."""
    firm = Firm(
        name=refuse_blank("name", name),
        auditor_since=auditor_since,
        since_basis=since_basis.strip(),
    )
    checked(firm)
    ledger.record(FIRM_ADDED, subject=firm, by=by, at=at, **texts.digests(firm))
    return firm


@act
def set_contacts(firm: Firm, *, contacts: Sequence[User], by: Actor, at: datetime) -> Firm:
    """Say which people of the firm sign in. They see its engagements and papers, nothing else."""
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    for user in contacts:
        if user.roles(day_of(at)) & READERS or Role.EXTERNAL_AUDITOR not in user.roles(day_of(at)):
            raise ValidationError(
                {"contacts": _("Choose people who sign in as external auditors only.")}
            )
    firm.contacts.set(contacts)
    firm.move_on()
    people: list[Fact] = list(contacts)
    ledger.record(FIRM_CONTACTS_SET, subject=firm, by=by, at=at, contacts=people)
    return firm


@act
def add_recipient(*, name: str, kind: RecipientKind, by: Actor, at: datetime) -> Recipient:
    """Add somebody who receives services: a subsidiary, a plan, an affiliate."""
    recipient = Recipient(name=refuse_blank("name", name), kind=kind)
    checked(recipient)
    said = texts.digests(recipient)
    ledger.record(RECIPIENT_ADDED, subject=recipient, by=by, at=at, kind=kind, **said)
    return recipient


@act
def appoint(
    firm: Firm,
    *,
    role: FirmRole,
    year_ends_on: date,
    appointed_on: date,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
    scope: str = "",
) -> Engagement:
    """Record that the committee appointed a firm for a fiscal year. The fee is another act."""
    refuse_ahead("appointed_on", appointed_on, at)
    refuse_no_year_end("year_ends_on", year_ends_on)
    engagement = Engagement(
        firm=firm,
        role=role,
        year_ends_on=year_ends_on,
        appointed_on=appointed_on,
        scope=scope.strip(),
        decision=decision,
        **recorded(by, at),
    )
    checked(engagement)
    ledger.record(
        ENGAGEMENT_AGREED,
        subject=engagement,
        by=by,
        at=at,
        firm=firm,
        role=role,
        year_ends_on=year_ends_on,
        appointed_on=appointed_on,
        decision=decision,
    )
    return engagement


@act
def record_evaluation(
    engagement: Engagement, *, evaluated_on: date, by: Actor, at: datetime
) -> Engagement:
    """Add the date on which the committee evaluated the auditor for this appointment (R-1a)."""
    engagement = _locked(engagement)
    refuse_ahead("evaluated_on", evaluated_on, at)
    gain(engagement, evaluated_on=evaluated_on)
    ledger.record(ENGAGEMENT_EVALUATED, subject=engagement, by=by, at=at, evaluated_on=evaluated_on)
    return engagement


@act
def record_engagement_letter(
    engagement: Engagement,
    *,
    dated: date,
    by: Actor,
    at: datetime,
    document: Document | None = None,
) -> Engagement:
    """Add the engagement letter that the committee agreed (AS 1301.06)."""
    engagement = _locked(engagement)
    refuse_ahead("letter_dated", dated, at)
    refuse_kind("letter", document, documents.ENGAGEMENT)
    gained = {"letter_dated": dated} | ({"letter": document} if document else {})
    gain(engagement, **gained)
    ledger.record(
        ENGAGEMENT_LETTER_AGREED,
        subject=engagement,
        by=by,
        at=at,
        dated=dated,
        letter=engagement.letter,
    )
    return engagement


@act
def set_fee(
    engagement: Engagement,
    *,
    amount: Decimal,
    currency: str,
    approved_on: date,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
    note: str = "",
) -> EngagementFee:
    """Record the fee the committee set, or a change order it approved."""
    engagement = _locked(engagement)
    refuse_ahead("approved_on", approved_on, at)
    if engagement.fees.exclude(currency=currency).exists():
        raise ValidationError(
            {"currency": _("The fees of one engagement are set in one currency.")}
        )
    if not amount:
        raise ValidationError({"amount": _("Enter an amount.")})
    fee = EngagementFee(
        engagement=engagement,
        amount=amount,
        currency=currency,
        approved_on=approved_on,
        note=note.strip(),
        decision=decision,
        **recorded(by, at),
    )
    checked(fee)
    ledger.record(
        ENGAGEMENT_FEE_SET,
        subject=engagement,
        by=by,
        at=at,
        amount=amount,
        approved_on=approved_on,
        decision=decision,
    )
    return fee


@act
def record_audit_dates(
    engagement: Engagement,
    *,
    by: Actor,
    at: datetime,
    work_from: date | None = None,
    report_dated: date | None = None,
) -> Engagement:
    """Add when the audit work began, or the date of the auditor's report, once known."""
    engagement = _locked(engagement)
    known = {"work_from": work_from, "report_dated": report_dated}
    facts = {name: day for name, day in known.items() if day is not None}
    if not facts:
        raise ValidationError(_("Enter at least one date."))
    for name, day in facts.items():
        refuse_ahead(name, day, at)
    gain(engagement, **facts)
    ledger.record(ENGAGEMENT_DATED, subject=engagement, by=by, at=at, **facts)
    return engagement


@act
def end_engagement(
    engagement: Engagement, *, ended_on: date, how: EngagementEnd, by: Actor, at: datetime
) -> Engagement:
    """Record that an engagement ended, and how. The fact is recorded whoever ended it."""
    engagement = _locked(engagement)
    gain(engagement, ended_on=ended_on, ended_how=how)
    ledger.record(ENGAGEMENT_ENDED, subject=engagement, by=by, at=at, ended_on=ended_on, how=how)
    return engagement


@act
def record_ratification(
    engagement: Engagement,
    *,
    voted_on: date,
    votes_for: int,
    votes_against: int,
    votes_abstain: int,
    by: Actor,
    at: datetime,
) -> Ratification:
    """Record the stockholders' advisory vote. It ends nothing by itself."""
    refuse_ahead("voted_on", voted_on, at)
    votes = {
        "votes_for": votes_for,
        "votes_against": votes_against,
        "votes_abstain": votes_abstain,
    }
    ratification = Ratification(
        engagement=_locked(engagement), voted_on=voted_on, **votes, **recorded(by, at)
    )
    checked(ratification)
    ledger.record(ENGAGEMENT_VOTED_ON, subject=engagement, by=by, at=at, voted_on=voted_on, **votes)
    return ratification


@act
def add_partner(*, name: str, by: Actor, at: datetime) -> Partner:
    partner = Partner(name=refuse_blank("name", name))
    checked(partner)
    ledger.record(PARTNER_ADDED, subject=partner, by=by, at=at, **texts.digests(partner))
    return partner


@act
def record_partner_year(
    partner: Partner | str,
    engagement: Engagement,
    *,
    role: PartnerRole,
    stated_on: date,
    by: Actor,
    at: datetime,
    hours: Decimal | None = None,
    subsidiary_share: Decimal | None = None,
) -> PartnerYear:
    """Record a partner's role in an audit, as the firm stated it. A year too many is a fact.

    Somebody who is not on record yet is named.
    """
    if isinstance(partner, str):
        partner = add_partner(name=partner, by=by, at=at)
    refuse_ahead("stated_on", stated_on, at)
    year = PartnerYear(
        partner=partner,
        engagement=engagement,
        role=role,
        stated_on=stated_on,
        hours=hours,
        subsidiary_share=subsidiary_share,
        **recorded(by, at),
    )
    checked(year)
    ledger.record(
        PARTNER_YEAR_RECORDED,
        subject=partner,
        by=by,
        at=at,
        engagement=engagement,
        role=role,
        stated_on=stated_on,
    )
    return year


@act
def record_assertion(
    firm: Firm,
    *,
    stated_on: date,
    issuer_clients: int,
    partners: int,
    reviewed_on: date | None,
    by: Actor,
    at: datetime,
) -> FirmAssertion:
    """Keep what the firm stated of its size on a date."""
    refuse_ahead("stated_on", stated_on, at)
    assertion = FirmAssertion(
        firm=firm,
        stated_on=stated_on,
        issuer_clients=issuer_clients,
        partners=partners,
        reviewed_on=reviewed_on,
        **recorded(by, at),
    )
    checked(assertion)
    ledger.record(
        FIRM_SIZE_STATED,
        subject=firm,
        by=by,
        at=at,
        stated_on=stated_on,
        issuer_clients=issuer_clients,
        partners=partners,
        reviewed_on=reviewed_on,
    )
    return assertion


def _locked(engagement: Engagement) -> Engagement:
    return Engagement.objects.select_for_update().get(pk=engagement.pk)
