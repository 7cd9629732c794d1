"""Every write to meetings, agendas, papers and packs: one verb each, under `@act`."""

from meetings.services import board_reports, consents, feeds
from meetings.services.agenda import (
    add_item,
    change_item,
    discuss_item,
    move_item,
    remove_item,
)
from meetings.services.attendance import correct_attendance
from meetings.services.backfill import backfill_meeting
from meetings.services.body_rules import correct_body_rules, set_body_rules
from meetings.services.building import take
from meetings.services.concluding import conclude_meeting
from meetings.services.holding import enter_meeting
from meetings.services.meetings import (
    cancel_meeting,
    change_meeting,
    enter_past_meeting,
    give_notice,
    hold_meeting,
    plan_meeting,
    record_no_quorum,
)
from meetings.services.minutes import (
    approve_minutes,
    change_paragraph,
    circulate_minutes,
    draft_minutes,
    file_approved_minutes,
    file_minutes,
    record_correction,
)
from meetings.services.packs import send_pack
from meetings.services.papers import add_paper, remove_paper, replace_paper
from meetings.services.recusals import recuse
from meetings.services.sessions import record_session
from meetings.services.year_plan import plan_year

__all__ = [
    "add_item",
    "add_paper",
    "approve_minutes",
    "backfill_meeting",
    "board_reports",
    "cancel_meeting",
    "change_item",
    "change_meeting",
    "change_paragraph",
    "circulate_minutes",
    "conclude_meeting",
    "consents",
    "correct_attendance",
    "correct_body_rules",
    "discuss_item",
    "draft_minutes",
    "enter_meeting",
    "enter_past_meeting",
    "feeds",
    "file_approved_minutes",
    "file_minutes",
    "give_notice",
    "hold_meeting",
    "move_item",
    "plan_meeting",
    "plan_year",
    "record_correction",
    "record_no_quorum",
    "record_session",
    "recuse",
    "remove_item",
    "remove_paper",
    "replace_paper",
    "send_pack",
    "set_body_rules",
    "take",
]
