"""What is recused is nowhere: for the recused person no address holds the item's planted words.

The addresses come from the URL table, so that a new page is tried too. Files are opened: each stream
of a PDF and each part of a workbook or an archive.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import product
from typing import Any

import pikepdf
import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.models import User
from charter_portal.tests.walking import addresses
from charters.models import Clause, Decision, Duty
from charters.tests.charters import Stage, set_the_stage
from committees.models import Director
from committees.tests.factories import a_director, a_seat
from meetings import services
from meetings.enums import ItemKind
from meetings.models import AgendaItem, Meeting, Minutes, Paper, Paragraph
from meetings.services.attendance import Attendance, MemberThere
from meetings.services.holding import Held, TakenUp
from meetings.tests.factories import a_meeting, a_paper, an_item
from records.enums import SystemActor
from records.models import Document

pytestmark = pytest.mark.django_db

PLANTED = "ZEPHYR"
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
BEFORE: dict[str, Any] = {
    "by": SystemActor.OPERATOR,
    "at": datetime(2026, 7, 1, 15, tzinfo=UTC),
}
AFTER: dict[str, Any] = {
    "by": SystemActor.OPERATOR,
    "at": datetime(2026, 8, 5, 15, tzinfo=UTC),
}
RECUSED = ("member", "secretary", "administrator")


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@pytest.fixture
def item(stage: Stage, member: User, secretary: User, administrator: User) -> AgendaItem:
    """Decided at a meeting of August: three are recused, a director, the secretary, the keeper of
    accounts. It has a paper, a resolution, minutes, and serves a responsibility."""
    directors = [a_director("Ann A"), a_director("Bob B", member), a_director("Cid C")]
    for director in directors:
        a_seat(director, stage.committee)
    meeting = a_meeting(stage.committee, on=date(2026, 8, 4), **BEFORE)
    an_item(meeting, "Audit plan", kind=ItemKind.DISCUSS, **BEFORE)
    item = an_item(
        meeting,
        f"{PLANTED} title",
        kind=ItemKind.DECIDE,
        ask=f"{PLANTED} ask?",
        recommendation=f"{PLANTED} recommendation",
        presenter=f"{PLANTED} presenter",
        because=f"{PLANTED} because",
        duties=[stage.duty(title="Review the fee")],
        **BEFORE,
    )
    a_paper(item, f"{PLANTED} paper", **BEFORE)
    for user in (member, secretary, administrator):
        services.recuse(item, user=user, **BEFORE)
    decide(meeting, directors, item)
    return AgendaItem.objects.get(pk=item.pk)


def decide(meeting: Meeting, directors: list[Director], item: AgendaItem) -> None:
    there = Attendance([MemberThere(director) for director in directors])
    first = AgendaItem.objects.exclude(pk=item.pk).get()
    taken = [TakenUp(first), TakenUp(item, resolution=f"{PLANTED} resolution")]
    services.enter_meeting(meeting, held=Held(there), items=taken, **AFTER)
    services.conclude_meeting(meeting, **AFTER)
    services.circulate_minutes(Minutes.objects.get(), **AFTER)


def paths() -> Iterator[str]:
    """Every address that the table knows, for every record that holds the words."""
    planted = Paragraph.objects.get(heading__contains=PLANTED)
    item = AgendaItem.objects.get(title__contains=PLANTED)
    minutes, paper = Minutes.objects.get(), Paper.objects.get()
    decision, duty = Decision.objects.get(), Duty.objects.get()
    # A sequence of PostgreSQL's goes on from test to test: a first record need not be number 1.
    keys = {
        "meetings": sorted({each.pk for each in (item, item.meeting, planted, minutes, paper)}),
        "charters": sorted({each.pk for each in (decision, duty, duty.committee)}),
    }
    known: dict[str, list[Any]] = {
        "reference": [*Clause.objects.values_list("reference", flat=True)],
        "key": ["FY2026"],
        "version": [1],
    }
    documents = [*Document.objects.values_list("pk", flat=True)]
    for address in sorted(set(addresses()), key=lambda each: each.name):
        for arguments in possibilities(address.name):
            numbers = keys.get(address.app, [1])
            values = [known.get(each, [*numbers, *documents]) for each in arguments]
            for chosen in product(*values):
                with suppress(NoReverseMatch):  # a key of another sort than this address takes
                    yield reverse(address.name, kwargs=dict(zip(arguments, chosen, strict=True)))


def possibilities(name: str) -> Iterator[list[str]]:
    """The arguments that an address takes, in each of its forms."""
    for entry in get_resolver().reverse_dict.getlist(name):
        for _path, arguments in entry[0]:
            yield arguments


def whole(response: HttpResponse) -> bytes:
    """Everything in an answer: its headers and its content, files opened."""
    streaming = getattr(response, "streaming", False)
    content = b"".join(response.streaming_content) if streaming else response.content
    headers = repr(sorted(response.headers.items())).encode()
    return headers + content + opened(content)


def opened(content: bytes) -> bytes:
    if content.startswith(b"%PDF"):
        with pikepdf.open(BytesIO(content)) as pdf:
            return b"".join(parts_of(pdf))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return b"".join(part + opened(part) for part in map(archive.read, archive.namelist()))
    return b""


def parts_of(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    """Each object of a PDF, streams decompressed; of its fonts, the letters that glyphs stand for."""
    for found in pdf.objects:
        yield found.unparse() if not isinstance(found, pikepdf.Stream) else found.read_bytes()


def leaks(client: Client) -> list[str]:
    """The addresses whose answers hold the words, whatever their status."""
    return [path for path in dict.fromkeys(paths()) if PLANTED.encode() in whole(client.get(path))]


def test_no_address_tells_a_recused_person(
    item: AgendaItem, client_of: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    for persona in RECUSED:
        client = client_of(request.getfixturevalue(persona), raise_request_exception=False)
        assert leaks(client) == [], persona


def test_walk_would_notice_a_leak(
    item: AgendaItem, client_of: Callable[..., Client], chair: User
) -> None:
    """A reader who is not recused finds the words where they belong."""
    paper, decision = Paper.objects.get(), Decision.objects.get()
    minutes, duty = Minutes.objects.get(), Duty.objects.get()
    expected = {
        item.meeting.get_absolute_url(),
        item.get_absolute_url(),
        minutes.get_absolute_url(),
        decision.get_absolute_url(),
        duty.get_absolute_url(),
        paper.document.get_absolute_url(),
        "/decisions/",
    }
    assert expected <= set(paths())
    client = client_of(chair)
    assert [path for path in expected if PLANTED.encode() not in whole(client.get(path))] == []
