"""When a role may be given and ended, as a table. No database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import rules
from accounts.rules import Objection, Term, objection_to_ending, objection_to_giving

MARCH, JUNE, SEPTEMBER = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("held", "starts_on", "objection"),
    [
        ([], MARCH, None),
        ([Term(MARCH)], JUNE, Objection.HELD_ALREADY),
        ([Term(JUNE)], MARCH, Objection.HELD_ALREADY),
        ([Term(MARCH, JUNE)], date(2026, 5, 31), Objection.HELD_ALREADY),
        ([Term(MARCH, JUNE)], JUNE, None),
        ([Term(JUNE, SEPTEMBER)], MARCH, Objection.HELD_ALREADY),
        ([Term(MARCH, MARCH)], MARCH, None),
    ],
)
def test_role_is_held_once_at_a_time(
    held: list[Term], starts_on: date, objection: Objection | None
) -> None:
    assert objection_to_giving(held, starts_on, to_oneself=False) == objection


def test_nobody_gives_a_role_to_themselves() -> None:
    assert objection_to_giving([], MARCH, to_oneself=True) == Objection.GIVEN_TO_ONESELF


@pytest.mark.parametrize(
    ("term", "ends_on", "objection"),
    [
        (Term(MARCH), JUNE, None),
        (Term(MARCH), MARCH, None),
        (Term(JUNE), MARCH, Objection.ENDS_BEFORE_IT_STARTS),
        (Term(MARCH, SEPTEMBER), JUNE, None),
        (Term(MARCH, JUNE), JUNE, Objection.ENDED_ALREADY),
        (Term(MARCH, JUNE), SEPTEMBER, Objection.ENDED_ALREADY),
    ],
)
def test_role_ends_once_and_an_end_moves_only_forward_in_the_calendar(
    term: Term, ends_on: date, objection: Objection | None
) -> None:
    assert objection_to_ending(term, ends_on) == objection


@given(first=days, length=st.integers(0, 400), starts_on=days)
def test_terms_that_pass_never_share_a_day(first: date, length: int, starts_on: date) -> None:
    term = Term(first, first + timedelta(days=length))
    if objection_to_giving([term], starts_on, to_oneself=False) is None and length:
        assert starts_on >= term.ends_on


GIVING = [
    ("nothing stands against it", [], {}, None),
    ("to oneself, whatever else", [Term(MARCH)], {"to_oneself": True, "opens_papers": True, "keeps_papers": False}, Objection.GIVEN_TO_ONESELF),
    ("papers, by who keeps none", [Term(MARCH)], {"opens_papers": True, "keeps_papers": False}, Objection.OPENS_PAPERS),
    ("papers, by who keeps them", [], {"opens_papers": True}, None),
    ("no papers, by who keeps none", [], {"keeps_papers": False}, None),
    ("held already, in the second of two terms", [Term(date(2020, 1, 1), MARCH), Term(JUNE)], {"not_before": SEPTEMBER}, Objection.HELD_ALREADY),
    ("held twice before", [Term(date(2020, 1, 1), MARCH), Term(MARCH, JUNE)], {}, None),
    ("from today", [], {"not_before": JUNE}, None),
    ("from yesterday", [], {"not_before": JUNE + timedelta(1)}, Objection.STARTS_IN_THE_PAST),
]  # fmt: skip


@pytest.mark.parametrize(("situation", "held", "given_", "objection"), GIVING)
def test_what_stands_against_giving_a_role(
    situation: str, held: list[Term], given_: dict[str, object], objection: Objection | None
) -> None:
    asked = {"to_oneself": False} | given_
    assert objection_to_giving(held, JUNE, **asked) == objection, situation


@pytest.mark.parametrize(
    ("situation", "term", "given_", "objection"),
    [
        ("nobody ends their own", Term(SEPTEMBER), {"ones_own": True}, Objection.ENDED_BY_ONESELF),
        ("as of today", Term(MARCH), {"not_before": JUNE}, None),
        ("as of yesterday", Term(MARCH), {"not_before": JUNE + timedelta(1)}, Objection.ENDS_IN_THE_PAST),
        ("on its first date", Term(JUNE), {}, None),
        ("the date before its first", Term(JUNE + timedelta(1)), {"not_before": SEPTEMBER}, Objection.ENDS_BEFORE_IT_STARTS),
        ("a day earlier than was set", Term(MARCH, JUNE + timedelta(1)), {}, None),
        ("on the date that was set", Term(MARCH, JUNE), {"not_before": SEPTEMBER}, Objection.ENDED_ALREADY),
    ],
)  # fmt: skip
def test_what_stands_against_ending_a_role(
    situation: str, term: Term, given_: dict[str, object], objection: Objection | None
) -> None:
    assert objection_to_ending(term, JUNE, **given_) == objection, situation


def test_accounts_are_closed_opened_and_confirmed_once_and_by_another() -> None:
    closing = {
        (is_open, own): rules.objection_to_closing(is_open=is_open, ones_own=own)
        for is_open in (True, False)
        for own in (True, False)
    }
    assert closing == {
        (True, True): Objection.ONES_OWN_ACCOUNT,
        (True, False): None,
        (False, True): Objection.ONES_OWN_ACCOUNT,
        (False, False): Objection.CLOSED_ALREADY,
    }
    opening = {
        (is_open, waits): rules.objection_to_opening(is_open=is_open, awaits_confirmation=waits)
        for is_open in (True, False)
        for waits in (True, False)
    }
    assert opening == {
        (True, True): Objection.AWAITS_CONFIRMATION,
        (True, False): Objection.OPEN_ALREADY,
        (False, True): Objection.AWAITS_CONFIRMATION,
        (False, False): None,
    }
    assert rules.objection_to_opening(is_open=False) is None
    confirming = {
        (waits, other): rules.objection_to_confirming(awaits=waits, by_a_second=other)
        for waits in (True, False)
        for other in (True, False)
    }
    assert confirming == {
        (True, True): None,
        (True, False): Objection.NO_SECOND_PERSON,
        (False, True): Objection.CONFIRMED_ALREADY,
        (False, False): Objection.CONFIRMED_ALREADY,
    }


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Sara Secretary", True), ("", False), ("Sara\nSecretary", False), ("Sara\tSecretary", False),
        ("Sara\u2028Secretary", False), ("\u202eSara", False), ("Zoë Åström", True),
    ],
)  # fmt: skip
def test_name_is_one_line_to_print(name: str, is_one: bool) -> None:
    assert rules.is_one_line(name) is is_one


MOZILLA = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {}"


@pytest.mark.parametrize(
    ("system", "browser", "told"),
    [
        ("Windows NT 10.0; Win64; x64", "Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Windows NT 10.0; Win64; x64", "Gecko/20100101 Firefox/143.0", "Firefox, Windows"),
        ("X11; Linux x86_64", "Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("Linux; Android 15", "Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Macintosh; Intel Mac OS X 15_0", "Version/18.0 Safari/605.1.15", "Safari, Mac"),
        ("iPhone; CPU iPhone OS 18_0 like Mac OS X", "Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("iPad; CPU OS 18_0 like Mac OS X", "Version/18.0 Safari/604.1", "Safari, iPad"),
        ("BeOS", "NetPositive", ""),
        ("BeOS", "Firefox/2.0", "Firefox"),
        ("X11; Linux x86_64", "Konqueror", "Linux"),
    ],
)
def test_device_in_few_words(system: str, browser: str, told: str) -> None:
    assert rules.device(MOZILLA.format(system, browser)) == told
