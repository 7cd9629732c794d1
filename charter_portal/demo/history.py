"""The story from the first day to the last, told in chapters.

A chapter is one act: it is on record as a whole or not at all. The reports to the Board divide the
story, because a report prints where the ledger stands: what comes after it is written after it.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import translation

from charter_portal.demo import (
    agendas,
    auditors,
    charters,
    completions,
    consents,
    events,
    meetings,
    membership,
    opening,
    people,
    registers,
)
from charter_portal.demo.company import TIME_ZONE, Stage, at
from charter_portal.demo.story import Scene, Story, in_order
from charter_portal.enums import Audience
from charter_portal.reports import Scope
from charter_portal.services import release as services
from charters.services import reminders
from records import clock
from records.demo import begin_all
from records.enums import Locale, SystemActor
from records.models import Company
from records.services import ledger as records


def tell(stage: Stage, *, with_pdfs: bool) -> Story:
    """Fill the portal with the story up to the evening before its today.

    Without PDFs the papers are plain text, and no report to the Board is issued.
    """
    zone = Company(time_zone=TIME_ZONE)
    with translation.override(Locale.US), clock.in_zone_of(zone):
        story, issued_at = Story(stage, with_pdfs), at(stage.reported_on, 16)
        told = [scene for scene in scenes(stage) if stage.has_come(scene.at)]
        story.tell(scene for scene in told if scene.at < issued_at)
        if with_pdfs:
            for minutes, audience in enumerate(Audience):
                report(story, audience, at(stage.reported_on, 16, minutes))
        story.tell(scene for scene in told if scene.at >= issued_at)
        records.check(by=SystemActor.SCHEDULER, at=at(stage.last_day, 23, 30))
        # The reminders of the last evening: their mails are the first that the demo writes.
        reminders.remind(at=at(stage.last_day, 23, 40))
    return story


def scenes(stage: Stage) -> list[Scene]:
    chapters = (
        opening,
        charters,
        membership,
        registers,
        auditors,
        completions,
        events,
        meetings,
        agendas,
        consents,
    )
    told = (scene for chapter in chapters for scene in chapter.scenes(stage))
    added = (Scene(when, play) for chapter in begin_all() for when, play in chapter.scenes(stage))
    return in_order((*told, *added))


def report(story: Story, audience: Audience, when: datetime) -> None:
    """On the fiscal year that has ended, to the full Board and to the independent directors; as of
    the day of issue, when what that year's record lacked has been closed. The secretary prepares
    it and the chair issues it."""
    year = story.stage.reported_year
    scope = Scope(year.period.first, year.last, story.stage.reported_on, audience)
    prepared = services.prepare(story.committee, scope, by=story.people[people.SECRETARY], at=when)
    story.reports.append(services.release(prepared, by=story.people[people.CHAIR], at=when))
