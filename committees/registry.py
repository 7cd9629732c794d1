"""Where apps say which evidence they show, which conditions they judge, which exceptions they find.

Each app has a `duties.py`, a `clocks.py` and a `cards.py`, found at start as Django finds `admin`.
Committees never learns what a meeting or an auditor is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from committees.rules.cards import CardTemplate
from committees.rules.terms import Evidence, Holding, Occurrence

if TYPE_CHECKING:
    from accounts.models import User
    from committees.models import Duty, EventCard
    from committees.reminders import Clock
    from committees.reports.charter import Link
    from committees.standing import Docket, PortalException

# What happened on or before the docket's day, as (primary key of the duty, evidence), in one query.
EvidenceLoader = Callable[["Docket", Sequence["Duty"]], Iterable[tuple[int, Evidence]]]
OccurrenceLoader = Callable[["Docket", Sequence["Duty"]], Iterable[tuple[int, Occurrence]]]
ConditionJudge = Callable[["Docket"], Holding]
Check = Callable[["Docket"], Iterable["PortalException"]]
ClockLoader = Callable[["Docket"], Iterable["Clock"]]
# What an app can do about an event, for this person; None where it is not for them, or not now.
CardOffer = Callable[["EventCard", "User"], "Link | None"]


@dataclass(frozen=True)
class Source:
    """Evidence of one sort. `keys` are the catalogue's duties it proves; None: any duty."""

    name: str
    load: EvidenceLoader
    keys: frozenset[str] | None = None

    def proves(self, duty: Duty) -> bool:
        return self.keys is None or duty.catalogue_key in self.keys


@dataclass
class Registry:
    """What the apps have registered, by name. Names are `<app label>.<name>`."""

    sources: dict[str, Source] = field(default_factory=dict)
    events: dict[str, tuple[frozenset[str], OccurrenceLoader]] = field(default_factory=dict)
    conditions: dict[str, ConditionJudge] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)
    clocks: dict[str, tuple[str, ClockLoader]] = field(default_factory=dict)
    cards: dict[str, CardTemplate] = field(default_factory=dict)
    card_offers: dict[str, CardOffer] = field(default_factory=dict)

    def source(
        self, name: str, keys: Iterable[str] | None = None
    ) -> Callable[[EvidenceLoader], EvidenceLoader]:
        """Evidence for the duties with these catalogue keys; without keys, for every duty."""

        def register(load: EvidenceLoader) -> EvidenceLoader:
            self.sources[name] = Source(name, load, None if keys is None else frozenset(keys))
            return load

        return register

    def event(
        self, name: str, keys: Iterable[str]
    ) -> Callable[[OccurrenceLoader], OccurrenceLoader]:
        """What arose for the duties with these catalogue keys: they are judged as events."""

        def register(load: OccurrenceLoader) -> OccurrenceLoader:
            self.events[name] = (frozenset(keys), load)
            return load

        return register

    def condition(self, key: str) -> Callable[[ConditionJudge], ConditionJudge]:
        """The judge of the duty with this catalogue key: a condition or a procedure in force."""

        def register(judge: ConditionJudge) -> ConditionJudge:
            self.conditions[key] = judge
            return judge

        return register

    def check(self, rule: str) -> Callable[[Check], Check]:
        """A finder of exceptions; their keys begin with `rule`."""

        def register(find: Check) -> Check:
            self.checks[rule] = find
            return find

        return register

    def clock(self, name: str, *, permission: str) -> Callable[[ClockLoader], ClockLoader]:
        """Everything of one sort that runs on the docket's day and falls due on a day.

        Who holds the permission sees all of it; others see what they are reminded of themselves.
        """

        def register(load: ClockLoader) -> ClockLoader:
            self.clocks[name] = (permission, load)
            return load

        return register

    def card(self, template: CardTemplate) -> None:
        """A template of event cards, offered when something happened."""
        self.cards[template.key] = template

    def card_offer(self, name: str) -> Callable[[CardOffer], CardOffer]:
        """Something to be done about an event, as a link on its card: call a special meeting."""

        def register(offer: CardOffer) -> CardOffer:
            self.card_offers[name] = offer
            return offer

        return register


registry = Registry()
