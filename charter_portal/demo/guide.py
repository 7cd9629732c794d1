"""What the command says at its end: who can sign in, and where to look first."""

from __future__ import annotations

from collections.abc import Iterator

from charter_portal.demo import company, people
from charter_portal.demo.story import Story
from records import ledger
from records.calendar import DAY
from records.dates import long_day


def as_text(story: Story) -> str:
    return "\n".join((*_where_it_stands(story), "", *_who_is_who(), "", *_what_to_look_at(story)))


def _where_it_stands(story: Story) -> Iterator[str]:
    begun, ended = long_day(story.stage.records_begin), long_day(story.stage.last_day)
    yield (
        f"{company.NAME} ({company.TICKER}), a fictional company: its records begin on {begun} "
        f"and have come to {ended}. The ledger holds {ledger.head().sequence} entries."
    )
    if not story.reports:
        yield "No report to the Board was issued, because PDFs are off: Pango is not installed."


def _who_is_who() -> Iterator[str]:
    yield "Who can sign in, by “View as” on the sign-in page and without a password:"
    width = max(len(who.email) for who in people.PERSONAS)
    for who in people.PERSONAS:
        yield f"  {who.email:{width}}  {who.name}, {who.part}"


def _what_to_look_at(story: Story) -> Iterator[str]:
    stage = story.stage
    yield "Three things to look at:"
    yield (
        f"  1. The charter as of {long_day(stage.resigned_on)}: a member has resigned, and M-0 is "
        f"not met. As of {long_day(stage.exchange_notified_on)} it is due, by the cure period; as "
        f"of {long_day(stage.successor_seated_on)} it is kept again. As of "
        f"{long_day(stage.records_begin - DAY)} it is before the record."
    )
    yield (
        "  2. The exceptions: one disposition of each kind, and two that wait for theirs. "
        f"The evaluation for fiscal year {stage.settled_year.number} was done late."
    )
    yield (
        f"  3. The reports, as {people.FINANCE.name} and then as {people.SECRETARY.name}: what is "
        "for the independent directors is closed to management, whoever else she is."
    )
