"""The ledger's page, as its readers and others get it."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from records import guards, ledger
from records.acts import act
from records.document_kinds import DOCUMENT_KINDS, DocumentKind
from records.enums import Retention, SystemActor
from records.models import LedgerCheck, LegalHold
from records.services import ledger as services
from records.services.company import set_up
from records.services.documents import file
from records.tasks import check_ledger

pytestmark = pytest.mark.django_db

AT = datetime(2026, 8, 4, 16, 30, tzinfo=UTC)


@act
def note(
    subject: Any,
    times: int = 1,
    *,
    action: str = "role.given",
    by: User | SystemActor | None = None,
    at: datetime = AT,
) -> None:
    for _ in range(times):
        ledger.record(action, subject=subject, by=by or subject, at=at)


@act
def note_in_turn(subject: Any, times: int, *, by: User | None = None, at: datetime = AT) -> None:
    """So many acts, a second apart."""
    for second in range(times):
        note(subject, by=by or subject, at=at + timedelta(seconds=second))


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="accounts.backends.RoleBackend")
    return client


def page(person: User, query: str = "") -> str:
    response = signed_in(person).get(reverse("ledger") + query)
    assert response.status_code == 200
    return response.content.decode()


def found(reader: User, **query: object) -> list[int]:
    """The numbers of the lines that a filter finds, the oldest first."""
    response = signed_in(reader).get(reverse("ledger"), query)
    return sorted(row.sequence for row in response.context["rows"])


def test_line_is_readable(secretary: User) -> None:
    note(secretary)
    response = signed_in(secretary).get(reverse("ledger"))
    [row] = response.context["rows"]
    shown = re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", "", response.content.decode())))

    assert row.sentence == f"{secretary} gave a role to {secretary} on Aug 4, 2026."
    for words in ("Aug 4, 2026", "4:30", f"{secretary} gave a role to {secretary}", "secretary"):
        assert words in shown
    assert ledger.head().hash in shown


def test_act_without_words_is_told_by_its_name(secretary: User) -> None:
    note(secretary, action="person.greeted")

    assert "recorded “person greeted” on" in page(secretary)


def test_empty_ledger_says_so(secretary: User) -> None:
    assert "No actions yet" in page(secretary)


def test_newest_lines_come_first(secretary: User) -> None:
    note_in_turn(secretary, 120)

    first, last = page(secretary), page(secretary, "?page=3")
    assert "Page 1 of 3" in first
    assert first.count('scope="row"') == 50
    assert last.count('scope="row"') == 20
    assert ">120</td>" in first
    assert ">1</td>" in last


def test_page_asks_as_often_for_many_lines_as_for_one(secretary: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(secretary)
        return len(captured)

    note(secretary)
    few = queries()
    note(secretary, times=100)
    assert queries() == few


def test_last_check_is_shown(secretary: User) -> None:
    assert "has not been checked yet" in page(secretary)
    note(secretary, times=3)
    services.check(by=SystemActor.SCHEDULER, at=AT)
    assert "all 3 entries are sound" in page(secretary)


def test_fault_is_shown(secretary: User) -> None:
    note(secretary, times=3)
    with guards.lifted(connection), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {guards.TABLE} SET actor = 'scheduler' WHERE sequence = 2")
    services.check(by=SystemActor.SCHEDULER, at=AT)

    assert "entry 2 was changed" in page(secretary)


# Filters


@pytest.fixture
def mixed(secretary: User, member: User, outsider: User) -> dict[str, int]:
    """Lines that differ in one thing each."""
    note(secretary)
    note(member, by=secretary)
    note(secretary, action="role.ended")
    note(secretary, by=outsider)
    note(secretary, by=SystemActor.SCHEDULER)
    note(secretary, at=AT + timedelta(days=1))
    return {"plain": 1, "member": 2, "ended": 3, "outsider": 4, "scheduler": 5, "later": 6}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (lambda s, o: {}, "plain member ended outsider scheduler later"),
        (lambda s, o: {"person": s.pk}, "plain member ended later"),
        (lambda s, o: {"person": o.pk}, "outsider"),
        (lambda s, o: {"person": "scheduler"}, "scheduler"),
        (lambda s, o: {"person": "operator"}, ""),
        (lambda s, o: {"action": "role.ended"}, "ended"),
        (lambda s, o: {"subject": f"accounts.User:{s.pk}"}, "plain ended outsider scheduler later"),
        (lambda s, o: {"since": "2026-08-05"}, "later"),
        (lambda s, o: {"until": "2026-08-04"}, "plain member ended outsider scheduler"),
        (lambda s, o: {"since": "2026-08-05", "until": "2026-08-05", "person": s.pk}, "later"),
        (lambda s, o: {"action": "role.given", "person": "scheduler"}, "scheduler"),
    ],
)
def test_filter_finds(
    secretary: User,
    outsider: User,
    mixed: dict[str, int],
    query: Callable[[User, User], dict[str, object]],
    names: str,
) -> None:
    assert found(secretary, **query(secretary, outsider)) == [mixed[one] for one in names.split()]


def test_days_are_the_companys(secretary: User) -> None:
    """Half past eight in the evening of August 4 in New York is August 5 in UTC."""
    set_up(name="Larch Instruments, Inc.", by=SystemActor.OPERATOR, at=AT)
    note(secretary, at=datetime(2026, 8, 5, 0, 30, tzinfo=UTC))
    line = ledger.head().sequence

    assert line in found(secretary, since="2026-08-04", until="2026-08-04")
    assert line not in found(secretary, since="2026-08-05", until="2026-08-05")


@pytest.mark.parametrize(
    "query",
    [
        {"person": "999"},
        {"action": "no.such"},
        {"subject": "accounts.User:999999"},
        {"subject": "nonsense"},
        {"since": "yesterday"},
        {"since": "2026-08-05", "until": "2026-08-04"},
    ],
)
def test_what_cannot_be_filtered_by_finds_nothing(secretary: User, query: dict[str, str]) -> None:
    note(secretary)
    response = signed_in(secretary).get(reverse("ledger"), query)

    assert response.status_code == 200
    assert response.context["rows"] == []


def test_filter_is_kept_from_page_to_page(secretary: User, member: User) -> None:
    note_in_turn(secretary, 60)
    note(member, times=3, by=secretary)
    first = page(secretary, f"?subject=accounts.User:{secretary.pk}&person={secretary.pk}")

    assert "Page 1 of 2" in first
    [after] = re.findall(r'href="([^"]+)" rel="next"', first)
    second = page(secretary, html.unescape(after))
    assert "Page 2 of 2" in second
    assert second.count('scope="row"') == 10


@pytest.fixture
def papers(secretary: User) -> Iterator[dict[str, Any]]:
    """A document open to the secretary, one open to nobody, and a line on each."""
    DOCUMENT_KINDS.add(
        DocumentKind("tests.open_paper", "Open", lambda user: True, retention=Retention.FOR_GOOD)
    )
    DOCUMENT_KINDS.add(
        DocumentKind(
            "tests.closed_paper", "Closed", lambda user: False, retention=Retention.FOR_GOOD
        )
    )
    yield {
        kind: file(
            kind=f"tests.{kind}_paper",
            title=f"An {kind} paper",
            content=kind.encode(),
            file_name=f"{kind}.txt",
            by=secretary,
            at=AT,
        )
        for kind in ("open", "closed")
    }
    for kind in ("open", "closed"):
        DOCUMENT_KINDS.remove(f"tests.{kind}_paper")


def test_filter_is_no_oracle(secretary: User, papers: dict[str, Any]) -> None:
    """What the page does not tell of a closed line, no filter tells."""
    closed = f"records.Document:{papers['closed'].pk}"

    assert found(secretary) == [1, 2]
    assert found(secretary, since="2026-08-04", until="2026-08-04") == [1, 2]
    assert found(secretary, person=secretary.pk) == [1]
    assert found(secretary, action="document.filed") == [1]
    assert found(secretary, subject=f"records.Document:{papers['open'].pk}") == [1]
    assert found(secretary, subject=closed) == []
    assert "An closed paper" not in page(secretary, f"?subject={closed}")


def test_entries_that_are_closed_stand_in_one_line(secretary: User, papers: dict[str, Any]) -> None:
    for paper in ("closed", "closed", "open", "closed", "closed", "closed"):
        note(papers[paper], by=secretary, action="document.read")
    response = signed_in(secretary).get(reverse("ledger"))
    lines = [
        (row.last, row.first) if getattr(row, "is_run", False) else row.sequence
        for row in response.context["shown"]
    ]

    assert lines == [(8, 6), 5, (4, 2), 1]
    shown = " ".join(response.content.decode().split())
    assert shown.count("3 actions that you cannot see") == 2


def test_app_wide_answer_is_no_way_around_a_models_own(
    administrator: User, secretary: User
) -> None:
    hold = LegalHold.objects.create(reason="x", salt="x", placed_at=AT, placed_by=secretary)
    note(hold, by=secretary, action="legal_hold.placed")

    for query in ({"action": "legal_hold.placed"}, {"person": secretary.pk}):
        assert found(secretary, **query) == [1]
        assert found(administrator, **query) == []
    assert found(administrator) == [1]


def test_filter_asks_as_often_for_many_lines_as_for_one(
    secretary: User, papers: dict[str, Any]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(secretary, f"?person={secretary.pk}&action=role.given")
        return len(captured)

    note(secretary)
    few = queries()
    note(secretary, times=100)
    assert queries() == few


# Checking


def test_page_checks_now(secretary: User) -> None:
    note(secretary, times=3)
    client = signed_in(secretary)

    first = client.post(reverse("ledger_check"), follow=True).content.decode()
    assert "all 3 entries are sound" in first
    second = client.post(reverse("ledger_check"), follow=True).content.decode()
    assert "all 4 entries are sound" in second
    assert "Checked from entry 3" in second
    assert [check.since for check in LedgerCheck.objects.all()] == [3, 0]


def test_nightly_check_keeps_its_outcome(secretary: User) -> None:
    note(secretary, times=3)
    before = ledger.head()
    check_ledger()

    check = LedgerCheck.objects.get()
    assert (check.is_sound, check.guards, check.entries) == (True, True, 3)
    assert (check.head_sequence, check.head_hash) == (before.sequence, before.hash)
    assert (check.fault_sequence, check.fault_kind) == (None, "")
    assert ledger.head().sequence == 4


@pytest.mark.parametrize("persona", ["outsider", "member", "management", "external_auditor"])
def test_others_are_refused(request: pytest.FixtureRequest, persona: str) -> None:
    client = Client()
    client.force_login(request.getfixturevalue(persona), backend="accounts.backends.RoleBackend")

    assert client.get(reverse("ledger")).status_code == 403


def test_ledger_asks_for_sign_in() -> None:
    assert Client().get(reverse("ledger")).status_code == 302


# One act that recorded much.


def shown(reader: User, query: str = "") -> list[Any]:
    return list(signed_in(reader).get(reverse("ledger") + query).context["shown"])


def test_what_one_act_recorded_is_one_line_with_all_of_it(secretary: User, chair: User) -> None:
    note(secretary, at=AT - timedelta(minutes=1))
    note(secretary, times=5)
    note(secretary, times=2, at=AT + timedelta(minutes=1))
    *two, run, one = shown(secretary)
    assert [row.sequence for row in (*two, one)] == [8, 7, 1]
    assert (run.lead.sequence, [line.sequence for line in run.others]) == (2, [3, 4, 5, 6])
    words = page(secretary)
    assert "4 more actions recorded with it" in words
    assert all(line.hash in words for line in (run.lead, *run.others))


def test_acts_of_two_people_at_one_instant_are_two(secretary: User, chair: User) -> None:
    note(secretary, times=2)
    note(secretary, times=2, by=chair)
    assert [row.sequence for row in shown(secretary)] == [4, 3, 2, 1]


def test_lines_that_a_filter_picks_out_of_an_act_are_not_taken_for_all_of_it(
    secretary: User, chair: User
) -> None:
    @act
    def together(*, by: User, at: datetime) -> None:
        for subject in (secretary, chair) * 3:
            ledger.record("role.given", subject=subject, by=by, at=at)

    together(by=secretary, at=AT)
    assert [row.sequence for row in shown(secretary, f"?subject={ledger.label(chair)}")] == [
        6,
        4,
        2,
    ]
