"""The home page: at most three things that need a person, what is next, what has happened."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role as Held
from accounts.models import User
from charters import services
from charters.answers import NextDate, Urgency
from charters.enums import Counting, DutyKind, HowDecided, Layer, StartsFrom
from charters.models import Duty
from charters.reading.structure import Role, TextPassage
from charters.reports.home import next_dates
from charters.services import complete_adoption, events
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from committees import services as seating
from records.calendar import DAY
from records.enums import DeliveryState, NoticeState
from records.models import Delivery, Notice
from records.services import company as settings

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
THIS_YEAR = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def stage() -> Stage:
    """A company whose settings are confirmed and whose charter has the Board's decision."""
    stage = set_the_stage()
    settings.confirm_defaults(stage.company, **SIGNED)
    complete_adoption(stage.version, how=HowDecided.MEETING, number="4", **SIGNED)
    return stage


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


@pytest.fixture
def member(member: User, stage: Stage) -> User:
    director = seating.add_director(name="Max Member", user=member, **SIGNED)
    seating.seat(director, stage.committee, starts_on=date(2024, 1, 1), **SIGNED)
    seating.record_questionnaire(director, signed_on=AT.date(), **SIGNED)
    return member


def a_draft(stage: Stage):
    return services.draft(
        stage.committee,
        title="Second charter",
        text="Review.",
        passages=[TextPassage(Role.CLAUSE, "Review.", 1, reference="R-1")],
        **SIGNED,
    )


def text(page) -> str:
    return " ".join(page.content.decode().replace("&#x27;", "'").split())


def asks(page) -> list[tuple[str, str, str]]:
    return [(ask.sentence, ask.button, ask.url) for ask in page.context["asks"]]


def sentences(page) -> list[str]:
    return [ask.sentence for ask in page.context["asks"]]


# What needs a person.


def test_nothing_waits(client: Client, stage: Stage) -> None:
    stage.duty(kind=DutyKind.AUTHORITY)
    page = client.get("/")
    assert asks(page) == []
    assert "Nothing needs your attention" in text(page)
    assert "No dates are ahead." in text(page)
    assert "Nothing new was recorded." not in text(page)


def test_a_duty_without_an_owner_is_the_secretarys(
    client: Client, client_of: ClientOf, stage: Stage, member: User
) -> None:
    duty = stage.duty(due_month=6, in_force_from=THIS_YEAR)
    page = client.get("/")
    assert asks(page) == [
        ("Review the audit plan", "Record completion", f"/duties/{duty.pk}/complete/")
    ]
    assert page.context["asks"][0].because == (
        "Was due June 30, 2026. No record was found for fiscal year 2026."
    )
    assert asks(client_of(member).get("/")) == []


def test_a_members_own_duty_is_theirs(
    client: Client, client_of: ClientOf, stage: Stage, member: User
) -> None:
    duty = stage.duty(owner=member, in_force_from=THIS_YEAR)
    assert asks(client_of(member).get("/")) == [
        ("Review the audit plan", "Record completion", f"/duties/{duty.pk}/complete/")
    ]
    assert asks(client.get("/")) == []


def test_an_owner_in_management_sees_the_duty_and_nothing_else(
    client_of: ClientOf, stage: Stage, management: User
) -> None:
    mine = stage.duty(owner=management, title="Bring the plan", in_force_from=THIS_YEAR)
    stage.duty(due_month=6)
    client = client_of(management)
    page = client.get("/")
    assert asks(page) == [("Bring the plan", "See responsibility", mine.get_absolute_url())]
    assert [line.label for line in page.context["next"]] == ["Bring the plan"]
    assert [name for name in ("summary", "since", "more") if page.context.get(name)] == []
    assert "Review the audit plan" not in text(page)
    assert client.get(page.context["asks"][0].url).status_code == 200


@pytest.mark.parametrize("duties", [1, 2, 3])
def test_whatever_the_home_page_links_to_opens(
    client_of: ClientOf, stage: Stage, management: User, member: User, duties: int
) -> None:
    for n in range(duties):
        for owner in (management, member):
            stage.duty(owner=owner, title=f"Duty {n}", in_force_from=THIS_YEAR)
    for user in (management, member):
        client = client_of(user)
        page = client.get("/")
        links = [
            *(line.url for line in page.context["next"]),
            *(ask.url for ask in page.context["asks"]),
        ]
        assert [client.get(url).status_code for url in links] == [200] * len(links)


def test_at_most_three_and_how_many_more(client: Client, stage: Stage) -> None:
    for month in (9, 3, 12, 6):
        stage.duty(title=f"Month {month}", due_month=month, in_force_from=THIS_YEAR)
    page = client.get("/")
    assert sentences(page) == ["Month 3", "Month 6", "Month 9"]
    assert page.context["more"] == {"sentence": "See 1 more item", "url": "?show=all#for-you"}
    assert sentences(client.get("/?show=all")) == ["Month 3", "Month 6", "Month 9", "Month 12"]
    stage.duty(title="Fifth", in_force_from=THIS_YEAR)
    assert client.get("/").context["more"]["sentence"] == "See 2 more items"


def test_good_practice_asks_for_nothing(client: Client, stage: Stage) -> None:
    stage.duty(layer=Layer.GOOD_PRACTICE, due_month=6, in_force_from=THIS_YEAR)
    assert asks(client.get("/")) == []


def test_open_items_drafts_and_defaults_are_the_secretarys(
    client: Client, client_of: ClientOf, chair: User
) -> None:
    stage = set_the_stage()
    stage.complete(stage.duty(), date(2026, 5, 5))
    draft = a_draft(stage)
    assert asks(client.get("/")) == [
        ("2 open items.", "Close open items", "/open-items/"),
        (
            "The Board has not adopted the draft charter “Second charter”.",
            "Open draft",
            draft.get_absolute_url(),
        ),
        (
            "The Board's decision to adopt the charter is not on record.",
            "Add Board decision",
            f"/charter/versions/{stage.version.pk}/decision/",
        ),
    ]
    assert client.get("/").context["more"]["sentence"] == "See 1 more item"
    assert asks(client_of(chair).get("/")) == []


def test_mails_that_did_not_surely_arrive_are_the_secretarys(
    client: Client, client_of: ClientOf, stage: Stage, chair: User
) -> None:
    mail = Delivery.objects.create(
        recipient=chair,
        gathered_at=AT,
        due_at=AT,
        claimed_at=AT,
        tries=1,
        state=DeliveryState.UNCERTAIN,
    )
    Notice.objects.create(
        kind="records.ledger_fault",
        key="1",
        recipient=chair,
        owed_at=AT,
        delivery=mail,
        state=NoticeState.CARRIED,
    )
    ask = ("1 email may not have arrived.", "Review emails", "/notices/?state=person")
    assert ask in asks(client.get("/"))
    assert ask not in asks(client_of(chair).get("/"))


def test_defaults_to_confirm_are_asked_for(client: Client) -> None:
    stage = set_the_stage()
    stage.duty(kind=DutyKind.AUTHORITY)
    complete_adoption(stage.version, how=HowDecided.MEETING, number="4", **SIGNED)
    assert asks(client.get("/")) == [
        ("Some company settings have default values.", "Confirm settings", "/company/")
    ]


def test_closed_open_items_wait_for_nobody(client: Client, stage: Stage) -> None:
    duty = stage.duty(in_force_from=date(2025, 1, 1))
    stage.complete(duty, date(2026, 5, 5))
    assert sentences(client.get("/")) == ["1 open item."]
    stage.close_gap(duty, "FY2025")
    assert asks(client.get("/")) == []


# Before set-up.


def test_before_set_up_the_secretary_is_led_to_the_guide(client: Client) -> None:
    page = client.get("/")
    assert asks(page) == [("Setup is not complete.", "Continue setup", "/setup/")]
    assert page.context["asks"][0].because == "0 of 8 required steps are done."
    assert page.context.get("summary") is None


@pytest.mark.parametrize("persona", ["chair", "management", "administrator", "outsider"])
def test_before_set_up_nothing_waits_for_others(
    request: pytest.FixtureRequest, client_of: ClientOf, persona: str
) -> None:
    page = client_of(request.getfixturevalue(persona)).get("/")
    assert (page.status_code, asks(page)) == (200, [])


@pytest.mark.parametrize("persona", ["administrator", "outsider", "external_auditor"])
def test_who_may_not_read_standings_sees_none(
    request: pytest.FixtureRequest, client_of: ClientOf, stage: Stage, persona: str
) -> None:
    stage.complete(stage.duty(due_month=6), date(2026, 5, 5))
    page = client_of(request.getfixturevalue(persona)).get("/")
    assert (asks(page), page.context["next"]) == ([], [])
    assert "Review the audit plan" not in text(page)


def test_a_stranger_is_sent_to_sign_in() -> None:
    page = Client().get("/")
    assert (page.status_code, page["Location"].partition("?")[0]) == (302, "/sign-in/")


# What is next.


def test_the_next_day_is_the_first_that_is_due(client: Client, stage: Stage) -> None:
    stage.complete(stage.duty(title="Immutable", due_month=1), date(2026, 1, 5))
    waiting = stage.duty(title="Waiting", in_force_from=THIS_YEAR)
    (found,) = client.get("/").context["next"]
    assert (found.label, found.on, found.days, found.url) == (
        "Waiting",
        date(2026, 12, 31),
        41,
        waiting.get_absolute_url(),
    )


def test_without_anything_due_it_is_the_next_at_all(client: Client, stage: Stage) -> None:
    stage.complete(stage.duty(title="Immutable", due_month=6), date(2026, 1, 5))
    (found,) = client.get("/").context["next"]
    assert (found.label, found.on) == ("Immutable", date(2027, 6, 30))


def test_several_on_one_day_lead_to_the_year(client: Client, stage: Stage) -> None:
    for title in ("One", "Two", "Three"):
        stage.duty(title=title, in_force_from=THIS_YEAR)
    (found,) = client.get("/").context["next"]
    assert (found.label, found.url) == ("One and 2 other responsibilities", "/year/")


@pytest.mark.parametrize(("day", "words"), [(20, ": today"), (21, ": tomorrow"), (23, "in 3 days")])
def test_how_far_it_is_is_said_in_words(client: Client, stage: Stage, day: int, words: str) -> None:
    stage.duty(due_month=11, due_day=day, in_force_from=THIS_YEAR)
    assert words in text(client.get("/"))


def test_the_charter_at_a_glance_leads_to_its_filter(client: Client, stage: Stage) -> None:
    stage.complete(stage.duty(), date(2026, 5, 5))
    stage.complete(Duty.objects.get(), date(2025, 5, 5))
    assert [(line.label, line.count, line.url) for line in client.get("/").context["summary"]] == [
        ("all clauses", 2, "/charter/"),
        ("on file", 1, "/charter/?standing=on_file"),
    ]


def lines(page) -> list[tuple[str, date]]:
    return [(line.label, line.on) for line in page.context["next"]]


def an_event(stage: Stage, **changes):
    said = {"title": "Letter from the staff", "learned_on": date(2026, 11, 18)}
    return events.enter_event(
        stage.committee, template="charters.blank", **said, **changes, **SIGNED
    )


def a_deadline(event, days: int):
    return events.enter_deadline(
        event,
        what=f"Reply in {days}",
        days=days,
        counting=Counting.BUSINESS,
        starts=StartsFrom.LEARNED,
        **SIGNED,
    )


def test_deadline_of_an_event_leads_for_whoever_may_see_it(
    client: Client, client_of: ClientOf, stage: Stage, member: User
) -> None:
    stage.duty(due_month=11, due_day=21, in_force_from=THIS_YEAR)
    a_deadline(an_event(stage), 6)
    expected = [("Reply in 6", date(2026, 11, 27)), ("Review the audit plan", date(2026, 11, 21))]
    assert [lines(client.get("/")), lines(client_of(member).get("/"))] == [expected] * 2


def test_event_restricted_from_management_is_no_date_of_theirs(
    client_of: ClientOf, stage: Stage, management: User
) -> None:
    a_deadline(an_event(stage, restricted_roles={Held.MANAGEMENT}), 6)
    page = client_of(management).get("/")
    assert lines(page) == []
    assert "Reply in 6" not in text(page)


def test_passed_date_of_an_event_leads_and_is_said_as_passed(client: Client, stage: Stage) -> None:
    a_deadline(an_event(stage), 1)
    page = client.get("/")
    assert [line.days for line in page.context["next"]] == [-1]
    assert "was due November 19, 2026" in text(page)


def test_event_that_is_far_ahead_is_a_date_like_others(client: Client, stage: Stage) -> None:
    duty = stage.duty(due_month=11, due_day=30, in_force_from=THIS_YEAR)
    a_deadline(an_event(stage), 60)
    assert lines(client.get("/")) == [(duty.title, date(2026, 11, 30))]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([(40, Urgency.DATE), (90, Urgency.LAPSE), (20, Urgency.MEETING)], [90, 20, 40]),
        ([(3, Urgency.DATE), (29, Urgency.EVENT), (31, Urgency.EVENT)], [29, 3]),
        ([(5, Urgency.MEETING), (95, Urgency.MEETING)], [5]),
        ([(n, Urgency.EVENT) for n in (4, 3, 2, 1)], [1, 2, 3]),
    ],
)
def test_order_of_what_is_next(found: list[tuple[int, Urgency]], expected: list[int]) -> None:
    today = date(2026, 11, 20)
    dates = [NextDate(today + n * DAY, str(n), "/", urgency=urgency) for n, urgency in found]
    ranked = next_dates(dates, today, sees_year=True)
    assert [line.days for line in ranked][: len(expected)] == expected


# What has happened.


def since(page) -> list[tuple[date, str]]:
    return [(entry.on, entry.text) for entry in page.context["since"]]


def visited(client: Client, at: datetime) -> Client:
    session = client.session
    session["previous_sign_in"] = at.isoformat()
    session.save()
    return client


def test_only_what_came_since_the_last_visit_is_listed(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    for day in (10, 16, 18):
        at = datetime(2026, 11, day, 15, tzinfo=UTC)
        stage.complete(duty, date(2026, 5, day), at=at)
    page = visited(client, datetime(2026, 11, 15, tzinfo=UTC)).get("/")
    assert [entry for entry in since(page) if entry[1].startswith("Completed")] == [
        (date(2026, 11, 18), "Completed: Review the audit plan"),
        (date(2026, 11, 16), "Completed: Review the audit plan"),
    ]
    assert page.context["since_day"] == date(2026, 11, 14)


def test_a_first_visit_looks_back_a_month(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    stage.complete(duty, date(2026, 5, 5), at=datetime(2026, 10, 1, tzinfo=UTC))
    stage.complete(duty, date(2026, 6, 5), at=datetime(2026, 11, 1, tzinfo=UTC))
    page = client.get("/")
    assert [day for day, words in since(page) if words.startswith("Completed")] == [
        date(2026, 10, 31)
    ]
    assert page.context["since_day"] == date(2026, 10, 21)


def test_a_withdrawal_a_closing_and_a_version_are_listed(client: Client, stage: Stage) -> None:
    duty = stage.duty(in_force_from=date(2025, 1, 1))
    services.withdraw_completion(
        stage.complete(duty, date(2026, 5, 5)), reason="In error.", **SIGNED
    )
    stage.close_gap(duty, "FY2025")
    assert {words for _, words in since(client.get("/"))} == {
        "Completed: Review the audit plan",
        "Completion withdrawn: Review the audit plan",
        "An open item was closed: Under review",
        "A version of the charter was imported: Audit Committee Charter",
        "Decision recorded: Board meeting of January 1, 2024, resolution 4",
    }


def test_a_draft_is_news_to_the_secretary_alone(
    client: Client, client_of: ClientOf, stage: Stage, chair: User
) -> None:
    a_draft(stage)
    news = "A version of the charter was imported: Second charter"
    assert news in [words for _, words in since(client.get("/"))]
    page = client_of(chair).get("/")
    assert "Second charter" not in text(page)
    assert {client_of(chair).get(e.url).status_code for e in page.context["since"]} == {200}


def test_at_most_eight_lines_are_listed(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    for day in range(1, 13):
        stage.complete(duty, date(2026, 5, day))
    assert len(since(client.get("/"))) == 8


def test_the_page_makes_as_many_queries_with_nine_news_as_with_many(
    client: Client, stage: Stage
) -> None:
    duty, counts = stage.duty(), []
    # From nine on, home asks for no older news.
    for days in (range(1, 10), range(10, 29)):
        for day in days:
            stage.complete(duty, date(2026, 5, day))
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_second_visit_of_a_day_takes_nothing_from_the_list(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    for day in (1, 12, 18):
        at = datetime(2026, 11, day, 15, tzinfo=UTC)
        stage.complete(duty, date(2026, 5, day), at=at)
    first = client.get("/")
    second = visited(client, AT - timedelta(minutes=5)).get("/")
    assert since(second) == since(first)
    assert second.context["since_day"] == first.context["since_day"] == date(2026, 10, 21)


def test_what_was_recorded_on_the_day_that_the_list_begins_with_is_in_it(
    client: Client, stage: Stage
) -> None:
    stage.complete(stage.duty(), date(2026, 5, 5), at=datetime(2026, 11, 16, 15, tzinfo=UTC))
    page = visited(client, datetime(2026, 11, 16, 20, tzinfo=UTC)).get("/")
    assert page.context["since_day"] == date(2026, 11, 16)
    assert "Completed: Review the audit plan" in [words for __, words in since(page)]


@pytest.mark.parametrize(("recorded", "is_said"), [(6, False), (7, True)])
def test_a_list_that_was_cut_says_so(
    client: Client, stage: Stage, recorded: int, is_said: bool
) -> None:
    duty = stage.duty()
    for day in range(1, recorded + 1):
        stage.complete(duty, date(2026, 5, day), at=datetime(2026, 11, day, 15, tzinfo=UTC))
    page = client.get("/")
    assert len(since(page)) == 8
    assert ("Only the newest entries are listed." in text(page)) is is_said


def test_who_reads_no_standings_is_told_nothing_of_what_was_recorded(
    client_of: ClientOf, stage: Stage, management: User
) -> None:
    stage.complete(stage.duty(), date(2026, 5, 5))
    page = client_of(management).get("/")
    assert "since_day" not in page.context
    assert "recorded since" not in text(page).lower()
