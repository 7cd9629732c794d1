"""The sentences of this app, each with its citation. Page, PDF and email print the same.

The law returns a reason and its facts; only here do they become words.
"""

from committees.sentences.determinations import of_determination, title_of
from committees.sentences.facts import of_fact, of_seats_warning
from committees.sentences.independence import (
    because,
    engagement_remark,
    exception_refused,
    exception_used_up,
    expert_refused,
    independence_refused,
)
from committees.sentences.records import (
    money,
    of_funding,
    of_letter,
    of_open_point,
    of_posting,
    of_publication,
    of_review,
    of_threshold,
    of_transaction,
    of_transaction_review,
    of_undisclosed,
    of_year,
)
from committees.sentences.requirements import of_requirement
from committees.sentences.words import person

__all__ = [
    "because",
    "engagement_remark",
    "exception_refused",
    "exception_used_up",
    "expert_refused",
    "independence_refused",
    "money",
    "of_determination",
    "of_fact",
    "of_funding",
    "of_letter",
    "of_open_point",
    "of_posting",
    "of_publication",
    "of_requirement",
    "of_review",
    "of_seats_warning",
    "of_threshold",
    "of_transaction",
    "of_transaction_review",
    "of_undisclosed",
    "of_year",
    "person",
    "title_of",
]
