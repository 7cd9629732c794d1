"""What is on record of a director."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.rules.seats import MOST_AUDIT_COMMITTEES, MOST_BOARDS, SeatsWarning
from committees.sentences.words import dollars, person
from records.dates import long_day


def of_fact(fact: Any) -> str:
    """A fact as it was entered: the director's spouse Ann was employed from ... through ..."""
    return _FACTS[type(fact).__name__](fact)


def _dates(fact: Any) -> str:
    if fact.last_on is None:
        return _("since %(first)s") % {"first": long_day(fact.starts_on)}
    return _("from %(first)s through %(last)s") % {
        "first": long_day(fact.starts_on),
        "last": long_day(fact.last_on),
    }


def _of_employment(fact: Any) -> str:
    words = {"who": person(fact.who), "dates": _dates(fact)}
    if fact.is_interim:
        return _("%(who)s: interim service as an executive officer, %(dates)s") % words
    if fact.is_executive:
        return _("%(who)s: executive officer of the company, %(dates)s") % words
    return _("%(who)s: employed by the company, %(dates)s") % words


def _of_payment(fact: Any) -> str:
    return _("%(who)s: %(amount)s on %(day)s, %(kind)s") % {
        "who": person(fact.who),
        "amount": dollars(fact.amount),
        "day": long_day(fact.on),
        "kind": fact.get_kind_display(),
    }


def _of_association(fact: Any) -> str:
    return _("%(who)s: %(role)s at %(organization)s, %(dates)s") % {
        "who": person(fact.who),
        "role": fact.get_role_display(),
        "organization": fact.organization,
        "dates": _dates(fact),
    }


def _of_auditor_tie(fact: Any) -> str:
    found = [person(fact.who)]
    if fact.partner_from:
        words = {"first": long_day(fact.partner_from)}
        if fact.partner_last_on:
            words["last"] = long_day(fact.partner_last_on)
            found.append(_("partner of the auditor from %(first)s through %(last)s") % words)
        else:
            found.append(_("partner of the auditor since %(first)s") % words)
    if fact.last_worked_on:
        day = {"day": long_day(fact.last_worked_on)}
        found.append(_("last worked on the company’s audit on %(day)s") % day)
    return f"{found[0]}: {', '.join(found[1:])}"


def _of_shareholding(fact: Any) -> str:
    return _("%(shares)s of %(outstanding)s shares of %(share_class)s on %(day)s") % {
        "shares": f"{fact.shares:,}",
        "outstanding": f"{fact.outstanding:,}",
        "share_class": fact.share_class,
        "day": long_day(fact.as_of),
    }


def _of_seats(fact: Any) -> str:
    boards = ngettext(
        "on the board of %(count)s public company",
        "on the boards of %(count)s public companies",
        fact.boards,
    ) % {"count": fact.boards}
    committees = ngettext(
        "on the audit committee of %(count)s",
        "on the audit committees of %(count)s",
        fact.audit_committees,
    ) % {"count": fact.audit_committees}
    return _("%(boards)s and %(committees)s on %(day)s, this company counted") % {
        "boards": boards,
        "committees": committees,
        "day": long_day(fact.as_of),
    }


def of_seats_warning(fact: Any, warning: SeatsWarning) -> str:
    """RULE-14: what is more than usual, and what is asked for. Good practice, no rule."""
    if warning is SeatsWarning.BOARDS:
        said = _(
            "On the boards of %(count)s public companies on %(day)s. Good practice asks for a note "
            "of the Board above %(most)s."
        )
        words = {"count": fact.boards, "most": MOST_BOARDS}
    else:
        said = _(
            "On the audit committees of %(count)s public companies on %(day)s. Good practice asks "
            "for a note of the Board above %(most)s."
        )
        words = {"count": fact.audit_committees, "most": MOST_AUDIT_COMMITTEES}
    return said % {**words, "day": long_day(fact.as_of)}


def _of_preparation(fact: Any) -> str:
    return _("took part in preparing the financial statements %(dates)s") % {"dates": _dates(fact)}


def _of_loss(fact: Any) -> str:
    words = {"day": long_day(fact.lost_on)}
    ended = (
        _("ceased to be independent on %(day)s, for a reason within the director’s control")
        if fact.is_within_control
        else _("ceased to be independent on %(day)s, for a reason outside the director’s control")
    ) % words
    if fact.exchange_notified_on is None:
        return ended
    told = _("exchange notified on %(day)s") % {"day": long_day(fact.exchange_notified_on)}
    return f"{ended}; {told}"


def _of_business_payment(fact: Any) -> str:
    words = {"amount": dollars(fact.amount), "day": long_day(fact.on)}
    if fact.is_received:
        return _("paid the company %(amount)s, through %(day)s") % words
    return _("received %(amount)s from the company, through %(day)s") % words


def _of_interlock(fact: Any) -> str:
    return _("an executive officer of the company on its compensation committee %(dates)s") % {
        "dates": _dates(fact)
    }


_FACTS: dict[str, Callable[[Any], str]] = {
    "Employment": _of_employment,
    "CompanyPayment": _of_payment,
    "Association": _of_association,
    "AuditorTie": _of_auditor_tie,
    "Shareholding": _of_shareholding,
    "Preparation": _of_preparation,
    "PublicSeats": _of_seats,
    "LossOfIndependence": _of_loss,
    "BusinessPayment": _of_business_payment,
    "Interlock": _of_interlock,
}
