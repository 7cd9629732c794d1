"""Actions: added, done, canceled, reopened, reassigned; who sees them and who is reminded."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import RoleTerm, User
from charters.models import Action, ActionStep
from charters.reminders import ACTIONS, Reminders
from charters.services import actions
from charters.services.reminders import remind
from charters.standing import Docket
from charters.tests.charters import SIGNED, Stage, set_the_stage
from records import ledger
from records.models import LedgerEntry, Notice
from records.models.bases import ImmutableError

pytestmark = pytest.mark.django_db

AGREED, DUE = date(2026, 11, 4), date(2026, 12, 15)


def at(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 15, tzinfo=UTC)


@pytest.fixture
def stage(secretary: User) -> Stage:
    return set_the_stage()


def an_action(stage: Stage, by: User, **given: Any) -> Action:
    terms = {
        "what": "Send the cash forecast",
        "owner_name": "" if given.get("owner") else "Paula Partner",
        "due_on": DUE,
        "agreed_on": AGREED,
        "by": by,
        "at": at(5),
    }
    return actions.add_action(stage.committee, **{**terms, **given})


def errors_of(refusal: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return dict(refusal.value.message_dict)


def open_on(day: date) -> list[str]:
    return [action.what for action in Action.objects.open(day)]


def test_action_says_what_who_until_when_and_where_it_came_from(
    stage: Stage, secretary: User, management: User
) -> None:
    action = an_action(
        stage,
        secretary,
        what="  Send the cash forecast ",
        owner=management,
        source="Meeting of November 4, 2026, item 3",
        source_url="/events/",
    )
    stored = Action.objects.get()
    assert (stored.what, stored.owed_by, stored.due_on, stored.agreed_on) == (
        "Send the cash forecast",
        str(management),
        DUE,
        AGREED,
    )
    assert (stored.source, stored.source_url, stored.is_open) == (
        "Meeting of November 4, 2026, item 3",
        "/events/",
        True,
    )
    entry = LedgerEntry.objects.order_by("sequence").last()
    assert (entry.action, entry.subject) == ("action.added", f"charters.Action:{action.pk}")
    assert entry.facts["owner"] == f"accounts.User:{management.pk}"
    assert (entry.facts["due_on"], entry.facts["agreed_on"]) == ("2026-12-15", "2026-11-04")
    assert "forecast" not in str(entry.facts)
    assert "item 3" not in str(entry.facts)


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"what": " "}, "what", "This field cannot be blank."),
        ({"what": "x" * 301}, "what", "Ensure this value has at most 300 characters (it has 301)."),
        ({"owner_name": " "}, "owner", "Enter an owner."),
        ({"agreed_on": date(2026, 11, 6)}, "agreed_on", "This date is in the future."),
        ({"due_on": date(2026, 11, 3)}, "due_on", ("The due date is before the date of the "
                                                   "agreement. Enter a later due date.")),
        ({"source_url": "javascript:alert(1)"}, "source_url", ("Enter a web address, or the path of a "
                                                               "page of the portal.")),
        ({"source_url": "//evil.example/"}, "source_url", ("Enter a web address, or the path of a "
                                                           "page of the portal.")),
        ({"source_url": "ftp://example.com/"}, "source_url", ("Enter a web address, or the path of a "
                                                              "page of the portal.")),
    ],
)  # fmt: skip
def test_action_that_cannot_be_is_refused(
    stage: Stage, secretary: User, given: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        an_action(stage, secretary, **given)
    assert errors_of(refusal) == {field: [words]}
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    "url", ["", "/events/", "https://example.com/minutes", "http://example.com"]
)
def test_link_is_a_page_of_the_portal_or_of_the_web(
    stage: Stage, secretary: User, url: str
) -> None:
    assert an_action(stage, secretary, source_url=url).source_url == url


def test_owner_is_an_account_or_a_name_and_not_both(
    stage: Stage, secretary: User, management: User
) -> None:
    with pytest.raises(ValidationError) as refusal:
        an_action(stage, secretary, owner=management, owner_name="Paula Partner")
    assert errors_of(refusal) == {"owner_name": [("Choose an account or enter a name, not both.")]}
    for owner in ({"owner": management, "owner_name": "P"}, {"owner": None, "owner_name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.create(
                committee=stage.committee, what="x", due_on=DUE, agreed_on=AGREED, recorded_at=at(5), **owner
            )  # fmt: skip


def test_owner_who_could_not_see_the_action_is_refused(
    stage: Stage, secretary: User, administrator: User
) -> None:
    with pytest.raises(ValidationError) as refusal:
        an_action(stage, secretary, owner=administrator)
    assert list(errors_of(refusal)) == ["owner"]


def test_same_words_for_the_same_owner_are_one_action(stage: Stage, secretary: User) -> None:
    action = an_action(stage, secretary)
    with pytest.raises(ValidationError) as refusal:
        an_action(stage, secretary, what="send the CASH forecast")
    assert errors_of(refusal) == {
        "what": ["This action is already open, due on December 15, 2026."]
    }
    an_action(stage, secretary, owner_name="Otto Other")
    actions.cancel_action(action, reason="Sent before.", by=secretary, at=at(6))
    an_action(stage, secretary, at=at(6))
    assert Action.objects.count() == 3

    for twin in (
        lambda: actions.reopen_action(action, reason="Not sent.", by=secretary, at=at(6)),
        lambda: actions.reassign_action(
            Action.objects.get(owner_name="Otto Other"),
            owner=None, owner_name=action.owner_name, due_on=DUE, by=secretary, at=at(6),
        ),
    ):  # fmt: skip
        with pytest.raises(ValidationError, match="This action is already open"):
            twin()


def test_done_action_is_open_until_the_day_it_was_done(stage: Stage, secretary: User) -> None:
    action = an_action(stage, secretary)
    step = actions.complete_action(
        action, done_on=date(2026, 11, 20), how=" In the data room. ", by=secretary, at=at(23)
    )
    assert (step.change, step.on, step.text, step.recorded_by) == (
        "done",
        date(2026, 11, 20),
        "In the data room.",
        secretary,
    )
    assert open_on(date(2026, 11, 3)) == []  # before it was agreed
    assert open_on(AGREED) == ["Send the cash forecast"]
    assert open_on(date(2026, 11, 19)) == ["Send the cash forecast"]
    assert open_on(date(2026, 11, 20)) == []
    entry = LedgerEntry.objects.order_by("sequence").last()
    assert (entry.action, entry.facts["on"]) == ("action.done", "2026-11-20")
    assert "data room" not in str(entry.facts)


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"done_on": date(2026, 11, 24)}, "done_on", "This date is in the future."),
        ({"done_on": date(2026, 11, 3)}, "done_on", "The action has been open since November 4, 2026. Enter that date or a later one."),
        ({"how": "  "}, "how", "Enter the result, or where to find it."),
    ],
)  # fmt: skip
def test_completion_that_cannot_be_is_refused(
    stage: Stage, secretary: User, given: dict[str, Any], field: str, words: str
) -> None:
    action = an_action(stage, secretary)
    terms = {"done_on": date(2026, 11, 20), "how": "Sent."} | given
    with pytest.raises(ValidationError) as refusal:
        actions.complete_action(action, **terms, by=secretary, at=at(23))
    assert errors_of(refusal) == {field: [words]}
    assert not ActionStep.objects.exists()


def test_canceled_action_stays_with_its_reason(stage: Stage, secretary: User) -> None:
    action = an_action(stage, secretary)
    with pytest.raises(ValidationError) as refusal:
        actions.cancel_action(action, reason=" ", by=secretary, at=at(10))
    assert errors_of(refusal) == {"reason": ["Enter a reason for the cancellation."]}
    actions.cancel_action(action, reason="The bank sends it.", by=secretary, at=at(10))
    stored = Action.objects.get()
    assert (stored.is_open, stored.last_step.text) == (False, "The bank sends it.")
    assert open_on(date(2026, 11, 9)) == ["Send the cash forecast"]
    assert open_on(date(2026, 11, 10)) == []


def test_reopened_action_is_the_same_record_with_its_history(stage: Stage, secretary: User) -> None:
    action = an_action(stage, secretary)
    signed = {"by": secretary, "at": at(12)}
    with pytest.raises(ValidationError, match="already open"):
        actions.reopen_action(action, reason="Not whole.", **signed)
    actions.complete_action(action, done_on=date(2026, 11, 10), how="Sent.", **signed)
    with pytest.raises(ValidationError, match="Enter a reason for reopening the action"):
        actions.reopen_action(action, reason="", **signed)
    actions.reopen_action(action, reason="A page was missing.", **signed)
    assert open_on(date(2026, 11, 11)) == []
    assert open_on(date(2026, 11, 12)) == ["Send the cash forecast"]
    with pytest.raises(ValidationError, match="open since November 12, 2026"):
        actions.complete_action(action, done_on=date(2026, 11, 11), how="Sent.", **signed)
    actions.complete_action(action, done_on=date(2026, 11, 12), how="Sent again.", **signed)
    assert list(action.steps.values_list("change", "text")) == [
        ("done", "Sent."),
        ("reopened", "A page was missing."),
        ("done", "Sent again."),
    ]
    assert Action.objects.count() == 1


@pytest.mark.parametrize(
    "verb",
    [
        lambda action, **signed: actions.complete_action(action, done_on=AGREED, how="x", **signed),
        lambda action, **signed: actions.cancel_action(action, reason="x", **signed),
        lambda action, **signed: actions.reassign_action(
            action, owner_name="O", due_on=DUE, **signed
        ),
    ],
)
def test_closed_action_is_reopened_first(stage: Stage, secretary: User, verb: Any) -> None:
    action = an_action(stage, secretary)
    actions.cancel_action(action, reason="Not needed.", by=secretary, at=at(10))
    with pytest.raises(ValidationError, match="This action is closed"):
        verb(action, by=secretary, at=at(11))


def test_step_on_record_is_never_changed(stage: Stage, secretary: User) -> None:
    step = actions.cancel_action(an_action(stage, secretary), reason="x", by=secretary, at=at(10))
    with pytest.raises(ImmutableError):
        ActionStep.objects.update(text="y")
    with pytest.raises(ImmutableError):
        step.delete()


def test_change_of_owner_keeps_both_in_the_ledger(
    stage: Stage, secretary: User, management: User
) -> None:
    action = an_action(stage, secretary)
    later = date(2027, 1, 15)
    actions.reassign_action(action, owner=management, due_on=later, by=secretary, at=at(10))
    stored = Action.objects.get()
    assert (stored.owner, stored.owner_name, stored.due_on) == (management, "", later)
    entry = LedgerEntry.objects.order_by("sequence").last()
    name = str(ledger.digest("owner_name:Paula Partner", action.salt))
    assert entry.facts == {
        "owner": [None, f"accounts.User:{management.pk}"],
        "owner_name": [name, None],
        "due_on": ["2026-12-15", "2027-01-15"],
    }
    with pytest.raises(ValidationError, match="Nothing was changed"):
        actions.reassign_action(action, owner=management, due_on=later, by=secretary, at=at(11))


READERS = ("chair", "member", "secretary", "secretary_in_management", "company_counsel", "independent_counsel")  # fmt: skip


@pytest.mark.parametrize(
    ("persona", "seen"),
    [
        *((reader, ["Forecast", "Letter", "Plan"]) for reader in READERS),
        ("management", ["Forecast"]),
        ("internal_auditor", ["Plan"]),
        ("external_auditor", []),
        ("administrator", []),
        ("outsider", []),
    ],
)
def test_readers_see_all_actions_and_owners_their_own(
    stage: Stage,
    secretary: User,
    management: User,
    internal_auditor: User,
    persona: str,
    seen: list[str],
    request: pytest.FixtureRequest,
) -> None:
    an_action(stage, secretary, what="Forecast", owner=management)
    an_action(stage, secretary, what="Plan", owner=internal_auditor)
    an_action(stage, secretary, what="Letter")
    found = Action.objects.visible_to(request.getfixturevalue(persona))
    assert sorted(action.what for action in found) == seen


def deadlines(stage: Stage, on: date) -> list[tuple[str, str, str, str]]:
    rows = Reminders(Docket(stage.committee, on, stage.company), ACTIONS).ahead()
    return [(row.deadline.what, str(row.due_on), str(row.on), str(row.person)) for row in rows]


def test_owner_is_reminded_until_it_is_done(
    stage: Stage, secretary: User, management: User
) -> None:
    action = an_action(stage, secretary, owner=management, source="Meeting of November 4, 2026")
    assert deadlines(stage, date(2026, 11, 20)) == [
        ("Send the cash forecast", "2026-12-15", "2026-12-01", str(management)),
        ("Send the cash forecast", "2026-12-15", "2026-12-15", str(management)),
    ]
    assert deadlines(stage, date(2026, 11, 3)) == []
    # Past its date the secretary is reminded, every week.
    assert deadlines(stage, date(2026, 12, 16)) == [
        ("Send the cash forecast", "2026-12-15", "2026-12-22", "Sara Secretary")
    ]
    (row, *_rest) = Reminders(Docket(stage.committee, DUE, stage.company), ACTIONS).ahead()
    assert row.deadline.because == "Action: Meeting of November 4, 2026."
    assert row.deadline.url == f"/actions/{action.pk}/"
    actions.complete_action(action, done_on=AGREED, how="Sent.", by=secretary, at=at(20))
    assert deadlines(stage, date(2026, 11, 20)) == []


def test_owner_without_an_account_is_named_and_the_secretary_reminded(
    stage: Stage, secretary: User
) -> None:
    an_action(stage, secretary)
    (row, *_rest) = Reminders(Docket(stage.committee, DUE, stage.company), ACTIONS).ahead()
    assert (row.deadline.because, str(row.person)) == (
        "Action. Owner: Paula Partner.",
        "Sara Secretary",
    )


def test_action_of_an_owner_who_left_stays_open_and_reminds_the_secretary(
    stage: Stage, secretary: User, management: User
) -> None:
    action = an_action(stage, secretary, owner=management)
    RoleTerm.objects.filter(user=management).update(ends_on=date(2026, 11, 10))
    assert {person for __, __, __, person in deadlines(stage, date(2026, 11, 20))} == {
        "Sara Secretary"
    }
    assert Action.objects.get() == action
    assert action.owner == management


def test_reminder_is_owed_once_and_its_notice_names_the_action(
    stage: Stage, secretary: User, management: User
) -> None:
    action = an_action(stage, secretary, owner=management)
    for __ in range(2):
        remind(ACTIONS, at=at(1, 12))
    (notice,) = Notice.objects.all()
    assert (notice.kind, notice.recipient, notice.subject) == (
        "charters.action_reminder",
        management,
        f"charters.Action:{action.pk}",
    )


def test_hundred_actions_take_as_many_queries_as_one(
    stage: Stage, secretary: User, management: User
) -> None:
    def asked() -> int:
        docket = Docket(stage.committee, DUE, stage.company)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            Reminders(docket, ACTIONS).ahead()
        return len(queries)

    an_action(stage, secretary, owner=management)
    asked()
    before = asked()
    for number in range(20):
        an_action(stage, secretary, what=f"Action {number}", owner=management)
    assert asked() == before


class StepsInAnyOrder(TestCase):
    """`open(day)` against a slow reference that plays an action's history."""

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.sampled_from(["done", "cancel", "reopen"]), max_size=6), st.data())
    def test_open_on_a_day_is_what_was_recorded_by_it(
        self, wanted: list[str], data: st.DataObject
    ) -> None:
        stage = set_the_stage()
        action = actions.add_action(
            stage.committee, what="x", owner_name="P", due_on=DUE, agreed_on=AGREED, by=SIGNED["by"], at=at(5)
        )  # fmt: skip
        day, is_open, history = 5, True, [(AGREED, True)]
        for verb in wanted:
            day += data.draw(st.integers(0, 3))
            signed = {"by": SIGNED["by"], "at": at(day)}
            if (verb == "reopen") == is_open:
                continue
            if verb == "done":
                actions.complete_action(action, done_on=date(2026, 11, day), how="x", **signed)
            elif verb == "cancel":
                actions.cancel_action(action, reason="x", **signed)
            else:
                actions.reopen_action(action, reason="x", **signed)
            is_open = not is_open
            history.append((date(2026, 11, day), is_open))
        for number in range(1, 28):
            asked = date(2026, 11, number)
            known = [state for on, state in history if on <= asked]
            assert Action.objects.open(asked).exists() == (bool(known) and known[-1])
        assert Action.objects.get().is_open == is_open
