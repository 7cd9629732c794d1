"""What the page of officers shows: frozen plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from charters.answers import Link

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from committees.models import Officer


@dataclass(frozen=True)
class OfficerLine:
    """One office: who, which title, since when, until when, and whom the officer reports to."""

    name: str
    title: str
    is_executive: bool
    reports_to: str
    starts_on: date
    ends_on: date | None
    actions: tuple[Link, ...] = ()


def officer_lines(officers: Sequence[Officer], day: date, *, may_change: bool) -> list[OfficerLine]:
    """Those in office or to come first, then those who left, the latest first."""
    lines = [
        OfficerLine(
            name=officer.name,
            title=officer.title,
            is_executive=officer.is_executive,
            reports_to=str(officer.reports_to) if officer.reports_to else _("the Board"),
            starts_on=officer.starts_on,
            ends_on=officer.ends_on,
            actions=_actions(officer) if may_change else (),
        )
        for officer in officers
    ]
    current = [line for line in lines if line.ends_on is None or line.ends_on > day]
    past = [line for line in lines if line.ends_on is not None and line.ends_on <= day]
    return current + sorted(past, key=lambda line: line.ends_on or day, reverse=True)


def _actions(officer: Officer) -> tuple[Link, ...]:
    correct = Link(_("Correct"), reverse("officer_change", args=[officer.pk]))
    if officer.ends_on is not None:
        return (correct,)
    return (correct, Link(_("End"), reverse("office_end", args=[officer.pk])))
