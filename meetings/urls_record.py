"""Addresses of what happened at a meeting, and of its minutes: one act, one address."""

from django.urls import path

from meetings.views import entering, minutes, presence

urlpatterns = [
    path("meetings/past/", entering.PastMeetingView.as_view(), name="meeting_past"),
    path("meetings/<int:pk>/enter/", entering.MeetingEnterView.as_view(), name="meeting_enter"),
    path(
        "meetings/<int:pk>/attendance/",
        presence.MeetingAttendanceView.as_view(),
        name="meeting_attendance",
    ),
    path(
        "meetings/<int:pk>/conclude/",
        entering.MeetingConcludeView.as_view(),
        name="meeting_conclude",
    ),
    path("meetings/<int:pk>/minutes/file/", minutes.MinutesFileView.as_view(), name="minutes_file"),
    path("agenda-items/<int:pk>/recuse/", presence.ItemRecuseView.as_view(), name="item_recuse"),
    path("minutes/", minutes.MinutesListView.as_view(), name="minutes"),
    path("minutes/<int:pk>/", minutes.MinutesView.as_view(), name="minutes_detail"),
    path("minutes/<int:pk>/pdf/", minutes.MinutesPdfView.as_view(), name="minutes_pdf"),
    path(
        "minutes/<int:pk>/circulate/",
        minutes.MinutesCirculateView.as_view(),
        name="minutes_circulate",
    ),
    path("minutes/<int:pk>/approve/", minutes.MinutesApproveView.as_view(), name="minutes_approve"),
    path("minutes/<int:pk>/correct/", minutes.MinutesCorrectView.as_view(), name="minutes_correct"),
    path(
        "minutes/paragraphs/<int:pk>/change/",
        minutes.ParagraphChangeView.as_view(),
        name="paragraph_change",
    ),
]
