"""A kind of notice for tests, what owes one, and a sweep at a fixed instant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from records import ledger, notices
from records.acts import act
from records.enums import SystemActor
from records.models import Notice
from records.notice_kinds import NOTICE_KINDS, Compose, NoticeKind
from records.services import deliveries

# A Wednesday morning in New York, in a week without a holiday.
AT = datetime(2026, 8, 5, 14, 0, tzinfo=UTC)


def says_so(notice: Notice, reader: object) -> notices.EmailLine:
    return notices.EmailLine("A paper waits to be read.", "/company/")


@contextmanager
def a_kind(
    name: str = "tests.paper", compose: Compose = says_so, **given: object
) -> Iterator[NoticeKind]:
    kind = NoticeKind(name, "A paper waits", compose, **given)
    with NOTICE_KINDS.temporarily(kind):
        yield kind


@act
def owe(to: object, key: str = "paper:1", at: datetime = AT, **given: object) -> None:
    """An act that owes a notice and records itself."""
    kind = given.pop("kind", "tests.paper")
    notices.owe(kind, to=to, key=key, at=at, **given)
    ledger.record("paper.circulated", subject=to, by=SystemActor.OPERATOR, at=at)


def sweep(at: datetime = AT) -> None:
    deliveries.sweep(lambda: at)
