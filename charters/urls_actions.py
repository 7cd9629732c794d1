"""Addresses of actions: one act, one address."""

from django.urls import path

from charters.views import actions

urlpatterns = [
    path("actions/", actions.ActionsView.as_view(), name="actions"),
    path("actions/add/", actions.ActionAddView.as_view(), name="action_add"),
    path("actions/<int:pk>/", actions.ActionView.as_view(), name="action"),
    path(
        "actions/<int:pk>/complete/", actions.ActionCompleteView.as_view(), name="action_complete"
    ),
    path("actions/<int:pk>/cancel/", actions.ActionCancelView.as_view(), name="action_cancel"),
    path("actions/<int:pk>/reopen/", actions.ActionReopenView.as_view(), name="action_reopen"),
    path(
        "actions/<int:pk>/reassign/", actions.ActionReassignView.as_view(), name="action_reassign"
    ),
]
