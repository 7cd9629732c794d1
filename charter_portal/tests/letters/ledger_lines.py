"""Who may see a letter in the activity log."""

from charter_portal.tests.letters.models import Letter
from records import clock
from records.ledger_words import SUBJECTS, Subject

SUBJECTS.add(
    Subject(
        "letters.Letter",
        lambda reader: Letter.objects.visible_to(reader, on=clock.today()),
        title=str,
    )
)
