"""One address."""

from django.urls import path

from charter_portal.tests.letters.views import LettersView

urlpatterns = [path("letters/", LettersView.as_view(), name="letters")]
