"""The decision on which a record rests: given with it, or added once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from auditors.models import Engagement, Finding
from auditors.models.bases import Decided
from auditors.services import approvals, decisions, findings, firms, letters, policy
from auditors.tests.factories import (
    SIGNED,
    TODAY,
    a_delegation,
    a_finding,
    a_letter,
    a_line,
    a_request,
    an_engagement,
    an_issued_report,
    remediated,
    use,
    waived,
)
from charters import services
from charters.enums import CommitteeKind, HowDecided
from charters.models import Committee, Decision
from committees.tests.factories import a_board, a_company, a_director, a_seat, an_audit_committee
from records.models import LedgerEntry
from records.models.bases import ImmutableError

pytestmark = pytest.mark.django_db

Made = Callable[..., Decided]


@pytest.fixture(autouse=True)
def _company() -> None:
    a_company()


def a_decision(body: Committee | None, day: date = TODAY, **given: Any) -> Decision:
    given = {"how": HowDecided.MEETING, "text": "Resolved."} | given
    return services.record_decision(body, decided_on=day, **(given | SIGNED))


def appointment(**given: Any) -> Decided:
    return an_engagement(appointed_on=TODAY, **given)


def fee(**given: Any) -> Decided:
    set_fee = {"amount": Decimal(850_000), "currency": "USD", "approved_on": TODAY}
    engagement = Engagement.objects.first() or an_engagement()
    return firms.set_fee(engagement, **(set_fee | given | SIGNED))


def adopted_policy(**given: Any) -> Decided:
    return policy.adopt_policy(adopted_on=TODAY, currency="USD", **(given | SIGNED))


def line(**given: Any) -> Decided:
    return a_line(adopted_on=TODAY, **given)


def delegation(**given: Any) -> Decided:
    return a_delegation(a_seat().director, adopted_on=TODAY, **given)


def approval(**given: Any) -> Decided:
    return approvals.approve_by_committee(a_request(), approved_on=TODAY, **(given | SIGNED))


def waiver(**given: Any) -> Decided:
    return waived(**given)


def closure(**given: Any) -> Decided:
    return findings.close(remediated(a_finding()), closed_on=TODAY, **(given | SIGNED))


def exception(**given: Any) -> Decided:
    item = a_letter(exceptions=["A loan"]).exceptions.get()
    told: dict[str, Any] = {"decided_on": TODAY, "text": "Not impaired."}
    return letters.decide_exception(item, **(told | given | SIGNED))


RECORDS = [
    appointment,
    fee,
    adopted_policy,
    line,
    delegation,
    approval,
    waiver,
    closure,
    exception,
]
each_record = pytest.mark.parametrize("made", RECORDS, ids=lambda made: made.__name__)


@each_record
@pytest.mark.parametrize("body", [an_audit_committee, a_board])
def test_record_names_its_decision(made: Made, body: Callable[[], Committee]) -> None:
    decision = a_decision(body())
    row = made(decision=decision)

    assert type(row)._default_manager.get(pk=row.pk).decision == decision
    last = LedgerEntry.objects.order_by("sequence").last()
    assert last.facts["decision"] == f"charters.Decision:{decision.pk}"


@each_record
def test_decision_that_was_not_known_is_added_once(made: Made) -> None:
    row = made()
    assert row.decision is None
    first, second = a_decision(an_audit_committee()), a_decision(an_audit_committee(), number="2")

    assert decisions.add_decision(row, decision=first, **SIGNED).decision == first
    last = LedgerEntry.objects.order_by("sequence").last()
    assert (last.action, last.subject) == ("decision.added", f"{row._meta.label}:{row.pk}")
    with pytest.raises(ValidationError, match="on record already"):
        decisions.add_decision(row, decision=second, **SIGNED)
    row.refresh_from_db()
    row.decision = second
    with pytest.raises(ImmutableError):
        row.save(update_fields=["decision"])


def other_committee() -> Committee:
    return services.establish(name="Compensation", kind=CommitteeKind.COMPENSATION, **SIGNED)


@pytest.mark.parametrize(
    ("decided", "sentence"),
    [
        (lambda: a_decision(an_audit_committee(), date(2026, 11, 19)), "of the same date"),
        (lambda: a_decision(other_committee()), "the audit committee or the Board"),
        (lambda: a_decision(None, how=HowDecided.ANNUAL_MEETING), "the audit committee or"),
        (
            lambda: a_decision(an_audit_committee(), restricted_roles=[Role.MANAGEMENT]),
            "This decision is restricted. Choose one that every reader may see",
        ),
    ],
    ids=[
        "of another date",
        "of another committee",
        "Only stockholders hold an annual meeting",
        "restricted",
    ],
)
@each_record
def test_other_decision_is_refused(
    made: Made, decided: Callable[[], Decision], sentence: str
) -> None:
    decision = decided()
    with pytest.raises(ValidationError, match=sentence) as refusal:
        made(decision=decision)
    assert list(refusal.value.error_dict) == ["decision"]
    row = made()
    with pytest.raises(ValidationError, match=sentence):
        decisions.add_decision(row, decision=decision, **SIGNED)


def test_restricted_finding_rests_on_a_decision_restricted_in_the_same_way() -> None:
    """Whoever may read the finding may read why it was closed."""
    closed: dict[str, Any] = {"closed_on": TODAY} | SIGNED
    barred = frozenset({Role.MANAGEMENT})
    finding = remediated(a_finding(restricted_roles=barred))
    restricted = a_decision(an_audit_committee(), restricted_roles=barred)
    assert findings.close(finding, decision=restricted, **closed).decision == restricted
    with pytest.raises(ValidationError, match="restricted"):
        findings.close(remediated(a_finding()), decision=restricted, **closed)


def test_restriction_of_a_finding_rests_on_a_decision_of_any_date() -> None:
    """A standing decision comes before the finding, another after it."""
    barred = frozenset({Role.MANAGEMENT})
    committee, earlier = an_audit_committee(), date(2026, 1, 15)
    standing = a_decision(committee, earlier, restricted_roles=barred)
    finding = a_finding(restricted_roles=barred, decision=standing)
    assert finding.told_on > standing.decided_on
    later = a_finding(restricted_roles=barred)
    decisions.add_decision(later, decision=a_decision(committee), **SIGNED)
    later.refresh_from_db()
    assert later.decision.decided_on > later.told_on
    with pytest.raises(ValidationError, match="on record already"):
        decisions.add_decision(later, decision=standing, **SIGNED)


def test_restriction_is_not_decided_by_others_or_for_an_open_finding() -> None:
    barred = frozenset({Role.MANAGEMENT})
    stockholders = a_decision(None, how=HowDecided.ANNUAL_MEETING)
    with pytest.raises(ValidationError, match="audit committee or the Board"):
        a_finding(restricted_roles=barred, decision=stockholders)
    decision = a_decision(an_audit_committee())
    with pytest.raises(ValidationError, match="Only a restricted finding"):
        a_finding(decision=decision)
    open_to_all = Finding.objects.filter(pk=a_finding().pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet.update(open_to_all, decision=decision)


def test_page_of_a_restricted_finding_names_the_decision_to_restrict_it(
    client_of: Callable[..., Client], secretary: User, secretary_in_management: User
) -> None:
    barred, committee = frozenset({Role.MANAGEMENT}), an_audit_committee()
    decision = a_decision(committee, restricted_roles=barred, number="2026-7")
    client, finding = client_of(secretary), a_finding(restricted_roles=barred)
    page = client.get(finding.get_absolute_url()).content.decode()
    assert "Restricted from" in page
    path = f"/auditor/findings/{finding.pk}/decision/"
    assert path in page
    assert list(client.get(path).context["form"].fields["decision"].queryset) == [decision]
    assert client.post(path, {"decision": decision.pk}).status_code == 302
    page = client.get(finding.get_absolute_url()).content.decode()
    assert path not in page
    assert decision.get_absolute_url() in page
    add, other = "/auditor/findings/add/", client_of(secretary_in_management)
    assert decision in client.get(add).context["form"].fields["decision"].queryset
    assert decision not in other.get(add).context["form"].fields["decision"].queryset
    assert other.get(path).status_code == 404


def test_committee_report_shows_the_decision_that_adopted_it(
    client_of: Callable[..., Client], secretary: User
) -> None:
    a_seat(a_director("Wei Chen"))
    report = an_issued_report()
    client, page = client_of(secretary), report.review.get_absolute_url()
    add_url = client.get(page).context["decision_url"]
    decision = a_decision(an_audit_committee(), report.adopted_on)
    assert client.post(add_url, {"decision": decision.pk}).url == page
    shown = client.get(page)
    assert shown.context["decision_url"] == ""
    assert decision.get_absolute_url() in {each.url for each in shown.context["issued"]}


def test_excepted_item_links_to_its_decision(
    client_of: Callable[..., Client], secretary: User
) -> None:
    an_audit_committee()
    decided = exception()
    client, page = client_of(secretary), decided.exception.letter.get_absolute_url()
    (row,) = client.get(page).context["exceptions"]
    decision = a_decision(an_audit_committee())
    assert client.post(row.add_url, {"decision": decision.pk}).url == page
    (row,) = client.get(page).context["exceptions"]
    assert (row.url, row.add_url) == (decision.get_absolute_url(), "")


def test_closure_links_to_its_decision(client_of: Callable[..., Client], secretary: User) -> None:
    an_audit_committee()
    closed = closure()
    client, page = client_of(secretary), closed.finding.get_absolute_url()
    add = client.get(page).context["first"]
    decision = a_decision(an_audit_committee())
    assert client.post(add.url, {"decision": decision.pk}).url == page
    assert client.get(page).context["first"] is None
    assert decision.get_absolute_url() in client.get(page).content.decode()


def test_use_of_a_line_and_approval_of_a_delegate_have_no_decision_of_their_own(
    management: User,
) -> None:
    used = use(a_line(used_by=[management]), management)
    seat = a_seat(a_director("Wei Chen"))
    a_delegation(seat.director)
    delegated = approvals.approve_by_delegate(
        a_request(), seat.director, approved_on=TODAY, **SIGNED
    )
    decision = a_decision(an_audit_committee())
    for row in (used, delegated):
        with pytest.raises(ValidationError):
            decisions.add_decision(row, decision=decision, **SIGNED)
        row.decision = decision
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(update_fields=["decision"])


def test_delegates_waiver_with_a_decision_of_the_committee_is_refused() -> None:
    seat = a_seat()
    a_delegation(seat.director)
    with pytest.raises(ValidationError) as refusal:
        waived("5000", delegate=seat.director, decision=a_decision(seat.committee))
    assert list(refusal.value.error_dict) == ["decision"]
