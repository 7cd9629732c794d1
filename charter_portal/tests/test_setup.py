"""Setting up a company: every step through its real address, in order, out of order, and badly typed."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from accounts.tests.test_reauthentication import signed_in
from charters.enums import Standing
from charters.models import CharterVersion, Committee, Completion, Duty
from charters.standing import read
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from charters.tests.views.test_import import paste, save, typed
from committees import services
from committees.models import Director
from records import clock, ledger, sending
from records.enums import NewAccounts
from records.models import Company, Document, LedgerEntry, Notice
from records.services import deliveries, notices

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]

COMPANY = {
    "name": "Larch Instruments, Inc.",
    "ticker": "lrch",
    "exchange": "nasdaq",
    "state": "Delaware",
    "time_zone": "America/Chicago",
    "locale": "en-us",
    "currency": "USD",
    "paper_size": "letter",
    "new_accounts": NewAccounts.AT_ONCE,
}
CALENDAR = {
    "month": "9",
    "day": "30",
    "rule": "last_weekday",
    "weekday": "5",
    "category": "accelerated",
    "annual_meeting": "2027-02-10",
}
RECORD = {"records_begin": "2026-10-01", "annually": "fiscal_year"}
CHARTER = """\
Charter of the Audit Committee

Membership

The Committee shall consist of three or more directors.

Responsibilities

1. Review the audit scope and plan of the independent auditors.
2. Conduct an annual performance evaluation of the Committee.
"""


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


def text(page) -> str:
    return " ".join(page.content.decode().replace("&#x27;", "'").split())


def steps(client: Client) -> dict[str, str]:
    """By title: done, the step it waits for, or to do."""
    return {
        str(step.title): "done" if step.is_done else str(step.waits_for) or "to do"
        for step in client.get("/setup/").context["guide"].steps
    }


def rows(count: int, *filled: dict[str, str], **above: str) -> dict[str, str]:
    """A formset as a browser sends it."""
    sent = {"form-TOTAL_FORMS": str(count), "form-INITIAL_FORMS": "0"} | above
    for number, row in enumerate(filled):
        sent |= {f"form-{number}-{name}": value for name, value in row.items()}
    return sent


def a_person(role: Role, name: str) -> dict[str, str]:
    return {"role": role.value, "name": name, "email": f"{name.split()[0].lower()}@example.com"}


def people(*filled: dict[str, str]) -> dict[str, str]:
    blank = {"role": "director", "name": "", "email": ""}
    return rows(10, *filled, *[blank] * (10 - len(filled)))


def seat(name: str, chair: str = "") -> dict[str, str]:
    since = "2024-05-15"
    return {"name": name, "board_since": since, "committee_since": since, "chair_since": chair}


def seats(*filled: dict[str, str], name: str = "Audit Committee") -> dict[str, str]:
    return rows(8, *filled, committee_name=name)


def errors(page) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def row_errors(page) -> dict[int, dict[str, list[str]]]:
    return {n: dict(found) for n, found in enumerate(page.context["formset"].errors) if found}


# From nothing to a charter with its standings.


def test_from_an_empty_installation_to_a_charter_with_standings(
    client: Client, secretary: User
) -> None:
    assert "0 of 8 required steps are done." in text(client.get("/setup/"))
    assert client.post("/setup/company/", COMPANY)["Location"] == "/setup/"
    client.post("/setup/calendar/", CALENDAR)
    client.post("/setup/record/", RECORD)
    client.post("/setup/people/", people(a_person(Role.DIRECTOR, "Judith Chair")))
    client.post("/setup/committee/", seats(seat("Judith Chair", chair="2025-01-01"), seat("Max")))
    save(client, paste(client, CHARTER))
    adoption = {"adopted_on": "2026-10-05", "effective_on": "2026-10-05", "confirmed": "1"}
    client.post(f"{CharterVersion.objects.get().get_absolute_url()}adopt/", adoption)
    offered = {
        f"entry_{each.key}": each.reference
        for each in client.get("/charter/duties/").context["proposals"]
        if each.reference
    }
    client.post("/charter/duties/", offered | {"in_force_from": "2026-10-05"})
    form = client.get("/charter/owners/").context["form"]
    everybody = {name: secretary.email for name in form.fields if name.startswith("rest_")}
    client.post("/charter/owners/", everybody)
    assert set(Duty.objects.values_list("owner", flat=True)) == {secretary.pk}
    duty = Duty.objects.get(catalogue_key="audit-plan")
    client.post("/duties/backfill/", past({"on": "2026-11-03", "duties": [duty.pk]}))
    client.post("/setup/mail/")
    deliveries.sweep(clock.now)
    page = client.get("/setup/")
    assert set(steps(client).values()) == {"done"}
    assert (page.context["next"], bool(page.context["summary"])) == (None, True)
    committee = Committee.objects.audit()
    assert committee is not None
    standings = {row.duty.pk: row.standing for row in read(committee, date(2026, 11, 20)).duties}
    assert standings[duty.pk] == Standing.ON_FILE
    assert "Setup" not in [place.label for place in page.context["navigation"]]
    assert ledger.verify().sound


def test_the_home_page_leads_to_the_guide_until_there_is_a_duty(client: Client) -> None:
    [ask] = client.get("/").context["asks"]
    assert (ask.sentence, ask.url) == ("Setup is not complete.", "/setup/")
    stage = set_the_stage()
    assert client.get("/").context["asks"][0].url == "/setup/"
    stage.duty()
    assert "/setup/" not in [ask.url for ask in client.get("/").context["asks"]]


@pytest.mark.parametrize("persona", ["chair", "management", "administrator", "company_counsel"])
def test_the_guide_is_the_secretarys(
    request: pytest.FixtureRequest, client_of: ClientOf, persona: str
) -> None:
    client = client_of(request.getfixturevalue(persona))
    assert client.get("/setup/").status_code == 403
    assert client.post("/setup/company/", COMPANY).status_code == 403
    assert client.get("/").context["asks"] == []
    assert not Company.objects.exists()


def test_a_stranger_cannot_seize_an_empty_installation() -> None:
    page = Client().get("/setup/company/")
    assert page["Location"] == "/sign-in/?next=/setup/company/"
    assert "manage.py create_person" in text(Client().get("/sign-in/"))
    assert Client().post("/setup/company/", COMPANY).status_code == 302
    assert not Company.objects.exists()


def test_once_somebody_has_an_account_the_sign_in_page_says_nothing_of_it(secretary: User) -> None:
    assert "create_person" not in text(Client().get("/sign-in/"))


# The steps, in any order.


def test_without_a_company_only_what_needs_none_can_begin(client: Client) -> None:
    assert steps(client) == {
        "The company": "to do",
        "Calendar": "The company",
        "Where records begin": "The company",
        "People": "to do",
        "The committee": "to do",
        "The charter": "to do",
        "The responsibilities": "The charter",
        "Owners": "The responsibilities",
        "Past work": "The responsibilities",
        "Email": "to do",
    }


@pytest.mark.parametrize("step", ["calendar", "record"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_step_that_needs_the_company_leads_there(client: Client, step: str, method: str) -> None:
    page = getattr(client, method)(f"/setup/{step}/", CALENDAR | RECORD)
    assert page["Location"] == "/setup/company/"
    assert not Company.objects.exists()


def test_the_charter_first_and_the_company_after(client: Client) -> None:
    save(client, paste(client, CHARTER), company="Larch Instruments, Inc.")
    assert steps(client)["The company"] == "to do"
    page = client.get("/setup/company/")
    assert page.context["form"].initial["name"] == "Larch Instruments, Inc."
    client.post("/setup/company/", COMPANY)
    assert steps(client)["The company"] == "done"
    assert Company.objects.get().ticker == "LRCH"


def test_the_committee_before_the_company(client: Client) -> None:
    client.post("/setup/committee/", seats(seat("Judith Chair", chair="2025-01-01")))
    assert steps(client)["The committee"] == "done"


def test_what_was_entered_stands_in_the_guide_with_links_to_change_it(client: Client) -> None:
    client.post("/setup/company/", COMPANY)
    [company] = [s for s in client.get("/setup/").context["guide"].steps if "company" in s.title]
    assert ("Time zone", "America/Chicago") in [(str(e.term), e.text) for e in company.entered]
    assert [link.url for link in company.changes] == ["/setup/company/"]
    client.post("/setup/company/", COMPANY | {"name": "Larch Holding, Inc."})
    assert Company.objects.get().name == "Larch Holding, Inc."


# Nothing is assumed silently.


def test_a_default_is_said_to_be_one_until_it_is_saved(client: Client) -> None:
    page = client.get("/setup/company/")
    defaults = {name for name, field in page.context["form"].fields.items() if says(field)}
    assert defaults == COMPANY.keys() - {"name", "ticker"}
    client.post("/setup/company/", COMPANY)
    page = client.get("/setup/company/")
    assert not any(says(field) for field in page.context["form"].fields.values())
    calendar = client.get("/setup/calendar/").context["form"]
    assert {name for name, field in calendar.fields.items() if says(field)} == {
        "month",
        "day",
        "category",
        "is_smaller_reporting",
    }


def says(field) -> bool:
    return "Default value." in str(field.help_text)


def test_saving_what_was_pre_filled_confirms_it(client: Client) -> None:
    client.post("/setup/company/", COMPANY)
    form = client.get("/setup/calendar/").context["form"]
    usual = {name: value for name, value in form.initial.items() if value not in (None, False)}
    client.post("/setup/calendar/", usual)
    client.post("/setup/record/", client.get("/setup/record/").context["form"].initial)
    assert Company.objects.get().to_confirm == []


def test_a_calendar_corrects_what_was_assumed(client: Client) -> None:
    client.post("/setup/company/", COMPANY)
    client.post("/setup/calendar/", CALENDAR)
    company = Company.objects.get()
    assert company.calendar.year_of(date(2026, 11, 20)).last == date(2027, 9, 25)
    [status] = company.filer_statuses.all()
    assert (status.category, status.is_smaller_reporting) == ("accelerated", False)
    assert [meeting.on for meeting in company.annual_meetings.all()] == [date(2027, 2, 10)]
    client.post("/setup/calendar/", CALENDAR)
    assert company.annual_meetings.count() == company.fiscal_year_ends.count() == 1


# People.


def test_people_get_accounts_and_roles(client: Client) -> None:
    client.post(
        "/setup/people/",
        people(
            a_person(Role.DIRECTOR, "Judith Chair"),
            a_person(Role.MANAGEMENT, "Grace Finance"),
            a_person(Role.SECRETARY, "Grace Finance"),
        ),
    )
    on = date(2026, 11, 20)
    held = {user.name: user.roles(on) for user in User.objects.all()}
    assert held["Judith Chair"] == {Role.DIRECTOR}
    assert held["Grace Finance"] == {Role.MANAGEMENT, Role.SECRETARY}
    deliveries.sweep(clock.now)
    assert {sent.to[0] for sent in mail.outbox} == {"judith@example.com", "grace@example.com"}
    assert steps(client)["People"] == "done"


def test_people_wait_for_a_second_person_where_the_company_asks_for_one(client: Client) -> None:
    client.post("/setup/company/", COMPANY | {"new_accounts": NewAccounts.BY_TWO})
    sent = people(a_person(Role.DIRECTOR, "Judith Chair"))
    page = client.post("/setup/people/", sent, follow=True)
    assert "Another person must confirm them" in text(page)
    assert not User.objects.get(name="Judith Chair").is_active
    assert steps(client)["People"] == "to do"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"name": "Max", "email": ""}, {"email": ["Enter both, or clear the row."]}),
        ({"name": "", "email": "max@example.com"}, {"name": ["Enter both, or clear the row."]}),
        ({"name": "Max", "email": "max"}, {"email": ["Enter a valid email address."]}),
        ({"name": "Max", "email": "a@b.example\nBcc: c@d.example"}, {"email": None}),
        ({"name": "Max", "email": "max@example.com", "role": "king"}, {"role": None}),
    ],
)
def test_a_row_that_is_wrong_keeps_what_was_typed(
    client: Client, row: dict, expected: dict[str, Any]
) -> None:
    before = User.objects.count()
    page = client.post(
        "/setup/people/",
        people(a_person(Role.DIRECTOR, "Judith Chair"), {"role": "director"} | row),
    )
    [(number, found)] = row_errors(page).items()
    assert (number, list(found)) == (1, list(expected))
    assert all(found[name] == said for name, said in expected.items() if said)
    assert page.context["formset"][0]["name"].value() == "Judith Chair"
    assert page.context["formset"][1]["name"].value() == row["name"]
    assert User.objects.count() == before


def test_a_role_held_already_is_refused_in_its_row_and_nobody_is_let_in(
    client: Client, chair: User
) -> None:
    before = LedgerEntry.objects.count()
    again = {"role": "director", "name": chair.name, "email": chair.email.upper()}
    page = client.post("/setup/people/", people(a_person(Role.DIRECTOR, "Max Member"), again))
    assert list(row_errors(page)) == [1]
    assert "This person already has the role on that date" in str(row_errors(page))
    assert not User.objects.filter(name="Max Member").exists()
    assert LedgerEntry.objects.count() == before


def test_giving_roles_asks_for_a_fresh_sign_in_and_keeps_the_sheet(secretary: User) -> None:
    secretary.set_password("quiet river of stones")
    secretary.save()
    client, sent = signed_in(secretary), people(a_person(Role.DIRECTOR, "Judith Chair"))
    with time_machine.travel(AT + timedelta(minutes=6), tick=False):
        page = client.post("/setup/people/", sent)
        assert not User.objects.filter(name="Judith Chair").exists()
        again = dict(page.context["typed"]) | {"again-password": "quiet river of stones"}
        assert client.post("/setup/people/", again)["Location"] == "/setup/"
    assert User.objects.get(name="Judith Chair").roles(date(2026, 11, 20)) == {Role.DIRECTOR}


def test_nobody_gives_a_role_to_themselves(client: Client, secretary: User) -> None:
    own = {"role": "administrator", "name": secretary.name, "email": secretary.email}
    assert "You cannot give yourself a role." in str(
        row_errors(client.post("/setup/people/", people(own)))
    )


def test_a_sheet_without_a_row_is_refused(client: Client) -> None:
    for path, sent in (("people", people()), ("committee", seats())):
        page = client.post(f"/setup/{path}/", sent)
        assert page.context["formset"].non_form_errors() == ["Fill in at least one row."]
    assert not Committee.objects.exists()


# The committee.


def test_directors_are_seated_on_the_board_and_the_committee(client: Client, chair: User) -> None:
    [first] = client.get("/setup/committee/").context["formset"].initial
    assert first == {"name": chair.name, "user": chair.pk}
    client.post(
        "/setup/committee/",
        seats(
            seat(chair.name, chair="2025-01-01") | {"user": str(chair.pk)},
            seat("Max Member"),
            {"name": "Only Board", "board_since": "2020-01-01"},
            name="Audit and Risk Committee",
        ),
    )
    audit, board = Committee.objects.audit(), Committee.objects.board()
    assert audit is not None
    assert board is not None
    on = date(2026, 11, 20)
    assert (str(audit), audit.memberships.in_office(on).count()) == ("Audit and Risk Committee", 2)
    assert board.memberships.in_office(on).count() == 3
    assert Director.objects.get(user=chair).name == chair.name
    assert client.get("/setup/committee/").context["form"] is None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"committee_since": "2024-01-01"}], {0: ["name"]}),
        ([{"name": "A", "chair_since": "2024-01-01"}], {0: ["committee_since"]}),
        ([seat("A", chair="2023-01-01")], {0: ["chair_since"]}),
        ([{"name": "A", "board_since": "0001-01-01"}], {0: ["board_since"]}),
        ([seat("A"), seat("a")], {1: ["name"]}),
        ([{"name": "A", "user": "999999"}], {0: ["user"]}),
    ],
)
def test_a_seat_that_cannot_be_is_refused_in_its_row(
    client: Client, rows: list[dict], expected: dict
) -> None:
    page = client.post("/setup/committee/", seats(*rows))
    assert {n: list(found) for n, found in row_errors(page).items()} == expected
    assert not Director.objects.exists()
    assert not Committee.objects.exists()


def test_there_is_one_chair_at_a_time(client: Client) -> None:
    page = client.post("/setup/committee/", seats(*[seat(n, chair="2025-01-01") for n in "AB"]))
    assert "one chair at a time" in str(page.context["formset"].non_form_errors())
    assert not Director.objects.exists()


# What is typed wrongly.


@pytest.mark.parametrize(
    ("step", "sent", "field"),
    [
        ("company", COMPANY | {"name": " "}, "name"),
        ("company", COMPANY | {"time_zone": "Mars/Phobos"}, "time_zone"),
        ("company", COMPANY | {"currency": "dollars"}, "currency"),
        ("calendar", CALENDAR | {"weekday": ""}, "weekday"),
        ("calendar", CALENDAR | {"month": "2", "day": "30"}, "day"),
        ("calendar", CALENDAR | {"category": "king"}, "category"),
        ("calendar", CALENDAR | {"annual_meeting": "soon"}, "annual_meeting"),
        ("record", RECORD | {"records_begin": "2026-11-21"}, "records_begin"),
        ("record", RECORD | {"annually": "often"}, "annually"),
    ],
)
def test_a_step_keeps_what_was_typed(client: Client, step: str, sent: dict, field: str) -> None:
    client.post("/setup/company/", COMPANY | {"name": "Before, Inc."})
    before = LedgerEntry.objects.count()
    page = client.post(f"/setup/{step}/", sent)
    assert list(errors(page)) == [field]
    assert page.context["form"][field].value() == sent[field]
    assert (Company.objects.get().name, LedgerEntry.objects.count()) == ("Before, Inc.", before)


@pytest.mark.parametrize("total", ["", "x", "-1", "99999"])
@pytest.mark.parametrize("path", ["/setup/people/", "/setup/committee/", "/duties/backfill/"])
def test_a_damaged_sheet_is_refused(client: Client, path: str, total: str) -> None:
    set_the_stage().duty()
    before = LedgerEntry.objects.count()
    sent = {"form-TOTAL_FORMS": total, "form-INITIAL_FORMS": "0"}
    assert client.post(path, sent).status_code == 200
    assert LedgerEntry.objects.count() == before


# The mail.


def test_a_test_mail_goes_the_way_of_every_notice(client: Client, secretary: User) -> None:
    assert "No test email was sent yet." in text(client.get("/setup/mail/"))
    page = client.post("/setup/mail/", follow=True)
    assert "It will be sent within two minutes" in text(page)
    assert (steps(client)["Email"], mail.outbox) == ("to do", [])
    deliveries.sweep(clock.now)
    [sent] = mail.outbox
    assert (sent.to, "This is the test email you asked for" in sent.body) == (
        [secretary.email],
        True,
    )
    assert f"for {secretary.email}" in text(client.get("/setup/mail/"))
    assert steps(client)["Email"] == "done"
    assert LedgerEntry.objects.filter(action="mail.asked_for").count() == 1


def test_a_test_mail_that_was_cancelled_says_so(client: Client, secretary: User) -> None:
    client.post("/setup/mail/")
    notice = Notice.objects.get(kind="charter_portal.mail_check")
    notices.cancel(notice, because="Asked twice.", by=secretary, at=clock.now())

    page = text(client.get("/setup/mail/"))
    assert f"{secretary} canceled it: Asked twice." in page
    assert "It will be sent within two minutes" not in page


def test_a_test_mail_in_a_folder_is_no_mail(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = sending.FOLDER, tmp_path
    client.post("/setup/mail/")
    deliveries.sweep(clock.now)
    assert "It was written to a folder and sent to nobody" in text(client.get("/setup/mail/"))
    assert steps(client)["Email"] == "to do"


def test_a_test_mail_that_was_not_taken_says_why(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client.post("/setup/mail/")
    deliveries.sweep(clock.now)
    assert "The mail server did not answer. It will be sent" in text(client.get("/setup/mail/"))
    assert steps(client)["Email"] == "to do"


# What happened before.


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def past(*days: dict[str, Any]) -> dict[str, Any]:
    return rows(4, *days)


def completions() -> set[tuple[str, date, date]]:
    return set(Completion.objects.values_list("duty__title", "performed_on", "serves"))


def test_guide_is_led_back_to_from_the_import_to_the_duties(
    client_of: ClientOf, secretary: User
) -> None:
    client = client_of(secretary)
    client.post("/setup/company/", COMPANY)
    back = '<a href="/setup/">Back to where you were</a>'
    url = charter_step(client).action.url
    assert url == "/charter/import/?next=%2Fsetup%2F"
    saved = client.post(url, typed(client.post(url, {"text": CHARTER})))
    version = CharterVersion.objects.get()
    assert saved["Location"] == f"/charter/versions/{version.pk}/?next=%2Fsetup%2F"
    page = client.get(saved["Location"])
    assert f"The draft was saved. {back}" in text(page)
    assert charter_step(client).action.url == saved["Location"]
    adopt = page.context["primary"].url
    days = {"adopted_on": "2026-11-02", "effective_on": "2026-11-02", "confirmed": "1"}
    page = client.post(adopt, days, follow=True)
    assert page.redirect_chain == [("/charter/duties/?next=%2Fsetup%2F", 302)]
    assert f"The adoption was recorded. {back}" in text(page)


def charter_step(client: Client) -> Any:
    guide = client.get("/setup/").context["guide"]
    return next(step for step in guide.steps if step.title == "The charter")


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "x"]
)
def test_only_a_page_of_the_portal_is_led_back_to(
    client: Client, stage: Stage, elsewhere: str
) -> None:
    plan = stage.duty(title="Plan")
    sent = past({"on": "2026-05-05", "duties": [plan.pk]})
    page = client.post(f"/duties/backfill/?{urlencode({'next': elsewhere})}", sent)
    assert page["Location"] == "/duties/backfill/"
    assert "Back to where you were" not in text(client.get("/duties/backfill/"))


def test_papers_of_a_sheet_with_a_fault_are_asked_for_again(client: Client, stage: Stage) -> None:
    plan = stage.duty(title="Plan")
    paper = SimpleUploadedFile("minutes.txt", b"Minutes of May.")
    page = client.post(
        "/duties/backfill/",
        past(
            {"on": "2026-05-05", "paper": paper, "duties": [plan.pk]},
            {"on": "2026-08-04"},
        ),
    )
    again = "Choose this file again: minutes.txt."
    errors = page.context["days"].errors
    assert (errors[0], list(errors[1])) == ({"paper": [again]}, ["on"])
    assert text(page).count(again) == 2


def test_a_sheet_records_many_completions_and_files_each_paper_once(
    client: Client, stage: Stage
) -> None:
    plan, work = stage.duty(title="Plan"), stage.duty(title="Work")
    paper = SimpleUploadedFile("minutes.txt", b"Minutes of May.")
    page = client.post(
        "/duties/backfill/",
        past(
            {"on": "2026-08-04", "duties": [work.pk]},
            {"on": "2026-05-05", "note": "Regular", "paper": paper, "duties": [plan.pk, work.pk]},
        ),
    )
    assert page["Location"] == "/duties/backfill/"
    year = date(2026, 12, 31)
    assert completions() == {
        ("Plan", date(2026, 5, 5), year),
        ("Work", date(2026, 5, 5), year),
        ("Work", date(2026, 8, 4), year),
    }
    document = Document.objects.get()
    assert Completion.objects.filter(document=document, note="Regular").count() == 2
    [row, *_others] = client.get("/duties/backfill/").context["rows"]
    assert row.known == "on record: May 5, 2026"


def test_each_counts_for_the_period_that_was_open_then(client: Client, stage: Stage) -> None:
    duty = stage.duty(title="Plan")
    days = [{"on": on, "duties": [duty.pk]} for on in ("2026-03-20", "2026-02-10")]
    client.post("/duties/backfill/", past(*days))
    assert completions() == {
        ("Plan", date(2026, 2, 10), date(2025, 12, 31)),
        ("Plan", date(2026, 3, 20), date(2026, 12, 31)),
    }


def test_what_is_on_record_is_not_recorded_twice(client: Client, stage: Stage) -> None:
    plan, work = stage.duty(title="Plan"), stage.duty(title="Work")
    stage.complete(plan, date(2026, 5, 5))
    sent = past({"on": "2026-05-05", "duties": [plan.pk, work.pk]})
    page = client.post("/duties/backfill/", sent, follow=True)
    assert "1 completion was recorded. 1 was already on record." in text(page)
    assert Completion.objects.count() == 2


def test_a_condition_is_not_performed(client: Client, stage: Stage) -> None:
    stage.duty(stage.size, title="Size", kind="condition")
    assert client.get("/duties/backfill/").context["rows"] == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([{"on": "2026-11-21", "duties": ["plan"]}], {0: ["on"]}),
        ([{"on": "", "duties": ["plan"]}], {0: ["on"]}),
        ([{"on": "2026-05-05"}], {0: ["on"]}),
        ([{"on": "2026-05-05", "duties": ["999999"]}], {0: ["duties"]}),
        ([{"on": "05/05/2026", "duties": ["plan"]}], {0: ["on"]}),
        (
            [{"on": "2026-05-05", "duties": ["plan"], "paper": (b"MZ\x90\x00", "minutes.pdf")}],
            {0: ["paper"]},
        ),
    ],
)
def test_a_sheet_that_is_wrong_keeps_its_ticks(
    client: Client, stage: Stage, days: list[dict], expected: dict
) -> None:
    duty = stage.duty(title="Plan")
    sent = [
        day | {"duties": [str(duty.pk) if tick == "plan" else tick for tick in day["duties"]]}
        if "duties" in day
        else day
        for day in days
    ]
    for day in sent:
        if "paper" in day:
            content, name = day["paper"]
            day["paper"] = SimpleUploadedFile(name, content)
    page = client.post("/duties/backfill/", past(*sent))
    found = {n: list(e) for n, e in enumerate(page.context["days"].errors) if e}
    assert found == expected
    [row] = page.context["rows"]
    assert row.boxes[0].is_ticked == (str(duty.pk) in sent[0].get("duties", []))
    assert not Completion.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ([], "Enter at least one date and check what was done"),
        ([{"on": "2026-05-05", "duties": ["plan"]}] * 2, "Two of the dates are the same."),
    ],
)
def test_a_sheet_needs_days_of_its_own(
    client: Client, stage: Stage, days: list[dict], says: str
) -> None:
    duty = stage.duty(title="Plan")
    page = client.post("/duties/backfill/", past(*[day | {"duties": [duty.pk]} for day in days]))
    assert says in str(page.context["days"].non_form_errors())
    assert not Completion.objects.exists()


def test_directors_read_and_do_not_backfill(client_of: ClientOf, chair: User, stage: Stage) -> None:
    assert client_of(chair).get("/duties/backfill/").status_code == 403


def test_the_guide_makes_as_many_queries_with_many_people_as_with_few(
    client: Client, stage: Stage
) -> None:
    client.get("/setup/")
    with CaptureQueriesContext(connection) as few:
        client.get("/setup/")
    for number in range(8):
        user = User.objects.create_user(f"p{number}@example.com", f"P {number}")
        user.roleterm_set.create(role=Role.DIRECTOR, starts_on=date(2026, 1, 1))
        director = services.add_director(name=f"P {number}", user=user, **SIGNED)
        services.seat(director, stage.committee, starts_on=date(2026, 1, 1), **SIGNED)
    with CaptureQueriesContext(connection) as many:
        client.get("/setup/")
    assert (
        len(many) <= len(few) + 2
    )  # seats have terms as chair, and people roles, in one query each
