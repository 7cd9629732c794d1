"""The example company: its record, its ledger and its reports, told once for all of these."""

import io
from collections.abc import Iterator

import pypdf
import pytest
from django.test import TestCase
from pytest_django import DjangoDbBlocker

from accounts.tests.walk import Cast
from charter_portal.demo import company, guide, history
from charter_portal.demo.company import Stage
from charter_portal.demo.story import Story
from charter_portal.enums import Audience
from charter_portal.reports import Scope, compose, render
from charter_portal.tests.test_demo import DAYS, assert_every_word_is_seen
from charter_portal.tests.test_whole_record import assert_closed, audit_committee, sources
from charters.models import CharterVersion, ClauseNote, Completion
from charters.standing import Docket
from records import ledger_words
from records.calendar import DAY
from records.ledger_rows import ledger_lines, seen_titles
from records.models import Company, Document, LedgerEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def story(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Story]:
    """The example company of today, rolled back after the last test of this module."""
    with django_db_blocker.unblock():
        atomics = TestCase._enter_atomics()
        yield history.tell(Stage.until(DAYS[0]), with_pdfs=False)
        TestCase._rollback_atomics(atomics)


@pytest.fixture
def example(story: Story) -> Stage:
    return story.stage


def test_every_word_can_be_seen_and_the_ledger_is_sound(example: Stage) -> None:
    assert_every_word_is_seen(example)


def test_corrections_notes_papers_and_charters_are_to_be_seen(example: Stage) -> None:
    today = example.today
    assert Completion.objects.filter(corrects__isnull=False, is_withdrawal=False).count() == 1
    assert Completion.objects.filter(is_withdrawal=True).count() == 1
    papers = Document.objects.filter(kind="charters.completion")
    assert Completion.objects.exclude(document=None).count() == papers.count() + 1
    adopted = CharterVersion.objects.adopted()
    before = adopted.in_effect(example.effective_on - DAY)
    assert adopted.count() == 2
    assert before != adopted.in_effect(today)
    assert adopted.in_effect(today).text == company.CHARTER.read_text(encoding="utf-8")
    draft = CharterVersion.objects.drafts().get()
    assert "pre-approve" in draft.clauses.get(reference="R-1d").text
    noted = set(ClauseNote.objects.values_list("clause__reference", flat=True))
    assert {"R-1a", "R-1d", "R-3"} <= noted
    assert not ClauseNote.objects.filter(dated__gt=today).exists()


def test_no_clause_of_the_example_rests_on_the_secretarys_entries_alone(
    example: Stage,
) -> None:
    assert_closed(sources(Docket(audit_committee(), example.today)))


@pytest.mark.pdf
def test_report_to_the_board_fits_two_pages(example: Stage) -> None:
    """On the last fiscal year, as it closed and as of today, and on this one so far."""
    company, year = Company.objects.get(), example.reported_year
    last = (year.period.first, year.last, example.reported_on)
    late = (year.period.first, year.last, example.today)
    this = (company.calendar.year_of(example.today).first, example.today, example.today)
    lengths = {}
    for days in (last, late, this):
        for audience in Audience:
            report = compose(audit_committee(), Scope(*days, audience), company=company, on=days[2])
            reader = pypdf.PdfReader(io.BytesIO(render(report)))
            lengths[days, audience] = len(reader.pages)
    assert lengths == dict.fromkeys(lengths, 2)


def test_page_and_filters_agree_on_who_sees_what(example: Stage, cast: Cast) -> None:
    """What is asked of the lines of a page is what the database is asked for a filter."""
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


@pytest.mark.any_database
def test_guide_says_that_no_report_was_issued(story: Story) -> None:
    assert "No report to the Board was issued" in guide.as_text(story)
