"""What a form says happened at a meeting, in the words of the page on which it is reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.rules.voting import Choice
from meetings.models import AgendaItem
from meetings.models.attendance import GROUP_WORDS
from meetings.reports.recording import moment, sentence_of
from meetings.rules.clocks import spoken
from meetings.services.attendance import Movement
from meetings.services.holding import Held, TakenUp
from meetings.services.sessions import Session
from records.confirm import Detail
from records.dates import long_day

CHOICES = {Choice.AGAINST: lazy("against"), Choice.ABSTAIN: lazy("abstained")}


def there(held: Held, number: Callable[[AgendaItem], int]) -> Iterator[Detail]:
    """Who was there and how long, who presided, and when the meeting adjourned. `number` gives that of
    an item, also before the agenda is sent."""
    rows = [(each.director.name, each.was_present, each.moves) for each in held.attendance.members]
    present = [name for name, was_present, __ in rows if was_present]
    moves = [
        line for name, was_present, each in rows if was_present for line in came(name, each, number)
    ]
    absent = [name for name, was_present, __ in rows if not was_present]
    if present:
        yield Detail(_("Members present"), "; ".join(present), tuple(moves))
    if absent:
        yield Detail(_("Members absent"), "; ".join(absent))
    guests = held.attendance.guests
    if guests:
        names = [", ".join(filter(None, (each.name, each.capacity))) for each in guests]
        moves = [line for each in guests for line in came(each.name, each.moves, number)]
        yield Detail(_("Also present"), "; ".join(names), tuple(moves))
    if held.presided_by:
        yield Detail(_("Presided"), held.presided_by.name)
    if held.adjourned_time:
        yield Detail(_("Adjourned"), spoken(held.adjourned_time))


def came(name: str, moves: Movement, number: Callable[[AgendaItem], int]) -> Iterator[str]:
    """When somebody came and went, a sentence each."""
    for verb, item, at in (
        (_("joined"), moves.arrives, moves.arrived_at),
        (_("left"), moves.leaves, moves.left_at),
        (_("returned"), moves.returns, moves.returned_at),
    ):
        if item or at:
            yield sentence_of(name, verb, moment(item, at, number(item) if item else None))


def taken_up(taken: TakenUp) -> Iterator[str]:
    """What stands with an outcome: the resolution, who did not vote for it, duties and actions."""
    if taken.outcome is None and taken.resolution:
        yield _("Resolution, if adopted: %(text)s") % {"text": taken.resolution}
    for director, choice in taken.choices.items():
        yield f"{director.name}: {CHOICES[choice]}"
    for director, stays in taken.recused.items():
        words = _("%(name)s: recused, stayed") if stays else _("%(name)s: recused, left")
        yield words % {"name": director.name}
    for duty in taken.duties or ():
        yield _("Serves: %(duty)s") % {"duty": duty.title}
    for agreed in taken.actions:
        owner = agreed.owner or agreed.owner_name
        said = {"what": agreed.what.rstrip("."), "day": long_day(agreed.due_on)}
        if owner:
            yield _("Action: %(what)s. Owner: %(owner)s. Due %(day)s.") % (said | {"owner": owner})
        else:
            yield _("Action: %(what)s. Due %(day)s.") % said


def session(held: Session) -> Detail:
    """With whom, who else was there, and the heading."""
    others = [str(GROUP_WORDS[group.value]) for group in held.present if group != held.held_with]
    also = _("Also present: %(groups)s") % {"groups": ", ".join(sorted(others))} if others else ""
    lines = tuple(filter(None, (also, held.heading)))
    return Detail(
        _("Executive session"), str(GROUP_WORDS[held.held_with.value]).capitalize(), lines
    )
