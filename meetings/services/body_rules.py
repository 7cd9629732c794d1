"""What the bylaws say of a body's notice, quorum, majority, consents and numbers, from a date on.

Where they change a quorum, each meeting that was entered is counted again.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.enums import CommitteeKind
from charters.models import Committee
from charters.rules.voting import VotingError
from meetings.enums import CountedVotes
from meetings.models import BodyRules, Meeting
from meetings.presence import had_quorum, state_by_quorum
from meetings.rules.states import CONVENED
from records import ledger
from records.acts import act
from records.clock import day_of
from records.dates import long_day
from records.facts import Actor, Fact

BODY_RULES_SET = ledger.action(
    "body_rules.set", lazy("set the rules for meetings of the %(record)s")
)
QUORUM_COUNTED = ledger.action(
    "meeting.quorum_counted", lazy("counted the quorum of the %(record)s again")
)
BODY_RULES_CORRECTED = ledger.action(
    "body_rules.corrected", lazy("corrected the rules for meetings of the %(record)s")
)

FIELDS = (
    "effective_on",
    "notice_days",
    "notice_citation",
    "quorum_part",
    "quorum_of",
    "counted",
    "citation",
    "seats",
    "forbids_consents",
    "consents_citation",
    "first_number",
    "first_number_year",
)
TEXTS = frozenset({"notice_citation", "citation", "consents_citation", "first_number_year"})


@act
def set_body_rules(
    body: Committee, *, by: Actor, at: datetime, effective_on: date | None = None, **terms: Any
) -> BodyRules:
    """Enter what the bylaws say of a body from a date on, today unless given.

    What is left out stays as it was in force on that date. Earlier dates keep their rules. An entry
    of the same date is corrected instead.
    """
    body = _locked(body)
    effective_on = effective_on or day_of(at)
    _refuse_second_entry(BodyRules.objects.of(body), effective_on)
    rules = BodyRules.objects.in_force(body, effective_on)
    rules.pk, rules.revision, rules.effective_on = None, 1, effective_on
    rules._state.adding = True
    return _save(rules, BODY_RULES_SET, terms, by, at)


@act
def correct_body_rules(rules: BodyRules, *, by: Actor, at: datetime, **terms: Any) -> BodyRules:
    """Correct an entry that was wrong from the start, or its date. Votes keep their outcome."""
    rules = rules.locked()
    _locked(rules.body)
    moved_to = terms["effective_on"] = terms.get("effective_on") or rules.effective_on
    _refuse_second_entry(BodyRules.objects.of(rules.body).exclude(pk=rules.pk), moved_to)
    return _save(rules, BODY_RULES_CORRECTED, terms, by, at)


def _refuse_second_entry(others: QuerySet[BodyRules], effective_on: date) -> None:
    if others.filter(effective_on=effective_on).exists():
        raise ValidationError(
            {
                "effective_on": _(
                    "Rules in effect from %(day)s are on record. Correct that entry under Meeting "
                    "rules, or choose another date."
                )
                % {"day": long_day(effective_on)}
            }
        )


def _save(
    rules: BodyRules, action: ledger.Action, terms: dict[str, Any], by: Actor, at: datetime
) -> BodyRules:
    for name, value in terms.items():
        setattr(rules, name, value.strip() if isinstance(value, str) else value)
    _refuse(rules)
    rules.full_clean(exclude=["body"])
    before = _quorums(rules.body)
    rules.save()
    ledger.record(action, subject=rules, by=by, at=at, body=rules.body, **_facts(rules))
    _count_again(rules.body, before, by, at)
    return rules


def _locked(body: Committee) -> Committee:
    """The body under a lock, and before it its meetings, which may be counted again. In this order
    they are locked where what happened at a meeting is entered: nobody waits for each other."""
    list(Meeting.objects.of(body).order_by("pk").select_for_update().values_list("pk"))
    return Committee.objects.select_for_update().get(pk=body.pk)


def _quorums(body: Committee) -> dict[int, bool | None]:
    """Whether each meeting that was entered had a quorum, under the rules as they are stored."""
    entered = Meeting.objects.of(body).filter(state__in=CONVENED, attendees__served=True)
    return {
        meeting.pk: had_quorum(meeting, meeting.items.standing().values_list("place", flat=True))
        for meeting in entered.select_related("body").distinct()
    }


def _count_again(body: Committee, before: dict[int, bool | None], by: Actor, at: datetime) -> None:
    """The state of each meeting whose quorum comes out otherwise. Votes keep their outcome."""
    for key, has_quorum in _quorums(body).items():
        if has_quorum != before.get(key, has_quorum):
            meeting = Meeting.objects.get(pk=key).locked()
            meeting.state = state_by_quorum(has_quorum)
            meeting.save(update_fields=["state"])
            ledger.record(QUORUM_COUNTED, subject=meeting, by=by, at=at, quorum=has_quorum)


def _refuse(rules: BodyRules) -> None:
    """What the statute does not allow, and what is said without where the bylaws say it."""
    if rules.seats is not None and rules.body.kind != CommitteeKind.BOARD:
        raise ValidationError({"seats": _("A committee counts its members, not its seats.")})
    if rules.notice_days is not None and not rules.notice_citation:
        raise ValidationError({"notice_citation": _("Say where the bylaws set this notice.")})
    if rules.forbids_consents and not rules.consents_citation:
        raise ValidationError({"consents_citation": _("Say where the bylaws say this.")})
    if rules.first_number != 1 and not rules.first_number_year:
        raise ValidationError(
            {"first_number_year": _("Say in which fiscal year this number is the first.")}
        )
    try:
        rules.bylaws(rules.effective_on)
    except (VotingError, ZeroDivisionError) as refusal:
        raise ValidationError({"quorum_part": str(refusal)}) from refusal


def _facts(rules: BodyRules) -> dict[str, Fact]:
    return {name: getattr(rules, name) for name in FIELDS if name not in TEXTS | {"counted"}} | {
        "counted": CountedVotes(rules.counted)
    }
