"""Directors and officers, what is known and determined of them, and the committee's own records."""

from committees.models.advisers import AdviserEngagement, FundingDetermination, FundingObjection
from committees.models.determinations import Determination
from committees.models.facts import (
    Association,
    AuditorTie,
    BusinessPayment,
    CompanyPayment,
    Employment,
    Fact,
    Interlock,
    LossOfIndependence,
    Organization,
    Preparation,
    PublicSeats,
    Questionnaire,
    Shareholding,
)
from committees.models.filings import Filing
from committees.models.letters import LetterStep, RegulatorLetter
from committees.models.listing import Listing
from committees.models.people import ChairTerm, Director, Membership, Officer
from committees.models.related_parties import (
    RelatedPartyTransaction,
    TotalAssets,
    TransactionReview,
)
from committees.models.reviews import Posting, Review

__all__ = [
    "AdviserEngagement",
    "Association",
    "AuditorTie",
    "BusinessPayment",
    "ChairTerm",
    "CompanyPayment",
    "Determination",
    "Director",
    "Employment",
    "Fact",
    "Filing",
    "FundingDetermination",
    "FundingObjection",
    "Interlock",
    "LetterStep",
    "Listing",
    "LossOfIndependence",
    "Membership",
    "Officer",
    "Organization",
    "Posting",
    "Preparation",
    "PublicSeats",
    "Questionnaire",
    "RegulatorLetter",
    "RelatedPartyTransaction",
    "Review",
    "Shareholding",
    "TotalAssets",
    "TransactionReview",
]
