"""The portal's addresses, and one view that does nothing: the baseline of every page."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from charter_portal import urls


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Nothing.")


handler429 = urls.handler429
urlpatterns = [path("bare/", bare, name="bare"), *urls.urlpatterns]
