"""What this app asks on the home page, and what was recorded lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from charters.answers import Ask, DatedEntry
from charters.docket import AsOf
from charters.news import News
from charters.registry import DEADLINES, HOME, OPEN_ITEMS, HomePart
from charters.standing import Docket
from committees import sentences
from committees.deadlines import LETTERS, QUESTIONNAIRES
from committees.duties.records import UNREVIEWED
from committees.models import Determination, RegulatorLetter, Review
from records.dates import long_day

SOON = timedelta(45)


def asks(as_of: AsOf, user: User) -> Iterator[Ask]:
    """Answers that are due, transactions signed without a review, one's own questionnaire."""
    docket = Docket.of(as_of)
    if user.has_perm("committees.change_register"):
        found = docket.deadlines_of(DEADLINES.get(LETTERS))
        due = [each for each in found if docket.sees(each.restriction)]
        for deadline in sorted(due, key=lambda each: each.due_on):
            yield Ask(
                deadline.what,
                deadline.url,
                _("Open the letter"),
                deadline.because,
                deadline.due_on,
            )
        for item in docket.open_items_of(OPEN_ITEMS.get(UNREVIEWED)):
            yield Ask(item.title, item.url, _("Record the review"), item.because, item.on)
    for deadline in docket.deadlines_of(DEADLINES.get(QUESTIONNAIRES)):
        if deadline.owner == user.pk and deadline.due_on - as_of.day <= SOON:
            said = (
                _("Sign your yearly questionnaire by %(day)s.")
                if deadline.due_on >= as_of.day
                else _("Sign your yearly questionnaire. It was due %(day)s.")
            )
            yield Ask(
                said % {"day": long_day(deadline.due_on)},
                reverse("director_independence", args=[user.director.pk]),
                _("See what is on record"),
                deadline.because,
                deadline.due_on,
            )


def activity(as_of: AsOf, user: User) -> Iterator[News]:
    """Determinations, reviews and letters that this person may read."""
    yield News(
        Determination,
        lambda: Determination.objects.visible_to(user).standing().select_related("director"),
        lambda row: DatedEntry(
            row.determined_on, sentences.of_determination(row), row.get_absolute_url()
        ),
    )
    yield News(
        Review,
        lambda: Review.objects.open_to_readers(user).standing(),
        lambda row: DatedEntry(row.held_on, sentences.of_review(row), row.get_absolute_url()),
    )
    yield News(
        RegulatorLetter,
        lambda: RegulatorLetter.objects.visible_to(user),
        lambda row: DatedEntry(
            row.received_on,
            _("A regulator’s letter was received: %(matter)s") % {"matter": row.matter},
            row.get_absolute_url(),
        ),
    )


HOME.add(HomePart("committees.home", asks, activity, order=30))
