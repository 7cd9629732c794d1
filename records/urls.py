"""Addresses of this layer's pages."""

from functools import partial

from django.urls import URLPattern, path

from records.views.company import (
    annual_meetings,
    checks,
    filer_statuses,
    fiscal_years,
    holidays,
    late_notices,
    settings,
)
from records.views.company.rows import RowFormView, RowKind, RowRemoveView
from records.views.deletions import DocumentsDeleteView, NightlyView, RetentionView
from records.views.demo_emails import DemoMailsView, DemoMailView
from records.views.documents import AboutView, DocumentsView, DocumentView
from records.views.drafts import DraftFileView, VersionFileView
from records.views.email_preferences import MyMailView
from records.views.ledger import LedgerCheckView, LedgerExportView, LedgerView
from records.views.legal_holds import HoldPlaceView, HoldsView, LegalHoldReleaseView
from records.views.notices import (
    NoticeCancelView,
    NoticesDeleteView,
    NoticeSendAgainView,
    NoticesView,
)
from records.views.rules import RulesView


def row_paths(folder: str, kind: RowKind) -> list[URLPattern]:
    """Where a dated row of the company is added, corrected and removed."""
    form = partial(
        RowFormView.as_view,
        kind=kind,
        form_class=kind.form_class,
        is_reviewed=kind.is_reviewed,
        review_template_name=kind.review_template_name,
    )
    add = form(**vars(kind.to_add))
    change = form(model=kind.model, **vars(kind.to_correct))
    remove = RowRemoveView.as_view(
        kind=kind,
        model=kind.model,
        review_template_name=kind.review_template_name,
        **vars(kind.to_remove),
    )
    return [
        path(f"company/{folder}/add/", add, name=f"{kind.name}_add"),
        path(f"company/{folder}/<int:pk>/change/", change, name=f"{kind.name}_change"),
        path(f"company/{folder}/<int:pk>/remove/", remove, name=f"{kind.name}_remove"),
    ]


urlpatterns = [
    # Documents, and what keeps them.
    path("documents/", DocumentsView.as_view(), name="documents"),
    path("documents/<uuid:pk>/", DocumentView.as_view(), name="document"),
    path("documents/<uuid:pk>/about/", AboutView.as_view(), name="document_about"),
    path("documents/<uuid:pk>/supersede/", VersionFileView.as_view(), name="draft_supersede"),
    path("documents/drafts/file/", DraftFileView.as_view(), name="draft_file"),
    path("documents/retention/", RetentionView.as_view(), name="retention"),
    path("documents/retention/nightly/", NightlyView.as_view(), name="delete_documents_nightly"),
    path("documents/delete/", DocumentsDeleteView.as_view(), name="documents_delete"),
    path("documents/holds/", HoldsView.as_view(), name="holds"),
    path("documents/holds/place/", HoldPlaceView.as_view(), name="legal_hold_place"),
    path(
        "documents/holds/<int:pk>/lift/",
        LegalHoldReleaseView.as_view(),
        name="legal_hold_release",
    ),
    path("ledger/", LedgerView.as_view(), name="ledger"),
    path("ledger/check/", LedgerCheckView.as_view(), name="ledger_check"),
    path("ledger/export/", LedgerExportView.as_view(), name="ledger_export"),
    # Notices and the mails that carry them.
    path("notices/", NoticesView.as_view(), name="notices"),
    path("notices/<int:pk>/cancel/", NoticeCancelView.as_view(), name="notice_cancel"),
    path("notices/<int:pk>/send-again/", NoticeSendAgainView.as_view(), name="notice_send_again"),
    path("notices/delete/", NoticesDeleteView.as_view(), name="notices_delete"),
    path("my-mail/", MyMailView.as_view(), name="my_mail"),
    path("demo/mails/", DemoMailsView.as_view(), name="demo_mails"),
    path("demo/mails/<slug:name>/", DemoMailView.as_view(), name="demo_mail"),
    # What law can change, and the company with its calendar.
    path("rules/", RulesView.as_view(), name="rules"),
    path("company/", settings.CompanyView.as_view(), name="company"),
    path("company/set-up/", settings.SetUpView.as_view(), name="company_set_up"),
    path("company/change/", settings.CompanyChangeView.as_view(), name="company_change"),
    path(
        "company/accounts-at-once/",
        settings.AccountsAtOnceView.as_view(),
        name="accounts_at_once",
    ),
    path("company/accounts-by-two/", settings.AccountsByTwoView.as_view(), name="accounts_by_two"),
    path("company/confirm/", settings.DefaultsConfirmView.as_view(), name="company_confirm"),
    path(
        "company/filer-statuses/check/",
        checks.FilerStatusCheckView.as_view(),
        name="filer_status_check",
    ),
    path(
        "company/late-report/",
        checks.LateReportCheckView.as_view(),
        name="late_report_check",
    ),
    *row_paths("fiscal-year-ends", fiscal_years.FISCAL_YEAR_ENDS),
    *row_paths("filer-statuses", filer_statuses.FILER_STATUSES),
    *row_paths("annual-meetings", annual_meetings.ANNUAL_MEETINGS),
    *row_paths("late-notices", late_notices.LATE_NOTICES),
    path("company/holidays/", holidays.HolidaysView.as_view(), name="holidays"),
    path("company/holidays/fill/", holidays.HolidaysFillView.as_view(), name="holidays_fill"),
    *row_paths("holidays", holidays.HOLIDAYS),
]
