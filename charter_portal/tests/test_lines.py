"""The ledger of a whole company, as each of its readers is told it."""

from datetime import date

import pytest

from accounts.tests.walk import Cast
from charter_portal.demo import history
from charter_portal.demo.company import Stage
from records import ledger_words
from records.ledger_rows import ledger_lines, seen_titles
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db


def test_page_and_filters_agree_on_who_sees_what(cast: Cast) -> None:
    """What is asked of the lines of a page is what the database is asked for a filter."""
    history.tell(Stage.until(date(2026, 11, 20)), with_pdfs=False)
    entries = LedgerEntry.objects.all()
    subjects = set(entries.values_list("subject", flat=True))

    for persona, reader in cast.items():
        by_page = set(seen_titles(subjects, reader))
        by_filter = set(ledger_words.open_to(reader, entries).values_list("subject", flat=True))
        assert by_page == by_filter, persona
    assert {line.is_closed for line in ledger_lines(entries, cast["secretary"])} == {False}
    assert {line.is_closed for line in ledger_lines(entries, cast["administrator"])} == {
        True,
        False,
    }
