"""Written consents, as rows of the list and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from charters.registry import members_of
from charters.reports.duty import Definition
from charters.reports.voting import consent_words
from charters.rules.consents import ConsentReason, ConsentRuling, ConsentState
from charters.sentences import period_name
from committees.models import Membership
from meetings.enums import ConsentStatus, HowSigned, Stopped
from meetings.models import ConsentRefusal, ConsentSignature, WrittenConsent
from meetings.reports.words import capital
from meetings.rulings import ruling_on
from records.clock import day_of
from records.dates import long_day
from records.models import Company


@dataclass(frozen=True)
class ConsentRow:
    """A consent as a line of the list."""

    title: str
    url: str
    body: str
    status: str
    on: date | None


@dataclass(frozen=True)
class Signer:
    """A member who is asked, and what came of it."""

    name: str
    words: str
    note: str = ""
    paper: dict[str, Any] | None = None


@dataclass(frozen=True)
class ConsentPage:
    """Everything the page of one consent shows."""

    status: str
    definitions: tuple[Definition, ...]
    paragraphs: tuple[str, ...]
    signers: tuple[Signer, ...]
    attachments: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...] = ()
    refusals: tuple[Definition, ...] = ()
    ruling: ConsentRuling | None = field(default=None, compare=False)


def consent_row(consent: WrittenConsent, company: Company) -> ConsentRow:
    return ConsentRow(
        title=consent.title,
        url=consent.get_absolute_url(),
        body=str(consent.body),
        status=status_words(consent, company),
        on=consent.effective_on or (day_of(consent.sent_at, company) if consent.sent_at else None),
    )


def status_words(consent: WrittenConsent, company: Company) -> str:
    """In effect since a date and under which number; signed by how many; why it ended."""
    match consent.status:
        case ConsentStatus.EFFECTIVE:
            assert consent.effective_on and consent.decision  # noqa: S101, PT018
            return _("In effect since %(day)s, resolution %(number)s") % {
                "day": long_day(consent.effective_on),
                "number": consent.decision.number,
            }
        case ConsentStatus.STOPPED:
            assert consent.stopped_at is not None  # noqa: S101
            words = {
                Stopped.DECLINED: _("Not unanimous on %(day)s: a member declined"),
                Stopped.SIGNATURE_WITHDRAWN: _(
                    "Not unanimous on %(day)s: a signature was withdrawn"
                ),
                Stopped.WITHDRAWN: _("Withdrawn on %(day)s"),
            }
            day = long_day(day_of(consent.stopped_at, company))
            return words[Stopped(consent.stopped_as)] % {"day": day}
        case ConsentStatus.WAITING:
            return _("%(signed)s of %(asked)s members have signed") % {
                "signed": len(consent.signatures.all()),
                "asked": len(consent.members.all()),
            }
        case _other:
            return _("Draft")


def consent_page(
    consent: WrittenConsent, reader: User, now: datetime, company: Company
) -> ConsentPage:
    ruling = ruling_on(consent, now, company.zone) if consent.is_waiting else None
    return ConsentPage(
        status=status_words(consent, company),
        definitions=tuple(_definitions(consent, company)),
        paragraphs=tuple(filter(None, map(str.strip, consent.text.splitlines()))),
        signers=tuple(_signers(consent, company)),
        attachments=tuple(_attachments(consent)),
        warnings=tuple(_warnings(consent, ruling, company)) if ruling else (),
        refusals=tuple(_refusals(consent, reader, company, day_of(now, company))),
        ruling=ruling,
    )


def is_stopped(consent: WrittenConsent, now: datetime, company: Company) -> bool:
    """Whether it waits for signatures and cannot take effect as it was sent."""
    if not consent.is_waiting:
        return False
    return ruling_on(consent, now, company.zone).state is ConsentState.STOPPED


def size_wanted_on(consent: WrittenConsent, now: datetime, company: Company) -> date | None:
    """The date on which the Board's number of seats decides whether it is in effect, while that
    number is not on record."""
    if not consent.is_waiting:
        return None
    complete_at = ruling_on(consent, now, company.zone).complete_at
    return day_of(complete_at, company) if complete_at else None


def _definitions(consent: WrittenConsent, company: Company) -> Iterator[Definition]:
    yield Definition(_("Body"), str(consent.body))
    if consent.decision:
        yield Definition(_("Decision"), str(consent.decision), consent.decision.get_absolute_url())
    if consent.sent_at:
        yield Definition(_("Sent on"), long_day(day_of(consent.sent_at, company)))
        if consent.members_on and consent.members_on != day_of(consent.sent_at, company):
            yield Definition(_("Members on"), long_day(consent.members_on))
    if consent.sign_by and consent.is_waiting:
        yield Definition(_("Sign by"), long_day(consent.sign_by))
    for duty in consent.duties.all():
        yield Definition(_("Serves"), duty.title, duty.get_absolute_url())
    if consent.serves:
        yield Definition(
            _("For the period"), capital(period_name(company.calendar.year_of(consent.serves)))
        )


def _signers(consent: WrittenConsent, company: Company) -> Iterator[Signer]:
    signed = {each.director_id: each for each in consent.signatures.all()}
    declined = {each.director_id: each for each in consent.refusals.all()}
    for member in consent.members.all():
        note = _("Has an interest in this matter.") if member.is_interested else ""
        if signature := signed.get(member.director_id):
            note = _("States an interest in this matter.") if member.is_interested else ""
            yield Signer(member.director.name, _signed(signature, company), note, _paper(signature))
        elif refusal := declined.get(member.director_id):
            day = long_day(day_of(refusal.at, company))
            yield Signer(member.director.name, _("Declined on %(day)s") % {"day": day}, note)
        elif consent.is_waiting:
            yield Signer(member.director.name, _("Not signed yet"), note)
        else:
            yield Signer(member.director.name, _("Did not sign"), note)


def _signed(signature: ConsentSignature, company: Company) -> str:
    day = {"day": long_day(day_of(signature.signed_at, company))}
    words = {
        HowSigned.HERE: _("Signed in the portal on %(day)s"),
        HowSigned.ON_PAPER: _("Signed on paper or by email on %(day)s"),
    }
    said = [words[HowSigned(signature.how)] % day]
    if signature.takes_effect_at:
        effect = long_day(day_of(signature.takes_effect_at, company))
        said.append(_("with effect from %(day)s, when the seat begins") % {"day": effect})
    if signature.withdrawn_at:
        withdrawn = long_day(day_of(signature.withdrawn_at, company))
        said.append(_("withdrawn on %(day)s") % {"day": withdrawn})
    return ", ".join(said)


def _paper(signature: ConsentSignature) -> dict[str, Any] | None:
    document = signature.document
    if document is None:
        return None
    return {
        "label": _("Signed paper"),
        "url": document.get_absolute_url(),
        "size": document.size,
    }


def _attachments(consent: WrittenConsent) -> Iterator[dict[str, Any]]:
    for each in consent.attachments.all():
        yield {
            "pk": each.pk,
            "label": each.title,
            "url": each.document.get_absolute_url(),
            "size": each.document.size,
        }


TOLD_WHILE_WAITING = (ConsentReason.TAKES_EFFECT_LATER, ConsentReason.SIZE_NOT_ON_RECORD)


def _warnings(consent: WrittenConsent, ruling: ConsentRuling, company: Company) -> Iterator[str]:
    if ruling.state is ConsentState.STOPPED or ruling.reason in TOLD_WHILE_WAITING:
        yield ruling_words(consent, ruling, company.zone)
    for member in consent.members.all():
        if member.is_interested:
            yield _(
                "%(name)s has an interest in this matter. The consent takes effect only if %(name)s "
                "signs too and states it. A special meeting is the other way (%(law)s)."
            ) % {"name": member.director.name, "law": ruling.citation}


def ruling_words(consent: WrittenConsent, ruling: ConsentRuling, zone: tzinfo) -> str:
    """Where a consent stands, with the names of its members and of who came or went."""
    names = {str(each.director_id): each.director.name for each in consent.members.all()}
    if ruling.reason is ConsentReason.MEMBERS_CHANGED:
        names |= _changes(consent, ruling.changes)
    return consent_words(ruling, zone, names)


def _changes(consent: WrittenConsent, changed: tuple[str, ...]) -> dict[str, str]:
    """Who came or went, each with the date: "C until November 25, 2026"."""
    asked = {str(each.director_id) for each in consent.members.all()}
    found = {}
    seats = Membership.objects.filter(
        committee=consent.body_id, director__in=[int(key) for key in changed]
    ).select_related("director")
    for seat in seats.order_by("starts_on"):
        key, name = str(seat.director_id), seat.director.name
        if key in asked and seat.ends_on:
            said = _("%(name)s until %(day)s") % {"name": name, "day": long_day(seat.ends_on)}
        else:
            said = _("%(name)s from %(day)s") % {"name": name, "day": long_day(seat.starts_on)}
        found[key] = said
    return found


def _refusals(
    consent: WrittenConsent, reader: User, company: Company, today: date
) -> Iterator[Definition]:
    """Why a member declined, for the chair, the corporate secretary and that member."""
    refusals = list(consent.refusals.all())
    if not refusals:
        return
    is_chair = any(
        member.is_chair and member.user == reader for member in members_of(consent.body, today)
    )
    for refusal in refusals:
        is_own = refusal.director.user_id == reader.pk
        if refusal.reason and (is_chair or is_own or reader.has_perm("meetings.change_consent")):
            yield Definition(_reason_of(refusal), refusal.reason)


def _reason_of(refusal: ConsentRefusal) -> str:
    return _("Reason given by %(name)s") % {"name": refusal.director.name}
