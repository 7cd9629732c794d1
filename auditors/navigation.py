"""The auditor's pages in the menu: behind the committee for its readers, alone for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from charters.permissions import READERS
from records.navigation import NAVIGATION, Place

if TYPE_CHECKING:
    from django.http import HttpRequest


def is_no_reader(request: HttpRequest) -> bool:
    """The committee's readers come here from the committee's page."""
    return not request.user.roles_today & READERS  # type: ignore[union-attr]


NAVIGATION.add_all(
    Place(
        "auditors.auditor",
        _("Auditor"),
        "auditor",
        "auditors.view_engagement",
        group="committees.committee",
    ),
    Place(
        "auditors.own",
        _("Auditor"),
        "auditor",
        "auditors.view_engagement",
        order=65,
        shown=is_no_reader,
    ),
    Place(
        "auditors.services",
        _("Auditor services"),
        "service_requests",
        "auditors.view_servicerequest",
        order=65,
        shown=is_no_reader,
    ),
)
