"""The story from the first day to the last, told in chapters.

A chapter is one act: it is on record as a whole or not at all. The reports to the Board divide the
story, because a report prints where the ledger stands: what comes after it is written after it.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import translation

from charter_portal import services
from charter_portal.demo import charters, deeds, events, opening, people
from charter_portal.demo.company import Stage, at
from charter_portal.demo.story import Scene, Story, in_order
from charter_portal.enums import Audience
from charter_portal.reports import Scope
from committees.services import reminders
from records.enums import Locale, Office
from records.services import ledger as records


def tell(stage: Stage, *, with_pdfs: bool) -> Story:
    """Fill the portal with the story up to the evening before its today.

    Without PDFs the papers are plain text, and no report to the Board is issued.
    """
    with translation.override(Locale.US):
        story, issued_at = Story(stage, with_pdfs), at(stage.reported_on, 16)
        told = [scene for scene in scenes(stage) if stage.has_come(scene.at)]
        story.tell(scene for scene in told if scene.at < issued_at)
        if with_pdfs:
            for minutes, audience in enumerate(Audience):
                report(story, audience, at(stage.reported_on, 16, minutes))
        story.tell(scene for scene in told if scene.at >= issued_at)
        records.check(by=Office.CLOCK, at=at(stage.last_day, 23, 30))
        # What the clock owes on the last evening: its mails are the first that the demo writes.
        reminders.remind(at=at(stage.last_day, 23, 40))
    return story


def scenes(stage: Stage) -> list[Scene]:
    chapters = (opening, charters, deeds, events)
    return in_order(scene for chapter in chapters for scene in chapter.scenes(stage))


def report(story: Story, audience: Audience, when: datetime) -> None:
    """On the fiscal year that has ended, to the full Board and to the independent directors; as of
    the day of issue, when what that year's record lacked has been settled."""
    year = story.stage.reported_year
    scope = Scope(year.period.first, year.last, story.stage.reported_on, audience)
    story.reports.append(
        services.issue(story.committee, scope, by=story.people[people.SECRETARY], at=when)
    )
