"""Addresses of events: one verb, one address."""

from django.urls import path

from charters.views import event_deadlines, events

urlpatterns = [
    path("events/", events.EventsView.as_view(), name="events"),
    path("events/new/", events.EventNewView.as_view(), name="event_new"),
    path("events/new/<str:template>/", events.EventAddView.as_view(), name="event_add"),
    path("events/<int:pk>/", events.EventView.as_view(), name="event"),
    path("events/<int:pk>/sheet/", events.EventSheetView.as_view(), name="event_sheet"),
    path("events/<int:pk>/change/", events.EventChangeView.as_view(), name="event_change"),
    path(
        "events/<int:pk>/deadline/",
        event_deadlines.EventDeadlineAddView.as_view(),
        name="event_deadline_add",
    ),
    path("events/<int:pk>/close/", events.EventCloseView.as_view(), name="event_close"),
    path(
        "events/deadlines/<int:pk>/change/",
        event_deadlines.EventDeadlineChangeView.as_view(),
        name="event_deadline_change",
    ),
    path(
        "events/deadlines/<int:pk>/done/",
        event_deadlines.EventDeadlineDoneView.as_view(),
        name="event_deadline_done",
    ),
    path(
        "events/deadlines/<int:pk>/withdraw/",
        event_deadlines.EventDeadlineWithdrawView.as_view(),
        name="event_deadline_withdraw",
    ),
]
