"""The committee's page, the director's, and the verbs on a seat."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from charters.enums import DutyKind, Standing
from charters.models import Committee
from charters.tests.charters import set_the_stage
from committees import services
from committees.enums import EndReason
from committees.models import ChairTerm, Director, Membership
from committees.tests.factories import (
    LONG_AGO,
    SIGNED,
    a_board,
    a_company,
    a_director,
    a_seat,
    an_audit_committee,
    seats,
)
from records import clock
from records.models import LedgerEntry
from records.stale import VERSION

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
LEFT = date(2025, 3, 1)


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    a_company()
    return client_of(secretary)


def names(lines: list) -> list[str]:
    return [line.name for line in lines]


def text(page) -> str:
    return " ".join(page.content.decode().split())


# The committee.


def test_without_a_committee_the_secretary_is_led_to_establish_it(client: Client) -> None:
    page = text(client.get("/committee/"))
    assert "No audit committee on record" in page
    assert "/committee/establish/?kind=audit" in page


def test_page_stands_without_a_company_too(client_of: ClientOf, secretary: User) -> None:
    assert client_of(secretary).get("/committee/").status_code == 200


def test_committee_is_established_once(client: Client) -> None:
    given = {"kind": "audit", "name": "Audit Committee"}
    page = client.post("/committee/establish/", given)
    assert [line.text for line in page.context["recorded"]] == [
        "Audit Committee",
        "Audit committee",
    ]
    assert not Committee.objects.exists()
    client.post("/committee/establish/", given | {"confirmed": "1"})
    assert Committee.objects.audit().name == "Audit Committee"
    page = client.post("/committee/establish/", given | {"confirmed": "1"})
    assert set(page.context["form"].errors) == {"kind", "name"}


@pytest.mark.parametrize("kind", ["audit", "board", "no-such-kind", ""])
def test_form_to_establish_opens_whatever_the_address_asks(kind: str, client: Client) -> None:
    assert client.get(f"/committee/establish/?kind={kind}").status_code == 200


def test_chair_comes_first_and_the_others_by_family_name(client: Client) -> None:
    rows = seats("Ngozi Okafor", "Amara Zuma", "Li Adams")
    services.designate_chair(rows[1], starts_on=LONG_AGO, **SIGNED)
    page = client.get("/committee/")
    sitting = page.context["roster"].sitting
    assert names(sitting) == ["Amara Zuma", "Li Adams", "Ngozi Okafor"]
    assert sitting[0].chair_since == LONG_AGO
    assert "chair since May 1, 2020" in text(page)


def test_who_left_is_listed_with_the_reason(client: Client) -> None:
    membership = a_seat()
    services.end_membership(membership, ends_on=LEFT, reason=EndReason.RETIRED, **SIGNED)
    page = client.get("/committee/")
    assert names(page.context["roster"].past) == ["Ngozi Okafor"]
    assert "retired" in text(page)
    assert "Directors without a seat on this date" in text(page)


def test_past_day_is_shown_as_it_was_known(client: Client) -> None:
    membership = a_seat()
    services.end_membership(
        membership,
        ends_on=LEFT,
        reason=EndReason.RETIRED,
        exchange_notified_on=date(2025, 3, 3),
        **SIGNED,
    )
    a_seat(a_director("Li Wei"), starts_on=LEFT)
    shown = client.get("/committee/?as_of=2025-02-28").context["roster"]
    assert names(shown.sitting) == ["Ngozi Okafor"]
    assert (shown.sitting[0].ends_on, shown.past, shown.coming) == (None, (), ())
    later = client.get("/committee/?as_of=2025-03-01").context["roster"]
    assert names(later.sitting) == ["Li Wei"]
    assert later.past[0].notified_on is None


def test_seat_that_was_announced_is_to_come(client: Client) -> None:
    a_seat(starts_on=clock.today() + timedelta(days=10))
    roster = client.get("/committee/").context["roster"]
    assert (names(roster.sitting), names(roster.coming)) == ([], ["Ngozi Okafor"])


def test_board_and_other_committees_stand_below(client: Client) -> None:
    an_audit_committee()
    seats("Ngozi Okafor", "Li Wei", committee=a_board())
    [(board, roster)] = client.get("/committee/").context["others"]
    assert (str(board), names(roster.sitting)) == (
        "Board of Directors",
        ["Ngozi Okafor", "Li Wei"],
    )


def test_text_that_is_no_day_shows_today_and_says_so(client: Client) -> None:
    an_audit_committee()
    page = client.get("/committee/?as_of=someday")
    assert page.context["today"] is True
    assert "“someday” is not a valid date" in text(page)


def test_list_makes_as_many_queries_with_one_member_as_with_many(client: Client) -> None:
    a_seat()
    client.get("/committee/")
    with CaptureQueriesContext(connection) as few:
        client.get("/committee/")
    for membership in seats(*(f"Director N{n}" for n in range(20))):
        ChairTerm.objects.create(
            membership=membership, starts_on=LONG_AGO, ends_on=date(2020, 6, 1)
        )
        a_seat(membership.director, a_board())
    with CaptureQueriesContext(connection) as many:
        assert client.get("/committee/").status_code == 200
    assert len(many) == len(few)


# The condition of size.


def test_three_members_keep_the_condition_without_a_charter(client: Client) -> None:
    seats("Ngozi Okafor", "Li Wei", "Amara Zuma")
    size = client.get("/committee/").context["size"]
    assert (size.standing, size.clause) == (Standing.ON_FILE, None)
    assert size.because == "3 directors sit on the committee."


def test_vacancy_within_its_cure_is_due_by_the_deadline(client: Client) -> None:
    rows, today = seats("Ngozi Okafor", "Li Wei", "Amara Zuma"), clock.today()
    services.end_membership(
        rows[0], ends_on=today, reason=EndReason.DIED, exchange_notified_on=today, **SIGNED
    )
    size = client.get("/committee/").context["size"]
    assert size.standing == Standing.DUE
    assert size.due_on > today
    assert "Due" in text(client.get("/committee/")) or "due" in text(client.get("/committee/"))


def test_too_few_without_a_cure_is_not_met(client: Client) -> None:
    seats("Ngozi Okafor", "Li Wei")
    assert client.get("/committee/").context["size"].standing == Standing.OPEN


def test_size_is_the_duty_of_the_charter_where_one_is_in_effect(
    client_of: ClientOf, secretary: User
) -> None:
    stage = set_the_stage()
    stage.duty(stage.size, kind=DutyKind.CONDITION, catalogue_key="minimum-size")
    seats("Ngozi Okafor", "Li Wei", "Amara Zuma")
    page = client_of(secretary).get("/committee/")
    assert page.context["size"].clause.label == "M-0"
    assert page.context["size"].standing == Standing.ON_FILE
    assert "not a legal determination" in text(page)


def test_management_sees_who_sits_and_no_standing(client_of: ClientOf, management: User) -> None:
    a_company()
    a_seat()
    page = client_of(management).get("/committee/")
    assert page.context["size"] is None
    assert "Ngozi Okafor" in text(page)
    assert "Seat a director" not in text(page)


# Directors.


def test_director_is_added_and_led_to_a_seat(client: Client) -> None:
    page = client.post("/directors/add/", {"name": "Ngozi Okafor"})
    recorded = {str(line.term): line.text for line in page.context["recorded"]}
    assert recorded == {
        "Director": "Ngozi Okafor",
        "Sorted as": "Okafor, Ngozi",
        "Account": "no account",
    }
    assert not Director.objects.exists()
    page = client.post("/directors/add/", {"name": "Ngozi Okafor", "confirmed": "1"}, follow=True)
    assert page.context["director"] == Director.objects.get()
    assert "Give them a seat next" in text(page)


def test_account_belongs_to_one_director(client: Client, member: User, chair: User) -> None:
    director = a_director("Max Member", member)
    offered = client.get("/directors/add/").context["form"].fields["user"].queryset
    assert member not in offered
    assert chair in offered
    theirs = client.get(f"/directors/{director.pk}/change/").context["form"]
    assert member in theirs.fields["user"].queryset
    page = client.post("/directors/add/", {"name": "Another", "user": member.pk})
    assert list(page.context["form"].errors) == ["user"]


def test_correction_keeps_the_account_of_who_left(client: Client, member: User) -> None:
    director = a_director("Max Member", member)
    member.is_active = False
    member.save()
    given = {"name": "Maximilian Member", "sort_name": "", "user": member.pk, "confirmed": "1"}
    client.post(f"/directors/{director.pk}/change/", given)
    director.refresh_from_db()
    assert (director.name, director.user) == ("Maximilian Member", member)


def test_looking_a_correction_over_changes_nothing(client: Client) -> None:
    director = a_director()
    page = client.post(f"/directors/{director.pk}/change/", {"name": "Ngozi Eze"})
    assert page.context["recorded"][0].text == "Ngozi Eze"
    director.refresh_from_db()
    assert director.name == "Ngozi Okafor"


def test_director_page_tells_the_history_of_the_seats(client: Client) -> None:
    membership = a_seat()
    services.designate_chair(membership, starts_on=date(2022, 1, 1), **SIGNED)
    services.end_membership(
        membership,
        ends_on=LEFT,
        reason=EndReason.RESIGNED,
        exchange_notified_on=date(2025, 3, 3),
        **SIGNED,
    )
    entries = client.get(membership.director.get_absolute_url()).context["entries"]
    assert [(entry.on, entry.text) for entry in entries] == [
        (LEFT, "End of the seat: Audit Committee (resigned)."),
        (date(2022, 1, 1), "Start of the term as chair: Audit Committee."),
        (LONG_AGO, "Start of the seat: Audit Committee."),
    ]
    assert entries[0].detail == "The exchange was notified on March 3, 2025."


def test_director_without_a_seat_has_a_page(client: Client) -> None:
    assert "No seat yet" in text(client.get(a_director().get_absolute_url()))


def test_what_can_be_recorded_depends_on_the_seat(client: Client) -> None:
    sitting, chairing, left = seats("Ngozi Okafor", "Li Wei", "Amara Zuma")
    services.designate_chair(chairing, starts_on=LONG_AGO, **SIGNED)
    services.end_membership(left, ends_on=LEFT, reason=EndReason.RETIRED, **SIGNED)

    def offered(membership: Membership) -> list[str]:
        page = client.get(membership.director.get_absolute_url())
        return [action.label for seat in page.context["seats"] for action in seat.actions]

    assert offered(sitting) == ["Make chair", "End the membership", "Correct the dates"]
    ends = ["End the membership", "End the term as chair"]
    assert offered(chairing) == [*ends, "Correct the dates"]
    assert offered(left) == ["Record the exchange notice", "Correct the dates"]


def test_days_of_a_seat_are_corrected_on_their_page(client: Client) -> None:
    a_company()
    membership = a_seat()
    url = f"/memberships/{membership.pk}/correct/"
    given = {"starts_on": "2021-01-02", "ends_on": "2022-01-02", "reason": "retired"}
    assert "instead of" in text(client.post(url, given))
    client.post(url, given | {"confirmed": "1"})
    membership.refresh_from_db()
    assert (membership.starts_on, membership.ends_on) == (date(2021, 1, 2), date(2022, 1, 2))
    assert membership.end_reason == "retired"


def test_chair_ends_without_a_successor_on_its_page(client: Client) -> None:
    a_company()
    term = services.designate_chair(a_seat(), starts_on=LONG_AGO, **SIGNED)
    client.post(f"/chair-terms/{term.pk}/end/", {"ends_on": "2022-01-02", "confirmed": "1"})
    term.refresh_from_db()
    assert term.ends_on == date(2022, 1, 2)


def test_who_may_not_change_is_offered_nothing(client_of: ClientOf, member: User) -> None:
    a_company()
    page = client_of(member).get(a_seat().director.get_absolute_url())
    assert page.context["seats"][0].actions == ()
    assert "Correct the name" not in text(page)


# Seats.


def test_seat_is_shown_with_its_consequence_and_then_recorded(client: Client) -> None:
    committee, director = an_audit_committee(), a_director()
    given = {"director": director.pk, "committee": committee.pk, "starts_on": "2026-02-02"}
    page = client.post("/memberships/add/", given)
    assert [line.text for line in page.context["recorded"]] == [
        "Ngozi Okafor",
        "Audit Committee",
        "Monday, February 2, 2026",
    ]
    assert page.context["consequence"].startswith("From that date, 1 director sits")
    assert "Three are required" in page.context["consequence"]
    page = client.post("/memberships/add/", given | {"confirmed": "1"}, follow=True)
    assert Membership.objects.get().starts_on == date(2026, 2, 2)
    assert page.context["director"] == director


def test_seat_twice_is_refused_beside_the_day_and_nothing_typed_is_lost(client: Client) -> None:
    membership = a_seat()
    given = {
        "director": membership.director_id,
        "committee": membership.committee_id,
        "starts_on": "2024-01-01",
    }
    form = client.post("/memberships/add/", given).context["form"]
    assert form.errors == {"starts_on": ["Ngozi Okafor already sits on this committee then."]}
    assert form["starts_on"].value() == "2024-01-01"
    assert form["director"].value() == str(membership.director_id)


def test_address_chooses_director_and_committee_beforehand(client: Client) -> None:
    director, committee = a_director(), an_audit_committee()
    page = client.get(f"/memberships/add/?director={director.pk}&committee={committee.pk}")
    assert page.context["form"].initial["committee"] == str(committee.pk)
    assert page.context["cancel_url"] == director.get_absolute_url()
    assert client.get("/memberships/add/?director=nobody").status_code == 200


def test_end_shows_what_remains_and_ends_the_chair(client: Client) -> None:
    rows = seats("Ngozi Okafor", "Li Wei", "Amara Zuma")
    services.designate_chair(rows[0], starts_on=LONG_AGO, **SIGNED)
    address = f"/memberships/{rows[0].pk}/end/"
    given = {"ends_on": "2025-03-01", "reason": "resigned", "exchange_notified_on": ""}
    page = client.post(address, given)
    assert page.context["consequence"] == (
        "From that date, 2 directors sit on the committee. "
        "Three are required (Nasdaq 5605(c)(2)(A)). The term as chair ends with the seat."
    )
    assert ("Exchange notified on", "no notice on record") in [
        (str(line.term), line.text) for line in page.context["recorded"]
    ]
    page = client.post(address, given | {"exchange_notified_on": "2025-03-03"})
    assert "Form 8-K, Item 3.01(b), is due by Friday, March 7, 2025." in page.context["consequence"]
    assert Membership.objects.in_office(LEFT).count() == 3
    client.post(address, given | {"confirmed": "1"})
    assert Membership.objects.in_office(LEFT).count() == 2
    assert ChairTerm.objects.get().ends_on == LEFT


def test_end_before_the_beginning_is_refused_beside_the_day(client: Client) -> None:
    page = client.post(
        f"/memberships/{a_seat().pk}/end/", {"ends_on": "2019-01-01", "reason": "resigned"}
    )
    assert list(page.context["form"].errors) == ["ends_on"]


def test_board_asks_for_no_exchange_notice(client: Client) -> None:
    form = client.get(f"/memberships/{a_seat(committee=a_board()).pk}/end/").context["form"]
    assert list(form.fields) == ["ends_on", "reason", VERSION]


def test_notice_is_recorded_once_it_was_given(client: Client) -> None:
    membership = a_seat()
    services.end_membership(membership, ends_on=LEFT, reason=EndReason.RETIRED, **SIGNED)
    address = f"/memberships/{membership.pk}/notice/"
    ahead = clock.today() + timedelta(days=1)
    page = client.post(address, {"on": ahead.isoformat(), "confirmed": "1"})
    assert list(page.context["form"].errors) == ["on"]
    page = client.post(address, {"on": "2025-03-03"})
    assert page.context["consequence"] == (
        "Form 8-K, Item 3.01(b), is due by Friday, March 7, 2025."
    )
    client.post(address, {"on": "2025-03-03", "confirmed": "1"})
    membership.refresh_from_db()
    assert membership.exchange_notified_on == date(2025, 3, 3)


def test_notice_without_a_vacancy_is_refused_with_its_reason(client: Client) -> None:
    page = client.post(f"/memberships/{a_seat().pk}/notice/", {"on": "2025-03-03"})
    assert "no vacancy to notify" in text(page)


def test_new_chair_is_shown_beside_the_one_who_ceases(client: Client) -> None:
    first, second = seats("Ngozi Okafor", "Li Wei")
    services.designate_chair(first, starts_on=LONG_AGO, **SIGNED)
    address = f"/memberships/{second.pk}/chair/"
    page = client.post(address, {"starts_on": "2025-03-01"})
    assert [line.text for line in page.context["recorded"]][-1] == "Ngozi Okafor"
    assert ChairTerm.objects.count() == 1
    client.post(address, {"starts_on": "2025-03-01", "confirmed": "1"})
    assert ChairTerm.objects.filter(ends_on=None).get().membership == second


def test_each_act_leaves_the_person_in_the_ledger(client: Client, secretary: User) -> None:
    client.post(f"/memberships/{a_seat().pk}/chair/", {"starts_on": "2025-03-01", "confirmed": "1"})
    entry = LedgerEntry.objects.order_by("sequence").last()
    assert (entry.action, entry.actor) == (
        "chair.designated",
        f"user:{secretary.pk} roles=secretary",
    )
