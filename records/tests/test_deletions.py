"""Deleting: what is over goes with name, digest and bytes, and leaves a row and a line."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from records import ledger, store
from records.acts import act
from records.document_kinds import DOCUMENT_KINDS, DocumentKind
from records.enums import DeletionReason, Retention, SystemActor
from records.models import DeletionPolicy, Document, LedgerEntry, Notice
from records.services import deletions, legal_holds
from records.tasks import delete_documents
from records.tests.filing import A_MONTH_LATER, AT, days_of_filing, filed, kinds_to_keep, stored

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)
Committed = Callable[..., Any]


@pytest.fixture(autouse=True)
def _stage(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "documents"
    with kinds_to_keep():
        yield


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Committed) -> Committed:
    """What follows a commit follows at once."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def delete(at: Any = A_MONTH_LATER, **given: Any) -> list[Document]:
    return deletions.delete(**({"by": SystemActor.OPERATOR, "at": at} | given))


def over(at: Any = A_MONTH_LATER) -> list[Document]:
    return [one.document for one in deletions.outlook(SystemActor.SCHEDULER, at).over]


# What is over, and what is not.


def test_a_draft_is_over_thirty_days_after_a_later_version_was_filed() -> None:
    draft = filed("draft")
    assert over(AT + 4_000 * A_DAY) == []
    filed("draft", content=b"More.", at=AT + 100 * A_DAY, supersedes=draft)

    assert over(AT + 129 * A_DAY) == []
    assert over(AT + 130 * A_DAY) == [draft]
    assert over(AT + 4_000 * A_DAY) == [draft]


def test_what_cannot_be_over_is_not_read() -> None:
    """And nothing is left out that is: as the whole list says, day by day."""
    first = filed("letter")
    filed("letter", content=b"Corrected.", at=AT + 10 * A_DAY, supersedes=first)
    filed("note", at=AT + 20 * A_DAY)
    draft = filed("draft", at=AT + 5 * A_DAY)
    filed("draft", content=b"More.", at=AT + 30 * A_DAY, supersedes=draft)
    leap_day = datetime(2028, 2, 29, 12, tzinfo=UTC)
    filed("letter", content=b"Leap.", at=leap_day)
    days = [AT + number * A_DAY for number in (0, 29, 39, 40, 49, 50, 59, 60, 2566, 2567, 2568)]
    for at in (*days, *(leap_day.replace(year=2035, day=day) for day in (27, 28))):
        assert deletions.over(SystemActor.SCHEDULER, at) == list(
            deletions.outlook(SystemActor.SCHEDULER, at).over
        )


def test_a_superseded_paper_is_over_thirty_days_after_its_successor_was_filed() -> None:
    first = filed("letter")
    filed("letter", content=b"Corrected.", at=AT + 10 * A_DAY, supersedes=first)

    assert over(AT + 39 * A_DAY) == []
    assert over(AT + 40 * A_DAY) == [first]


def test_minutes_stay_in_every_version() -> None:
    filed("minutes", content=b"Corrected.", supersedes=filed("minutes"))
    assert over(AT + 40_000 * A_DAY) == []


def test_owner_names_the_day_from_which_the_time_runs() -> None:
    days: dict[Any, date] = {}
    DOCUMENT_KINDS.remove("tests.note")
    DOCUMENT_KINDS.add(
        DocumentKind(
            "tests.note",
            "Note",
            lambda user: True,
            retention=Retention.DRAFT,
            runs_from=lambda those: days,
        )
    )
    note = filed("note")

    assert over(AT + 400 * A_DAY) == []
    assert deletions.outlook(SystemActor.SCHEDULER, AT).to_come[0].term.over_on is None
    days[note.pk] = (AT + 100 * A_DAY).date()
    assert over(AT + 129 * A_DAY) == []
    assert over(AT + 130 * A_DAY) == [note]


def test_what_no_app_knows_any_more_is_kept() -> None:
    DOCUMENT_KINDS.add(
        DocumentKind(
            "tests.orphan",
            "Orphan",
            lambda user: True,
            retention=Retention.DRAFT,
            runs_from=days_of_filing,
        )
    )
    filed("orphan")
    DOCUMENT_KINDS.remove("tests.orphan")
    assert over(AT + 4_000 * A_DAY) == []


def test_a_person_deletes_what_is_open_to_them(secretary: User) -> None:
    DOCUMENT_KINDS.add(
        DocumentKind(
            "tests.closed",
            "Closed",
            lambda user: False,
            retention=Retention.DRAFT,
            runs_from=days_of_filing,
        )
    )
    closed, note = filed("closed"), filed("note")
    try:
        assert [one.pk for one in delete(by=secretary)] == [note.pk]
        assert [one.pk for one in delete(by=SystemActor.SCHEDULER)] == [closed.pk]
    finally:
        DOCUMENT_KINDS.remove("tests.closed")


# What deleting does.


def test_name_digest_and_bytes_go_and_a_row_stays(committed: Committed) -> None:
    note, kept = filed("note"), filed("minutes")
    with committed():
        delete()

    row = Document.objects.get(pk=note.pk)
    assert (row.title, row.file_name, row.sha256, row.salt) == ("", "", "", "")
    assert (row.deleted_at, row.deleted_because) == (A_MONTH_LATER, DeletionReason.DRAFT)
    assert (row.kind, row.filed_at, row.size) == ("tests.note", AT, note.size)
    assert str(row) == "a deleted document"
    assert stored() == {kept.sha256}


def test_ledger_keeps_a_line_without_a_word_of_it() -> None:
    note = filed("note", title="The merger with Larch")
    delete()

    line = LedgerEntry.objects.get(action="document.deleted")
    assert line.subject == f"records.Document:{note.pk}"
    assert line.facts == {"kind": "tests.note", "because": "draft"}
    assert "merger" not in str(list(LedgerEntry.objects.values()))
    assert ledger.verify().sound


def test_nothing_left_in_the_database_links_the_line_to_the_bytes() -> None:
    """The digest in the ledger is salted, and the salt goes with the document."""
    note = filed("note")
    sha256, salt = note.sha256, note.salt
    delete()

    line = LedgerEntry.objects.get(action="document.filed")
    assert line.facts["content"] == str(ledger.digest(sha256, salt))
    assert not Document.objects.exclude(sha256="", salt="").exists()


def test_deleting_twice_deletes_once() -> None:
    filed("note")
    assert len(delete()) == 1
    assert delete() == []


def test_a_list_that_has_changed_since_it_was_read_is_not_deleted() -> None:
    filed("note")
    seen = deletions.outlook(SystemActor.OPERATOR, A_MONTH_LATER).fingerprint
    other = filed("note", content=b"Another.")
    with pytest.raises(ValidationError, match="The list has changed since you opened it"):
        delete(seen=seen)

    assert Document.objects.kept().filter(pk=other.pk).exists()
    assert not LedgerEntry.objects.filter(action="document.deleted").exists()


def test_a_row_is_whole_or_deleted() -> None:
    note = filed("note")
    for half in ({"title": ""}, {"sha256": ""}, {"deleted_at": AT}, {"deleted_because": "draft"}):
        with (
            pytest.raises(IntegrityError, match="document_is_whole_or_deleted"),
            transaction.atomic(),
        ):
            Document.objects.filter(pk=note.pk).update(**half)


# The bytes.


def test_bytes_shared_by_two_documents_go_with_the_last(committed: Committed) -> None:
    note = filed("note", content=b"The same.")
    later = filed("note", content=b"The same.", at=AT + A_DAY)
    with committed():
        assert [one.pk for one in delete()] == [note.pk]
    assert stored() == {later.sha256}
    store.fetch(later.sha256).close()
    with committed():
        delete(A_MONTH_LATER + A_DAY)
    assert stored() == set()


def test_bytes_stay_when_the_delete_is_not_committed(committed: Committed) -> None:
    @act
    def and_fail() -> None:
        delete()
        raise LookupError

    note = filed("note")
    with committed(), pytest.raises(LookupError):
        and_fail()
    assert Document.objects.kept().get() == note
    store.fetch(note.sha256).close()


def test_what_a_crash_after_the_commit_leaves_the_night_takes_away(committed: Committed) -> None:
    note, kept = filed("note"), filed("minutes")
    delete()  # nothing that follows a commit is run here, as after a crash
    assert stored() == {note.sha256, kept.sha256}
    assert deletions.unclaimed() == [note.sha256]

    deletions.by_night(at=A_MONTH_LATER)
    assert stored() == {kept.sha256}


def test_bytes_filed_again_before_they_were_taken_away_stay() -> None:
    note = filed("note")
    delete()
    again = filed("minutes", content=b"The text of a note.\n")
    deletions.sweep([again.sha256])
    store.fetch(again.sha256).close()
    assert note.pk != again.pk


def test_half_written_files_are_tidied_up_after_a_day(settings: Any) -> None:
    import os

    note = filed("note")
    folder = Path(settings.MEDIA_ROOT) / note.sha256[:2] / note.sha256[2:4]
    for name, age in (("tmpold", 2 * A_DAY), ("tmpnew", timedelta(hours=1))):
        (folder / name).touch()
        written = (AT - age).timestamp()
        os.utime(folder / name, (written, written))

    deletions.by_night(at=AT)
    assert stored() == {note.sha256, "tmpnew"}


# By night.


def test_the_clock_deletes_only_where_the_company_has_switched_it_on(
    secretary: User, committed: Committed
) -> None:
    filed("note")
    deletions.by_night(at=A_MONTH_LATER)
    assert Document.objects.kept().count() == 1

    deletions.switch(is_nightly=True, by=secretary, at=AT)
    with committed():
        deletions.by_night(at=A_MONTH_LATER)
    assert not Document.objects.kept().exists()
    assert LedgerEntry.objects.get(action="document.deleted").actor == "scheduler"
    assert stored() == set()


def test_the_switch_is_on_record_once(secretary: User) -> None:
    for _ in range(2):
        deletions.switch(is_nightly=True, by=secretary, at=AT)
    deletions.switch(is_nightly=False, by=secretary, at=AT)

    lines = LedgerEntry.objects.filter(action="deletion_policy.changed")
    assert [line.facts for line in lines] == [{"nightly": True}, {"nightly": False}]
    assert DeletionPolicy.objects.get().is_nightly is False


def test_the_nightly_task_leaves_no_line_where_there_is_nothing_to_do() -> None:
    delete_documents()
    assert not LedgerEntry.objects.exists()


def test_under_a_hold_the_night_does_nothing_and_says_nothing(secretary: User) -> None:
    filed("note")
    delete()
    left = stored()
    filed("note", content=b"Another.")
    deletions.switch(is_nightly=True, by=secretary, at=AT)
    legal_holds.place(reason="A letter of counsel.", by=secretary, at=AT)
    lines = LedgerEntry.objects.count()

    deletions.by_night(at=A_MONTH_LATER)
    assert Document.objects.kept().count() == 1
    assert stored() > left
    assert LedgerEntry.objects.count() == lines


def test_where_it_goes_by_hand_the_secretary_is_reminded_once_a_month(
    secretary: User, member: User
) -> None:
    deletions.by_night(at=A_MONTH_LATER)
    assert not Notice.objects.exists()

    filed("note")
    for day in (0, 1, 2):
        deletions.by_night(at=A_MONTH_LATER + day * A_DAY)
    assert [(one.kind, one.recipient) for one in Notice.objects.all()] == [
        ("records.delete_due", secretary)
    ]
    deletions.by_night(at=A_MONTH_LATER + 31 * A_DAY)
    assert Notice.objects.count() == 2


def test_the_reminder_is_withdrawn_when_nothing_waits_and_silent_under_a_hold(
    secretary: User, company_counsel: User
) -> None:
    filed("note")
    with time_machine.travel(A_MONTH_LATER, tick=False):
        line = deletions._compose(Notice(), secretary)
        assert line is not None
        assert line.url == "/documents/delete/"
        hold = legal_holds.place(reason="A letter of counsel.", by=secretary, at=AT)
        assert deletions._compose(Notice(), secretary) is None
        deletions.by_night(at=A_MONTH_LATER)
        assert not Notice.objects.exists()
        for by in (company_counsel, secretary):
            legal_holds.lift(hold, reason="Settled.", by=by, at=A_MONTH_LATER)
        delete()
        assert deletions._compose(Notice(), secretary) is None
