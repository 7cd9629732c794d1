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
from records.confirm import ActView, ConfirmView, Line
from records.dates import long_day, weekday
from records.forms import HolidayForm, YearsForm
from records.models import Holiday
from records.services import company as services
from records.views.company.base import CompanyMixin, RemoveView, RowMixin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django import forms
    from django.http import HttpResponse


def address_of(year: int) -> str:
    return f"{reverse('holidays')}?year={year}"


class HolidaysView(CompanyMixin, TemplateView):
    """The holidays of a calendar year (`?year=`, default the running one)."""

    permission_required = "records.view_company"
    permission_denied_message = ""
    template_name = "records/company_holidays.html"

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
            may_change=self.request.user.has_perm("records.change_company"),
            **kwargs,
        )


class HolidayMixin(CompanyMixin):
    def get_cancel_url(self) -> str:
        return reverse("holidays")


class HolidayAddView(HolidayMixin, ActView):
    form_class = HolidayForm
    title = lazy("Add a holiday")
    why = lazy("A day on which federal offices close is no business day.")
    submit_label = lazy("Add the holiday")

    def act(self, **given: Any) -> tuple[str, str]:
        holiday = services.add_holiday(**given, by=self.by, at=clock.now())
        sentence = _("Recorded: %(day)s is a holiday.") % {"day": long_day(holiday.on)}
        return address_of(holiday.on.year), sentence


class HolidayChangeView(HolidayMixin, RowMixin[Holiday], ActView):
    model = Holiday
    form_class = HolidayForm
    title = lazy("Correct a holiday")
    why = lazy("The holiday falls on another day, or is called otherwise.")
    submit_label = lazy("Record the correction")

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.object.on, "name": self.object.name}

    def act(self, **given: Any) -> tuple[str, str]:
        holiday = services.change_holiday(self.object, **given, by=self.by, at=clock.now())
        return address_of(holiday.on.year), _("Recorded: the holiday, corrected.")


class HolidayRemoveView(HolidayMixin, RemoveView[Holiday]):
    model = Holiday
    title = lazy("Take out a holiday")
    why = lazy("That day is a business day after all.")

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        return [Line(_("Taken out"), self.object.name, (weekday(self.object.on),))]

    def act(self, **given: Any) -> tuple[str, str]:
        year = self.object.on.year
        services.remove_holiday(self.object, by=self.by, at=clock.now())
        return address_of(year), self.done()[1]


class HolidaysFillView(HolidayMixin, ConfirmView):
    form_class = YearsForm
    title = lazy("Fill in federal holidays")
    why = lazy("From the federal list, for whole calendar years. What is there already stays.")
    submit_label = lazy("Fill them in")

    def get_initial(self) -> dict[str, Any]:
        last = Holiday.objects.order_by("on").values_list("on", flat=True).last()
        year = last.year + 1 if last else self.today.year
        return {"first_year": year, "last_year": year}

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        if not services.missing_holidays(years_of(form.cleaned_data)):
            nothing = _("The federal holidays of these years are all in the list.")
            form.add_error("last_year", ValidationError(nothing))
            return self.form_invalid(form)
        return super().form_valid(form)

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        missing = services.missing_holidays(years_of(given))
        return [Line(long_day(on), name) for on, name in missing.items()]

    def act(self, **given: Any) -> tuple[str, str]:
        added = services.seed_holidays(years_of(given), by=self.by, at=clock.now())
        sentence = ngettext(
            "Recorded: %(count)s holiday.", "Recorded: %(count)s holidays.", len(added)
        )
        return address_of(given["first_year"]), sentence % {"count": len(added)}


def years_of(given: dict[str, Any]) -> range:
    return range(given["first_year"], given["last_year"] + 1)
