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
    NOBODY,
    SECRETARIES,
    SIGNED_IN,
    Cast,
    Route,
)
from records.documents import DRAFT
from records.enums import DeliveryState, NewAccounts, NoticeState, Setback, SystemActor
from records.models import Company, Delivery, Document, Holiday, LegalHold, Notice
from records.services import documents, legal_holds
from records.services.company import record_annual_meeting, record_late_notice, set_up

READERS = SECRETARIES | DIRECTORS | MANAGERS | ADMINISTRATORS | {"company_counsel"}
READERS_OF_THE_LEDGER = SECRETARIES | ADMINISTRATORS | {"independent_counsel"}
KEEPERS = SECRETARIES | ADMINISTRATORS
PRESERVERS = SECRETARIES | COUNSEL
SIGNED = {"by": SystemActor.OPERATOR, "at": datetime(2026, 1, 5, 12, tzinfo=UTC)}
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


def a_late_notice(cast: Cast) -> dict[str, object]:
    """For the annual report on 2024."""
    terms = {"period": "FY2024", "filed_on": date(2025, 4, 1)}
    return {"pk": record_late_notice(the_company(), **terms, **SIGNED).pk}


def a_holiday(cast: Cast) -> dict[str, object]:
    the_company()
    return {"pk": Holiday.objects.first().pk}


def a_request_of_accounts(cast: Cast) -> dict[str, object]:
    """Somebody has asked that new accounts open without a second person."""
    the_company()
    Company.objects.update(
        new_accounts=NewAccounts.BY_TWO,
        at_once_asked_by=cast["outsider"],
        at_once_asked_at=SIGNED["at"],
    )
    return {}


def a_day(cast: Cast) -> dict[str, object]:
    return {"on": "2026-06-02", "name": "A day"}


def a_draft(cast: Cast) -> dict[str, object]:
    found = Document.objects.filter(kind=DRAFT.name).first() or documents.file(
        kind=DRAFT.name, title="Draft", content=b"A draft.", file_name="draft.txt", **SIGNED
    )
    return {"pk": found.pk}


def a_hold(cast: Cast) -> dict[str, object]:
    found = LegalHold.objects.first() or legal_holds.place(
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
        kind="records.ledger_fault",
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


def kept(**door: object) -> Route:
    """A page that changes what is known of the company."""
    sees = READERS if "kwargs" in door else NOBODY
    return Route(get=SECRETARIES, post=SECRETARIES, sees=sees, **({"kwargs": a_company} | door))


ROUTES = {
    "ledger": Route(get=READERS_OF_THE_LEDGER),
    "ledger_check": Route(post=READERS_OF_THE_LEDGER),
    "ledger_export": Route(post=SECRETARIES),
    "notices": Route(get=SECRETARIES, kwargs=a_company),
    "notice_cancel": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=a_notice, data=lambda cast: {"because": "Told."}
    ),
    "notice_send_again": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_notice),
    "notices_delete": Route(get=SECRETARIES, post=SECRETARIES),
    "demo_mails": Route(get=EVERYBODY),
    "demo_mail": Route(get=EVERYBODY, kwargs=a_mail),
    "my_mail": Route(get=SIGNED_IN, post=SIGNED_IN),
    # Documents, and what keeps them.
    "documents": Route(get=SECRETARIES | DIRECTORS | COUNSEL),
    "document_about": Route(get=SECRETARIES, kwargs=a_draft),
    "draft_file": Route(get=SECRETARIES, post=SECRETARIES),
    "draft_supersede": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_draft),
    "retention": Route(get=SECRETARIES),
    "holds": Route(get=PRESERVERS),
    "legal_hold_place": Route(get=PRESERVERS, post=PRESERVERS, data=a_reason),
    "legal_hold_release": Route(get=PRESERVERS, post=PRESERVERS, kwargs=a_hold, data=a_reason),
    "documents_delete": Route(get=SECRETARIES, post=SECRETARIES),
    "delete_documents_nightly": Route(get=SECRETARIES, post=SECRETARIES),
    # The company and its calendar.
    "rules": Route(get=READERS),
    "company": Route(get=READERS, kwargs=a_company),
    "company_set_up": Route(get=KEEPERS, post=KEEPERS),
    "company_change": kept(),
    "accounts_at_once": Route(get=KEEPERS, post=KEEPERS, kwargs=a_request_of_accounts),
    "accounts_by_two": Route(get=KEEPERS, post=KEEPERS, kwargs=a_request_of_accounts),
    "company_confirm": Route(post=SECRETARIES, kwargs=a_company),
    "fiscal_year_end_add": kept(),
    "fiscal_year_end_change": kept(kwargs=a_fiscal_year_end),
    "fiscal_year_end_remove": kept(kwargs=a_fiscal_year_end),
    "filer_status_add": kept(),
    "filer_status_check": Route(get=READERS, kwargs=a_company),
    "late_report_check": Route(get=READERS, kwargs=a_company),
    "filer_status_change": kept(kwargs=a_filer_status),
    "filer_status_remove": kept(kwargs=a_filer_status),
    "annual_meeting_add": kept(data=a_day),
    "annual_meeting_change": kept(kwargs=an_annual_meeting, data=a_day),
    "annual_meeting_remove": kept(kwargs=an_annual_meeting),
    "late_notice_add": kept(data=lambda cast: {"period": "FY2025", "filed_on": "2026-01-05"}),
    "late_notice_change": kept(kwargs=a_late_notice, data=lambda cast: {"filed_on": "2025-04-02"}),
    "late_notice_remove": kept(kwargs=a_late_notice),
    "holidays": Route(get=READERS, kwargs=a_company),
    "holidays_fill": kept(),
    "holiday_add": kept(data=a_day),
    "holiday_change": kept(kwargs=a_holiday, data=a_day),
    "holiday_remove": kept(kwargs=a_holiday),
}
