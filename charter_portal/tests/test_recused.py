"""What is recused is nowhere: for the recused person no address holds the planted words of the item,
nor of the record that it came from.

The addresses come from the URL table, so that a new page is tried too: each is read, and each form is
sent empty, as it stands, overtaken, and confirmed. Files are opened: every stream and string of a PDF,
each part of a workbook or an archive. The emails that are owed to the person are read as they go out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from itertools import product
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.tests.personas import LONG_AGO
from accounts.withheld import url_of
from auditors.models import (
    Approval,
    FeeLine,
    Finding,
    Letter,
    LetterException,
    ServiceRequest,
)
from charter_portal.tests.recused import (
    ASKED_FOR,
    NOW,
    PLANTED,
    Matters,
    the_matters,
    whole,
    whole_letter,
)
from charter_portal.tests.test_bad_input import filled, places_on
from charter_portal.tests.walking import addresses, collected, undone
from charters.models import Action, Clause, Decision, Duty
from charters.standing import Docket
from committees.models import (
    LetterStep,
    RegulatorLetter,
    RelatedPartyTransaction,
    TransactionReview,
)
from meetings.models import (
    AgendaItem,
    Meeting,
    Minutes,
    Pack,
    Paper,
    Paragraph,
    Recommendation,
)
from meetings.services.feeds import create_feed_address
from records.models import Company, Document, LedgerEntry, Notice
from records.services import deliveries
from records.stale import VERSION

pytestmark = pytest.mark.django_db

# The secretary keeps the accounts too: rights add up, and none of them opens what is restricted.
ALL_RECUSED = ("member", "secretary", "administrator")
# Those who walk. Who keeps nothing but the accounts walks with `make faults`; with another database than
# SQLite one person walks: whose rights they are is no database's business.
RECUSED = ALL_RECUSED[:2] if connection.vendor == "sqlite" else ALL_RECUSED[:1]
if os.environ.get("FAULTS") == "1":
    RECUSED = ALL_RECUSED[2:]
ClientOf = Callable[..., Client]
# Lists on which somebody who is not recused reads the words of a record behind an item.
LISTS = (
    "home",
    "deadlines",
    "actions",
    "service_requests",
    "findings",
    "fees",
    "transactions",
    "regulator_letters",
)


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def matters(
    chair: User,
    member: User,
    secretary: User,
    administrator: User,
    secretary_in_management: User,
) -> Matters:
    RoleTerm.objects.create(user=secretary, role=Role.ADMINISTRATOR, starts_on=LONG_AGO)
    return the_matters(chair, member, (member, secretary, administrator))


# By the first word of an address's name, what its key is of; of another, every record of its app.
KEYS_OF = {
    "agenda": (AgendaItem, Meeting),
    "item": (AgendaItem,),
    "meeting": (Meeting,),
    "minutes": (Minutes, Meeting),
    "pack": (Pack, Meeting),
    "paper": (Paper, AgendaItem),
    "paragraph": (Paragraph,),
    "recommendation": (Recommendation,),
    "notice": (Notice,),
    "decision": (Decision,),
    "duty": (Duty,),
}


def keys(name: str, app: str) -> list[Any]:
    """Of an app the records that hold the words, or that lead to them."""
    of_apps: dict[str, tuple[Any, ...]] = {
        "meetings": (AgendaItem, Meeting, Minutes, Paper, Paragraph, Pack, Recommendation),
        "charters": (Decision, Duty, Action),
        "records": (Document,),
        "auditors": (ServiceRequest, Letter, LetterException, Finding, Approval, FeeLine),
        "committees": (RelatedPartyTransaction, TransactionReview, RegulatorLetter, LetterStep),
    }
    models = KEYS_OF.get(name.partition("_")[0]) or of_apps.get(app, ())
    found = {pk for model in models for pk in model.objects.values_list("pk", flat=True)[:12]}
    return sorted(found, key=str) or [1]


def paths(token: str = "unknown") -> Iterator[tuple[str, str]]:
    """Every address that the table knows, for every record of the scene: its name and its path."""
    company = Company.objects.get()
    docket = Docket(Duty.objects.all()[0].committee, NOW.date(), company)
    known: dict[str, list[Any]] = {
        "reference": [*Clause.objects.values_list("reference", flat=True)],
        "key": ["FY2026", *(item.key for item in docket.open_items())],
        "version": [1],
        "number": [1],
        "token": [token],
    }
    for address in sorted(set(addresses()), key=lambda each: each.name):
        for arguments in possibilities(address.name):
            values = [known.get(each) or keys(address.name, address.app) for each in arguments]
            for chosen in product(*values):
                with suppress(NoReverseMatch):  # a key of another sort than this address takes
                    yield (
                        address.name,
                        reverse(address.name, kwargs=dict(zip(arguments, chosen, strict=True))),
                    )


def possibilities(name: str) -> Iterator[list[str]]:
    """The arguments that an address takes, in each of its forms."""
    for entry in get_resolver().reverse_dict.getlist(name):
        for _path, arguments in entry[0]:
            yield arguments


def tells(response: HttpResponse) -> bool:
    return PLANTED.encode() in whole(response)


def test_no_address_tells_a_recused_person(
    matters: Matters, client_of: ClientOf, request: pytest.FixtureRequest, persona: str
) -> None:
    user = request.getfixturevalue(persona)
    client = client_of(user, raise_request_exception=False)
    cookies = client.cookies
    faults = []
    for name, path in dict.fromkeys(paths(create_feed_address(user, at=NOW))):
        client.cookies = deepcopy(cookies)
        with undone():
            page = client.get(path)
        if tells(page):
            faults.append(path)
        # What is refused to read is refused to send, and some pages are sent to only.
        if page.status_code in (200, 405) and name in collected() and collected()[name].post:
            sent = answers(client, name, path, page)
            faults += [f"{how}: {path}" for how, answer in sent if tells(answer)]
    assert faults == []


def answers(
    client: Client, name: str, path: str, page: HttpResponse
) -> Iterator[tuple[str, HttpResponse]]:
    """What a form answers: to nothing, to what stands in it, to what was overtaken, and done."""
    given = filled(places_on(page)) | data_of(name)
    sent = {
        "empty": {},
        "as it stands": given,
        "overtaken": {**given, VERSION: "0-0", "confirmed": "1"},
        "done": {**given, "confirmed": "1"},
    }
    cookies = client.cookies
    for how, typed in sent.items():
        # Somebody who signed out by the last one is back.
        client.cookies = deepcopy(cookies)
        with undone():
            yield how, client.post(path, typed, follow=True)


def data_of(name: str) -> dict[str, Any]:
    """What the walk of the addresses sends there, where it needs nobody to say it."""
    with suppress(KeyError):
        return dict(collected()[name].data({}))
    return {}


@pytest.fixture(params=RECUSED)
def persona(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_no_question_finds_what_is_recused(
    matters: Matters, client_of: ClientOf, secretary: User
) -> None:
    """Searches, filters of the activity log, other dates."""
    client = client_of(secretary)
    subjects = {f"meetings.AgendaItem:{item.pk}" for item in AgendaItem.objects.all()} | {
        f"charters.Decision:{decision.pk}" for decision in Decision.objects.all()
    }
    questions = [
        *(("ledger", {"subject": subject}) for subject in sorted(subjects)),
        ("ledger", {"action": "item.taken_up"}),
        ("ledger", {"action": "agenda_item.added"}),
        *((name, {"q": ASKED_FOR}) for name in ("decisions", "documents", "minutes", "meetings")),
        *((name, {"as_of": "2026-08-10"}) for name in ("charter", "deadlines", "open_items")),
    ]
    asked = [(reverse(name), query) for name, query in questions]
    assert [one for one in asked if tells(client.get(*one))] == []


def test_activity_log_and_its_export_tell_nothing(
    matters: Matters, client_of: ClientOf, secretary: User
) -> None:
    entries = LedgerEntry.objects.filter(subject=f"meetings.AgendaItem:{matters.decided.pk}")
    assert entries.count() >= 4
    client = client_of(secretary)
    with undone():
        exported = client.post(reverse("ledger_export"))
    # It holds every entry, and not all of them are open to this secretary.
    assert exported.status_code == 403
    assert not tells(exported)


def test_emails_tell_nothing(
    matters: Matters, request: pytest.FixtureRequest, client_of: ClientOf
) -> None:
    """Everything that is owed goes out: at once, in digests, and what the clock has to say."""
    from charter_portal.celery import app

    mail.outbox.clear()
    for task in [each for each in app.tasks.values() if each.name.startswith("meetings.")]:
        task.apply().get()
    with time_machine.travel(NOW.replace(day=24, hour=14), tick=False):  # a Tuesday morning
        deliveries.sweep(lambda: NOW.replace(day=24, hour=14))
    people = {request.getfixturevalue(persona).email for persona in ALL_RECUSED}
    told = [letter for letter in mail.outbox if people & set(letter.to)]
    assert told
    assert [each.subject for each in told if PLANTED.encode() in whole_letter(each.message())] == []


def test_walk_would_notice_a_leak(matters: Matters, client_of: ClientOf, chair: User) -> None:
    """A reader who is not recused finds the words where they belong."""
    decided, minutes = matters.decided, Minutes.objects.get(meeting=matters.decided.meeting)
    decision = decided.decision
    assert decision
    duty = Duty.objects.get(title="Review the fee")
    expected = {
        decided.meeting.get_absolute_url(),
        decided.get_absolute_url(),
        matters.waiting.get_absolute_url(),
        matters.canceled.get_absolute_url(),
        minutes.get_absolute_url(),
        decision.get_absolute_url(),
        duty.get_absolute_url(),
        *(paper.document.get_absolute_url() for paper in Paper.objects.all()),
        *(each.get_absolute_url() for each in Recommendation.objects.all()),
        reverse("decisions"),
        reverse("open_items"),
        *(url_of(each) for item in matters.sources for each in item.source_records),
        *(reverse(name) for name in LISTS),
    }
    assert expected <= {path for _name, path in paths()}
    client = client_of(chair)
    assert [path for path in expected if not tells(client.get(path))] == []


@pytest.mark.pdf
def test_words_are_found_in_a_pdf_that_holds_them(
    matters: Matters, client_of: ClientOf, chair: User, member: User
) -> None:
    """The pack and the minutes, for who may read all of them and for who may not."""
    found = [each.get_absolute_url() for each in Pack.objects.all()] + [
        reverse("minutes_pdf", args=[each.pk]) for each in Minutes.objects.all()
    ]
    for path in found:
        for reader, is_told in ((chair, True), (member, False)):
            answer = client_of(reader).get(path)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert content.startswith(b"%PDF"), path
            answer = client_of(reader).get(path)
            assert tells(answer) is is_told, (path, reader.name)
