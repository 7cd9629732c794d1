"""Recording that a duty was performed, and correcting or withdrawing such a completion."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from charters import services
from charters.enums import Cadence
from charters.models import Completion, Duty
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from committees import services as seating
from committees.enums import EndReason
from records import ledger
from records.models import Company, Document, LedgerEntry

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
GIVEN = {"performed_on": "2026-05-05", "serves": "2026-12-31", "note": "Discussed the plan."}
PLAN = b"Audit plan for the year.\n"


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@pytest.fixture
def duty(stage: Stage) -> Duty:
    return stage.duty()


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


@pytest.fixture
def member(member: User, stage: Stage) -> User:
    """Seated on the committee since its charter."""
    director = seating.add_director(name="Max Member", user=member, **SIGNED)
    seating.seat(director, stage.committee, starts_on=date(2024, 1, 1), **SIGNED)
    return member


def address(duty: Duty) -> str:
    return f"/duties/{duty.pk}/complete/"


def text(page) -> str:
    return " ".join(page.content.decode().replace("&#x27;", "'").split())


def errors(page) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def upload(content: bytes = PLAN, name: str = "plan.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# Who records completions.


def test_the_secretary_records_and_sees_where_it_stands(
    client: Client, duty: Duty, secretary: User
) -> None:
    page = client.post(address(duty), GIVEN, follow=True)
    assert page.redirect_chain == [("/charter/R-2/", 302)]
    assert [str(message) for message in page.context["messages"]] == [
        "The completion was recorded. Status of “Review the audit plan”: on file."
    ]
    made = Completion.objects.get()
    assert (made.performed_on, made.serves, made.note, made.recorded_by, made.recorded_at) == (
        date(2026, 5, 5),
        date(2026, 12, 31),
        "Discussed the plan.",
        secretary,
        AT,
    )


def test_a_member_seated_today_records(client_of: ClientOf, duty: Duty, member: User) -> None:
    client_of(member).post(address(duty), GIVEN)
    assert Completion.objects.get().recorded_by == member


def test_a_member_who_left_may_not(
    client_of: ClientOf, stage: Stage, duty: Duty, member: User
) -> None:
    seat = stage.committee.memberships.get()
    seating.end_membership(seat, ends_on=date(2026, 11, 20), reason=EndReason.RETIRED, **SIGNED)
    assert client_of(member).post(address(duty), GIVEN).status_code == 403
    assert not Completion.objects.exists()


def test_a_seat_to_come_does_not_open_it_yet(
    client_of: ClientOf, stage: Stage, duty: Duty, chair: User
) -> None:
    director = seating.add_director(name="Clara Chair", user=chair, **SIGNED)
    seating.seat(director, stage.committee, starts_on=date(2026, 11, 21), **SIGNED)
    assert client_of(chair).get(address(duty)).status_code == 403


@pytest.mark.parametrize("persona", ["management", "administrator", "outsider"])
def test_who_reads_no_standings_finds_no_duty(
    request: pytest.FixtureRequest, client_of: ClientOf, duty: Duty, persona: str
) -> None:
    client = client_of(request.getfixturevalue(persona))
    for page in (client.get(address(duty)), client.post(address(duty), GIVEN)):
        assert page.status_code == 404
    assert not Completion.objects.exists()


@pytest.mark.parametrize("persona", ["chair", "company_counsel", "independent_counsel"])
def test_who_has_no_seat_is_told_who_may(
    request: pytest.FixtureRequest, client_of: ClientOf, duty: Duty, persona: str
) -> None:
    client = client_of(request.getfixturevalue(persona))
    for page in (client.get(address(duty)), client.post(address(duty), GIVEN)):
        assert page.status_code == 403
        assert "Roles with access:" in text(page)
    assert not Completion.objects.exists()


def test_an_owner_in_management_reads_the_duty_and_may_not_complete(
    client_of: ClientOf, stage: Stage, management: User
) -> None:
    mine, other = stage.duty(owner=management), stage.duty()
    client = client_of(management)
    page = client.get(mine.get_absolute_url())
    assert (page.status_code, page.context["primary"], page.context["actions"]) == (200, None, [])
    assert client.post(address(mine), GIVEN).status_code == 404
    assert client.get(other.get_absolute_url()).status_code == 404
    assert not Completion.objects.exists()


# The form.


def test_the_form_offers_today_and_the_running_year(client: Client, duty: Duty) -> None:
    form = client.get(address(duty)).context["form"]
    assert form.initial == {"performed_on": date(2026, 11, 20), "serves": "2026-12-31"}
    assert form.fields["serves"].choices[:2] == [
        ("2026-12-31", "Fiscal year 2026"),
        ("2025-12-31", "Fiscal year 2025"),
    ]


@pytest.mark.parametrize(
    ("begin", "offered"),
    [
        (date(2026, 1, 1), [2026]),
        (date(2025, 12, 31), [2026, 2025]),
        (date(2024, 1, 1), [2026, 2025, 2024]),
        (date(2001, 1, 1), list(range(2026, 2017, -1))),
    ],
)
def test_no_period_is_offered_that_ended_before_the_records_begin(
    client: Client, duty: Duty, begin: date, offered: list[int]
) -> None:
    Company.objects.update(records_begin=begin)
    choices = client.get(address(duty)).context["form"].fields["serves"].choices
    assert [last for last, __ in choices] == [f"{year}-12-31" for year in offered]


@pytest.mark.parametrize(
    ("today", "offered"),
    [
        (datetime(2027, 1, 12, 15, tzinfo=UTC), "2026-12-31"),
        (datetime(2027, 4, 1, 15, tzinfo=UTC), "2026-12-31"),
        (datetime(2027, 4, 2, 15, tzinfo=UTC), "2027-12-31"),
    ],
)
def test_in_the_new_year_the_year_just_ended_is_offered(
    client_of: ClientOf, secretary: User, duty: Duty, today: datetime, offered: str
) -> None:
    with time_machine.travel(today, tick=False):
        page = client_of(secretary).get(address(duty))
    assert page.context["form"].initial["serves"] == offered


def test_in_january_a_year_that_is_served_is_not_offered_again(
    client_of: ClientOf, secretary: User, stage: Stage, duty: Duty
) -> None:
    stage.complete(duty, date(2026, 5, 5))
    with time_machine.travel(datetime(2027, 1, 12, 15, tzinfo=UTC), tick=False):
        page = client_of(secretary).get(address(duty))
    assert page.context["form"].initial["serves"] == "2027-12-31"


def test_a_quarterly_duty_is_completed_for_its_quarter(client: Client, stage: Stage) -> None:
    duty = stage.duty(cadence=Cadence.QUARTERLY, due_month=3)
    form = client.get(address(duty)).context["form"]
    assert form.initial["serves"] == "2026-12-31"
    assert form.fields["serves"].choices[:2] == [
        ("2026-12-31", "The fourth quarter of fiscal year 2026"),
        ("2026-09-30", "The third quarter of fiscal year 2026"),
    ]


def test_completed_late_counts_for_the_year_it_was_owed_in(client: Client, duty: Duty) -> None:
    client.post(address(duty), GIVEN | {"serves": "2025-12-31"})
    assert Completion.objects.get().serves == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        (
            {"performed_on": "2026-11-21"},
            "performed_on",
            "This date is in the future. Record the completion after the work is done.",
        ),
        ({"performed_on": ""}, "performed_on", "This field is required."),
        ({"performed_on": "yesterday"}, "performed_on", "Enter a valid date."),
        (
            {"performed_on": "2025-12-31"},
            "serves",
            "This period begins after the date performed. Choose another period.",
        ),
        ({"serves": ""}, "serves", "This field is required."),
        (
            {"serves": "2026-12-30"},
            "serves",
            "Select a valid choice. 2026-12-30 is not one of the available choices.",
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    client: Client, duty: Duty, given: dict, field: str, says: str
) -> None:
    page = client.post(address(duty), GIVEN | given)
    assert errors(page) == {field: [says]}
    assert page.context["form"]["note"].value() == "Discussed the plan."
    assert not Completion.objects.exists()


# The document.


def test_a_document_is_filed_with_it(client: Client, duty: Duty) -> None:
    client.post(address(duty), GIVEN | {"document": upload()})
    filed = Completion.objects.get().document
    assert (filed.title, filed.file_name, filed.content_type, filed.size) == (
        "Review the audit plan",
        "plan.txt",
        "text/plain",
        len(PLAN),
    )
    page = client.get(Completion.objects.get().get_absolute_url())
    assert page.context["file"]["url"] == filed.get_absolute_url()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "plan.txt", "The submitted file is empty."),
        (b"MZ\x90\x00\x03\x00\x00\x00", "plan.exe", None),
        (b"%PDF-1.7\nnot really", "plan.pdf", None),
        (b"Just words.\n", "plan.pdf", None),
    ],
)
def test_a_bad_file_is_refused_beside_its_field(
    client: Client, duty: Duty, content: bytes, name: str, says: str | None
) -> None:
    entries = LedgerEntry.objects.count()
    page = client.post(address(duty), GIVEN | {"document": upload(content, name)})
    assert list(errors(page)) == ["document"]
    assert says is None or errors(page)["document"] == [says]
    form = page.context["form"]
    assert [form[name].value() for name in GIVEN] == list(GIVEN.values())
    assert not Completion.objects.exists()
    assert not Document.objects.exists()
    assert LedgerEntry.objects.count() == entries


def test_a_hostile_file_name_does_no_harm(client: Client, duty: Duty) -> None:
    name = "../../<script>alert(1)</script>\u202eplan.txt"
    client.post(address(duty), GIVEN | {"document": upload(name=name)})
    page = client.get(Completion.objects.get().get_absolute_url())
    assert "<script>alert" not in text(page)
    served = client.get(Completion.objects.get().document.get_absolute_url())
    assert b"".join(served.streaming_content if served.streaming else [served.content]) == PLAN
    assert ".." not in served["Content-Disposition"]


@pytest.mark.parametrize(
    ("persona", "status"),
    [
        ("chair", 200),
        ("company_counsel", 200),
        ("independent_counsel", 200),
        ("management", 404),
        ("external_auditor", 404),
        ("administrator", 404),
    ],
)
def test_the_document_opens_to_readers_alone(
    request: pytest.FixtureRequest,
    client_of: ClientOf,
    client: Client,
    duty: Duty,
    persona: str,
    status: int,
) -> None:
    client.post(address(duty), GIVEN | {"document": upload()})
    url = Completion.objects.get().document.get_absolute_url()
    page = client_of(request.getfixturevalue(persona)).get(url)
    if page.streaming:
        b"".join(page.streaming_content)
    assert page.status_code == status


# The entry, and the ledger.


def test_the_entry_tells_what_when_and_by_whom(client: Client, duty: Duty) -> None:
    client.post(address(duty), GIVEN)
    page = client.get(Completion.objects.get().get_absolute_url())
    assert [(line.term, line.text) for line in page.context["definitions"]] == [
        ("Performed on", "May 5, 2026"),
        ("Period", "fiscal year 2026"),
        ("Note", "Discussed the plan."),
        ("Recorded by", "Sara Secretary"),
        ("Recorded on", "November 20, 2026"),
    ]
    assert [action.label for action in page.context["actions"]] == ["Correct", "Withdraw"]


def test_an_entry_is_read_by_who_reads_standings(
    client_of: ClientOf, stage: Stage, duty: Duty, chair: User, management: User
) -> None:
    url = stage.complete(duty, date(2026, 5, 5)).get_absolute_url()
    page = client_of(chair).get(url)
    assert (page.status_code, page.context["actions"]) == (200, [])
    assert client_of(management).get(url).status_code == 404


def test_the_ledger_has_no_prose(client: Client, duty: Duty) -> None:
    client.post(address(duty), GIVEN | {"document": upload(name="secret-plan.txt")})
    first = Completion.objects.get()
    client.post(f"/completions/{first.pk}/correct/", GIVEN | {"note": "Other words."})
    later = Completion.objects.get(corrects=first)
    client.post(f"/completions/{later.pk}/withdraw/", {"reason": "Another duty was meant."})
    entries = LedgerEntry.objects.filter(action__startswith="completion.")
    assert [entry.action for entry in entries] == [
        "completion.recorded",
        "completion.corrected",
        "completion.withdrawn",
    ]
    written = str([(e.facts, e.subject) for e in LedgerEntry.objects.all()])
    prose = ["Discussed", "Other words", "Another duty", "secret-plan", "Review the audit plan"]
    assert [words for words in prose if words in written] == []
    assert ledger.verify().sound


# Correcting and withdrawing.


def test_a_correction_takes_the_first_ones_place(client: Client, stage: Stage, duty: Duty) -> None:
    first = stage.complete(duty, date(2026, 5, 5), note="In May.")
    url = f"/completions/{first.pk}/correct/"
    assert client.get(url).context["form"].initial == {
        "performed_on": date(2026, 5, 5),
        "serves": "2026-12-31",
        "note": "In May.",
    }
    client.post(url, GIVEN | {"performed_on": "2026-08-04", "note": "In August."})
    later = Completion.objects.standing().get()
    assert (later.corrects, later.performed_on, later.note) == (
        first,
        date(2026, 8, 4),
        "In August.",
    )
    page = client.get(first.get_absolute_url())
    assert (page.context["later"], page.context["actions"]) == (later, [])
    assert "A later entry replaced this one. It no longer counts." in text(page)
    assert "See replaced entry" in text(client.get(later.get_absolute_url()))


def test_a_correction_keeps_the_document_unless_there_is_another(
    client: Client, duty: Duty
) -> None:
    client.post(address(duty), GIVEN | {"document": upload()})
    first = Completion.objects.get()
    client.post(f"/completions/{first.pk}/correct/", GIVEN)
    second = Completion.objects.standing().get()
    assert second.document == first.document
    client.post(
        f"/completions/{second.pk}/correct/", GIVEN | {"document": upload(b"New.\n", "new.txt")}
    )
    assert Completion.objects.standing().get().document.file_name == "new.txt"


def test_a_correction_of_long_ago_keeps_its_period(
    client: Client, stage: Stage, duty: Duty
) -> None:
    first = stage.complete(duty, date(2009, 5, 5))
    url = f"/completions/{first.pk}/correct/"
    form = client.get(url).context["form"]
    assert (form.initial["serves"], form.fields["serves"].choices[-1]) == (
        "2009-12-31",
        ("2009-12-31", "Fiscal year 2009"),
    )
    client.post(url, {"performed_on": "2009-06-06", "serves": "2009-12-31"})
    assert Completion.objects.standing().get().performed_on == date(2009, 6, 6)


def test_what_was_corrected_is_not_corrected_again(
    client: Client, stage: Stage, duty: Duty
) -> None:
    first = stage.complete(duty, date(2026, 5, 5))
    url = f"/completions/{first.pk}/correct/"
    client.post(url, GIVEN)
    page = client.post(url, GIVEN | {"note": "Twice."})
    assert errors(page) == {
        "__all__": ["A later entry replaced this one. Correct the later entry."]
    }
    assert page.context["form"]["note"].value() == "Twice."
    assert Completion.objects.count() == 2


def test_a_withdrawal_needs_its_reason(client: Client, stage: Stage, duty: Duty) -> None:
    first = stage.complete(duty, date(2026, 5, 5))
    url = f"/completions/{first.pk}/withdraw/"
    assert errors(client.post(url, {"reason": "  "})) == {"reason": ["This field is required."]}
    client.post(url, {"reason": "Another duty was meant."})
    assert not Completion.objects.standing().exists()
    page = client.get(first.get_absolute_url())
    assert "This entry was withdrawn. It no longer counts." in text(page)
    withdrawal = client.get(page.context["later"].get_absolute_url())
    assert [(d.term, d.text) for d in withdrawal.context["definitions"]][2] == (
        "Reason",
        "Another duty was meant.",
    )
    assert withdrawal.context["actions"] == []


@pytest.mark.parametrize("verb", ["correct", "withdraw"])
def test_a_withdrawal_itself_stays(client: Client, stage: Stage, duty: Duty, verb: str) -> None:
    first = stage.complete(duty, date(2026, 5, 5))
    gone = services.withdraw_completion(first, reason="In error.", **SIGNED)
    page = client.post(f"/completions/{gone.pk}/{verb}/", GIVEN | {"reason": "Again."})
    assert list(errors(page)) == ["__all__"]
    assert Completion.objects.count() == 2


@pytest.mark.parametrize("verb", ["correct", "withdraw"])
def test_who_may_not_complete_may_not_correct(
    client_of: ClientOf, stage: Stage, duty: Duty, chair: User, verb: str
) -> None:
    first = stage.complete(duty, date(2026, 5, 5))
    url = f"/completions/{first.pk}/{verb}/"
    assert client_of(chair).post(url, GIVEN | {"reason": "No."}).status_code == 403
    assert Completion.objects.count() == 1


def test_unknown_numbers_are_not_found(client: Client, stage: Stage) -> None:
    for path in ("/duties/999/", "/duties/999/complete/", "/completions/999/"):
        assert client.get(path).status_code == 404
