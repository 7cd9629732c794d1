"""The company this installation serves, and the facts about it that change: dated rows."""

from __future__ import annotations

import zoneinfo
from datetime import date
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _

from records.calendar import Calendar, Period, YearEnd
from records.enums import (
    Annually,
    Exchange,
    FilerCategory,
    Locale,
    NewAccounts,
    PaperSize,
    Weekday,
    YearEndRule,
)
from records.filing_calendar import (
    DueDate,
    Notification,
    Report,
    StatusSince,
    due_dates,
    extended,
)
from records.models.bases import Versioned
from records.prepared import Prepared
from records.rule_data import TABLE

CALENDAR_YEAR = YearEnd(effective_from=date.min, month=12, day=31)


@cache
def time_zones() -> frozenset[str]:
    """Every time zone that this machine knows: read from disk once."""
    return frozenset(zoneinfo.available_timezones())


def validate_time_zone(name: str) -> None:
    if name not in time_zones():
        raise ValidationError(
            _("%(name)s is not a time zone. Write it like America/New_York."), params={"name": name}
        )


class CompanyQuerySet(models.QuerySet["Company"]):
    def current(self) -> Company | None:
        """The one company of this installation, or None before it is set up."""
        return _COMPANY.first()


class Company(Versioned):
    """The listed company. One installation serves one company."""

    name = models.CharField(_("name"), max_length=200)
    ticker = models.CharField(_("ticker symbol"), max_length=10, blank=True)
    exchange = models.CharField(
        _("exchange"), max_length=10, choices=Exchange.choices, default=Exchange.NASDAQ
    )
    state = models.CharField(_("state of incorporation"), max_length=40, default="Delaware")
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        default="America/New_York",
        validators=[validate_time_zone],
        help_text=_("Legal dates follow this time zone, for example America/New_York."),
    )
    # How often the zone changed, and when last: entries in calendars were then sent again.
    zone_changes = models.PositiveIntegerField(default=0, editable=False)
    zone_changed_at = models.DateTimeField(null=True, editable=False)
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    locale = models.CharField(
        _("date format"), max_length=10, choices=Locale.choices, default=Locale.US
    )
    paper_size = models.CharField(
        _("paper"), max_length=10, choices=PaperSize.choices, default=PaperSize.LETTER
    )
    records_begin = models.DateField(
        _("the portal's records begin on"),
        help_text=_(
            "Earlier due dates are shown as before records begin. For example, with January 1, "
            "2026, a review due on March 15, 2026 needs a record, and one due on December 31, "
            "2025 does not."
        ),
    )
    annually = models.CharField(
        _("“annually” is read as"),
        max_length=20,
        choices=Annually.choices,
        default=Annually.FISCAL_YEAR,
    )
    new_accounts = models.CharField(
        _("new accounts open"),
        max_length=20,
        choices=NewAccounts.choices,
        default=NewAccounts.AT_ONCE,
        help_text=_("With two, no secretary or administrator can add a person alone."),
    )
    # Somebody has asked that new accounts open at once again: it takes a second person, too.
    at_once_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    at_once_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    to_confirm = models.JSONField(
        _("defaults to confirm"),
        default=list,
        blank=True,
        editable=False,
        help_text=_("Names of fields with a default value that was not confirmed."),
    )
    singleton = models.BooleanField(default=True, editable=False, unique=True)

    objects: ClassVar[CompanyQuerySet] = CompanyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        constraints = [
            models.CheckConstraint(
                condition=Q(singleton=True), name="one_installation_serves_one_company"
            ),
            models.CheckConstraint(
                condition=Q(at_once_asked_by=None, at_once_asked_at=None)
                | Q(
                    at_once_asked_by__isnull=False,
                    at_once_asked_at__isnull=False,
                    new_accounts=NewAccounts.BY_TWO,
                ),
                name="accounts_at_once_are_asked_for_while_they_take_two",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("company")

    @cached_property
    def calendar(self) -> Calendar:
        """The fiscal calendar; the calendar year where no fiscal year end is on record.

        The holidays are read when first asked for: few pages count business days.
        """
        rules = tuple(end.as_rule() for end in _YEAR_ENDS.rows(self.pk))
        holidays: Any = SimpleLazyObject(Holiday.objects.days)
        return Calendar(year_ends=rules or (CALENDAR_YEAR,), holidays=holidays)

    def due_dates(self, year: Period) -> tuple[DueDate, ...]:
        """When the reports on a fiscal year are due, with the extensions by Form 12b-25 on record.

        Raises ValueError where no filer status is on record by then.
        """
        notices = {notice.period: notice.as_rule() for notice in self.late_notices.all()}
        found = self.original_due_dates(year)
        return tuple(
            extended(due, notice, self.calendar, TABLE)
            if (notice := notices.get(due.period.key)) and due.report is not Report.PART_III
            else due
            for due in found
        )

    def original_due_dates(self, year: Period) -> tuple[DueDate, ...]:
        """When the reports on a fiscal year are due, by the filer statuses on record, before any
        extension. Raises ValueError where no filer status is on record by then."""
        statuses = [status.as_rule() for status in self.filer_statuses.all()]
        return due_dates(year, self.calendar, statuses, TABLE)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)


_COMPANY = Prepared(lambda: Company.objects.all()[:1])
_YEAR_ENDS = Prepared(lambda: FiscalYearEnd.objects.filter(company=0))


class FiscalYearEnd(Versioned):
    """The fiscal year's last day, for years that end on or after `effective_from`."""

    locked_after = ("company",)

    company = models.ForeignKey(Company, models.PROTECT, related_name="fiscal_year_ends")
    effective_from = models.DateField(_("for years ending on or after"))
    month = models.PositiveSmallIntegerField(
        _("month"), validators=[MinValueValidator(1), MaxValueValidator(12)], default=12
    )
    day = models.PositiveSmallIntegerField(
        _("day"),
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        default=31,
        help_text=_("31 means the last day of the month."),
    )
    rule = models.CharField(
        _("the year ends"), max_length=20, choices=YearEndRule.choices, default=YearEndRule.DATE
    )
    weekday = models.PositiveSmallIntegerField(
        _("weekday"), choices=Weekday.choices, null=True, blank=True
    )

    class Meta:
        ordering = ["effective_from"]
        verbose_name = _("fiscal year end")
        verbose_name_plural = _("fiscal year ends")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "effective_from"], name="one_fiscal_year_end_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(month__range=(1, 12)) & Q(day__range=(1, 31)),
                name="fiscal_year_end_is_a_day",
            ),
            models.CheckConstraint(
                condition=Q(rule=YearEndRule.DATE, weekday=None)
                | (~Q(rule=YearEndRule.DATE) & Q(weekday__isnull=False)),
                name="fiscal_year_end_weekday_goes_with_its_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02} ({self.get_rule_display()})"

    def as_rule(self) -> YearEnd:
        return YearEnd(
            effective_from=self.effective_from,
            month=self.month,
            day=self.day,
            weekday=self.weekday,
            nearest=self.rule == YearEndRule.NEAREST_WEEKDAY,
        )


class FilerStatus(Versioned):
    """The company's filer category from a day on (Exchange Act Rule 12b-2)."""

    locked_after = ("company",)

    company = models.ForeignKey(Company, models.PROTECT, related_name="filer_statuses")
    category = models.CharField(_("filer category"), max_length=20, choices=FilerCategory.choices)
    is_smaller_reporting = models.BooleanField(_("smaller reporting company"), default=True)
    effective_from = models.DateField(_("from"))

    class Meta:
        ordering = ["effective_from"]
        verbose_name = _("filer status")
        verbose_name_plural = _("filer statuses")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "effective_from"], name="one_filer_status_from_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.get_category_display()

    def as_rule(self) -> StatusSince:
        return StatusSince(self.effective_from, FilerCategory(self.category))


class AnnualMeeting(Versioned):
    """An annual meeting of stockholders, held or planned."""

    locked_after = ("company",)

    company = models.ForeignKey(Company, models.PROTECT, related_name="annual_meetings")
    on = models.DateField(_("day"), unique=True)

    class Meta:
        ordering = ["on"]
        verbose_name = _("annual meeting")
        verbose_name_plural = _("annual meetings")

    def __str__(self) -> str:
        return self.on.isoformat()


class LateNotice(Versioned):
    """A Form 12b-25 that the company filed for a quarterly, annual or transition report."""

    locked_after = ("company",)

    company = models.ForeignKey(Company, models.PROTECT, related_name="late_notices")
    period = models.CharField(
        _("report"),
        max_length=20,
        unique=True,
        help_text=_("The key of the period that the report covers, for example FY2026Q3."),
    )
    filed_on = models.DateField(_("Form 12b-25 filed on"))
    says_unavoidable = models.BooleanField(
        _("It says the delay could not be avoided without unreasonable effort or expense"),
        default=False,
    )
    says_will_file_in_time = models.BooleanField(
        _("It says the report will be filed within the extension"), default=False
    )
    auditor_is_cause = models.BooleanField(_("The auditor is the cause"), default=False)
    has_auditor_statement = models.BooleanField(
        _("The auditor's signed statement is attached"), default=False
    )

    class Meta:
        ordering = ["-filed_on", "-pk"]
        verbose_name = _("Form 12b-25")
        verbose_name_plural = _("Forms 12b-25")

    def __str__(self) -> str:
        return self.period

    def as_rule(self) -> Notification:
        return Notification(
            self.filed_on,
            self.says_unavoidable,
            self.says_will_file_in_time,
            self.auditor_is_cause,
            self.has_auditor_statement,
        )


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def days(self) -> frozenset[date]:
        return frozenset(self.values_list("on", flat=True))


class Holiday(Versioned):
    """A federal holiday: no business day. Seeded from the federal list and editable."""

    on = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=100)

    objects: ClassVar[HolidayQuerySet] = HolidayQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["on"]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")

    def __str__(self) -> str:
        return f"{self.name} {self.on.isoformat()}"
