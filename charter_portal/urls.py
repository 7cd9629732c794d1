"""Every address of the portal, by app. Each app keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

from charter_portal.views import folder, kit, release, report_drafts, reports, setup, sheets
from charter_portal.views.glossary import GlossaryView
from charter_portal.views.home import HomeView
from records.registry import portal_apps

handler429 = "accounts.views.sign_in.too_many_requests"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", HomeView.as_view(), name="home"),
    path("glossary/", GlossaryView.as_view(), name="glossary"),
    # Every app that has addresses of its own.
    *(
        path("", include(f"{app.name}.urls"))
        for app in portal_apps()
        if app.name != "charter_portal" and app.has("urls")
    ),
    # The project package's own: setting up, and the reports to the Board.
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
    path("reports/new/", report_drafts.ReportNewView.as_view(), name="report_new"),
    path("reports/draft/", report_drafts.ReportDraftView.as_view(), name="report_draft"),
    path("reports/issue/", report_drafts.ReportIssueView.as_view(), name="report_issue"),
    path("reports/prepared/<int:pk>/", release.PreparedView.as_view(), name="report_prepared"),
    path(
        "reports/prepared/<int:pk>/again/",
        report_drafts.ReportNewView.as_view(),
        name="report_again",
    ),
    path("reports/prepared/<int:pk>/issue/", release.ReleaseView.as_view(), name="report_release"),
    path(
        "reports/prepared/<int:pk>/send-back/",
        release.SendBackView.as_view(),
        name="report_send_back",
    ),
    path("reports/issued-by/", release.ReleaseByView.as_view(), name="report_release_by"),
    path("reports/issued-by/delegate/", release.DelegateView.as_view(), name="report_delegate"),
    path(
        "reports/issued-by/<int:pk>/end/",
        release.EndDelegationView.as_view(),
        name="report_delegation_end",
    ),
    path("reports/<int:number>/", reports.ReportView.as_view(), name="report"),
    path("minutes-folder/", folder.MinutesFolderView.as_view(), name="minutes_folder"),
    path("reports/<int:number>/copy/", reports.ReportCopyView.as_view(), name="report_copy"),
    path(
        "reports/<int:number>/working-paper/",
        reports.ReportPaperView.as_view(),
        name="report_paper",
    ),
    path(
        "reports/<int:number>/replace/",
        report_drafts.ReportNewView.as_view(),
        name="report_replace",
    ),
]
