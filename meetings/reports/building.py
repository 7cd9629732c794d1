"""What an agenda could hold, grouped by where it comes from, as boxes to tick."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from meetings.candidates import Candidate
from meetings.enums import ItemSource
from records.dates import long_day

GROUPS = (
    (lazy("Minutes to approve"), {ItemSource.MINUTES}),
    (lazy("Carried from earlier meetings"), {ItemSource.CARRIED}),
    (lazy("Responsibilities due before the next meeting"), {ItemSource.DUTY}),
    (lazy("Proposed"), {ItemSource.PROPOSAL}),
    (lazy("Open actions"), {ItemSource.ACTION}),
    (lazy("From the template"), {ItemSource.ADDED, ItemSource.FIXED}),
)


@dataclass(frozen=True)
class Box:
    """One thing that could be taken."""

    value: str
    title: str
    details: tuple[str, ...]
    url: str
    is_ticked: bool


@dataclass(frozen=True)
class BoxGroup:
    title: str
    boxes: tuple[Box, ...]


def groups(found: Sequence[Candidate], ticked: Collection[str]) -> list[BoxGroup]:
    return [
        BoxGroup(str(title), boxes)
        for title, sources in GROUPS
        if (boxes := tuple(_box(each, ticked) for each in found if each.source in sources))
    ]


def _box(candidate: Candidate, ticked: Collection[str]) -> Box:
    return Box(
        value=candidate.key,
        title=candidate.title,
        details=tuple(_details(candidate)),
        url=candidate.url,
        is_ticked=candidate.key in ticked,
    )


def _details(candidate: Candidate) -> Iterator[str]:
    if candidate.because:
        yield candidate.because
    if candidate.until:
        yield _("Can wait until %(day)s.") % {"day": long_day(candidate.until)}
    if candidate.in_consent_group:
        yield _("For consent, without discussion.")
