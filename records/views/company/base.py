"""What the acts on the company share: their permission, their company, and where they lead back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from records.confirm import ActView

if TYPE_CHECKING:
    from records.models import Company
    from records.views.base import PageView


def the_company(view: PageView) -> Company:
    """The company, for a page that has no meaning before it is set up."""
    company = cast("Company | None", view.request.company)  # type: ignore[attr-defined]
    if company is None:
        raise Http404
    return company


class CompanyActView(ActView):
    """An act on the company, or on the dated row of it whose key is in the address (`model`)."""

    permission_required = "records.change_company"

    @cached_property
    def company(self) -> Company:
        return the_company(self)

    def get_cancel_url(self) -> str:
        return reverse("company")
