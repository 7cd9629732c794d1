"""Addresses of committees and directors: one verb, one address."""

from django.urls import URLPattern, path, register_converter

from committees.enums import DeterminationKind, ReviewKind
from committees.forms.facts import BOOKS, FACTS
from committees.views import (
    advisers,
    chairs,
    committee,
    determinations,
    directors,
    entries,
    independence,
    letters,
    memberships,
    officers,
    organizations,
    related_parties,
    reviews,
)


class Word:
    """One of the words that an address may have in a place."""

    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FactWord(Word):
    regex = "|".join(FACTS)


class BookWord(Word):
    regex = "|".join(BOOKS)


class DeterminationWord(Word):
    regex = "|".join(DeterminationKind.values)


class ReviewWord(Word):
    regex = "|".join(ReviewKind.values)


register_converter(FactWord, "fact")
register_converter(BookWord, "book")
register_converter(DeterminationWord, "determination")
register_converter(ReviewWord, "review")


def entry_paths(name: str, kind: entries.EntryKind) -> list[URLPattern]:
    """Where an entry of a kind is recorded, corrected and withdrawn."""
    one = f"{name}s/<int:pk>"
    return [
        path(f"{name}s/add/", entries.EntryRecordView.as_view(kind=kind), name=f"{name}_record"),
        path(
            f"{one}/correct/", entries.EntryCorrectView.as_view(kind=kind), name=f"{name}_correct"
        ),
        path(
            f"{one}/withdraw/",
            entries.EntryWithdrawView.as_view(kind=kind),
            name=f"{name}_withdraw",
        ),
    ]


urlpatterns = [
    path("committee/", committee.CommitteeView.as_view(), name="committee"),
    path(
        "committee/establish/",
        committee.CommitteeEstablishView.as_view(),
        name="committee_establish",
    ),
    *entry_paths("listing", entries.LISTINGS),
    *entry_paths("filing", entries.FILINGS),
    path("directors/add/", directors.DirectorAddView.as_view(), name="director_add"),
    path("directors/<int:pk>/", directors.DirectorView.as_view(), name="director"),
    path(
        "directors/<int:pk>/change/", directors.DirectorChangeView.as_view(), name="director_change"
    ),
    path("memberships/add/", memberships.MembershipBeginView.as_view(), name="membership_begin"),
    path(
        "memberships/<int:pk>/end/", memberships.MembershipEndView.as_view(), name="membership_end"
    ),
    path(
        "memberships/<int:pk>/notice/",
        memberships.MembershipNoticeView.as_view(),
        name="membership_notice",
    ),
    path(
        "memberships/<int:pk>/correct/",
        memberships.MembershipCorrectView.as_view(),
        name="membership_correct",
    ),
    path("chair-terms/<int:pk>/end/", chairs.ChairEndView.as_view(), name="chair_end"),
    path(
        "memberships/<int:pk>/chair/", chairs.ChairDesignateView.as_view(), name="chair_designate"
    ),
    path("officers/", officers.OfficersView.as_view(), name="officers"),
    path("officers/add/", officers.OfficerAddView.as_view(), name="officer_add"),
    path("officers/<int:pk>/change/", officers.OfficerChangeView.as_view(), name="officer_change"),
    path("officers/<int:pk>/end/", officers.OfficeEndView.as_view(), name="office_end"),
    path(
        "directors/<int:pk>/independence/",
        independence.IndependenceView.as_view(),
        name="director_independence",
    ),
    path(
        "directors/<int:pk>/questionnaire/",
        independence.QuestionnaireRecordView.as_view(),
        name="questionnaire_record",
    ),
    path(
        "questionnaires/<int:pk>/withdraw/",
        independence.QuestionnaireWithdrawView.as_view(),
        name="questionnaire_withdraw",
    ),
    path(
        "directors/<int:pk>/facts/<fact:kind>/add/",
        independence.FactAddView.as_view(),
        name="fact_add",
    ),
    path(
        "facts/<fact:kind>/<int:pk>/correct/",
        independence.FactCorrectView.as_view(),
        name="fact_correct",
    ),
    path(
        "facts/<fact:kind>/<int:pk>/withdraw/",
        independence.FactWithdrawView.as_view(),
        name="fact_withdraw",
    ),
    path(
        "directors/<int:pk>/determine/<determination:kind>/",
        determinations.DetermineView.as_view(),
        name="determine",
    ),
    path(
        "determinations/<int:pk>/",
        determinations.DeterminationView.as_view(),
        name="determination",
    ),
    path(
        "determinations/<int:pk>/decision/",
        determinations.DeterminationCompleteView.as_view(),
        name="determination_complete",
    ),
    path(
        "determinations/<int:pk>/withdraw/",
        determinations.DeterminationWithdrawView.as_view(),
        name="determination_withdraw",
    ),
    path("organizations/", organizations.OrganizationsView.as_view(), name="organizations"),
    path(
        "organizations/add/", organizations.OrganizationAddView.as_view(), name="organization_add"
    ),
    path("organizations/<int:pk>/", organizations.OrganizationView.as_view(), name="organization"),
    path(
        "organizations/<int:pk>/change/",
        organizations.OrganizationChangeView.as_view(),
        name="organization_change",
    ),
    path(
        "organizations/<int:pk>/books/<book:kind>/add/",
        organizations.BookAddView.as_view(),
        name="book_add",
    ),
    path(
        "books/<book:kind>/<int:pk>/withdraw/",
        organizations.BookWithdrawView.as_view(),
        name="book_withdraw",
    ),
    path("reviews/", reviews.ReviewsView.as_view(), name="reviews"),
    path("reviews/add/<review:kind>/", reviews.ReviewAddView.as_view(), name="review_add"),
    path("reviews/<int:pk>/", reviews.ReviewView.as_view(), name="review"),
    path("reviews/<int:pk>/correct/", reviews.ReviewCorrectView.as_view(), name="review_correct"),
    path("reviews/<int:pk>/action/", reviews.ReviewActionView.as_view(), name="review_action"),
    path(
        "reviews/<int:pk>/decision/", reviews.ReviewCompleteView.as_view(), name="review_complete"
    ),
    path(
        "reviews/<int:pk>/withdraw/", reviews.ReviewWithdrawView.as_view(), name="review_withdraw"
    ),
    path("postings/add/", reviews.PostingAddView.as_view(), name="posting_add"),
    path(
        "postings/<int:pk>/withdraw/",
        reviews.PostingWithdrawView.as_view(),
        name="posting_withdraw",
    ),
    path("advisers/", advisers.AdvisersView.as_view(), name="advisers"),
    path("advisers/add/", advisers.EngagementAddView.as_view(), name="adviser_add"),
    path("advisers/<int:pk>/", advisers.EngagementView.as_view(), name="adviser"),
    path("advisers/<int:pk>/end/", advisers.EngagementEndView.as_view(), name="adviser_end"),
    path("funding/add/", advisers.FundingAddView.as_view(), name="funding_add"),
    path("funding/<int:pk>/", advisers.FundingView.as_view(), name="funding"),
    path(
        "funding/<int:pk>/correct/", advisers.FundingCorrectView.as_view(), name="funding_correct"
    ),
    path(
        "funding/<int:pk>/decision/",
        advisers.FundingCompleteView.as_view(),
        name="funding_complete",
    ),
    path("funding/<int:pk>/objection/", advisers.ObjectionAddView.as_view(), name="objection_add"),
    path(
        "funding/<int:pk>/withdraw/",
        advisers.FundingWithdrawView.as_view(),
        name="funding_withdraw",
    ),
    path("related-parties/", related_parties.TransactionsView.as_view(), name="transactions"),
    path(
        "related-parties/add/", related_parties.TransactionAddView.as_view(), name="transaction_add"
    ),
    path(
        "related-parties/total-assets/",
        related_parties.TotalAssetsView.as_view(),
        name="total_assets",
    ),
    path(
        "related-parties/<int:pk>/", related_parties.TransactionView.as_view(), name="transaction"
    ),
    path(
        "related-parties/<int:pk>/change/",
        related_parties.TransactionChangeView.as_view(),
        name="transaction_change",
    ),
    path(
        "related-parties/<int:pk>/review/",
        related_parties.TransactionReviewView.as_view(),
        name="transaction_review",
    ),
    path(
        "related-parties/reviews/<int:pk>/withdraw/",
        related_parties.TransactionReviewWithdrawView.as_view(),
        name="transaction_review_withdraw",
    ),
    path("regulators-letters/", letters.LettersView.as_view(), name="regulator_letters"),
    path("regulators-letters/add/", letters.LetterAddView.as_view(), name="regulator_letter_add"),
    path("regulators-letters/<int:pk>/", letters.LetterView.as_view(), name="regulator_letter"),
    path(
        "regulators-letters/<int:pk>/step/", letters.LetterStepAddView.as_view(), name="letter_step"
    ),
    path(
        "regulators-letters/steps/<int:pk>/withdraw/",
        letters.LetterStepWithdrawView.as_view(),
        name="letter_step_withdraw",
    ),
]
