"""What the clauses on size and independence say during a phase-in or a cure period."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from charters.enums import DutyKind, Standing
from charters.standing import Docket
from charters.tests.charters import Stage, set_the_stage
from committees import deadlines, services
from committees.dossier import Dossier
from committees.enums import DeterminationKind as Kind
from committees.enums import EndReason, FilingForm, Tie
from committees.models import (
    Association,
    AuditorTie,
    BusinessPayment,
    Fact,
    Filing,
    Interlock,
    Listing,
    LossOfIndependence,
    Membership,
    Organization,
    Preparation,
    Shareholding,
)
from committees.rules.requirements import Requirement
from committees.tests.factories import a_company, a_director, a_seat, an_audit_committee
from committees.tests.recording import NOW, TODAY, determined, last_entry, refused
from records.services.company import record_annual_meeting

pytestmark = pytest.mark.django_db

EVENT = date(2026, 11, 2)
LATER = datetime(2027, 12, 1, 17, tzinfo=UTC)
MADE = date(2026, 3, 4)
# Effective on June 9, 2026, first trade on June 10: the steps of RULE-13.
EFFECTIVE, LISTED = date(2026, 6, 9), date(2026, 6, 10)


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def found(stage: Stage, key: str, day: date = TODAY) -> tuple[Standing, date | None, str]:
    """Where the duty stands on a day, its deadline and its sentence."""
    duty = stage.committee.duties.filter(catalogue_key=key).first() or stage.duty(
        catalogue_key=key, kind=DutyKind.CONDITION
    )
    docket = Docket(stage.committee, day, stage.company)
    row = next(row for row in docket.reading().duties if row.duty.pk == duty.pk)
    return row.standing, row.due_on, row.because


def members(*names: str, independent: int | None = None, on: date = MADE) -> list[Membership]:
    """A committee of these directors, the first so many of whom were determined independent."""
    made = [a_seat(a_director(name)) for name in names]
    for seat in made[:independent]:
        determined(seat.director, Kind.INDEPENDENT, on)
    return made


def lost(seat: Membership, **given: Any) -> LossOfIndependence:
    said = {"lost_on": EVENT, "is_within_control": False, "exchange_notified_on": EVENT} | given
    at = said.pop("at", NOW["at"])
    return services.enter_fact(
        LossOfIndependence(director=seat.director, **said), by=NOW["by"], at=at
    )


def listed(stage: Stage, **given: Any) -> Listing:
    dates = {"effective_on": EFFECTIVE, "listed_on": LISTED} | given
    return services.record_listing(stage.committee, **dates, **NOW)


@pytest.mark.parametrize(
    ("day", "sitting", "standing", "due_on", "said"),
    [
        ("2026-06-09", 0, Standing.DUE, "2026-06-10", "asks for one by June 10, 2026"),
        ("2026-06-10", 1, Standing.DUE, "2026-09-08", "asks for one now and for two by September 8, 2026"),
        ("2026-09-07", 1, Standing.DUE, "2026-09-08", "asks for one now and for two by September 8, 2026"),
        ("2026-09-08", 1, Standing.OPEN, None, "asks for two now and for three by June 10, 2027"),
        ("2026-09-08", 2, Standing.DUE, "2027-06-10", "asks for two now and for three by June 10, 2027"),
        ("2027-06-09", 2, Standing.DUE, "2027-06-10", "asks for two now and for three by June 10, 2027"),
        ("2027-06-10", 2, Standing.OPEN, None, "Fewer than three directors have sat"),
        ("2027-06-10", 3, Standing.ON_FILE, None, "3 directors sit on the committee"),
    ],
)  # fmt: skip
def test_size_follows_the_steps_of_a_new_listing(
    stage: Stage, day: str, sitting: int, standing: Standing, due_on: str | None, said: str
) -> None:
    listed(stage)
    members(*("Ngozi Okafor", "Li Wei", "Ann Roe")[:sitting])
    was, due, because = found(stage, "minimum-size", date.fromisoformat(day))
    assert (was, due) == (standing, due_on and date.fromisoformat(due_on))
    assert said in because


def test_next_step_of_a_new_listing_is_a_condition_about_to_lapse(stage: Stage) -> None:
    listed(stage)
    members("Ngozi Okafor", "Li Wei")
    found(stage, "minimum-size")
    docket = Docket(stage.committee, TODAY, stage.company)
    [(_duty, lapse)] = docket.lapses()
    assert lapse.on == date(2027, 6, 10)
    assert "2 directors sit on the committee; the rules ask for three" in lapse.sentence


@pytest.mark.parametrize(
    ("day", "independent", "was_reporting", "standing", "due_on"),
    [
        ("2026-06-10", 1, False, Standing.DUE, "2026-09-07"),
        ("2026-09-07", 1, False, Standing.OPEN, None),
        ("2026-09-07", 2, False, Standing.DUE, "2027-06-09"),
        ("2027-06-09", 2, False, Standing.OPEN, None),
        ("2026-06-10", 2, True, Standing.OPEN, None),
    ],
)
def test_independence_follows_the_steps_of_a_new_listing(
    stage: Stage,
    day: str,
    independent: int,
    was_reporting: bool,
    standing: Standing,
    due_on: str | None,
) -> None:
    listed(stage, was_reporting=was_reporting)
    members("Ngozi Okafor", "Li Wei", "Ann Roe", independent=independent)
    was, due, because = found(stage, "independent-members", date.fromisoformat(day))
    assert (was, due) == (standing, due_on and date.fromisoformat(due_on))
    assert ("phase-in of a new listing" in because) is (due_on is not None)


@pytest.mark.parametrize(
    ("loss", "day", "standing", "due_on", "said"),
    [
        ({}, "2026-11-01", Standing.ON_FILE, None, "every member is independent"),
        ({}, "2026-11-02", Standing.DUE, "2027-11-02", "may stay until November 2, 2027"),
        ({}, "2027-11-02", Standing.DUE, "2027-11-02", "may stay until November 2, 2027"),
        ({}, "2027-11-03", Standing.OPEN, None, "cure period ended on November 2, 2027"),
        ({"exchange_notified_on": None}, "2026-11-02", Standing.OPEN, None, "No notice to the exchange"),
        ({"is_within_control": True}, "2026-11-02", Standing.OPEN, None, "No automatic cure period runs"),
    ],
)  # fmt: skip
def test_member_who_lost_independence_may_stay_for_a_time(
    stage: Stage, loss: dict[str, Any], day: str, standing: Standing, due_on: str | None, said: str
) -> None:
    seat, *_others = members("Ngozi Okafor", "Li Wei", "Ann Roe")
    lost(seat, **loss)
    was, due, because = found(stage, "independent-members", date.fromisoformat(day))
    assert (was, due) == (standing, due_on and date.fromisoformat(due_on))
    assert said in because


@pytest.mark.parametrize(
    ("independent", "since", "why"),
    [
        (2, None, "the Board never determined her independent"),
        (3, date(2026, 11, 10), "she was no member when she ceased to be independent"),
    ],
)
def test_only_a_member_who_was_independent_has_a_cure(
    stage: Stage, independent: int, since: date | None, why: str
) -> None:
    *_others, seat = members("Ngozi Okafor", "Li Wei", "Ann Roe", independent=independent)
    if since:
        Membership.objects.filter(pk=seat.pk).update(starts_on=since)
    lost(seat)
    was, due, because = found(stage, "independent-members", date(2026, 11, 15))
    assert (was, due) == (Standing.OPEN, None), why
    assert "No determination of independence stands for" in because


def test_loss_is_told_beside_another_member_without_a_determination(stage: Stage) -> None:
    seat, *_others = members("Ngozi Okafor", "Li Wei", "Ann Roe", independent=2)
    lost(seat)
    because = found(stage, "independent-members", date(2026, 11, 15))[2]
    assert because.startswith(
        "Ngozi Okafor ceased to be independent on November 2, 2026. No determination of "
        "independence stands for Ann Roe. No automatic cure period runs; a matter for counsel."
    )


def test_annual_meeting_ends_the_cure_of_lost_independence_without_180_days(stage: Stage) -> None:
    record_annual_meeting(a_company(), on=date(2027, 3, 10), **NOW)
    seat, *_others = members("Ngozi Okafor", "Li Wei", "Ann Roe")
    lost(seat)
    assert found(stage, "independent-members")[1] == date(2027, 3, 10)
    docket = Docket(stage.committee, TODAY, stage.company)
    [(_duty, lapse)] = docket.lapses()
    assert lapse.on == date(2027, 3, 11)


def test_later_determination_restores_independence(stage: Stage) -> None:
    seat, *_others = members("Ngozi Okafor", "Li Wei", "Ann Roe")
    lost(seat, exchange_notified_on=None)
    determined(seat.director, Kind.INDEPENDENT, date(2026, 11, 16))
    assert found(stage, "independent-members")[0] is Standing.ON_FILE
    assert found(stage, "independent-members", date(2026, 11, 15))[0] is Standing.OPEN


@pytest.mark.parametrize(("is_cured", "standing"), [(True, Standing.OPEN), (False, Standing.DUE)])  # fmt: skip
def test_no_vacancy_is_cured_while_a_member_stays_under_the_other_cure(
    stage: Stage, is_cured: bool, standing: Standing
) -> None:
    first, second, _third = members("Ngozi Okafor", "Li Wei", "Ann Roe")
    services.end_membership(
        first, ends_on=EVENT, reason=EndReason.RESIGNED, exchange_notified_on=EVENT, **NOW
    )
    if is_cured:
        lost(second)
    was, _due, because = found(stage, "minimum-size")
    assert was is standing
    assert ("while a member stays under Nasdaq 5605(c)(4)(A)" in because) is is_cured


def test_exchange_notice_has_come_and_offering_is_recorded_once(stage: Stage) -> None:
    seat, *_others = members("Ngozi Okafor")
    with pytest.raises(ValidationError) as error:
        lost(seat, exchange_notified_on=date(2026, 11, 21))
    assert refused(error) == ["exchange_notified_on"]
    with pytest.raises(ValidationError, match="Trading begins on or after"):
        listed(stage, listed_on=date(2026, 6, 8))
    listing = listed(stage)
    assert last_entry().action == "listing.recorded"
    with pytest.raises(ValidationError, match="is on record"):
        listed(stage)
    later = Listing(committee=stage.committee, effective_on=EFFECTIVE, listed_on=date(2026, 6, 11))
    services.correct_listing(listing, later, **NOW)
    assert stage.committee.listings.standing().get() == later
    services.withdraw_listing(later, reason="Another company.", **NOW)
    assert not stage.committee.listings.standing().exists()


def test_offering_and_loss_are_entered_on_their_pages(stage: Stage, client_of: Any, secretary: Any) -> None:  # fmt: skip
    client: Client = client_of(secretary)
    given = {"effective_on": "2026-06-09", "listed_on": "2026-06-10"}
    assert client.post("/listings/add/", given).status_code == 302
    listing = Listing.objects.get()
    assert "listed on June 10, 2026" in " ".join(client.get("/committee/").content.decode().split())
    client.post(f"/listings/{listing.pk}/correct/", given | {"listed_on": "2026-06-11"})
    later = Listing.objects.standing().get()
    assert (later.corrects, later.listed_on) == (listing, date(2026, 6, 11))
    client.post(f"/listings/{later.pk}/withdraw/", {"reason": "Entered by mistake."})
    assert not Listing.objects.standing().exists()
    [seat] = members("Ngozi Okafor")
    path = f"/directors/{seat.director_id}/facts/loss/add/"
    client.post(path, {"lost_on": "2026-11-02", "exchange_notified_on": "2026-11-03"})
    page = client.get(f"/directors/{seat.director_id}/independence/").content.decode()
    assert "Ceased to be independent on November 2, 2026" in page


def an_organization() -> Organization:
    return services.add_organization(name="Fir LLP", gives_advice=True, tie=Tie.OVER_TEN, **NOW)


CHANGE = date(2026, 9, 1)


@pytest.mark.parametrize(
    "fact",
    [
        lambda director: Preparation(director=director, starts_on=CHANGE),
        lambda director: AuditorTie(director=director, partner_from=CHANGE),
        lambda director: AuditorTie(director=director, last_worked_on=CHANGE),
        lambda director: Shareholding(director=director, share_class="Common", shares=2, outstanding=9, as_of=CHANGE),
        lambda director: Association(director=director, organization=an_organization(), role="partner", starts_on=CHANGE),
        lambda director: BusinessPayment(organization=an_organization(), on=CHANGE, amount=9),
        lambda director: Interlock(organization=an_organization(), starts_on=CHANGE),
        lambda director: LossOfIndependence(director=director, lost_on=CHANGE),
    ],
)  # fmt: skip
def test_every_kind_of_fact_has_its_days_of_change(fact: Any) -> None:
    a_company()
    [seat] = members("Ngozi Okafor")
    services.enter_fact(fact(seat.director), **NOW)
    dossier = Dossier(an_audit_committee(), a_company().calendar)
    assert CHANGE in dossier.changes(MADE)


def test_first_day_without_independence_is_that_of_a_part_in_the_statements() -> None:
    a_company()
    [seat] = members("Ngozi Okafor")
    services.enter_fact(Preparation(director=seat.director, starts_on=CHANGE), **NOW)
    dossier = Dossier(an_audit_committee(), a_company().calendar)
    assert dossier.first_day_without(Requirement.INDEPENDENCE, MADE) == CHANGE


def test_no_kind_of_fact_is_left_out() -> None:
    """A new kind of fact needs its case above; seats at public companies bear on no requirement."""
    assert {model.__name__ for model in Fact.__subclasses__()} == {
        "Association",
        "AuditorTie",
        "CompanyPayment",
        "Employment",
        "LossOfIndependence",
        "Preparation",
        "PublicSeats",
        "Shareholding",
    }


PHASED_OUT = date(2027, 8, 2)


@pytest.mark.parametrize(
    ("determined_on", "standing"),
    [
        (date(2027, 6, 8), Standing.DUE),
        (date(2027, 6, 9), Standing.DUE),  # the last date of the phase-in
        (date(2027, 6, 10), Standing.OPEN),
    ],
)
def test_no_cure_of_independence_follows_a_phase_in_in_which_it_was_never_met(
    stage: Stage, determined_on: date, standing: Standing
) -> None:
    listed(stage)
    *_others, third = members("Ngozi Okafor", "Li Wei", "Ann Roe", independent=2)
    determined(third.director, Kind.INDEPENDENT, determined_on, at=LATER)
    lost(third, lost_on=PHASED_OUT, exchange_notified_on=PHASED_OUT, at=LATER)
    was, _due, because = found(stage, "independent-members", PHASED_OUT)
    assert was is standing
    assert ("On no date of the phase-in" in because) is (standing is Standing.OPEN)


def test_vacancy_of_who_had_lost_independence_is_counted_from_the_loss(stage: Stage) -> None:
    seat, *_others = members("Ngozi Okafor", "Li Wei", "Ann Roe")
    lost(seat, is_within_control=True)
    left = date(2026, 11, 20)
    services.end_membership(
        seat, ends_on=left, reason=EndReason.RESIGNED, exchange_notified_on=left, **NOW
    )
    assert found(stage, "minimum-size")[1] == date(2027, 11, 2)


def filed(stage: Stage, form: FilingForm, on: date, *, states: bool = False) -> Filing:
    at = datetime.combine(on, time(17), tzinfo=UTC)
    given = {"form": form, "filed_on": on, "states_reliance": states}
    return services.record_filing(stage.committee, **given, by=NOW["by"], at=at)


def undisclosed(stage: Stage, day: date) -> list[str]:
    items = Docket(stage.committee, day, stage.company).open_items()
    return [item.subject for item in items if item.subject.startswith("filing-")]


@pytest.mark.parametrize(
    ("form", "on", "states", "is_open"),
    [
        (FilingForm.PROXY, date(2027, 1, 28), False, True),
        (FilingForm.PROXY, date(2027, 1, 28), True, False),
        (FilingForm.PROXY, date(2026, 11, 1), False, False),
        (FilingForm.ANNUAL, date(2027, 3, 10), False, True),
    ],
)
def test_filing_that_states_no_reliance_is_an_open_item(
    stage: Stage, form: FilingForm, on: date, states: bool, is_open: bool
) -> None:
    seat, *_others = members("Ngozi Okafor", "Li Wei", "Ann Roe")
    lost(seat)
    made = filed(stage, form, on, states=states)
    assert undisclosed(stage, date(2027, 4, 1)) == ([f"filing-{made.pk}"] if is_open else [])


def test_cure_of_a_vacancy_and_a_phase_in_of_the_number_ask_for_no_disclosure(
    stage: Stage,
) -> None:
    listed(stage, was_reporting=True)
    seat, *_others = members("Ngozi Okafor", "Li Wei", "Ann Roe")
    services.end_membership(
        seat, ends_on=EVENT, reason=EndReason.RESIGNED, exchange_notified_on=EVENT, **NOW
    )
    filed(stage, FilingForm.PROXY, date(2027, 1, 28))
    assert undisclosed(stage, date(2027, 4, 1)) == []


def test_phase_in_of_independence_is_disclosed_until_every_member_is_independent(
    stage: Stage,
) -> None:
    listed(stage)
    *_others, third = members("Ngozi Okafor", "Li Wei", "Ann Roe", independent=2)
    determined(third.director, Kind.INDEPENDENT, date(2026, 10, 1))
    during = filed(stage, FilingForm.PROXY, date(2026, 9, 30))
    filed(stage, FilingForm.PROXY, date(2026, 10, 1))
    assert undisclosed(stage, TODAY) == [f"filing-{during.pk}"]


def test_annual_report_on_a_year_of_use_has_its_deadline(stage: Stage) -> None:
    seat, *_others = members("Ngozi Okafor", "Li Wei", "Ann Roe")
    lost(seat)

    def due(day: date) -> list[date]:
        rows = deadlines.reliance(Docket(stage.committee, day, stage.company))
        return [row.due_on for row in rows]

    assert due(date(2026, 11, 1)) == []
    assert due(TODAY) == [date(2027, 3, 31)]
    later = Filing(committee=stage.committee, form="annual", filed_on=date(2026, 11, 20))
    filing = filed(stage, FilingForm.ANNUAL, date(2027, 3, 10), states=True)
    assert due(date(2027, 3, 11)) == [date(2028, 3, 30)]
    services.correct_filing(filing, later, by=NOW["by"], at=LATER)
    assert due(date(2027, 3, 11)) == [date(2027, 3, 31), date(2028, 3, 30)]


def test_filing_is_entered_on_its_page(stage: Stage, client_of: Any, secretary: Any) -> None:
    client: Client = client_of(secretary)
    assert "Filings that state" not in client.get("/committee/").content.decode()
    seat, *_others = members("Ngozi Okafor", "Li Wei", "Ann Roe")
    lost(seat)
    assert "No filing is on record" in client.get("/committee/").content.decode()
    given = {"form": "proxy", "filed_on": "2026-11-18"}
    assert client.post("/filings/add/", given).status_code == 302
    page = client.post("/filings/add/", given)
    assert "This is on record already" in page.content.decode()
    filing = Filing.objects.get()
    assert "it does not state the reliance" in client.get("/committee/").content.decode()
    client.post(f"/filings/{filing.pk}/correct/", given | {"states_reliance": "on"})
    later = Filing.objects.standing().get()
    assert (later.corrects, later.states_reliance) == (filing, True)
    client.post(f"/filings/{later.pk}/withdraw/", {"reason": "Entered by mistake."})
    assert not Filing.objects.standing().exists()
