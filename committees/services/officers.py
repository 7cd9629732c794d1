"""The officers' register: who holds which title, and to whom they report."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from committees.models import Officer
from committees.services.entries import text_digests
from records import ledger
from records.acts import act
from records.ledger import Actor

OFFICER_ADDED = ledger.action("officer.added", lazy("added the officer %(record)s"))
OFFICER_CHANGED = ledger.action(
    "officer.changed", lazy("changed what is known of the officer %(record)s")
)
OFFICER_ENDED = ledger.action("officer.ended", lazy("recorded the end of the office of %(record)s"))

FIELDS = ("name", "title", "is_executive", "reports_to", "starts_on", "user")


@act
def add_officer(
    *,
    name: str,
    title: str,
    starts_on: date,
    by: Actor,
    at: datetime,
    is_executive: bool = False,
    reports_to: Officer | None = None,
    user: User | None = None,
) -> Officer:
    """Put a person in an office on record, from a day on."""
    officer = Officer(
        name=name.strip(),
        title=title.strip(),
        starts_on=starts_on,
        is_executive=is_executive,
        reports_to=reports_to,
        user=user,
    )
    officer.full_clean()
    officer.save()
    ledger.record(OFFICER_ADDED, subject=officer, by=by, at=at, **_facts(officer))
    return officer


@act
def change_officer(officer: Officer, *, by: Actor, at: datetime, **changed: Any) -> Officer:
    """Correct what is on record of an officer, or record that they report to another."""
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    before = _facts(officer)
    for name in changed:
        if name not in FIELDS:
            raise TypeError(f"{name} is not changed here.")
        setattr(officer, name, changed[name])
    _refuse_a_circle(officer)
    officer.full_clean()
    after = _facts(officer)
    if after == before:
        raise ValidationError(_("Nothing is different from what is on record."))
    officer.save(update_fields=list(changed))
    facts = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    ledger.record(OFFICER_CHANGED, subject=officer, by=by, at=at, **facts)
    return officer


@act
def end_office(officer: Officer, *, ends_on: date, by: Actor, at: datetime) -> Officer:
    """Record that an officer leaves the office: `ends_on` is the first day out of it."""
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    if officer.ends_on is not None:
        raise ValidationError({"ends_on": _("The end of this office is on record already.")})
    if ends_on <= officer.starts_on:
        raise ValidationError({"ends_on": _("An office ends after the date it began.")})
    officer.ends_on = ends_on
    officer.save(update_fields=["ends_on"])
    ledger.record(OFFICER_ENDED, subject=officer, by=by, at=at, ends_on=ends_on)
    return officer


def _facts(officer: Officer) -> dict[str, Any]:
    return {
        **text_digests(officer, "name", "title"),
        "is_executive": officer.is_executive,
        "reports_to": officer.reports_to,
        "starts_on": officer.starts_on,
        "account": officer.user,
    }


def _refuse_a_circle(officer: Officer) -> None:
    """Nobody reports to somebody who reports to them, directly or through others."""
    above, seen = officer.reports_to, {officer.pk}
    while above is not None:
        if above.pk in seen:
            raise ValidationError(
                {
                    "reports_to": _("%(name)s reports to this officer. Choose another.")
                    % {"name": officer.reports_to and officer.reports_to.name}
                }
            )
        seen.add(above.pk)
        above = above.reports_to
