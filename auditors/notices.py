"""The kinds of notices that the reminders of this app are. An email carries no substance."""

from django.utils.translation import gettext_lazy as _

from charters.notices import reminder_kind

# What an approval has to precede does not wait for a digest.
REQUEST_REMINDER = reminder_kind(
    "auditors.request_reminder", _("A service request is to be decided"), urgent=True
)
PRESENTATION_REMINDER = reminder_kind(
    "auditors.presentation_reminder", _("An approval is to be presented")
)
NOTICE_REMINDER = reminder_kind(
    "auditors.notice_reminder",
    _("The other members are to be informed of an approval"),
    urgent=True,
)
PLAN_REMINDER = reminder_kind("auditors.plan_reminder", _("A plan for a finding falls due"))
LINE_REMINDER = reminder_kind("auditors.line_reminder", _("A policy line ends"))
