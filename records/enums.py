"""The words of the ground floor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Exchange(models.TextChoices):
    NASDAQ = "nasdaq", _("Nasdaq")
    NYSE = "nyse", _("New York Stock Exchange")
    OTHER = "other", _("Another exchange")


class Annually(models.TextChoices):
    """What "annually" in a charter is read as."""

    FISCAL_YEAR = "fiscal_year", _("once in each fiscal year")
    TWELVE_MONTHS = "twelve_months", _("also within twelve months of the last one")


class FilerCategory(models.TextChoices):
    LARGE_ACCELERATED = "large_accelerated", _("Large accelerated filer")
    ACCELERATED = "accelerated", _("Accelerated filer")
    NON_ACCELERATED = "non_accelerated", _("Non-accelerated filer")


class Locale(models.TextChoices):
    """How dates are written."""

    US = "en-us", _("United States: August 4, 2026")
    UK = "en-gb", _("Elsewhere: 4 August 2026")


class PaperSize(models.TextChoices):
    LETTER = "letter", _("US Letter")
    A4 = "a4", _("A4")


class YearEndRule(models.TextChoices):
    """How a fiscal year's last day is found from its month, day and weekday."""

    DATE = "date", _("on that day")
    LAST_WEEKDAY = "last_weekday", _("on the last such weekday of the month")
    NEAREST_WEEKDAY = "nearest_weekday", _("on the such weekday nearest to that day")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Setting(models.TextChoices):
    """What a company has set; `Company.to_confirm` names those left at their default."""

    NAME = "name", _("Name")
    TICKER = "ticker", _("Ticker symbol")
    EXCHANGE = "exchange", _("Exchange")
    STATE = "state", _("State of incorporation")
    TIME_ZONE = "time_zone", _("Time zone")
    LOCALE = "locale", _("Dates are written as in")
    CURRENCY = "currency", _("Currency")
    PAPER_SIZE = "paper_size", _("Paper")
    RECORDS_BEGIN = "records_begin", _("The portal's records begin on")
    ANNUALLY = "annually", _("“Annually” is read as")
    FISCAL_YEAR_END = "fiscal_year_end", _("Fiscal year end")
    FILER_STATUS = "filer_status", _("Filer status")


class Retention(models.TextChoices):
    """How long the documents of a kind are kept."""

    FOR_GOOD = "for_good", _("for good")
    SEVEN_YEARS = "seven_years", _("seven years")
    ONE_YEAR = "one_year", _("one year")
    DRAFT = "draft", _("30 days, as a draft")


class PurgeReason(models.TextChoices):
    """Why a document's time is over."""

    DRAFT = "draft", _("a draft")
    SUPERSEDED = "superseded", _("superseded by a later version")
    TERM = "term", _("kept for its whole term")


class Office(models.TextChoices):
    """Who acts when no signed-in person does."""

    OPERATOR = "operator", _("the operator")
    CLOCK = "clock", _("the clock")
