"""What was recorded of a meeting, as plain values: for the draft of its minutes, and for readers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from charters.models import Action
from charters.reports.voting import vote_words
from charters.rules.sessions import Group
from charters.rules.voting import Body, Choice, quorum
from committees.models import ChairTerm
from meetings.enums import (
    ItemKind,
    ItemOutcome,
    ItemSource,
    MeetingKind,
    MeetingState,
    MinutesState,
)
from meetings.models import (
    AgendaItem,
    Attendee,
    Correction,
    Meeting,
    Minutes,
    Paragraph,
    SessionCard,
)
from meetings.models.attendance import GROUP_WORDS
from meetings.presence import body_of
from meetings.reports.minutes import (
    Present,
    PrintedMinutes,
    PrintedParagraph,
    Recording,
    Recused,
    Taken,
    Voted,
)
from meetings.reports.words import time_words
from meetings.rules.clocks import spoken
from meetings.rules.presence import most_there
from records.dates import long_day
from records.models import Company

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User


def kind_words(meeting: Meeting) -> str:
    return {
        MeetingKind.REGULAR: _("regular meeting"),
        MeetingKind.SPECIAL: _("special meeting"),
        MeetingKind.RELEASE_CALL: _("special meeting by conference call"),
    }[MeetingKind(meeting.kind)]


def heading(item: AgendaItem) -> str:
    return f"{item.number}. {item.title}" if item.number else item.title


def restricted_heading(item: AgendaItem) -> str:
    """All that somebody reads of an item that is restricted from them."""
    if not item.number:
        return _("Restricted item")
    return _("%(number)s. Restricted item") % {"number": item.number}


def recording_of(meeting: Meeting) -> Recording:
    """What the draft of the minutes is made from: everything, whoever drafts it."""
    company = Company.objects.current()
    attendees = list(meeting.attendees.with_stays())
    members = [row for row in attendees if row.served]
    body = body_of(meeting, [row.key for row in members]) if members else None
    chairs = chairs_on(meeting)
    return Recording(
        kind=kind_words(meeting),
        body=str(meeting.body),
        company=company.name if company else "",
        on=meeting.on,
        starts=time_words(meeting.time, meeting.zone_info()) if meeting.time else "",
        place=meeting.place,
        presided=meeting.presided_by.name if meeting.presided_by else "",
        secretary="",
        quorum=quorum_words(meeting, members, body),
        notice=notice_words(meeting),
        adjourned=adjourned_words(meeting),
        members=tuple(
            present(row, _("chair") if row.director_id in chairs else "")
            for row in members
            if row.was_present
        ),
        absent=tuple(str(row) for row in members if not row.was_present),
        guests=tuple(present(row, row.capacity) for row in attendees if not row.served),
        items=tuple(taken(item, meeting) for item in items_taken(meeting)),
        sessions=tuple(session_words(card) for card in meeting.sessions.all()),
    )


def chairs_on(meeting: Meeting) -> set[int]:
    """The directors who chaired the body on the date."""
    terms = ChairTerm.objects.filter(membership__committee=meeting.body)
    found = terms.select_related("membership")
    return {term.membership.director_id for term in found if term.covers(meeting.on)}


def present(row: Attendee, capacity: str) -> Present:
    return Present(str(row), capacity, tuple(moves_of(row)))


def moves_of(row: Attendee) -> Iterable[str]:
    """When somebody came and went, in sentences; nothing of who was there throughout."""
    name = str(row)
    for number, stay in enumerate(row.stays.all()):
        if stay.since or stay.arrived_at:
            verb = _("returned") if number else _("joined")
            yield sentence_of(name, verb, moment(stay.since, stay.arrived_at))
        if stay.until or stay.left_at:
            yield sentence_of(name, _("left"), moment(stay.until, stay.left_at))


def sentence_of(*words: str) -> str:
    """One full stop, also after 10:40 a.m."""
    return " ".join(words).removesuffix(".") + "."


def moment(item: AgendaItem | None, at: time | None, number: int | None = None) -> str:
    """At 9:40 a.m., before item 3. An item is named by its number, never by its title; `number` is
    that of an agenda without numbers yet."""
    words = []
    if at:
        words.append(_("at %(time)s") % {"time": spoken(at)})
    if item:
        number = number or item.number
        named = _("item %(number)s") % {"number": number} if number else _("a later item")
        words.append(_("before %(item)s") % {"item": named})
    return ", ".join(words)


def quorum_words(meeting: Meeting, members: list[Attendee], body: Body | None) -> str:
    """Whether a quorum was present, by who was there together: members who came and went count where
    most of them were there. Empty for a Board whose number of seats is not on record."""
    if body is None:
        return ""
    wanted = quorum(body)
    attended = [row for row in members if row.was_present]
    places = meeting.items.standing().values_list("place", flat=True)
    stays = [stay for row in attended for stay in row.presence()]
    most = most_there(stays, places, body.serving)
    said = {"needed": wanted.needed, "of": wanted.of, "most": most}
    if meeting.state != MeetingState.HELD or most < wanted.needed:
        return _("No quorum was present: %(needed)s of %(of)s needed.") % said
    if most == len(attended):
        return _("A quorum was present: %(most)s attended, %(needed)s of %(of)s needed.") % said
    return (
        _(
            "A quorum was present: %(most)s were there at the same time, %(needed)s of %(of)s needed."
        )
        % said
    )


def notice_words(meeting: Meeting) -> str:
    if meeting.noticed_on:
        return _("Notice was given on %(day)s.") % {"day": long_day(meeting.noticed_on)}
    return _("Every member waived notice.") if meeting.notice_waived else ""


def adjourned_words(meeting: Meeting) -> str:
    if not meeting.adjourned_time:
        return ""
    said = {"time": time_words(meeting.adjourned_time, meeting.zone_info())}
    return _("The meeting adjourned at %(time)s.") % said


def items_taken(meeting: Meeting) -> Iterable[AgendaItem]:
    items = meeting.items.standing().exclude(outcome="").exclude(outcome=ItemOutcome.NOT_TAKEN_UP)
    return items.select_related("decision").prefetch_related(
        "papers__document",
        "recusals__director",
        "recusals__user",
        "votes__ballots__director",
    )


def taken(item: AgendaItem, meeting: Meeting) -> Taken:
    return Taken(
        key=item.pk,
        heading=heading(item),
        materials=tuple(str(paper) for paper in item.papers.all() if paper.removed_on is None),
        presenter=item.presenter,
        discussed=is_discussed(item),
        outcome=outcome_words(item),
        recused=tuple(Recused(row.who, row.stays) for row in item.recusals.all() if row.director),
        vote=voted(item),
        actions=tuple(actions_of(item, meeting)),
    )


def is_discussed(item: AgendaItem) -> bool:
    """Minutes and lines for consent are approved without discussion, and notes are noted."""
    if item.in_consent_group or item.source == ItemSource.MINUTES:
        return False
    if item.kind == ItemKind.EXECUTIVE_SESSION:
        return False
    return item.outcome != ItemOutcome.NOTED


def outcome_words(item: AgendaItem) -> str:
    return {
        ItemOutcome.NOTED: _("The members took note."),
        ItemOutcome.HELD: _("The session was held."),
    }.get(ItemOutcome(item.outcome), "")


def voted(item: AgendaItem) -> Voted | None:
    vote = next(iter(item.votes.all()), None)
    if vote is None:
        return None
    cast = list(vote.ballots.all())
    decision = item.decision
    return Voted(
        is_adopted=vote.ruling.is_adopted,
        number=decision.number if decision else "",
        text=decision.text if decision else "",
        in_favor=vote.in_favor,
        against=tuple(b.director.name for b in cast if b.choice == Choice.AGAINST),
        abstained=tuple(b.director.name for b in cast if b.choice == Choice.ABSTAIN),
        words=vote_words(vote.ruling),
    )


def actions_of(item: AgendaItem, meeting: Meeting) -> Iterable[str]:
    """What was agreed under the item, found by where it says it came from."""
    if item.restricted_people or item.restricted_roles:
        return
    source = source_of(item, meeting)
    for action in Action.objects.filter(source=source).select_related("owner"):
        said = {"what": action.what, "owner": action.owed_by, "day": long_day(action.due_on)}
        yield _("%(what)s Owner: %(owner)s. Due %(day)s.") % (
            said | {"what": action.what.rstrip(".") + "."}
        )


def source_of(item: AgendaItem, meeting: Meeting) -> str:
    """Where an action that was agreed under an item says it came from."""
    return (_("%(meeting)s, %(item)s") % {"meeting": meeting, "item": heading(item)})[:200]


def session_words(card: SessionCard) -> str:
    """The fact, and who else was there. No heading and no content."""
    others = [str(GROUP_WORDS[group.value]) for group in Group if group in card.present]
    others = [words for words in others if words != str(GROUP_WORDS[card.held_with])]
    held = _("The members met in executive session with %(group)s.") % {
        "group": session_group(Group(card.held_with))
    }
    if not others:
        return held + " " + _("Nobody else was present.")
    return held + " " + _("Also present: %(groups)s.") % {"groups": get_text_list(others, _("and"))}


def session_group(group: Group) -> str:
    return {
        Group.MANAGEMENT: _("management"),
        Group.INTERNAL_AUDITOR: _("the internal auditor or outside tester"),
        Group.EXTERNAL_AUDITOR: _("the independent auditor"),
    }[group]


def printed_for_file(minutes: Minutes, company: Company) -> PrintedMinutes:
    """Every paragraph: what is filed as approved."""
    return _printed(minutes, company, [*minutes.paragraphs.all()], [], [])


def printed_unrestricted(minutes: Minutes, company: Company) -> PrintedMinutes:
    """What is open to everybody; a restricted item is a heading alone."""
    rows = list(minutes.paragraphs.select_related("item"))
    corrections = minutes.corrections.select_related("item")
    return _printed(
        minutes,
        company,
        [row for row in rows if not _is_restricted(row.item)],
        [row for row in rows if _is_restricted(row.item)],
        [row for row in corrections if not _is_restricted(row.item)],
    )


def _is_restricted(item: AgendaItem | None) -> bool:
    return item is not None and bool(item.restricted_roles or item.restricted_people)


def printed_for(minutes: Minutes, company: Company, user: User, on: date) -> PrintedMinutes:
    """What one reader may see, assembled from it; a restricted item is a heading alone."""
    visible = {row.pk for row in Paragraph.objects.visible_to(user, on=on).filter(minutes=minutes)}
    rows = list(minutes.paragraphs.select_related("item"))
    return _printed(
        minutes,
        company,
        [row for row in rows if row.pk in visible],
        [row for row in rows if row.pk not in visible],
        list(Correction.objects.visible_to(user, on=on).filter(minutes=minutes)),
    )


def _printed(
    minutes: Minutes,
    company: Company,
    shown: list[Paragraph],
    hidden: list[Paragraph],
    corrections: list[Correction],
) -> PrintedMinutes:
    paragraphs = [
        PrintedParagraph(row.heading, tuple(row.text.splitlines()), row.place) for row in shown
    ]
    paragraphs += [
        PrintedParagraph(restricted_heading(row.item), (), row.place, is_restricted=True)
        for row in hidden
        if row.item
    ]
    meeting = minutes.meeting
    return PrintedMinutes(
        title=str(minutes),
        company=company.name,
        body=str(meeting.body),
        day=meeting.on,
        state=register_line(minutes),
        paragraphs=tuple(sorted(paragraphs, key=lambda each: each.place)),
        corrections=tuple(correction_words(row) for row in corrections),
        signers=signers_of(minutes),
    )


def signers_of(minutes: Minutes) -> tuple[str, ...]:
    """Who signs approved minutes, in ink, on the lines at their end; nobody signs a draft."""
    if minutes.state != MinutesState.APPROVED:
        return ()
    presided = minutes.meeting.presided_by
    chair = _("%(name)s, chair of the meeting") % {"name": presided.name} if presided else ""
    return chair or _("Chair of the meeting"), _("Secretary of the meeting")


def correction_words(correction: Correction) -> str:
    said = {"day": long_day(correction.on), "text": correction.text}
    return _("Corrected on %(day)s: %(text)s") % said


def register_line(minutes: Minutes) -> str:
    """Minutes of August 4, 2026, approved November 4, 2026, corrected February 25, 2027."""
    said = _("Minutes of %(day)s") % {"day": long_day(minutes.meeting.on)}
    if minutes.state == MinutesState.DRAFT:
        return _("%(minutes)s, draft %(number)s") % {"minutes": said, "number": minutes.draft}
    if minutes.state == MinutesState.CIRCULATED:
        assert minutes.circulated_on is not None  # noqa: S101  (the database has seen to it)
        return _("%(minutes)s, draft %(number)s, circulated %(day)s") % {
            "minutes": said,
            "number": minutes.draft,
            "day": long_day(minutes.circulated_on),
        }
    assert minutes.approved_on is not None  # noqa: S101  (the database has seen to it)
    parts = [said, _("approved %(day)s") % {"day": long_day(minutes.approved_on)}]
    corrected = dict.fromkeys(row.on for row in minutes.corrections.all())
    parts += [_("corrected %(day)s") % {"day": long_day(day)} for day in corrected]
    return ", ".join(parts)
