"""Addresses of the charter: one verb, one address."""

from django.urls import path, re_path

from charters.views import (
    backfill,
    catalogue,
    charter,
    compare,
    completions,
    deadlines,
    decisions,
    duties,
    imports,
    open_items,
    owners,
    versions,
    year,
)

urlpatterns = [
    path("charter/", charter.CharterView.as_view(), name="charter"),
    path("charter/versions/", versions.VersionsView.as_view(), name="charter_versions"),
    path("charter/versions/<int:pk>/", versions.VersionView.as_view(), name="charter_version"),
    path(
        "charter/versions/<int:pk>/compare/",
        compare.CompareView.as_view(),
        name="charter_compare",
    ),
    path(
        "charter/versions/<int:pk>/compare/pdf/",
        compare.ComparePdfView.as_view(),
        name="charter_compare_pdf",
    ),
    path(
        "charter/versions/<int:pk>/put-before-board/",
        versions.PutBeforeBoardView.as_view(),
        name="charter_put_before_board",
    ),
    path("charter/versions/<int:pk>/adopt/", versions.AdoptView.as_view(), name="charter_adopt"),
    path(
        "charter/versions/<int:pk>/decision/",
        versions.CompleteAdoptionView.as_view(),
        name="charter_decision",
    ),
    path(
        "charter/versions/<int:pk>/discard/",
        versions.DiscardView.as_view(),
        name="charter_discard",
    ),
    path("charter/import/", imports.ImportView.as_view(), name="charter_import"),
    path("charter/duties/", catalogue.DutiesView.as_view(), name="charter_duties"),
    path("charter/owners/", owners.OwnersView.as_view(), name="charter_owners"),
    path("charter/<str:reference>/", charter.ClauseView.as_view(), name="clause"),
    path("charter/<str:reference>/duty/", duties.DutyAddView.as_view(), name="duty_add"),
    path("charter/<str:reference>/note/", duties.NoteView.as_view(), name="clause_note"),
    path("deadlines/", deadlines.DeadlinesView.as_view(), name="deadlines"),
    path("duties/backfill/", backfill.BackfillView.as_view(), name="backfill"),
    path("duties/<int:pk>/", duties.DutyView.as_view(), name="duty"),
    path(
        "duties/<int:pk>/complete/",
        completions.RecordCompletionView.as_view(),
        name="completion_add",
    ),
    path("duties/<int:pk>/change/", duties.DutyChangeView.as_view(), name="duty_change"),
    path("duties/<int:pk>/end/", duties.DutyEndView.as_view(), name="duty_end"),
    path(
        "duties/<int:pk>/not-applicable/",
        duties.NotApplicableView.as_view(),
        name="duty_not_applicable",
    ),
    path("duties/<int:pk>/apply/", duties.AppliesAgainView.as_view(), name="duty_apply"),
    path("completions/<int:pk>/", completions.CompletionView.as_view(), name="completion"),
    path(
        "completions/<int:pk>/correct/",
        completions.CorrectView.as_view(),
        name="completion_correct",
    ),
    path(
        "completions/<int:pk>/withdraw/",
        completions.WithdrawView.as_view(),
        name="completion_withdraw",
    ),
    path("decisions/", decisions.DecisionsView.as_view(), name="decisions"),
    path("decisions/new/", decisions.DecisionRecordView.as_view(), name="decision_record"),
    path("decisions/<int:pk>/", decisions.DecisionView.as_view(), name="decision"),
    path("year/", year.YearView.as_view(), name="year"),
    re_path(r"^year/(?P<key>FY\d{4}T?)/$", year.YearView.as_view(), name="fiscal_year"),
    path("open-items/", open_items.OpenItemsView.as_view(), name="open_items"),
    path("open-items/<str:key>/", open_items.OpenItemView.as_view(), name="open_item"),
    path("open-items/<str:key>/close/", open_items.CloseView.as_view(), name="open_item_close"),
]
