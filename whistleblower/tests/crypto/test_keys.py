"""A reader's seed, passphrase and recovery sheet; slots of cases."""

import pytest

from whistleblower.crypto import keys, slots
from whistleblower.crypto.keys import ReaderKeys, WrongPassphraseError, WrongSheetError
from whistleblower.crypto.sealing import SealBrokenError
from whistleblower.crypto.slots import CaseKeys

SEED = bytes(range(32))
READER = ReaderKeys(SEED)
PASSPHRASE = "amazing fox ladder ocean pistol quantum"
DESK_KEY = "a key of the environment"


def test_pairs_come_from_the_seed_alone() -> None:
    assert READER.opens.hex() == "2f66490ad3b16a1277ea300b50d8d3cdca1a8bda540e2db4b5d63089bb1d561e"
    assert READER.signs.hex() == "1608c23bde7d8f3143cf00d50ca5e4b4c393074410c6ad3a4b1c4bd3ab339aa9"


def test_seed_opens_by_passphrase_and_desk_key_together() -> None:
    sealed = keys.seal_seed(SEED, PASSPHRASE, DESK_KEY)
    assert keys.open_seed(sealed, "Amazing-fox LADDER ocean pistol quantum ", DESK_KEY).seed == SEED
    for passphrase, desk_key in [("amazing fox", DESK_KEY), (PASSPHRASE, "another"), ("", "")]:
        with pytest.raises(WrongPassphraseError):
            keys.open_seed(sealed, passphrase, desk_key)


def test_two_seals_of_one_seed_differ() -> None:
    assert keys.seal_seed(SEED, PASSPHRASE, DESK_KEY) != keys.seal_seed(SEED, PASSPHRASE, DESK_KEY)


def test_passphrase_has_six_random_words() -> None:
    assert len(keys.new_passphrase().split()) == 6
    assert keys.new_passphrase() != keys.new_passphrase()


def test_sheet_gives_the_seed_without_the_desk_key() -> None:
    sheet = keys.sheet(SEED)
    assert len(sheet.split()) == 24
    assert keys.from_sheet(sheet.upper().replace(" ", "\n")).seed == SEED


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abandon " * 24,
        "abandon " * 23,
        keys.sheet(SEED[:16]),
        "no words of the list",
        "x" * 9999,
    ],
)
def test_what_is_no_sheet_is_refused(typed: str) -> None:
    with pytest.raises(WrongSheetError):
        keys.from_sheet(typed)


def test_signature_is_of_these_words_and_this_reader() -> None:
    signature = READER.sign(b"list")
    assert keys.is_signed(b"list", signature, READER.signs)
    assert not keys.is_signed(b"another list", signature, READER.signs)
    assert not keys.is_signed(b"list", signature, ReaderKeys(bytes(32)).signs)
    assert not keys.is_signed(b"list", b"short", READER.signs)


def test_slot_opens_for_its_reader_alone() -> None:
    case = CaseKeys.new()
    sealed = slots.slot(case, READER.opens)
    assert slots.try_slot(sealed, READER.private) == case
    assert slots.try_slot(sealed, ReaderKeys(bytes(32)).private) is None


def test_slot_and_dummy_have_the_same_length() -> None:
    sealed = {len(slots.slot(CaseKeys.new(), READER.opens)), len(slots.dummy())}
    assert sealed == {slots.SIZE} == {113}
    assert slots.try_slot(slots.dummy(), READER.private) is None


def test_slot_without_the_name_opens_the_content() -> None:
    case = CaseKeys.new()
    given = case.without_name()
    assert given.content == case.content
    assert given.name != case.name


def test_slot_of_the_conversation_holds_no_key_of_the_desk() -> None:
    case = CaseKeys.new()
    given = CaseKeys(case.conversation, case.name, is_whole=False)
    sealed = slots.slot(given, READER.opens)
    assert len(sealed) == slots.SIZE
    found = slots.try_slot(sealed, READER.private)
    assert found == given
    assert found.conversation == case.conversation
    assert found.desk is None
    assert not found.without_name().is_whole


def test_slot_of_an_unknown_format_is_no_dummy() -> None:
    from nacl.public import PublicKey, SealedBox

    sealed = SealedBox(PublicKey(READER.opens)).encrypt(b"\x03" + bytes(64))
    with pytest.raises(SealBrokenError):
        slots.try_slot(sealed, READER.private)
