"""The letters of a body by a date, in one place for everything that is registered."""

from typing import Any

from charter_portal.tests.letters.models import Letter
from charters.docket import AsOf


def letters(as_of: AsOf) -> Any:
    return Letter.objects.filter(body=as_of.committee).received(as_of.day).order_by("due_on")
