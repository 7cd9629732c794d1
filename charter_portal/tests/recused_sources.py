"""Records of every sort that an agenda item can come from, whose texts hold the planted words, and a
meeting whose items came from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from accounts.models import User
from auditors import documents as auditors_documents
from auditors.enums import FeeStatus, Step
from auditors.services import approvals, findings, letters
from auditors.tests.factories import (
    a_delegation,
    a_fee,
    a_finding,
    a_letter,
    a_request,
    an_engagement,
)
from charters.models import Committee
from charters.services.actions import add_action
from charters.services.uploads import Upload
from committees.enums import LetterStepKind, Regulator, RelatedPersonBasis, ReviewOutcome
from committees.models import Director, RelatedPartyTransaction
from committees.services import letters as regulators
from committees.services import related_parties
from meetings import services
from meetings.agenda_templates import Template
from meetings.candidates import candidates
from meetings.models import AgendaItem, Meeting
from meetings.tests.factories import a_meeting
from records.enums import SystemActor
from records.models import Document
from records.services import documents

Said = Callable[[str], str]
ASKED, DECIDED, TAKEN = date(2026, 11, 2), date(2026, 11, 10), date(2026, 11, 18)
MET = date(2026, 12, 15)


def on(day: date) -> dict[str, Any]:
    return {"by": SystemActor.OPERATOR, "at": datetime.combine(day, time(15), tzinfo=UTC)}


def plant_sources(
    committee: Committee,
    directors: Sequence[Director],
    chair: User,
    said: Said,
    planted_upload: Callable[[str], Upload],
) -> list[AgendaItem]:
    """The items of a meeting ahead that came from the records; nobody is recused from them yet."""
    an_engagement(**on(ASKED))
    _requests(directors, said, planted_upload)
    _papers(said, planted_upload)
    _registers(committee, said, planted_upload)
    meeting = a_meeting(committee, on=MET, **on(ASKED))
    found = candidates(meeting, chair, TAKEN, Template.PLANNING)
    services.take(meeting, [each for each in found if each.records], **on(TAKEN))
    services.send_pack(Meeting.objects.get(pk=meeting.pk), **on(TAKEN))
    related_parties.review_transaction(
        RelatedPartyTransaction.objects.get(),
        reviewed_on=TAKEN,
        outcome=ReviewOutcome.APPROVED,
        note=said("note"),
        upload=planted_upload("review"),
        **on(TAKEN),
    )
    return list(AgendaItem.objects.filter(meeting=meeting))


def _filed(kind: str, text: str, upload: Callable[[str], Upload]) -> Document:
    given = upload(text)
    return documents.file(
        kind=kind, title=given.title, content=given.content, file_name=given.file_name, **on(ASKED)
    )


def _requests(directors: Sequence[Director], said: Said, upload: Callable[[str], Upload]) -> None:
    """One that needs a decision, one that should have had it, one that a delegate approved and that
    was billed above it, one that was withdrawn."""
    conclusion = _filed(auditors_documents.REQUEST.name, "conclusion", upload)
    a_request(subject=said("request"), conclusion=conclusion, **on(ASKED))
    a_request(subject=said("begun"), starts_on=date(2026, 11, 9), **on(ASKED))
    a_delegation(*directors, notify_others_at_once=True, **on(ASKED))
    delegated = a_request(subject=said("delegated"), **on(ASKED))
    approval = approvals.approve_by_delegate(
        delegated, directors[0], approved_on=DECIDED, **on(DECIDED)
    )
    a_fee(
        "19000",
        service="consent",
        category=approval.request.listed_service.category,
        description=said("fee"),
        status=FeeStatus.BILLED,
        invoiced_on=DECIDED,
        invoice_number=said("7"),
        rendered_on=DECIDED,
        approval=approval,
        **on(DECIDED),
    )


def _papers(said: Said, upload: Callable[[str], Upload]) -> None:
    """A letter that excepts something, a description of services, a finding with its evidence."""
    paper = _filed(auditors_documents.LETTER.name, "letter", upload)
    letter = a_letter(exceptions=[said("exception")], document=paper, **on(DECIDED))
    letters.discuss(letter, held_on=DECIDED, **on(DECIDED))
    finding = a_finding(
        title=said("finding"), cause=said("cause"), owner_name=said("owner"), **on(ASKED)
    )
    findings.plan(finding, text=said("plan"), target_on=TAKEN, set_on=ASKED, **on(ASKED))
    evidence = _filed(auditors_documents.EVIDENCE.name, "evidence", upload)
    findings.record_step(
        finding,
        step=Step.TESTED,
        done_on=DECIDED,
        done_by=said("tester"),
        evidence=evidence,
        evidence_dated=DECIDED,
        **on(DECIDED),
    )
    findings.review(finding, reviewed_on=DECIDED, **on(DECIDED))


def _registers(committee: Committee, said: Said, upload: Callable[[str], Upload]) -> None:
    """A transaction that was signed before its review, a letter of a regulator, an action."""
    related_parties.log_transaction(
        committee,
        person=said("person"),
        basis=RelatedPersonBasis.FAMILY,
        terms=said("terms"),
        amount=Decimal(900_000),
        known_on=ASKED,
        signed_on=DECIDED,
        **on(DECIDED),
    )
    letter = regulators.receive_letter(
        committee,
        regulator=Regulator.SEC,
        matter=said("matter"),
        dated_on=ASKED,
        received_on=ASKED,
        due_on=date(2026, 11, 19),
        upload=upload("regulator"),
        **on(ASKED),
    )
    regulators.record_letter_step(
        letter,
        LetterStepKind.AUDITOR_CONSULTED,
        on=DECIDED,
        note=said("consulted"),
        upload=upload("reply"),
        **on(DECIDED),
    )
    add_action(
        committee,
        what=said("action"),
        owner_name=said("owner"),
        source=said("source"),
        agreed_on=ASKED,
        due_on=TAKEN,
        **on(ASKED),
    )
