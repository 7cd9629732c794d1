"""Who gets in where: meetings, agenda items and papers."""

from datetime import date

from accounts.tests.walk import COUNSEL, DIRECTORS, SECRETARIES, Cast, Route
from charters.tests.routes import stage
from committees.tests.factories import a_board
from meetings import services
from meetings.models import AgendaItem, BodyRules, Meeting, Paper
from meetings.tests.factories import SIGNED, a_meeting, a_paper, an_item

AHEAD = date(2100, 3, 16)
READERS = SECRETARIES | DIRECTORS | COUNSEL


def the_meeting(cast: Cast) -> Meeting:
    """On a date ahead of every test."""
    committee = stage().committee
    a_board()
    return Meeting.objects.first() or a_meeting(committee, on=AHEAD)


def the_item(cast: Cast) -> AgendaItem:
    """Restricted from one of the two secretaries, and from nobody else of its readers."""
    return AgendaItem.objects.first() or an_item(
        the_meeting(cast), restricted_people={cast["secretary_in_management"].pk}
    )


def a_meetings_key(cast: Cast) -> dict[str, object]:
    return {"pk": the_meeting(cast).pk}


def an_items_key(cast: Cast) -> dict[str, object]:
    return {"pk": the_item(cast).pk}


def a_papers_key(cast: Cast) -> dict[str, object]:
    return {"pk": (Paper.objects.first() or a_paper(the_item(cast))).pk}


def a_packs_key(cast: Cast) -> dict[str, object]:
    item = the_item(cast)
    pack = item.meeting.packs.first() or services.send_pack(item.meeting, **SIGNED)
    return {"pk": pack.pk}


def a_year(cast: Cast) -> dict[str, object]:
    the_meeting(cast)
    return {}


def the_entry(cast: Cast) -> BodyRules:
    body = the_meeting(cast).body
    entry = BodyRules.objects.of(body).first()
    return entry or services.set_body_rules(body, effective_on=date(2026, 1, 2), **SIGNED)


def a_bodys_key(cast: Cast) -> dict[str, object]:
    return {"pk": the_entry(cast).body_id}


def an_entrys_key(cast: Cast) -> dict[str, object]:
    return {"pk": the_entry(cast).pk}


def a_years_key(cast: Cast) -> dict[str, object]:
    the_meeting(cast)
    return {"key": "FY2099"}


# The other secretary is recused from the item.
PREPARERS = SECRETARIES - {"secretary_in_management"}
SEE_THE_ITEM = READERS - {"secretary_in_management"}
ACT_ON_MEETING = Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_meetings_key, sees=READERS)
ACT_ON_ITEM = Route(get=PREPARERS, post=PREPARERS, kwargs=an_items_key, sees=READERS)
ACT_ON_PAPER = Route(get=PREPARERS, post=PREPARERS, kwargs=a_papers_key, sees=READERS)

ROUTES = {
    "meetings": Route(get=READERS, kwargs=a_year),
    "meeting_add": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_year),
    "meetings_plan": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_years_key, sees=READERS),
    "meetings_calendar": Route(get=READERS, kwargs=a_years_key),
    "body_rules": Route(get=READERS, kwargs=a_year),
    "body_rules_change": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_bodys_key, sees=READERS),
    "body_rules_correct": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=an_entrys_key, sees=READERS
    ),
    "meeting": Route(get=READERS, kwargs=a_meetings_key),
    "meeting_change": ACT_ON_MEETING,
    "meeting_notice": ACT_ON_MEETING,
    "meeting_cancel": ACT_ON_MEETING,
    "pack_draft": Route(get=SECRETARIES, kwargs=a_meetings_key, sees=READERS),
    "pack_send": ACT_ON_MEETING,
    "pack": Route(get=READERS, kwargs=a_packs_key),
    "agenda_build": ACT_ON_MEETING,
    "agenda_item_add": ACT_ON_MEETING,
    "agenda_item": Route(get=SEE_THE_ITEM, kwargs=an_items_key, sees=READERS),
    "agenda_item_change": ACT_ON_ITEM,
    # The walk's directors sit on no committee.
    "agenda_item_discuss": ACT_ON_ITEM,
    "agenda_item_move": ACT_ON_ITEM,
    "agenda_item_remove": ACT_ON_ITEM,
    "paper_add": ACT_ON_ITEM,
    "paper_replace": ACT_ON_PAPER,
    "paper_remove": ACT_ON_PAPER,
}
