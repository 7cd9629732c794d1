"""Minutes: drafted from what was recorded, edited by paragraph, circulated, approved, corrected.

Approved minutes are immutable: a correction is recorded beside them. The activity log holds dates
and digests, no word of the text.
"""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charters.models import Decision
from charters.registry import members_of
from charters.services.uploads import Upload, filed
from meetings.documents import MINUTES
from meetings.enums import MinutesState
from meetings.models import AgendaItem, Correction, Meeting, Minutes, Paragraph
from meetings.notices import MINUTES_CIRCULATED
from meetings.presence import is_unsized
from meetings.reports.minutes import draft
from meetings.reports.minutes_pdf import minutes_pdf
from meetings.reports.recording import printed_for_file, recording_of
from meetings.rules import minutes_states
from meetings.services.attendance import named
from records import ledger, notices, pdf
from records.acts import act
from records.clock import day_of
from records.dates import long_day
from records.facts import Actor, recorded
from records.models import Company

MINUTES_DRAFTED = ledger.action("minutes.drafted", lazy("drafted the %(record)s"))
PARAGRAPH_CHANGED = ledger.action(
    "minutes.paragraph_changed", lazy("changed the paragraph %(record)s of minutes")
)
MINUTES_SENT = ledger.action("minutes.circulated", lazy("circulated the %(record)s"))
MINUTES_APPROVED = ledger.action(
    "minutes.approved", lazy("recorded the approval of the %(record)s")
)
MINUTES_CORRECTED = ledger.action(
    "minutes.corrected", lazy("recorded a correction of the %(record)s")
)
MINUTES_FILED = ledger.action("minutes.filed", lazy("filed the %(record)s"))


@act
def draft_minutes(meeting: Meeting, *, by: Actor, at: datetime) -> Minutes:
    """Draft the minutes of a meeting that is concluded, from what was recorded of it."""
    if hasattr(meeting, "minutes"):
        raise ValidationError(_("This meeting has its minutes already."))
    if not meeting.concluded_at:
        raise ValidationError(_("Conclude the meeting first. Its minutes are drafted then."))
    _refuse_unknown_quorum(meeting)
    minutes = Minutes.objects.create(meeting=meeting, **recorded(by, at))
    Paragraph.objects.bulk_create(
        Paragraph(
            minutes=minutes,
            place=place,
            item_id=drafted.item,
            heading=drafted.heading,
            text=drafted.text,
            **recorded(by, at),
        )
        for place, drafted in enumerate(draft(recording_of(meeting)), start=1)
    )
    ledger.record(MINUTES_DRAFTED, subject=minutes, by=by, at=at, on=meeting.on)
    return minutes


@act
def change_paragraph(paragraph: Paragraph, *, text: str, by: Actor, at: datetime) -> Paragraph:
    """Change a paragraph before approval. Circulated minutes become the next draft."""
    paragraph = paragraph.locked()
    minutes = _unapproved(paragraph.minutes)
    if (
        paragraph.item
        and isinstance(by, User)
        and paragraph.item.restriction.bars(by, on=day_of(at))
    ):
        raise ValidationError(_("You are recused from this item."))
    if not text.strip():
        raise ValidationError({"text": _("Write the paragraph. One without text is not kept.")})
    if text.strip() == paragraph.text:
        raise ValidationError({"text": _("The text is the same as before.")})
    paragraph.text = text.strip()
    for name, value in recorded(by, at).items():
        setattr(paragraph, name, value)
    paragraph.save()
    if minutes.state == MinutesState.CIRCULATED:
        _to(minutes, MinutesState.DRAFT)
        minutes.draft += 1
        minutes.save(update_fields=["state", "draft"])
    ledger.record(
        PARAGRAPH_CHANGED,
        subject=paragraph,
        by=by,
        at=at,
        draft=minutes.draft,
        text=ledger.digest(f"text:{paragraph.text}", paragraph.salt),
    )
    return paragraph


@act
def circulate_minutes(minutes: Minutes, *, by: Actor, at: datetime) -> Minutes:
    """Put the draft before the members. Each with an account is told by email, without substance."""
    minutes = _unapproved(minutes)
    _refuse_unknown_quorum(minutes.meeting)
    _to(minutes, MinutesState.CIRCULATED)
    minutes.circulated_on = day_of(at)
    minutes.save(update_fields=["state", "circulated_on"])
    for member in members_of(minutes.meeting.body, day_of(at)):
        if member.user:
            key = f"meetings.minutes:{minutes.pk}:{minutes.draft}:{member.user.pk}"
            notices.owe(MINUTES_CIRCULATED, to=member.user, key=key, at=at, subject=minutes)
    ledger.record(MINUTES_SENT, subject=minutes, by=by, at=at, draft=minutes.draft)
    return minutes


@act
def approve_minutes(minutes: Minutes, *, decision: Decision, by: Actor, at: datetime) -> Minutes:
    """Record that the body approved circulated minutes, at a meeting or by consent.

    From here on nobody can change them. `file_approved_minutes` files their PDF.
    """
    minutes = _unapproved(minutes)
    _refuse_decision(minutes, decision)
    _to(minutes, MinutesState.APPROVED)
    minutes.approved_on, minutes.approved_by = decision.decided_on, decision
    minutes.save(update_fields=["state", "approved_on", "approved_by"])
    _record_approval(minutes, by, at)
    return minutes


def approve_at_meeting(item: AgendaItem, *, by: Actor, at: datetime) -> Minutes | None:
    """The minutes that an adopted item put to approval, where they are kept here and wait for it.

    A draft that nobody circulated is not approved: the members have not seen its text.
    """
    key = item.source_key.rpartition(":")[2]
    found = Minutes.objects.filter(meeting_id=key).first() if key.isdecimal() else None
    if found is None or found.is_approved or item.decision is None:
        return None
    if found.state == MinutesState.DRAFT:
        raise ValidationError(
            {
                named("outcome", item): _(
                    "%(minutes)s: still a draft that was not circulated. Circulate the minutes, then "
                    "record this approval, or choose another outcome."
                )
                % {"minutes": found}
            }
        )
    return approve_minutes(found, decision=item.decision, by=by, at=at)


@act
def file_approved_minutes(minutes: Minutes, *, by: Actor, at: datetime) -> Minutes:
    """File the PDF of approved minutes, with every paragraph, where PDFs can be made.

    Filed once. Until then, and for readers who may see them in part, the PDF is assembled when it
    is asked for.
    """
    minutes = minutes.locked()
    company = Company.objects.current()
    is_due = minutes.is_approved and minutes.document is None and minutes.paragraphs.exists()
    if not is_due or company is None or not pdf.is_available():
        return minutes
    content = minutes_pdf(printed_for_file(minutes, company), company)
    name = f"minutes-{minutes.meeting.on.isoformat()}.pdf"
    upload = Upload(content, name)
    minutes.document = filed(upload, kind=MINUTES, title=str(minutes), by=by, at=at)
    minutes.save(update_fields=["document"])
    ledger.record(
        MINUTES_FILED,
        subject=minutes,
        by=by,
        at=at,
        approved_on=minutes.approved_on,
        document=minutes.document,
    )
    return minutes


def approved_at(meeting: Meeting) -> list[Minutes]:
    """The minutes of other meetings that a meeting approved."""
    return list(Minutes.objects.filter(approved_by__agenda_item__meeting=meeting))


@act
def file_minutes(
    meeting: Meeting, *, upload: Upload, approved_on: date, by: Actor, at: datetime
) -> Minutes:
    """File the approved minutes of a meeting of the past as they are: they were written elsewhere."""
    meeting = meeting.locked()
    if Minutes.objects.filter(meeting=meeting).exists():
        raise ValidationError(_("This meeting has its minutes already."))
    if not meeting.is_convened:
        raise ValidationError(_("This meeting has not been entered yet. Enter it first."))
    _refuse_dates(meeting, approved_on, at)
    minutes = Minutes(meeting=meeting, **recorded(by, at))
    minutes.state, minutes.approved_on = MinutesState.APPROVED, approved_on
    minutes.document = filed(upload, kind=MINUTES, title=str(minutes), by=by, at=at)
    minutes.save()
    meeting.move_on()
    ledger.record(
        MINUTES_FILED,
        subject=minutes,
        by=by,
        at=at,
        approved_on=approved_on,
        document=minutes.document,
    )
    return minutes


def _refuse_dates(meeting: Meeting, approved_on: date, at: datetime) -> None:
    if approved_on < meeting.on:
        raise ValidationError({"approved_on": _("Minutes are approved on or after the meeting.")})
    if approved_on > day_of(at):
        raise ValidationError({"approved_on": _("This date is in the future.")})


@act
def record_correction(
    minutes: Minutes,
    *,
    text: str,
    decision: Decision,
    by: Actor,
    at: datetime,
    item: AgendaItem | None = None,
) -> Correction:
    """Record what was wrong in approved minutes, and the decision that approved the correction."""
    minutes = minutes.locked()
    if not minutes.is_approved:
        raise ValidationError(
            _("These minutes are not approved yet. Change the paragraph instead.")
        )
    if not text.strip():
        raise ValidationError({"text": _("Say what is corrected.")})
    _refuse_decision(minutes, decision)
    correction = Correction.objects.create(
        minutes=minutes,
        item=item,
        on=decision.decided_on,
        approved_by=decision,
        text=text.strip(),
        **recorded(by, at),
    )
    minutes.move_on()
    ledger.record(
        MINUTES_CORRECTED,
        subject=minutes,
        by=by,
        at=at,
        correction=correction,
        on=correction.on,
        decision=decision,
        text=ledger.digest(f"text:{correction.text}", correction.salt),
    )
    return correction


def _refuse_unknown_quorum(meeting: Meeting) -> None:
    """Minutes say whether a quorum was present (DGCL 141(b))."""
    if is_unsized(meeting):
        raise ValidationError(quorum_not_known(meeting))


def quorum_not_known(meeting: Meeting) -> str:
    return _(
        "The number of seats on the Board on %(day)s is not on record, so the minutes cannot say "
        "whether a quorum was present. Record the number under Meeting rules, effective on or before "
        "%(day)s, then try again."
    ) % {"day": long_day(meeting.on)}


def _unapproved(minutes: Minutes) -> Minutes:
    minutes = minutes.locked()
    if minutes.is_approved:
        raise ValidationError(
            _("These minutes are approved and are not changed. Record a correction instead.")
        )
    return minutes


def _to(minutes: Minutes, state: MinutesState) -> None:
    """The next state, or the way out."""
    try:
        minutes.state = minutes_states.step(MinutesState(minutes.state), state)
    except minutes_states.StepError as refused:
        sentences = {
            MinutesState.APPROVED: _("Circulate these minutes before they are approved."),
            MinutesState.CIRCULATED: _("These minutes are circulated already."),
        }
        raise ValidationError(sentences[state]) from refused


def _refuse_decision(minutes: Minutes, decision: Decision) -> None:
    """The body that met decides, at the meeting itself or later."""
    meeting = minutes.meeting
    if decision.body_id != meeting.body_id:
        raise ValidationError(
            {
                "decision": _("Choose a decision of the body that met: %(body)s.")
                % {"body": meeting.body}
            }
        )
    if decision.decided_on < meeting.on:
        raise ValidationError(
            {
                "decision": _("This decision was made before the meeting of %(day)s.")
                % {"day": long_day(meeting.on)}
            }
        )


def _record_approval(minutes: Minutes, by: Actor, at: datetime) -> None:
    """With the digest of every paragraph together, so that the text can be proved without the PDF."""
    texts = minutes.paragraphs.values_list("heading", "text")
    whole = "\n\n".join(f"{heading}\n{text}" for heading, text in texts)
    ledger.record(
        MINUTES_APPROVED,
        subject=minutes,
        by=by,
        at=at,
        approved_on=minutes.approved_on,
        decision=minutes.approved_by,
        text=ledger.digest(f"text:{whole}", minutes.salt),
    )
