"""A meeting's page, and a pack of 300 pages with scans, from the store to the file."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator

import pikepdf
from django.test import Client
from pikepdf import Dictionary, Name

from accounts.models import User
from bench.timing import Measurement, alone, behind, timed
from charters.services import Upload
from meetings import services
from meetings.models import Meeting, Pack
from meetings.reports import pack as reports
from records import clock, pdf
from records.models import Company

PAGE_GOAL, PACK_GOAL = 0.020, 3.0
TIMES, PACKS = 40, 5
PAPERS, PAGES = 10, 30
SCAN = 120_000


def measures(secretary: User) -> Iterator[Measurement]:
    meeting = Meeting.objects.open().order_by("on").first()
    assert meeting is not None
    client = Client()
    client.force_login(secretary)

    def read() -> None:
        assert client.get(meeting.get_absolute_url(), secure=True).status_code == 200

    made = behind(read)
    timing = timed(read, TIMES)
    is_met = timing.p50 <= PAGE_GOAL
    yield Measurement("meeting", timing, made, timed(alone(made), TIMES), "20 ms", is_met)
    if pdf.is_available():
        yield pack(meeting, secretary)


def pack(meeting: Meeting, secretary: User) -> Measurement:
    """Beside pikepdf alone, which binds the same files."""
    files = [paper() for _ in range(PAPERS)]
    sent = send(meeting, files, secretary)
    company, today = Company.objects.get(), clock.today()

    def assemble() -> bytes:
        return reports.pack_pdf(reports.sent(sent, secretary, today), company)

    made = behind(assemble)
    timing = timed(assemble, PACKS, warm=1)
    is_met = timing.p50 <= PACK_GOAL
    floor = timed(lambda: bound(files), PACKS, warm=1)
    return Measurement("pack, 300 pages", timing, made, floor, "3 s", is_met)


def send(meeting: Meeting, files: list[bytes], by: User) -> Pack:
    at = clock.now()
    for number, content in enumerate(files, start=1):
        item = services.add_item(meeting, title=f"Matter {number}", by=by, at=at)
        upload = Upload(content, f"paper-{number}.pdf", f"Paper {number}")
        services.add_paper(item, upload=upload, by=by, at=at)
    return services.send_pack(meeting, by=by, at=at)


def paper() -> bytes:
    """Thirty pages, each a scan that does not compress."""
    made = pikepdf.new()
    for _ in range(PAGES):
        page = made.add_blank_page(page_size=(612, 792))
        scan = made.make_stream(
            os.urandom(SCAN),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=400,
            Height=300,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )
        page.obj.Resources = Dictionary(XObject=Dictionary(Scan=scan))
        page.obj.Contents = made.make_stream(b"q 612 0 0 792 0 0 cm /Scan Do Q")
    return _saved(made)


def bound(files: list[bytes]) -> bytes:
    made = pikepdf.new()
    for content in files:
        with pikepdf.open(io.BytesIO(content)) as source:
            made.pages.extend(source.pages)
    return _saved(made)


def _saved(made: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
