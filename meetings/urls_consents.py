"""Addresses of written consents, attendance, calendars, and of what the Board is told."""

from django.urls import path

from meetings.views import attendance, board, consent_acts, consent_signing, consents, feeds

urlpatterns = [
    path("consents/", consents.ConsentsView.as_view(), name="consents"),
    path("consents/new/", consent_acts.ConsentPrepareView.as_view(), name="consent_prepare"),
    path("consents/<int:pk>/", consents.ConsentView.as_view(), name="consent"),
    path(
        "consents/<int:pk>/change/", consent_acts.ConsentChangeView.as_view(), name="consent_change"
    ),
    path(
        "consents/<int:pk>/attach/", consent_acts.ConsentAttachView.as_view(), name="consent_attach"
    ),
    path(
        "consents/attachments/<int:pk>/remove/",
        consent_acts.ConsentDetachView.as_view(),
        name="consent_detach",
    ),
    path("consents/<int:pk>/send/", consent_acts.ConsentSendView.as_view(), name="consent_send"),
    path("consents/<int:pk>/sign/", consent_signing.ConsentSignView.as_view(), name="consent_sign"),
    path(
        "consents/<int:pk>/paper/", consent_signing.ConsentPaperView.as_view(), name="consent_paper"
    ),
    path(
        "consents/<int:pk>/decline/",
        consent_signing.ConsentDeclineView.as_view(),
        name="consent_decline",
    ),
    path(
        "consents/<int:pk>/signature/withdraw/",
        consent_signing.SignatureWithdrawView.as_view(),
        name="consent_signature_withdraw",
    ),
    path(
        "consents/<int:pk>/withdraw/",
        consent_acts.ConsentWithdrawView.as_view(),
        name="consent_withdraw",
    ),
    path("my/calendar/", feeds.MyCalendarView.as_view(), name="my_calendar"),
    path("my/stop-calendar/", feeds.MyCalendarStopView.as_view(), name="my_calendar_stop"),
    path("calendar/<str:token>/meetings.ics", feeds.FeedView.as_view(), name="calendar_feed"),
    path(
        "consents/<int:pk>/meeting/",
        consent_acts.ConsentMeetingView.as_view(),
        name="consent_meeting",
    ),
    path("board/", board.BoardReportsView.as_view(), name="board_reports"),
    path("board/report/", board.ReportToBoardView.as_view(), name="board_report_record"),
    path(
        "board/recommendations/add/",
        board.RecommendationAddView.as_view(),
        name="recommendation_add",
    ),
    path(
        "board/recommendations/<int:pk>/", board.RecommendationView.as_view(), name="recommendation"
    ),
    path(
        "board/recommendations/<int:pk>/answer/",
        board.RecommendationAnswerView.as_view(),
        name="recommendation_answer",
    ),
    path("attendance/", attendance.AttendanceView.as_view(), name="attendance_now"),
    path("attendance/<str:key>/", attendance.AttendanceView.as_view(), name="attendance"),
    path(
        "attendance/<str:key>/file/",
        attendance.AttendanceFileView.as_view(),
        name="attendance_file",
    ),
]
