"""What is closed to management is closed to whoever is also management: every kind so far."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.enums import Role
from accounts.models import User
from accounts.tests import restrictions
from accounts.tests.restrictions import Closed, faults
from charter_portal.enums import Audience
from charter_portal.tests.reporting import NOW, make_world, stored
from charters import services
from charters.enums import ClosedAs, HowDecided
from charters.models import Duty
from charters.services import events

pytestmark = pytest.mark.django_db

MANAGEMENT = frozenset({Role.MANAGEMENT})
# Lines of the ledger tell of every kind of item.
EXPORT = ("/ledger/export/",)
ISSUED, TODAY = NOW.date(), date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(datetime(2026, 11, 2, 12, tzinfo=ZoneInfo("America/New_York"))):
        yield


def test_report_for_the_independent_directors(secretary: User) -> None:
    report = stored(make_world(), secretary, audience=Audience.INDEPENDENT)
    item = Closed(
        to=MANAGEMENT,
        since=ISSUED,
        own=(
            "/reports/1/",
            "/reports/1/replace/",
            f"/documents/{report.document.pk}/",
        ),
        lists=("/reports/",),
        marks=("/reports/1/", "No. 1"),
        hauls=EXPORT,
    )
    assert faults(item, on=TODAY) == []


def test_reason_of_what_is_with_counsel(secretary: User) -> None:
    world = make_world()
    duty = Duty.objects.get(title="Look at the insurance programme")
    services.close_open_item(
        world.committee,
        rule="charters.gap",
        subject=f"duty-{duty.pk}",
        period="FY2025",
        kind=ClosedAs.UNDER_REVIEW,
        reason="Counsel looks into the rotation.",
        by=secretary,
        at=NOW,
    )
    item = Closed(
        to=MANAGEMENT,
        since=ISSUED,
        lists=(f"/open-items/charters.gap:duty-{duty.pk}:FY2025/",),
        marks=("Counsel looks into the rotation",),
    )
    assert faults(item, on=TODAY) == []


def test_event_restricted_from_management(secretary: User) -> None:
    event = events.enter_event(
        make_world().committee,
        template="charters.blank",
        title="Letter about the rotation",
        learned_on=date(2026, 10, 1),
        restricted_roles={Role.MANAGEMENT},
        by=secretary,
        at=NOW,
    )
    item = Closed(
        to=MANAGEMENT,
        since=ISSUED,
        own=tuple(f"/events/{event.pk}/{verb}" for verb in ("", "sheet/", "change/", "close/")),
        lists=("/events/",),
        marks=("Letter about the rotation", f"/events/{event.pk}/"),
        grows=True,
        hauls=EXPORT,
    )
    assert faults(item, on=TODAY) == []


def test_decision_restricted_from_management(secretary: User) -> None:
    decision = services.record_decision(
        make_world().committee,
        decided_on=ISSUED,
        how=HowDecided.MEETING,
        number="7",
        text="The committee engaged counsel of its own.",
        upload=services.Upload(b"Minutes.", "minutes.txt", "Minutes about counsel"),
        restricted_roles=MANAGEMENT,
        by=secretary,
        at=NOW,
    )
    item = Closed(
        to=MANAGEMENT,
        since=ISSUED,
        own=(decision.get_absolute_url(), decision.document.get_absolute_url()),
        lists=("/decisions/", "/ledger/"),
        marks=("engaged counsel", decision.get_absolute_url(), "resolution 7"),
        hauls=EXPORT,
    )
    assert faults(item, on=TODAY) == []


def test_tool_finds_a_leak_a_word_on_a_list_and_a_test_that_proves_nothing(
    secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(make_world(), secretary, audience=Audience.BOARD)
    monkeypatch.setattr(
        restrictions,
        "holders",
        lambda item, on: [restrictions.Holder((Role.SECRETARY, Role.MANAGEMENT), "today", TERMS)],
    )
    item = Closed(
        to=MANAGEMENT,
        since=ISSUED,
        own=("/reports/1/", "/no/such/page/"),
        lists=("/reports/",),
        marks=("/reports/1/",),
    )
    assert faults(item, on=TODAY) == [
        "secretary and management, closed ones today: /reports/1/ got 200",
        "secretary and management, closed ones today: named on /reports/",
        "nobody at all meets it at /reports/1/",
        "nobody at all meets it at /no/such/page/",
        "nobody at all meets it at /reports/",
    ]


def test_tool_finds_who_is_turned_away_without_a_reason() -> None:
    """The secretary gets in; who is that too, and was in management once, does not."""
    secretary = restrictions.Holder((Role.SECRETARY,), "today", TERMS[:1])
    before = (Role.MANAGEMENT, date(2015, 1, 1), ISSUED)
    once = restrictions.Holder((Role.SECRETARY, Role.MANAGEMENT), "only before", (TERMS[0], before))
    only_once = restrictions.Holder((Role.MANAGEMENT,), "only before", (before,))
    met = {secretary: {"/reports/1/"}, once: set(), only_once: set()}
    assert restrictions.turned_away("/reports/1/", met, TODAY) == [
        f"{once}: not barred, and turned away at /reports/1/"
    ]
    met[once] = {"/reports/1/"}
    assert restrictions.turned_away("/reports/1/", met, TODAY) == []


TERMS = ((Role.SECRETARY, date(2015, 1, 1), None), (Role.MANAGEMENT, TODAY, None))


def test_holders_cover_every_two_roles_and_every_time() -> None:
    item = Closed(to=MANAGEMENT, since=ISSUED)
    walked = list(restrictions.holders(item, TODAY))
    assert {frozenset(one.roles) for one in walked if len(one.roles) == 2} == {
        frozenset({a, b}) for a in Role for b in Role if a != b
    }
    barred = {one.when for one in walked if one.is_barred(item, TODAY)}
    assert barred == {"today", "on the day of issue"}
