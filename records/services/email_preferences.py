"""How often each person gets the portal's mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as lazy

from records import ledger
from records.acts import act
from records.enums import Rhythm
from records.models import MailRhythm
from records.notices import holders

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from records.facts import Person

MAIL_RHYTHM_CHOSEN = ledger.action("mail_rhythm.chosen", lazy("chose %(record)s"))


@act
def choose_rhythm(rhythm: Rhythm, *, by: Person, at: datetime) -> MailRhythm:
    """A person says how often their own mail shall come."""
    chosen, _is_new = MailRhythm.objects.select_for_update().update_or_create(
        person=ledger.person(by), defaults={"rhythm": rhythm}
    )
    ledger.record(MAIL_RHYTHM_CHOSEN, subject=chosen, by=by, at=at, rhythm=Rhythm(rhythm))
    return chosen


def rhythms_of(people: Collection[Any], *, on: date) -> dict[Any, Rhythm]:
    """By person's key. Who has not chosen: at once where the work asks for it, else weekly."""
    if not people:
        return {}
    chosen = dict(MailRhythm.objects.filter(person__in=people).values_list("person", "rhythm"))
    prompt = {person.pk for person in holders("records.get_mail_at_once", on)}
    return {
        person.pk: Rhythm(chosen[person.pk])
        if person.pk in chosen
        else (Rhythm.AT_ONCE if person.pk in prompt else Rhythm.WEEKLY)
        for person in people
    }
