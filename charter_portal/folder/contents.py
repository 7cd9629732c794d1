"""What the folder holds: every meeting with its minutes, every consent, and what is missing.

The folder leaves the portal, so that it holds only what no role and no person is barred from: a
restricted item of minutes is a heading alone, and a restricted consent is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from charters.models import Committee
from meetings.enums import ConsentStatus, MeetingState
from meetings.models import Meeting, Minutes, WrittenConsent
from meetings.reports.consents import status_words
from meetings.reports.minutes_pdf import minutes_html
from meetings.reports.recording import printed_unrestricted, register_line
from records import pdf, store
from records.clock import day_of
from records.dates import long_day, written_for
from records.models import Company

STATEMENT = (
    "This folder holds minutes and written consents of the Audit Committee only. Parts that are "
    "restricted are omitted. Records of the complaint procedures are kept separately; the director "
    "who leads them answers the auditor's questions about them, whether or not there is a matter."
)
UNRESTRICTED = Q(restricted_roles=frozenset(), restricted_people=frozenset())


@dataclass(frozen=True)
class Entry:
    """A line of the list and, where there is one, its file."""

    on: date
    what: str
    state: str
    file_name: str = ""
    content: bytes = b""


def entries(
    committee: Committee, company: Company, first: date, last: date, today: date
) -> list[Entry]:
    """By date: minutes and consents of the period, and the meetings that have no minutes."""
    with written_for(company):
        found = [
            *_minutes(committee, company, first, min(last, today)),
            *_consents(committee, company, first, min(last, today)),
        ]
    return sorted(found, key=lambda entry: (entry.on, entry.what))


def _minutes(committee: Committee, company: Company, first: date, last: date) -> Iterator[Entry]:
    meetings = (
        Meeting.objects.of(committee).within(first, last).exclude(state=MeetingState.CANCELED)
    )
    rows = {row.meeting_id: row for row in Minutes.objects.filter(meeting__in=meetings)}
    for meeting in meetings.select_related("body").order_by("on", "pk"):
        minutes = rows.get(meeting.pk)
        if minutes is None:
            yield Entry(meeting.on, str(meeting), _("No minutes are on file."))
            continue
        minutes.meeting = meeting
        state = register_line(minutes)
        if not minutes.is_approved:
            state = _("%(line)s. Not approved: a summary of actions.") % {"line": state}
        name, content = _file_of(minutes, company)
        yield Entry(meeting.on, str(meeting), state, name, content)


def _file_of(minutes: Minutes, company: Company) -> tuple[str, bytes]:
    """Assembled from what is open to everybody; older minutes are the document that was filed."""
    mark = "" if minutes.is_approved else "-draft"
    stem = f"{minutes.meeting.on.isoformat()}-minutes-{minutes.meeting_id}{mark}"
    if minutes.paragraphs.exists() or minutes.document is None:
        html = minutes_html(printed_unrestricted(minutes, company), company)
        return _printed(stem, html)
    if minutes.meeting.items.exclude(UNRESTRICTED).exists():
        return "", b""
    with store.fetch(minutes.document.sha256) as stored:
        return f"{stem}{_ending(minutes.document.file_name)}", stored.read()


def _consents(committee: Committee, company: Company, first: date, last: date) -> Iterator[Entry]:
    rows = WrittenConsent.objects.filter(UNRESTRICTED, body=committee, sent_at__isnull=False)
    for consent in rows.with_signatures().order_by("pk"):
        assert consent.sent_at is not None  # noqa: S101  (it was asked for)
        on = consent.effective_on or day_of(consent.sent_at, company)
        if not first <= on <= last:
            continue
        state = status_words(consent, company)
        if consent.status is ConsentStatus.WAITING:
            state = _("Draft, not in effect: %(state)s") % {"state": state}
        signed = [
            (signature.director.name, long_day(day_of(signature.signed_at, company)))
            for signature in consent.signatures.all()
            if signature.withdrawn_at is None
        ]
        context = {"consent": consent, "company": company, "state": state, "signed": signed}
        html = render_to_string("reports/consent.html", context)
        mark = "-draft" if consent.status is ConsentStatus.WAITING else ""
        name, content = _printed(f"{on.isoformat()}-consent-{consent.pk}{mark}", html)
        yield Entry(on, _("Written consent: %(title)s") % {"title": consent}, state, name, content)
        yield from _attached(consent, on)


def _attached(consent: WrittenConsent, on: date) -> Iterator[Entry]:
    """What was signed on paper, and what was attached."""
    papers = [(each.title, each.document) for each in consent.attachments.all()]
    papers += [
        (_("signed by %(name)s") % {"name": each.director.name}, each.document)
        for each in consent.signatures.all()
        if each.document
    ]
    for number, (title, document) in enumerate(papers, start=1):
        with store.fetch(document.sha256) as stored:
            stem = f"{on.isoformat()}-consent-{consent.pk}-{number}-{slugify(title)[:40]}"
            yield Entry(
                on,
                _("Written consent: %(title)s, %(paper)s") % {"title": consent, "paper": title},
                "",
                f"{stem}{_ending(document.file_name)}",
                stored.read(),
            )


def _printed(stem: str, html: str) -> tuple[str, bytes]:
    """As a PDF; where none can be made, as the page that would have been printed."""
    if pdf.is_available():
        return f"{stem}.pdf", pdf.render(html)
    return f"{stem}.html", html.encode()


def _ending(file_name: str) -> str:
    __, dot, ending = file_name.rpartition(".")
    return f"{dot}{ending}" if dot else ""
