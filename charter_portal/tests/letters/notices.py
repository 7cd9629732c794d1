"""The kind of notice that the reminders of this app are."""

from charters.notices import reminder_kind

REMINDER = reminder_kind("letters.reminder", "A letter is to be answered", urgent=True)
