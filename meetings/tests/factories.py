"""Meetings and agenda items, made the way the portal makes them."""

from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

import pikepdf

from charters.models import Committee
from charters.services.uploads import Upload
from committees.tests.factories import a_board, a_company, an_audit_committee
from meetings import services
from meetings.models import AgendaItem, Meeting, Paper
from records.enums import SystemActor

AT = datetime(2026, 10, 1, 15, tzinfo=UTC)
SIGNED: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": AT}
NOVEMBER = date(2026, 11, 4)
NINE = time(9)


def a_body() -> Committee:
    """The audit committee of a company whose clocks are those of New York."""
    a_company()
    a_board()
    return an_audit_committee()


def a_meeting(body: Committee | None = None, on: date = NOVEMBER, **given: Any) -> Meeting:
    given = {"time": NINE, **SIGNED} | given
    return services.plan_meeting(body or a_body(), on=on, **given)


def an_item(
    meeting: Meeting | None = None, title: str = "Review the 10-Q", **given: Any
) -> AgendaItem:
    return services.add_item(meeting or a_meeting(), title=title, **{**SIGNED, **given})


def a_pdf(*texts: str) -> bytes:
    """A PDF with a page for each text."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for text in texts or ("A page",):
        page = pdf.add_blank_page(page_size=(612, 792))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(f"BT /F1 18 Tf 72 700 Td ({text}) Tj ET".encode())
    file = BytesIO()
    pdf.save(file, static_id=True)
    return file.getvalue()


def an_upload(*texts: str, name: str = "Draft 10-Q.pdf") -> Upload:
    return Upload(a_pdf(*texts), name, name.removesuffix(".pdf"))


def a_paper(item: AgendaItem | None = None, *texts: str, **given: Any) -> Paper:
    return services.add_paper(item or an_item(), upload=an_upload(*texts), **{**SIGNED, **given})
