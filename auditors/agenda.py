"""What the next agenda should hold about the auditor. Restricted findings are never proposed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.restriction import of_record
from auditors.enums import Basis, LetterKind
from auditors.models import (
    Approval,
    Discussion,
    Engagement,
    Finding,
    Letter,
    LetterException,
    ServiceRequest,
)
from auditors.reports.rotation import rotation
from auditors.rules.presenting import due_on
from auditors.schedule import scheduled_meetings
from auditors.sentences import work_begins
from charters.docket import AsOf
from charters.models import Duty
from charters.registry import AGENDA, AgendaProposal, AgendaSource
from records.clock import day_of
from records.dates import long_day

DISCUSSED = (
    LetterKind.INDEPENDENCE,
    LetterKind.QUALITY,
    LetterKind.PLAN,
    LetterKind.PLAN_CHANGE,
    LetterKind.DESCRIPTION,
)
SHOWN_BY = {
    LetterKind.INDEPENDENCE: "independence-dialogue",
    LetterKind.QUALITY: "quality-control-report",
    LetterKind.PLAN: "audit-plan",
    LetterKind.PLAN_CHANGE: "audit-plan",
    LetterKind.DESCRIPTION: "tax-and-control-services",
}


def duties(as_of: AsOf, *keys: str) -> tuple[Duty, ...]:
    return tuple(
        duty
        for duty in as_of.duties
        if duty.catalogue_key in keys
        and (duty.in_force_until is None or as_of.day <= duty.in_force_until)
    )


def approvals(as_of: AsOf) -> Iterator[AgendaProposal]:
    """Requests that wait for the committee."""
    for row in ServiceRequest.objects.open():
        asked = day_of(row.asked_at, as_of.company)
        if asked > as_of.day:
            continue
        service = row.listed_service
        key = "pre-approve-audit" if service and service.is_audit else "pre-approve-non-audit"
        yield AgendaProposal(
            title=_("Approve a service of the auditor: %(subject)s") % {"subject": row},
            because=" ".join(
                (
                    _("Asked on %(asked)s.") % {"asked": long_day(asked)},
                    work_begins(row.starts_on, as_of.day),
                )
            ),
            until=row.starts_on,
            duties=duties(as_of, key),
            url=row.get_absolute_url(),
            records=(row,),
        )


def informed(as_of: AsOf) -> Iterator[AgendaProposal]:
    """The committee is informed of each decision of a delegate and each use of a line."""
    meetings = scheduled_meetings(as_of.committee)
    rows = Approval.objects.live().to_present().filter(approved_on__lte=as_of.day)
    for row in rows.select_related("request"):
        words = _("A delegate approved it on %(on)s.")
        if row.basis == Basis.POLICY:
            words = _("A policy line was used for it on %(on)s.")
        yield AgendaProposal(
            title=_("Committee informed: %(subject)s") % {"subject": row.request},
            because=words % {"on": long_day(row.approved_on)},
            until=due_on(row.approved_on, meetings),
            duties=duties(as_of, "delegated-approvals"),
            url=row.request.get_absolute_url(),
            records=(row.request,),
        )


def papers(as_of: AsOf) -> Iterator[AgendaProposal]:
    """Papers on file without a discussion, and excepted items without a decision."""
    held = Discussion.objects.filter(held_on__lte=as_of.day).values("letter")
    rows = Letter.objects.filter(kind__in=DISCUSSED, received_on__lte=as_of.day)
    for row in rows.exclude(pk__in=held).select_related("firm"):
        yield AgendaProposal(
            title=_("Discuss: %(kind)s of %(firm)s")
            % {"kind": row.get_kind_display(), "firm": row.firm},
            because=_("Dated %(dated)s. Its discussion is not on file.")
            % {"dated": long_day(row.dated)},
            until=row.serves,
            duties=duties(as_of, SHOWN_BY[LetterKind(row.kind)]),
            url=row.get_absolute_url(),
            records=(row,),
        )
    undecided = Q(decision=None) | Q(decision__decided_on__gt=as_of.day)
    waiting = LetterException.objects.filter(undecided, letter__received_on__lte=as_of.day)
    for each in waiting.select_related("letter"):
        yield AgendaProposal(
            title=_("Decide on an item excepted in the independence letter"),
            because=each.label,
            until=None,
            duties=duties(as_of, "act-on-independence"),
            url=each.letter.get_absolute_url(),
            records=(each.letter,),
        )


def findings(as_of: AsOf) -> Iterator[AgendaProposal]:
    """One item for the open findings that every reader may see."""
    rows = Finding.objects.open(as_of.day).filter(
        restricted_roles=frozenset(), restricted_people=frozenset()
    )
    if found := [row for row in rows if as_of.sees(of_record(row))]:
        yield AgendaProposal(
            title=_("Review open findings and management's steps"),
            because="; ".join(row.title for row in found),
            until=None,
            duties=duties(as_of, "audit-findings", "findings-follow-up"),
            url=reverse("findings"),
            records=tuple(found),
        )


def partners(as_of: AsOf) -> Iterator[AgendaProposal]:
    """A partner from the start of the fourth year: the search for a successor."""
    row = Engagement.objects.of_auditors().open(as_of.day).select_related("firm").first()
    if row is None:
        return
    for line in rotation(row.firm, as_of.settings.calendar, as_of.day).partners:
        if line.speaks:
            yield AgendaProposal(
                title=_("Plan the succession of %(name)s") % {"name": line.name},
                because=_("%(role)s. %(years)s The last audit is that of %(last)s.")
                % {"role": line.role, "years": line.sentence, "last": line.last},
                until=None,
                duties=duties(as_of, "partner-rotation"),
                url=row.firm.get_absolute_url(),
            )


AGENDA.add_all(
    AgendaSource("auditors.approvals", approvals),
    AgendaSource("auditors.informed", informed),
    AgendaSource("auditors.papers", papers),
    AgendaSource("auditors.findings", findings),
    AgendaSource("auditors.partners", partners),
)
