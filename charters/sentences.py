"""The sentence that gives a standing's reason. Page, PDF and mail print the same one.

The law returns a reason and its facts; only here do they become words.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charters.enums import Reason
from charters.rules.terms import Ruling
from records.calendar import Period
from records.dates import long_day

Facts = Mapping[str, Any]


def period_name(period: Period) -> str:
    """Fiscal year 2026; the third quarter of fiscal year 2026; a transition period by its end."""
    year, __, quarter = period.key.removeprefix("FY").partition("Q")
    if year.endswith("T"):
        name = _("the transition period that began on %(first)s") % {
            "first": long_day(period.first)
        }
    else:
        name = _("fiscal year %(year)s") % {"year": year}
    if not quarter:
        return name
    ordinals = {"1": _("first"), "2": _("second"), "3": _("third"), "4": _("fourth")}
    return _("the %(ordinal)s quarter of %(year)s") % {"ordinal": ordinals[quarter], "year": name}


def because(ruling: Ruling, by_completion: bool = False) -> str:
    """Why the duty stands where it does, in one or two sentences with their dates."""
    sentence = _SENTENCES[ruling.reason](ruling.facts)
    if by_completion:
        sentence = f"{sentence} {_('Based on recorded completion.')}"
    if since := ruling.facts.get("hint_since"):
        sentence += " " + _("More than fifteen months have passed since %(last)s.") % {
            "last": long_day(since)
        }
    return sentence


def bare(ruling: Ruling) -> str:
    """The standing alone, for a reader to whom a record it rests on is not open."""
    label = str(ruling.standing.label)
    return f"{label[:1].upper()}{label[1:]}."


def _served(facts: Facts) -> str:
    period = period_name(facts["period"])
    if facts["wanted"] > 1:
        words = {
            "count": facts["count"],
            "wanted": facts["wanted"],
            "period": period,
            "last": long_day(facts["last"]),
        }
        if facts["count"] > facts["wanted"]:
            return (
                _(
                    "%(count)s on record for %(period)s, the last on %(last)s; "
                    "at least %(wanted)s are asked for."
                )
                % words
            )
        return _("%(count)s of %(wanted)s on record for %(period)s, the last on %(last)s.") % words
    if facts.get("late"):
        return _("Completed on %(last)s for %(period)s. It was due on %(due)s.") % {
            "last": long_day(facts["last"]),
            "period": period,
            "due": long_day(facts["due"]),
        }
    return _("Completed on %(last)s for %(period)s.") % {
        "last": long_day(facts["last"]),
        "period": period,
    }


def _served_before(facts: Facts) -> str:
    last = _("Completed on %(last)s for %(period)s.") % {
        "last": long_day(facts["last"]),
        "period": period_name(facts["before"]),
    }
    if facts["due"] is None:
        return last
    return f"{last} {_('Next due by %(due)s.') % {'due': long_day(facts['due'])}}"


def _due_by(facts: Facts) -> str:
    due, period = long_day(facts["due"]), period_name(facts["period"])
    if facts["wanted"] > 1:
        return _("Due by %(due)s: %(count)s of %(wanted)s on record for %(period)s.") % {
            "due": due,
            "count": facts["count"],
            "wanted": facts["wanted"],
            "period": period,
        }
    return _("Due by %(due)s for %(period)s.") % {"due": due, "period": period}


def _first_due(facts: Facts) -> str:
    return _("In effect since %(first)s. First due by %(due)s.") % {
        "first": long_day(facts["first"]),
        "due": long_day(facts["due"]),
    }


def _ends_before_due(facts: Facts) -> str:
    until, inapplicable_from = facts["until"], facts["inapplicable_from"]
    if inapplicable_from and (until is None or inapplicable_from <= until):
        return _("Not applicable from %(day)s, before its next due date.") % {
            "day": long_day(inapplicable_from)
        }
    if until is None:
        return _("No later due date is on record.")
    return _("In effect until %(until)s, before its next due date.") % {"until": long_day(until)}


def _day_passed(facts: Facts) -> str:
    due, period = long_day(facts["due"]), period_name(facts["period"])
    if facts["wanted"] > 1 and facts["count"]:
        return _("Was due %(due)s. %(count)s of %(wanted)s on record for %(period)s.") % {
            "due": due,
            "count": facts["count"],
            "wanted": facts["wanted"],
            "period": period,
        }
    return _("Was due %(due)s. No record was found for %(period)s.") % {
        "due": due,
        "period": period,
    }


def _period_without_record(facts: Facts) -> str:
    words = {
        "period": period_name(facts["before"]),
        "count": facts["before_count"],
        "wanted": facts["before_wanted"],
    }
    missing = _("No record was found for %(period)s.") % words
    if facts["before_count"]:
        missing = _("%(count)s of %(wanted)s on record for %(period)s.") % words
    return f"{missing} {_due_by(facts)}" if facts.get("due") else missing


def _before_record(facts: Facts) -> str:
    if facts.get("due") is None:
        return _("The date is before records begin.")
    if facts.get("is_ahead"):
        return _("Due %(due)s, before records begin.") % {"due": long_day(facts["due"])}
    return _("Was due %(due)s, before records begin.") % {"due": long_day(facts["due"])}


def _partly_before_record(facts: Facts) -> str:
    return _("Records begin during %(period)s. Next due by %(due)s.") % {
        "period": period_name(facts["period"]),
        "due": long_day(facts["due"]),
    }


def _span_before_record(facts: Facts) -> str:
    return _("It was last completed before records begin.")


def _within_months(facts: Facts) -> str:
    due = "" if facts["due"] is None else _("Due by %(due)s.") % {"due": long_day(facts["due"])}
    if facts["last"] is None:
        return due
    last = ngettext(
        "Last completed on %(last)s. Due again within %(months)s month.",
        "Last completed on %(last)s. Due again within %(months)s months.",
        facts["months"],
    ) % {"last": long_day(facts["last"]), "months": facts["months"]}
    return f"{last} {due}".strip()


def _months_passed(facts: Facts) -> str:
    passed = _("Was due %(due)s. No record was found.") % {"due": long_day(facts["due"])}
    if facts["last"] is None:
        return passed
    return f"{_('Last completed on %(last)s.') % {'last': long_day(facts['last'])}} {passed}"


def _declared(facts: Facts) -> str:
    return _("Not applicable since %(since)s: %(reason)s") % {
        "since": long_day(facts["since"]),
        "reason": _as_sentence(facts["reason"]),
    }


def _authority(facts: Facts) -> str:
    if not facts["uses"]:
        return _("An authority, not a responsibility. No use is on record.")
    return ngettext(
        "An authority, not a responsibility. %(uses)s use is on record.",
        "An authority, not a responsibility. %(uses)s uses are on record.",
        facts["uses"],
    ) % {"uses": facts["uses"]}


def _nothing_arose(facts: Facts) -> str:
    return _("Nothing arose in %(period)s.") % {"period": period_name(facts["period"])}


def _all_dealt_with(facts: Facts) -> str:
    return _("Nothing is open. %(arose)s arose in %(period)s.") % {
        "arose": facts["arose"],
        "period": period_name(facts["period"]),
    }


def _open_in_time(facts: Facts) -> str:
    sentence = ngettext("%(open)s is open", "%(open)s are open", facts["open"]) % {
        "open": facts["open"]
    }
    return f"{sentence}{_until(facts['due'])}."


def _open_past_day(facts: Facts) -> str:
    return ngettext(
        "%(overdue)s is open. It was due %(due)s.",
        "%(overdue)s are open. The first was due %(due)s.",
        facts["overdue"],
    ) % {"overdue": facts["overdue"], "due": long_day(facts["due"])}


def _until(day: date | None) -> str:
    return _(", the next due by %(due)s") % {"due": long_day(day)} if day else ""


def _as_sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


_SENTENCES: dict[Reason, Callable[[Facts], str]] = {
    Reason.SERVED: _served,
    Reason.SERVED_BEFORE: _served_before,
    Reason.DUE_BY: _due_by,
    Reason.FIRST_DUE: _first_due,
    Reason.ENDS_BEFORE_DUE: _ends_before_due,
    Reason.DAY_PASSED: _day_passed,
    Reason.PERIOD_WITHOUT_RECORD: _period_without_record,
    Reason.BEFORE_RECORDS_BEGIN: _before_record,
    Reason.PARTLY_BEFORE_RECORDS_BEGIN: _partly_before_record,
    Reason.SPAN_BEFORE_RECORDS_BEGIN: _span_before_record,
    Reason.WITHIN_MONTHS: _within_months,
    Reason.MONTHS_PASSED: _months_passed,
    Reason.DECLARED_NOT_APPLICABLE: _declared,
    Reason.AUTHORITY: _authority,
    Reason.NOTHING_AROSE: _nothing_arose,
    Reason.ALL_DEALT_WITH: _all_dealt_with,
    Reason.OPEN_IN_TIME: _open_in_time,
    Reason.OPEN_PAST_DAY: _open_past_day,
    Reason.CONDITION: lambda facts: str(facts["sentence"]),
}
