"""Facts about directors: entered, corrected, withdrawn; who sees them; what the database refuses."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from charters.services import Upload
from committees import services
from committees.enums import OrganizationRole, PaymentKind, RelativeKind, Tie
from committees.models import (
    Association,
    AuditorTie,
    BusinessPayment,
    CompanyPayment,
    Employment,
    Interlock,
    Organization,
    Preparation,
    PublicSeats,
    Questionnaire,
    Shareholding,
)
from committees.models.entries import Entry
from committees.rules.family import Relative
from committees.rules.look_back import Span
from committees.tests.factories import a_director
from committees.tests.recording import NOW, TODAY, TOMORROW, last_entry, paid, refused
from records.ledger_words import seen as subjects_seen
from records.models import Document, LedgerEntry
from records.models.bases import ImmutableError

pytestmark = pytest.mark.django_db

FORM = Upload(b"Signed by the director.", "form.txt")
FIRST = date(2020, 1, 1)


def an_organization(name: str = "Birch Partners", **given: Any) -> Organization:
    return services.add_organization(name=name, **(NOW | given))


# Entering.


def test_fact_is_entered_with_its_source_and_without_prose_in_the_ledger() -> None:
    director = a_director()
    form = services.record_questionnaire(director, signed_on=date(2026, 1, 15), form=FORM, **NOW)
    payment = paid(director, relative=RelativeKind.CHILD, relative_name="Ben", questionnaire=form)
    facts = last_entry().facts
    assert list(facts) == ["content", "questionnaire"]
    assert facts["questionnaire"] == f"committees.Questionnaire:{form.pk}"
    assert last_entry().subject == f"committees.CompanyPayment:{payment.pk}"
    assert not [one for one in LedgerEntry.objects.all() if "150000" in str(one.facts)]
    assert Document.objects.get().kind == "committees.questionnaire"


def test_fact_is_read_as_the_rules_ask_for_it() -> None:
    child = {"relative": RelativeKind.CHILD, "relative_name": "Ben", "is_minor": True}
    read = CompanyPayment.objects.get(pk=paid(a_director(), **child).pk).as_rule()
    assert read.who == Relative(RelativeKind.CHILD, "Ben", is_minor=True)
    assert (read.on, read.amount, read.kind) == (
        date(2025, 5, 1),
        Decimal("150000.00"),
        PaymentKind.COMPENSATION,
    )
    assert read.record.startswith("committees.CompanyPayment:")


def test_what_has_not_happened_is_no_fact() -> None:
    with pytest.raises(ValidationError) as refusal:
        paid(a_director(), on=TOMORROW)
    assert refused(refusal) == ["on"]
    assert paid(a_director("Li Wei"), on=TODAY).pk


def test_announced_last_day_may_lie_ahead() -> None:
    work = Employment(director=a_director(), starts_on=FIRST, last_on=date(2027, 3, 31))
    assert services.enter_fact(work, **NOW).as_rule().span == Span(FIRST, date(2027, 3, 31))


def test_the_same_fact_is_entered_once() -> None:
    director = a_director()
    paid(director)
    with pytest.raises(ValidationError, match="on record already"):
        paid(director)


def test_source_is_the_directors_own_questionnaire() -> None:
    form = services.record_questionnaire(a_director(), signed_on=date(2026, 1, 15), **NOW)
    with pytest.raises(ValidationError) as refusal:
        paid(a_director("Li Wei"), questionnaire=form)
    assert refused(refusal) == ["questionnaire"]


def test_questionnaire_of_a_date_is_recorded_once_and_not_ahead() -> None:
    director = a_director()
    services.record_questionnaire(director, signed_on=date(2026, 1, 15), **NOW)
    for day in (date(2026, 1, 15), TOMORROW):
        with pytest.raises(ValidationError) as refusal:
            services.record_questionnaire(director, signed_on=day, **NOW)
        assert refused(refusal) == ["signed_on"]


def test_withdrawn_questionnaire_leaves_its_date_free() -> None:
    director = a_director()
    form = services.record_questionnaire(director, signed_on=date(2026, 1, 15), **NOW)
    services.withdraw_questionnaire(form, reason="Another director's form.", **NOW)
    again = services.record_questionnaire(director, signed_on=date(2026, 1, 15), **NOW)
    assert list(Questionnaire.objects.standing()) == [again]


# Correcting and withdrawing.


def test_correction_stands_beside_the_first_entry() -> None:
    director = a_director()
    first = paid(director)
    later = CompanyPayment(
        director=director, amount=Decimal(90_000), on=first.on, kind=PaymentKind.COMPENSATION
    )
    services.correct_fact(first, later, **NOW)
    assert list(CompanyPayment.objects.standing()) == [later]
    assert CompanyPayment.objects.count() == 2
    assert last_entry().facts["corrects"] == f"committees.CompanyPayment:{first.pk}"
    with pytest.raises(ValidationError, match="later entry"):
        services.withdraw_fact(first, reason="Twice.", **NOW)


def test_withdrawal_needs_its_reason_and_ends_what_the_fact_says() -> None:
    first = paid(a_director())
    with pytest.raises(ValidationError) as refusal:
        services.withdraw_fact(first, reason=" ", **NOW)
    assert refused(refusal) == ["reason"]
    services.withdraw_fact(first, reason="Entered for another person.", **NOW)
    assert list(CompanyPayment.objects.standing()) == []
    assert last_entry().action == "fact.withdrawn"


def test_correction_that_changes_nothing_is_refused() -> None:
    first = CompanyPayment.objects.get(pk=paid(a_director()).pk)
    with pytest.raises(ValidationError, match="Nothing is different"):
        services.correct_fact(first, CompanyPayment(**first.said()), **NOW)


def test_correction_is_about_the_same_director() -> None:
    first, other = paid(a_director()), a_director("Li Wei")
    later = CompanyPayment(director=other, amount=1, on=first.on, kind=PaymentKind.ADVISORY)
    with pytest.raises(ValueError, match="same subject"):
        services.correct_fact(first, later, **NOW)


def test_fact_on_record_is_never_changed() -> None:
    payment = paid(a_director())
    payment.amount = Decimal(1)
    with pytest.raises(ImmutableError):
        payment.save()
    with pytest.raises(ImmutableError):
        CompanyPayment.objects.all().delete()


# What the database refuses.


IMPOSSIBLE: list[tuple[str, type[Entry], dict[str, Any]]] = [
    ("employment_ends_after_it_starts", Employment, {"starts_on": FIRST, "last_on": date(2019, 12, 31)}),
    ("employment_names_a_relative_or_nobody", Employment, {"starts_on": FIRST, "relative_name": "Ben"}),
    ("employment_names_a_relative_or_nobody", Employment, {"starts_on": FIRST, "relative": "cousin"}),
    ("interim_service_is_the_directors_as_an_executive", Employment, {"starts_on": FIRST, "is_interim": True}),
    ("payment_is_of_an_amount", CompanyPayment, {"on": FIRST, "kind": "advisory", "amount": 0}),
    ("payment_is_in_the_currency_of_the_limits", CompanyPayment, {"on": FIRST, "kind": "advisory", "amount": 1, "currency": "EUR"}),
    ("payment_kind_is_known", CompanyPayment, {"on": FIRST, "kind": "gift", "amount": 1}),
    ("partnership_ends_after_it_starts", AuditorTie, {"partner_from": FIRST, "partner_last_on": date(2019, 12, 31)}),
    ("partnership_has_its_first_day", AuditorTie, {"partner_last_on": FIRST, "last_worked_on": FIRST}),
    ("auditor_tie_is_a_partnership_or_work", AuditorTie, {}),
    ("shares_are_a_part_of_those_outstanding", Shareholding, {"as_of": FIRST, "share_class": "Common", "shares": 2, "outstanding": 1}),
    ("shares_are_a_part_of_those_outstanding", Shareholding, {"as_of": FIRST, "share_class": "Common", "shares": 0, "outstanding": 0}),
    ("audit_committees_are_of_boards_that_are_counted", PublicSeats, {"as_of": FIRST, "boards": 0, "audit_committees": 0}),
    ("audit_committees_are_of_boards_that_are_counted", PublicSeats, {"as_of": FIRST, "boards": 1, "audit_committees": 2}),
    ("preparation_ends_after_it_starts", Preparation, {"starts_on": FIRST, "last_on": date(2019, 12, 31)}),
    ("employment_is_withdrawn_with_a_reason", Employment, {"starts_on": FIRST, "is_withdrawn": True}),
]  # fmt: skip


@pytest.mark.parametrize(("constraint", "model", "values"), IMPOSSIBLE)
def test_impossible_fact_is_refused_by_the_database(
    constraint: str, model: type[Entry], values: dict[str, Any]
) -> None:
    assert constraint in {one.name for one in model._meta.constraints}
    fact = model(director=a_director(), salt="s", recorded_at=NOW["at"], **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        fact.save()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"currency": "EUR"}, "The limits are in US dollars. Enter the amount in US dollars (USD)."),
        ({"amount": "0"}, "Enter an amount above zero."),
        ({"relative_name": "Ben"}, "A name, age or home is entered for a relative only, and the relation must be known."),
    ],
)  # fmt: skip
def test_impossible_fact_is_answered_in_plain_words(values: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        paid(a_director(), **values)
    assert refusal.value.messages == [says]


# Organizations and the company's books.


def test_organization_is_on_record_once() -> None:
    an_organization("Birch  Partners")
    assert Organization.objects.get().name == "Birch Partners"
    with pytest.raises(ValidationError) as refusal:
        an_organization("Birch Partners")
    assert refused(refusal) == ["name"]


def test_change_of_an_organization_keeps_the_old_in_the_ledger() -> None:
    organization = an_organization()
    services.change_organization(organization, gives_advice=True, tie=Tie.OVER_TEN, **NOW)
    assert last_entry().facts == {"gives_advice": [False, True], "tie": ["none", "over_ten"]}
    with pytest.raises(ValidationError, match="Nothing is different"):
        services.change_organization(organization, gives_advice=True, tie=Tie.OVER_TEN, **NOW)


def test_books_are_read_as_the_rules_ask_for_them() -> None:
    organization = an_organization(gives_advice=True)
    payment = BusinessPayment(organization=organization, on=TODAY, amount=Decimal(6_000))
    served = Interlock(organization=organization, starts_on=FIRST)
    role = Association(
        director=a_director(),
        organization=organization,
        role=OrganizationRole.PARTNER,
        starts_on=FIRST,
    )
    for fact in (payment, served, role):
        services.enter_fact(fact, **NOW)
    assert payment.as_rule().organization == "Birch Partners"
    assert served.as_rule().span == Span(FIRST)
    assert role.as_rule().organization.gives_advice is True


# Who sees what.


def test_director_sees_their_own_facts_and_secretaries_and_counsel_all(
    member: User, chair: User, secretary: User, company_counsel: User, management: User
) -> None:
    mine, other = a_director(user=member), a_director("Li Wei", chair)
    own, others = paid(mine), paid(other)
    seen = {
        user.pk: set(CompanyPayment.objects.visible_to(user))
        for user in (member, chair, secretary, company_counsel, management)
    }
    assert seen == {
        member.pk: {own},
        chair.pk: {others},
        secretary.pk: {own, others},
        company_counsel.pk: {own, others},
        management.pk: set(),
    }


def test_books_are_for_secretaries_and_counsel(member: User, secretary: User) -> None:
    payment = BusinessPayment(organization=an_organization(), on=TODAY, amount=Decimal(6_000))
    services.enter_fact(payment, **NOW)
    assert list(BusinessPayment.objects.visible_to(secretary)) == [payment]
    assert list(BusinessPayment.objects.visible_to(member)) == []


def test_signed_form_is_seen_by_the_director_secretaries_and_counsel(
    member: User, chair: User, secretary: User
) -> None:
    services.record_questionnaire(a_director(user=member), signed_on=TODAY, form=FORM, **NOW)
    a_director("Li Wei", chair)
    seen = [Document.objects.visible_to(user).count() for user in (member, chair, secretary)]
    assert seen == [1, 0, 1]


def test_ledger_tells_of_a_fact_to_those_who_see_it(
    member: User, chair: User, secretary: User
) -> None:
    fact = paid(a_director(user=member))
    a_director("Li Wei", chair)
    label = f"committees.CompanyPayment:{fact.pk}"
    seen = [subjects_seen(user, [label]) for user in (member, chair, secretary)]
    assert seen == [{label}, set(), {label}]


def test_questionnaires_are_the_directors_own(member: User, chair: User) -> None:
    services.record_questionnaire(a_director(user=member), signed_on=TODAY, **NOW)
    assert Questionnaire.objects.visible_to(member).count() == 1
    assert Questionnaire.objects.visible_to(chair).count() == 0
