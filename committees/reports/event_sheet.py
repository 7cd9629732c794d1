"""An event card on one sheet of paper."""

from datetime import date

from django.template.loader import render_to_string

from committees.models import EventCard
from committees.reports.events import event_page
from records import ledger, pdf
from records.dates import written_for
from records.models import Company


def sheet(card: EventCard, company: Company, day: date) -> bytes:
    """The PDF. It says whom to call, so that it serves when nobody can sign in."""
    return pdf.render(sheet_html(card, company, day))


def sheet_html(card: EventCard, company: Company, day: date) -> str:
    with written_for(company):
        context = {
            "page": event_page(card, company, day),
            "company": company,
            "committee": card.committee,
            "number": card.pk,
            "day": day,
            "head": ledger.head(),
        }
        return render_to_string("reports/event_sheet.html", context)
