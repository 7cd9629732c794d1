"""What changed since the version before, on the meeting's page and on the pack's first sheet (B6)."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from pypdf import PdfReader

from accounts.models import User
from charters.services.uploads import Upload
from meetings import services
from meetings.enums import Removal
from meetings.models import AgendaItem, Meeting, Pack, Paper
from meetings.pdf.fingerprints import page_digests
from meetings.reports import pack as reports
from meetings.reports import pack_changes
from meetings.reports.items import notes_of
from meetings.tests.factories import AT, SIGNED, a_meeting, a_paper, a_pdf, an_item
from meetings.tests.test_pdf import PLANTED, with_answer, with_hidden_layer
from records import store
from records.models import Company

pytestmark = pytest.mark.django_db

TODAY = AT.date()
TEN = [f"Page {number}" for number in range(1, 11)]


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


class Sent:
    """Four items, with a 10-page paper in tab 4 and one page in tab 3, sent as version 1."""

    def __init__(self) -> None:
        self.meeting: Meeting = a_meeting()
        self.items: list[AgendaItem] = [an_item(self.meeting, f"Matter {n}") for n in range(1, 5)]
        self.third: Paper = a_paper(self.items[2], "Third")
        self.fourth: Paper = a_paper(self.items[3], *TEN)
        self.first: Pack = services.send_pack(self.meeting, **SIGNED)

    def replace(self, content: bytes, paper: Paper | None = None) -> None:
        upload = Upload(content, "Draft 10-Q.pdf")
        services.replace_paper(paper or self.fourth, upload=upload, **SIGNED)

    def changes(self, reader: User) -> list[str]:
        pack = services.send_pack(self.meeting, **SIGNED)
        content = reports.sent(pack, reader, TODAY)
        assert content.since == pack.version - 1
        return list(content.changes)


@pytest.fixture
def sent() -> Sent:
    return Sent()


def exported_again(*texts: str) -> bytes:
    """The same drawing in another file: other numbers, other compression, another date."""
    with pikepdf.open(io.BytesIO(a_pdf(*texts))) as pdf:
        pdf.docinfo["/CreationDate"] = "D:20260101000000Z"
        pdf.make_indirect(pikepdf.Dictionary(Unused=1))
        for page in pdf.pages:
            page.contents_coalesce()
            page.obj["/LastModified"] = pikepdf.String("D:20260101000000Z")
        file = io.BytesIO()
        pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return file.getvalue()


def test_the_same_file_again_makes_no_version(sent: Sent) -> None:
    with pytest.raises(ValidationError, match="same file as version 1"):
        sent.replace(a_pdf(*TEN))
    with pytest.raises(ValidationError, match="Nothing has changed since version 1"):
        services.send_pack(sent.meeting, **SIGNED)


def test_the_same_document_exported_again_changes_no_page(sent: Sent, member: User) -> None:
    sent.replace(exported_again(*TEN))
    assert sent.changes(member) == ["4. Matter 4: A file was replaced. No page changed."]


def test_a_page_inserted_after_page_3(sent: Sent, member: User) -> None:
    sent.replace(a_pdf(*TEN[:3], "Inserted", *TEN[3:]))
    assert sent.changes(member) == ["4. Matter 4: New: 4-4. 4-4 to 4-10 are now 4-5 to 4-11."]


def test_one_figure_on_page_7(sent: Sent, member: User) -> None:
    sent.replace(a_pdf(*TEN[:6], "Page 7 with another figure", *TEN[7:]))
    assert sent.changes(member) == ["4. Matter 4: Changed: 4-7."]


def test_only_tab_3_was_replaced(sent: Sent, member: User) -> None:
    sent.replace(a_pdf("Third, changed"), sent.third)
    assert sent.changes(member) == ["3. Matter 3: Changed: 3-1."]


def test_a_second_paper_an_item_more_and_one_less(sent: Sent, member: User) -> None:
    a_paper(sent.items[2], "More", "And more")
    an_item(sent.meeting, "Matter 5")
    services.remove_item(sent.items[0], removal=Removal.WITHDRAWN, reason="Not ready", **SIGNED)
    assert sent.changes(member) == [
        "1. Matter 1: Withdrawn.",
        "3. Matter 3: New: 3-2 to 3-3.",
        "5. Matter 5: Added.",
    ]


def test_another_order(sent: Sent, member: User) -> None:
    services.move_item(sent.items[3], place=1, **SIGNED)
    assert sent.changes(member) == ["The order of the items changed."]


def test_first_version_has_no_list(sent: Sent, member: User) -> None:
    content = reports.sent(sent.first, member, TODAY)
    assert (content.since, content.changes) == (None, ())


def test_a_readers_list_never_names_a_restricted_tab(
    sent: Sent, secretary: User, member: User
) -> None:
    sent.replace(a_pdf(PLANTED, *TEN))
    services.change_item(sent.items[3], title=PLANTED, **SIGNED)
    AgendaItem.objects.filter(pk=sent.items[3].pk).update(restricted_people={secretary.pk})
    assert sent.changes(secretary) == []
    pack = Pack.objects.get(version=2)
    assert PLANTED in " ".join(reports.sent(pack, member, TODAY).changes)


def test_the_page_and_the_review_before_sending_list_what_changed(
    sent: Sent, client_of: Callable[..., Client], secretary: User
) -> None:
    sent.replace(a_pdf(*TEN[:6], "Page 7 with another figure", *TEN[7:]))
    client, path = client_of(secretary), sent.meeting.get_absolute_url()
    review = client.get(f"{path}send/")
    [row] = [row for row in review.context["recorded"] if str(row.term).startswith("Changed since")]
    assert (str(row.term), row.lines) == (
        "Changed since version 1",
        ("4. Matter 4: Changed: 4-7.",),
    )
    services.send_pack(sent.meeting, **SIGNED)
    page = client.get(path).content.decode()
    assert "Changed since version 1:" in page
    assert "4. Matter 4: Changed: 4-7." in page


@pytest.mark.pdf
def test_the_first_sheet_lists_what_changed(sent: Sent, member: User) -> None:
    sent.replace(a_pdf(*TEN[:6], "Page 7 with another figure", *TEN[7:]))
    pack = services.send_pack(sent.meeting, **SIGNED)
    file = reports.pack_pdf(reports.sent(pack, member, TODAY), Company.objects.get())
    sheet = PdfReader(io.BytesIO(file)).pages[0].extract_text()
    assert "Changed since version 1" in sheet
    assert "Changed: 4-7." in sheet


@pytest.mark.parametrize(
    "change",
    [with_hidden_layer, with_answer("AAA")],
    ids=["a layer", "an answer in a form"],
)
def test_what_a_page_draws_beside_its_text_counts(change: Callable[[pikepdf.Pdf], None]) -> None:
    with pikepdf.open(io.BytesIO(a_pdf("A", "B"))) as pdf:
        change(pdf)
        file = io.BytesIO()
        pdf.save(file)
    plain, other = page_digests(a_pdf("A", "B")), page_digests(file.getvalue())
    assert [one == two for one, two in zip(plain, other, strict=True)] == [False, True]


def test_answers_of_two_forms_differ() -> None:
    files = []
    for answer in ("AAA", "BBB"):
        with pikepdf.open(io.BytesIO(a_pdf("A"))) as pdf:
            with_answer(answer)(pdf)
            file = io.BytesIO()
            pdf.save(file)
            files.append(file.getvalue())
    assert page_digests(files[0]) != page_digests(files[1])


def a_file(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(a_pdf("A"))) as pdf:
        change(pdf)
        file = io.BytesIO()
        pdf.save(file)
        return file.getvalue()


@pytest.mark.parametrize("name", ["/A", "/P", "/M", "/ID", "/NM", "/Dest"])
def test_a_drawing_counts_whatever_its_name_in_the_resources(name: str) -> None:
    def with_logo(width: int) -> Callable[[pikepdf.Pdf], None]:
        def change(pdf: pikepdf.Pdf) -> None:
            logo = pdf.make_stream(f"0 0 {width} 9 re f".encode())
            logo.Type, logo.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary({name: logo})
            pdf.pages[0].contents_add(pdf.make_stream(f"{name} Do".encode()))

        return change

    assert page_digests(a_file(with_logo(9))) == page_digests(a_file(with_logo(9)))
    assert page_digests(a_file(with_logo(9))) != page_digests(a_file(with_logo(8)))


def test_a_layer_that_is_shown_differs_from_one_that_is_hidden() -> None:
    def shown(pdf: pikepdf.Pdf) -> None:
        with_hidden_layer(pdf)
        pdf.Root.OCProperties.D = pikepdf.Dictionary(OFF=pikepdf.Array())

    def hidden_unless_named(pdf: pikepdf.Pdf) -> None:
        with_hidden_layer(pdf)
        pdf.Root.OCProperties.D = pikepdf.Dictionary(BaseState=pikepdf.Name.OFF)

    hidden = page_digests(a_file(with_hidden_layer))
    assert page_digests(a_file(shown)) != hidden
    assert page_digests(a_file(hidden_unless_named)) == hidden


def test_where_a_link_leads_and_when_it_was_made_is_not_drawn() -> None:
    def with_link(address: str) -> Callable[[pikepdf.Pdf], None]:
        def change(pdf: pikepdf.Pdf) -> None:
            action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address)
            link = pikepdf.Dictionary(
                Subtype=pikepdf.Name.Link, Rect=[9, 9, 99, 99], A=action, M=address
            )
            pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])

        return change

    assert page_digests(a_file(with_link("one"))) == page_digests(a_file(with_link("two")))


def test_two_lost_files_differ_and_one_that_is_restored_is_read_again(
    sent: Sent, member: User
) -> None:
    pack_changes._digests_of.cache_clear()
    sent.replace(a_pdf(PLANTED, *TEN))
    sent.fourth.refresh_from_db()
    paper = sent.fourth.document
    stored = store._path(paper.sha256)
    earlier = store._path(paper.supersedes.sha256)
    content, before = stored.read_bytes(), earlier.read_bytes()
    stored.unlink()
    earlier.unlink()
    assert notes_of(paper) == ("The file of this paper is lost. Replace it.",)
    assert sent.changes(member) == ["4. Matter 4: Changed: 4-1."]
    stored.write_bytes(content)
    earlier.write_bytes(before)
    assert notes_of(paper) == ()
    pack = Pack.objects.get(version=2)
    assert reports.sent(pack, member, TODAY).changes == (
        "4. Matter 4: New: 4-1. 4-1 to 4-10 are now 4-2 to 4-11.",
    )
