"""Services on the page: checked, asked for, approved by the chair, used, presented."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from auditors.enums import Beneficiary
from auditors.models import Approval, ServiceRequest
from auditors.services import approvals, requests
from auditors.tests.factories import (
    SIGNED,
    TODAY,
    a_delegation,
    a_fee,
    a_firm,
    a_line,
    a_request,
    an_engagement,
    the_company,
    use,
    waived,
)
from charters import services as charters
from charters.enums import CommitteeKind, HowDecided
from charters.models import Committee
from charters.tests.charters import set_the_stage
from committees.models import Membership
from committees.tests.factories import a_director, a_seat
from meetings.enums import MeetingKind
from meetings.services import meetings as planning
from records import clock
from records.enums import SystemActor
from records.models import LedgerEntry
from records.tests.reading import as_read

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
NOW: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": datetime(2026, 11, 20, 15, tzinfo=UTC)}


@pytest.fixture(autouse=True)
def _stage() -> None:
    set_the_stage()
    a_firm()
    the_company()


def soon(days: int = 30) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def terms(**given: object) -> dict[str, object]:
    return {
        "service": "training",
        "recipients": [the_company().pk],
        "beneficiary": "company",
        "amount": "9000",
        "currency": "usd",
        "fee_basis": "fixed",
        "starts_on": soon(),
        "subject": "Training of the finance team",
        "firm": a_firm().pk,
        "payer": "company",
    } | given


def text_of(client: Client, path: str, **asked: object) -> str:
    return client.get(path, asked).content.decode()


def test_check_stores_nothing_and_offers_to_ask(client_of: ClientOf, management: User) -> None:
    before = LedgerEntry.objects.count()
    page = text_of(client_of(management), "/auditor/check/", **terms())
    assert "Only the committee may approve this service." in page
    assert "Ask for this service" in page
    assert (LedgerEntry.objects.count(), ServiceRequest.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"service": "payroll"}, "Reg. S-X 2-01(c)(4)(i)"),
        ({"service": "legal-services"}, "Reg. S-X 2-01(c)(4)(ix)"),
        ({"fee_basis": "contingent"}, "PCAOB Rule 3521"),
    ],
)
def test_what_is_prohibited_is_refused_with_its_reason(
    client_of: ClientOf, management: User, change: dict[str, object], reason: str
) -> None:
    client = client_of(management)
    checked = as_read(text_of(client, "/auditor/check/", **terms(**change)))
    assert reason in checked
    assert "Another firm may provide it" in checked
    refused = client.post("/auditor/requests/add/", terms(**change))
    assert reason in as_read(refused.content.decode())
    assert "Training of the finance team" in refused.content.decode()
    assert not ServiceRequest.objects.exists()


def test_management_asks_and_never_approves(
    client_of: ClientOf, management: User, secretary_in_management: User
) -> None:
    client = client_of(management)
    client.post("/auditor/requests/add/", terms())
    (asked,) = ServiceRequest.objects.all()
    page = text_of(client, asked.get_absolute_url())
    assert "Waiting for a decision" in page
    assert "Approve" not in page.replace("Approved", "")
    record = f"/auditor/requests/{asked.pk}/record/"
    assert client.get(record).status_code == 403
    refused = client_of(secretary_in_management).get(record)
    assert refused.status_code == 403
    assert "Management asks and never approves." in refused.content.decode()


def test_chair_approves_on_one_page(client_of: ClientOf, chair: User, member: User) -> None:
    named = a_seat(a_director("Clara Chair", user=chair)).director
    a_delegation(named, limit_per_service=Decimal(50_000), limit_between_meetings=Decimal(60_000))
    asked = a_request(service="training", starts_on=date.fromisoformat(soon()))
    path = f"/auditor/requests/{asked.pk}/approve/"
    page = client_of(chair).get(path)
    shown = page.content.decode()
    for words in ("Limit per service: $50,000.", "$60,000 of $60,000 left", "$10,000"):
        assert words in shown
    form = page.context["form"]
    given = {name: form[name].value() for name in form.fields} | {"confirmed": "1"}
    assert client_of(chair).post(path, given).status_code == 302
    approval = Approval.objects.get()
    assert (approval.delegate, approval.approved_on) == (named, clock.today())
    assert client_of(member).get(path).status_code == 403


def test_line_that_is_used_up_sends_the_next_to_the_committee(
    client_of: ClientOf, management: User
) -> None:
    today = clock.today()
    a_line(
        used_by=[management],
        cap=Decimal(15_000),
        starts_on=today - timedelta(days=30),
        last_on=today + timedelta(days=300),
    )
    client = client_of(management)
    for subject in ("First consent", "Second consent"):
        client.post("/auditor/requests/add/", terms(service="consent", subject=subject))
    second, first = ServiceRequest.objects.all()
    use = f"/auditor/requests/{first.pk}/use/"
    form = client.get(use).context["form"]
    given = {name: form[name].value() for name in form.fields}
    assert client.post(use, given).status_code == 302
    page = text_of(client, second.get_absolute_url())
    assert "which is $3,000 above the limit" in page
    assert "Use a policy line" not in page


def test_list_makes_the_same_queries_for_one_and_for_many(
    client_of: ClientOf, secretary: User
) -> None:
    an_engagement()
    client, counts = client_of(secretary), []
    for _ in range(3):
        a_request()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/auditor/requests/")
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_ruling_takes_few_milliseconds(benchmark_seconds: Callable[..., float]) -> None:
    asked = a_request()
    assert benchmark_seconds(lambda: requests.rule_on(asked, on=clock.today())) < 0.05


def test_line_is_changed_from_the_policy(
    client_of: ClientOf, secretary: User, management: User
) -> None:
    today = clock.today()
    year = {"starts_on": today - timedelta(days=30), "last_on": today + timedelta(days=300)}
    line = a_line(used_by=[management], adopted_on=today - timedelta(days=20), **year)
    client, path = client_of(secretary), "/auditor/policy/lines/add/"
    assert f"{path}?replaces={line.pk}" in text_of(client, "/auditor/policy/")
    form = client.get(path, {"replaces": line.pk}).context["form"]
    assert (form["replaces"].value(), form["cap"].value()) == (line.pk, line.cap)
    given = {name: form[name].value() or "" for name in form.fields} | {
        "cap": "80000",
        "recipients": [the_company().pk],
        "used_by": [management.pk],
        "adopted_on": today.isoformat(),
        "starts_on": year["starts_on"].isoformat(),
        "last_on": year["last_on"].isoformat(),
    }
    assert client.post(path, given).status_code == 302
    page = text_of(client, "/auditor/policy/")
    assert "what was used under it counts here" in page
    assert "$80,000" in page
    for unknown in ("x", "0", "9" * 30, str(line.pk)):
        form = client.get(path, {"replaces": unknown}).context["form"]
        assert not form["replaces"].value()


@pytest.fixture
def benchmark_seconds() -> Callable[..., float]:
    """The best of some runs, in seconds: a machine that is busy slows some of them."""
    from timeit import repeat

    return lambda call: min(repeat(call, number=1, repeat=10))


def test_auditor_sees_own_firm_and_nothing_else(
    client_of: ClientOf, external_auditor: User
) -> None:
    from auditors.services import firms

    mine, other = an_engagement(), an_engagement(firm=firms.add_firm(name="Elm LLP", **SIGNED))
    firms.set_contacts(mine.firm, contacts=[external_auditor], **SIGNED)
    client = client_of(external_auditor)
    page = text_of(client, "/auditor/")
    assert "Ash &amp; Birch LLP" in page
    assert "Elm LLP" not in page
    assert client.get(other.get_absolute_url()).status_code == 404
    for path in ("/auditor/requests/", "/auditor/fees/", "/auditor/findings/", "/auditor/policy/"):
        assert client.get(path).status_code == 403
    assert "Auditor evaluated on" not in text_of(client, mine.get_absolute_url())


def test_work_begun_without_approval_may_be_waived(client_of: ClientOf, secretary: User) -> None:
    begun = clock.today() - timedelta(days=3)
    asked, ahead = a_request(service="training", starts_on=begun), a_request(service="training")
    client, link = client_of(secretary), "Record a de minimis waiver"
    assert link in text_of(client, asked.get_absolute_url())
    assert link not in text_of(client, ahead.get_absolute_url())
    path = f"/auditor/requests/{asked.pk}/waive/"
    form = client.get(path).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {
        "paid": "150000",
        "approved_on": clock.today().isoformat(),
        "recognized_later": "on",
    }
    refused = client.post(path, given).content.decode()
    assert "attention promptly" in refused
    assert "which is more than $7,500" in refused
    given |= {"paid": "1000000", "promptly_brought": "on"}
    assert client.post(path, given).status_code == 302
    page = text_of(client, asked.get_absolute_url())
    assert "De minimis waiver" in page
    assert "Add the decision" in page


def test_decision_is_added_from_those_of_the_same_date(
    client_of: ClientOf, secretary: User
) -> None:
    approval = approvals.approve_by_committee(a_request(), approved_on=clock.today(), **NOW)
    for days in (0, 1):
        day = clock.today() - timedelta(days=days)
        how = {"decided_on": day, "how": HowDecided.MEETING, "text": f"Approved {days}."}
        charters.record_decision(Committee.objects.audit(), **how, **NOW)
    client, path = client_of(secretary), f"/auditor/approvals/{approval.pk}/decision/"
    offered = client.get(path).context["form"].fields["decision"].queryset
    (decision,) = offered
    assert client.post(path, {"decision": decision.pk}).status_code == 302
    approval.refresh_from_db()
    assert approval.decision == decision
    assert "Add the decision" not in text_of(client, approval.request.get_absolute_url())


def test_size_of_a_firm_is_judged_on_its_page(client_of: ClientOf, secretary: User) -> None:
    firm, client = a_firm(), client_of(secretary)
    given = {"stated_on": clock.today().isoformat(), "issuer_clients": "5", "partners": "9"}
    assert client.post(f"{firm.get_absolute_url()}size/", given).status_code == 302
    assert "The exemption for small firms does not apply" in text_of(
        client, firm.get_absolute_url()
    )


def test_delegate_is_told_why_they_do_not_decide(client_of: ClientOf, chair: User) -> None:
    named = a_seat(a_director("Clara Chair", user=chair)).director
    a_delegation(named)
    asked = a_request(
        service="us-income-tax-returns", beneficiary=Beneficiary.BOARD_ONLY, concerns=named
    )
    client = client_of(chair)
    refused = client.get(f"/auditor/requests/{asked.pk}/approve/")
    assert refused.status_code == 403
    assert "This service is done for Clara Chair" in refused.content.decode()
    assert "Approve as delegate" not in text_of(client, asked.get_absolute_url())


@pytest.mark.parametrize("way", ["delegate", "waive"])
def test_only_delegates_who_may_decide_are_offered(
    client_of: ClientOf, secretary: User, chair: User, way: str
) -> None:
    """Nobody in their own matter; whoever was in office since the request was made."""
    clara = a_seat(a_director("Clara Chair", user=chair)).director
    max_seat = a_seat(a_director("Max Member"))
    a_delegation(clara, max_seat.director)
    begun = {"starts_on": clock.today() - timedelta(days=3), "service": "us-income-tax-returns"}
    for_clara = begun | {"beneficiary": Beneficiary.BOARD_ONLY, "concerns": clara}
    client = client_of(secretary)

    def offered(asked: ServiceRequest) -> set[object] | None:
        form = client.get(f"/auditor/requests/{asked.pk}/{way}/").context["form"]
        field = form.fields.get("delegate")
        return set(field.queryset) if field else None

    own, other = a_request(**for_clara), a_request(**begun)
    assert offered(own) == {max_seat.director}
    assert offered(other) == {clara, max_seat.director}
    leaves_on = clock.today() - timedelta(days=1)
    seat = Membership.objects.filter(pk=max_seat.pk)
    seat.update(ends_on=leaves_on, end_reason="resigned")
    assert offered(other) == {clara, max_seat.director}
    seat.update(ends_on=leaves_on - timedelta(days=9))
    assert offered(other) == {clara}
    assert offered(own) == (set() if way == "delegate" else None)


def test_home_asks_a_delegate_only_what_they_may_decide(
    client_of: ClientOf, chair: User, member: User
) -> None:
    clara = a_seat(a_director("Clara Chair", user=chair)).director
    max_ = a_seat(a_director("Max Member", user=member)).director
    a_delegation(clara, max_, limit_per_service=Decimal(50_000))
    given = {"starts_on": date.fromisoformat(soon())}
    a_request("20000", subject="Within the limit", service="training", **given)
    a_request("50000.01", subject="Above the limit", service="training", **given)
    for_clara = given | {"beneficiary": Beneficiary.BOARD_ONLY, "concerns": clara}
    a_request("9000", subject="Work for the chair", service="training", **for_clara)
    a_request("9000", subject="Not in the list", service="", **given)
    assert decisions_on_home(client_of(chair)) == ["Within the limit"]
    assert decisions_on_home(client_of(member)) == ["Within the limit", "Work for the chair"]


def decisions_on_home(client: Client) -> list[str]:
    found = re.findall(r"Decide on a service of the auditor: ([\w ]+), \$", text_of(client, "/"))
    return sorted(set(found))


def test_home_reads_as_many_queries_for_nine_requests_as_for_many(
    client_of: ClientOf, chair: User
) -> None:
    a_delegation(a_seat(a_director("Clara Chair", user=chair)).director)
    client, counts = client_of(chair), []
    # From nine on, home asks for no older news.
    for count in (9, 30):
        for number in range(count):
            a_request(subject=f"Service {count}-{number}", service="training")
        with CaptureQueriesContext(
            connection,
        ) as made:
            client.get("/")
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_work_for_a_director_names_the_director(client_of: ClientOf, management: User) -> None:
    clara = a_seat(a_director("Clara Chair")).director
    client = client_of(management)
    given = terms(service="us-income-tax-returns", beneficiary="board_only")
    page = client.post("/auditor/requests/add/", given)
    assert list(page.context["form"].errors) == ["concerns"]
    page = client.post("/auditor/requests/add/", terms(concerns=clara.pk))
    assert list(page.context["form"].errors) == ["concerns"]
    client.post("/auditor/requests/add/", given | {"concerns": clara.pk})
    assert ServiceRequest.objects.get().concerns == clara


def begins_soon() -> dict[str, Any]:
    return {"starts_on": clock.today() + timedelta(days=30)}


def test_withdrawal_is_never_the_first_thing_that_a_page_offers(
    client_of: ClientOf, management: User, secretary: User
) -> None:
    waiting = a_request(service="training", by=management, **begins_soon())
    approved = a_request(service="training", by=management, **begins_soon())
    approvals.approve_by_committee(approved, approved_on=clock.today(), **NOW)
    for person, asked in ((management, waiting), (secretary, waiting), (secretary, approved)):
        page = client_of(person).get(asked.get_absolute_url())
        assert page.context["first"] is None or page.context["first"].label != "Withdraw"
        assert page.context["acts"][-1].label == "Withdraw"
    # Who asked no longer withdraws what is approved.
    client = client_of(management)
    labels = [each.label for each in client.get(approved.get_absolute_url()).context["acts"]]
    assert "Withdraw" not in labels
    refused = client.get(reverse("service_request_withdraw", args=[approved.pk]))
    assert refused.status_code == 403


def test_request_on_record_does_not_tell_its_reader_to_ask(
    client_of: ClientOf, management: User
) -> None:
    asked = a_request(service="training", by=management)
    client = client_of(management)
    assert "Ask for it." not in text_of(client, asked.get_absolute_url())
    assert "Ask for it." in text_of(client, "/auditor/check/", **terms())


def test_presentation_is_chosen_from_the_meetings_on_record(
    client_of: ClientOf, secretary: User, management: User
) -> None:
    given = use(a_line(used_by=[management]), management)
    path = reverse("approval_present", args=[given.pk])
    client = client_of(secretary)
    committee = Committee.objects.get(kind=CommitteeKind.AUDIT)
    assert "meeting" not in client.get(path).context["form"].fields
    for on, kind in ((date(2026, 11, 10), MeetingKind.REGULAR), (TODAY, MeetingKind.REGULAR)):
        planning.plan_meeting(
            committee,
            on=on,
            time=time(9),
            kind=kind,
            **(SIGNED | {"at": datetime(2026, 1, 5, tzinfo=UTC)}),
        )
    form = client.get(path).context["form"]
    # The one before the approval was shown nothing.
    assert [key for key, _label in form.fields["meeting"].choices] == ["", TODAY.isoformat()]
    for typed in ({}, {"meeting": TODAY.isoformat(), "meeting_on": TODAY.isoformat()}):
        refused = client.post(path, typed)
        assert list(refused.context["form"].errors) == ["meeting_on"]
    assert client.post(path, {"meeting": TODAY.isoformat()}).status_code == 302
    assert [(each.meeting_on, each.is_scheduled) for each in given.presentations.all()] == [
        (TODAY, True)
    ]


def test_waiver_shows_what_was_stated_beside_what_is_on_record(
    client_of: ClientOf, secretary: User
) -> None:
    given = waived("48000")
    a_fee("850000")
    page = client_of(secretary).get(given.request.get_absolute_url())
    told = {each.term: each.text for each in page.context["approval"]}
    assert told["Paid for the fiscal year, as stated"] == "$1,033,000"
    assert told["Fees on record for the fiscal year"] == "$850,000"
    assert told["Services waived in the fiscal year"] == "$48,000"
    assert told["De minimis test"].startswith("Provisional until the fiscal year ends on")
