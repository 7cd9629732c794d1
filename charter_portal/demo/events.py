"""Something that happened a week ago: a comment letter, with its event and its deadlines."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from charter_portal.demo import people
from charter_portal.demo.company import Stage, at
from charter_portal.demo.story import Scene, Story
from charters.enums import Counting, StartsFrom
from charters.services import events as services

TITLE = "Comment letter received from the staff of the SEC"
LEARNED = (
    "The staff of the Division of Corporation Finance commented on the last annual report: "
    "revenue recognition for instruments sold with a service contract (two comments) and the "
    "reconciliation of one non-GAAP measure (one comment). The letter asks for a reply within ten "
    "business days."
)
DECIDES = (
    "The chief financial officer replies with counsel. The Committee reviews the reply "
    "before it is sent."
)
ASKS = (
    "Reply by the date in the letter, or agree on another date with the staff before it.\nThe "
    "letter and the reply become public on EDGAR after the review is closed."
)
READ_BY_THE_AUDITOR = "\nThe independent auditor has read the letter and reads the draft reply."


def scenes(stage: Stage) -> Iterator[Scene]:
    """Received, entered on the same day, added to on the day after."""
    yield Scene(at(stage.letter_received_on, 15, 20), received)
    yield Scene(at(stage.after(stage.letter_received_on, 1), 9, 40), read_by_the_auditor)


def received(story: Story, when: datetime) -> None:
    signed: dict[str, Any] = {"by": story.people[people.SECRETARY], "at": when}
    story.event = services.enter_event(
        story.committee,
        template="charters.blank",
        title=TITLE,
        learned_on=story.stage.letter_received_on,
        learned=LEARNED,
        decides=DECIDES,
        asks=ASKS,
        responsible=story.people[people.COUNSEL],
        **signed,
    )
    for what, rule, days, counting in (
        ("Reply to the staff, or agree on another date", "the letter", 10, Counting.BUSINESS),
        ("Send the draft reply to the Committee", "", 7, Counting.BUSINESS),
    ):
        services.enter_deadline(
            story.event,
            what=what,
            rule=rule,
            days=days,
            counting=counting,
            starts=StartsFrom.LEARNED,
            **signed,
        )


def read_by_the_auditor(story: Story, when: datetime) -> None:
    by = story.people[people.COUNSEL]
    services.change_event(story.event, learned=LEARNED + READ_BY_THE_AUDITOR, by=by, at=when)
