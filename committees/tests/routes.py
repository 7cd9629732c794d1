"""Who gets in where: officers, what is known of directors, what the Board determined."""

from datetime import date

from accounts.enums import Role
from accounts.tests.walk import COUNSEL, DIRECTORS, MANAGERS, SECRETARIES, Cast, Route
from committees import services
from committees.enums import (
    AdviserRole,
    Conclusion,
    FilingForm,
    FundingPurpose,
    LetterStepKind,
    PostingKind,
    Regulator,
    RelatedPersonBasis,
    ReviewKind,
)
from committees.enums import DeterminationKind as Kind
from committees.models import (
    AdviserEngagement,
    BusinessPayment,
    Director,
    FundingDetermination,
    Officer,
    Organization,
    Posting,
    Preparation,
    RegulatorLetter,
    RelatedPartyTransaction,
    Review,
)
from committees.tests.factories import SIGNED, a_company, a_director, an_audit_committee
from records import clock

READERS = SECRETARIES | DIRECTORS | COUNSEL
KNOWING = SECRETARIES | COUNSEL
DAY = date(2026, 1, 5)


def set_up() -> None:
    a_company()
    an_audit_committee()


def an_officer(cast: Cast) -> dict[str, object]:
    made = Officer.objects.first() or services.add_officer(
        name="Grace Nakamura", title="Controller", starts_on=DAY, **SIGNED
    )
    return {"pk": made.pk}


def the_director() -> Director:
    set_up()
    return Director.objects.first() or a_director()


def of_a_director(cast: Cast) -> dict[str, object]:
    return {"pk": the_director().pk}


def a_kind_of_fact(cast: Cast) -> dict[str, object]:
    return {"pk": the_director().pk, "kind": "payment"}


def a_determination_to_make(cast: Cast) -> dict[str, object]:
    return {"pk": the_director().pk, "kind": "expert"}


def a_fact(cast: Cast) -> dict[str, object]:
    fact = services.enter_fact(Preparation(director=the_director(), starts_on=DAY), **SIGNED)
    return {"kind": "preparation", "pk": fact.pk}


def a_questionnaire(cast: Cast) -> dict[str, object]:
    director = the_director()
    made = director.questionnaires.first() or services.record_questionnaire(
        director, signed_on=DAY, **SIGNED
    )
    return {"pk": made.pk}


def a_determination(cast: Cast) -> dict[str, object]:
    director = the_director()
    made = director.determinations.first() or services.determine(
        director, Kind.LITERATE, determined_on=DAY, **SIGNED
    )
    return {"pk": made.pk}


def an_organization(cast: Cast) -> dict[str, object]:
    return {"pk": the_organization().pk}


def the_organization() -> Organization:
    return Organization.objects.first() or services.add_organization(name="Elm Corp.", **SIGNED)


def a_book(cast: Cast) -> dict[str, object]:
    return {"pk": the_organization().pk, "kind": "payment"}


def an_entry(cast: Cast) -> dict[str, object]:
    made = services.enter_fact(
        BusinessPayment(organization=the_organization(), on=DAY, amount=10), **SIGNED
    )
    return {"kind": "payment", "pk": made.pk}


def kept(kwargs: object, sees: frozenset[str] = frozenset(), **given: object) -> Route:
    """A form of the secretary, over or beside what others may see."""
    return Route(get=SECRETARIES, post=SECRETARIES, kwargs=kwargs, sees=sees, **given)  # type: ignore[arg-type]


def a_payment(cast: Cast) -> dict[str, object]:
    return {"on": "2025-01-06", "amount": "10", "kind": "compensation", "relative": "self"}


def held(cast: Cast) -> dict[str, object]:
    return {"held_on": "2026-01-05", "serves": f"{clock.today().year}-12-31"}


def an_expert(cast: Cast) -> dict[str, object]:
    return {"is_met": "no", "determined_on": "2025-01-06"}


def a_review(cast: Cast) -> dict[str, object]:
    return {"pk": the_review().pk}


def the_review() -> Review:
    set_up()
    return Review.objects.first() or services.record_review(
        an_audit_committee(),
        ReviewKind.CHARTER,
        held_on=DAY,
        serves=date(2025, 12, 31),
        conclusion=Conclusion.ADEQUATE,
        **SIGNED,
    )


def a_kind_of_review(cast: Cast) -> dict[str, object]:
    set_up()
    return {"kind": "evaluation"}


def a_posting(cast: Cast) -> dict[str, object]:
    set_up()
    made = Posting.objects.first() or services.record_posting(
        an_audit_committee(), PostingKind.PROXY, posted_on=DAY, **SIGNED
    )
    return {"pk": made.pk}


def the_committee(cast: Cast) -> dict[str, object]:
    set_up()
    return {}


def an_engagement(cast: Cast) -> dict[str, object]:
    """Restricted from management, and from nobody else of its readers."""
    set_up()
    made = AdviserEngagement.objects.first() or services.engage(
        an_audit_committee(),
        adviser="Tanabe LLP",
        role=AdviserRole.COUNSEL,
        scope="A review of the charter.",
        engaged_on=DAY,
        restricted_roles={Role.MANAGEMENT},
        **SIGNED,
    )
    return {"pk": made.pk}


def some_funding(cast: Cast) -> dict[str, object]:
    set_up()
    made = FundingDetermination.objects.first() or services.determine_funding(
        an_audit_committee(), FundingPurpose.AUDITOR, amount=10, determined_on=DAY, **SIGNED
    )
    return {"pk": made.pk}


def a_transaction(cast: Cast) -> dict[str, object]:
    return {"pk": the_transaction().pk}


def the_transaction() -> RelatedPartyTransaction:
    set_up()
    return RelatedPartyTransaction.objects.first() or services.log_transaction(
        an_audit_committee(),
        person="Ben Okafor",
        basis=RelatedPersonBasis.FAMILY,
        terms="Rent.",
        amount=10,
        known_on=DAY,
        **SIGNED,
    )


def a_transaction_review(cast: Cast) -> dict[str, object]:
    transaction = the_transaction()
    made = transaction.reviews.first() or services.review_transaction(
        transaction, reviewed_on=DAY, **SIGNED
    )
    return {"pk": made.pk}


def a_letter(cast: Cast) -> dict[str, object]:
    return {"pk": the_letter().pk}


def the_letter() -> RegulatorLetter:
    set_up()
    return RegulatorLetter.objects.first() or services.receive_letter(
        an_audit_committee(),
        regulator=Regulator.SEC,
        matter="The annual report",
        dated_on=DAY,
        received_on=DAY,
        **SIGNED,
    )


def a_step(cast: Cast) -> dict[str, object]:
    letter = the_letter()
    made = letter.steps.first() or services.record_letter_step(
        letter, LetterStepKind.ANSWERED, on=DAY, **SIGNED
    )
    return {"pk": made.pk}


def a_listing(cast: Cast) -> dict[str, object]:
    set_up()
    committee = an_audit_committee()
    made = committee.listings.first() or services.record_listing(
        committee, effective_on=DAY, listed_on=DAY, **SIGNED
    )
    return {"pk": made.pk}


def a_filing(cast: Cast) -> dict[str, object]:
    set_up()
    committee = an_audit_committee()
    made = committee.filings.first() or services.record_filing(
        committee, form=FilingForm.PROXY, filed_on=DAY, states_reliance=True, **SIGNED
    )
    return {"pk": made.pk}


ROUTES = {
    "filing_record": kept(the_committee, READERS | MANAGERS),
    "filing_correct": kept(a_filing, READERS | MANAGERS),
    "filing_withdraw": kept(a_filing, READERS | MANAGERS),
    "listing_record": kept(the_committee, READERS | MANAGERS),
    "listing_correct": kept(a_listing, READERS | MANAGERS),
    "listing_withdraw": kept(a_listing, READERS | MANAGERS),
    "officers": Route(get=READERS | MANAGERS),
    "officer_add": Route(get=SECRETARIES, post=SECRETARIES),
    "officer_change": kept(an_officer, READERS | MANAGERS),
    "office_end": kept(an_officer, READERS | MANAGERS),
    "director_independence": Route(get=KNOWING, kwargs=of_a_director),
    "questionnaire_record": kept(of_a_director, KNOWING),
    "questionnaire_withdraw": kept(a_questionnaire, KNOWING),
    "fact_add": kept(a_kind_of_fact, KNOWING, data=a_payment),
    "fact_correct": kept(a_fact, KNOWING),
    "fact_withdraw": kept(a_fact, KNOWING),
    "determine": kept(a_determination_to_make, KNOWING, data=an_expert),
    "determination": Route(get=READERS, kwargs=a_determination),
    "determination_complete": kept(a_determination, READERS),
    "determination_withdraw": kept(a_determination, READERS),
    "organizations": Route(get=KNOWING),
    "organization_add": Route(get=SECRETARIES, post=SECRETARIES),
    "organization": Route(get=KNOWING, kwargs=an_organization),
    "organization_change": kept(an_organization, KNOWING),
    "book_add": kept(a_book, KNOWING),
    "book_withdraw": kept(an_entry, KNOWING),
    "reviews": Route(get=READERS, kwargs=the_committee),
    "review_add": kept(a_kind_of_review, READERS, data=held),
    "review": Route(get=READERS, kwargs=a_review),
    "review_correct": kept(a_review, READERS),
    "review_action": kept(a_review, READERS),
    "review_complete": kept(a_review, READERS),
    "review_withdraw": kept(a_review, READERS),
    "posting_add": kept(the_committee),
    "posting_withdraw": kept(a_posting, READERS),
    "advisers": Route(get=READERS, kwargs=the_committee),
    "adviser_add": kept(the_committee),
    "adviser": Route(get=READERS - MANAGERS, kwargs=an_engagement),
    "adviser_end": Route(
        get=SECRETARIES - MANAGERS,
        post=SECRETARIES - MANAGERS,
        kwargs=an_engagement,
        sees=READERS - MANAGERS,
    ),
    "funding_add": kept(the_committee),
    "funding": Route(get=READERS, kwargs=some_funding),
    "funding_correct": kept(some_funding, READERS),
    "funding_complete": kept(some_funding, READERS),
    "objection_add": kept(some_funding, READERS),
    "funding_withdraw": kept(some_funding, READERS),
    "transactions": Route(get=READERS, kwargs=the_committee),
    "transaction_add": kept(the_committee),
    "total_assets": kept(the_committee),
    "transaction": Route(get=READERS, kwargs=a_transaction),
    "transaction_change": kept(a_transaction, READERS),
    "transaction_review": kept(a_transaction, READERS),
    "transaction_review_withdraw": kept(a_transaction_review, READERS),
    "regulator_letters": Route(get=READERS, kwargs=the_committee),
    "regulator_letter_add": kept(the_committee),
    "regulator_letter": Route(get=READERS, kwargs=a_letter),
    "letter_step": kept(a_letter, READERS),
    "letter_step_withdraw": kept(a_step, READERS),
}
