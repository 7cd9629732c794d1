"""A portal in which three people are recused from matters whose every text holds the planted words, and
how the words are looked for in whatever it answers."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.message import Message
from io import BytesIO
from typing import Any

import pikepdf
from django.http import HttpResponse
from pypdf import PdfReader

from accounts.models import User
from charter_portal.tests.recused_sources import plant_sources
from charters.enums import HowDecided
from charters.rules.sessions import Group
from charters.services import record_decision
from charters.services.uploads import Upload
from charters.tests.charters import Stage, set_the_stage
from committees.models import Director
from committees.tests.factories import a_board, a_director, a_seat
from meetings import services
from meetings.agenda_templates import Template
from meetings.candidates import candidates
from meetings.enums import Answer, HowReported, ItemKind, ItemOutcome, Removal
from meetings.models import AgendaItem, Meeting, Minutes
from meetings.services.attendance import Attendance, MemberThere
from meetings.services.holding import Held, TakenUp
from meetings.services.sessions import Session
from meetings.tests.factories import a_meeting, a_pdf, an_item
from records.enums import SystemActor

PLANTED = "ZEPHYR"
# A word of the planted texts that a search can ask for without holding the words itself.
ASKED_FOR = "quagmire"
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
AUGUST, NOVEMBER, DECEMBER = date(2026, 8, 4), date(2026, 11, 10), date(2026, 12, 8)


def on(day: date) -> dict[str, Any]:
    """Signed by the operator on a date."""
    at = datetime.combine(day, time(15), tzinfo=UTC)
    return {"by": SystemActor.OPERATOR, "at": at}


def said(what: str) -> str:
    return f"{PLANTED} {ASKED_FOR} {what}"


def planted_pdf(text: str) -> bytes:
    """The words on the page, in a layer, in an attachment, in its description and as a comment."""
    with pikepdf.open(BytesIO(a_pdf(said(text)))) as pdf:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=said("layer")))
        pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(MC0=layer)
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
        )
        pdf.pages[0].obj.Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Text,
                    Rect=[0, 0, 9, 9],
                    Contents=said("comment"),
                )
            ]
        )
        pdf.attachments["model.txt"] = said("attachment").encode()
        pdf.docinfo[pikepdf.Name.Title] = said("title of the file")
        file = BytesIO()
        pdf.save(file)
        return file.getvalue()


def planted_upload(text: str) -> Upload:
    return Upload(planted_pdf(text), f"{said(text)}.pdf", said(text))


@dataclass(frozen=True)
class Matters:
    """The scene.

    decided   an item of August that was decided, with minutes that were approved and corrected
    waiting   the item that was deferred from August, carried to a meeting that nobody entered yet
    sources   the items of a meeting ahead that came from records of every sort
    ahead     the item of a meeting ahead, whose pack was sent twice before anybody was recused
    """

    stage: Stage
    board: Any
    decided: AgendaItem
    waiting: AgendaItem
    ahead: AgendaItem
    canceled: AgendaItem
    sources: tuple[AgendaItem, ...]


def a_planted_item(meeting: Meeting, day: date, **given: Any) -> AgendaItem:
    item = an_item(
        meeting,
        said("item"),
        kind=ItemKind.DECIDE,
        ask=said("ask?"),
        recommendation=said("recommendation"),
        presenter=said("presenter"),
        because=said("because"),
        **given,
        **on(day),
    )
    services.add_paper(item, upload=planted_upload("paper"), **on(day))
    return AgendaItem.objects.get(pk=item.pk)


def recuse_all(item: AgendaItem, people: Collection[User], day: date) -> None:
    for user in people:
        services.recuse(item, user=user, **on(day))


def the_matters(chair: User, member: User, recused: Collection[User]) -> Matters:
    """Everything that a meeting leaves behind, made on the dates on which it would be."""
    stage = set_the_stage()
    directors = [a_director("Ann A", chair), a_director("Bob B", member), a_director("Cid C")]
    for director in directors:
        a_seat(director, stage.committee)
    board = a_board()
    for director in directors:
        a_seat(director, board)
    services.set_body_rules(board, seats=3, effective_on=date(2024, 1, 1), **on(date(2026, 1, 5)))
    planned = [
        a_meeting(stage.committee, on=day, **on(date(2026, 7, 1)))
        for day in (AUGUST, date(2026, 10, 6), NOVEMBER, DECEMBER)
    ]
    august, canceled, november, december = planned
    for meeting in planned:
        an_item(meeting, "Audit plan", kind=ItemKind.DISCUSS, **on(date(2026, 7, 1)))
    decided = a_planted_item(august, date(2026, 7, 1), duties=[stage.duty(title="Review the fee")])
    deferred = a_planted_item(august, date(2026, 7, 1))
    services.send_pack(Meeting.objects.get(pk=august.pk), **on(date(2026, 7, 28)))
    for item in (decided, deferred):
        recuse_all(item, recused, date(2026, 7, 29))
    services.remove_item(
        deferred, removal=Removal.DEFERRED, reason=said("deferral"), **on(date(2026, 7, 30))
    )
    decide(august, directors, decided)
    report(board, directors, august, decided)
    off = a_planted_item(canceled, date(2026, 9, 1))
    recuse_all(off, recused, date(2026, 9, 2))
    services.cancel_meeting(
        Meeting.objects.get(pk=canceled.pk), reason="No quorum is expected.", **on(date(2026, 9, 3))
    )
    carry(november, chair)
    services.send_pack(Meeting.objects.get(pk=november.pk), **on(date(2026, 10, 29)))
    ahead = a_planted_item(december, date(2026, 11, 18))
    services.send_pack(Meeting.objects.get(pk=december.pk), **on(date(2026, 11, 18)))
    [paper] = ahead.papers.all()
    services.replace_paper(paper, upload=planted_upload("next version"), **on(date(2026, 11, 19)))
    services.send_pack(Meeting.objects.get(pk=december.pk), **on(date(2026, 11, 19)))
    recuse_all(ahead, recused, date(2026, 11, 19))
    sources = plant_sources(stage.committee, directors, chair, said, planted_upload)
    for item in sources:
        recuse_all(item, recused, date(2026, 11, 19))
    return Matters(
        stage,
        board,
        AgendaItem.objects.get(pk=decided.pk),
        AgendaItem.objects.get(carried_from=deferred),
        AgendaItem.objects.get(pk=ahead.pk),
        AgendaItem.objects.get(pk=off.pk),
        tuple(sources),
    )


def carry(meeting: Meeting, reader: User) -> None:
    """What was deferred and what was canceled go to the next agenda, built by somebody who sees it."""
    found = candidates(meeting, reader, date(2026, 10, 20), Template.PLANNING)
    carried = [each for each in found if each.carried_from and PLANTED in each.title]
    services.take(meeting, carried[:1], **on(date(2026, 10, 20)))


def decide(meeting: Meeting, directors: list[Director], item: AgendaItem) -> None:
    day = date(2026, 8, 5)
    there = [MemberThere(director) for director in directors]
    other = meeting.items.get(title="Audit plan")
    services.enter_meeting(
        Meeting.objects.get(pk=meeting.pk),
        held=Held(Attendance(there)),
        items=[
            TakenUp(other, ItemOutcome.DISCUSSED),
            TakenUp(item, resolution=said("resolution")),
        ],
        sessions=[Session(Group.EXTERNAL_AUDITOR, frozenset({Group.EXTERNAL_AUDITOR}))],
        **on(day),
    )
    services.conclude_meeting(meeting, **on(day))
    minutes = Minutes.objects.get(meeting=meeting)
    paragraph = minutes.paragraphs.get(item=item)
    services.change_paragraph(paragraph, text=said("paragraph"), **on(day))
    services.circulate_minutes(minutes, **on(day))
    # The vote comes out otherwise when it is counted again, so that an open item cites it.
    alone = [MemberThere(directors[0]), *(MemberThere(each, False) for each in directors[1:])]
    services.correct_attendance(
        Meeting.objects.get(pk=meeting.pk), Attendance(alone), **on(date(2026, 8, 7))
    )
    services.correct_attendance(
        Meeting.objects.get(pk=meeting.pk),
        Attendance([MemberThere(directors[0], False), *there[1:]]),
        **on(date(2026, 8, 8)),
    )


def report(board: Any, directors: list[Director], meeting: Meeting, item: AgendaItem) -> None:
    """The committee recommends the matter to the Board, which answers; the minutes are approved and
    corrected."""
    heard_on = date(2026, 8, 6)
    heard = a_meeting(board, on=heard_on, **on(date(2026, 7, 1)))
    services.enter_meeting(
        heard, held=Held(Attendance([MemberThere(each) for each in directors])), **on(heard_on)
    )
    services.board_reports.report_to_board(
        [Meeting.objects.get(pk=meeting.pk)],
        board_meeting=Meeting.objects.get(pk=heard.pk),
        how=HowReported.IN_WRITING,
        **on(heard_on),
    )
    recommendation = services.board_reports.recommend(
        Meeting.objects.get(pk=meeting.pk), text=said("advice"), item=item, **on(heard_on)
    )
    services.board_reports.recommend(
        Meeting.objects.get(pk=meeting.pk), text=said("open advice"), item=item, **on(heard_on)
    )
    services.board_reports.answer_recommendation(
        recommendation,
        answer=Answer.REJECTED,
        answered_on=heard_on,
        answer_text=said("answer"),
        **on(heard_on),
    )
    approval = record_decision(
        meeting.body,
        decided_on=date(2026, 9, 8),
        how=HowDecided.WRITTEN_CONSENT,
        text="Approve the minutes.",
        **on(date(2026, 9, 8)),
    )
    minutes = Minutes.objects.get(meeting=meeting)
    services.approve_minutes(minutes, decision=approval, **on(date(2026, 9, 8)))
    services.file_approved_minutes(minutes, **on(date(2026, 9, 8)))
    services.record_correction(
        Minutes.objects.get(pk=minutes.pk),
        text=said("correction"),
        decision=approval,
        item=item,
        **on(date(2026, 9, 9)),
    )


def whole(response: HttpResponse) -> bytes:
    """Everything in an answer: its headers and its content, files opened."""
    streaming = getattr(response, "streaming", False)
    content = b"".join(response.streaming_content) if streaming else response.content
    headers = repr(sorted(response.headers.items())).encode()
    return headers + content + opened(content)


def opened(content: bytes) -> bytes:
    if content.startswith(b"%PDF"):
        return b"".join(words_of(content))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [(name.encode(), archive.read(name)) for name in archive.namelist()]
            return b"".join(name + part + opened(part) for name, part in parts)
    return b""


def words_of(content: bytes) -> Iterator[bytes]:
    """Of a PDF every stream, inflated, and every string in whatever letters: titles, layers, comments,
    the description; the files inside it; and what a reader of its pages sees."""
    with pikepdf.open(BytesIO(content)) as pdf:
        for found in pdf.objects:
            yield from strings_of(found)
        yield from strings_of(pdf.trailer)
        for name, attached in pdf.attachments.items():
            yield name.encode()
            yield opened(attached.get_file().read_bytes())
    for page in PdfReader(BytesIO(content)).pages:
        yield page.extract_text().encode()


def strings_of(found: Any) -> Iterator[bytes]:
    if isinstance(found, pikepdf.Stream):
        try:
            yield found.read_bytes()
        except pikepdf.PdfError:  # an image, whose filter is none of qpdf's
            yield found.read_raw_bytes()
        yield from own(found.stream_dict)
    else:
        yield from own(found)


def own(found: Any) -> Iterator[bytes]:
    """The strings in an object, without following it to others: those come by themselves."""
    if isinstance(found, pikepdf.String | pikepdf.Name):
        yield str(found).encode()
    elif isinstance(found, pikepdf.Array):
        for each in found:
            if not getattr(each, "is_indirect", False):
                yield from own(each)
    elif isinstance(found, pikepdf.Dictionary):
        for key, value in dict(found).items():
            yield key.encode()
            if not getattr(value, "is_indirect", False):
                yield from own(value)


def whole_letter(letter: Message) -> bytes:
    """An email with all its headers, each part decoded."""
    parts = [part.get_payload(decode=True) or b"" for part in letter.walk()]
    return str(list(letter.items())).encode() + b"".join(parts)
