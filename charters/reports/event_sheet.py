"""An event on one sheet of paper."""

from datetime import date

from django.template.loader import render_to_string

from charters.models import Event
from charters.reports.events import event_page
from records import pdf
from records.dates import written_for
from records.models import Company


def sheet(event: Event, company: Company, day: date) -> bytes:
    """The PDF. It says whom to call, so that it serves when nobody can sign in."""
    return pdf.render(sheet_html(event, company, day))


def sheet_html(event: Event, company: Company, day: date) -> str:
    with written_for(company):
        context = {
            "page": event_page(event, company, day),
            "company": company,
            "committee": event.committee,
            "number": event.pk,
            "day": day,
        }
        return render_to_string("reports/event_sheet.html", context)
