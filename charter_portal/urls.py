"""Every address of the portal, by app. Each app keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

from charter_portal.views import binding, kit, reports, setup, sheets
from charter_portal.views.home import HomeView
from charter_portal.views.ledger import LedgerExportView

handler429 = "accounts.views.sign_in.too_many_requests"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", HomeView.as_view(), name="home"),
    path("", include("accounts.urls")),
    path("", include("records.urls")),
    path("", include("committees.urls")),
    # What cannot be undone, or hands out everything, asks for a fresh sign-in: the ground floor
    # knows none.
    path("ledger/export/", LedgerExportView.as_view(), name="ledger_export"),
    path("documents/purge/", binding.PurgeView.as_view(), name="purge"),
    path("documents/retention/nightly/", binding.NightlyView.as_view(), name="purge_nightly"),
    path("documents/holds/<int:pk>/lift/", binding.HoldLiftView.as_view(), name="hold_lift"),
    path("notices/purge/", binding.NoticesPurgeView.as_view(), name="notices_purge"),
    # The roof's own: setting up, and the reports to the Board.
    path("setup/", setup.SetupView.as_view(), name="setup"),
    path("setup/company/", setup.CompanyStepView.as_view(), name="setup_company"),
    path("setup/calendar/", setup.CalendarStepView.as_view(), name="setup_calendar"),
    path("setup/record/", setup.RecordStepView.as_view(), name="setup_record"),
    path("setup/mail/", setup.MailStepView.as_view(), name="setup_mail"),
    path("setup/people/", sheets.PeopleStepView.as_view(), name="setup_people"),
    path("setup/committee/", sheets.CommitteeStepView.as_view(), name="setup_committee"),
    path("kit/", kit.KitView.as_view(), name="kit"),
    path("kit/<slug:key>/", kit.ResolutionView.as_view(), name="kit_resolution"),
    path("kit/<slug:key>/word/", kit.ResolutionWordView.as_view(), name="kit_word"),
    path("kit/<slug:key>/pdf/", kit.ResolutionPdfView.as_view(), name="kit_pdf"),
    path("reports/", reports.ReportsView.as_view(), name="reports"),
    path("reports/new/", reports.ReportNewView.as_view(), name="report_new"),
    path("reports/draft/", reports.ReportDraftView.as_view(), name="report_draft"),
    path("reports/issue/", reports.ReportIssueView.as_view(), name="report_issue"),
    path("reports/<int:number>/", reports.ReportView.as_view(), name="report"),
    path("reports/<int:number>/copy/", reports.ReportCopyView.as_view(), name="report_copy"),
    path("reports/<int:number>/replace/", reports.ReportNewView.as_view(), name="report_replace"),
]
