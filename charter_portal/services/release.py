"""A report prepared by the secretary, released or sent back by the chair; and leaving it to the
secretary by a recorded decision."""

from __future__ import annotations

import json
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charter_portal import services
from charter_portal.enums import Audience, PreparedState
from charter_portal.models import BoardReport, PreparedReport, ReleaseDelegation
from charter_portal.notices import REPORT_PREPARED, REPORT_SENT_BACK
from charter_portal.permissions import audiences_open_to, restricted_roles
from charter_portal.release import release_on
from charter_portal.reports.compose import Issue
from charter_portal.reports.plain import from_json, to_json, values_as_text
from charter_portal.reports.scope import Scope
from charters.models import Committee, Decision
from records import ledger, notices
from records.acts import act
from records.clock import day_of
from records.dates import written_for
from records.facts import recorded
from records.ledger import Actor
from records.models import Company

PREPARED = ledger.action("board_report.prepared", lazy("prepared the %(record)s for the chair"))
SENT_BACK = ledger.action("board_report.sent_back", lazy("sent back the %(record)s"))
RELEASE_DELEGATED = ledger.action(
    "board_report.release_delegated", lazy("recorded who issues reports: %(record)s")
)
DELEGATION_ENDED = ledger.action(
    "board_report.delegation_ended",
    lazy("recorded that the chair issues reports again: %(record)s"),
)


@act
def prepare(
    committee: Committee,
    scope: Scope,
    *,
    by: User,
    at: datetime,
    replaces: BoardReport | None = None,
    seen: str = "",
) -> PreparedReport:
    """Store the report as its values stand now, and ask the chair to issue exactly those.

    What waits already for the same readers, or was sent back, gives way to it.
    """
    company = services.locked_company()
    with written_for(company):
        today = day_of(at, company)
        services.refuse_closed_audience(scope, by, at)
        services.refuse_second_replacement(replaces, by, at)
        chair = release_on(committee, today).chair
        if chair is None:
            raise ValidationError(_("The secretary issues reports now. Issue this one yourself."))
        if scope.audience not in audiences_open_to(chair, on=today):
            raise ValidationError(
                {"audience": _("This report is restricted from the chair, who has to issue it.")}
            )
        report = services.composed_as_seen(committee, scope, company, at, replaces, seen)
    PreparedReport.objects.give_way(committee, scope.audience)
    prepared = PreparedReport(
        committee=committee,
        audience=scope.audience,
        data=to_json(report),
        replaces=replaces,
        restricted_roles=restricted_roles(scope.audience),
        restricted_since=today,
        **recorded(by, at),
    )
    prepared.save()
    ledger.record(
        PREPARED,
        subject=prepared,
        by=by,
        at=at,
        committee=committee,
        audience=scope.audience,
        values=ledger.digest(values_as_text(prepared.data), prepared.salt),
        replaces=replaces,
    )
    key = f"prepared:{prepared.pk}"
    notices.owe(REPORT_PREPARED, to=chair, key=key, at=at, subject=prepared)
    return prepared


def release(prepared: PreparedReport, *, by: User, at: datetime) -> BoardReport:
    """The chair issues exactly the values that were prepared. Notes of sending back go."""
    drawn = None
    is_chairs = release_on(prepared.committee, day_of(at)).chair == by
    if is_chairs and prepared.state == PreparedState.WAITING:
        drawn = services.drawn_ahead(
            lambda company: _issue_of(company, at).of(from_json(prepared.data))
        )
    return _release(prepared, drawn, by=by, at=at)


def _issue_of(company: Company, at: datetime) -> Issue:
    return Issue(services.next_number(), day_of(at, company), at)


@act
def _release(
    prepared: PreparedReport, drawn: services.Drawn | None, *, by: User, at: datetime
) -> BoardReport:
    company = services.locked_company()
    prepared = _answered_by_chair(prepared, by, at)
    told = list(ledger.genuine(PREPARED.name, f"charter_portal.PreparedReport:{prepared.pk}"))
    values = str(ledger.digest(values_as_text(prepared.data), prepared.salt))
    if not told or json.loads(told[-1].facts).get("values") != values:
        raise ValidationError(
            _("These values are not those that were prepared. Ask the secretary to prepare again.")
        )
    with written_for(company):
        services.refuse_second_replacement(prepared.replaces, by, at)
        issue = _issue_of(company, at)
        report = issue.of(from_json(prepared.data))
        issued = services.file_and_record(
            prepared.committee, report, issue, prepared.replaces, drawn, by=by
        )
    _set(prepared, PreparedState.ISSUED, by=by, at=at, issued=issued)
    PreparedReport.objects.filter(committee=prepared.committee).exclude(note="").update(note="")
    return issued


@act
def send_back(prepared: PreparedReport, *, note: str, by: User, at: datetime) -> PreparedReport:
    """The chair returns a report with a note, which goes when a report is issued."""
    prepared = _answered_by_chair(prepared, by, at)
    _set(prepared, PreparedState.SENT_BACK, by=by, at=at, note=note.strip())
    ledger.record(SENT_BACK, subject=prepared, by=by, at=at)
    notices.owe(
        REPORT_SENT_BACK,
        to=prepared.recorded_by,
        key=f"sent_back:{prepared.pk}",
        at=at,
        subject=prepared,
    )
    return prepared


@act
def delegate_release(
    committee: Committee, decision: Decision, *, by: Actor, at: datetime
) -> ReleaseDelegation:
    """Record the decision by which the secretary issues reports, from its date on."""
    Committee.objects.select_for_update().get(pk=committee.pk)
    if decision.decided_on > day_of(at):
        raise ValidationError({"decision": _("This decision is dated after today.")})
    if ReleaseDelegation.objects.in_force(committee, day_of(at)):
        raise ValidationError(_("The secretary issues reports already, by an earlier decision."))
    delegation = ReleaseDelegation(committee=committee, decision=decision, **recorded(by, at))
    delegation.save()
    ledger.record(
        RELEASE_DELEGATED,
        subject=delegation,
        by=by,
        at=at,
        committee=committee,
        decision=decision,
    )
    return delegation


@act
def end_delegation(delegation: ReleaseDelegation, *, by: Actor, at: datetime) -> ReleaseDelegation:
    """From today on the chair issues again."""
    delegation = ReleaseDelegation.objects.select_for_update().get(pk=delegation.pk)
    if delegation.ended_on is not None:
        raise ValidationError(_("The chair issues reports already."))
    delegation.ended_on = day_of(at)
    delegation.save(update_fields=["ended_on"])
    ledger.record(DELEGATION_ENDED, subject=delegation, by=by, at=at, ended_on=delegation.ended_on)
    return delegation


def _answered_by_chair(prepared: PreparedReport, by: User, at: datetime) -> PreparedReport:
    """The report under its lock, while it waits and for the chair alone."""
    prepared = PreparedReport.objects.select_for_update().get(pk=prepared.pk)
    if release_on(prepared.committee, day_of(at)).chair != by:
        raise ValidationError(_("Only the chair of the committee does this."))
    if prepared.state != PreparedState.WAITING:
        raise ValidationError(_("This report does not wait for the chair any more."))
    if Audience(prepared.audience) not in audiences_open_to(by, on=day_of(at)):
        raise ValidationError(_("This report is restricted from you."))
    return prepared


def _set(
    prepared: PreparedReport,
    state: PreparedState,
    *,
    by: User | None = None,
    at: datetime | None = None,
    note: str = "",
    issued: BoardReport | None = None,
) -> None:
    prepared.state, prepared.note, prepared.issued = state, note, issued
    prepared.answered_by, prepared.answered_at = by, at
    prepared.save(update_fields=["state", "note", "issued", "answered_by", "answered_at"])
