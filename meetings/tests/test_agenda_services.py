"""Agenda items and their papers, and who sees them."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from meetings import services
from meetings.enums import ItemKind, Removal
from meetings.models import AgendaItem, Meeting, Paper
from meetings.tests.factories import (
    NOVEMBER,
    SIGNED,
    a_meeting,
    a_paper,
    an_item,
    an_upload,
)
from records.ledger_words import seen
from records.models import Document, LedgerEntry, Notice

pytestmark = pytest.mark.django_db

PLANTED = "ZEPHYR"


def order(meeting: Meeting) -> list[tuple[str, int | None]]:
    return [*meeting.items.values_list("title", "number")]


def sent(meeting: Meeting) -> Meeting:
    """The agenda as it is once its numbers are fixed."""
    Meeting.objects.filter(pk=meeting.pk).update(agenda_sent_at=timezone.now())
    for number, item in enumerate(meeting.items.standing(), start=1):
        AgendaItem.objects.filter(pk=item.pk).update(number=number)
    return Meeting.objects.get(pk=meeting.pk)


def test_items_follow_each_other_and_have_no_number_before_the_agenda_is_sent() -> None:
    meeting = a_meeting()
    items = [an_item(meeting, title) for title in "ABC"]
    services.move_item(items[2], place=1, **SIGNED)
    assert order(meeting) == [("C", None), ("A", None), ("B", None)]


def test_sent_numbers_stand(  # cases/meetings C1
) -> None:
    meeting = a_meeting()
    items = [an_item(meeting, title) for title in "ABCDEFGH"]
    meeting = sent(meeting)
    services.move_item(items[5], place=3, **SIGNED)
    services.remove_item(items[4], removal=Removal.WITHDRAWN, reason="Not ready", **SIGNED)
    added = an_item(meeting, "I")
    services.move_item(added, place=1, **SIGNED)
    assert order(meeting) == [
        ("I", 9),
        ("A", 1),
        ("B", 2),
        ("F", 6),
        ("C", 3),
        ("D", 4),
        ("E", 5),
        ("G", 7),
        ("H", 8),
    ]
    assert an_item(meeting, "J").number == 10


def test_matter_is_taken_once_until_it_leaves_the_agenda() -> None:
    item = an_item(source_key="duty:7:FY2026")
    with pytest.raises(ValidationError, match="on the agenda already"):
        an_item(item.meeting, source_key="duty:7:FY2026")
    services.remove_item(item, removal=Removal.DEFERRED, reason="Draft is late", **SIGNED)
    assert an_item(item.meeting, source_key="duty:7:FY2026").is_standing


def test_removed_item_is_not_changed() -> None:
    item = services.remove_item(an_item(), removal=Removal.WITHDRAWN, reason="Done", **SIGNED)
    with pytest.raises(ValidationError, match="no longer on the agenda"):
        services.change_item(item, title="Other", **SIGNED)


def test_executive_session_is_not_for_consent() -> None:
    with pytest.raises(ValidationError) as caught:
        an_item(kind=ItemKind.EXECUTIVE_SESSION, in_consent_group=True)
    assert "in_consent_group" in caught.value.message_dict


def test_activity_log_has_no_word_of_an_item() -> None:
    item = an_item(title=PLANTED, ask=PLANTED, presenter=PLANTED, because=PLANTED)
    services.change_item(item, recommendation=PLANTED, **SIGNED)
    a_paper(item, title=PLANTED)
    assert not [entry for entry in LedgerEntry.objects.all() if PLANTED in str(entry.facts)]


def test_restricted_item_is_closed_with_its_papers(secretary: User, member: User) -> None:
    paper = a_paper(an_item(title=PLANTED, restricted_people={secretary.pk}))
    for user, there in ((secretary, 0), (member, 1)):
        assert AgendaItem.objects.visible_to(user, on=NOVEMBER).count() == there
        assert Paper.objects.visible_to(user, on=NOVEMBER).count() == there
        assert Document.objects.visible_to(user).filter(pk=paper.document_id).count() == there
    assert seen(secretary, [f"meetings.AgendaItem:{paper.item_id}"]) == set()
    assert seen(secretary, [f"meetings.Paper:{paper.pk}"]) == set()


def test_item_is_prepared_by_somebody_who_may_see_it(secretary: User) -> None:
    with pytest.raises(ValidationError) as caught:
        an_item(restricted_people={secretary.pk}, preparer=secretary)
    assert "restricted from this person" in caught.value.message_dict["preparer"][0]


def test_later_file_of_a_paper_supersedes_the_earlier(member: User) -> None:
    paper = a_paper(None, "Draft")
    earlier = paper.document
    with pytest.raises(ValidationError) as caught:
        services.replace_paper(paper, upload=an_upload("Draft"), **SIGNED)
    assert caught.value.message_dict == {"file": ["This is the same file as version 1."]}
    paper = services.replace_paper(paper, upload=an_upload("Final"), **SIGNED)
    assert (paper.document.version, paper.document.supersedes) == (2, earlier)
    assert Document.objects.visible_to(member).filter(series=earlier.series).count() == 2


def test_removed_paper_stays_on_record() -> None:
    paper = services.remove_paper(a_paper(), **SIGNED)
    assert paper.removed_on == SIGNED["at"].date()
    assert not Paper.objects.attached().exists()
    with pytest.raises(ValidationError, match="was removed"):
        services.remove_paper(paper, **SIGNED)


def test_one_members_request_takes_an_item_out_of_the_consent_group(
    member: User, secretary: User, secretary_in_management: User
) -> None:
    """cases/meetings C2: at once, without a reason; the number stays, and the secretary is told."""
    item = an_item(in_consent_group=True, restricted_people={secretary_in_management.pk})
    sent(item.meeting)
    item = services.discuss_item(item, by=member, at=SIGNED["at"])
    assert (item.in_consent_group, item.number) == (False, 1)
    (owed,) = Notice.objects.filter(kind="meetings.to_discuss")
    assert owed.recipient == secretary
    with pytest.raises(ValidationError, match="not in the consent group"):
        services.discuss_item(item, by=member, at=SIGNED["at"])
