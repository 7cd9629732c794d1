"""Addresses of the auditor's pages."""

from django.urls import include, path

urlpatterns = [
    path("", include("auditors.urls_services")),
    path("", include("auditors.urls_papers")),
    path("", include("auditors.urls_years")),
    path("", include("auditors.urls_fees")),
]
