"""The list of letters."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from charter_portal.tests.letters.models import Letter
from records.views.base import PageView


class LettersView(PageView):
    permission_required = "letters.view"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shown = Letter.objects.visible_to(self.user, on=self.today)
        return HttpResponse("\n".join(map(str, shown)), content_type="text/plain")
