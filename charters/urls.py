"""Addresses of the charter, of events and of actions."""

from django.urls import include, path

urlpatterns = [
    path("", include("charters.urls_charter")),
    path("", include("charters.urls_events")),
    path("", include("charters.urls_actions")),
]
