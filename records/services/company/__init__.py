"""The company, its dated facts and its holidays.

Settings are no governed records: a dated row that is wrong is corrected, or taken out. Either way
the ledger keeps the day, the person and the dates; names and other texts stay out of it.
"""

from records.services.company.annual_meetings import (
    correct_annual_meeting,
    record_annual_meeting,
    remove_annual_meeting,
)
from records.services.company.filer_status import (
    correct_filer_status,
    remove_filer_status,
    set_filer_status,
)
from records.services.company.fiscal_years import (
    add_fiscal_year_end,
    correct_fiscal_year_end,
    remove_fiscal_year_end,
)
from records.services.company.holidays import (
    add_holiday,
    change_holiday,
    federal_holidays,
    missing_holidays,
    remove_holiday,
    seed_holidays,
)
from records.services.company.late_notices import (
    correct_late_notice,
    record_late_notice,
    remove_late_notice,
    report_of,
    reports_that_can_be_late,
)
from records.services.company.rows import FIRST_DAY, LAST_DAY, SINCE_EVER, refuse_out_of_reach
from records.services.company.settings import (
    change_company,
    confirm_defaults,
    keep_accounts_by_two,
    open_accounts_at_once,
    set_up,
    takes_a_second_person,
    why_no_accounts_at_once,
)
from records.services.company.told import tell_calendar, tell_company

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "SINCE_EVER",
    "add_fiscal_year_end",
    "add_holiday",
    "change_company",
    "change_holiday",
    "confirm_defaults",
    "correct_annual_meeting",
    "correct_filer_status",
    "correct_fiscal_year_end",
    "correct_late_notice",
    "federal_holidays",
    "keep_accounts_by_two",
    "missing_holidays",
    "open_accounts_at_once",
    "record_annual_meeting",
    "record_late_notice",
    "refuse_out_of_reach",
    "remove_annual_meeting",
    "remove_filer_status",
    "remove_fiscal_year_end",
    "remove_holiday",
    "remove_late_notice",
    "report_of",
    "reports_that_can_be_late",
    "seed_holidays",
    "set_filer_status",
    "set_up",
    "takes_a_second_person",
    "tell_calendar",
    "tell_company",
    "why_no_accounts_at_once",
]
