"""Home, the guide and the reports in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from charters.navigation import has_duties
from records.navigation import NAVIGATION, Place

if TYPE_CHECKING:
    from django.http import HttpRequest


def is_setting_up(request: HttpRequest) -> bool:
    """The guide stands in the menu until there is a duty on record."""
    return getattr(request, "company", None) is None or not has_duties(request)


NAVIGATION.add_all(
    Place("charter_portal.home", _("Home"), "home", order=0),
    Place(
        "charter_portal.setup",
        _("Setup"),
        "setup",
        "charter_portal.set_up",
        order=10,
        shown=is_setting_up,
    ),
    Place(
        "charter_portal.setup_steps",
        _("Setup steps"),
        "setup",
        "charter_portal.set_up",
        group="records.company",
        shown=lambda request: not is_setting_up(request),
    ),
    Place(
        "charter_portal.reports", _("Reports"), "reports", "charter_portal.view_report", order=70
    ),
    Place(
        "charter_portal.kit",
        _("Resolutions"),
        "kit",
        "charter_portal.view_kit",
        group="records.company",
    ),
)
