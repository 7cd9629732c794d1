"""Deleting: what a document's owner calls over goes, with its name, its digest and its bytes.

The rows are emptied in one transaction, and the bytes are taken away once it has committed: nothing
is lost if it fails, and what a crash leaves behind the nightly sweep finds. Every step locks the
one row of the policy first, as placing a hold does: a hold comes before a deletion or after it.
"""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import clock, document_kinds, filed, ledger, locks, notices, store
from records.acts import act
from records.clock import day_of
from records.enums import DeletionReason, Retention, SystemActor
from records.facts import Person
from records.ledger import Actor
from records.models import DeletionPolicy, Document, LegalHold, Notice
from records.models.documents import DocumentQuerySet
from records.notice_kinds import NOTICE_KINDS, EmailLine, NoticeKind
from records.rules import retention
from records.rules.retention import Term

DOCUMENT_DELETED = ledger.action("document.deleted", lazy("deleted the document %(record)s"))
DELETION_POLICY_CHANGED = ledger.action(
    "deletion_policy.changed", lazy("changed how drafts are deleted: %(record)s")
)


logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Passing:
    """A document that is not kept permanently, and its term."""

    document: Document
    term: Term


@dataclass(frozen=True)
class Outlook:
    """What is over, and what will be one day; while a hold is open nothing goes all the same."""

    over: tuple[Passing, ...]
    to_come: tuple[Passing, ...]
    is_held: bool

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.over)


def fingerprint(over: Iterable[Passing]) -> str:
    """Changes with the list, so that nothing else is deleted than was read."""
    lines = sorted(f"{one.document.pk} {one.term.because}" for one in over)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def outlook(by: Actor, at: datetime) -> Outlook:
    """For a person, of the documents open to them; for the scheduler, of all."""
    passing, today = _sorted(_passing_kinds(by)), day_of(at)
    return Outlook(
        over=tuple(one for one in passing if one.term.is_over(today)),
        to_come=tuple(one for one in passing if not one.term.is_over(today)),
        is_held=LegalHold.objects.open().exists(),
    )


def over(by: Actor, at: datetime) -> list[Passing]:
    """What is over alone, without reading what cannot be."""
    today = day_of(at)
    found = _sorted(_passing_kinds(by).filter(_may_be_over(today)))
    return [one for one in found if one.term.is_over(today)]


@act
def delete(*, by: Actor, at: datetime, seen: str = "") -> list[Document]:
    """Delete whatever is over. `seen` is the fingerprint of the outlook that was read.

    Raises ValidationError under a hold, or where the list has changed.
    """
    lock_unless_held()
    found = _locked(over(by, at), day_of(at))
    if seen and seen != fingerprint(found):
        raise ValidationError(
            _("The list has changed since you opened it. Review it again."), code="changed"
        )
    digests = [one.document.sha256 for one in found]
    deleted = [_emptied(one.document, one.term.because, by, at) for one in found]
    transaction.on_commit(partial(sweep, digests), robust=True)
    return deleted


@act
def switch(*, is_nightly: bool, by: Actor, at: datetime) -> DeletionPolicy:
    """Let the scheduler delete by night, or no longer."""
    policy = lock_policy()
    if policy.is_nightly != is_nightly:
        policy.is_nightly = is_nightly
        policy.save(update_fields=["is_nightly"])
        ledger.record(DELETION_POLICY_CHANGED, subject=policy, by=by, at=at, nightly=is_nightly)
    return policy


def policy() -> DeletionPolicy:
    """As stored, or as it is before anybody needed it."""
    return DeletionPolicy.objects.first() or DeletionPolicy(pk=1)


def is_nightly() -> bool:
    return DeletionPolicy.objects.filter(is_nightly=True).exists()


def by_night(*, at: datetime) -> None:
    """Delete where the company has switched it on, and tidy up. Under a hold do nothing, and leave
    no trace of having done nothing."""
    if is_nightly():
        with suppress(ValidationError):
            delete(by=SystemActor.SCHEDULER, at=at)
    else:
        owe_a_look(at=at)
    sweep(unclaimed())
    if not LegalHold.objects.open().exists():
        store.remove_half_written(at)


@act
def owe_a_look(*, at: datetime) -> None:
    """Where what is over waits for a person, remind who may delete it, once in a month."""
    today = day_of(at)
    for person in notices.holders("records.delete_document", today):
        if _has_work(person, at):
            notices.owe(PURGE_DUE, to=person, key=f"{today:%Y-%m}:{person.pk}", at=at)


def _compose(notice: Notice, reader: Person) -> EmailLine | None:
    """None once it has gone, or may not go."""
    if not _has_work(reader, clock.now()):
        return None
    return EmailLine(
        _("Documents have reached the end of their retention period."), reverse("documents_delete")
    )


PURGE_DUE = NOTICE_KINDS.add(
    NoticeKind(
        "records.delete_due",
        lazy("Documents have reached the end of their retention period"),
        _compose,
    )
)


def _has_work(person: Person, at: datetime) -> bool:
    return not LegalHold.objects.open().exists() and bool(over(person, at))


def unclaimed() -> list[str]:
    """Stored bytes that no document counts on: what a deletion or a failed filing has left."""
    claimed = set(Document.objects.kept().values_list("sha256", flat=True))
    return sorted(set(store.every()) - claimed)


def sweep(digests: Iterable[str]) -> None:
    """Take bytes away that no document counts on any more, unless a hold keeps even these.

    While a document is not what the ledger says was filed, nothing is taken away: what its row no
    longer names may be the file that was filed.
    """
    digests = list(digests)
    if digests and (contradicted := filed.contradictions()):
        logger.error(
            "No file is removed: %s is not what the ledger says was filed. See manage.py documents.",
            ", ".join(contradicted),
        )
        return
    for sha256 in digests:
        _sweep_one(sha256)


@transaction.atomic
def _sweep_one(sha256: str) -> None:
    lock_policy()
    if LegalHold.objects.open().exists():
        return
    locks.take(sha256)
    if not Document.objects.kept().filter(sha256=sha256).exists():
        store.remove(sha256)


def lock_policy() -> DeletionPolicy:
    """The policy's one row, made by the first to need it. Whoever has it decides alone whether
    anything goes."""
    rows = DeletionPolicy.objects.select_for_update()
    policy = rows.first()
    if policy is None:
        DeletionPolicy.objects.bulk_create([DeletionPolicy(pk=1)], ignore_conflicts=True)
        policy = rows.get()
    return policy


def lock_unless_held() -> DeletionPolicy:
    """Whatever destroys a text begins with this. Raises ValidationError under a hold."""
    policy = lock_policy()
    if LegalHold.objects.open().exists():
        raise ValidationError(_("A legal hold is open. Nothing is deleted until it is lifted."))
    return policy


def _passing_kinds(by: Actor) -> DocumentQuerySet:
    passing = [
        k.name for k in document_kinds.DOCUMENT_KINDS if k.retention is not Retention.FOR_GOOD
    ]
    found = Document.objects.kept().filter(kind__in=passing)
    return found if isinstance(by, SystemActor) else found.visible_to(by)


def _may_be_over(today: date) -> Q:
    """Leaves out what began too late, kind by kind; where the owner names the day, nothing."""
    condition = Q(pk__in=[])
    for kind in document_kinds.DOCUMENT_KINDS:
        if kind.retention is Retention.FOR_GOOD:
            continue
        began = Q()
        if kind.runs_from is None:
            began = Q(superseded_by__filed_at__lt=_bound(kind.retention, today, True))
            if kind.retention is not Retention.DRAFT:
                newest = Q(superseded_by=None)
                began |= newest & Q(filed_at__lt=_bound(kind.retention, today, False))
        condition |= Q(kind=kind.name) & began
    return condition


def _bound(kept: Retention, today: date, is_superseded: bool) -> datetime:
    """The end of the last day on which the time of something that is over can have begun."""
    day = retention.begun_by(kept, today, is_superseded=is_superseded) + timedelta(days=1)
    return datetime.combine(day, time.min, clock.zone())


def _locked(found: Sequence[Passing], today: date) -> list[Passing]:
    """Those of them that are over still, now that nobody supersedes them any more."""
    keys = [one.document.pk for one in found]
    rows = Document.objects.kept().filter(pk__in=keys).select_for_update(of=("self",))
    return [one for one in _sorted(rows) if one.term.is_over(today)]


def _sorted(documents: DocumentQuerySet) -> list[Passing]:
    """Each with its term, the ones longest over first."""
    return _terms(documents.with_terms().order_by("filed_at", "pk"))


def _terms(documents: Iterable[Document]) -> list[Passing]:
    by_kind: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_kind[document.kind].append(document)
    passing = [one for name, mine in by_kind.items() for one in _of_kind(name, mine)]
    return sorted(passing, key=lambda one: (one.term.over_on or date.max, one.document.filed_at))


def _of_kind(name: str, documents: Sequence[Document]) -> list[Passing]:
    kind = document_kinds.DOCUMENT_KINDS.get(name)
    runs_from = (kind.runs_from or usual_days)(documents)
    found = []
    for document in documents:
        day, is_superseded = runs_from.get(document.pk), document.later is not None
        if term := retention.term(kind.retention, day, is_superseded=is_superseded):
            found.append(Passing(document, term))
    return found


def usual_days(documents: Iterable[Document]) -> dict[UUID, date]:
    """The day on which a later version was filed; of what is kept for years, for the newest, the
    day of filing. Of a draft that is worked on still the time has not begun."""
    days, zone = {}, clock.zone()
    for document in documents:
        is_draft = document_kinds.retention_of(document.kind) is Retention.DRAFT
        begins = document.later or (None if is_draft else document)
        if begins:
            days[document.pk] = begins.filed_at.astimezone(zone).date()
    return days


def _emptied(document: Document, because: DeletionReason, by: Actor, at: datetime) -> Document:
    """What stays is a row that says that there was a document, of which kind, and when.

    With the salt goes the link between the ledger's digest and the bytes: from now on a copy that
    somebody kept can neither be shown nor be denied to be the one that was filed.
    """
    document.title = document.file_name = document.sha256 = document.salt = ""
    document.deleted_at, document.deleted_because = at, because
    document.save(
        update_fields=["title", "file_name", "sha256", "salt", "deleted_at", "deleted_because"]
    )
    kind = document_kinds.DOCUMENT_KINDS.get(document.kind)
    ledger.record(DOCUMENT_DELETED, subject=document, by=by, at=at, kind=kind, because=because)
    return document
