"""Addresses of event cards: one verb, one address."""

from django.urls import path

from committees.views import events

urlpatterns = [
    path("events/", events.EventsView.as_view(), name="events"),
    path("events/new/", events.EventNewView.as_view(), name="event_new"),
    path("events/new/<slug:template>/", events.EventAddView.as_view(), name="event_add"),
    path("events/<int:pk>/", events.EventView.as_view(), name="event"),
    path("events/<int:pk>/sheet/", events.EventSheetView.as_view(), name="event_sheet"),
    path("events/<int:pk>/change/", events.EventChangeView.as_view(), name="event_change"),
    path("events/<int:pk>/clock/", events.EventClockAddView.as_view(), name="event_clock_add"),
    path("events/<int:pk>/close/", events.EventCloseView.as_view(), name="event_close"),
    path(
        "events/clocks/<int:pk>/change/",
        events.EventClockChangeView.as_view(),
        name="event_clock_change",
    ),
    path(
        "events/clocks/<int:pk>/done/",
        events.EventClockStopView.as_view(),
        name="event_clock_stop",
    ),
    path(
        "events/clocks/<int:pk>/withdraw/",
        events.EventClockWithdrawView.as_view(),
        name="event_clock_withdraw",
    ),
]
