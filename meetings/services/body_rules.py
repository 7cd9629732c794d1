"""What the bylaws say of a body's notice, quorum, majority and numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.enums import CommitteeKind
from charters.models import Committee
from charters.rules.voting import VotingError
from meetings.enums import CountedVotes
from meetings.models import BodyRules
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import Actor, Fact

BODY_RULES_SET = ledger.action(
    "body_rules.set", lazy("set the rules for meetings of the %(record)s")
)

FIELDS = (
    "notice_days",
    "notice_citation",
    "quorum_part",
    "quorum_of",
    "counted",
    "citation",
    "seats",
    "first_number",
    "first_number_year",
)
TEXTS = frozenset({"notice_citation", "citation", "first_number_year"})


@act
def set_body_rules(body: Committee, *, by: Actor, at: datetime, **terms: Any) -> BodyRules:
    """Enter or change what the bylaws say of a body; what is left out stays as it is."""
    body = Committee.objects.select_for_update().get(pk=body.pk)
    rules = BodyRules.objects.select_for_update().filter(body=body).first() or BodyRules(body=body)
    for name, value in terms.items():
        setattr(rules, name, value.strip() if isinstance(value, str) else value)
    _refuse(rules, at)
    rules.full_clean(exclude=["body"])
    rules.save()
    ledger.record(BODY_RULES_SET, subject=rules, by=by, at=at, body=body, **_facts(rules))
    return rules


def _refuse(rules: BodyRules, at: datetime) -> None:
    """What the statute does not allow, and what is said without where the bylaws say it."""
    if rules.seats is not None and rules.body.kind != CommitteeKind.BOARD:
        raise ValidationError({"seats": _("A committee counts its members, not its seats.")})
    if rules.notice_days is not None and not rules.notice_citation:
        raise ValidationError({"notice_citation": _("Say where the bylaws set this notice.")})
    if rules.first_number != 1 and not rules.first_number_year:
        raise ValidationError(
            {"first_number_year": _("Say in which fiscal year this number is the first.")}
        )
    try:
        rules.bylaws(day_of(at))
    except (VotingError, ZeroDivisionError) as refusal:
        raise ValidationError({"quorum_part": str(refusal)}) from refusal


def _facts(rules: BodyRules) -> dict[str, Fact]:
    return {name: getattr(rules, name) for name in FIELDS if name not in TEXTS | {"counted"}} | {
        "counted": CountedVotes(rules.counted)
    }
