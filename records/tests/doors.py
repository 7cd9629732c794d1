"""Who gets in where: documents, and the company with its calendar."""

from datetime import UTC, date, datetime

from accounts.tests.walk import (
    ADMINISTRATORS,
    COUNSEL,
    DIRECTORS,
    MANAGERS,
    SECRETARIES,
    SIGNED_IN,
    Cast,
    Door,
)
from records.documents import DRAFT
from records.enums import Office
from records.models import Company, Document, Hold, Holiday
from records.services import documents, holds
from records.services.company import record_annual_meeting, set_up

READERS = SECRETARIES | DIRECTORS | MANAGERS | ADMINISTRATORS | {"company_counsel"}
KEEPERS = SECRETARIES | ADMINISTRATORS
PRESERVERS = SECRETARIES | COUNSEL
SIGNED = {"by": Office.OPERATOR, "at": datetime(2026, 1, 5, 12, tzinfo=UTC)}
ON = date(2026, 5, 20)


def the_company() -> Company:
    return Company.objects.current() or set_up(name="Larch Instruments, Inc.", **SIGNED)


def a_company(cast: Cast) -> dict[str, object]:
    the_company()
    return {}


def a_fiscal_year_end(cast: Cast) -> dict[str, object]:
    return {"pk": the_company().fiscal_year_ends.get().pk}


def a_filer_status(cast: Cast) -> dict[str, object]:
    return {"pk": the_company().filer_statuses.get().pk}


def an_annual_meeting(cast: Cast) -> dict[str, object]:
    return {"pk": record_annual_meeting(the_company(), on=ON, **SIGNED).pk}


def a_holiday(cast: Cast) -> dict[str, object]:
    the_company()
    return {"pk": Holiday.objects.first().pk}


def a_day(cast: Cast) -> dict[str, object]:
    return {"on": "2026-06-02", "name": "A day"}


def a_draft(cast: Cast) -> dict[str, object]:
    found = Document.objects.filter(kind=DRAFT.name).first() or documents.file(
        kind=DRAFT.name, title="Draft", content=b"A draft.", file_name="draft.txt", **SIGNED
    )
    return {"pk": found.pk}


def a_hold(cast: Cast) -> dict[str, object]:
    found = Hold.objects.first() or holds.place(
        reason="A matter.", by=cast["company_counsel"], at=SIGNED["at"]
    )
    return {"pk": found.pk}


def a_reason(cast: Cast) -> dict[str, object]:
    return {"reason": "A letter of counsel."}


def kept(**door: object) -> Door:
    """A page that changes what is known of the company."""
    return Door(get=SECRETARIES, post=SECRETARIES, **({"kwargs": a_company} | door))


DOORS = {
    "my_mail": Door(get=SIGNED_IN, post=SIGNED_IN),
    # Documents, and what keeps them.
    "documents": Door(get=SECRETARIES | DIRECTORS | COUNSEL),
    "document_about": Door(get=SECRETARIES, kwargs=a_draft),
    "draft_file": Door(get=SECRETARIES, post=SECRETARIES),
    "draft_supersede": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_draft),
    "retention": Door(get=SECRETARIES),
    "purge_nightly": Door(get=SECRETARIES, post=SECRETARIES),
    "purge": Door(get=SECRETARIES, post=SECRETARIES),
    "holds": Door(get=PRESERVERS),
    "hold_place": Door(get=PRESERVERS, post=PRESERVERS, data=a_reason),
    "hold_lift": Door(get=PRESERVERS, post=PRESERVERS, kwargs=a_hold, data=a_reason),
    # The company and its calendar.
    "company": Door(get=READERS, kwargs=a_company),
    "company_set_up": Door(get=KEEPERS, post=KEEPERS),
    "company_change": kept(),
    "company_confirm": Door(post=SECRETARIES, kwargs=a_company),
    "fiscal_year_end_add": kept(),
    "fiscal_year_end_change": kept(kwargs=a_fiscal_year_end),
    "fiscal_year_end_remove": kept(kwargs=a_fiscal_year_end),
    "filer_status_add": kept(),
    "filer_status_change": kept(kwargs=a_filer_status),
    "filer_status_remove": kept(kwargs=a_filer_status),
    "annual_meeting_add": kept(data=a_day),
    "annual_meeting_change": kept(kwargs=an_annual_meeting, data=a_day),
    "annual_meeting_remove": kept(kwargs=an_annual_meeting),
    "holidays": Door(get=READERS, kwargs=a_company),
    "holidays_fill": kept(),
    "holiday_add": kept(data=a_day),
    "holiday_change": kept(kwargs=a_holiday, data=a_day),
    "holiday_remove": kept(kwargs=a_holiday),
}
