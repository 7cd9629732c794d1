"""A vote and a written consent in one sentence: the same on page, in the minutes and in email."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from charters.rules.consents import ConsentReason, ConsentRuling
from charters.rules.voting import Counted, Reason, SecondCount, VoteRuling
from records.dates import long_day

CHOSEN = {
    Reason.MAJORITY_OF_PRESENT: Counted.PRESENT,
    Reason.NO_MAJORITY_OF_PRESENT: Counted.PRESENT,
    Reason.MAJORITY_OF_CAST: Counted.VOTES_CAST,
    Reason.NO_MAJORITY_OF_CAST: Counted.VOTES_CAST,
}


def vote_words(ruling: VoteRuling) -> str:
    """2 of 3 present needed; 1 voted yes."""
    if ruling.reason is Reason.NO_QUORUM:
        return _no_quorum(ruling)
    is_of_cast = CHOSEN[ruling.reason] is Counted.VOTES_CAST
    words = {
        "needed": ruling.needed,
        "of": ruling.in_favor + ruling.against if is_of_cast else ruling.present,
        "citation": ruling.citation,
        "yes": _voted_yes(ruling.in_favor),
    }
    if is_of_cast and not words["of"]:
        return _("Nobody voted for or against (%(citation)s).") % words
    if is_of_cast:
        return _("%(needed)s of %(of)s votes cast needed (%(citation)s); %(yes)s.") % words
    return _("%(needed)s of %(of)s present needed; %(yes)s.") % words


def _voted_yes(number: int) -> str:
    return ngettext("%(number)s voted yes", "%(number)s voted yes", number) % {"number": number}


def _no_quorum(ruling: VoteRuling) -> str:
    present = ngettext("%(number)s was present", "%(number)s were present", ruling.present) % {
        "number": ruling.present
    }
    return _("No quorum: %(needed)s of %(of)s needed; %(present)s. The vote is void.") % {
        "needed": ruling.quorum.needed,
        "of": ruling.quorum.of,
        "present": present,
    }


def second_words(count: SecondCount) -> str:
    """The vote of the disinterested directors, which the act does not depend on."""
    if not count.disinterested:
        return _("No disinterested member serves. Ask counsel.")
    sentence = (
        _("%(needed)s of %(of)s disinterested members needed; %(yes)s.")
        if count.is_met
        else _("%(needed)s of %(of)s disinterested members needed; %(yes)s. Ask counsel.")
    )
    return sentence % {
        "needed": count.needed,
        "of": count.disinterested,
        "yes": _voted_yes(count.in_favor),
    }


CONSENTS = {
    ConsentReason.ALL_SIGNED: lazy("Signed by every member; in effect since %(day)s."),
    ConsentReason.SIGNATURES_MISSING: lazy("Not signed yet: %(missing)s."),
    ConsentReason.TAKES_EFFECT_LATER: lazy(
        "Signed by every member; a signature takes effect later."
    ),
    ConsentReason.REFUSED: lazy(
        "A member did not agree. It is not unanimous; a meeting can be called."
    ),
    ConsentReason.WITHDRAWN: lazy(
        "A member withdrew a signature. It is not unanimous; a meeting can be called."
    ),
    ConsentReason.MEMBERS_CHANGED: lazy(
        "Members changed: %(changes)s. This consent cannot take effect as sent. Start a new one or "
        "call a meeting."
    ),
    ConsentReason.FORBIDDEN_BY_BYLAWS: lazy(
        "The bylaws do not allow written consents (%(citation)s). Call a meeting."
    ),
    ConsentReason.SIZE_NOT_ON_RECORD: lazy(
        "Signed by every member on %(day)s. The number of seats on the Board on that date is not on "
        "record, so its quorum is not known. Record the number under Meeting rules, effective on or "
        "before %(day)s."
    ),
    ConsentReason.TOO_FEW_FOR_A_QUORUM: lazy(
        "Fewer members serve than a quorum needs. They cannot act by consent."
    ),
    ConsentReason.INTEREST_NOT_RECITED: lazy("Signed without reciting the interest: %(missing)s."),
}


def consent_words(
    ruling: ConsentRuling, zone: tzinfo, names: Mapping[str, str] | None = None
) -> str:
    """Where a consent stands, with its day in the company's zone. `names` are the members' names by
    what the rule calls them."""
    known = names or {}

    def people(members: tuple[str, ...]) -> str:
        return get_text_list([known.get(member, member) for member in members], _("and"))

    complete = ruling.effective_at or ruling.complete_at
    return CONSENTS[ruling.reason] % {
        "day": long_day(complete.astimezone(zone).date()) if complete else "",
        "missing": people(ruling.missing),
        "changes": people(ruling.changes),
        "citation": ruling.citation,
    }
