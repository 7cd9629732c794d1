"""Addresses of committees: people and the charter."""

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [
    path("", include("committees.urls_charter")),
    path("", include("committees.urls_events")),
]
if find_spec("committees.urls_people"):
    urlpatterns.append(path("", include("committees.urls_people")))
