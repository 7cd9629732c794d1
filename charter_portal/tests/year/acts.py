"""The acts of a year, of all apps."""

from charter_portal.tests.year import of_auditors, of_committees, of_meetings, of_others
from charter_portal.tests.year.registry import ACTS, live

# In an order in which a year may bring them, two a day, so that each is possible at least once.
EACH_A_FEW_TIMES = [(name, place % 2, pick) for pick in range(5) for place, name in enumerate(ACTS)]

__all__ = [
    "ACTS",
    "EACH_A_FEW_TIMES",
    "live",
    "of_auditors",
    "of_committees",
    "of_meetings",
    "of_others",
]
