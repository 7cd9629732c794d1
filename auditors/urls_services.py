"""Addresses of firms, engagements, services and the policy: one act, one address."""

from django.urls import path

from auditors.models import Delegation, Engagement, EngagementFee, Policy, PolicyLine
from auditors.views import approvals, corrections, engagements, policy, requests
from auditors.views.decisions import AddDecisionView

TO_POLICY = {"permission_required": "auditors.change_policy", "back": "preapproval_policy"}

urlpatterns = [
    path("auditor/", engagements.AuditorView.as_view(), name="auditor"),
    path("auditor/firms/add/", engagements.FirmAddView.as_view(), name="firm_add"),
    path("auditor/firms/<int:pk>/", engagements.FirmView.as_view(), name="firm"),
    path(
        "auditor/firms/<int:pk>/people/",
        engagements.FirmContactsView.as_view(),
        name="firm_contacts",
    ),
    path("auditor/firms/<int:pk>/size/", engagements.FirmSizeView.as_view(), name="firm_size"),
    path("auditor/recipients/add/", engagements.RecipientAddView.as_view(), name="recipient_add"),
    path("auditor/engagements/add/", engagements.AppointView.as_view(), name="engagement_add"),
    path("auditor/engagements/<int:pk>/", engagements.EngagementView.as_view(), name="engagement"),
    path(
        "auditor/engagements/<int:pk>/evaluate/",
        engagements.EvaluateView.as_view(),
        name="engagement_evaluate",
    ),
    path(
        "auditor/engagements/<int:pk>/letter/",
        engagements.EngagementLetterView.as_view(),
        name="engagement_letter",
    ),
    path(
        "auditor/engagements/<int:pk>/fee/",
        engagements.EngagementFeeView.as_view(),
        name="engagement_fee",
    ),
    path(
        "auditor/engagements/<int:pk>/dates/",
        engagements.AuditDatesView.as_view(),
        name="engagement_dates",
    ),
    path(
        "auditor/engagements/<int:pk>/correct/",
        corrections.CorrectDatesView.as_view(corrected=corrections.CorrectedEngagement()),
        name="engagement_correct",
    ),
    path(
        "auditor/engagements/<int:pk>/end/",
        engagements.EngagementEndView.as_view(),
        name="engagement_end",
    ),
    path(
        "auditor/engagements/<int:pk>/ratify/",
        engagements.RatifyView.as_view(),
        name="engagement_ratify",
    ),
    path(
        "auditor/engagements/<int:pk>/partner/",
        engagements.PartnerYearView.as_view(),
        name="engagement_partner",
    ),
    path("auditor/check/", requests.CheckView.as_view(), name="service_check"),
    path("auditor/requests/", requests.RequestsView.as_view(), name="service_requests"),
    path("auditor/requests/add/", requests.RequestAddView.as_view(), name="service_request_add"),
    path("auditor/requests/<int:pk>/", requests.RequestView.as_view(), name="service_request"),
    path(
        "auditor/requests/<int:pk>/approve/",
        approvals.ApproveView.as_view(),
        name="service_request_approve",
    ),
    path(
        "auditor/requests/<int:pk>/record/",
        approvals.RecordView.as_view(way=approvals.COMMITTEE),
        name="service_request_record",
    ),
    path(
        "auditor/requests/<int:pk>/delegate/",
        approvals.RecordView.as_view(way=approvals.DELEGATE),
        name="service_request_delegate",
    ),
    path(
        "auditor/requests/<int:pk>/waive/",
        approvals.RecordView.as_view(way=approvals.WAIVER),
        name="service_request_waive",
    ),
    path(
        "auditor/requests/<int:pk>/use/",
        approvals.UseLineView.as_view(),
        name="service_request_use",
    ),
    path(
        "auditor/requests/<int:pk>/decline/",
        requests.DeclineView.as_view(),
        name="service_request_decline",
    ),
    path(
        "auditor/requests/<int:pk>/withdraw/",
        requests.WithdrawView.as_view(),
        name="service_request_withdraw",
    ),
    path(
        "auditor/approvals/<int:pk>/present/",
        approvals.PresentView.as_view(),
        name="approval_present",
    ),
    path(
        "auditor/approvals/<int:pk>/told/", approvals.OthersToldView.as_view(), name="approval_told"
    ),
    path("auditor/policy/", policy.PolicyView.as_view(), name="preapproval_policy"),
    path("auditor/policy/adopt/", policy.AdoptPolicyView.as_view(), name="policy_adopt"),
    path(
        "auditor/policy/<int:pk>/review/", policy.ReviewPolicyView.as_view(), name="policy_review"
    ),
    path("auditor/policy/lines/add/", policy.LineAddView.as_view(), name="policy_line_add"),
    path(
        "auditor/policy/lines/<int:pk>/end/", policy.LineEndView.as_view(), name="policy_line_end"
    ),
    path("auditor/policy/delegate/", policy.DelegateView.as_view(), name="delegation_add"),
    path(
        "auditor/policy/delegations/<int:pk>/revoke/",
        policy.RevokeView.as_view(),
        name="delegation_revoke",
    ),
    # The decision on which a record rests.
    path(
        "auditor/engagements/<int:pk>/decision/",
        AddDecisionView.as_view(queryset=Engagement.objects.all()),
        name="engagement_decision",
    ),
    path(
        "auditor/fees-set/<int:pk>/decision/",
        AddDecisionView.as_view(queryset=EngagementFee.objects.all()),
        name="engagement_fee_decision",
    ),
    path(
        "auditor/approvals/<int:pk>/decision/",
        approvals.ApprovalDecisionView.as_view(),
        name="approval_decision",
    ),
    path(
        "auditor/policy/<int:pk>/decision/",
        AddDecisionView.as_view(queryset=Policy.objects.all(), **TO_POLICY),
        name="policy_decision",
    ),
    path(
        "auditor/policy/lines/<int:pk>/decision/",
        AddDecisionView.as_view(queryset=PolicyLine.objects.all(), **TO_POLICY),
        name="policy_line_decision",
    ),
    path(
        "auditor/policy/delegations/<int:pk>/decision/",
        AddDecisionView.as_view(queryset=Delegation.objects.all(), **TO_POLICY),
        name="delegation_decision",
    ),
]
