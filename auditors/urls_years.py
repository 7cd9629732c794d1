"""Addresses of the annual cycle."""

from django.urls import path

from auditors.models import CommitteeReport
from auditors.views import corrections, years
from auditors.views.decisions import AddDecisionView

urlpatterns = [
    path("auditor/years/", years.YearsView.as_view(), name="audit_years"),
    path("auditor/years/<slug:ends>/", years.YearView.as_view(), name="audit_year"),
    path(
        "auditor/years/<slug:ends>/record/",
        years.YearRecordView.as_view(),
        name="audit_year_record",
    ),
    path(
        "auditor/reviews/<int:pk>/correct/",
        corrections.CorrectDatesView.as_view(
            corrected=corrections.CorrectedReview(),
            permission_required="auditors.record_review",
        ),
        name="annual_review_correct",
    ),
    path(
        "auditor/reviews/<int:pk>/issue/",
        years.ReportIssueView.as_view(),
        name="committee_report_issue",
    ),
    path(
        "auditor/reports/<int:pk>/decision/",
        AddDecisionView.as_view(
            queryset=CommitteeReport.objects.select_related("review"),
            permission_required="auditors.record_review",
        ),
        name="committee_report_decision",
    ),
]
