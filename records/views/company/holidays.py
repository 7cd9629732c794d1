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
from records.views.company.base import CompanyActView, RemoveView, the_company

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django import forms
    from django.http import HttpResponse


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
            may_change=self.user.has_perm("records.change_company"),
            **kwargs,
        )


class HolidayAddView(CompanyActView):
    form_class = HolidayForm
    title = lazy("Add holiday")
    why = lazy("Federal holidays do not count as business days.")
    submit_label = lazy("Add holiday")

    def get_cancel_url(self) -> str:
        return reverse("holidays")

    def act(self, **given: Any) -> tuple[str, str]:
        holiday = services.add_holiday(**given, by=self.user, at=clock.now())
        sentence = _("%(day)s was added as a holiday.") % {"day": long_day(holiday.on)}
        return address_of(holiday.on.year), sentence


class HolidayChangeView(CompanyActView):
    model = Holiday
    form_class = HolidayForm
    title = lazy("Correct holiday")
    why = lazy("Correct the date or the name.")
    submit_label = lazy("Record correction")

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.object.on, "name": self.object.name}

    def get_cancel_url(self) -> str:
        return reverse("holidays")

    def act(self, **given: Any) -> tuple[str, str]:
        holiday = services.change_holiday(self.object, **given, by=self.user, at=clock.now())
        return address_of(holiday.on.year), _("The holiday was corrected.")


class HolidayRemoveView(RemoveView):
    model = Holiday
    title = lazy("Remove holiday")
    why = lazy("The date will count as a business day.")

    def get_cancel_url(self) -> str:
        return reverse("holidays")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return [Detail(_("Removed"), self.object.name, (weekday(self.object.on),))]

    def act(self, **given: Any) -> tuple[str, str]:
        year = self.object.on.year
        services.remove_holiday(self.object, by=self.user, at=clock.now())
        return address_of(year), _("The entry was removed.")


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
