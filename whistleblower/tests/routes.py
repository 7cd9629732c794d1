"""Who gets in where. The channel is open to everybody; the desk to nobody without a passphrase."""

from datetime import date

from accounts.tests.walk import (
    COUNSEL,
    DIRECTORS,
    EVERYBODY,
    SECRETARIES,
    Cast,
    Route,
)
from charters.models import Committee
from charters.tests.charters import set_the_stage
from committees.tests.factories import SIGNED
from whistleblower.enums import Way
from whistleblower.models import Channel
from whistleblower.services import readers

MAY_BE_READERS = DIRECTORS | {"independent_counsel"}


def a_language(cast: Cast) -> dict[str, object]:
    return {"language": "es"}


def no_case(cast: Cast) -> dict[str, object]:
    """No desk is open on the walk, so that every case is one that nobody holds."""
    return {"case": "0123456789abcdef"}


def no_act(cast: Cast) -> dict[str, object]:
    return {"case": "0123456789abcdef", "act": "note"}


def a_passphrase(cast: Cast) -> dict[str, object]:
    return {"passphrase": "never the right one"}


def a_channel(cast: Cast) -> dict[str, object]:
    """An outside line: the secretary records everything of it."""
    if not Channel.objects.exists():
        committee = Committee.objects.audit() or set_the_stage().committee
        given = {"outside_name": "A line", "outside_address": "line.example"}
        readers.choose_way(committee, way=Way.OUTSIDE, **given, **SIGNED)
    return {}


def a_procedure(cast: Cast) -> dict[str, object]:
    a_channel(cast)
    return {"procedure": "reviewed"}


def an_entry(cast: Cast) -> dict[str, object]:
    return {"performed_on": "2026-01-05", "serves": date(2026, 12, 31).isoformat()}


READERS = SECRETARIES | DIRECTORS | COUNSEL

ROUTES = {
    "concerns": Route(get=EVERYBODY),
    "concerns_start": Route(get=EVERYBODY, kwargs=a_language),
    "concerns_report": Route(get=EVERYBODY, post=EVERYBODY, kwargs=a_language, has_no_cookie=True),
    "concerns_practice": Route(
        get=EVERYBODY, post=EVERYBODY, kwargs=a_language, has_no_cookie=True
    ),
    "concerns_return": Route(get=EVERYBODY, post=EVERYBODY, kwargs=a_language),
    "concerns_done": Route(get=EVERYBODY, post=EVERYBODY, kwargs=a_language, has_no_cookie=True),
    "channel": Route(get=READERS, kwargs=a_channel),
    "channel_way": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_channel),
    "channel_poster": Route(get=READERS, kwargs=a_channel),
    "procedure_record": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=a_procedure, data=an_entry, sees=READERS
    ),
    "desk": Route(get=MAY_BE_READERS, post=MAY_BE_READERS, data=a_passphrase),
    "desk_close": Route(get=MAY_BE_READERS, post=MAY_BE_READERS),
    "desk_key": Route(get=MAY_BE_READERS, post=MAY_BE_READERS),
    "desk_intake": Route(get=MAY_BE_READERS, post=MAY_BE_READERS, data=a_passphrase),
    "desk_readers": Route(get=MAY_BE_READERS, post=MAY_BE_READERS, data=a_passphrase),
    "desk_case": Route(get=MAY_BE_READERS, post=MAY_BE_READERS, kwargs=no_case, data=a_passphrase),
    "desk_act": Route(get=MAY_BE_READERS, post=MAY_BE_READERS, kwargs=no_act, data=a_passphrase),
}
