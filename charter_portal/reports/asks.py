"""What the records themselves ask of the Board: a recommendation to decide on, a charter to adopt,
a seat to fill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from charter_portal.reports.report import Ask
from charters.models import CharterVersion
from charters.standing import Docket
from committees.duties import MINIMUM_SIZE
from committees.duties.determinations import assessments
from committees.models import Membership
from committees.rules.composition import MINIMUM
from committees.rules.requirements import Requirement
from meetings.models import Recommendation
from records.dates import long_day


def asks_of(docket: Docket, on: date) -> tuple[Ask, ...]:
    """What is open on the day of composing: recommendations, a draft charter put before the Board, a
    committee below three members."""
    drafts = docket.committee.charter_versions.drafts().filter(put_before_board_on__lte=on)
    latest = drafts.order_by("put_before_board_on", "pk").last()
    drafts_to_adopt = [_adopt(latest)] if latest else []
    return (
        *_recommended(docket, on),
        *drafts_to_adopt,
        *_fill(docket, on),
        *_determine(docket),
    )


def _recommended(docket: Docket, on: date) -> Iterator[Ask]:
    """Recommendations of the committee that the Board has not answered."""
    found = Recommendation.objects.unanswered(on).filter(meeting__body=docket.committee)
    for made in found.select_related("item").order_by("made_on", "pk"):
        is_open = docket.sees(made.restriction) and (
            made.item is None or docket.sees(made.item.restriction)
        )
        if is_open:
            yield Ask(
                _("Decide on the recommendation of %(day)s") % {"day": long_day(made.made_on)},
                _("The %(committee)s recommends: %(text)s")
                % {"committee": docket.committee, "text": made.text},
            )


def _adopt(draft: CharterVersion) -> Ask:
    words = {"title": draft.title, "committee": draft.committee}
    return Ask(
        _("Adopt the charter as revised: %(title)s") % words,
        _(
            "RESOLVED, that the charter of the %(committee)s, “%(title)s”, in the form "
            "presented to this meeting, is adopted and takes effect on the date of this "
            "resolution."
        )
        % words,
    )


def _fill(docket: Docket, on: date) -> Iterator[Ask]:
    """Nasdaq 5605(c)(2)(A) and (c)(4)(B). Where nobody was ever seated there is no vacancy."""
    seats = list(Membership.objects.filter(committee=docket.committee))
    sitting = sum(seat.covers(on) for seat in seats)
    if not seats or sitting >= MINIMUM:
        return
    holding = docket.holdings.get(MINIMUM_SIZE)
    until = holding.deadline if holding and holding.deadline and holding.deadline >= on else None
    heading = (
        _("Fill the vacancy on the committee by %(day)s") % {"day": long_day(until)}
        if until
        else _("Fill the vacancy on the committee")
    )
    resolution = _(
        "RESOLVED, that ________, a director whom the Board finds to meet the tests of the "
        "charter, is appointed a member of the %(committee)s with effect from ________."
    )
    yield Ask(heading, resolution % {"committee": docket.committee})


def _determine(docket: Docket) -> Iterator[Ask]:
    """Members of whom the Board has determined nothing yet: independence and literacy."""
    found = docket.once(assessments)
    asked = (found.get(Requirement.INDEPENDENCE), found.get(Requirement.LITERACY))
    names = dict.fromkeys(seat.name for one in asked if one for seat in one.lacking)
    resolution = _(
        "RESOLVED, that the Board, having considered the relationships of %(name)s, determines that "
        "%(name)s is independent under Nasdaq 5605(a)(2) and Rule 10A-3 and can read and understand "
        "fundamental financial statements."
    )
    for name in names:
        words = {"name": name}
        heading = _("Determine whether %(name)s is independent and financially literate")
        yield Ask(heading % words, resolution % words)
