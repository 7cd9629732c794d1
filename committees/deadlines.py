"""What falls due in this app: determinations, questionnaires, answers to regulators, disclosure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from charters.answers import Deadline
from charters.docket import AsOf
from charters.enums import Counting
from charters.registry import DEADLINES, DeadlineSource
from charters.rules.reminders import USUAL, Pace
from charters.sentences import period_name
from committees.duties.determinations import dossier_of
from committees.duties.notices import NOTICE, is_short, notice_due, shortfalls_of
from committees.duties.reliance import filings, uses
from committees.enums import DeterminationKind as Kind
from committees.models import Membership, Questionnaire, RegulatorLetter
from committees.notices import (
    DETERMINATION_REMINDER,
    LETTER_REMINDER,
    NOTICE_REMINDER,
    QUESTIONNAIRE_REMINDER,
    RELIANCE_REMINDER,
)
from committees.rules.letters import LetterProgress, progress
from committees.rules.reliance import CITATION, FiledForm, reported_year, years_of_use
from records.calendar import Period, plus_months
from records.dates import long_day
from records.facts import label
from records.filing_calendar import Report

DETERMINATIONS, QUESTIONNAIRES = "committees.determinations", "committees.questionnaires"
LETTERS, RELIANCE = "committees.letters", "committees.reliance"
YEARLY = 12
ANSWERS = Pace((5, 2, 0), Counting.BUSINESS, every=1)
# Who has never signed is reminded until they have: nothing else asks for the first questionnaire.
FIRST_QUESTIONNAIRE = replace(USUAL, owner_after=True)
ANNUAL_REPORTS = (Report.ANNUAL, Report.TRANSITION)
WAITING = (LetterProgress.IN_TIME, LetterProgress.PAST_DUE_DATE)


def determinations(as_of: AsOf) -> Iterator[Deadline]:
    """RULE-14: each member's determinations, renewed every twelve months. One date for all."""
    dossier = as_of.once(dossier_of)
    if dossier is None:
        return
    made = [
        found.determined_on
        for member in dossier.members(as_of.day)
        for kind in (Kind.INDEPENDENT, Kind.LITERATE)
        if (found := dossier.determination(member.seat.director, kind, as_of.day))
    ]
    if made:
        yield Deadline(
            key=DETERMINATIONS,
            due_on=plus_months(min(made), YEARLY),
            what=_("Renew the Board’s determinations on the committee’s members"),
            because=_("The oldest was made on %(day)s. Renewed every twelve months.")
            % {"day": long_day(min(made))},
            url=reverse("committee"),
        )


def questionnaires(as_of: AsOf) -> Iterator[Deadline]:
    """RULE-14: each member's next questionnaire. Whoever signed is not reminded for a year; who has
    never signed is asked from the first day in office, and who sat before records begin once twelve
    months of records show no questionnaire."""
    signed = {
        row.director_id: row.signed_on
        for row in Questionnaire.objects.standing()
        .filter(signed_on__lte=as_of.day)
        .order_by("signed_on")
    }
    seats = Membership.objects.in_office(as_of.day).filter(committee=as_of.committee)
    for seat in seats.select_related("director__user"):
        last = signed.get(seat.director_id)
        due_on, because = (
            (
                plus_months(last, YEARLY),
                _("Last signed on %(day)s. Renewed every twelve months.") % {"day": long_day(last)},
            )
            if last
            else _first_questionnaire(seat, as_of.settings.records_begin)
        )
        yield Deadline(
            key=f"{QUESTIONNAIRES}:{seat.director_id}",
            due_on=due_on,
            what=_("Sign the yearly questionnaire: %(name)s") % {"name": seat.director.name},
            because=because,
            url=seat.director.get_absolute_url(),
            owner=seat.director.user_id,
            pace=USUAL if last else FIRST_QUESTIONNAIRE,
        )


def _first_questionnaire(seat: Membership, records_begin: date) -> tuple[date, str]:
    """When a member signs who has no questionnaire on record, and why then."""
    if seat.starts_on >= records_begin:
        words = {"day": long_day(seat.starts_on)}
        return seat.starts_on, _("In office since %(day)s. None is on file.") % words
    words = {"day": long_day(records_begin)}
    because = _("None is on file since records began on %(day)s. Renewed every twelve months.")
    return plus_months(records_begin, YEARLY), because % words


def letters(as_of: AsOf) -> Iterator[Deadline]:
    """Every letter that is not answered or closed and has a due date."""
    for letter in open_letters(as_of):
        rule = letter.as_rule()
        due_on = rule.due(as_of.day)
        if due_on:
            yield Deadline(
                key=f"{LETTERS}:{letter.pk}",
                due_on=due_on,
                what=_("Answer the regulator’s letter: %(matter)s") % {"matter": letter.matter},
                because=_("From %(regulator)s, received on %(day)s.")
                % {
                    "regulator": letter.get_regulator_display(),
                    "day": long_day(letter.received_on),
                },
                url=letter.get_absolute_url(),
                pace=ANSWERS,
                known_on=letter.received_on,
                subject=label(letter),
            )


def reliance(as_of: AsOf) -> Iterator[Deadline]:
    """RULE-49: the annual report on each year in which a cure or the phase-in of independence was
    relied on, until a filing on record states it."""
    relied_on, calendar = as_of.once(uses), as_of.settings.calendar
    stated = {
        reported_year(filed, calendar)
        for filed in (filing.as_rule() for filing in as_of.once(filings))
        if filed.form is FiledForm.ANNUAL
    }
    for year in years_of_use(relied_on, calendar, as_of.day):
        due_on = _annual_report_due(as_of, year)
        if year not in stated and due_on and due_on >= as_of.settings.records_begin:
            yield Deadline(
                key=f"{RELIANCE}:{year.key}",
                due_on=due_on,
                what=_("State in the annual report that the company relied on %(citation)s")
                % {"citation": CITATION},
                because=_(
                    "A cure period or the phase-in of independence was relied on in %(year)s. A "
                    "proxy statement filed meanwhile states it, too."
                )
                % {"year": period_name(year)},
                url=reverse("committee"),
            )


def _annual_report_due(as_of: AsOf, year: Period) -> date | None:
    """None where no filer status on record says when it is due."""
    try:
        found = as_of.company.due_dates(year)
    except ValueError:
        return None
    return next((due.due_on for due in found if due.report in ANNUAL_REPORTS), None)


def exchange_notices(as_of: AsOf) -> Iterator[Deadline]:
    """RULE-12: the notice to the exchange of a vacancy, until it is on record or the committee has
    its members again."""
    is_short_now = is_short(as_of)
    for shortfall in as_of.once(shortfalls_of):
        told = shortfall.exchange_notified_on
        if (told is None or told > as_of.day) and (shortfall.on > as_of.day or is_short_now):
            due = notice_due(shortfall, as_of)
            yield Deadline(
                key=f"{NOTICE}:{shortfall.on.isoformat()}",
                due_on=due.due_on,
                what=_("Notify the exchange of the vacancy on the committee"),
                because=_("Too few members sit from %(day)s on. Notice is due on that date.")
                % {"day": long_day(shortfall.on)},
                url=shortfall.left[0].url or reverse("committee"),
                pace=ANSWERS,
            )


def open_letters(as_of: AsOf) -> list[RegulatorLetter]:
    """Letters that wait for an answer on the date, the oldest first."""
    rows = RegulatorLetter.objects.filter(
        committee=as_of.committee, received_on__lte=as_of.day
    ).with_steps()
    return [row for row in rows if progress(row.as_rule(), as_of.day) in WAITING]


DEADLINES.add_all(
    DeadlineSource(
        DETERMINATIONS, determinations, "charters.view_standing", DETERMINATION_REMINDER.name
    ),
    DeadlineSource(
        QUESTIONNAIRES, questionnaires, "charters.view_standing", QUESTIONNAIRE_REMINDER.name
    ),
    DeadlineSource(NOTICE, exchange_notices, "charters.view_standing", NOTICE_REMINDER.name),
    DeadlineSource(RELIANCE, reliance, "charters.view_standing", RELIANCE_REMINDER.name),
    DeadlineSource(LETTERS, letters, "committees.view_register", LETTER_REMINDER.name),
)
