"""The pages of meetings in the menu."""

from django.utils.translation import gettext_lazy as _

from records.navigation import NAVIGATION, Place

NAVIGATION.add_all(
    Place("meetings.meetings", _("Meetings"), "meetings", "meetings.view_meeting", order=25),
    Place(
        "meetings.minutes",
        _("Minutes"),
        "minutes",
        "meetings.view_minutes",
        group="meetings.meetings",
    ),
    Place(
        "meetings.consents",
        _("Written consents"),
        "consents",
        "meetings.view_consent",
        group="meetings.meetings",
    ),
    Place(
        "meetings.board_reports",
        _("Reports to the Board"),
        "board_reports",
        "meetings.view_meeting",
        group="meetings.meetings",
    ),
    Place(
        "meetings.attendance",
        _("Attendance"),
        "attendance_now",
        "meetings.view_meeting",
        group="meetings.meetings",
    ),
)
