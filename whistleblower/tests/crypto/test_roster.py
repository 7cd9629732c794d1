"""The signed list of readers: who can change it, and what shows when somebody else did."""

from dataclasses import replace

import pytest

from whistleblower.crypto import roster
from whistleblower.crypto.keys import ReaderKeys
from whistleblower.crypto.roster import Entry, Roster, RosterError, SignedRoster, Terms
from whistleblower.enums import ReaderRole

NAMES = {
    "iris": ReaderRole.COUNSEL,
    "jude": ReaderRole.COUNSEL,
    "clara": ReaderRole.CHAIR,
    "max": ReaderRole.MEMBER,
    "nina": ReaderRole.MEMBER,
}
KEYS = {name: ReaderKeys(bytes([place]) * 32) for place, name in enumerate([*NAMES, "eve", "otto"])}


def entry(name: str, role: ReaderRole = ReaderRole.MEMBER, keys: ReaderKeys | None = None) -> Entry:
    made = keys or KEYS[name]
    return Entry(
        uid=name,
        name=name.title(),
        role=NAMES.get(name, role),
        user=1,
        person=f"director:{name}",
        opens=made.opens.hex(),
        signs=made.signs.hex(),
    )


def signed(listed: Roster, *names: str) -> SignedRoster:
    text = listed.as_text()
    return SignedRoster(text, {n: KEYS[n].sign(roster.signed_bytes(text)) for n in names})


FIRST = Roster(1, "", tuple(entry(name) for name in NAMES), Terms(operator="Example Inc."))
FIRST_SIGNED = signed(FIRST, *NAMES)
FINGERPRINT = roster.fingerprint(FIRST.as_text())


def after(*entries: Entry, **changes: object) -> Roster:
    return replace(Roster(2, FIRST.digest, entries or FIRST.entries, FIRST.terms), **changes)


def test_first_list_signed_by_all_is_in_force() -> None:
    assert roster.verify([FIRST_SIGNED], FINGERPRINT) == FIRST
    assert len(FINGERPRINT.split()) == 6
    assert roster.verify([FIRST_SIGNED], FINGERPRINT.upper().replace(" ", "-")) == FIRST


def test_words_of_a_list_are_the_same_after_reading() -> None:
    assert Roster.from_text(FIRST.as_text()).as_text() == FIRST.as_text()


@pytest.mark.parametrize("left_out", list(NAMES))
def test_first_list_needs_every_signature(left_out: str) -> None:
    others = [name for name in NAMES if name != left_out]
    with pytest.raises(RosterError, match="not signed"):
        roster.verify([signed(FIRST, *others)], FINGERPRINT)


def test_another_first_list_does_not_match_the_configuration() -> None:
    forged = replace(FIRST, entries=(*FIRST.entries, entry("eve")))
    with pytest.raises(RosterError, match="not the one in the configuration"):
        roster.verify([signed(forged, *NAMES, "eve")], FINGERPRINT)


@pytest.mark.parametrize(
    ("signers", "in_force"),
    [
        (["iris", "clara"], True),
        (["max", "nina"], True),
        (["iris"], False),
        (["iris", "eve"], False),
        (["eve", "otto"], False),
        ([], False),
    ],
)
def test_new_reader_needs_two_readers_of_the_list_before(
    signers: list[str], in_force: bool
) -> None:
    wider = signed(after(*FIRST.entries, entry("eve")), *signers)
    if in_force:
        assert roster.verify([FIRST_SIGNED, wider], FINGERPRINT).uids == {*NAMES, "eve"}
    else:
        with pytest.raises(RosterError, match="not signed"):
            roster.verify([FIRST_SIGNED, wider], FINGERPRINT)


def test_who_leaves_does_not_sign_the_change() -> None:
    left = after(*(each for each in FIRST.entries if each.uid != "max"))
    with pytest.raises(RosterError, match="not signed"):
        roster.verify([FIRST_SIGNED, signed(left, "max", "nina")], FINGERPRINT)
    assert (
        "max" not in roster.verify([FIRST_SIGNED, signed(left, "iris", "nina")], FINGERPRINT).uids
    )


def test_key_written_over_another_needs_two_others() -> None:
    swapped = after(
        *(entry("max", keys=KEYS["eve"]) if e.uid == "max" else e for e in FIRST.entries)
    )
    text = swapped.as_text()
    forged = SignedRoster(text, {"max": KEYS["eve"].sign(roster.signed_bytes(text))})
    with pytest.raises(RosterError, match="not signed"):
        roster.verify([FIRST_SIGNED, forged], FINGERPRINT)


def test_list_changed_after_signing_is_not_in_force() -> None:
    altered = SignedRoster(FIRST_SIGNED.text.replace("Max", "Eve"), FIRST_SIGNED.signatures)
    with pytest.raises(RosterError, match="not signed"):
        roster.verify([altered], None)


@pytest.mark.parametrize("wrong", [{"number": 3}, {"previous": "0" * 64}])
def test_list_that_does_not_follow_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(RosterError, match="does not follow"):
        roster.verify([FIRST_SIGNED, signed(after(**wrong), *NAMES)], FINGERPRINT)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"entries": [{"uid": 1}]}', "null"])
def test_list_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(RosterError):
        roster.verify([SignedRoster(text, {})], None)


def test_no_list_and_no_reader_are_refused() -> None:
    with pytest.raises(RosterError, match="no list"):
        roster.verify([], None)
    with pytest.raises(RosterError, match="names nobody"):
        roster.verify([signed(Roster(1, "", ()))], None)


def test_one_key_for_two_readers_is_refused() -> None:
    doubled = replace(FIRST, entries=(*FIRST.entries, entry("otto", keys=KEYS["max"])))
    with pytest.raises(RosterError, match="one key twice"):
        roster.verify([signed(doubled, *NAMES, "otto")], None)
