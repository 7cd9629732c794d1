"""The words of committees, charters, duties and standings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CommitteeKind(models.TextChoices):
    BOARD = "board", _("Board of Directors")
    AUDIT = "audit", _("Audit committee")
    COMPENSATION = "compensation", _("Compensation committee")
    NOMINATING = "nominating", _("Nominating and governance committee")
    OTHER = "other", _("Another committee")


class HowDecided(models.TextChoices):
    """How a body makes a decision."""

    MEETING = "meeting", _("Meeting")
    WRITTEN_CONSENT = "written_consent", _("Written consent")
    ANNUAL_MEETING = "annual_meeting", _("Annual meeting of stockholders")


class PassageRole(models.TextChoices):
    """What a passage of a charter is that is not a clause."""

    SECTION = "section", _("Section heading")
    LEAD_IN = "lead_in", _("Lead-in to a list")
    PLAIN = "plain", _("Plain passage")


class CharterStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    UPCOMING = "upcoming", _("Adopted, not yet in effect")
    ADOPTED = "adopted", _("In effect")
    SUPERSEDED = "superseded", _("Superseded")


class DutyKind(models.TextChoices):
    """How a duty is judged."""

    RECURRING = "recurring", _("Recurring")
    CONDITION = "condition", _("Condition")
    EVENT = "event", _("When it arises")
    PROCEDURE = "procedure", _("Procedure in effect")
    PURPOSE = "purpose", _("Purpose")
    AUTHORITY = "authority", _("Authority")


class Cadence(models.TextChoices):
    TIMES = "times", _("a number of times in each fiscal year")
    QUARTERLY = "quarterly", _("once each quarter")
    MONTHS = "months", _("within a number of months of the last time")


class Layer(models.TextChoices):
    """Where a duty comes from. A good-practice duty never counts as a legal one."""

    CHARTER = "CH", _("Charter")
    LAW = "LAW", _("Law")
    GOOD_PRACTICE = "GP", _("Good practice")


class Counterparty(models.TextChoices):
    NONE = "", _("nobody")
    MANAGEMENT = "management", _("management")
    EXTERNAL_AUDITOR = "external auditor", _("the external auditor")
    INTERNAL_AUDITOR = "internal auditor", _("the internal auditor")
    BOARD = "Board", _("the Board")


class Standing(models.TextChoices):
    """Where a duty stands. Declared from what asks most of the reader to what asks least."""

    OPEN = "open", pgettext_lazy("standing", "open")
    NOT_ON_FILE = "not_on_file", pgettext_lazy("standing", "not on file")
    DUE = "due", pgettext_lazy("standing", "due")
    ON_FILE = "on_file", pgettext_lazy("standing", "on file")
    BEFORE_RECORDS_BEGIN = "before_records_begin", pgettext_lazy("standing", "before records begin")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("standing", "not applicable")


class ClosedAs(models.TextChoices):
    """What was closed about an open item."""

    NOW_ON_FILE = "now_on_file", _("Now on file")
    COMPLETED_LATE = "completed_late", _("Completed late")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    UNDER_REVIEW = "under_review", _("Under review")


class Reason(models.TextChoices):
    """Why a standing is what it is. charters.sentences turns it into a sentence."""

    SERVED = "served"
    SERVED_BEFORE = "served_before"
    DUE_BY = "due_by"
    FIRST_DUE = "first_due"
    ENDS_BEFORE_DUE = "ends_before_due"
    DAY_PASSED = "day_passed"
    PERIOD_WITHOUT_RECORD = "period_without_record"
    BEFORE_RECORDS_BEGIN = "before_records_begin"
    PARTLY_BEFORE_RECORDS_BEGIN = "partly_before_records_begin"
    SPAN_BEFORE_RECORDS_BEGIN = "span_before_records_begin"
    WITHIN_MONTHS = "within_months"
    MONTHS_PASSED = "months_passed"
    DECLARED_NOT_APPLICABLE = "declared_not_applicable"
    AUTHORITY = "authority"
    NOTHING_AROSE = "nothing_arose"
    ALL_DEALT_WITH = "all_dealt_with"
    OPEN_IN_TIME = "open_in_time"
    OPEN_PAST_DAY = "open_past_day"
    CONDITION = "condition"


class ActionChange(models.TextChoices):
    """What was recorded of an action after it was added."""

    DONE = "done", _("Done")
    CANCELED = "canceled", _("Canceled")
    REOPENED = "reopened", _("Reopened")


class StartsFrom(models.TextChoices):
    """From which day of an event a deadline counts."""

    LEARNED = "learned", _("the date learned")
    DETERMINED = "determined", _("the date determined")


class Counting(models.TextChoices):
    """How a deadline counts its days."""

    BUSINESS = "business", _("business days")
    CALENDAR = "calendar", _("calendar days")
    FILING = "filing", _("calendar days, moved to the next business day")
