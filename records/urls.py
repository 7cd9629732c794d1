"""Addresses of the ground floor's pages."""

from django.urls import path

from records.views import company, holidays
from records.views.documents import DocumentView
from records.views.ledger import LedgerView

urlpatterns = [
    path("documents/<uuid:pk>/", DocumentView.as_view(), name="document"),
    path("ledger/", LedgerView.as_view(), name="ledger"),
    # The company and its calendar.
    path("company/", company.CompanyView.as_view(), name="company"),
    path("company/set-up/", company.SetUpView.as_view(), name="company_set_up"),
    path("company/change/", company.CompanyChangeView.as_view(), name="company_change"),
    path("company/confirm/", company.DefaultsConfirmView.as_view(), name="company_confirm"),
    path(
        "company/fiscal-year-ends/add/",
        company.FiscalYearEndAddView.as_view(),
        name="fiscal_year_end_add",
    ),
    path(
        "company/fiscal-year-ends/<int:pk>/change/",
        company.FiscalYearEndChangeView.as_view(),
        name="fiscal_year_end_change",
    ),
    path(
        "company/fiscal-year-ends/<int:pk>/remove/",
        company.FiscalYearEndRemoveView.as_view(),
        name="fiscal_year_end_remove",
    ),
    path(
        "company/filer-statuses/add/",
        company.FilerStatusAddView.as_view(),
        name="filer_status_add",
    ),
    path(
        "company/filer-statuses/<int:pk>/change/",
        company.FilerStatusChangeView.as_view(),
        name="filer_status_change",
    ),
    path(
        "company/filer-statuses/<int:pk>/remove/",
        company.FilerStatusRemoveView.as_view(),
        name="filer_status_remove",
    ),
    path(
        "company/annual-meetings/add/",
        company.AnnualMeetingAddView.as_view(),
        name="annual_meeting_add",
    ),
    path(
        "company/annual-meetings/<int:pk>/change/",
        company.AnnualMeetingChangeView.as_view(),
        name="annual_meeting_change",
    ),
    path(
        "company/annual-meetings/<int:pk>/remove/",
        company.AnnualMeetingRemoveView.as_view(),
        name="annual_meeting_remove",
    ),
    path("company/holidays/", holidays.HolidaysView.as_view(), name="holidays"),
    path("company/holidays/add/", holidays.HolidayAddView.as_view(), name="holiday_add"),
    path("company/holidays/fill/", holidays.HolidaysFillView.as_view(), name="holidays_fill"),
    path(
        "company/holidays/<int:pk>/change/",
        holidays.HolidayChangeView.as_view(),
        name="holiday_change",
    ),
    path(
        "company/holidays/<int:pk>/remove/",
        holidays.HolidayRemoveView.as_view(),
        name="holiday_remove",
    ),
]
