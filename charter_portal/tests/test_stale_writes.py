"""No stale write: every form over a record is opened twice and saved twice. The second
save writes nothing, shows what is on record beside what was typed, and keeps it.

The forms are found from the table of addresses. What to type into each stands below; a form over a
record that is not there fails until somebody says so.
"""

import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from threading import Event
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client

from accounts import services as accounts
from accounts.models import User
from accounts.tests.walk import Cast
from auditors.models import Engagement, ServiceRequest
from charter_portal.tests.test_bad_input import WRITERS, filled, places_on
from charter_portal.tests.test_views import views
from charter_portal.tests.walking import address_of, collected, written
from charters import services as charters
from charters.models import Action, CharterVersion, Clause, Duty
from charters.tests.charters import SIGNED
from committees import services as committees
from committees.enums import EndReason
from committees.models import Membership
from meetings import services as meetings
from meetings.models import AgendaItem, Meeting
from meetings.tests.factories import a_pdf
from records.confirm import ActView
from records.enums import FilerCategory
from records.models import Company, LedgerEntry, Notice
from records.services.company import add_fiscal_year_end, set_filer_status, set_up
from records.stale import VERSION
from records.tests.browser import version_now

pytestmark = pytest.mark.django_db

OVERTAKEN = "Another person saved this after you opened the page"

# What is over the object of its address and carries no version, and why.
OVER_NOTHING = {
    "role_give": "adds a role beside the others",
    "procedure_record": "adds an entry in fixed words beside the others",
    "duty_add": "adds a duty to a clause",
    "clause_note": "adds a note beside a clause",
    "completion_add": "adds a completion beside the others",
    "event_add": "begins an event",
    "event_deadline_add": "adds a deadline beside the others",
    "meetings_plan": "adds the meetings of a year",
    "agenda_build": "adds items beside the others",
    "agenda_item_add": "adds an item beside the others",
    "paper_add": "adds a paper beside the others",
    "review_action": "adds an action",
    "filing_correct": "adds an entry; a second one is refused",
    "filing_withdraw": "adds an entry; a second one is refused",
    "listing_correct": "adds an entry; a second one is refused",
    "listing_withdraw": "adds an entry; a second one is refused",
    "review_correct": "adds an entry; a second one is refused",
    "funding_correct": "adds an entry; a second one is refused",
    "review_complete": "adds the decision once; a second one is refused",
    "review_withdraw": "adds an entry; a second one is refused",
    "posting_withdraw": "adds an entry; a second one is refused",
    "funding_complete": "adds the decision once; a second one is refused",
    "funding_withdraw": "adds an entry; a second one is refused",
    "objection_add": "adds an objection beside the others",
    "transaction_review": "adds a review beside the others",
    "transaction_review_withdraw": "adds an entry; a second one is refused",
    "letter_step": "adds an entry beside the others",
    "letter_step_withdraw": "adds an entry; a second one is refused",
    "review_add": "adds a review",
    "questionnaire_record": "adds a questionnaire",
    "questionnaire_withdraw": "adds an entry; a second one is refused",
    "fact_add": "adds a fact beside the others",
    "fact_correct": "adds an entry; a second one is refused",
    "fact_withdraw": "adds an entry; a second one is refused",
    "determine": "adds a determination beside the others",
    "determination_complete": "adds the decision once; a second one is refused",
    "determination_withdraw": "adds an entry; a second one is refused",
    "book_add": "adds an entry beside the others",
    "book_withdraw": "adds an entry; a second one is refused",
    "consent_attach": "attaches a paper beside the others",
    "consent_meeting": "plans a meeting",
    "consent_paper": "adds signatures beside the others",
    "engagement_evaluate": "adds a date once; a second is refused beside its field",
    "engagement_letter": "adds a date once; a second is refused beside its field",
    "engagement_fee": "adds a fee beside the others",
    "engagement_dates": "adds dates once; a second is refused beside its field",
    "engagement_end": "adds the end once; a second is refused beside its field",
    "engagement_ratify": "adds the one vote; a second is refused",
    "engagement_partner": "adds a partner beside the others",
    "approval_present": "adds a presentation beside the others",
    "approval_told": "adds a date once; a second is refused beside its field",
    "policy_review": "adds a review beside the others",
    "policy_line_end": "adds a date once; a second is refused beside its field",
    "delegation_revoke": "adds a date once; a second is refused beside its field",
    "auditor_letter_discuss": "adds a discussion beside the others",
    "exception_decide": "adds the one decision; a second is refused",
    "fee_withdraw": "withdraws once; a later entry is refused",
    "audit_year_record": "adds each fact once; a second is refused beside its field",
    "committee_report_issue": "issues the one report of a year; a second is refused",
    "finding_rate": "adds a conclusion beside the others",
    "finding_plan": "adds a plan beside the others",
    "finding_step": "adds a step beside the others",
    "finding_review": "adds a review beside the others",
    "finding_close": "adds the one closure; a second is refused",
    "committee_report_decision": "adds the decision once; a second one is refused",
    "exception_decision": "adds the decision once; a second one is refused",
    "finding_closure_decision": "adds the decision once; a second one is refused",
    "finding_restriction_decision": "adds the decision once; a second one is refused",
    "approval_decision": "adds the decision once; a second one is refused",
    "delegation_decision": "adds the decision once; a second one is refused",
    "engagement_decision": "adds the decision once; a second one is refused",
    "engagement_fee_decision": "adds the decision once; a second one is refused",
    "policy_decision": "adds the decision once; a second one is refused",
    "policy_line_decision": "adds the decision once; a second one is refused",
    "firm_size": "adds a statement beside the others",
    "report_again": "writes nothing; the report is prepared on another page",
    "report_delegation_end": "adds the end once; a second one is refused",
    "report_replace": "writes nothing; the report is issued on another page",
}

# The record is not there any more after the first save: the second finds nothing.
GONE = {
    "account_confirm",
    "accounts_at_once",
    "accounts_by_two",
    "annual_meeting_remove",
    "charter_discard",
    "consent_detach",
    "factor_reset",
    "factor_reset_decline",
    "filer_status_remove",
    "fiscal_year_end_remove",
    "holiday_remove",
    "late_notice_remove",
}


@dataclass(frozen=True)
class Twice:
    """What two people type into the same form, beside what stands in it.

    prepare   what has to be on record before the form can be saved
    """

    first: Mapping[str, Any] = field(default_factory=dict)
    second: Mapping[str, Any] = field(default_factory=dict)
    prepare: Callable[[Mapping[str, Any]], object] = lambda kwargs: None


def both(name: str, first: Any, second: Any, **alike: Any) -> Twice:
    """One field that the two fill in differently, and others that they fill in alike."""
    return Twice({name: first, **alike}, {name: second, **alike})


def ended_seat(kwargs: Mapping[str, Any]) -> None:
    committees.end_membership(
        Membership.objects.get(**kwargs), ends_on=LEFT, reason=EndReason.RETIRED, **SIGNED
    )


def closed_account(kwargs: Mapping[str, Any]) -> None:
    accounts.close_account(User.objects.get(**kwargs), **SIGNED)


def inapplicable_duty(kwargs: Mapping[str, Any]) -> None:
    charters.declare_not_applicable(
        Duty.objects.get(**kwargs), starts_on=FIRST, reason="There is none.", **SIGNED
    )


def canceled_action(kwargs: Mapping[str, Any]) -> None:
    charters.actions.cancel_action(Action.objects.get(**kwargs), reason="Not needed.", **SIGNED)


def begun_request(kwargs: Mapping[str, Any]) -> None:
    ServiceRequest.objects.filter(**kwargs).update(
        starts_on=date(2026, 11, 2), service="us-income-tax-returns"
    )


def dated_engagement(kwargs: Mapping[str, Any]) -> None:
    QuerySet.update(Engagement.objects.filter(**kwargs), report_dated=date(2026, 11, 3))


def draft_with_a_clause(kwargs: Mapping[str, Any]) -> None:
    Clause.objects.create(
        version=CharterVersion.objects.get(**kwargs), reference="R-1", text="Draft.", order=1
    )


def second_rule(kwargs: Mapping[str, Any]) -> None:
    """One rule for the fiscal year end always stays."""
    company = Company.objects.get()
    add_fiscal_year_end(company, effective_from=FIRST, month=12, day=31, **SIGNED)


def second_status(kwargs: Mapping[str, Any]) -> None:
    """One filer status always stays."""
    status, company = FilerCategory.ACCELERATED, Company.objects.get()
    set_filer_status(
        company, category=status, is_smaller_reporting=False, effective_from=FIRST, **SIGNED
    )


def the_company(kwargs: Mapping[str, Any]) -> None:
    set_up(name="Larch Instruments, Inc.", **SIGNED)


def no_warning(kwargs: Mapping[str, Any]) -> None:
    """A notice that can be canceled."""
    Notice.objects.filter(**kwargs).update(kind="accounts.invitation")


def a_paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("draft.txt", b"The next draft.")


def an_agenda(kwargs: Mapping[str, Any]) -> None:
    meetings.add_item(Meeting.objects.get(**kwargs), title="Review the 10-Q", **SIGNED)


def for_consent(kwargs: Mapping[str, Any]) -> None:
    meetings.change_item(AgendaItem.objects.get(**kwargs), in_consent_group=True, **SIGNED)


def a_pdf_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("draft.pdf", a_pdf("The next draft."))


FIRST, LEFT = date(2025, 1, 1), date(2025, 3, 3)
DAY, OTHER = "2026-01-07", "2026-01-08"
NOTHING = Twice()
REASON = both("reason", "As counsel said.", "As the chair said.")

ALL_TO_MAX = {"rest_none": "max.member@example.com"}

WAIVED = {"paid": "1000000", "recognized_later": True, "promptly_brought": True}

TYPED: dict[str, Twice] = {
    # The concerns channel outside the desk.
    "channel_way": both(
        "outside_name", "Lighthouse", "Beacon", way="outside", outside_address="l.example"
    ),
    # The company and its calendar.
    "company_change": both("name", "Larch Holding, Inc.", "Larch Group, Inc."),
    "company_confirm": Twice({"all": "1"}, {"all": "1"}),
    "accounts_at_once": NOTHING,
    "accounts_by_two": NOTHING,
    "fiscal_year_end_change": both("month", "6", "9", day="30"),
    "fiscal_year_end_remove": Twice(prepare=second_rule),
    "filer_status_change": both("category", "accelerated", "large_accelerated"),
    "filer_status_remove": Twice(prepare=second_status),
    "annual_meeting_change": both("on", DAY, OTHER),
    "annual_meeting_remove": NOTHING,
    "late_notice_change": both("filed_on", "2025-04-02", "2025-04-03"),
    "late_notice_remove": NOTHING,
    "holiday_change": both("name", "Founders' Day", "Company holiday"),
    "holiday_remove": NOTHING,
    "setup_company": both("name", "Larch Holding, Inc.", "Larch Group, Inc."),
    "setup_calendar": Twice({"month": "6", "day": "30"}, {"month": "9", "day": "30"}, the_company),
    "setup_record": Twice({"records_begin": DAY}, {"records_begin": OTHER}, the_company),
    "my_mail": both("rhythm", "daily", "weekly"),
    # Documents and notices.
    "delete_documents_nightly": NOTHING,
    "legal_hold_release": REASON,
    "draft_supersede": both("title", "Second draft", "Draft two"),
    "notice_cancel": Twice({"because": "Told."}, {"because": "Not needed."}, no_warning),
    "notice_send_again": NOTHING,
    # People.
    "person_invite": NOTHING,
    "account_confirm": NOTHING,
    "account_close": NOTHING,
    "account_open": Twice(prepare=closed_account),
    "factor_reset": both("checked", "in_person", "by_call"),
    "factor_reset_decline": NOTHING,
    "role_end": both("ends_on", "2090-01-01", "2090-02-01"),
    # The charter and its duties.
    "charter_adopt": Twice(
        {"adopted_on": DAY, "how": "meeting", "number": "1"},
        {"adopted_on": DAY, "how": "meeting", "number": "2"},
        draft_with_a_clause,
    ),
    "charter_decision": both("number", "1", "2", how="meeting"),
    "charter_discard": NOTHING,
    "charter_owners": Twice(ALL_TO_MAX, ALL_TO_MAX),
    "duty_change": both("title", "Review the plan", "Read the plan"),
    "duty_end": both("until", DAY, OTHER),
    "duty_not_applicable": both("reason", "There is none.", "Not yet.", starts_on=DAY),
    "duty_apply": Twice({"on": DAY}, {"on": OTHER}, inapplicable_duty),
    "completion_correct": both("note", "Reviewed in May.", "Reviewed in full."),
    "completion_withdraw": REASON,
    "open_item_close": both("kind", "under_review", "not_applicable", reason="As counsel said."),
    # Actions.
    "action_complete": both("how", "Filed.", "Sent.", done_on="2026-11-10"),
    "action_cancel": REASON,
    "action_reopen": Twice(REASON.first, REASON.second, canceled_action),
    "action_reassign": both("due_on", "2026-12-20", "2026-12-21"),
    # The charter and reports.
    "charter_put_before_board": NOTHING,
    "report_release": NOTHING,
    "report_send_back": both("note", "Say more of the plan.", "Shorter."),
    # Events.
    "event_change": both("determined", "Material.", "Not material.", determined_on=DAY),
    "event_close": both("reason", "It is settled.", "It came to nothing.", closed_on=DAY),
    "event_deadline_change": both("what", "Answer the letter", "Reply in writing"),
    "event_deadline_done": both("done_on", DAY, OTHER),
    "event_deadline_withdraw": REASON,
    # The auditor.
    "firm_contacts": NOTHING,
    "service_request_approve": NOTHING,
    "service_request_record": both("approved_on", "2026-11-10", "2026-11-11"),
    "service_request_delegate": both("approved_on", "2026-11-10", "2026-11-11"),
    "service_request_waive": Twice(
        {"approved_on": "2026-11-10"} | WAIVED,
        {"approved_on": "2026-11-11"} | WAIVED,
        begun_request,
    ),
    "service_request_use": both("used_on", "2026-11-10", "2026-11-11"),
    "service_request_decline": both(
        "reason", "Another firm does it.", "Not needed.", decided_on="2026-11-10"
    ),
    "service_request_withdraw": both(
        "reason", "No longer needed.", "Done in house.", withdrawn_on="2026-11-20"
    ),
    "auditor_letter_correct": both(
        "dated", "2026-11-01", "2026-11-02", received_on="2026-11-04", reason="As the letter says."
    ),
    "engagement_correct": Twice(
        {"report_dated": "2026-11-01", "reason": "As the report says."},
        {"report_dated": "2026-11-02", "reason": "As the report says."},
        dated_engagement,
    ),
    "annual_review_correct": both(
        "reviewed_on", "2026-03-02", "2026-03-03", reason="As the minutes say."
    ),
    # Committees and directors.
    "director_change": both("name", "Ngozi A. Okafor", "N. Okafor"),
    "membership_end": both("ends_on", DAY, OTHER, reason="resigned"),
    "membership_notice": Twice({"on": "2025-03-04"}, {"on": "2025-03-05"}, ended_seat),
    "membership_correct": both("starts_on", "2021-01-04", "2021-01-05"),
    "chair_designate": both("starts_on", DAY, OTHER),
    "chair_end": both("ends_on", DAY, OTHER),
    "adviser_end": both("ends_on", DAY, OTHER),
    "transaction_change": both("terms", "A lease.", "A sale."),
    "officer_change": both("title", "Chief Accounting Officer", "Treasurer"),
    "office_end": both("ends_on", DAY, OTHER),
    "organization_change": both("tie", "over_ten", "affiliate"),
    # Meetings, agenda items and papers.
    "meeting_change": both("place", "Room 12", "Room 14"),
    "meeting_notice": both("noticed_on", DAY, OTHER),
    "meeting_cancel": REASON,
    "agenda_item_change": both("title", "Review the 10-Q", "Read the 10-Q"),
    "agenda_item_move": Twice({"place": "1"}, {"place": "1"}),
    "agenda_item_remove": both("reason", "Not ready.", "Too early.", removal="deferred"),
    "pack_send": Twice(prepare=an_agenda),
    "agenda_item_discuss": Twice(prepare=for_consent),
    "body_rules_change": both("citation", "Bylaws, s. 3.7", "Bylaws, s. 3.8"),
    "body_rules_correct": both("citation", "Bylaws, s. 3.7", "Bylaws, s. 3.8"),
    "paper_replace": NOTHING,
    "paper_remove": NOTHING,
    "meeting_enter": NOTHING,
    "meeting_attendance": NOTHING,
    "meeting_conclude": NOTHING,
    "item_recuse": both("stays", "leaves", "stays", person="max.member@example.com"),
    "minutes_circulate": NOTHING,
    "minutes_approve": NOTHING,
    "minutes_correct": both("text", "Read A.", "Read B."),
    "minutes_file": both("approved_on", DAY, OTHER),
    "paragraph_change": both("text", "It was held.", "It took place."),
    # Written consents and recommendations.
    "recommendation_answer": both(
        "answer_text", "It asks for more.", "Not now.", answer="rejected", answered_on="2026-08-06"
    ),
    "consent_change": both("title", "Engage counsel", "Counsel"),
    "consent_detach": NOTHING,
    "consent_send": both("sign_by", "2090-01-01", "2090-02-01"),
    "consent_sign": NOTHING,
    "consent_decline": both("reason", "Too early.", "Not ready."),
    "consent_signature_withdraw": NOTHING,
    "consent_withdraw": NOTHING,
}
FILES: dict[str, Callable[[], SimpleUploadedFile]] = {
    "draft_supersede": a_paper,
    "minutes_file": a_paper,
    "paper_replace": a_pdf_file,
}
# A form that stands on another page.
PAGES = {"company_confirm": "/company/"}


def acts() -> list[str]:
    return sorted(name for name, view in views().items() if issubclass(view, ActView))


@dataclass(frozen=True)
class Form:
    """A form over a record, as one person has it open."""

    client: Client
    path: str
    held: Mapping[str, Any]

    def send(self, typed: Mapping[str, Any], **more: Any) -> HttpResponse:
        """Where an act is reviewed, this asks for the review."""
        return self.client.post(self.path, {**self.held, **typed, **more})

    def save(self, typed: Mapping[str, Any], **more: Any) -> HttpResponse:
        return self.send(typed, confirmed="1", **more)


def opened(client: Client, name: str, path: str) -> Form:
    """The form with everything that it holds, also where it only asks to confirm."""
    page = client.get(PAGES.get(name, path))
    held = filled(places_on(page))
    if name in PAGES:
        [held[VERSION]] = re.findall(rf'name="{VERSION}" value="([^"]+)"', page.content.decode())
    return Form(client, path, held)


@pytest.mark.parametrize("name", acts())
def test_what_somebody_saved_meanwhile_is_not_overwritten(
    name: str, cast: Cast, client_of: Callable[..., Client]
) -> None:
    door = collected()[name]
    writer = cast[next(persona for persona in WRITERS if persona in door.post)]
    kwargs = door.kwargs(cast)
    path = address_of(name, door, kwargs)
    twice = TYPED.get(name, NOTHING)
    twice.prepare(kwargs)
    if version_now(path, str(writer.pk)) is None:
        assert name in OVER_NOTHING or not kwargs, f"{name}: is it over the record it names?"
        assert name not in TYPED
        return
    assert name in TYPED, f"{name}: say above what two people type into it"
    client = client_of(writer)
    one, other = opened(client, name, path), opened(client, name, path)
    assert one.held[VERSION], "the page does not carry the version"
    make = FILES.get(name)

    saved = one.save(twice.first, **({"file": make()} if make else {}))
    assert saved.status_code == 302, saved.context and saved.context["form"].errors
    entries = LedgerEntry.objects.count()
    with written() as tables:
        steps = other.send, other.save
        answers = [step(twice.second, **({"file": make()} if make else {})) for step in steps]

    assert LedgerEntry.objects.count() == entries
    assert tables == set()
    if name in GONE:
        assert [answer.status_code for answer in answers] == [404, 404]
    elif name in PAGES:
        assert OVERTAKEN in client.get(PAGES[name]).content.decode()
    else:
        assert [answer.status_code for answer in answers] == [409, 409]
        assert [faults_of(answer, twice) for answer in answers] == [[], []]
        assert answers[-1].context["form"][VERSION].value() != other.held[VERSION]


def faults_of(answer: HttpResponse, twice: Twice) -> list[str]:
    """What is missing from the page that refuses: the reason, both values, what was typed."""
    form, page = answer.context["form"], unescape(answer.content.decode())
    faults = [] if OVERTAKEN in page else ["does not say why"]
    for name, typed in twice.second.items():
        if form[name].value() != typed:
            faults.append(f"{name}: loses what was typed")
        if typed == twice.first[name]:
            continue
        if not any(error.startswith("On record now: ") for error in form.errors.get(name, [])):
            faults.append(f"{name}: does not show what is on record: {form.errors}")
    return faults


def test_every_entry_above_is_of_a_form() -> None:
    assert set(TYPED) | set(OVER_NOTHING) <= set(acts())
    assert set(TYPED) >= GONE


def test_sent_again_the_form_is_saved(client_of: Callable[..., Client], secretary: User) -> None:
    the_company({})
    client, path = client_of(secretary), "/company/change/"
    one, other = opened(client, "company_change", path), opened(client, "company_change", path)
    one.save({"state": "Nevada"})
    refused = other.save({"name": "Larch Group, Inc."})
    assert refused.context["form"].errors["state"] == ["On record now: Nevada"]

    again = Form(client, path, filled(places_on(refused)))
    assert again.save({"state": "Nevada"}).status_code == 302
    company = Company.objects.get()
    assert (company.name, company.state) == ("Larch Group, Inc.", "Nevada")


def test_form_without_its_version_is_refused(
    client_of: Callable[..., Client], secretary: User
) -> None:
    the_company({})
    form = opened(client_of(secretary), "company_change", "/company/change/")
    assert OVERTAKEN in form.save({"name": "Larch", VERSION: ""}).content.decode()
    assert Company.objects.get().name == "Larch Instruments, Inc."


def test_version_is_asked_before_the_review(
    client_of: Callable[..., Client], secretary: User
) -> None:
    the_company({})
    client, path = client_of(secretary), "/company/change/"
    one, other = opened(client, "company_change", path), opened(client, "company_change", path)
    one.save({"state": "Nevada"})
    page = client.post(path, {**other.held, "name": "Larch Group, Inc."})
    assert page.templates[0].name == "records/act.html"
    assert page.context["form"].errors["state"] == ["On record now: Nevada"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_saved(secretary: User) -> None:
    """Both have opened the form, both have sent it, and both wait for the company's lock."""
    the_company({})
    names = ("Larch Holding, Inc.", "Larch Group, Inc.")
    version = version_now("/company/change/", str(secretary.pk))

    def save(name: str) -> tuple[int, str]:
        try:
            client = Client()
            client.force_login(secretary)
            form = opened(client, "company_change", "/company/change/")
            assert form.held[VERSION] == version
            answer = form.save({"name": name})
            return answer.status_code, answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            Company.objects.select_for_update().get()
            answers = [pool.submit(save, name) for name in names]
            wait_for_waiting(2)
        done = dict(zip(names, (answer.result() for answer in answers), strict=True))

    [saved] = [name for name, (status, _) in done.items() if status == 302]
    [refused] = [page for status, page in done.values() if status == 409]
    assert Company.objects.get().name == saved
    assert OVERTAKEN in refused
    assert LedgerEntry.objects.filter(action="company.changed").count() == 1


def wait_for_waiting(count: int) -> None:
    """Until so many sessions of this database wait for a lock."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(asked)
            if cursor.fetchone()[0] >= count:
                return
        Event().wait(0.05)
    pytest.fail("They never came to the lock.")
