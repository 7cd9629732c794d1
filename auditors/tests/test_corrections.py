"""Dates entered in error: corrected with a reason, and what stood there stays on record."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from auditors.models import AnnualReview, DateCorrection
from auditors.services import corrections, firms, letters, reports
from auditors.tests.factories import (
    FY25,
    SIGNED,
    a_letter,
    an_engagement,
)
from committees.tests.factories import a_company, an_audit_committee
from records.models import LedgerEntry
from records.models.bases import ImmutableError
from records.stale import VERSION

pytestmark = pytest.mark.django_db
WHY = "The date of the draft was entered."


@pytest.fixture(autouse=True)
def _company() -> None:
    a_company()
    an_audit_committee()


def told() -> list[tuple[str, dict[str, Any]]]:
    rows = LedgerEntry.objects.filter(action__endswith=".corrected").order_by("sequence")
    return [(row.action, row.facts) for row in rows]


def entries() -> list[tuple[str, date, date | None, str]]:
    return list(DateCorrection.objects.values_list("field", "before", "after", "reason"))


def test_letters_date_is_corrected_and_the_earlier_one_kept() -> None:
    letter = a_letter(dated=date(2026, 2, 10), received_on=date(2026, 2, 12))
    corrections.correct_letter(letter, dates={"dated": date(2026, 2, 11)}, reason=WHY, **SIGNED)
    letter.refresh_from_db()
    assert (letter.dated, letter.received_on) == (date(2026, 2, 11), date(2026, 2, 12))
    assert entries() == [("dated", date(2026, 2, 10), date(2026, 2, 11), WHY)]


def test_ledger_has_both_dates_and_no_reason_in_words() -> None:
    letter = a_letter(dated=date(2026, 2, 10), received_on=date(2026, 2, 12))
    corrections.correct_letter(letter, dates={"dated": date(2026, 2, 11)}, reason=WHY, **SIGNED)
    ((action, facts),) = told()
    assert action == "letter.corrected"
    assert (facts["before"], facts["dated"]) == ("2026-02-10", "2026-02-11")
    assert WHY not in str(facts)


def test_discussions_date_is_corrected_with_the_letter() -> None:
    letter = a_letter(dated=date(2026, 2, 10))
    held = letters.discuss(letter, held_on=date(2026, 2, 20), **SIGNED)
    corrections.correct_letter(
        letter, dates={}, discussed={held.pk: date(2026, 2, 24)}, reason=WHY, **SIGNED
    )
    held.refresh_from_db()
    assert held.held_on == date(2026, 2, 24)
    assert entries() == [("held_on", date(2026, 2, 20), date(2026, 2, 24), WHY)]


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        pytest.param({"dated": date(2026, 2, 13)}, "received_on", id="dated-after-its-receipt"),
        pytest.param({"received_on": date(2026, 2, 9)}, "received_on", id="received-before-dated"),
        pytest.param({"dated": date(2090, 2, 9)}, "dated", id="in-the-future"),
        pytest.param({"dated": None}, "dated", id="without-a-date"),
    ],
)
def test_letter_out_of_order_is_refused_beside_its_field(
    dates: dict[str, date | None], field: str
) -> None:
    letter = a_letter(dated=date(2026, 2, 10), received_on=date(2026, 2, 12))
    with pytest.raises(ValidationError) as refused:
        corrections.correct_letter(letter, dates=dates, reason=WHY, **SIGNED)
    assert list(refused.value.message_dict) == [field]
    assert entries() == []


def test_letter_is_never_dated_after_its_discussion() -> None:
    letter = a_letter(dated=date(2026, 2, 10), received_on=date(2026, 2, 25))
    held = letters.discuss(letter, held_on=date(2026, 2, 20), **SIGNED)
    with pytest.raises(ValidationError) as refused:
        corrections.correct_letter(letter, dates={"dated": date(2026, 2, 21)}, reason=WHY, **SIGNED)
    assert list(refused.value.message_dict) == [f"held_on_{held.pk}"]


def test_letter_is_never_dated_after_a_decision_on_what_it_excepts() -> None:
    letter = a_letter(dated=date(2026, 2, 10), received_on=date(2026, 2, 25), exceptions=["A loan"])
    letters.decide_exception(
        letter.exceptions.get(), decided_on=date(2026, 2, 20), text="Not impaired.", **SIGNED
    )
    with pytest.raises(ValidationError) as refused:
        corrections.correct_letter(letter, dates={"dated": date(2026, 2, 21)}, reason=WHY, **SIGNED)
    assert list(refused.value.message_dict) == ["dated"]


def test_correction_gives_its_reason_and_changes_something() -> None:
    letter = a_letter(dated=date(2026, 2, 10))
    for dates, reason in (({"dated": date(2026, 2, 9)}, " "), ({"dated": letter.dated}, WHY)):
        with pytest.raises(ValidationError):
            corrections.correct_letter(letter, dates=dates, reason=reason, **SIGNED)
    assert entries() == []


def test_dates_of_the_audit_are_corrected_or_removed() -> None:
    engagement = an_engagement()
    firms.record_audit_dates(
        engagement, work_from=date(2026, 1, 5), report_dated=date(2026, 3, 4), **SIGNED
    )
    corrections.correct_engagement(
        engagement,
        dates={"work_from": date(2026, 1, 12), "report_dated": None},
        reason=WHY,
        **SIGNED,
    )
    engagement.refresh_from_db()
    assert (engagement.work_from, engagement.report_dated) == (date(2026, 1, 12), None)
    # What was removed can be added again.
    firms.record_audit_dates(engagement, report_dated=date(2026, 3, 5), **SIGNED)


def test_date_that_is_not_on_record_is_added_instead() -> None:
    engagement = an_engagement()
    with pytest.raises(ValidationError) as refused:
        corrections.correct_engagement(
            engagement, dates={"report_dated": date(2026, 3, 4)}, reason=WHY, **SIGNED
        )
    assert list(refused.value.message_dict) == ["report_dated"]


def a_review(**facts: Any) -> AnnualReview:
    return reports.record_review(year_ends_on=FY25, **facts, **SIGNED)


def test_year_is_corrected_and_its_report_is_ruled_on_by_the_new_date() -> None:
    review = a_review(reviewed_on=date(2026, 3, 5))
    corrections.correct_review(
        review, dates={"reviewed_on": date(2026, 3, 3)}, reason=WHY, **SIGNED
    )
    review.refresh_from_db()
    assert review.as_rule().reviewed_on == date(2026, 3, 3)
    assert [action for action, __ in told()] == ["annual_review.corrected"]


def test_name_of_who_confirmed_is_removed_with_the_date() -> None:
    review = a_review(
        recommended_on=date(2026, 3, 3),
        subject_to_changes=True,
        brought_down_on=date(2026, 3, 5),
        brought_down_by="Ann A",
    )
    corrections.correct_review(review, dates={"brought_down_on": None}, reason=WHY, **SIGNED)
    review.refresh_from_db()
    assert (review.brought_down_on, review.brought_down_by) == (None, "")


def test_no_other_field_is_corrected() -> None:
    letter = a_letter()
    with pytest.raises(ImmutableError):
        letter.correct(serves=date(2024, 12, 31))


def test_database_wants_one_record_a_reason_and_another_date() -> None:
    letter, day = a_letter(), date(2026, 2, 10)
    for wrong in (
        {"letter": letter, "reason": "", "after": date(2026, 2, 11)},
        {"letter": letter, "reason": WHY, "after": day},
        {"reason": WHY, "after": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            DateCorrection.objects.create(
                field="dated", before=day, recorded_at=SIGNED["at"], **wrong
            )


def test_page_shows_what_will_be_recorded_and_then_the_correction(
    client: Client, secretary: User
) -> None:
    letter = a_letter(dated=date(2026, 2, 10), received_on=date(2026, 2, 12))
    client.force_login(secretary)
    page = reverse("auditor_letter_correct", args=[letter.pk])
    version = client.get(page).context["form"][VERSION].initial
    typed = {VERSION: version, "dated": "2026-02-11", "received_on": "2026-02-12", "reason": WHY}
    shown = client.post(page, typed).context["recorded"]
    assert [str(each.text) for each in shown] == [
        "February 11, 2026 instead of February 10, 2026",
        WHY,
    ]
    client.post(page, typed | {"confirmed": "1"})
    history = client.get(letter.get_absolute_url()).context["history"]
    assert history[0].text == "Dated: corrected from February 10, 2026 to February 11, 2026."
    assert history[0].detail == WHY


def test_form_asks_for_dates_on_record_only(client: Client, secretary: User) -> None:
    review = a_review(reviewed_on=date(2026, 3, 5))
    client.force_login(secretary)
    form = client.get(reverse("annual_review_correct", args=[review.pk])).context["form"]
    assert [name for name in form.fields if name != VERSION] == ["reviewed_on", "reason"]
