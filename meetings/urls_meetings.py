"""Addresses of meetings, agenda items and papers: one act, one address."""

from django.urls import path, re_path

from meetings.views import agenda, body_rules, building, meetings, packs, papers, year_plan

urlpatterns = [
    path("meetings/", meetings.MeetingsView.as_view(), name="meetings"),
    path("meetings/add/", meetings.MeetingAddView.as_view(), name="meeting_add"),
    re_path(
        r"^meetings/years/(?P<key>FY\d{4}T?)/plan/$",
        year_plan.YearPlanView.as_view(),
        name="meetings_plan",
    ),
    re_path(
        r"^meetings/years/(?P<key>FY\d{4}T?)/calendar/$",
        year_plan.YearCalendarView.as_view(),
        name="meetings_calendar",
    ),
    path("meetings/rules/", body_rules.BodyRulesListView.as_view(), name="body_rules"),
    path(
        "meetings/rules/<int:pk>/",
        body_rules.BodyRulesChangeView.as_view(),
        name="body_rules_change",
    ),
    path(
        "meetings/rules/entries/<int:pk>/correct/",
        body_rules.BodyRulesCorrectView.as_view(),
        name="body_rules_correct",
    ),
    path("meetings/<int:pk>/", meetings.MeetingView.as_view(), name="meeting"),
    path("meetings/<int:pk>/change/", meetings.MeetingChangeView.as_view(), name="meeting_change"),
    path("meetings/<int:pk>/notice/", meetings.MeetingNoticeView.as_view(), name="meeting_notice"),
    path("meetings/<int:pk>/cancel/", meetings.MeetingCancelView.as_view(), name="meeting_cancel"),
    path("meetings/<int:pk>/agenda/", building.AgendaBuildView.as_view(), name="agenda_build"),
    path("meetings/<int:pk>/pack/", packs.PackDraftView.as_view(), name="pack_draft"),
    path("meetings/<int:pk>/send/", packs.PackSendView.as_view(), name="pack_send"),
    path("packs/<int:pk>/", packs.PackView.as_view(), name="pack"),
    path("meetings/<int:pk>/items/add/", agenda.ItemAddView.as_view(), name="agenda_item_add"),
    path("agenda-items/<int:pk>/", agenda.ItemView.as_view(), name="agenda_item"),
    path(
        "agenda-items/<int:pk>/change/", agenda.ItemChangeView.as_view(), name="agenda_item_change"
    ),
    path(
        "agenda-items/<int:pk>/discuss/",
        agenda.ItemDiscussView.as_view(),
        name="agenda_item_discuss",
    ),
    path("agenda-items/<int:pk>/move/", agenda.ItemMoveView.as_view(), name="agenda_item_move"),
    path(
        "agenda-items/<int:pk>/remove/", agenda.ItemRemoveView.as_view(), name="agenda_item_remove"
    ),
    path("agenda-items/<int:pk>/papers/add/", papers.PaperAddView.as_view(), name="paper_add"),
    path("papers/<int:pk>/replace/", papers.PaperReplaceView.as_view(), name="paper_replace"),
    path("papers/<int:pk>/remove/", papers.PaperRemoveView.as_view(), name="paper_remove"),
]
