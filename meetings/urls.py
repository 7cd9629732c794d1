"""Addresses of meetings and what is recorded of them."""

from django.urls import include, path

urlpatterns = [
    path("", include("meetings.urls_meetings")),
    path("", include("meetings.urls_consents")),
    path("", include("meetings.urls_record")),
]
