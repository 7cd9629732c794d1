"""The reminders this app owes: of determinations, questionnaires and regulators' letters."""

from django.utils.translation import gettext_lazy as lazy

from charters.notices import reminder_kind

DETERMINATION_REMINDER = reminder_kind(
    "committees.determination_reminder", lazy("The Board’s determinations are to be renewed")
)
QUESTIONNAIRE_REMINDER = reminder_kind(
    "committees.questionnaire_reminder", lazy("A questionnaire is to be signed")
)
RELIANCE_REMINDER = reminder_kind(
    "committees.reliance_reminder", lazy("A filing is to state a reliance")
)
NOTICE_REMINDER = reminder_kind(
    "committees.exchange_notice_reminder", lazy("The exchange is to be notified of a vacancy")
)
LETTER_REMINDER = reminder_kind(
    "committees.letter_reminder", lazy("A regulator’s letter is to be answered")
)
