"""Written consents of the story, and what the Committee recommended to the Board."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from charter_portal.demo import people
from charter_portal.demo.company import Stage, Year, at
from charter_portal.demo.people import Character
from charter_portal.demo.story import Scene, Story
from charters.enums import HowDecided
from charters.services import record_decision
from charters.services.uploads import Upload
from committees.models import Director
from meetings.enums import Answer
from meetings.models import Meeting, Recommendation, WrittenConsent
from meetings.services import board_reports, consents
from meetings.services.numbering import next_number

STATUTORY = "Statutory audit of Larkmere Instruments GmbH"
ADVISER = "Engagement of a valuation adviser"
CHANGE_ORDER = "Fee for the review of the new lease accounting"
TEXTS = {
    STATUTORY: (
        "RESOLVED, that the Committee approves, before it begins, the statutory audit of Larkmere "
        "Instruments GmbH by Calloway Finch LLP for the fiscal year, at a fee of up to $18,000."
    ),
    ADVISER: (
        "RESOLVED, that the Committee engages Norden & Pike LLC to advise it on the valuation of "
        "inventory, at a fee of up to $25,000, payable by the Company."
    ),
    CHANGE_ORDER: (
        "RESOLVED, that the Committee approves an additional audit fee of $12,500 of Calloway Finch "
        "LLP for the review of the accounting for the new lease in Duluth."
    ),
}
# What the Committee recommends after which meeting.
RECOMMENDED = {
    "march": (
        "That the audited financial statements be included in the annual report on Form 10-K."
    ),
    "november": "That the Board approve the budget for advisers to the Committee for next year.",
}
CHANGED = "The Board approved the budget and asked for a report on its use in May."


def scenes(stage: Stage) -> Iterator[Scene]:
    for year in stage.years_from(stage.first_day):
        yield from _signed_by_all(stage, year)
        yield from _recommended(stage, year)
    yield from _declined(stage)
    yield from _waiting(stage)


def _signed_by_all(stage: Stage, year: Year) -> Iterator[Scene]:
    """In June, two members sign in the portal and one on paper."""
    day = year.on(6, 10)
    if day > stage.first_day:
        yield Scene(at(day, 9), partial(send, STATUTORY, year.last))
        yield Scene(at(day, 18), partial(sign, STATUTORY, people.CHAIR))
        yield Scene(at(stage.after(day, 2), 10), partial(record_paper, STATUTORY, day))


def _declined(stage: Stage) -> Iterator[Scene]:
    """In October of last year a member asked for a meeting instead."""
    day = stage.last_year.on(10, 6)
    if day > stage.first_day:
        yield Scene(at(day, 9), partial(send, ADVISER, None))
        yield Scene(at(day, 17), partial(sign, ADVISER, people.CHAIR))
        yield Scene(at(stage.after(day, 1), 11), partial(decline, ADVISER, people.MEMBER))


def _waiting(stage: Stage) -> Iterator[Scene]:
    """Sent three business days before the end: the chair has signed, the others have not."""
    day = stage.last_day
    for __ in range(2):
        day = stage.calendar.business_day_on_or_before(date.fromordinal(day.toordinal() - 1))
    yield Scene(at(day, 10), partial(send, CHANGE_ORDER, stage.year_of(day).last))
    yield Scene(at(day, 19), partial(sign, CHANGE_ORDER, people.CHAIR))


def _recommended(stage: Stage, year: Year) -> Iterator[Scene]:
    for name in RECOMMENDED:
        day, board_day = getattr(year, name), getattr(year, f"board_in_{name}")
        if day <= stage.first_day:
            continue
        yield Scene(at(stage.after(day, 2), 15, 30), partial(recommend, name, day))
        if name == "march" or year != stage.this_year:
            answered_on = at(stage.after(board_day, 2), 16, 30)
            yield Scene(answered_on, partial(answer, name, day, board_day))


def send(title: str, serves: date | None, story: Story, when: datetime) -> None:
    by = story.people[people.SECRETARY]
    served = story.duties.get("pre-approve-audit") if serves else None
    consent = consents.prepare_consent(
        story.committee,
        title=title,
        text=TEXTS[title],
        duties=[served] if served else [],
        serves=serves if served else None,
        by=by,
        at=when,
    )
    sign_by = story.stage.after(when.date(), 8)
    consents.send_consent(consent, sign_by=sign_by, by=by, at=when)


def waiting(title: str) -> WrittenConsent:
    return WrittenConsent.objects.waiting().filter(title=title).latest("pk")


def sign(title: str, who: Character, story: Story, when: datetime) -> None:
    director = story.directors[who]
    consents.sign(waiting(title), director, by=story.people[who], at=when)


def record_paper(title: str, signed_on: date, story: Story, when: datetime) -> None:
    """The others sent a signed copy by email."""
    consent = waiting(title)
    signed = consent.signatures.values("director")
    rest = Director.objects.filter(pk__in=consent.members.values("director")).exclude(pk__in=signed)
    upload = Upload(f"{TEXTS[title]}\n\nSigned.\n".encode(), "signed-consent.txt")
    consents.record_signatures(
        consent,
        list(rest),
        signed_on=signed_on,
        upload=upload,
        by=story.people[people.SECRETARY],
        at=when,
    )


def decline(title: str, who: Character, story: Story, when: datetime) -> None:
    consents.decline(
        waiting(title),
        story.directors[who],
        reason="I would like to discuss the choice of adviser at a meeting.",
        by=story.people[who],
        at=when,
    )


def recommend(name: str, day: date, story: Story, when: datetime) -> None:
    meeting = Meeting.objects.get(body=story.committee, on=day)
    by = story.people[people.SECRETARY]
    board_reports.recommend(meeting, text=RECOMMENDED[name], by=by, at=when)


def answer(name: str, day: date, board_day: date, story: Story, when: datetime) -> None:
    """The Board follows, in November with a change."""
    by = story.people[people.SECRETARY]
    decision = record_decision(
        story.board,
        decided_on=board_day,
        how=HowDecided.MEETING,
        number=next_number(story.board, board_day),
        text=f"RESOLVED: {RECOMMENDED[name]}",
        by=by,
        at=when,
    )
    is_changed = name == "november"
    board_reports.answer_recommendation(
        Recommendation.objects.get(meeting__on=day, text=RECOMMENDED[name]),
        answer=Answer.CHANGED if is_changed else Answer.ACCEPTED,
        answered_on=board_day,
        decision=decision,
        answer_text=CHANGED if is_changed else "",
        by=by,
        at=when,
    )
