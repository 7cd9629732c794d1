"""Unanimous written consent: needed is everybody who serves when the last signature takes effect."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charters.reports.voting import consent_words
from charters.rules.consents import (
    Consent,
    ConsentReason,
    ConsentState,
    Refusal,
    Seat,
    Signature,
    Terms,
    judge_consent,
)
from charters.rules.voting import Bylaws, Counted, VotingError
from records.rule_data import TABLE

NEW_YORK = ZoneInfo("America/New_York")


def at(text: str) -> datetime:
    """`11-23` is noon on November 23, 2026, in New York; `11-25 09` at nine that morning."""
    month_day, __, hour = text.partition(" ")
    return datetime.fromisoformat(f"2026-{month_day}T{hour or 12}:00-05:00")


def seats(text: str) -> list[Seat]:
    """`A`, `C ..11-25` until that moment, `D 11-25..` from it on."""
    found = []
    for seat in text.split(", "):
        member, __, span = seat.partition(" ")
        since, __, until = span.partition("..")
        found.append(
            Seat(member, at(since) if since else at("01-01"), at(until) if until else None)
        )
    return found


def signed(text: str, **more: bool) -> tuple[Signature, ...]:
    """`A 11-23`; `D 11-24>11-25` takes effect later; `B 11-23!11-24` was withdrawn."""
    found = []
    for each in filter(None, text.split(", ")):
        member, __, days = each.partition(" ")
        days, __, withdrawn = days.partition("!")
        day, __, effective = days.partition(">")
        found.append(
            Signature(
                member,
                at(day),
                at(effective) if effective else None,
                at(withdrawn) if withdrawn else None,
                recites_interest=more.get(member, False),
            )
        )
    return tuple(found)


def a_consent(
    asked: str = "ABC", signatures: str = "", refusals: str = "", **more: object
) -> Consent:
    return Consent(
        sent_at=at("11-20"),
        asked=frozenset(asked),
        signatures=signed(signatures),
        refusals=tuple(
            Refusal(each[0], at(each[2:])) for each in filter(None, refusals.split(", "))
        ),
        **more,
    )


WAITING, EFFECTIVE, STOPPED = ConsentState
SERVING = "A, B, C"
CHANGE = "A, B, C ..11-25, D 11-25.."


@pytest.mark.parametrize(
    ("asked", "serving", "signatures", "as_of", "state", "words"),
    [
        # All members sign.
        ("ABC", SERVING, "", "11-22", WAITING, "Not signed yet: A, B and C."),
        ("ABC", SERVING, "A 11-23, B 11-24", "11-24", WAITING, "Not signed yet: C."),
        ("ABC", SERVING, "A 11-23, B 11-24, C 11-25", "11-24", WAITING, "Not signed yet: C."),
        ("ABC", SERVING, "A 11-23, B 11-24, C 11-25", "11-25", EFFECTIVE, "Signed by every member; in effect since November 25, 2026."),
        ("ABC", SERVING, "C 11-25, A 11-23, B 11-24", "12-31", EFFECTIVE, "Signed by every member; in effect since November 25, 2026."),
        # C resigns with effect at noon on November 25, unsigned; D is appointed.
        ("ABC", CHANGE, "A 11-23, B 11-24", "11-25 11", WAITING, "Not signed yet: C."),
        ("ABC", CHANGE, "A 11-23, B 11-24", "11-25", STOPPED, "Members changed: C and D. This consent cannot take effect as sent. Start a new one or call a meeting."),
        ("ABC", "A, B, C ..11-25", "A 11-23, B 11-24", "11-26", STOPPED, "Members changed: C. This consent cannot take effect as sent. Start a new one or call a meeting."),
        # A signer whose seat ends before the last signature does not count.
        ("ABC", "A, B, C ..11-25", "C 11-23, A 11-24, B 11-26", "11-26", STOPPED, "Members changed: C. This consent cannot take effect as sent. Start a new one or call a meeting."),
        # Members who change after the last signature change nothing.
        ("ABC", CHANGE, "A 11-23, B 11-24, C 11-25 11", "11-30", EFFECTIVE, "Signed by every member; in effect since November 25, 2026."),
        # D signs before the seat begins, to take effect with it.
        ("ABD", CHANGE, "A 11-23, B 11-24, D 11-24>11-25", "11-24", WAITING, "Signed by every member; a signature takes effect later."),
        ("ABD", CHANGE, "A 11-23, B 11-24, D 11-24>11-25", "11-25", EFFECTIVE, "Signed by every member; in effect since November 25, 2026."),
        ("ABD", CHANGE, "A 11-23, D 11-24>11-25", "11-24", WAITING, "Not signed yet: B."),
        # Without these words, D's signature is that of nobody who serves.
        ("ABD", CHANGE, "A 11-23, B 11-23, D 11-24", "11-24", STOPPED, "Members changed: C and D. This consent cannot take effect as sent. Start a new one or call a meeting."),
        # A member who was never asked.
        ("AB", SERVING, "A 11-23, B 11-24", "11-24", STOPPED, "Members changed: C. This consent cannot take effect as sent. Start a new one or call a meeting."),
    ],
)  # fmt: skip
def test_consent_stands_by_who_serves(
    asked: str, serving: str, signatures: str, as_of: str, state: ConsentState, words: str
) -> None:
    found = judge_consent(a_consent(asked, signatures), seats(serving), at(as_of), TABLE)
    assert (found.state, consent_words(found, NEW_YORK)) == (state, words)


@pytest.mark.parametrize(
    ("serving", "signatures", "as_of", "state"),
    [
        # Sent to those who serve from November 25 on: before it, who signs first does not matter.
        (CHANGE, "A 11-23", "11-23", WAITING),
        (CHANGE, "A 11-23, B 11-24, D 11-24>11-25", "11-25", EFFECTIVE),
        (CHANGE, "A 11-23, B 11-24, D 11-26", "11-26", EFFECTIVE),
        # Once that date has come, it is who serves that counts.
        ("A, B, C, D 11-25..", "A 11-23", "11-25", STOPPED),
        ("A, B, C ..11-25, D 11-25..11-26", "A 11-23", "11-26", STOPPED),
    ],
)
def test_consent_may_be_sent_to_those_who_serve_on_a_later_date(
    serving: str, signatures: str, as_of: str, state: ConsentState
) -> None:
    consent = a_consent("ABD", signatures, members_at=at("11-25"))
    assert judge_consent(consent, seats(serving), at(as_of), TABLE).state is state


@pytest.mark.parametrize(
    ("signatures", "refusals", "as_of", "state", "reason"),
    [
        # One refusal ends it, whoever signs afterwards.
        ("A 11-23", "B 11-24", "11-23", WAITING, "signatures_missing"),
        ("A 11-23", "B 11-24", "11-24", STOPPED, "refused"),
        ("A 11-23, B 11-25, C 11-25", "B 11-24", "11-25", STOPPED, "refused"),
        # A signature can be withdrawn until everybody has signed, and not after.
        ("A 11-23, B 11-23!11-24", "", "11-23", WAITING, "signatures_missing"),
        ("A 11-23, B 11-23!11-24", "", "11-24", STOPPED, "withdrawn"),
        ("A 11-23, B 11-23!11-24, C 11-25", "", "11-25", STOPPED, "withdrawn"),
        ("A 11-23, B 11-23!11-26, C 11-25", "", "11-27", EFFECTIVE, "all_signed"),
        ("A 11-23, B 11-24, C 11-25", "A 11-26", "11-27", EFFECTIVE, "all_signed"),
    ],
)  # fmt: skip
def test_refusal_or_withdrawal_ends_a_consent(
    signatures: str, refusals: str, as_of: str, state: ConsentState, reason: str
) -> None:
    found = judge_consent(a_consent("ABC", signatures, refusals), seats(SERVING), at(as_of), TABLE)
    assert (found.state, found.reason.value) == (state, reason)


@pytest.mark.parametrize(
    ("recites", "state", "reason"),
    [(False, WAITING, "interest_not_recited"), (True, EFFECTIVE, "all_signed")],
)
def test_recused_member_signs_too_and_recites_the_interest(
    recites: bool, state: ConsentState, reason: str
) -> None:
    consent = Consent(
        at("11-20"), frozenset("ABC"), signed("A 11-23, B 11-24, C 11-25", C=recites), recused=frozenset("C")
    )  # fmt: skip
    found = judge_consent(consent, seats(SERVING), at("11-26"), TABLE)
    assert (found.state, found.reason.value) == (state, reason)
    assert (found.warns, found.citation) == (True, "DGCL 141(f), 144")


@pytest.mark.parametrize(
    ("board_seats", "state", "reason"),
    [
        (3, EFFECTIVE, "all_signed"),
        (2, EFFECTIVE, "all_signed"),
        (4, STOPPED, "too_few_for_a_quorum"),
    ],
)
def test_board_with_too_few_for_a_quorum_does_not_act_by_consent(
    board_seats: int, state: ConsentState, reason: str
) -> None:
    terms = (Terms(at("01-01"), seats=board_seats),)
    consent = a_consent("AB", "A 11-23, B 11-24", terms=terms)
    found = judge_consent(consent, seats("A, B"), at("11-24"), TABLE)
    assert (found.state, found.reason.value) == (state, reason)


def test_words_name_the_date_on_which_the_number_of_seats_is_not_on_record() -> None:
    terms = (Terms(at("01-01"), is_sized=False),)
    consent = a_consent("AB", "A 11-23, B 11-24", terms=terms)
    found = judge_consent(consent, seats("A, B"), at("11-28"), TABLE)
    assert consent_words(found, NEW_YORK) == (
        "Signed by every member on November 24, 2026. The number of seats on the Board on that date "
        "is not on record, so its quorum is not known. Record the number under Meeting rules, "
        "effective on or before November 24, 2026."
    )


THIRD = Bylaws(Fraction(1, 3), citation="Bylaws, s. 3.7")
ALL_SEATS = Bylaws(Fraction(1), citation="Bylaws, s. 3.7")


@pytest.mark.parametrize(
    ("terms", "state", "reason"),
    [
        ([], EFFECTIVE, "all_signed"),
        ([Terms(at("01-01"), seats=3)], EFFECTIVE, "all_signed"),
        ([Terms(at("01-01"), seats=4)], STOPPED, "too_few_for_a_quorum"),
        ([Terms(at("01-01"), THIRD, seats=6)], EFFECTIVE, "all_signed"),
        ([Terms(at("01-01"), THIRD, seats=7)], STOPPED, "too_few_for_a_quorum"),
        ([Terms(at("01-01"), ALL_SEATS, seats=2)], EFFECTIVE, "all_signed"),
        ([Terms(at("01-01"), ALL_SEATS, seats=3)], STOPPED, "too_few_for_a_quorum"),
        ([Terms(at("01-01"), seats=7), Terms(at("11-24"), seats=3)], EFFECTIVE, "all_signed"),
        ([Terms(at("01-01"), seats=3), Terms(at("11-25"), seats=7)], EFFECTIVE, "all_signed"),
        ([Terms(at("01-01"), is_sized=False)], WAITING, "size_not_on_record"),
        ([Terms(at("01-01"), forbidden="Bylaws, s. 3.9")], STOPPED, "forbidden_by_bylaws"),
        ([Terms(at("11-25"), forbidden="Bylaws, s. 3.9")], EFFECTIVE, "all_signed"),
    ],
    ids=[
        "the statute alone",
        "2 of 3 seats",
        "2 of 4 seats",
        "bylaws: a third of 6",
        "bylaws: a third of 7",
        "bylaws: all 2",
        "bylaws: all 3",
        "fewer seats from the day of the last signature",
        "more seats a day later",
        "number of seats not on record",
        "bylaws allow no consent",
        "allowed until a day later",
    ],
)
def test_bylaws_in_effect_at_the_last_signature_decide(
    terms: list[Terms], state: ConsentState, reason: str
) -> None:
    consent = a_consent("AB", "A 11-23, B 11-24", terms=tuple(terms))
    found = judge_consent(consent, seats("A, B"), at("11-30"), TABLE)
    assert (found.state, found.reason.value) == (state, reason)


@pytest.mark.parametrize("quorum", [Fraction(1, 3), Fraction(1, 2), Fraction(1)])
def test_no_bylaw_makes_less_than_all_signatures_enough(quorum: Fraction) -> None:
    """DGCL 141(f): all members of the board or committee."""
    bylaws = Bylaws(quorum, Counted.VOTES_CAST, "Bylaws, s. 3.7")
    consent = a_consent("ABC", "A 11-23, B 11-24", terms=(Terms(at("01-01"), bylaws),))
    found = judge_consent(consent, seats(SERVING), at("11-30"), TABLE)
    assert (found.state, found.missing) == (WAITING, ("C",))


def test_bylaws_that_come_to_forbid_consents_stop_one_that_waits() -> None:
    terms = (Terms(at("11-24"), forbidden="Bylaws, s. 3.9"),)
    consent = a_consent("ABC", "A 11-23", terms=terms)
    assert judge_consent(consent, seats(SERVING), at("11-23"), TABLE).state is WAITING
    found = judge_consent(consent, seats(SERVING), at("11-24"), TABLE)
    assert (found.state, found.citation) == (STOPPED, "DGCL 141(f); Bylaws, s. 3.9")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: a_consent("AB", "C 11-23"), "C: not asked to sign this consent."),
        (lambda: a_consent("AB", "", "C 11-23"), "C: not asked to sign this consent."),
        (lambda: a_consent("AB", recused=frozenset("C")), "C: not asked to sign this consent."),
        (lambda: a_consent("AB", "A 11-23, A 11-24"), "A member signs a consent once."),
        (
            lambda: a_consent("AB", "A 11-19"),
            "Nobody signs or refuses a consent before it is sent.",
        ),
        (lambda: a_consent(""), "A consent is sent to somebody."),
        (lambda: signed("A 11-23>11-22"), "A: a signature is not dated back."),
        (lambda: signed("A 11-23!11-22"), "A: withdrawn before it was signed."),
    ],
)
def test_consent_that_cannot_be_is_refused(make: object, words: str) -> None:
    with pytest.raises(VotingError) as refusal:
        make()
    assert str(refusal.value) == words


@pytest.mark.parametrize(
    ("signature", "is_allowed"), [("A 10-01>11-30", True), ("A 10-01>12-01", False)]
)
def test_signature_takes_effect_at_most_60_days_ahead(signature: str, is_allowed: bool) -> None:
    consent = Consent(at("09-01"), frozenset("AB"), signed(signature))
    if is_allowed:
        assert judge_consent(consent, seats("A, B"), at("10-02"), TABLE).state is WAITING
        return
    with pytest.raises(
        VotingError, match=r"A: a consent takes effect at most 60 days ahead \(DGCL 141\(f\)\)"
    ):
        judge_consent(consent, seats("A, B"), at("10-02"), TABLE)


@pytest.mark.parametrize("order", list(permutations("ABC")))
def test_order_of_the_signatures_does_not_matter(order: tuple[str, ...]) -> None:
    text = ", ".join(f"{member} 11-2{day}" for day, member in enumerate(order, start=3))
    found = judge_consent(a_consent("ABC", text), seats(SERVING), at("11-30"), TABLE)
    assert (found.state, found.effective_at) == (EFFECTIVE, at("11-25"))


@given(
    st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 9)),
    st.dictionaries(st.sampled_from("ABCD"), st.tuples(st.integers(-2, 9), st.integers(1, 9)), min_size=1),
    st.integers(0, 10),
)  # fmt: skip
def test_effective_only_when_exactly_those_who_serve_have_signed(
    days: dict[str, int], served: dict[str, tuple[int, int]], as_of: int
) -> None:
    """Against the members of every day, one day after the other."""

    def on(day: int) -> datetime:
        return at("06-10") + timedelta(days=day)

    asked = frozenset(days) or frozenset("A")
    consent = Consent(on(0), asked, tuple(Signature(who, on(day)) for who, day in days.items()))
    terms = [Seat(who, on(first), on(first + length)) for who, (first, length) in served.items()]
    found = judge_consent(consent, terms, on(as_of), TABLE)

    last = max(days.values(), default=99)
    serving = {who for who, (first, length) in served.items() if first <= last < first + length}
    is_effective = set(days) == asked and last <= as_of and serving == asked
    assert (found.state is EFFECTIVE) == is_effective
    assert found.effective_at == (on(last) if is_effective else None)


def test_every_reason_has_its_sentence() -> None:
    found = judge_consent(
        a_consent("ABC", "A 11-23, B 11-24, C 11-25"), seats(SERVING), at("11-25"), TABLE
    )
    assert all(consent_words(replace(found, reason=reason), NEW_YORK) for reason in ConsentReason)
