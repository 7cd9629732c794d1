"""The fiscal year, month by month."""

from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from charters.reports.charter import address
from charters.reports.year import year_page
from charters.views.base import CharterPage
from records.calendar import Period


class YearView(CharterPage, TemplateView):
    """What the charter asks in each month. A key like FY2026 names another."""

    template_name = "charters/year.html"

    @cached_property
    def year(self) -> Period:
        calendar = self.docket.settings.calendar
        key: str = self.kwargs.get("key", "")
        if not key:
            return calendar.year_of(self.as_of)
        number = int(key.removeprefix("FY").removesuffix("T"))
        if not 1950 <= number <= 2200:
            raise Http404(_("This fiscal year does not exist."))
        for year in calendar.years(date(number - 1, 6, 1), date(number + 1, 6, 1)):
            if year.key == key:
                return year
        raise Http404(_("This fiscal year does not exist."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calendar = self.docket.settings.calendar
        keep = {} if self.as_of == self.today else {"as_of": self.as_of.isoformat()}
        before, after = calendar.year_before(self.year), calendar.year_after(self.year)
        return super().get_context_data(
            year=year_page(
                self.docket,
                self.year,
                previous_url=address(reverse("fiscal_year", args=[before.key]), **keep),
                following_url=address(reverse("fiscal_year", args=[after.key]), **keep),
            ),
            as_of=self.as_of,
            today=self.as_of == self.today,
            today_url=self.request.path,
            **kwargs,
        )
