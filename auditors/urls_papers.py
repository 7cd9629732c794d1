"""Addresses of papers of the auditor and of findings: one act, one address."""

from django.urls import path

from auditors.views import corrections, findings, letters
from auditors.views.decisions import AddDecisionView

urlpatterns = [
    path("auditor/letters/", letters.LettersView.as_view(), name="auditor_letters"),
    path("auditor/letters/receive/", letters.ReceiveView.as_view(), name="auditor_letter_receive"),
    path("auditor/letters/<int:pk>/", letters.LetterView.as_view(), name="auditor_letter"),
    path(
        "auditor/letters/<int:pk>/discuss/",
        letters.DiscussView.as_view(),
        name="auditor_letter_discuss",
    ),
    path(
        "auditor/letters/<int:pk>/correct/",
        corrections.CorrectDatesView.as_view(
            corrected=corrections.CorrectedLetter(),
            permission_required="auditors.receive_letter",
        ),
        name="auditor_letter_correct",
    ),
    path(
        "auditor/exceptions/<int:pk>/decide/",
        letters.DecideExceptionView.as_view(),
        name="exception_decide",
    ),
    path("auditor/findings/", findings.FindingsView.as_view(), name="findings"),
    path("auditor/findings/add/", findings.FindingAddView.as_view(), name="finding_add"),
    path("auditor/findings/<int:pk>/", findings.FindingView.as_view(), name="finding"),
    path("auditor/findings/<int:pk>/rate/", findings.RateView.as_view(), name="finding_rate"),
    path("auditor/findings/<int:pk>/plan/", findings.PlanView.as_view(), name="finding_plan"),
    path("auditor/findings/<int:pk>/step/", findings.StepView.as_view(), name="finding_step"),
    path("auditor/findings/<int:pk>/review/", findings.ReviewView.as_view(), name="finding_review"),
    path("auditor/findings/<int:pk>/close/", findings.CloseView.as_view(), name="finding_close"),
    # The decision on which a record rests.
    path(
        "auditor/exceptions/decided/<int:pk>/decision/",
        AddDecisionView.as_view(
            open_to=letters.decided_exceptions, permission_required="auditors.receive_letter"
        ),
        name="exception_decision",
    ),
    path(
        "auditor/findings/<int:pk>/decision/",
        findings.RestrictionDecisionView.as_view(),
        name="finding_restriction_decision",
    ),
    path(
        "auditor/findings/closures/<int:pk>/decision/",
        findings.ClosureDecisionView.as_view(),
        name="finding_closure_decision",
    ),
]
