"""Agenda and papers sent: numbers, versions, and what each reader's file holds."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from accounts.models import User
from committees.tests.factories import a_director, a_seat
from meetings import services
from meetings.enums import Removal
from meetings.models import AgendaItem, Meeting, Pack
from meetings.reports import pack as reports
from meetings.tests.factories import AT, NINE, SIGNED, a_meeting, a_paper, an_item, an_upload
from meetings.tests.test_pdf import PLANTED, changed, everything, with_answer
from records import store
from records.models import Company, Document, Notice
from records.tests.owing import sweep

pytestmark = pytest.mark.django_db

TODAY = AT.date()


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def test_first_sending_fixes_the_numbers() -> None:
    meeting = a_meeting()
    for title in "ABC":
        an_item(meeting, title)
    gone = an_item(meeting, "D")
    services.remove_item(gone, removal=Removal.WITHDRAWN, reason="Not ready", **SIGNED)
    pack = services.send_pack(meeting, **SIGNED)
    meeting.refresh_from_db()
    assert (pack.version, meeting.agenda_sent_at) == (1, AT)
    assert [*meeting.items.values_list("title", "number")] == [
        ("A", 1),
        ("B", 2),
        ("C", 3),
        ("D", None),
    ]
    assert an_item(meeting, "E").number == 4


def test_agenda_without_items_is_not_sent() -> None:
    with pytest.raises(ValidationError, match="has no items"):
        services.send_pack(a_meeting(), **SIGNED)


def test_version_that_would_say_the_same_is_refused() -> None:
    item = an_item()
    services.send_pack(item.meeting, **SIGNED)
    with pytest.raises(ValidationError, match="Nothing has changed since version 1"):
        services.send_pack(item.meeting, **SIGNED)
    a_paper(item)
    assert services.send_pack(item.meeting, **SIGNED).version == 2


def test_version_keeps_what_it_said() -> None:
    item = an_item(title="Review the 10-Q")
    paper = a_paper(item, "Draft")
    first = services.send_pack(item.meeting, **SIGNED)
    services.change_item(item, title="Approve the 10-Q", **SIGNED)
    services.replace_paper(paper, upload=an_upload("Final"), **SIGNED)
    services.send_pack(item.meeting, **SIGNED)
    (kept,) = first.items.all()
    assert kept.title == "Review the 10-Q"
    assert [each.document.version for each in kept.papers.all()] == [1]


def test_members_with_an_account_are_told_once_and_of_nothing_in_it(member: User) -> None:
    item = an_item(title=PLANTED)
    a_seat(a_director("Max Member", user=member), item.meeting.body)
    services.send_pack(item.meeting, **SIGNED)
    a_paper(item)
    services.send_pack(item.meeting, **SIGNED)
    (sent,) = mails()
    assert "The agenda and papers of a meeting are ready for you to read." in sent.body
    assert PLANTED not in sent.body


def test_notice_whose_ground_is_gone_is_not_sent(member: User) -> None:
    """cases/meetings I1: a meeting was canceled since; and A1: that is said at once, by its date."""
    item = an_item(title=PLANTED)
    meeting = item.meeting
    a_seat(a_director("Max Member", user=member), meeting.body)
    services.give_notice(meeting, noticed_on=TODAY, **SIGNED)
    services.send_pack(meeting, **SIGNED)
    services.cancel_meeting(meeting, reason=PLANTED, **SIGNED)
    (sent,) = mails()
    assert sent.subject == "Canceled: meeting of November 4, 2026"
    assert "Canceled: Audit Committee of November 4, 2026." in sent.body
    assert PLANTED not in sent.body
    ended = {notice.kind: notice.state for notice in Notice.objects.all()}
    assert ended["meetings.convened"] == ended["meetings.pack_sent"] == "withdrawn"


def test_moved_meeting_is_told_with_its_new_time(member: User) -> None:
    meeting = a_meeting(place=PLANTED)
    a_seat(a_director("Max Member", user=member), meeting.body)
    services.give_notice(meeting, noticed_on=TODAY, **SIGNED)
    services.change_meeting(meeting, on=date(2026, 11, 5), time=NINE, **SIGNED)
    (sent,) = mails()
    assert "Audit Committee, Thursday, November 5, 2026, 9:00 a.m. Eastern Time" in sent.body
    assert PLANTED not in sent.body


def mails() -> list[Any]:
    """What a sweep sends of it."""
    sweep(AT)
    return mail.outbox


def rendition(pack: Pack, reader: User) -> bytes:
    content = reports.sent(pack, reader, TODAY)
    return reports.pack_pdf(content, Company.objects.get())


@pytest.mark.pdf
def test_pack_of_a_recused_reader_says_that_there_is_an_item_and_no_more(
    secretary: User, member: User
) -> None:
    """cases/meetings E2, E3: seven items, the fourth restricted after it was sent."""
    meeting = a_meeting()
    items = [
        an_item(meeting, f"{PLANTED} {n}" if n == 4 else f"Matter {n}", ask=f"Ask {n}")
        for n in range(1, 8)
    ]
    a_paper(items[3], PLANTED, PLANTED, title=PLANTED)
    a_paper(items[4], "Fifth")
    pack = services.send_pack(meeting, **SIGNED)
    AgendaItem.objects.filter(pk=items[3].pk).update(restricted_people={secretary.pk})
    barred, open_to = rendition(pack, secretary), rendition(pack, member)
    assert PLANTED not in everything(barred)
    assert PLANTED in everything(open_to)
    reader = PdfReader(io.BytesIO(barred))
    assert reader.page_labels == ["i", "5-1"]
    assert PdfReader(io.BytesIO(open_to)).page_labels == ["i", "4-1", "4-2", "5-1"]
    titles = [each.title for each in reader.outline if not isinstance(each, list)]
    assert titles[4] == "4. Restricted item"
    assert "4." in reader.pages[0].extract_text()
    assert reader.metadata.title == "Audit Committee meeting of November 4, 2026"


@pytest.mark.pdf
def test_paper_that_is_gone_leaves_a_page_that_names_it(member: User) -> None:
    item = an_item()
    paper = a_paper(item, "Draft", title="Forecast")
    pack = services.send_pack(item.meeting, **SIGNED)
    store.remove(Document.objects.get(pk=paper.document_id).sha256)
    text = PdfReader(io.BytesIO(rendition(pack, member))).pages[1].extract_text()
    assert "Forecast" in text
    assert "could not be put into the pack" in text


@pytest.mark.pdf
def test_secretary_sees_what_goes_out_and_sends_it(
    client_of: Callable[..., Client], secretary: User, member: User
) -> None:
    item = an_item()
    a_seat(a_director("Max Member", user=member), item.meeting.body)
    a_seat(a_director("Ngozi Okafor"), item.meeting.body)
    a_paper(item)
    client, path = client_of(secretary), f"/meetings/{item.meeting.pk}/send/"
    page = client.get(path)
    said = {str(each.term): each.text for each in page.context["recorded"]}
    assert said["By email"] == "Max Member"
    assert said["Without an account"] == "Ngozi Okafor"
    assert said["Agenda and papers"] == "1 item, 1 paper"
    held = {field.name: field.value() for field in page.context["form"]}
    client.post(path, held)
    pack = Pack.objects.get()
    file = client.get(pack.get_absolute_url())
    assert file.headers["Content-Type"] == "application/pdf"
    assert 'filename="pack-2026-11-04.pdf"' in file.headers["Content-Disposition"]


def test_paper_that_no_pack_can_hold_is_refused_beside_its_field(
    client_of: Callable[..., Client], secretary: User
) -> None:
    item = an_item()
    file = SimpleUploadedFile("Forecast.pdf", b"PK\x03\x04 no PDF")
    page = client_of(secretary).post(f"{item.get_absolute_url()}papers/add/", {"file": file})
    assert page.context["form"].errors["file"] == [
        "Forecast.pdf could not be read as a PDF. Export it again."
    ]
    assert not Meeting.objects.get().items.get().papers.exists()


def with_attachment_and_answer(name: str = "Forecast.pdf") -> SimpleUploadedFile:
    def change(pdf: pikepdf.Pdf) -> None:
        with_answer("AAA")(pdf)
        pdf.attachments["model.xlsx"] = b"figures"

    return SimpleUploadedFile(name, changed(change, "Forecast"), "application/pdf")


NOTES = (
    "model.xlsx inside this PDF is not in the pack. Attach it to the item to share it.",
    "Form fields are fixed in the pack: their answers can be read and not changed.",
)


def test_secretary_reads_at_upload_and_beside_the_paper_what_the_pack_leaves_out(
    client_of: Callable[..., Client], secretary: User, member: User
) -> None:
    """cases/meetings B1, B3."""
    item = an_item()
    path = item.get_absolute_url()
    client = client_of(secretary)
    page = client.post(
        f"{path}papers/add/",
        {"file": with_attachment_and_answer(), "title": "Forecast"},
        follow=True,
    )
    [message] = [str(each) for each in page.context["messages"]]
    assert message == " ".join(["The paper was added.", *NOTES])
    [paper] = client.get(path).context["papers"]
    assert paper.notes == NOTES
    assert all(note in client.get(path).content.decode() for note in NOTES)
    a_seat(a_director("Max Member", user=member), item.meeting.body)
    [paper] = client_of(member).get(path).context["papers"]
    assert paper.notes == ()
