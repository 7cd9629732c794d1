"""Addresses of event cards: one verb, one address."""

from django.urls import path

from committees.views import event_clocks, events

urlpatterns = [
    path("events/", events.EventsView.as_view(), name="events"),
    path("events/new/", events.EventNewView.as_view(), name="event_new"),
    path("events/new/<slug:template>/", events.EventAddView.as_view(), name="event_add"),
    path("events/<int:pk>/", events.EventView.as_view(), name="event"),
    path("events/<int:pk>/sheet/", events.EventSheetView.as_view(), name="event_sheet"),
    path("events/<int:pk>/change/", events.EventChangeView.as_view(), name="event_change"),
    path(
        "events/<int:pk>/clock/", event_clocks.EventClockAddView.as_view(), name="event_clock_add"
    ),
    path("events/<int:pk>/close/", events.EventCloseView.as_view(), name="event_close"),
    path(
        "events/clocks/<int:pk>/change/",
        event_clocks.EventClockChangeView.as_view(),
        name="event_clock_change",
    ),
    path(
        "events/clocks/<int:pk>/done/",
        event_clocks.EventClockStopView.as_view(),
        name="event_clock_stop",
    ),
    path(
        "events/clocks/<int:pk>/withdraw/",
        event_clocks.EventClockWithdrawView.as_view(),
        name="event_clock_withdraw",
    ),
]
