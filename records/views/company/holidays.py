"""Federal holidays: no business days, filled in by year and corrected by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from records import clock
from records.confirm import Detail
from records.dates import long_day, weekday
from records.forms import HolidayForm, YearsForm
from records.models import Holiday
from records.services import company as services
from records.views.base import PageView
from records.views.company.base import CompanyActView, the_company
from records.views.company.rows import RowKind, Words, removing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django import forms
    from django.http import HttpResponse

    from records.models import Company


def address_of(year: int) -> str:
    return f"{reverse('holidays')}?year={year}"


class HolidaysView(PageView, TemplateView):
    """The holidays of a calendar year (`?year=`, default the running one)."""

    permission_required = "records.view_company"
    template_name = "records/company_holidays.html"

    def load(self) -> None:
        the_company(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = [day.year for day in Holiday.objects.dates("on", "year")]
        asked = self.request.GET.get("year", "")
        year = int(asked) if asked in map(str, years) else self.today.year
        return super().get_context_data(
            year=year,
            years=[
                {"label": str(y), "url": address_of(y), "is_current": y == year}
                for y in sorted({*years, self.today.year})
            ],
            rows=Holiday.objects.filter(on__year=year),
            kind=HOLIDAYS,
            may_change=self.user.has_perm("records.change_company"),
            **kwargs,
        )


def add_holiday(company: Company, **given: Any) -> Holiday:
    return services.add_holiday(**given)


class HolidayRows(RowKind):
    name = "holiday"
    model = Holiday
    form_class = HolidayForm
    is_reviewed = False
    add = staticmethod(add_holiday)
    correct = staticmethod(services.change_holiday)
    remove = staticmethod(services.remove_holiday)
    to_add = Words(
        title=lazy("Add holiday"),
        why=lazy("Federal holidays do not count as business days."),
        submit_label=lazy("Add holiday"),
        sentence=lazy("The holiday was added."),
    )
    to_correct = Words(
        title=lazy("Correct holiday"),
        why=lazy("Correct the date or the name."),
        submit_label=lazy("Record correction"),
        sentence=lazy("The holiday was corrected."),
    )
    to_remove = removing(lazy("Remove holiday"), lazy("The date will count as a business day."))

    def page(self, row: Holiday | None = None) -> str:
        return address_of(row.on.year) if row else reverse("holidays")

    def removed(self, row: Holiday) -> Sequence[Detail]:
        return [Detail(_("Removed"), row.name, (weekday(row.on),))]


HOLIDAYS = HolidayRows()


class HolidaysFillView(CompanyActView):
    is_reviewed = True
    form_class = YearsForm
    title = lazy("Add federal holidays")
    why = lazy("Add the federal holidays of calendar years. Existing entries stay.")
    submit_label = lazy("Add holidays")

    def get_initial(self) -> dict[str, Any]:
        last = Holiday.objects.order_by("on").values_list("on", flat=True).last()
        year = last.year + 1 if last else self.today.year
        return {"first_year": year, "last_year": year}

    def get_cancel_url(self) -> str:
        return reverse("holidays")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        if not services.missing_holidays(years_of(form.cleaned_data)):
            nothing = _("All federal holidays of these years are already in the list.")
            form.add_error("last_year", ValidationError(nothing))
            return self.form_invalid(form)
        return super().form_valid(form)

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        missing = services.missing_holidays(years_of(given))
        return [Detail(long_day(on), name) for on, name in missing.items()]

    def act(self, **given: Any) -> tuple[str, str]:
        added = services.seed_holidays(years_of(given), by=self.user, at=clock.now())
        sentence = ngettext(
            "%(count)s holiday was added.", "%(count)s holidays were added.", len(added)
        )
        return address_of(given["first_year"]), sentence % {"count": len(added)}


def years_of(given: dict[str, Any]) -> range:
    return range(given["first_year"], given["last_year"] + 1)
