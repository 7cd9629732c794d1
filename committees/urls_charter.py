"""Addresses of the charter: one verb, one address."""

from django.urls import path, re_path

from committees.views import (
    attestations,
    backfill,
    charter,
    clocks,
    duties,
    exceptions,
    imports,
    versions,
    year,
)

urlpatterns = [
    path("charter/", charter.CharterView.as_view(), name="charter"),
    path("charter/versions/", versions.VersionsView.as_view(), name="charter_versions"),
    path("charter/versions/<int:pk>/", versions.VersionView.as_view(), name="charter_version"),
    path("charter/versions/<int:pk>/adopt/", versions.AdoptView.as_view(), name="charter_adopt"),
    path("charter/versions/<int:pk>/act/", versions.BoardActView.as_view(), name="charter_act"),
    path(
        "charter/versions/<int:pk>/discard/",
        versions.DiscardView.as_view(),
        name="charter_discard",
    ),
    path("charter/import/", imports.ImportView.as_view(), name="charter_import"),
    path("charter/duties/", versions.DutiesView.as_view(), name="charter_duties"),
    path("charter/<str:reference>/", charter.ClauseView.as_view(), name="clause"),
    path("charter/<str:reference>/duty/", duties.DutyAddView.as_view(), name="duty_add"),
    path("charter/<str:reference>/note/", duties.NoteView.as_view(), name="clause_note"),
    path("clocks/", clocks.ClocksView.as_view(), name="clocks"),
    path("duties/backfill/", backfill.BackfillView.as_view(), name="backfill"),
    path("duties/<int:pk>/", duties.DutyView.as_view(), name="duty"),
    path("duties/<int:pk>/attest/", attestations.AttestView.as_view(), name="attest"),
    path("duties/<int:pk>/change/", duties.DutyChangeView.as_view(), name="duty_change"),
    path("duties/<int:pk>/end/", duties.DutyEndView.as_view(), name="duty_end"),
    path(
        "duties/<int:pk>/not-applicable/",
        duties.NotApplicableView.as_view(),
        name="duty_not_applicable",
    ),
    path("duties/<int:pk>/apply/", duties.AppliesAgainView.as_view(), name="duty_apply"),
    path("attestations/<int:pk>/", attestations.AttestationView.as_view(), name="attestation"),
    path(
        "attestations/<int:pk>/correct/",
        attestations.CorrectView.as_view(),
        name="attestation_correct",
    ),
    path(
        "attestations/<int:pk>/withdraw/",
        attestations.WithdrawView.as_view(),
        name="attestation_withdraw",
    ),
    path("year/", year.YearView.as_view(), name="year"),
    re_path(r"^year/(?P<key>FY\d{4}T?)/$", year.YearView.as_view(), name="fiscal_year"),
    path("exceptions/", exceptions.ExceptionsView.as_view(), name="exceptions"),
    path("exceptions/<str:key>/", exceptions.ExceptionView.as_view(), name="exception"),
    path(
        "exceptions/<str:key>/settle/", exceptions.DisposeView.as_view(), name="exception_dispose"
    ),
]
