"""Fees by line, approved against billed, and the proxy's two-year table."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, TemplateView

from accounts.withheld import without_withheld
from auditors.enums import RecipientKind
from auditors.forms import fees as forms
from auditors.forms.fields import offer_years, years_around
from auditors.models import Engagement, FeeLine, Firm, IssuedFeeTable, Recipient
from auditors.reports import billing
from auditors.reports import fees as reports
from auditors.reports.overview import file_of
from auditors.reports.words import year as year_words
from auditors.rules.money import Money
from auditors.rulings import reporting_currency
from auditors.services import fees as services
from auditors.views.base import AuditorActView, AuditorPage
from auditors.views.requests import the_auditor
from records import pdf
from records.confirm import Detail
from records.filetypes import FileType
from records.views.documents import handed_out

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User
    from auditors.models.fees import FeeLineQuerySet
    from auditors.rules.fee_table import FeeTable
    from records.calendar import Calendar


def year_asked(page: Any, *, is_over: bool = False) -> date:
    """The fiscal year of the page (`?year=`), by default the present one; or the last that is over,
    with which the proxy's table ends (Schedule 14A, Item 9(e))."""
    calendar: Calendar = page.company.calendar
    asked = page.request.GET.get("year", "")
    offered = {each.last.isoformat(): each.last for each in years_around(calendar, page.today)}
    present = calendar.year_of(page.today)
    return offered.get(asked, (calendar.year_before(present) if is_over else present).last)


def fees_open_to(user: User) -> FeeLineQuerySet:
    """The fees that a person may change: not those of a service that is withheld from them."""
    return without_withheld(FeeLine.objects.current(), user, "approval__request")


class FeesView(AuditorPage, TemplateView):
    """The fees of a fiscal year, line by line, and what was approved for them."""

    permission_required = "auditors.view_fees"
    template_name = "auditors/fees.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        ends, currency = year_asked(self), reporting_currency()
        rows = list(FeeLine.objects.current().filter(year_ends_on=ends).with_parties())
        return super().get_context_data(
            rows=[reports.fee_row(row, currency, self.user) for row in rows],
            compared=[
                each
                for each in billing.compared(ends, self.today, currency)
                if each.url not in self.user.withheld.urls
            ],
            ratio=reports.ratio_words(rows, ends, currency, firm_of_table(self, ends))
            if rows
            else "",
            choices=self.choices(ends),
            issued=IssuedFeeTable.objects.select_related("firm")[:5],
            may_change=self.user.has_perm("auditors.change_fees"),
            **kwargs,
        )

    def choices(self, chosen: date) -> list[dict[str, Any]]:
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        calendar, here = self.company.calendar, reverse("fees")
        return [
            {
                "label": year_words(each.last, calendar),
                "url": f"{here}?year={each.last.isoformat()}",
                "is_current": each.last == chosen,
            }
            for each in years_around(calendar, self.today)[1:]
        ]


class FeeAddView(AuditorActView):
    permission_required = "auditors.change_fees"
    back = "fees"
    form_class = forms.FeeForm
    title = lazy("Enter a fee")
    why = lazy("Expected or billed. A fee for the audit belongs to the year audited.")
    submit_label = lazy("Enter fee")

    def get_initial(self) -> dict[str, Any]:
        return {
            "firm": the_auditor(self),
            "recipient": Recipient.objects.filter(kind=RecipientKind.COMPANY).first(),
            "year_ends_on": self.calendar.year_of(self.today).last.isoformat(),
            "currency": reporting_currency(),
        }

    def offer(self, form: Any) -> None:
        offer_years(form, "year_ends_on", self.calendar, self.today)
        form.fields["replaces"].queryset = fees_open_to(self.user)
        approvals = form.fields["approval"]
        approvals.queryset = without_withheld(approvals.queryset, self.user, "request")

    def act(
        self, firm: Firm, amount: Any, currency: str, exchange: Any, **given: Any
    ) -> tuple[str, str]:
        services.enter_fee(firm, fee=Money(amount, currency), rate=exchange, **given, **self.signed)
        return self.done(_("The fee is recorded."))


class FeeWithdrawView(AuditorActView):
    """A form without fields: the review is its one page."""

    permission_required = "auditors.change_fees"
    back = "fees"
    form_class = forms.NothingForm
    is_reviewed = True
    title = lazy("Withdraw a fee entered in error")
    submit_label = lazy("Withdraw")

    def get_queryset(self) -> FeeLineQuerySet:
        return fees_open_to(self.user)

    def recorded(self, given: dict[str, Any]) -> list[Any]:
        row = reports.fee_row(self.object, reporting_currency(), self.user)
        return [Detail(_("Fee"), row.description), Detail(_("Amount"), row.amount)]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("It stays on record and no longer counts.")

    def act(self) -> tuple[str, str]:
        services.withdraw_fee(self.object, **self.signed)
        return self.done(_("The fee is withdrawn."))


SHOWN = "shown"


def firm_of_table(page: Any, year_ends_on: date) -> Firm | None:
    """The firm that reports on the latest fiscal year of the table."""
    row = Engagement.objects.reporting_on(year_ends_on)
    return row.firm if row else the_auditor(page)


def others_in(firm: Firm, year_ends_on: list[date]) -> list[Firm]:
    """Other firms that audited one of these fiscal years."""
    rows = Engagement.objects.of_auditors().filter(year_ends_on__in=year_ends_on)
    return list(Firm.objects.filter(pk__in=rows.values("firm")).exclude(pk=firm.pk))


class TablePage(AuditorPage):
    """The proxy's table of a firm for two fiscal years, the latest asked for (`?year=`, `?unit=`)."""

    permission_required = "auditors.view_fees"

    @cached_property
    def firm(self) -> Firm | None:
        return firm_of_table(self, self.ends)

    @cached_property
    def predecessors(self) -> list[Firm]:
        """Those of the years of the table, where the address asks for them."""
        asked = self.request.GET.get("predecessor") == SHOWN
        return others_in(self.firm, self.years) if asked and self.firm else []

    @cached_property
    def unit_key(self) -> str:
        asked = self.request.GET.get("unit", "1")
        return asked if asked in forms.UNITS else "1"

    @cached_property
    def ends(self) -> date:
        return year_asked(self, is_over=True)

    @cached_property
    def years(self) -> list[date]:
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        calendar = self.company.calendar
        return [self.ends, calendar.year_before(calendar.year_of(self.ends)).last]

    @cached_property
    def table(self) -> FeeTable | None:
        if self.firm is None:
            return None
        unit = forms.UNITS[self.unit_key][1]
        return services.table(
            self.firm, year_ends_on=self.years, unit=unit, predecessors=self.predecessors
        )

    @cached_property
    def lines(self) -> reports.TableLines | None:
        if self.table is None or self.firm is None or self.company is None:
            return None
        currency = reporting_currency()
        rows = list(
            FeeLine.objects.current().filter(year_ends_on=self.ends, firm=self.firm).with_parties()
        )
        return reports.table_lines(
            self.table,
            self.company.calendar,
            changed=reports.changes(self.firm, self.table),
            waiver=reports.waiver_words(rows, self.ends, currency),
        )

    def query(self, **changed: str) -> str:
        """The address of this table, or of one that differs from it."""
        shown = SHOWN if self.predecessors else ""
        asked = {"year": self.ends.isoformat(), "unit": self.unit_key, "predecessor": shown}
        return "?" + urlencode({name: text for name, text in (asked | changed).items() if text})


class FeeTableView(TablePage, TemplateView):
    template_name = "auditors/fee_table.html"

    def year_choices(self) -> list[dict[str, Any]]:
        """The latest year of the table: the years that a proxy may state."""
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        calendar, here = self.company.calendar, reverse("fee_table")
        return [
            {
                "label": year_words(each.last, calendar),
                "url": here + self.query(year=each.last.isoformat()),
                "is_current": each.last == self.ends,
            }
            for each in years_around(calendar, self.today)[1:]
        ]

    def predecessor_choices(self) -> list[dict[str, Any]]:
        """Whether the optional columns of another auditor are shown; nothing where there is none."""
        here = reverse("fee_table")
        if self.firm is None or not others_in(self.firm, self.years):
            return []
        return [
            {
                "label": label,
                "url": here + self.query(predecessor=asked),
                "is_current": bool(self.predecessors) == bool(asked),
            }
            for label, asked in ((_("Leave out"), ""), (_("Show"), SHOWN))
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = reverse("fee_table")
        units = [
            {
                "label": label,
                "url": here + self.query(unit=key),
                "is_current": key == self.unit_key,
            }
            for key, (label, _unit) in forms.UNITS.items()
        ]
        return super().get_context_data(
            table=self.lines,
            firm=self.firm,
            units=units,
            years=self.year_choices(),
            predecessors=self.predecessor_choices(),
            query=self.query(),
            may_change=self.user.has_perm("auditors.change_fees"),
            **kwargs,
        )


def printed(
    page: TablePage, lines: reports.TableLines, name: str, issued: str = ""
) -> HttpResponse:
    """A table as a PDF to save, or the page that says why there is none."""
    assert page.company is not None  # noqa: S101  (`is_ready` has seen to it)
    try:
        content = reports.table_pdf(lines, page.company, str(page.committee), issued=issued)
    except pdf.PdfUnavailable as unavailable:
        text = {"text": str(unavailable)}
        return render(page.request, "reports/pdf_off.html", text, status=503)
    return handed_out(content, FileType.PDF, name)


def nothing_to_print(page: TablePage) -> HttpResponse:
    text = {"text": _("No auditor is on record, so there is no table.")}
    return render(page.request, "reports/pdf_off.html", text, status=400)


class FeeTablePdfView(TablePage):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.lines is None:
            return nothing_to_print(self)
        return printed(self, self.lines, f"fee-table-{self.ends.year}.pdf")


class FeeTableXlsxView(TablePage):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.lines is None or self.table is None:
            return nothing_to_print(self)
        content = reports.table_xlsx(self.table, self.lines)
        return handed_out(content, FileType.XLSX, f"fee-table-{self.ends.year}.xlsx")


class TableIssueView(AuditorActView):
    """Keep the table as the proxy prints it, with its PDF."""

    permission_required = "auditors.change_fees"
    form_class = forms.TableIssueForm
    back = "fee_table"
    title = lazy("Issue the fee table")
    why = lazy("The table is kept as it is printed and is not computed again.")
    submit_label = lazy("Issue table")

    @cached_property
    def years(self) -> list[date]:
        ends = year_asked(self, is_over=True)
        return [ends, self.calendar.year_before(self.calendar.year_of(ends)).last]

    @cached_property
    def firm(self) -> Firm | None:
        return firm_of_table(self, self.years[0])

    @cached_property
    def others(self) -> list[Firm]:
        return others_in(self.firm, self.years) if self.firm else []

    def get_initial(self) -> dict[str, Any]:
        """The table as it was looked at."""
        asked = self.request.GET
        unit = asked.get("unit", "1")
        return {
            "unit": unit if unit in forms.UNITS else "1",
            "predecessor": asked.get("predecessor") == SHOWN,
        }

    def offer(self, form: Any) -> None:
        if not self.others:
            del form.fields["predecessor"]

    def act(
        self, unit: Any, hours_of_others: Any, predecessor: bool = False, **described: str
    ) -> tuple[str, str]:
        if self.firm is None:
            raise ValidationError(_("No auditor is on record. Record an appointment first."))
        issued = services.issue_table_as_pdf(
            self.firm,
            year_ends_on=self.years,
            unit=unit,
            descriptions=forms.described(described),
            hours_of_others=hours_of_others,
            predecessors=self.others if predecessor else [],
            **self.signed,
        )
        return issued.get_absolute_url(), _("The table is issued.")


class IssuedTableView(AuditorPage, DetailView):  # type: ignore[type-arg]
    """A table as it was issued."""

    permission_required = "auditors.view_fees"
    template_name = "auditors/fee_table_issued.html"

    def get_queryset(self) -> QuerySet[IssuedFeeTable]:
        return IssuedFeeTable.objects.select_related("firm", "document").prefetch_related(
            "amounts__firm", "descriptions"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        return super().get_context_data(
            table=reports.issued_lines(self.object, self.company.calendar),
            issued=self.object,
            file=file_of(self.object.document, self.user),
            **kwargs,
        )
