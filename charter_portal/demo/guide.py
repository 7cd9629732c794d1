"""What the command says at its end: who can sign in, and where to look first."""

from __future__ import annotations

from collections.abc import Iterator

from charter_portal.demo import company, people
from charter_portal.demo.story import Story
from records import ledger
from records.calendar import DAY
from records.dates import long_day
from records.demo import begin_all


def as_text(story: Story) -> str:
    told = (*_where_it_stands(story), "", *_who_is_who(), "", *_what_to_look_at(story))
    added = (line for chapter in begin_all() for line in ("", *chapter.guide()))
    return "\n".join((*told, *added))


def _where_it_stands(story: Story) -> Iterator[str]:
    begun, ended = long_day(story.stage.records_begin), long_day(story.stage.last_day)
    yield (
        f"{company.NAME} ({company.TICKER}), a fictional company. Its records run from {begun} "
        f"to {ended}. The ledger holds {ledger.head().sequence} entries."
    )
    if not story.reports:
        yield "No report to the Board was issued, because Pango is not installed."


def _who_is_who() -> Iterator[str]:
    yield "People who can sign in. Choose one on the sign-in page; no password is needed:"
    width = max(len(who.email) for who in people.PERSONAS)
    for who in people.PERSONAS:
        yield f"  {who.email:{width}}  {who.name}, {who.part}"


def _what_to_look_at(story: Story) -> Iterator[str]:
    stage = story.stage
    yield "Three things to look at:"
    yield (
        f"  1. The charter as of {long_day(stage.resigned_on)}: a member has resigned and M-0 is "
        f"open. As of {long_day(stage.exchange_notified_on)} M-0 is due, with a cure period. As "
        f"of {long_day(stage.successor_seated_on)} it is on file again. As of "
        f"{long_day(stage.records_begin - DAY)} it is before records begin."
    )
    yield (
        "  2. The open items: one closed in each way, and one still open. "
        f"The evaluation for fiscal year {stage.closed_year.number} was completed late."
    )
    yield (
        f"  3. The reports, as {people.FINANCE.name} and then as {people.SECRETARY.name}: what is "
        "for the independent directors only is restricted from management."
    )
