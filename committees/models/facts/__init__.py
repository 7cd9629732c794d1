"""What is on record of a director that independence turns on.

Each is entered from counsel's signed questionnaire or from the company's books.
"""

from committees.models.facts.bases import Fact, Questionnaire
from committees.models.facts.business import BusinessPayment, Interlock, Organization
from committees.models.facts.director import (
    Association,
    AuditorTie,
    CompanyPayment,
    Employment,
    LossOfIndependence,
    Preparation,
    PublicSeats,
    Shareholding,
)

__all__ = [
    "Association",
    "AuditorTie",
    "BusinessPayment",
    "CompanyPayment",
    "Employment",
    "Fact",
    "Interlock",
    "LossOfIndependence",
    "Organization",
    "Preparation",
    "PublicSeats",
    "Questionnaire",
    "Shareholding",
]
