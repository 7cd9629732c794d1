"""The auditor of the story: appointed, paid, asked for services, heard. Two fiscal years and more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from charter_portal.demo.auditor_findings import (
    close_finding,
    have_control_tested,
    plan_remediation,
    tell_findings,
)
from charter_portal.demo.auditor_firm import appoint, open_the_books, ratify
from charter_portal.demo.auditor_papers import (
    bill_services,
    bill_the_year_before,
    discuss_description,
    enter_letter,
    file_the_annual_report,
    hear_the_auditor,
    issue_fee_table,
    issue_the_report,
    receive_description,
    receive_independence_letter,
    receive_plan,
    receive_quality_report,
    review_plan,
    review_quality_report,
)
from charter_portal.demo.auditor_services import (
    approve_as_delegate,
    approve_returns,
    ask_for_consent,
    ask_for_consultation,
    ask_for_returns,
    ask_for_training,
    ask_lately,
    decline_training,
    present_approvals,
    use_the_line,
)
from charter_portal.demo.company import Stage, Year, at
from charter_portal.demo.story import Scene, Story

Play = Callable[[Story, datetime], Any]


def scenes(stage: Stage) -> Iterator[Scene]:
    yield Scene(at(stage.first_day, 11), partial(open_the_books, stage=stage))
    first = stage.year_of(stage.first_day)
    if first.on(3, 6) < stage.first_day:
        yield Scene(at(stage.after(stage.first_day, 2), 9), partial(enter_letter, year=first))
    for year in stage.years_from(stage.first_day):
        for since, day, hour, play in of_a_year(stage, year):
            if since >= stage.first_day:
                yield Scene(at(day, hour), partial(play, year=year))


def of_a_year(stage: Stage, year: Year) -> Iterator[tuple[date, date, int, Any]]:
    """What is recorded of one year, on which dates: a whole thread where it begins in time."""
    for thread in threads(stage, year):
        since = min(day for day, _hour, _play in thread)
        for day, hour, play in thread:
            yield since, day, hour, play


def threads(stage: Stage, year: Year) -> Iterator[list[tuple[date, int, Any]]]:
    """Scenes that belong together, each with its date and hour."""
    after_march = stage.after(year.march, 2)
    after_may = stage.after(year.may, 2)
    after_august = stage.after(year.august, 2)
    after_november = stage.after(year.november, 2)
    yield [
        (year.on(3, 6), 14, receive_independence_letter),
        (after_march, 14, hear_the_auditor),
        (stage.after(year.march, 9), 14, file_the_annual_report),
        (stage.after(year.april, 1), 14, issue_the_report),
    ]
    yield [
        (after_march, 15, tell_findings),
        (year.on(4, 24), 14, plan_remediation),
        (year.on(10, 14), 14, have_control_tested),
        (after_november, 15, close_finding),
    ]
    yield [(after_may, 14, appoint), (stage.after(year.annual_meeting, 1), 14, ratify)]
    yield [
        (year.on(4, 28), 10, ask_for_returns),
        (year.on(4, 30), 14, receive_description),
        (after_may, 15, discuss_description),
        (after_may, 16, approve_returns),
    ]
    yield [
        (year.on(6, 3), 10, ask_for_consent),
        (year.on(6, 4), 10, use_the_line),
        (year.on(6, 22), 10, ask_for_consultation),
        (year.on(6, 24), 17, approve_as_delegate),
        (after_august, 14, present_approvals),
        (year.on(9, 3), 14, bill_services),
    ]
    yield [
        (stage.after(year.april, 2), 9, bill_the_year_before),
        (stage.after(year.april, 2), 10, issue_fee_table),
    ]
    yield [(year.on(7, 24), 14, receive_plan), (after_august, 15, review_plan)]
    yield [(year.on(9, 9), 10, ask_for_training), (year.on(9, 15), 10, decline_training)]
    yield [
        (year.on(10, 22), 14, receive_quality_report),
        (after_november, 14, review_quality_report),
    ]
    if year.number == stage.this_year.number:
        lately = stage.calendar.business_day_on_or_before(stage.last_day - timedelta(days=8))
        yield [(lately, 11, ask_lately)]
