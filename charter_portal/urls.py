"""Every address of the portal, by app. Each app keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

from charter_portal.views.home import HomeView

handler429 = "accounts.views.too_many_requests"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", HomeView.as_view(), name="home"),
    path("", include("accounts.urls")),
    path("", include("records.urls")),
    path("", include("committees.urls")),
]
