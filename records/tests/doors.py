"""Who gets in where: the ledger, documents, and the company with its calendar."""

from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings

from accounts.tests.walk import (
    ADMINISTRATORS,
    COUNSEL,
    DIRECTORS,
    EVERYBODY,
    MANAGERS,
    SECRETARIES,
    SIGNED_IN,
    Cast,
    Door,
)
from records.documents import DRAFT
from records.enums import DeliveryState, NoticeState, Office, Setback
from records.models import Company, Delivery, Document, Hold, Holiday, Notice
from records.services import documents, holds
from records.services.company import record_annual_meeting, set_up

READERS = SECRETARIES | DIRECTORS | MANAGERS | ADMINISTRATORS | {"company_counsel"}
READERS_OF_THE_LEDGER = SECRETARIES | ADMINISTRATORS | {"independent_counsel"}
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


def a_notice(cast: Cast) -> dict[str, object]:
    """One whose mail was not accepted."""
    delivery = Delivery.objects.create(
        recipient=cast["member"],
        gathered_at=SIGNED["at"],
        due_at=SIGNED["at"],
        state=DeliveryState.FAILED,
        setback=Setback.RECIPIENT,
        tries=1,
    )
    notice = Notice.objects.create(
        kind="ledger_fault",
        key="2026-01-05",
        recipient=cast["member"],
        owed_at=SIGNED["at"],
        state=NoticeState.CARRIED,
        delivery=delivery,
    )
    return {"pk": notice.pk}


def a_mail(cast: Cast) -> dict[str, object]:
    """One that lies in the demonstration's folder."""
    folder = Path(settings.EMAIL_FILE_PATH)
    folder.mkdir(exist_ok=True)
    (folder / "20260105-120000-1.log").write_text("Subject: Something waits\n\nIn the portal.\n")
    return {"name": "20260105-120000-1"}


def kept(**door: object) -> Door:
    """A page that changes what is known of the company."""
    return Door(get=SECRETARIES, post=SECRETARIES, **({"kwargs": a_company} | door))


DOORS = {
    "ledger": Door(get=READERS_OF_THE_LEDGER),
    "ledger_check": Door(post=READERS_OF_THE_LEDGER),
    "notices": Door(get=SECRETARIES, kwargs=a_company),
    "notice_cancel": Door(
        get=SECRETARIES, post=SECRETARIES, kwargs=a_notice, data=lambda cast: {"because": "Told."}
    ),
    "notice_send_again": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_notice),
    "demo_mails": Door(get=EVERYBODY),
    "demo_mail": Door(get=EVERYBODY, kwargs=a_mail),
    "my_mail": Door(get=SIGNED_IN, post=SIGNED_IN),
    # Documents, and what keeps them.
    "documents": Door(get=SECRETARIES | DIRECTORS | COUNSEL),
    "document_about": Door(get=SECRETARIES, kwargs=a_draft),
    "draft_file": Door(get=SECRETARIES, post=SECRETARIES),
    "draft_supersede": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_draft),
    "retention": Door(get=SECRETARIES),
    "holds": Door(get=PRESERVERS),
    "hold_place": Door(get=PRESERVERS, post=PRESERVERS, data=a_reason),
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
