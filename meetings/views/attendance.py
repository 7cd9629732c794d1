"""Attendance of a fiscal year: the page, and the same for a spreadsheet."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import TemplateView

from charters.sentences import period_name
from meetings.reports.attendance import Grid, as_csv, grid
from meetings.reports.words import capital
from meetings.views.base import MeetingsPage
from records.calendar import DAY, Period

if TYPE_CHECKING:
    from records.models import Company


class AttendancePage(MeetingsPage):
    """Of the fiscal year in the address; without one, of this fiscal year."""

    @cached_property
    def years(self) -> list[Period]:
        """This fiscal year and the two before it, since the records begin."""
        company: Company | None = self.company
        assert company is not None  # noqa: S101  (`is_ready` has seen to it)
        year = company.calendar.year_of(self.today)
        found: list[Period] = []
        while len(found) < 3 and (not found or year.last >= company.records_begin):
            found.append(year)
            year = company.calendar.year_of(year.first - DAY)
        return found

    @cached_property
    def year(self) -> Period:
        key = self.kwargs.get("key", self.years[0].key)
        for year in self.years:
            if year.key == key:
                return year
        raise Http404

    @cached_property
    def grid(self) -> Grid:
        return grid(self.year, self.today)


class AttendanceView(AttendancePage, TemplateView):
    template_name = "meetings/attendance.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            year=self.year,
            name=period_name(self.year),
            grid=self.grid,
            choices=[
                {
                    "label": capital(period_name(year)),
                    "url": reverse("attendance", args=[year.key]),
                    "is_current": year == self.year,
                }
                for year in self.years
            ],
            **kwargs,
        )


class AttendanceFileView(AttendancePage):
    """The grid as a file that a spreadsheet opens."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # The mark in front lets a spreadsheet read names as UTF-8.
        content = "\ufeff" + as_csv(self.grid)
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
        name = f"attendance-{self.year.key}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response
