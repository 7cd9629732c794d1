"""Every write of this app: one verb each, under `@act`."""

from committees.services.advisers import (
    complete_funding,
    correct_funding,
    determine_funding,
    end_engagement,
    engage,
    record_objection,
    withdraw_funding,
    withdraw_objection,
)
from committees.services.chairs import designate_chair, end_chair
from committees.services.determinations import (
    complete_determination,
    determine,
    withdraw_determination,
)
from committees.services.facts import (
    add_organization,
    change_organization,
    correct_fact,
    enter_fact,
    record_questionnaire,
    withdraw_fact,
    withdraw_questionnaire,
)
from committees.services.filings import correct_filing, record_filing, withdraw_filing
from committees.services.letters import receive_letter, record_letter_step, withdraw_letter_step
from committees.services.listing import correct_listing, record_listing, withdraw_listing
from committees.services.officers import add_officer, change_officer, end_office
from committees.services.people import (
    add_director,
    correct_membership,
    end_membership,
    record_exchange_notice,
    rename_director,
    seat,
)
from committees.services.related_parties import (
    change_transaction,
    log_transaction,
    record_total_assets,
    review_transaction,
    withdraw_transaction_review,
)
from committees.services.reviews import (
    complete_review,
    correct_review,
    record_posting,
    record_review,
    withdraw_posting,
    withdraw_review,
)
from committees.services.roster import Seating, constitute

__all__ = [
    "Seating",
    "add_director",
    "add_officer",
    "add_organization",
    "change_officer",
    "change_organization",
    "change_transaction",
    "complete_determination",
    "complete_funding",
    "complete_review",
    "constitute",
    "correct_fact",
    "correct_filing",
    "correct_funding",
    "correct_listing",
    "correct_membership",
    "correct_review",
    "designate_chair",
    "determine",
    "determine_funding",
    "end_chair",
    "end_engagement",
    "end_membership",
    "end_office",
    "engage",
    "enter_fact",
    "log_transaction",
    "receive_letter",
    "record_exchange_notice",
    "record_filing",
    "record_letter_step",
    "record_listing",
    "record_objection",
    "record_posting",
    "record_questionnaire",
    "record_review",
    "record_total_assets",
    "rename_director",
    "review_transaction",
    "seat",
    "withdraw_determination",
    "withdraw_fact",
    "withdraw_filing",
    "withdraw_funding",
    "withdraw_letter_step",
    "withdraw_listing",
    "withdraw_objection",
    "withdraw_posting",
    "withdraw_questionnaire",
    "withdraw_review",
    "withdraw_transaction_review",
]
