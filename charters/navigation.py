"""The charter's pages in the menu."""

from collections.abc import Collection

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from charters.models import Duty
from records.kept import Kept
from records.navigation import NAVIGATION, Place


def has_duties(request: HttpRequest) -> bool:
    """Without a duty on record nothing can be open, and the menu shows the guide instead. Asked once
    for a page."""
    if not hasattr(request, "has_duties"):
        request.has_duties = _on_record.read(["duties"], _ask)["duties"]  # type: ignore[attr-defined]
    return bool(request.has_duties)  # type: ignore[attr-defined]


_on_record: Kept[bool] = Kept(most=1)


def _ask(keys: Collection[str]) -> dict[str, bool]:
    return dict.fromkeys(keys, Duty.objects.exists())


NAVIGATION.add_all(
    Place("charters.charter", _("Charter"), "charter", "charters.view_charter", order=20),
    Place(
        "charters.decisions",
        _("Decisions"),
        "decisions",
        "charters.view_decision",
        group="charters.charter",
    ),
    Place("charters.year", _("Year"), "year", "charters.view_standing", group="charters.charter"),
    Place("charters.deadlines", _("Deadlines"), "deadlines", "charters.view_deadlines", order=40),
    Place(
        "charters.events", _("Events"), "events", "charters.view_event", group="charters.deadlines"
    ),
    Place(
        "charters.actions",
        _("Actions"),
        "actions",
        "charters.view_action",
        group="charters.deadlines",
    ),
    Place(
        "charters.open_items",
        _("Open items"),
        "open_items",
        "charters.view_standing",
        order=50,
        shown=has_duties,
    ),
)
