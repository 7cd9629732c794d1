"""Actions: the list, one action, and the acts on it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, TemplateView

from accounts.models import User
from charters.answers import Link
from charters.forms.actions import ActionDoneForm, ActionForm, ActionReasonForm, OwnerForm
from charters.models import Action
from charters.models.actions import ActionQuerySet
from charters.permissions import denial_of_completion, may_complete_action, possible_owners
from charters.reports.actions import action_row, facts, history
from charters.services import actions as services
from charters.views.base import audit_committee, has_committee, nothing_yet
from records.confirm import ActView
from records.views.base import PageView

if TYPE_CHECKING:
    from datetime import date

CHOICES = ("open", "closed", "all")


def actions_open_to(user: User) -> ActionQuerySet:
    """What a person may read of the actions: a reader all, an owner their own."""
    return Action.objects.visible_to(user).with_steps()


def may_change(user: User) -> bool:
    return user.has_perm("charters.change_action")


class ActionsView(PageView, TemplateView):
    """The list of actions."""

    permission_required = "charters.view_action"
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    instead = nothing_yet
    template_name = "charters/actions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("show", "")
        chosen = asked if asked in CHOICES else CHOICES[0]
        return super().get_context_data(
            rows=[action_row(action, self.today) for action in self.found(chosen)],
            choices=self.choices(chosen),
            shown=chosen,
            may_change=may_change(self.user),
            **kwargs,
        )

    def found(self, chosen: str) -> list[Action]:
        actions = actions_open_to(self.user)
        if chosen == "open":
            return list(actions.open(self.today))
        rows = list(actions.order_by("-due_on", "-pk"))
        return rows if chosen == "all" else [row for row in rows if not row.is_open]

    def choices(self, chosen: str) -> list[dict[str, Any]]:
        here = reverse("actions")
        words = (_("Open"), _("Closed"), _("All"))
        return [
            {
                "label": label,
                "url": here if name == CHOICES[0] else f"{here}?show={name}",
                "is_current": name == chosen,
            }
            for name, label in zip(CHOICES, words, strict=True)
        ]


class ActionView(PageView, DetailView):  # type: ignore[type-arg]
    """One action, with its history and what can be done with it."""

    permission_required = "charters.view_action"
    template_name = "charters/action_detail.html"

    def get_queryset(self) -> ActionQuerySet:
        return actions_open_to(self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        acts = self.acts()
        return super().get_context_data(
            action=self.object,
            facts=facts(self.object, self.today),
            history=history(self.object, self.company),
            first=acts[0] if acts else None,
            acts=acts[1:],
            **kwargs,
        )

    def acts(self) -> list[Link]:
        """What this person can do with it now, the first as a button."""
        args = [self.object.pk]
        if not self.object.is_open:
            reopen = Link(_("Reopen action"), reverse("action_reopen", args=args))
            return [reopen] if may_change(self.user) else []
        found = []
        if may_complete_action(self.user, self.object):
            found.append(Link(_("Mark as done"), reverse("action_complete", args=args)))
        if may_change(self.user):
            found += [
                Link(_("Change owner or due date"), reverse("action_reassign", args=args)),
                Link(_("Cancel action"), reverse("action_cancel", args=args)),
            ]
        return found


class ActionActView(ActView):
    """One act on an action: a form, one service, and back to the action."""

    permission_required = "charters.change_action"

    def get_queryset(self) -> ActionQuerySet:
        return actions_open_to(self.user)

    def get_title(self) -> str:
        return f"{self.title}: {self.object.what}"

    def get_cancel_url(self) -> str:
        return str(self.object.get_absolute_url())

    def get_stored(self) -> dict[str, Any]:
        """What was recorded last, by the names of the forms' fields."""
        step = self.object.steps.last()
        return super().get_stored() | (
            {"done_on": step.on, "how": step.text, "reason": step.text} if step else {}
        )


def offer_owners(form: Any, today: date) -> Any:
    form.fields["owner"].queryset = possible_owners(today)
    return form


class ActionAddView(ActView):
    permission_required = "charters.change_action"
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    instead = nothing_yet
    form_class = ActionForm
    title = lazy("Add action")
    why = lazy("What a person agreed to do, and by when.")
    submit_label = lazy("Add action")

    def get_form(self, form_class: Any = None) -> Any:
        return offer_owners(super().get_form(form_class), self.today)

    def get_cancel_url(self) -> str:
        return reverse("actions")

    def get_initial(self) -> dict[str, Any]:
        return {"agreed_on": self.today}

    def act(self, **given: Any) -> tuple[str, str]:
        assert self.committee is not None  # noqa: S101  (dispatch has seen to it)
        action = services.add_action(self.committee, **given, **self.signed)
        return action.get_absolute_url(), _("The action was added.")


class ActionCompleteView(ActionActView):
    permission_required = "charters.view_action"
    form_class = ActionDoneForm
    title = lazy("Mark as done")
    why = lazy("The action stays on record and is no longer open.")
    submit_label = lazy("Mark as done")

    def get_denial(self) -> str | None:
        return denial_of_completion(self.user, self.object)

    def get_initial(self) -> dict[str, Any]:
        return {"done_on": self.today}

    def act(self, done_on: date, how: str) -> tuple[str, str]:
        services.complete_action(self.object, done_on=done_on, how=how, **self.signed)
        return self.get_cancel_url(), _("The action was marked as done.")


class ActionCancelView(ActionActView):
    form_class = ActionReasonForm
    title = lazy("Cancel action")
    why = lazy("The action stays on record with your reason.")
    submit_label = lazy("Cancel action")

    def act(self, reason: str) -> tuple[str, str]:
        services.cancel_action(self.object, reason=reason, **self.signed)
        return self.get_cancel_url(), _("The action was canceled.")


class ActionReopenView(ActionActView):
    form_class = ActionReasonForm
    title = lazy("Reopen action")
    why = lazy("The action is open again, and its owner is reminded.")
    submit_label = lazy("Reopen action")

    def act(self, reason: str) -> tuple[str, str]:
        services.reopen_action(self.object, reason=reason, **self.signed)
        return self.get_cancel_url(), _("The action was reopened.")


class ActionReassignView(ActionActView):
    form_class = OwnerForm
    title = lazy("Change owner or due date")
    why = lazy(
        "The portal reminds the new owner. The activity log shows the earlier owner and date."
    )
    submit_label = lazy("Save changes")

    def get_form(self, form_class: Any = None) -> Any:
        return offer_owners(super().get_form(form_class), self.today)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("owner", "owner_name", "due_on")}

    def act(self, **given: Any) -> tuple[str, str]:
        services.reassign_action(self.object, **given, **self.signed)
        return self.get_cancel_url(), _("The owner and the due date were saved.")
