"""Every address of the portal, by app. Each app keeps its own list."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

handler429 = "accounts.views.too_many_requests"

# Apps whose addresses stand at the portal's root, each in its own `urls.py`.
APPS = ("accounts", "records", "committees")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{app}.urls")) for app in APPS if find_spec(f"{app}.urls")
]
