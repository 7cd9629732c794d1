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


class EndReason(models.TextChoices):
    """Why a membership ended."""

    RESIGNED = "resigned", _("resigned")
    NOT_REELECTED = "not_reelected", _("term ended, not elected again")
    RETIRED = "retired", _("retired")
    REMOVED = "removed", _("removed")
    DIED = "died", _("died")
    CHANGED = "changed", _("changed committees")


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
    PROCEDURE = "procedure", _("Procedure in force")
    PURPOSE = "purpose", _("Purpose")
    AUTHORITY = "authority", _("Authority")


class Cadence(models.TextChoices):
    TIMES = "times", _("a number of times in each fiscal year")
    QUARTERLY = "quarterly", _("in every quarter")
    MONTHS = "months", _("within so many months of the last time")


class Layer(models.TextChoices):
    """Where a duty comes from. A good-practice duty never counts as a legal one."""

    CHARTER = "CH", _("Charter")
    LAW = "LAW", _("Law")
    GOOD_PRACTICE = "GP", _("Good practice")


class Counterparty(models.TextChoices):
    NONE = "", _("nobody in particular")
    MANAGEMENT = "management", _("management")
    EXTERNAL_AUDITOR = "external auditor", _("the external auditor")
    INTERNAL_AUDITOR = "internal auditor", _("the internal auditor")
    BOARD = "Board", _("the Board")


class Standing(models.TextChoices):
    """Where a duty stands. Declared from what asks most of the reader to what asks least."""

    NOT_MET = "not_met", pgettext_lazy("standing", "not met")
    NO_RECORD = "no_record", pgettext_lazy("standing", "no record")
    DUE = "due", pgettext_lazy("standing", "due")
    KEPT = "kept", pgettext_lazy("standing", "kept")
    BEFORE_RECORD = "before_record", pgettext_lazy("standing", "before the record")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("standing", "not applicable")


class DispositionKind(models.TextChoices):
    """What was settled about an exception."""

    RECORD_FOUND = "record_found", _("Record found")
    DONE_LATE = "done_late", _("Done late")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    WITH_COUNSEL = "with_counsel", _("With counsel")


class Reason(models.TextChoices):
    """Why a standing is what it is. committees.sentences turns it into a sentence."""

    SERVED = "served"
    SERVED_BEFORE = "served_before"
    DUE_BY = "due_by"
    FIRST_DUE = "first_due"
    ENDS_BEFORE_DUE = "ends_before_due"
    DAY_PASSED = "day_passed"
    PERIOD_WITHOUT_RECORD = "period_without_record"
    BEFORE_RECORD = "before_record"
    PARTLY_BEFORE_RECORD = "partly_before_record"
    SPAN_BEFORE_RECORD = "span_before_record"
    WITHIN_MONTHS = "within_months"
    MONTHS_PASSED = "months_passed"
    DECLARED_NOT_APPLICABLE = "declared_not_applicable"
    AUTHORITY = "authority"
    NOTHING_AROSE = "nothing_arose"
    ALL_DEALT_WITH = "all_dealt_with"
    OPEN_IN_TIME = "open_in_time"
    OPEN_PAST_DAY = "open_past_day"
    CONDITION = "condition"


class Pace(models.TextChoices):
    """How often a clock reminds."""

    USUAL = "usual", _("45 and 14 days before, on the day, then weekly")
    EVENT = "event", _("at once, then every business day")


class StartsFrom(models.TextChoices):
    """From which day of an event a clock counts."""

    LEARNED = "learned", _("the day it was learned")
    DETERMINED = "determined", _("the day it was determined")


class Counting(models.TextChoices):
    """How a clock counts its days."""

    BUSINESS = "business", _("business days")
    CALENDAR = "calendar", _("calendar days")
    FILING = "filing", _("calendar days, moved on to a business day")
