"""Related parties, yearly reviews, publication, funding and letters."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from charters.sentences import period_name
from committees.enums import (
    Conclusion,
    FundingPurpose,
    PostingKind,
    ReviewKind,
)
from committees.rules.letters import LetterProgress
from committees.rules.related_parties import OpenPoint, Threshold
from committees.rules.yearly import Posting as PostingRule
from committees.rules.yearly import Progress, Publication, Yearly
from records.dates import long_day

if TYPE_CHECKING:
    from committees.models import (
        Filing,
        FundingDetermination,
        Posting,
        RelatedPartyTransaction,
        Review,
        TransactionReview,
    )

from committees.sentences.words import dollars


def of_threshold(limit: Threshold) -> str:
    """The amount above which a transaction is disclosed."""
    if limit.lacks_assets:
        return _(
            "The threshold for disclosure is %(amount)s at most. Enter the total assets of the last "
            "two fiscal year-ends to calculate it (Item 404(d)(1) of Regulation S-K)."
        ) % {"amount": dollars(limit.amount)}
    return _("Those above %(amount)s are disclosed (Item 404 of Regulation S-K).") % {
        "amount": dollars(limit.amount)
    }


def of_transaction(transaction: RelatedPartyTransaction) -> str:
    """What became of a transaction, with its dates; the reviews that count."""
    reviews = [review for review in transaction.reviews.all() if review.stands]
    if not reviews:
        return _("Not reviewed by the committee yet.")
    return " ".join(map(of_transaction_review, reviews))


def of_transaction_review(review: TransactionReview) -> str:
    words = {"day": long_day(review.reviewed_on), "outcome": review.get_outcome_display()}
    if review.outcome:
        return _("Reviewed on %(day)s; %(outcome)s.") % words
    return _("Reviewed on %(day)s.") % words


def of_open_point(point: OpenPoint) -> str:
    said = {
        OpenPoint.REVIEW: _("No review by the committee is on file (Nasdaq 5630(a))."),
        OpenPoint.DECISION: _("No decision of the committee is on file."),
        OpenPoint.DECIDED_AFTER_SIGNING: _("The committee decided after the contract was signed."),
    }
    return said[point]


def of_year(found: Yearly) -> str:
    """Where a fiscal year's review is: on file, due or not on file, with its date."""
    words = {
        "due": long_day(found.due_on),
        "held": long_day(found.held_on) if found.held_on else "",
    }
    said = {
        Progress.DONE: _("Held on %(held)s."),
        Progress.DONE_LATE: _("Held on %(held)s. It was due %(due)s."),
        Progress.AHEAD: _("Due by %(due)s."),
        Progress.DUE: _("Due by %(due)s."),
        Progress.NOT_ON_FILE: _("Was due %(due)s. No record is on file."),
    }
    return said[found.progress] % words


def of_review(review: Review) -> str:
    """The committee reviewed the charter; the charter is adequate."""
    if review.kind == ReviewKind.EVALUATION:
        return _("The committee evaluated its own performance in discussion.")
    if review.conclusion == Conclusion.CHANGES_RECOMMENDED:
        return _("The committee reviewed its charter and recommended changes to the Board.")
    return _("The committee reviewed its charter and found it adequate.")


def of_posting(posting: Posting) -> str:
    if posting.how == PostingKind.WEBSITE:
        return _("The current charter was found on the website: %(address)s.") % {
            "address": posting.address
        }
    return _("The charter was appended to the proxy statement.")


def of_funding(determination: FundingDetermination) -> str:
    """The sum and what it is for. An adviser is not named: the engagement may be restricted."""
    words = {"amount": money(determination.amount, determination.currency)}
    if determination.purpose == FundingPurpose.AUDITOR:
        return _("The committee determined %(amount)s for the auditor.") % words
    if determination.purpose == FundingPurpose.ADVISER:
        return _("The committee determined %(amount)s for an adviser of the committee.") % words
    return _("The committee determined %(amount)s for its ordinary administration.") % words


def money(amount: Decimal, currency: str) -> str:
    """$250,000; EUR 250,000."""
    plain = dollars(amount)
    return plain if currency == "USD" else f"{currency} {plain.removeprefix('$')}"


def of_publication(found: Publication) -> str:
    """What the next proxy statement does about the charter (Item 407, Instruction 2)."""
    if found.how is PostingRule.WEBSITE:
        return _("The charter is on the website; the proxy statement gives the address.")
    if found.how is PostingRule.APPEND_NOW:
        return _("Append the charter to the next proxy statement.")
    year = period_name(found.year) if found.year else ""
    return _("Append the charter to a proxy statement in %(year)s at the latest.") % {"year": year}


def of_undisclosed(filing: Filing) -> str:
    """A filing that does not state what it is to state (RULE-49)."""
    return _(
        "The %(form)s filed on %(day)s does not state, as entered, that the company relied on a "
        "cure period or phase-in of independence, and whether that would materially harm the "
        "committee’s independence or its work (Exchange Act Rule 10A-3(d); Item 407(d)(4) of "
        "Regulation S-K)."
    ) % {"form": filing.get_form_display(), "day": long_day(filing.filed_on)}


def of_letter(progress: LetterProgress) -> str:
    """The word for where a letter is."""
    said = {
        LetterProgress.NOT_RECEIVED: _("not received"),
        LetterProgress.IN_TIME: _("to be answered"),
        LetterProgress.PAST_DUE_DATE: _("no answer on file"),
        LetterProgress.ANSWERED: _("answered"),
        LetterProgress.CLOSED: _("closed"),
    }
    return said[progress]
