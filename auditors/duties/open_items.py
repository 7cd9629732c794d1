"""Contradictions in the auditor's records: a fact and its date, never a grade."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from auditors.duties import loaded
from auditors.enums import ApprovingBody, Basis, FeeCategory, LetterKind, Timing
from auditors.models import (
    Engagement,
    FeeLine,
    Letter,
    ServiceRequest,
)
from auditors.reports import billing
from auditors.reports.rotation import careers, is_exempt
from auditors.rules.approvals import RenderedFee, order, unapproved
from auditors.rules.auditor import is_new
from auditors.rules.de_minimis import after_the_year
from auditors.rules.figures import EXCEPTION_OPEN_DAYS, waiver_share_on
from auditors.rules.independence_letter import before_acceptance, undecided
from auditors.rules.presenting import Meeting, not_told, presentation, tell_by
from auditors.rulings import paid_in_year, reporting_currency, waived_in_year
from auditors.sentences import sentence
from charters.answers import OpenItem
from charters.enums import Layer
from records.calendar import DAY
from records.dates import long_day
from records.rule_data import TABLE

if TYPE_CHECKING:
    from datetime import date

    from charters.docket import AsOf
    from charters.registry import Asked

DEFAULT_AGE = 12


def approved_late(as_of: AsOf, asked: Asked = None) -> Iterator[OpenItem]:
    """Work that began before its approval, or after the approval had lapsed. A waiver is for work
    that has begun."""
    begin = as_of.settings.records_begin
    ages = [(policy.adopted_on, policy.max_age_months) for policy in loaded.policies(as_of)]
    for row in loaded.approvals(as_of):
        if row.basis == Basis.WAIVER or loaded.is_dropped(row.request, row.request.starts_on):
            continue
        age = [months for on, months in ages if on <= row.approved_on]
        ruled = order(
            row.approved_on,
            row.request.starts_on,
            max_age_months=age[-1] if age else DEFAULT_AGE,
            records_begin=begin,
            approved_by=ApprovingBody(row.body),
            start_time_known=row.before_start,
        )
        if ruled.is_open_item and row.request.starts_on <= as_of.day:
            yield OpenItem(
                subject=f"approval-{row.pk}",
                period=row.request.starts_on.isoformat(),
                title=str(row.request),
                because=sentence(ruled.reason),
                layer=Layer.LAW if ruled.is_late else Layer.CHARTER,
                on=max(row.approved_on, row.request.starts_on),
                url=row.request.get_absolute_url(),
            )
    yield from _audits_begun_early(as_of)


def _audits_begun_early(as_of: AsOf) -> Iterator[OpenItem]:
    """Audits whose work began before the committee had set the fee."""
    for row in loaded.engagements(as_of):
        first_fee = min((fee.approved_on for fee in row.fees.all()), default=None)
        if row.work_from is None or first_fee is None:
            continue
        if max(row.work_from, first_fee) > as_of.day:
            continue
        ruled = order(
            first_fee,
            row.work_from,
            max_age_months=DEFAULT_AGE,
            records_begin=as_of.settings.records_begin,
        )
        if ruled.is_late:
            yield OpenItem(
                subject=f"engagement-{row.pk}",
                period=row.work_from.isoformat(),
                title=_("Audit by %(firm)s") % {"firm": row.firm},
                because=sentence(ruled.reason),
                layer=Layer.LAW,
                on=first_fee,
                url=row.get_absolute_url(),
            )


def work_unapproved(as_of: AsOf, asked: Asked = None) -> Iterator[OpenItem]:
    """Requests without a decision on the date the work was to begin. One withdrawn later was not
    decided on by then either: whether the work began is said where the item is closed."""
    rows = ServiceRequest.objects.filter(
        starts_on__lt=as_of.day, starts_on__gte=as_of.settings.records_begin
    )
    for row in rows:
        if row.asked_at.astimezone(as_of.company.zone).date() > as_of.day:
            continue
        if row.decided_on and row.decided_on <= as_of.day:
            continue
        if loaded.is_dropped(row, row.starts_on):
            continue
        told = _("Work was to begin on %(on)s. No decision by then is on file.")
        withdrawn = row.withdrawn_on
        if withdrawn is not None and withdrawn <= as_of.day:
            told = _(
                "Work was to begin on %(on)s. No decision by then is on file. The request was "
                "withdrawn on %(withdrawn)s."
            )
        yield OpenItem(
            subject=f"request-{row.pk}",
            period=row.starts_on.isoformat(),
            title=str(row),
            because=told
            % {
                "on": long_day(row.starts_on),
                "withdrawn": long_day(withdrawn) if withdrawn else "",
            },
            layer=Layer.LAW,
            on=row.starts_on,
            url=row.get_absolute_url(),
        )


def not_presented(as_of: AsOf, asked: Asked = None) -> Iterator[OpenItem]:
    """Decisions of delegates and uses of lines that the next scheduled meeting was not shown."""
    meetings = loaded.meetings(as_of)
    for row in loaded.approvals(as_of):
        if not row.is_to_present:
            continue
        shown = [Meeting(each.meeting_on, each.is_scheduled) for each in row.presentations.all()]
        ruled = presentation(row.approved_on, shown, meetings, on=as_of.day)
        if loaded.is_dropped(row.request, ruled.due_on):
            continue
        if ruled.timing == Timing.NOT_ON_FILE and ruled.due_on:
            yield OpenItem(
                subject=f"approval-{row.pk}",
                period=ruled.due_on.isoformat(),
                title=str(row.request),
                because=sentence(ruled.reason),
                layer=Layer.LAW,
                on=ruled.due_on,
                url=row.request.get_absolute_url(),
            )


def others_not_told(as_of: AsOf, asked: Asked = None) -> Iterator[OpenItem]:
    """Decisions of delegates that the other members were to be told of at once, and were not."""
    calendar = as_of.settings.calendar
    for row in loaded.approvals(as_of):
        if row.delegation is None or not row.delegation.notify_others_at_once:
            continue
        due = tell_by(row.approved_on, calendar)
        is_early = row.approved_on < as_of.settings.records_begin
        if is_early or loaded.is_dropped(row.request, due):
            continue
        why = not_told(row.approved_on, row.others_told_on, calendar, on=as_of.day)
        if why is not None:
            yield OpenItem(
                subject=f"approval-{row.pk}",
                period=due.isoformat(),
                title=str(row.request),
                because=sentence(why),
                layer=Layer.CHARTER,
                on=due,
                url=row.request.get_absolute_url(),
            )


def _letters(as_of: AsOf) -> list[Letter]:
    return as_of.once(_load_letters)


def _load_letters(as_of: AsOf) -> list[Letter]:
    rows = Letter.objects.of_kind(LetterKind.INDEPENDENCE).filter(received_on__lte=as_of.day)
    return list(rows.with_history())


def letters_undiscussed(as_of: AsOf, asked: Asked = None) -> Iterator[OpenItem]:
    """Independence letters whose fiscal year ended without a discussion on file."""
    for letter in _letters(as_of):
        held = [each.held_on for each in letter.discussions.all() if each.held_on <= as_of.day]
        # A letter on the audit of a year is often dated in the next one, and discussed in it.
        last = max(letter.serves, as_of.settings.calendar.year_of(letter.dated).last)
        if last >= as_of.day or held or last < as_of.settings.records_begin:
            continue
        yield OpenItem(
            subject=f"letter-{letter.pk}",
            period=last.isoformat(),
            title=_("Independence letter of %(firm)s") % {"firm": letter.firm},
            because=_(
                "The letter of %(dated)s is on file. Its discussion by %(last)s is not on file."
            )
            % {"dated": long_day(letter.dated), "last": long_day(last)},
            layer=Layer.LAW,
            on=last,
            url=letter.get_absolute_url(),
        )


def letters_after_acceptance(as_of: AsOf, asked: Asked = None) -> Iterator[OpenItem]:
    """New firms whose independence letter is not dated before their appointment."""
    for engagement, before in _new_engagements(as_of):
        # The letters of an earlier time as auditor are not those of this acceptance.
        letters = [
            letter.dated
            for letter in _letters(as_of)
            if letter.firm_id == engagement.firm_id and letter.serves >= before
        ]
        timing, why = before_acceptance(min(letters, default=None), engagement.appointed_on)
        if timing not in (Timing.LATE, Timing.NOT_ON_FILE):
            continue
        told = sentence(why)
        if timing == Timing.NOT_ON_FILE:
            told = _("The firm was accepted on %(on)s. No independence letter is on file.") % {
                "on": long_day(engagement.appointed_on)
            }
        yield OpenItem(
            subject=f"firm-{engagement.firm_id}",
            period=engagement.appointed_on.isoformat(),
            title=_("Independence letter of %(firm)s") % {"firm": engagement.firm},
            because=told,
            layer=Layer.LAW,
            on=engagement.appointed_on,
            url=engagement.firm.get_absolute_url(),
        )


def _new_engagements(as_of: AsOf) -> Iterator[tuple[Engagement, date]]:
    """The appointments of new firms since the records begin, with the end of the year before."""
    rows, calendar = loaded.engagements(as_of), as_of.settings.calendar
    for row in rows:
        before = calendar.year_before(calendar.year_of(row.year_ends_on)).last
        since = row.firm.auditor_since
        if row.appointed_on >= as_of.settings.records_begin and is_new(
            row, rows, year_before_ends_on=before, since=since
        ):
            yield row, before


def exceptions_undecided(as_of: AsOf, asked: Asked = None) -> Iterator[OpenItem]:
    """Items excepted in a letter, without a decision long after it."""
    for letter in _letters(as_of):
        reasons = undecided(letter.as_rule(), on=as_of.day, open_days=EXCEPTION_OPEN_DAYS)
        keys = {each.label: each.pk for each in letter.exceptions.all()}
        for why in reasons:
            if why.facts["is_aged"]:
                yield OpenItem(
                    subject=f"exception-{keys[why.facts['label']]}",
                    period=letter.dated.isoformat(),
                    title=str(why.facts["label"]),
                    because=sentence(why),
                    layer=Layer.CHARTER,
                    on=letter.dated,
                    url=letter.get_absolute_url(),
                )


def billed_above(as_of: AsOf, asked: Asked = None) -> Iterator[OpenItem]:
    """More billed for a service than approved, beyond the tolerance of the policy."""
    for each in billing.by_approval(as_of.day, reporting_currency()):
        if each.last_invoice is None or each.last_invoice < as_of.settings.records_begin:
            continue
        if each.is_above:
            yield OpenItem(
                subject=each.key,
                period=each.last_invoice.isoformat(),
                title=each.what,
                because=each.sentence,
                layer=Layer.CHARTER,
                on=each.last_invoice,
                url=each.url,
            )


def fees_unapproved(as_of: AsOf, asked: Asked = None) -> Iterator[OpenItem]:
    """Fees of an auditor for services, rendered or billed, that name no approval."""
    audits = {(row.firm_id, row.year_ends_on) for row in loaded.engagements(as_of)}
    auditors = {firm for firm, _year in audits}
    rows = FeeLine.objects.current().filter(approval=None, firm__in=auditors)
    for row in rows.select_related("recipient"):
        is_audit = row.category == FeeCategory.AUDIT
        fee = RenderedFee(
            rendered_on=row.rendered_on,
            invoiced_on=row.invoiced_on,
            amount=row.amount,
            has_approval=False,
            for_issuer=row.recipient.is_of_the_issuer,
            with_audit=is_audit and (row.firm_id, row.year_ends_on) in audits,
            approved_by=ApprovingBody(row.body),
        )
        found = unapproved(fee, records_begin=as_of.settings.records_begin, on=as_of.day)
        if found is None:
            continue
        since, why = found
        yield OpenItem(
            subject=f"fee-{row.pk}",
            period=row.rendered_on.isoformat(),
            title=row.description,
            because=sentence(why),
            layer=Layer.LAW,
            on=since,
            url=f"{reverse('fees')}?year={row.year_ends_on.isoformat()}",
        )


def waivers_above_the_share(as_of: AsOf, asked: Asked = None) -> Iterator[OpenItem]:
    """Fiscal years that are over, in which the services waived are more than the share of the fees
    on record. One whose amounts have no rate cannot be judged."""
    currency, calendar = reporting_currency(), as_of.settings.calendar
    years: dict[tuple[int, date], ServiceRequest] = {}
    for row in loaded.approvals(as_of):
        year = calendar.year_of(row.request.starts_on)
        is_over = as_of.settings.records_begin <= year.last < as_of.day
        if row.basis == Basis.WAIVER and is_over and row.request.withdrawn_on is None:
            years.setdefault((row.request.firm_id, year.last), row.request)
    for (firm, last), request in years.items():
        waived = waived_in_year(request, currency, on=as_of.day)
        recorded = paid_in_year(request, currency, on=as_of.day)
        if waived is None or recorded is None:
            continue
        why = after_the_year(waived, recorded, share=waiver_share_on(request.starts_on, TABLE))
        if why is not None:
            yield OpenItem(
                subject=f"waivers-{firm}",
                period=last.isoformat(),
                title=_("Services approved by de minimis waiver"),
                because=sentence(why),
                layer=Layer.LAW,
                on=last + DAY,
                url=request.get_absolute_url(),
            )


def partners_barred(as_of: AsOf, asked: Asked = None) -> Iterator[OpenItem]:
    """Partners who serve in an audit that rotation bars them from."""
    known = careers(as_of.settings.calendar)
    for audit in known.audits:
        if audit.appointed_on > as_of.day or audit.year_ends_on < as_of.settings.records_begin:
            continue
        for each in audit.partner_years.all():
            why = known.barred(each) if each.stated_on <= as_of.day else None
            if why is None or is_exempt(audit.firm, as_of.day):
                continue
            yield OpenItem(
                subject=f"partner-{each.pk}",
                period=audit.year_ends_on.isoformat(),
                title=_("Rotation of %(name)s, %(role)s")
                % {"name": each.partner, "role": each.get_role_display().lower()},
                because=known.said(why),
                layer=Layer.LAW,
                on=max(each.stated_on, audit.appointed_on),
                url=audit.get_absolute_url(),
            )
