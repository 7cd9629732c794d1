"""The acts on a case, each with its form, its words and the service that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from whistleblower.enums import (
    Category,
    Country,
    Outcome,
    Step,
)
from whistleblower.forms import desk as desk_forms
from whistleblower.rules import statuses
from whistleblower.services import attorneys, handling, holders, keeping
from whistleblower.services.desk import Desk
from whistleblower.services.writing import OpenCase

Perform = Callable[[Desk, str, dict[str, Any], int, datetime], Any]
Offered = Callable[[OpenCase, Desk], bool]


@dataclass(frozen=True)
class CaseAct:
    """An act on a case: its words, its form, the service it asks."""

    label: str | Promise
    button: str | Promise
    form: type[forms.Form]
    perform: Perform
    offered: Offered = lambda found, desk: True
    why: str | Promise = ""
    # The field that names a reader, where there is one.
    reader: str = ""
    among: str = "holders"
    # What the button says where independent counsel does at once what others propose.
    counsel_button: str | Promise = ""

    def button_for(self, desk: Desk) -> str | Promise:
        return (desk.is_counsel and self.counsel_button) or self.button

    def is_offered(self, found: OpenCase, desk: Desk) -> bool:
        return self.offered(found, desk)


def _can(step: Step) -> Offered:
    return lambda found, desk: step in statuses.steps_from(found.state.status)


def _given(service: Callable[..., Any]) -> Perform:
    return lambda desk, case, given, seen, at: service(desk, case, **given, seen=seen, at=at)


def _name(desk: Desk, case: str, given: dict[str, Any], seen: int, at: datetime) -> handling.Names:
    try:
        return handling.read_name(desk, case, reason=given["reason"], at=at)
    except PermissionError:
        raise ValidationError(
            _(
                "Your keys open no name in this case. A name opens for who led the case when it was "
                "given, and for independent counsel of that time."
            )
        ) from None


def _categorize(desk: Desk, case: str, given: dict[str, Any], seen: int, at: datetime) -> None:
    handling.categorize(
        desk,
        case,
        category=Category(given["category"]),
        country=Country(given["country"]),
        seen=seen,
        at=at,
    )


def _close(desk: Desk, case: str, given: dict[str, Any], seen: int, at: datetime) -> None:
    chosen = given | {"outcome": Outcome(given["outcome"])}
    handling.close(desk, case, **chosen, seen=seen, at=at)


def _may_give(found: OpenCase, desk: Desk) -> bool:
    """Whether somebody on the list lacks the case, or notes of it."""
    whole = frozenset(found.state.holders) - frozenset(found.state.joined)
    return bool(desk.roster and desk.roster.uids - whole - {desk.uid})


ACTS: dict[str, CaseAct] = {
    "acknowledge": CaseAct(
        lazy("Acknowledge"),
        lazy("Acknowledge"),
        desk_forms.NothingForm,
        _given(handling.acknowledge),
        _can(Step.ACKNOWLEDGE),
        lazy("The reporter reads that a reader has read the report."),
    ),
    "reply": CaseAct(
        lazy("Write to the reporter"),
        lazy("Send message"),
        desk_forms.ReplyForm,
        _given(handling.reply),
        why=lazy(
            "Words that could stop somebody from going to an agency, or ask who wrote, wait until a "
            "second reader releases them."
        ),
    ),
    "category": CaseAct(
        lazy("Set category and country"),
        lazy("Set category and country"),
        desk_forms.CategoryForm,
        _categorize,
    ),
    "lead": CaseAct(
        lazy("Change lead"),
        lazy("Change lead"),
        desk_forms.ReaderForm,
        _given(holders.set_lead),
        why=lazy(
            "The lead can open the name. Who leads now, or independent counsel, changes the lead at "
            "once. Otherwise one reader proposes it, and a second one chooses the same reader."
        ),
        reader="lead",
    ),
    "next": CaseAct(
        lazy("Set next date"),
        lazy("Set next date"),
        desk_forms.NextDateForm,
        _given(handling.set_next_date),
    ),
    "note": CaseAct(lazy("Add note"), lazy("Add note"), desk_forms.NoteForm, _given(handling.note)),
    "decision": CaseAct(
        lazy("Record decision"),
        lazy("Record decision"),
        desk_forms.NoteForm,
        lambda desk, case, given, seen, at: handling.note(
            desk, case, **given, is_decision=True, seen=seen, at=at
        ),
        why=lazy(
            "The case subcommittee decides: the members of the committee whom the case does not "
            "concern."
        ),
    ),
    "first": CaseAct(
        lazy("Record a first-day step"),
        lazy("Record step"),
        desk_forms.FirstDayForm,
        _given(handling.record_first_day),
        lambda found, desk: not found.state.is_line_test,
        lazy("For a case that concerns an officer. Information only, not advice."),
    ),
    "presented": CaseAct(
        lazy("Record presentation to the members"),
        lazy("Record presentation"),
        desk_forms.PresentedForm,
        _given(handling.present),
    ),
    "attorney": CaseAct(
        lazy("Record an attorney's report"),
        lazy("Record report"),
        desk_forms.AttorneyForm,
        _given(attorneys.record_attorney),
        why=lazy(
            "An attorney reported evidence under 17 CFR 205.3(b), or gave notice that the response "
            "was not appropriate. A notice reopens the report."
        ),
    ),
    "response": CaseAct(
        lazy("Record the response to the attorney"),
        lazy("Record response"),
        desk_forms.ResponseForm,
        _given(attorneys.record_response),
        lambda found, desk: found.state.attorney_on is not None,
        lazy("A dated response answers the report. That an inquiry was opened does not."),
    ),
    "award": CaseAct(
        lazy("Record when it counts for an SEC award"),
        lazy("Record date"),
        desk_forms.AwardForm,
        _given(attorneys.record_award),
        why=lazy(
            "For a director, officer, or compliance or internal-audit person who learned of it as "
            "such: 120 days (Exchange Act Rule 21F-4(b)(4)). Information only, not advice."
        ),
    ),
    "name": CaseAct(
        lazy("Open name"),
        lazy("Open name"),
        desk_forms.ReasonForm,
        _name,
        lambda found, desk: handling.was_named(found, desk.uid),
        lazy("Opening the name is noted in the case with your reason."),
    ),
    "close": CaseAct(
        lazy("Close case"), lazy("Close case"), desk_forms.CloseForm, _close, _can(Step.CLOSE)
    ),
    "reopen": CaseAct(
        lazy("Reopen case"),
        lazy("Reopen case"),
        desk_forms.ReasonForm,
        _given(handling.reopen),
        _can(Step.REOPEN),
    ),
    "release": CaseAct(
        lazy("Release message"),
        lazy("Release message"),
        desk_forms.ReleaseForm,
        _given(handling.release),
        lambda found, desk: False,
    ),
    "aside": CaseAct(
        lazy("Step aside"),
        lazy("Step aside"),
        desk_forms.NothingForm,
        _given(holders.step_aside),
        why=lazy("You lose your key to this case at once. Another reader can give it back."),
    ),
    "remove": CaseAct(
        lazy("Take a reader out"),
        lazy("Propose removal"),
        desk_forms.ReaderForm,
        _given(holders.propose_removal),
        lambda found, desk: len(found.state.holders) > 1,
        lazy(
            "Independent counsel takes a reader out at once. Otherwise a second reader confirms. "
            "The person does not see the proposal."
        ),
        reader="reader",
        counsel_button=lazy("Take reader out"),
    ),
    "confirm": CaseAct(
        lazy("Confirm removal"),
        lazy("Confirm removal"),
        desk_forms.ConfirmForm,
        _given(holders.confirm_removal),
        lambda found, desk: False,
    ),
    "give": CaseAct(
        lazy("Give a reader this case"),
        lazy("Give case"),
        desk_forms.ReaderForm,
        _given(holders.give),
        lambda found, desk: _may_give(found, desk),
        lazy(
            "A reader who was marked, was taken out or stepped aside gets the case back from "
            "independent counsel, or from two readers: the first proposes it, the second gives it."
        ),
        reader="reader",
        among="others",
    ),
    "hold": CaseAct(
        lazy("Place legal hold"),
        lazy("Place legal hold"),
        desk_forms.ReasonForm,
        _given(keeping.hold),
        lambda found, desk: not found.state.is_held,
    ),
    "lift": CaseAct(
        lazy("Lift legal hold"),
        lazy("Lift legal hold"),
        desk_forms.ReasonForm,
        _given(keeping.lift_hold),
        lambda found, desk: found.state.is_held,
        lazy("Two people lift a hold: one proposes it, another confirms it."),
    ),
    "longer": CaseAct(
        lazy("Retain longer"),
        lazy("Record reason"),
        desk_forms.LongerForm,
        _given(keeping.retain_longer),
        lambda found, desk: keeping.may_be_longer(found.state),
        lazy(
            "Germany: longer than three years only for a recorded reason. A new date replaces an "
            "earlier one. Information only, not advice."
        ),
    ),
    "test": CaseAct(
        lazy("Mark as a line test"),
        lazy("Mark as a line test"),
        desk_forms.NothingForm,
        _given(keeping.mark_as_line_test),
        lambda found, desk: not found.state.is_line_test,
        lazy(
            "For practice, and for spam. The case may be deleted 90 days after it is closed, if another "
            "reader approves it."
        ),
    ),
    "delete": CaseAct(
        lazy("Approve deletion"),
        lazy("Approve deletion"),
        desk_forms.ReasonForm,
        _given(keeping.approve_deletion),
        lambda found, desk: found.state.closed_on is not None,
        lazy("The nightly run deletes the case, its keys first. It cannot be restored."),
    ),
}


# How a case offers them. Releasing and confirming have their own buttons on top.
GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (lazy("The reporter"), ("acknowledge", "reply", "name")),
    (
        lazy("The case"),
        ("category", "next", "note", "decision", "first", "presented", "close", "reopen"),
    ),
    (lazy("Readers"), ("lead", "give", "remove", "aside")),
    (lazy("Attorneys and awards"), ("attorney", "response", "award")),
    (lazy("Retention"), ("hold", "lift", "longer", "test", "delete")),
)
