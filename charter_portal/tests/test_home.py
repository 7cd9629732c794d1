"""The home page: at most three things that need a person, what is next, what has happened."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from committees import services
from committees.enums import DispositionKind, DutyKind, Layer
from committees.models import Duty
from committees.rules.structure import Passage, Role
from committees.tests.charters import AT, SIGNED, Stage, set_the_stage
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
    """A company whose settings are confirmed and whose charter has the Board's act."""
    stage = set_the_stage()
    settings.confirm_defaults(stage.company, **SIGNED)
    stage.version.board_act = "Resolution 4."
    stage.version.save(update_fields=["board_act"])
    return stage


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


@pytest.fixture
def member(member: User, stage: Stage) -> User:
    director = services.add_director(name="Max Member", user=member, **SIGNED)
    services.seat(director, stage.committee, starts_on=date(2024, 1, 1), **SIGNED)
    return member


def a_draft(stage: Stage):
    return services.draft(
        stage.committee,
        title="Second charter",
        text="Review.",
        passages=[Passage(Role.CLAUSE, "Review.", 1, reference="R-1")],
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
    assert "Nothing waits for you" in text(page)
    assert "No meeting and no date lies ahead." in text(page)
    assert "Nothing new was recorded." not in text(page)


def test_a_duty_without_an_owner_is_the_secretarys(
    client: Client, client_of: ClientOf, stage: Stage, member: User
) -> None:
    duty = stage.duty(due_month=6, in_force_from=THIS_YEAR)
    page = client.get("/")
    assert asks(page) == [
        ("Review the audit plan", "Record that it was done", f"/duties/{duty.pk}/attest/")
    ]
    assert page.context["asks"][0].because == (
        "The day, June 30, 2026, has passed and no record was found for fiscal year 2026. "
        "Judged by attestation."
    )
    assert asks(client_of(member).get("/")) == []


def test_a_members_own_duty_is_theirs(
    client: Client, client_of: ClientOf, stage: Stage, member: User
) -> None:
    duty = stage.duty(owner=member, in_force_from=THIS_YEAR)
    assert asks(client_of(member).get("/")) == [
        ("Review the audit plan", "Record that it was done", f"/duties/{duty.pk}/attest/")
    ]
    assert asks(client.get("/")) == []


def test_an_owner_in_management_sees_the_duty_and_nothing_else(
    client_of: ClientOf, stage: Stage, management: User
) -> None:
    mine = stage.duty(owner=management, title="Bring the plan", in_force_from=THIS_YEAR)
    stage.duty(due_month=6)
    client = client_of(management)
    page = client.get("/")
    assert asks(page) == [("Bring the plan", "See the duty", mine.get_absolute_url())]
    assert page.context["next"].label == "Bring the plan"
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
        links = [page.context["next"].url, *(ask.url for ask in page.context["asks"])]
        assert [client.get(url).status_code for url in links] == [200] * len(links)


def test_at_most_three_and_how_many_more(client: Client, stage: Stage) -> None:
    for month in (9, 3, 12, 6):
        stage.duty(title=f"Month {month}", due_month=month, in_force_from=THIS_YEAR)
    page = client.get("/")
    assert sentences(page) == ["Month 3", "Month 6", "Month 9"]
    assert page.context["more"] == {"sentence": "1 more waits.", "url": "/charter/"}
    stage.duty(title="Fifth", in_force_from=THIS_YEAR)
    assert client.get("/").context["more"]["sentence"] == "2 more wait."


def test_good_practice_asks_for_nothing(client: Client, stage: Stage) -> None:
    stage.duty(layer=Layer.GOOD_PRACTICE, due_month=6, in_force_from=THIS_YEAR)
    assert asks(client.get("/")) == []


def test_exceptions_drafts_and_defaults_are_the_secretarys(
    client: Client, client_of: ClientOf, chair: User
) -> None:
    stage = set_the_stage()
    stage.attest(stage.duty(), date(2026, 5, 5))
    draft = a_draft(stage)
    assert asks(client.get("/")) == [
        ("2 exceptions have no disposition.", "Settle them", "/exceptions/"),
        (
            "A draft of the charter waits for the Board: Second charter.",
            "Open the draft",
            draft.get_absolute_url(),
        ),
        (
            "The Board's act of adopting the charter is not on record.",
            "Add the Board's act",
            f"/charter/versions/{stage.version.pk}/act/",
        ),
    ]
    assert client.get("/").context["more"]["sentence"] == "1 more waits."
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
        kind="ledger_fault",
        key="1",
        recipient=chair,
        owed_at=AT,
        delivery=mail,
        state=NoticeState.CARRIED,
    )
    ask = ("1 notice did not surely arrive.", "Look at the notices", "/notices/?state=person")
    assert ask in asks(client.get("/"))
    assert ask not in asks(client_of(chair).get("/"))


def test_defaults_to_confirm_are_asked_for(client: Client) -> None:
    stage = set_the_stage()
    stage.duty(kind=DutyKind.AUTHORITY)
    stage.version.board_act = "Resolution 4."
    stage.version.save(update_fields=["board_act"])
    assert asks(client.get("/")) == [
        ("Some of the company's settings still hold a default.", "Confirm them", "/company/")
    ]


def test_settled_exceptions_wait_for_nobody(client: Client, stage: Stage) -> None:
    duty = stage.duty(in_force_from=date(2025, 1, 1))
    stage.attest(duty, date(2026, 5, 5))
    assert sentences(client.get("/")) == ["1 exception has no disposition."]
    services.dispose(
        stage.committee,
        rule="gap",
        subject=f"duty-{duty.pk}",
        period="FY2025",
        kind=DispositionKind.WITH_COUNSEL,
        reason="Counsel has it.",
        **SIGNED,
    )
    assert asks(client.get("/")) == []


# Before set-up.


def test_before_set_up_the_secretary_is_led_to_the_guide(client: Client) -> None:
    page = client.get("/")
    assert asks(page) == [("The portal is being set up.", "Go on with setting up", "/setup/")]
    assert page.context["asks"][0].because == "0 of 8 needed steps are done."
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
    stage.attest(stage.duty(due_month=6), date(2026, 5, 5))
    page = client_of(request.getfixturevalue(persona)).get("/")
    assert (asks(page), page.context["next"]) == ([], None)
    assert "Review the audit plan" not in text(page)


def test_a_stranger_is_sent_to_sign_in() -> None:
    page = Client().get("/")
    assert (page.status_code, page["Location"].partition("?")[0]) == (302, "/sign-in/")


# What is next.


def test_the_next_day_is_the_first_that_is_due(client: Client, stage: Stage) -> None:
    stage.attest(stage.duty(title="Kept", due_month=1), date(2026, 1, 5))
    waiting = stage.duty(title="Waiting", in_force_from=THIS_YEAR)
    found = client.get("/").context["next"]
    assert (found.label, found.on, found.days, found.url) == (
        "Waiting",
        date(2026, 12, 31),
        41,
        waiting.get_absolute_url(),
    )


def test_without_anything_due_it_is_the_next_at_all(client: Client, stage: Stage) -> None:
    stage.attest(stage.duty(title="Kept", due_month=6), date(2026, 1, 5))
    found = client.get("/").context["next"]
    assert (found.label, found.on) == ("Kept", date(2027, 6, 30))


def test_several_on_one_day_lead_to_the_year(client: Client, stage: Stage) -> None:
    for title in ("One", "Two", "Three"):
        stage.duty(title=title, in_force_from=THIS_YEAR)
    found = client.get("/").context["next"]
    assert (found.label, found.url) == ("One and 2 other duties", "/year/")


@pytest.mark.parametrize(("day", "words"), [(20, ": today"), (21, ": tomorrow"), (23, "in 3 days")])
def test_how_far_it_is_is_said_in_words(client: Client, stage: Stage, day: int, words: str) -> None:
    stage.duty(due_month=11, due_day=day, in_force_from=THIS_YEAR)
    assert words in text(client.get("/"))


def test_the_charter_at_a_glance_leads_to_its_filter(client: Client, stage: Stage) -> None:
    stage.attest(stage.duty(), date(2026, 5, 5))
    stage.attest(Duty.objects.get(), date(2025, 5, 5))
    assert [(line.label, line.count, line.url) for line in client.get("/").context["summary"]] == [
        ("all clauses", 2, "/charter/"),
        ("kept", 1, "/charter/?standing=kept"),
    ]


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
        stage.attest(duty, date(2026, 5, day), at=at)
    page = visited(client, datetime(2026, 11, 15, tzinfo=UTC)).get("/")
    assert [entry for entry in since(page) if entry[1].startswith("Recorded")] == [
        (date(2026, 11, 18), "Recorded: Review the audit plan"),
        (date(2026, 11, 16), "Recorded: Review the audit plan"),
    ]
    assert "Since your last visit on November 14, 2026" in text(page)


def test_a_first_visit_looks_back_a_month(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    stage.attest(duty, date(2026, 5, 5), at=datetime(2026, 10, 1, tzinfo=UTC))
    stage.attest(duty, date(2026, 6, 5), at=datetime(2026, 11, 1, tzinfo=UTC))
    page = client.get("/")
    assert [day for day, words in since(page) if words.startswith("Recorded")] == [
        date(2026, 10, 31)
    ]
    assert "Lately" in text(page)


def test_a_withdrawal_a_disposition_and_a_version_are_listed(client: Client, stage: Stage) -> None:
    duty = stage.duty(in_force_from=date(2025, 1, 1))
    services.withdraw(stage.attest(duty, date(2026, 5, 5)), reason="In error.", **SIGNED)
    services.dispose(
        stage.committee,
        rule="gap",
        subject=f"duty-{duty.pk}",
        period="FY2025",
        kind=DispositionKind.WITH_COUNSEL,
        reason="Counsel has it.",
        **SIGNED,
    )
    assert {words for _, words in since(client.get("/"))} == {
        "Recorded: Review the audit plan",
        "Withdrawn: Review the audit plan",
        "An exception was settled: With counsel",
        "A version of the charter was loaded: Audit Committee Charter",
    }


def test_a_draft_is_news_to_the_secretary_alone(
    client: Client, client_of: ClientOf, stage: Stage, chair: User
) -> None:
    a_draft(stage)
    news = "A version of the charter was loaded: Second charter"
    assert news in [words for _, words in since(client.get("/"))]
    page = client_of(chair).get("/")
    assert "Second charter" not in text(page)
    assert [client_of(chair).get(e.url).status_code for e in page.context["since"]] == [200]


def test_at_most_eight_lines_are_listed(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    for day in range(1, 13):
        stage.attest(duty, date(2026, 5, day))
    assert len(since(client.get("/"))) == 8


def test_the_page_makes_as_many_queries_with_much_news_as_with_little(
    client: Client, stage: Stage
) -> None:
    duty, counts = stage.duty(), []
    for days in (range(1, 2), range(2, 10)):
        for day in days:
            stage.attest(duty, date(2026, 5, day))
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
