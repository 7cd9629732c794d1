"""Each request knows the company: its days, its zone, its way of writing dates."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from records import clock
from records.models import Company


class CompanyMiddleware:
    """Sets `request.company` (None before set-up) and writes days and hours as the company does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        company = Company.objects.current()
        request.company = company  # type: ignore[attr-defined]
        if company is None:
            return self.get_response(request)
        with translation.override(company.locale), clock.in_zone_of(company):
            return self.get_response(request)
