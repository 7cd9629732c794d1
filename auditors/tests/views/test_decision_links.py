"""A decision is linked for who may read it, and named for everybody else."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from auditors.services import approvals, findings, policy
from auditors.tests.factories import SIGNED, a_finding, a_request, remediated
from charters.models import Decision
from charters.tests.charters import set_the_stage
from committees.tests.recording import decided

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 3)


def a_closed_finding(management: User, decision: Decision) -> str:
    finding = remediated(a_finding(owner=management))
    findings.close(finding, closed_on=ON, decision=decision, **SIGNED)
    return finding.get_absolute_url()


def an_adopted_policy(management: User, decision: Decision) -> str:
    policy.adopt_policy(adopted_on=ON, currency="USD", decision=decision, **SIGNED)
    return "/auditor/policy/"


def an_approved_request(management: User, decision: Decision) -> str:
    asked = a_request(by=management)
    approvals.approve_by_committee(asked, approved_on=ON, decision=decision, **SIGNED)
    return asked.get_absolute_url()


@pytest.mark.parametrize(
    "made",
    [a_closed_finding, an_adopted_policy, an_approved_request],
    ids=lambda made: made.__name__,
)
def test_decision_is_linked_only_for_who_may_read_it(
    client_of: Callable[..., Client],
    secretary: User,
    management: User,
    made: Callable[[User, Decision], str],
) -> None:
    stage = set_the_stage()
    decision = decided(stage.committee, ON)
    path = made(management, decision)
    for user, is_linked in ((secretary, True), (management, False)):
        page = client_of(user).get(path)
        assert page.status_code == 200
        assert (f'href="{decision.get_absolute_url()}"' in page.content.decode()) is is_linked
