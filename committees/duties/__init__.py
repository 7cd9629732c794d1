"""What this app shows the charter."""

from committees.duties import determinations, notices, records, reliance, size
from committees.duties.size import MINIMUM_SIZE, minimum_size, seats_of

__all__ = [
    "MINIMUM_SIZE",
    "determinations",
    "minimum_size",
    "notices",
    "records",
    "reliance",
    "seats_of",
    "size",
]
