"""The dates of the filing calendar in words: the same sentence on page, PDF and in email."""

from __future__ import annotations

from django.utils.translation import gettext as _

from records.calendar import Period
from records.dates import long_day
from records.filer_status import FilerRuling, Ground
from records.filing_calendar import DueDate, Extension, MeetingDate, MeetingStep, Report, Shortfall

SHORTFALLS = {
    Shortfall.NO_FORM: lambda: _("No Form 12b-25 is on file."),
    Shortfall.FORM_LATE: lambda: _("The Form 12b-25 was filed after its due date."),
    Shortfall.NOT_UNAVOIDABLE: lambda: _(
        "The Form 12b-25 does not say that the delay could not be avoided without unreasonable "
        "effort or expense."
    ),
    Shortfall.NO_PROMISE: lambda: _(
        "The Form 12b-25 does not say that the report will be filed within the extension."
    ),
    Shortfall.NO_AUDITOR_STATEMENT: lambda: _(
        "The auditor is the cause, and the auditor's signed statement is not attached."
    ),
    Shortfall.REPORT_LATE: lambda: _("The report was filed after the extension ended."),
    Shortfall.NOT_FILED: lambda: _("The report was not filed by the end of the extension."),
}


def due_words(due: DueDate) -> str:
    """Form 10-K for fiscal year 2026 is due on March 16, 2027, 75 days after December 31, 2026."""
    words = {
        "what": _what(due),
        "due": long_day(due.due_on),
        "days": due.days,
        "end": long_day(due.period.last),
        "last": long_day(due.last),
    }
    if due.originally_due_on:
        words["before"] = long_day(due.originally_due_on)
        return (
            _("%(what)s is due on %(due)s: a Form 12b-25 extended the due date of %(before)s.")
            % words
        )
    if not due.has_moved:
        return _("%(what)s is due on %(due)s, %(days)s days after %(end)s.") % words
    return (
        _(
            "%(what)s is due on %(due)s: day %(days)s after %(end)s is %(last)s, which is not a "
            "business day."
        )
        % words
    )


def form_words(due: DueDate) -> str:
    """File Form 10-K for fiscal year 2026."""
    words = {"form": due.form, "period": period_words(due.period)}
    if due.report is Report.PART_III:
        return _("File the proxy statement, or Part III of Form %(form)s for %(period)s") % words
    return _("File Form %(form)s for %(period)s") % words


def _what(due: DueDate) -> str:
    words = {"form": due.form, "period": period_words(due.period)}
    if due.report is Report.PART_III:
        return _("Part III of Form %(form)s for %(period)s, or the proxy statement,") % words
    return _("Form %(form)s for %(period)s") % words


def period_words(period: Period) -> str:
    """Fiscal year 2026; the third quarter of fiscal year 2026."""
    year, __, quarter = period.key.removeprefix("FY").partition("Q")
    ordinals = {
        "1": _("the first"),
        "2": _("the second"),
        "3": _("the third"),
        "4": _("the fourth"),
    }
    if quarter:
        return _("%(ordinal)s quarter of fiscal year %(year)s") % {
            "ordinal": ordinals[quarter],
            "year": year,
        }
    if year.endswith("T"):
        return _("the transition period %(year)s") % {"year": year.removesuffix("T")}
    return _("fiscal year %(year)s") % {"year": year}


def extension_words(allowed: Extension) -> str:
    """What a late report can still gain, and until when."""
    return _(
        "With a Form 12b-25 filed by %(form_by)s, the report is timely if it is filed by "
        "%(until)s (%(days)s calendar days)."
    ) % {
        "form_by": long_day(allowed.form_by),
        "until": long_day(allowed.extended_to),
        "days": allowed.days,
    }


def shortfall_words(shortfall: Shortfall) -> str:
    return SHORTFALLS[shortfall]()


def meeting_words(found: MeetingDate) -> str:
    """A date that follows from the annual meeting."""
    words = {"on": long_day(found.on), "days": found.days}
    match found.step:
        case MeetingStep.NOTICE_FROM:
            return (
                _(
                    "Send the notice to stockholders on or after %(on)s, %(days)s days "
                    "before the meeting."
                )
                % words
            )
        case MeetingStep.INTERNET_NOTICE_BY:
            return (
                _(
                    "Send the notice of internet availability by %(on)s, %(days)s days "
                    "before the meeting, unless a full set of the materials is sent."
                )
                % words
            )
        case MeetingStep.NOTICE_BY:
            return (
                _("Send the notice to stockholders by %(on)s, %(days)s days before the meeting.")
                % words
            )
        case MeetingStep.VOTING_RESULTS_BY:
            return (
                _(
                    "Form 8-K with the voting results is due on %(on)s, %(days)s business days "
                    "after the meeting."
                )
                % words
            )


GROUNDS = {
    Ground.NOT_SEASONED: lambda: _(
        "The company has not reported for twelve months or has not filed an annual report yet."
    ),
    Ground.REVENUE_TEST: lambda: _(
        "A smaller reporting company by its revenue is neither accelerated nor large accelerated."
    ),
    Ground.FLOAT_ENTERS_LARGE: lambda: _(
        "The public float reaches the threshold of a large accelerated filer."
    ),
    Ground.FLOAT_STAYS_LARGE: lambda: _(
        "The public float is not below the threshold at which a large accelerated filer leaves."
    ),
    Ground.FLOAT_LEAVES_LARGE: lambda: _(
        "The public float is below the threshold at which a large accelerated filer leaves, and "
        "not below that of an accelerated filer."
    ),
    Ground.FLOAT_ENTERS_ACCELERATED: lambda: _(
        "The public float reaches the threshold of an accelerated filer."
    ),
    Ground.FLOAT_STAYS_ACCELERATED: lambda: _(
        "The public float is not below the threshold at which an accelerated filer leaves."
    ),
    Ground.FLOAT_LEAVES: lambda: _(
        "The public float is below the threshold at which an accelerated filer leaves."
    ),
    Ground.FLOAT_BELOW_ENTRY: lambda: _(
        "The public float is below the threshold of an accelerated filer."
    ),
}


def filer_words(ruling: FilerRuling) -> str:
    """The category and why."""
    return f"{ruling.category.label}. {GROUNDS[ruling.ground]()}"
