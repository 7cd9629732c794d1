"""Addresses of this layer's pages."""

from django.urls import path

from records.views.company import (
    annual_meetings,
    checks,
    filer_statuses,
    fiscal_years,
    holidays,
    late_notices,
    settings,
)
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
        "company/fiscal-year-ends/add/",
        fiscal_years.FiscalYearEndAddView.as_view(),
        name="fiscal_year_end_add",
    ),
    path(
        "company/fiscal-year-ends/<int:pk>/change/",
        fiscal_years.FiscalYearEndChangeView.as_view(),
        name="fiscal_year_end_change",
    ),
    path(
        "company/fiscal-year-ends/<int:pk>/remove/",
        fiscal_years.FiscalYearEndRemoveView.as_view(),
        name="fiscal_year_end_remove",
    ),
    path(
        "company/filer-statuses/add/",
        filer_statuses.FilerStatusAddView.as_view(),
        name="filer_status_add",
    ),
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
    path(
        "company/filer-statuses/<int:pk>/change/",
        filer_statuses.FilerStatusChangeView.as_view(),
        name="filer_status_change",
    ),
    path(
        "company/filer-statuses/<int:pk>/remove/",
        filer_statuses.FilerStatusRemoveView.as_view(),
        name="filer_status_remove",
    ),
    path(
        "company/annual-meetings/add/",
        annual_meetings.AnnualMeetingAddView.as_view(),
        name="annual_meeting_add",
    ),
    path(
        "company/annual-meetings/<int:pk>/change/",
        annual_meetings.AnnualMeetingChangeView.as_view(),
        name="annual_meeting_change",
    ),
    path(
        "company/annual-meetings/<int:pk>/remove/",
        annual_meetings.AnnualMeetingRemoveView.as_view(),
        name="annual_meeting_remove",
    ),
    path(
        "company/late-notices/add/",
        late_notices.LateNoticeAddView.as_view(),
        name="late_notice_add",
    ),
    path(
        "company/late-notices/<int:pk>/change/",
        late_notices.LateNoticeChangeView.as_view(),
        name="late_notice_change",
    ),
    path(
        "company/late-notices/<int:pk>/remove/",
        late_notices.LateNoticeRemoveView.as_view(),
        name="late_notice_remove",
    ),
    path("company/holidays/", holidays.HolidaysView.as_view(), name="holidays"),
    path("company/holidays/add/", holidays.HolidayAddView.as_view(), name="holiday_add"),
    path("company/holidays/fill/", holidays.HolidaysFillView.as_view(), name="holidays_fill"),
    path(
        "company/holidays/<int:pk>/change/",
        holidays.HolidayChangeView.as_view(),
        name="holiday_change",
    ),
    path(
        "company/holidays/<int:pk>/remove/",
        holidays.HolidayRemoveView.as_view(),
        name="holiday_remove",
    ),
]
