"""The words of this layer."""

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

    DATE = "date", _("on that date")
    LAST_WEEKDAY = "last_weekday", _("on the last such weekday of the month")
    NEAREST_WEEKDAY = "nearest_weekday", _("on such weekday nearest to that date")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class NewAccounts(models.TextChoices):
    """When somebody's account opens who was added to the people."""

    AT_ONCE = "at_once", _("at once")
    BY_TWO = "by_two", _("after a second person confirms them")


class Setting(models.TextChoices):
    """What a company has set; `Company.to_confirm` names those left at their default."""

    NAME = "name", _("Name")
    TICKER = "ticker", _("Ticker symbol")
    EXCHANGE = "exchange", _("Exchange")
    STATE = "state", _("State of incorporation")
    TIME_ZONE = "time_zone", _("Time zone")
    LOCALE = "locale", _("Date format")
    CURRENCY = "currency", _("Currency")
    PAPER_SIZE = "paper_size", _("Paper")
    RECORDS_BEGIN = "records_begin", _("The portal's records begin on")
    ANNUALLY = "annually", _("“Annually” is read as")
    FISCAL_YEAR_END = "fiscal_year_end", _("Fiscal year end")
    FILER_STATUS = "filer_status", _("Filer status")
    NEW_ACCOUNTS = "new_accounts", _("New accounts open")


class Retention(models.TextChoices):
    """How long the documents of a kind are kept."""

    FOR_GOOD = "for_good", _("permanently")
    SEVEN_YEARS = "seven_years", _("seven years")
    ONE_YEAR = "one_year", _("one year")
    DRAFT = "draft", _("30 days, as a draft")


class DeletionReason(models.TextChoices):
    """Why a document's time is over."""

    DRAFT = "draft", _("a draft")
    SUPERSEDED = "superseded", _("superseded by a later version")
    TERM = "term", _("its retention period ended")


class SystemActor(models.TextChoices):
    """Who acts when no signed-in person does."""

    OPERATOR = "operator", _("the operator")
    SCHEDULER = "scheduler", _("the scheduler")


class NoticeState(models.TextChoices):
    """What has become of a notice: it is carried by a mail, or it came to nothing."""

    OWED = "owed", _("waiting to be sent")
    CARRIED = "carried", _("in an email")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CANCELLED = "cancelled", _("canceled")


class DeliveryState(models.TextChoices):
    """Where a mail stands."""

    WAITING = "waiting", _("waiting")
    CLAIMED = "claimed", _("being sent")
    DELIVERED = "delivered", _("delivered")
    UNCERTAIN = "uncertain", _("uncertain")
    FAILED = "failed", _("not accepted")
    VOID = "void", _("nothing to send")


class Setback(models.TextChoices):
    """Why a mail was surely not taken at the last try."""

    UNREACHABLE = "unreachable", _("The mail server did not answer.")
    SIGN_IN = "sign_in", _("The mail server did not accept the portal's sign-in.")
    SETTINGS = "settings", _("The portal's mail server settings are not valid.")
    LATER = "later", _("The mail server asked to try again later.")
    SENDER = "sender", _("The mail server did not accept the portal's own address.")
    UNWRITTEN = "unwritten", _("The email could not be written.")
    RECIPIENT = "recipient", _("The mail server did not accept the recipient's address.")
    CONTENT = "content", _("The mail server did not accept the email.")
    ADDRESS = "address", _("The recipient's address is not valid.")


class Withdrawal(models.TextChoices):
    """Why the portal took a notice back before it went out."""

    NOTHING_WAITS = "nothing_waits", _("Nothing was left to send.")
    ACCOUNT_CLOSED = "account_closed", _("The person's account was closed.")


class Rhythm(models.TextChoices):
    """How often a person wants the portal's mail, urgent matters aside."""

    AT_ONCE = "at_once", _("at once, on business days")
    DAILY = "daily", _("once a day, in the morning of business days")
    WEEKLY = "weekly", _("once a week, in the morning of its first business day")
