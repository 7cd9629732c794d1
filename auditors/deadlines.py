"""What falls due about the auditor: decisions, presentations, plans, lines of the policy.

The letters, the plan and the reports of the year are duties of the charter, which remind by
themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from auditors.enums import Basis
from auditors.models import Approval, Finding, PolicyLine, ServiceRequest
from auditors.notices import (
    LINE_REMINDER,
    NOTICE_REMINDER,
    PLAN_REMINDER,
    PRESENTATION_REMINDER,
    REQUEST_REMINDER,
)
from auditors.rules.presenting import due_on, tell_by
from auditors.schedule import scheduled_meetings
from auditors.services.requests import delegates_for
from charters.answers import Deadline
from charters.docket import AsOf
from charters.enums import Counting
from charters.registry import DEADLINES, DeadlineSource
from charters.rules.reminders import USUAL, Pace
from records.clock import day_of
from records.dates import long_day
from records.facts import label

# A decision is asked for at once, and again before the work begins.
DECISIONS = Pace((5, 2, 1, 0), Counting.BUSINESS, every=5)
# A line that ends is announced once and on its date.
ENDINGS = Pace((45, 0))
READ_BY = "charters.view_standing"


def requests(as_of: AsOf) -> Iterator[Deadline]:
    """Requests without a decision, by the date the work begins. The first delegate who may decide
    on it is asked."""
    waiting = ServiceRequest.objects.open()
    deciding = {
        row.pk: delegates[0].user
        for row, delegates in delegates_for(waiting, on=as_of.day)
        if delegates
    }
    for row in waiting.select_related("firm"):
        asked = day_of(row.asked_at, as_of.company)
        if asked <= as_of.day:
            yield Deadline(
                key=f"auditors.request:{row.pk}",
                due_on=row.starts_on,
                what=_("Decide on a service of the auditor"),
                because=_("Asked on %(asked)s: %(subject)s.")
                % {"asked": long_day(asked), "subject": row},
                url=row.get_absolute_url(),
                owner=int(deciding.get(row.pk) or 0) or None,
                pace=DECISIONS,
                known_on=asked,
                subject=label(row),
            )


def presentations(as_of: AsOf) -> Iterator[Deadline]:
    """Decisions of delegates and uses of lines, by the next scheduled meeting."""
    meetings = scheduled_meetings(as_of.committee)
    rows = (
        Approval.objects.live()
        .to_present()
        .filter(approved_on__lte=as_of.day)
        .select_related("request")
    )
    for row in rows:
        due = due_on(row.approved_on, meetings)
        if due is None:
            continue
        words = _("A delegate approved on %(on)s: %(subject)s.")
        if row.basis == Basis.POLICY:
            words = _("A policy line was used on %(on)s: %(subject)s.")
        yield Deadline(
            key=f"auditors.presentation:{row.pk}",
            due_on=due,
            what=_("Inform the committee of an approved service"),
            because=words % {"on": long_day(row.approved_on), "subject": row.request},
            url=row.request.get_absolute_url(),
            subject=label(row.request),
        )


def notices(as_of: AsOf) -> Iterator[Deadline]:
    """Decisions of delegates that the other members are to be told of at once."""
    rows = (
        Approval.objects.live()
        .of_delegates()
        .filter(
            approved_on__lte=as_of.day, others_told_on=None, delegation__notify_others_at_once=True
        )
    )
    for row in rows.select_related("request"):
        if row.approved_on < as_of.settings.records_begin:
            continue
        words = {"on": long_day(row.approved_on), "subject": row.request}
        yield Deadline(
            key=f"auditors.notice:{row.pk}",
            due_on=tell_by(row.approved_on, as_of.settings.calendar),
            what=_("Tell the other members of an approved service"),
            because=_("A delegate approved on %(on)s: %(subject)s.") % words,
            url=row.request.get_absolute_url(),
            subject=label(row.request),
        )


def plans(as_of: AsOf) -> Iterator[Deadline]:
    """Management's plans for findings, by their last target date. The owner is reminded."""
    rows = Finding.objects.open(as_of.day).with_history()
    for row in rows:
        ruled = row.as_rule(as_of.day)
        plans = [plan for plan in row.plans.all() if plan.set_on <= as_of.day]
        if not plans or ruled.is_remediated(as_of.day):
            continue
        yield Deadline(
            key=f"auditors.plan:{row.pk}",
            due_on=plans[-1].target_on,
            what=_("Remediate a finding"),
            because=_("Plan of %(on)s: %(finding)s.")
            % {"on": long_day(plans[-1].set_on), "finding": row},
            url=row.get_absolute_url(),
            owner=row.owner_id,
            pace=USUAL,
            restriction=row.restriction,
            subject=label(row),
        )


def lines(as_of: AsOf) -> Iterator[Deadline]:
    """Lines of the policy whose period ends, while no later line admits the same service."""
    rows = list(PolicyLine.objects.adopted(as_of.day))
    last = {
        row.service: max(each.last_on for each in rows if each.service == row.service)
        for row in rows
    }
    for row in rows:
        if row.last_on == last[row.service] and row.last_on >= as_of.day:
            yield Deadline(
                key=f"auditors.line:{row.pk}",
                due_on=row.last_on,
                what=_("Decide whether to renew a policy line"),
                because=_("The line “%(line)s” admits work that begins by %(last)s.")
                % {"line": row, "last": long_day(row.last_on)},
                url=reverse("preapproval_policy"),
                pace=ENDINGS,
                subject=label(row),
            )


DEADLINES.add_all(
    DeadlineSource("auditors.requests", requests, READ_BY, REQUEST_REMINDER.name),
    DeadlineSource("auditors.presentations", presentations, READ_BY, PRESENTATION_REMINDER.name),
    DeadlineSource("auditors.notices", notices, READ_BY, NOTICE_REMINDER.name),
    DeadlineSource("auditors.plans", plans, READ_BY, PLAN_REMINDER.name),
    DeadlineSource("auditors.lines", lines, READ_BY, LINE_REMINDER.name),
)
