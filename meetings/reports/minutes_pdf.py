"""Minutes as a PDF, assembled from the paragraphs it is given."""

from django.template.loader import render_to_string

from meetings.reports.minutes import PrintedMinutes
from records import pdf
from records.dates import written_for
from records.models import Company


def minutes_pdf(minutes: PrintedMinutes, company: Company) -> bytes:
    return pdf.render(minutes_html(minutes, company))


def minutes_html(minutes: PrintedMinutes, company: Company) -> str:
    with written_for(company):
        context = {"minutes": minutes, "company": company}
        return render_to_string("reports/minutes.html", context)
