"""Committees, directors, seats and chairs: what is recorded, what is refused, what is kept."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from charters import services
from charters.enums import CommitteeKind
from charters.models import Committee
from committees import services as seating
from committees.enums import EndReason
from committees.models import ChairTerm, Membership
from committees.tests.factories import (
    LONG_AGO,
    SIGNED,
    a_board,
    a_director,
    a_seat,
    an_audit_committee,
    seats,
)
from records import ledger
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

LEFT = date(2025, 3, 1)


def last_entry() -> LedgerEntry:
    return LedgerEntry.objects.order_by("sequence").last()


def end(membership: Membership, ends_on: date = LEFT, **given: Any) -> Membership:
    return seating.end_membership(
        membership, ends_on=ends_on, **({"reason": EndReason.RESIGNED} | given), **SIGNED
    )


def refused(error: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return list(error.value.error_dict)


def test_established_committee_is_found_by_its_kind() -> None:
    audit = services.establish(name="Audit Committee", kind=CommitteeKind.AUDIT, **SIGNED)
    assert Committee.objects.audit() == audit
    assert last_entry().facts == {"kind": "audit"}


def test_director_is_sorted_by_family_name() -> None:
    assert a_director("Ngozi Adaeze Okafor").sort_name == "Okafor, Ngozi Adaeze"
    assert a_director("Cher").sort_name == "Cher"


def test_names_stay_out_of_the_ledger(member: User) -> None:
    director = a_director("Ngozi Okafor", member)
    seating.rename_director(director, name="Ngozi Eze", sort_name="", user=None, **SIGNED)
    told = [str(entry.facts) + entry.subject for entry in LedgerEntry.objects.all()]
    assert not [line for line in told if "Okafor" in line or "Eze" in line]
    facts = last_entry().facts
    assert facts["account"] == [f"accounts.User:{member.pk}", None]
    was, now = facts["name"]
    director.refresh_from_db()
    assert was != now == str(ledger.digest("Ngozi Eze", director.salt))


@pytest.mark.parametrize(
    ("day", "sits"),
    [
        (date(2020, 4, 30), False),
        (LONG_AGO, True),
        (date(2025, 2, 28), True),
        (LEFT, False),  # the end is the first day out of office
    ],
)
def test_member_sits_from_the_first_day_until_the_end(day: date, sits: bool) -> None:
    membership = end(a_seat())
    assert membership.covers(day) is sits
    assert Membership.objects.in_office(day).exists() is sits


def test_director_sits_once_on_a_committee() -> None:
    membership = a_seat()
    with pytest.raises(ValidationError) as refusal:
        a_seat(membership.director, membership.committee, date(2024, 1, 1))
    assert refused(refusal) == ["starts_on"]


def test_director_who_left_may_come_back_on_the_very_day() -> None:
    membership = end(a_seat())
    again = a_seat(membership.director, membership.committee, LEFT)
    assert again.covers(LEFT)


def test_director_may_sit_on_two_committees() -> None:
    director = a_director()
    a_seat(director, a_board())
    a_seat(director, an_audit_committee())
    assert director.memberships.in_office(LEFT).count() == 2


def test_end_is_recorded_with_its_reason_and_the_notice() -> None:
    membership = end(a_seat(), exchange_notified_on=date(2025, 3, 3))
    assert (membership.ends_on, membership.end_reason) == (LEFT, "resigned")
    assert last_entry().facts == {
        "ends_on": "2025-03-01",
        "reason": "resigned",
        "exchange_notified_on": "2025-03-03",
    }


@pytest.mark.parametrize("ends_on", [LONG_AGO, date(2019, 1, 1)])
def test_membership_ends_after_the_day_it_began(ends_on: date) -> None:
    with pytest.raises(ValidationError) as refusal:
        end(a_seat(), ends_on)
    assert refused(refusal) == ["ends_on"]


def test_membership_ends_once() -> None:
    membership = end(a_seat())
    with pytest.raises(ValidationError, match="ended already"):
        end(membership, date(2025, 4, 1))


def test_notice_to_the_exchange_can_follow() -> None:
    membership = end(a_seat())
    seating.record_exchange_notice(membership, on=date(2025, 3, 5), **SIGNED)
    assert Membership.objects.get().exchange_notified_on == date(2025, 3, 5)


def test_without_a_vacancy_there_is_no_notice() -> None:
    with pytest.raises(ValidationError, match="no vacancy"):
        seating.record_exchange_notice(a_seat(), on=LEFT, **SIGNED)


def test_new_chair_follows_the_one_before() -> None:
    first, second = seats("Ngozi Okafor", "Li Wei")
    seating.designate_chair(first, starts_on=LONG_AGO, **SIGNED)
    seating.designate_chair(second, starts_on=LEFT, **SIGNED)
    terms = ChairTerm.objects.values_list("membership", "starts_on", "ends_on")
    assert list(terms) == [(first.pk, LONG_AGO, LEFT), (second.pk, LEFT, None)]


def test_chair_sits_on_the_committee() -> None:
    membership = a_seat()
    with pytest.raises(ValidationError) as refusal:
        seating.designate_chair(membership, starts_on=date(2019, 1, 1), **SIGNED)
    assert refused(refusal) == ["starts_on"]


def test_chair_cannot_follow_on_a_day_before_the_present_one_began() -> None:
    first, second = seats("Ngozi Okafor", "Li Wei")
    seating.designate_chair(first, starts_on=LEFT, **SIGNED)
    with pytest.raises(ValidationError, match="present chair"):
        seating.designate_chair(second, starts_on=LEFT, **SIGNED)


def test_the_chair_ends_with_the_seat() -> None:
    membership = a_seat()
    seating.designate_chair(membership, starts_on=LONG_AGO, **SIGNED)
    end(membership)
    assert ChairTerm.objects.get().ends_on == LEFT
    actions = LedgerEntry.objects.order_by("sequence").values_list("action", flat=True)
    assert list(actions)[-2:] == ["chair.ended", "membership.ended"]


def test_chairs_of_two_committees_do_not_meet() -> None:
    director = a_director()
    for committee in (a_board(), an_audit_committee()):
        seat = a_seat(director, committee)
        seating.designate_chair(seat, starts_on=LONG_AGO, **SIGNED)
    assert ChairTerm.objects.filter(ends_on=None).count() == 2


# History, in any order.

EARLY, LATE = date(2015, 1, 1), date(2017, 1, 1)


def a_past_seat(starts_on: date = EARLY, ends_on: date = LATE, **given: Any) -> Membership:
    return seating.seat(
        given.pop("director", None) or a_director(),
        an_audit_committee(),
        starts_on=starts_on,
        ends_on=ends_on,
        end_reason=EndReason.RETIRED,
        **SIGNED,
    )


def test_earlier_seat_can_be_recorded_after_the_present_one() -> None:
    present = a_seat()
    earlier = a_past_seat(director=present.director)
    assert last_entry().facts["ends_on"] == "2017-01-01"
    assert (earlier.covers(EARLY), earlier.covers(LATE)) == (True, False)


def test_seat_that_overlaps_another_is_refused() -> None:
    present = a_seat()
    with pytest.raises(ValidationError) as refusal:
        a_past_seat(ends_on=date(2020, 5, 2), director=present.director)
    assert refused(refusal) == ["starts_on"]
    assert a_past_seat(ends_on=LONG_AGO, director=present.director).ends_on == LONG_AGO


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"ends_on": LATE}, "end_reason"),
        ({"end_reason": EndReason.DIED}, "ends_on"),
        ({"ends_on": EARLY, "end_reason": EndReason.DIED}, "ends_on"),
        ({"exchange_notified_on": LATE}, "exchange_notified_on"),
    ],
)
def test_end_of_a_seat_is_whole(given: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        seating.seat(a_director(), an_audit_committee(), starts_on=EARLY, **given, **SIGNED)
    assert refused(refusal) == [field]


def correct(membership: Membership, **given: Any) -> Membership:
    days = {
        "starts_on": membership.starts_on,
        "ends_on": membership.ends_on,
        "reason": membership.end_reason or None,
        "exchange_notified_on": membership.exchange_notified_on,
    }
    return seating.correct_membership(membership, **(days | given), **SIGNED)


def test_correction_of_a_seat_keeps_the_old_days_in_the_ledger() -> None:
    membership = correct(end(a_seat()), starts_on=EARLY, ends_on=None, reason=None)
    membership.refresh_from_db()
    assert (membership.starts_on, membership.ends_on, membership.end_reason) == (EARLY, None, "")
    assert last_entry().action == "membership.corrected"
    assert last_entry().facts == {
        "starts_on": ["2020-05-01", "2015-01-01"],
        "ends_on": ["2025-03-01", None],
        "reason": ["resigned", None],
    }


def test_correction_that_changes_nothing_or_overlaps_is_refused() -> None:
    present = a_seat()
    earlier = a_past_seat(director=present.director)
    with pytest.raises(ValidationError, match="nothing to correct"):
        correct(earlier)
    with pytest.raises(ValidationError, match="already sits"):
        correct(earlier, ends_on=LEFT)


def terms() -> list[tuple[date, date | None]]:
    return list(ChairTerm.objects.order_by("pk").values_list("starts_on", "ends_on"))


def test_chair_keeps_within_the_corrected_seat() -> None:
    membership = a_seat()
    seating.designate_chair(membership, starts_on=LONG_AGO, **SIGNED)
    end(membership)
    membership = correct(Membership.objects.get(), ends_on=date(2025, 6, 1))
    assert terms() == [(LONG_AGO, date(2025, 6, 1))]
    membership = correct(membership, starts_on=date(2021, 1, 1), ends_on=LEFT)
    assert terms() == [(date(2021, 1, 1), LEFT)]
    correct(membership, starts_on=EARLY, ends_on=LATE)
    assert not ChairTerm.objects.get().covers(date(2021, 1, 1))


# One chair on a day.


def test_past_chair_can_be_recorded_with_an_end() -> None:
    first, second = seats("Ngozi Okafor", "Li Wei")
    seating.designate_chair(second, starts_on=LEFT, **SIGNED)
    seating.designate_chair(first, starts_on=LONG_AGO, ends_on=LEFT, **SIGNED)
    assert terms() == [(LEFT, None), (LONG_AGO, LEFT)]


def test_announced_end_of_a_chair_gives_way_to_a_successor() -> None:
    first, second = seats("Ngozi Okafor", "Li Wei")
    seating.designate_chair(first, starts_on=LONG_AGO, **SIGNED)
    end(first, date(2027, 1, 1))
    seating.designate_chair(second, starts_on=LEFT, **SIGNED)
    assert terms() == [(LONG_AGO, LEFT), (LEFT, None)]


def test_term_within_another_is_refused() -> None:
    first, second = seats("Ngozi Okafor", "Li Wei")
    seating.designate_chair(first, starts_on=LONG_AGO, **SIGNED)
    with pytest.raises(ValidationError, match="End that term first"):
        seating.designate_chair(second, starts_on=LEFT, ends_on=date(2025, 4, 1), **SIGNED)


def test_chair_never_outlives_the_seat() -> None:
    membership = end(a_seat())
    seating.designate_chair(membership, starts_on=LONG_AGO, **SIGNED)
    assert terms() == [(LONG_AGO, LEFT)]
    with pytest.raises(ValidationError) as refusal:
        seating.designate_chair(a_past_seat(), starts_on=EARLY, ends_on=date(2018, 1, 1), **SIGNED)
    assert refused(refusal) == ["ends_on"]


def test_chair_announced_for_after_the_seats_end_holds_no_day() -> None:
    membership = a_seat()
    seating.designate_chair(membership, starts_on=date(2026, 6, 1), **SIGNED)
    end(membership)
    assert not ChairTerm.objects.get().covers(date(2026, 6, 1))


def test_chair_ends_once() -> None:
    term = seating.designate_chair(a_seat(), starts_on=LONG_AGO, **SIGNED)
    with pytest.raises(ValidationError, match="after the date it began"):
        seating.end_chair(term, ends_on=LONG_AGO, **SIGNED)
    seating.end_chair(term, ends_on=LEFT, **SIGNED)
    with pytest.raises(ValidationError, match="already"):
        seating.end_chair(term, ends_on=LEFT, **SIGNED)


# What there is once.


def test_audit_committee_is_established_once() -> None:
    an_audit_committee()
    with pytest.raises(ValidationError) as refusal:
        services.establish(name="Second", kind=CommitteeKind.AUDIT, **SIGNED)
    assert refused(refusal) == ["kind"]
    with pytest.raises(ValidationError) as refusal:
        services.establish(name="Audit Committee", kind=CommitteeKind.OTHER, **SIGNED)
    assert refused(refusal) == ["name"]


def test_account_is_one_directors(member: User) -> None:
    a_director(user=member)
    other = a_director("Li Wei")
    with pytest.raises(ValidationError) as refusal:
        a_director("Ann Roe", member)
    assert refused(refusal) == ["user"]
    with pytest.raises(ValidationError, match="another director's"):
        seating.rename_director(other, name="Li Wei", sort_name="", user=member, **SIGNED)
