"""Charter review, evaluation and posting: what is recorded, what is refused."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from committees import services
from committees.enums import Conclusion, PostingKind, ReviewKind
from committees.models import Posting, Review
from committees.rules.yearly import Held, Progress, yearly
from committees.tests.factories import a_company, an_audit_committee
from committees.tests.recording import NOW, TODAY, TOMORROW, last_entry, refused

pytestmark = pytest.mark.django_db

HELD, YEAR_END = date(2026, 11, 3), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def _company(db: None) -> None:
    a_company()


def reviewed(kind: ReviewKind = ReviewKind.CHARTER, **given: Any) -> Review:
    terms = {
        "held_on": HELD,
        "serves": YEAR_END,
        "conclusion": Conclusion.ADEQUATE if kind is ReviewKind.CHARTER else Conclusion.HELD,
    }
    return services.record_review(an_audit_committee(), kind, **(terms | NOW | given))


def test_review_is_recorded_for_its_fiscal_year() -> None:
    review = reviewed(note="The committee discussed the charter clause by clause.")
    assert review.as_rule() == Held(HELD, YEAR_END)
    facts = last_entry().facts
    assert facts.pop("content").startswith("sha256:")
    assert facts == {
        "kind": "charter",
        "held_on": "2026-11-03",
        "serves": "2026-12-31",
        "conclusion": "adequate",
        "decision": None,
        "document": None,
    }


def test_evaluation_and_charter_review_are_apart() -> None:
    charter, evaluation = reviewed(), reviewed(ReviewKind.EVALUATION)
    of_kind = Review.objects.standing().of_kind
    assert list(of_kind(ReviewKind.CHARTER)) == [charter]
    assert list(of_kind(ReviewKind.EVALUATION).by(HELD)) == [evaluation]
    assert list(of_kind(ReviewKind.EVALUATION).by(date(2026, 11, 2))) == []


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"held_on": TOMORROW}, ["held_on"]),
        ({"serves": date(2026, 12, 30)}, ["serves"]),
        ({"conclusion": Conclusion.HELD}, ["__all__"]),
    ],
)
def test_impossible_review_is_refused(given: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(ValidationError) as refusal:
        reviewed(**given)
    assert refused(refusal) == fields


def test_review_held_on_this_very_day_is_recorded() -> None:
    assert reviewed(held_on=TODAY).pk


def test_same_review_is_recorded_once() -> None:
    reviewed()
    with pytest.raises(ValidationError, match="on record already"):
        reviewed()


def test_late_review_is_a_fact_and_the_next_year_stays_due() -> None:
    late = reviewed(held_on=date(2026, 1, 12), serves=date(2025, 12, 31))
    calendar = a_company().calendar
    years = [calendar.year_of(date(year, 6, 1)) for year in (2025, 2026)]
    found = [yearly([late.as_rule()], year, TODAY).progress for year in years]
    assert found == [Progress.DONE_LATE, Progress.DUE]


def test_correction_stands_beside_the_first_entry() -> None:
    first = reviewed()
    later = Review(**(first.said() | {"held_on": date(2026, 11, 4)}))
    services.correct_review(first, later, **NOW)
    assert [review.held_on for review in Review.objects.standing()] == [date(2026, 11, 4)]
    services.withdraw_review(later, reason="It was not held.", **NOW)
    assert not Review.objects.standing().exists()
    assert Review.objects.count() == 3


def test_evaluation_without_a_grade_is_all_the_database_takes() -> None:
    review = Review(
        committee=an_audit_committee(),
        kind=ReviewKind.EVALUATION,
        held_on=HELD,
        serves=YEAR_END,
        conclusion=Conclusion.ADEQUATE,
        salt="s",
        recorded_at=NOW["at"],
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        review.save()


def posted(how: PostingKind = PostingKind.WEBSITE, **given: Any) -> Posting:
    terms: dict[str, Any] = {"posted_on": HELD}
    if how is PostingKind.WEBSITE:
        terms["address"] = "https://larch.example/charter"
    return services.record_posting(an_audit_committee(), how, **(terms | NOW | given))


@pytest.mark.parametrize(
    ("how", "given", "fields"),
    [
        (PostingKind.WEBSITE, {"address": ""}, ["__all__"]),
        (PostingKind.PROXY, {"address": "https://larch.example/"}, ["__all__"]),
        (PostingKind.WEBSITE, {"address": "our website"}, ["address"]),
        (PostingKind.PROXY, {"posted_on": TOMORROW}, ["posted_on"]),
    ],
)
def test_impossible_posting_is_refused(
    how: PostingKind, given: dict[str, Any], fields: list[str]
) -> None:
    with pytest.raises(ValidationError) as refusal:
        posted(how, **given)
    assert refused(refusal) == fields


def test_postings_are_in_the_order_of_their_dates() -> None:
    website = posted()
    proxy = posted(PostingKind.PROXY, posted_on=date(2026, 4, 20))
    assert list(Posting.objects.standing().by(TODAY)) == [proxy, website]
    services.withdraw_posting(website, reason="The page was not public.", **NOW)
    assert list(Posting.objects.standing().by(TODAY)) == [proxy]
