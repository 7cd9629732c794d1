"""The fiscal year, month by month: where duties fall due and where they were performed."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.test import Client
from lxml import html

from accounts.models import User
from charters import services
from charters.enums import Cadence, ClosedAs, DutyKind
from charters.models import Duty
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from committees import services as seating
from committees.enums import EndReason
from records.dates import long_day
from records.enums import YearEndRule
from records.services import company as settings

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@pytest.fixture
def client(client_of: ClientOf, secretary: User) -> Client:
    return client_of(secretary)


def text(page) -> str:
    return " ".join(page.content.decode().replace("&#x27;", "'").split())


def marks(page) -> dict[str, list[tuple[str, str]]]:
    """By month: the title's first word and the mark's word."""
    return {
        month.short: [(mark.title, mark.label) for mark in month.marks]
        for month in page.context["year"].months
        if month.marks
    }


def ends(stage: Stage, month: int, day: int = 31, **more: object) -> None:
    """The company's fiscal year has always ended so."""
    rule = stage.company.fiscal_year_ends.get()
    settings.correct_fiscal_year_end(
        rule,
        effective_from=rule.effective_from,
        month=month,
        day=day,
        **more,
        **SIGNED,
    )


def test_marks_stand_in_the_month_of_the_act_or_the_day(client: Client, stage: Stage) -> None:
    done = stage.duty(title="Done", due_month=6)
    stage.complete(done, date(2026, 5, 5))
    stage.duty(title="Passed", due_month=6)
    stage.duty(title="Ahead", due_month=12)
    assert marks(client.get("/year/")) == {
        "May": [("Done", "completed")],
        "Jun": [("Passed", "not on file")],
        "Dec": [("Ahead", "due")],
    }


def test_a_closed_period_bears_the_word_of_its_closing(client: Client, stage: Stage) -> None:
    duty = stage.duty(title="Passed")
    stage.complete(duty, date(2026, 5, 5))
    stage.complete(duty, date(2026, 1, 5), serves=date(2024, 12, 31))
    for period, kind in (("FY2024", "completed_late"), ("FY2025", "under_review")):
        stage.close_gap(duty, period, reason="Settled.", kind=ClosedAs(kind))
    page = client.get("/year/FY2025/")
    assert marks(page) == {"Dec": [("Passed", "Under review")]}
    [mark] = [mark for month in page.context["year"].months for mark in month.marks]
    assert mark.url == f"/open-items/charters.gap:duty-{duty.pk}:FY2025/"
    assert "Under review" in text(page)
    assert marks(client.get("/year/FY2025/?as_of=2026-11-19")) == {
        "Dec": [("Passed", "not on file")]
    }


def test_an_act_stands_where_it_was_done_and_not_where_it_counts(
    client: Client, stage: Stage
) -> None:
    duty = stage.duty(title="Late", due_month=12)
    stage.complete(duty, date(2026, 1, 12), serves=date(2025, 12, 31))
    assert marks(client.get("/year/FY2025/")) == {}
    assert marks(client.get("/year/")) == {"Jan": [("Late", "completed")], "Dec": [("Late", "due")]}


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (
            {"cadence": Cadence.QUARTERLY, "due_month": 2},
            {"Feb": "not on file", "May": "not on file", "Aug": "not on file", "Nov": "due"},
        ),
        ({"times": 4, "due_month": 12}, {"Dec": "due"}),
        ({"kind": DutyKind.AUTHORITY}, {}),
        ({"kind": DutyKind.CONDITION, "catalogue_key": "minimum-size"}, {}),
        ({"kind": DutyKind.PURPOSE, "due_month": 12}, {"Dec": "due"}),
        ({"due_month": 6, "in_force_from": date(2026, 7, 1)}, {}),
        ({"cadence": Cadence.MONTHS, "months": 30}, {"Jul": "not on file"}),
        ({"cadence": Cadence.MONTHS, "months": 36}, {}),
    ],
)
def test_each_kind_falls_where_it_is_asked_for(
    client: Client, stage: Stage, terms: dict, expected: dict
) -> None:
    stage.duty(title="It", **terms)
    found = marks(client.get("/year/"))
    assert {month: label for month, [(_, label)] in found.items()} == expected


def test_done_again_within_months_is_due_on_its_own_day(client: Client, stage: Stage) -> None:
    duty = stage.duty(title="Every 18 months", cadence=Cadence.MONTHS, months=18)
    stage.complete(duty, date(2025, 6, 10))
    assert marks(client.get("/year/FY2025/")) == {"Jun": [("Every 18 months", "completed")]}
    assert marks(client.get("/year/")) == {"Dec": [("Every 18 months", "due")]}
    assert [m.marks[0].on for m in client.get("/year/").context["year"].months if m.marks] == [
        date(2026, 12, 10)
    ]


def test_a_condition_under_cure_stands_on_its_deadline(client: Client, stage: Stage) -> None:
    stage.duty(stage.size, title="Size", kind=DutyKind.CONDITION, catalogue_key="minimum-size")
    seats = [
        seating.seat(
            seating.add_director(name=name, **SIGNED),
            stage.committee,
            starts_on=date(2024, 1, 1),
            **SIGNED,
        )
        for name in ("Ada Lind", "Ben Osei", "Carla Ruiz")
    ]
    seating.end_membership(
        seats[0],
        ends_on=date(2026, 11, 2),
        reason=EndReason.RESIGNED,
        exchange_notified_on=date(2026, 11, 3),
        **SIGNED,
    )
    assert marks(client.get("/year/FY2027/")) == {"Nov": [("Size", "due")]}


def test_what_does_not_apply_is_a_dash_on_its_day(client: Client, stage: Stage) -> None:
    duty = stage.duty()
    services.declare_not_applicable(duty, starts_on=date(2026, 1, 1), reason="None.", **SIGNED)
    page = client.get("/year/")
    assert marks(page) == {"Dec": [("Review the audit plan", "not applicable")]}
    [group] = page.context["year"].groups
    assert [(row.title, row.label) for row in group.rows] == [
        ("Review the audit plan", "not applicable")
    ]


def test_days_before_the_record_are_not_marked(client: Client) -> None:
    stage = set_the_stage(records_begin=date(2026, 7, 1))
    stage.duty(title="Before", due_month=6)
    assert marks(client.get("/year/")) == {}


def test_duties_stand_under_their_part_of_the_charter(client: Client, stage: Stage) -> None:
    stage.duty(stage.size, title="Size")
    stage.duty(title="Plan")
    groups = client.get("/year/").context["year"].groups
    assert [(group.title, [row.reference for row in group.rows]) for group in groups] == [
        ("Membership", ["M-0"]),
        ("Responsibilities", ["R-2"]),
    ]


def test_the_map_and_the_list_say_the_same(client: Client, stage: Stage) -> None:
    duty: Duty = stage.duty(due_month=6)
    stage.complete(duty, date(2026, 5, 5))
    stage.duty(title="Other", due_month=3)
    year = client.get("/year/").context["year"]
    in_cells = [m for g in year.groups for row in g.rows for cell in row.cells for m in cell.marks]
    in_months = [mark for month in year.months for mark in month.marks]
    assert sorted(in_cells, key=str) == sorted(in_months, key=str)


# Which year.


def test_the_running_year_shows_where_today_is(client: Client, stage: Stage) -> None:
    year = client.get("/year/").context["year"]
    assert (year.label, [month.short for month in year.months if month.is_now]) == (
        "Fiscal year 2026",
        ["Nov"],
    )
    assert year.today_tenth == 6
    assert client.get("/year/FY2027/").context["year"].today_tenth is None


def test_the_years_before_and_after_are_one_step_away(client: Client, stage: Stage) -> None:
    year = client.get("/year/").context["year"]
    assert (year.previous_url, year.following_url) == ("/year/FY2025/", "/year/FY2027/")
    year = client.get("/year/FY2025/?as_of=2026-05-04").context["year"]
    assert (year.previous_url, year.following_url) == (
        "/year/FY2024/?as_of=2026-05-04",
        "/year/FY2026/?as_of=2026-05-04",
    )


@pytest.mark.parametrize(
    "key", ["FY0000", "FY1949", "FY2201", "FY9999", "FY2026T", "FY2026Q1", "2026", "FY20266", "x"]
)
def test_a_key_of_no_year_is_not_found(client: Client, stage: Stage, key: str) -> None:
    assert client.get(f"/year/{key}/").status_code == 404


@pytest.mark.parametrize("key", ["FY1950", "FY2200"])
def test_years_far_away_can_be_read(client: Client, stage: Stage, key: str) -> None:
    stage.duty()
    assert client.get(f"/year/{key}/").status_code == 200


# Other fiscal years.


@pytest.mark.parametrize(
    ("month", "day", "more", "label", "first", "last", "months"),
    [
        (6, 30, {}, "Fiscal year 2027", date(2026, 7, 1), date(2027, 6, 30), 12),
        (9, 30, {}, "Fiscal year 2027", date(2026, 10, 1), date(2027, 9, 30), 12),
        (2, 31, {}, "Fiscal year 2027", date(2026, 3, 1), date(2027, 2, 28), 12),
        (
            1,
            31,
            {"rule": YearEndRule.LAST_WEEKDAY, "weekday": 5},
            "Fiscal year 2027",
            date(2026, 2, 1),
            date(2027, 1, 30),
            12,
        ),
        (
            12,
            31,
            {"rule": YearEndRule.NEAREST_WEEKDAY, "weekday": 4},
            "Fiscal year 2026",
            date(2026, 1, 3),
            date(2027, 1, 1),
            12,
        ),
    ],
)
def test_months_are_those_of_the_fiscal_year(
    client: Client,
    stage: Stage,
    month: int,
    day: int,
    more: dict,
    label: str,
    first: date,
    last: date,
    months: int,
) -> None:
    ends(stage, month, day, **more)
    stage.duty(cadence=Cadence.QUARTERLY, due_month=3)
    year = client.get("/year/").context["year"]
    found = year.months
    assert (year.label, found[0].first, found[-1].last, len(found)) == (label, first, last, months)
    gaps = [(a.last, b.first) for a, b in pairwise(found) if (b.first - a.last).days != 1]
    assert gaps == []
    assert len({month.long for month in found}) == months


def test_a_change_of_the_year_makes_a_transition_period(client: Client, stage: Stage) -> None:
    settings.add_fiscal_year_end(
        stage.company, effective_from=date(2026, 6, 30), month=6, day=30, **SIGNED
    )
    stage.duty(cadence=Cadence.QUARTERLY, due_month=3)
    page = client.get("/year/FY2026T/")
    year = page.context["year"]
    assert (year.label, len(year.months)) == ("Transition period 2026", 6)
    assert list(marks(page)) == ["Mar", "Jun"]
    assert (year.previous_url, year.following_url) == ("/year/FY2025/", "/year/FY2027/")


# Who reads.


@pytest.mark.parametrize("persona", ["management", "internal_auditor", "administrator"])
def test_the_year_is_for_who_may_read_standings(
    request: pytest.FixtureRequest, client_of: ClientOf, stage: Stage, persona: str
) -> None:
    client = client_of(request.getfixturevalue(persona))
    assert client.get("/year/").status_code == 403
    assert client.get("/year/FY2026/").status_code == 404


def test_the_year_says_whose_reading_it_is(client: Client, stage: Stage) -> None:
    assert "The portal's reading of its records, not a legal determination." in text(
        client.get("/year/")
    )


def test_small_screens_open_at_the_current_month(client: Client, stage: Stage) -> None:
    stage.duty(due_month=12, in_force_from=date(2026, 1, 1))
    year = client.get("/year/FY2026/").context["year"]
    assert year.coming[0].is_now
    assert [*year.earlier, *year.coming] == [*year.months]
    assert client.get("/year/FY2025/").context["year"].earlier == ()


@pytest.mark.parametrize("path", ["/charter/", "/year/", "/deadlines/", "/open-items/"])
def test_date_before_any_charter_is_said_to_be_so(client: Client, stage: Stage, path: str) -> None:
    first = stage.version.effective_on
    day = first - timedelta(days=1)
    said = f"No charter was in effect on {long_day(day)}. The first on record took effect on"
    assert said in text(client.get(f"{path}?as_of={day.isoformat()}"))
    assert "No charter was in effect" not in text(client.get(f"{path}?as_of={first.isoformat()}"))


def test_records_of_one_date_are_one_mark(client: Client, stage: Stage) -> None:
    duty = stage.duty(title="Done", due_month=6)
    stage.complete(duty, date(2026, 5, 5))
    stage.complete(duty, date(2026, 5, 5), note="And once more.")
    stage.complete(duty, date(2026, 5, 6))
    page = client.get("/year/")
    assert marks(page) == {"May": [("Done", "completed")] * 2}
    [month] = [each for each in page.context["year"].months if each.marks]
    assert [mark.on for mark in month.marks] == [date(2026, 5, 5), date(2026, 5, 6)]


def test_months_fold_and_the_current_one_is_open(client: Client, stage: Stage) -> None:
    stage.duty(due_month=12, in_force_from=date(2026, 1, 1))
    months = html.fromstring(client.get("/year/").content).xpath("//details[@class='year-month']")
    assert len(months) == 12
    assert [each.get("id") for each in months if each.get("open") is not None] == [
        "list-2026-11-01"
    ]


def test_title_with_the_name_of_a_form_is_one_piece(client: Client, stage: Stage) -> None:
    """The row's link is a flex box: what stands in it by itself becomes a column."""
    stage.duty(title="Review each 10-Q with management")
    page = html.fromstring(client.get("/year/").content.decode())
    pieces = page.xpath("//th[@scope='row']/a/span[not(@class)]")
    assert [piece.text_content() for piece in pieces] == ["Review each 10-Q with management"]
