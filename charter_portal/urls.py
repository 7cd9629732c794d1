"""Every address of the portal, by app. Each app keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

from charter_portal.views import reports
from charter_portal.views.home import HomeView

handler429 = "accounts.views.too_many_requests"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", HomeView.as_view(), name="home"),
    path("", include("accounts.urls")),
    path("", include("records.urls")),
    path("", include("committees.urls")),
    # The roof's own: the reports to the Board.
    path("reports/", reports.ReportsView.as_view(), name="reports"),
    path("reports/new/", reports.ReportNewView.as_view(), name="report_new"),
    path("reports/draft/", reports.ReportDraftView.as_view(), name="report_draft"),
    path("reports/issue/", reports.ReportIssueView.as_view(), name="report_issue"),
    path("reports/<int:number>/", reports.ReportView.as_view(), name="report"),
    path("reports/<int:number>/copy/", reports.ReportCopyView.as_view(), name="report_copy"),
    path("reports/<int:number>/replace/", reports.ReportNewView.as_view(), name="report_replace"),
]
