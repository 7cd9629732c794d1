"""The sentences of rulings, each with its citation. Page, PDF and email print the same one.

The law returns grounds and facts; only here do they become words. The words are neutral: what is
not on file is said as a fact with its date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from auditors.enums import Step
from auditors.grounds import WORDS
from auditors.rules.money import Money
from auditors.rules.reasons import Reason
from records.dates import long_day


def sentence(reason: Reason) -> str:
    """One reason in words, with its citation in parentheses where it has one."""
    text, source = _filled(reason)
    return f"{text} ({source})." if source else f"{text}."


def citation(reason: Reason) -> str:
    """What the reason rests on; empty where it rests on the facts alone."""
    return _filled(reason)[1]


def _filled(reason: Reason) -> tuple[str, str]:
    text, source = WORDS[reason.ground]
    words = {name: _named(name, fact) for name, fact in reason.facts.items()}
    return str(text) % words, str(source) % words


def _named(name: str, fact: Any) -> str:
    """A count brings its noun, which agrees with it; a step, who did what."""
    return NOUNS[name](fact) if name in NOUNS else in_words(fact)


def months(n: int) -> str:
    return ngettext("%(n)s month", "%(n)s months", n) % {"n": n}


STEPS_TAKEN = {
    Step.DESIGNED: lazy("the control was designed"),
    Step.OPERATING: lazy("the control began to operate"),
    Step.TESTED: lazy("the control was tested"),
    Step.CONCLUDED: lazy("management concluded that the finding was remediated"),
}
NOUNS: Mapping[str, Callable[[Any], str]] = {
    "days": lambda n: ngettext("%(n)s day", "%(n)s days", n) % {"n": n},
    "months": months,
    "clients": lambda n: ngettext("%(n)s issuer client", "%(n)s issuer clients", n) % {"n": n},
    "partners": lambda n: ngettext("%(n)s partner", "%(n)s partners", n) % {"n": n},
    "step_taken": lambda step: str(STEPS_TAKEN[step]),
    "step_before": lambda step: str(STEPS_TAKEN[step]),
}


def in_words(fact: Any) -> str:
    """A fact as a sentence names it: an amount, a date, a list, the label of a choice."""
    match fact:
        case Money():
            return amount(fact)
        case date():
            return long_day(fact)
        case Enum():
            return str(getattr(fact, "label", fact.value))
        case Decimal():
            return f"{fact:,f}"
        case list() | tuple():
            return listed([in_words(each) for each in fact])
        case None:
            return _now("a date not on file")
    return str(fact)


def amount(money: Money) -> str:
    """$18,000 or $18,000.50; another currency by its code: EUR 12,500."""
    value = money.amount
    digits = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    if money.currency == "USD":
        return f"-${digits[1:]}" if digits.startswith("-") else f"${digits}"
    return f"{money.currency} {digits}"


def listed(words: list[str]) -> str:
    """A; A and B; A, B and C."""
    if len(words) < 2:
        return "".join(words)
    return _now("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def work_begins(on: date, day: date) -> str:
    """When the work of a service begins that nobody has decided on by this day."""
    words = _now("Work begins on %(on)s.") if on >= day else _now("Work was to begin on %(on)s.")
    return words % {"on": long_day(on)}
