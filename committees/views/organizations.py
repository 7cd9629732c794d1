"""Other organizations: what the company paid them or received from them, and interlocks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, ListView

from charters.answers import Link
from committees import services
from committees.forms.facts import (
    BOOKS,
    FactKind,
    OrganizationChangeForm,
    OrganizationForm,
    ReasonForm,
    form_for,
)
from committees.models import Organization
from committees.reports.independence import FactLine
from committees.sentences import of_fact
from records.confirm import ActView
from records.views.base import PageView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet


class OrganizationsView(PageView, ListView):  # type: ignore[type-arg]
    """Every organization on record."""

    permission_required = "committees.view_relationship"
    template_name = "committees/organizations.html"
    context_object_name = "rows"
    queryset = Organization.objects.all()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = self.user.has_perm("committees.change_relationship")
        return super().get_context_data(may_change=may_change, **kwargs)


class OrganizationView(PageView, DetailView):  # type: ignore[type-arg]
    """One organization with what the books say of it."""

    permission_required = "committees.view_relationship"
    template_name = "committees/organization.html"
    queryset = Organization.objects.all()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = self.user.has_perm("committees.change_relationship")
        return super().get_context_data(
            organization=self.object,
            facts=list(self.facts(may_change=may_change)),
            additions=[
                Link(str(kind.title), reverse("book_add", args=[self.object.pk, slug]))
                for slug, kind in BOOKS.items()
            ],
            may_change=may_change,
            **kwargs,
        )

    def facts(self, *, may_change: bool) -> Iterator[FactLine]:
        for slug, kind in BOOKS.items():
            rows: Any = kind.model._default_manager
            for fact in rows.standing().filter(organization=self.object):
                withdraw = Link(_("Withdraw"), reverse("book_withdraw", args=[slug, fact.pk]))
                yield FactLine(
                    str(kind.title),
                    capfirst(of_fact(fact)),
                    "",
                    (withdraw,) if may_change else (),
                )


class OrganizationAddView(ActView):
    permission_required = "committees.change_relationship"
    form_class = OrganizationForm
    title = lazy("Add an organization")
    why = lazy("An organization where a director or a relative has a role.")
    submit_label = lazy("Add organization")

    def get_cancel_url(self) -> str:
        return reverse("organizations")

    def act(self, **given: Any) -> tuple[str, str]:
        organization = services.add_organization(**given, **self.signed)
        url = reverse("organization", args=[organization.pk])
        return url, _("%(organization)s was added.") % {"organization": organization}


class OfOrganizationView(ActView):
    permission_required = "committees.change_relationship"
    object: Organization

    def get_queryset(self) -> QuerySet[Organization]:
        return Organization.objects.all()

    def get_title(self) -> str:
        return f"{self.title}: {self.object}"

    def get_cancel_url(self) -> str:
        return reverse("organization", args=[self.object.pk])


class OrganizationChangeView(OfOrganizationView):
    form_class = OrganizationChangeForm
    title = lazy("Correct an organization")
    why = lazy("What it does, and how it stands to the company’s stock, as it is now.")
    submit_label = lazy("Save changes")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("gives_advice", "tie")}

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_organization(self.object, **given, **self.signed)
        return self.done(_("The changes were saved."))


class BookAddView(OfOrganizationView):
    """Enter what the company's books say of an organization."""

    changes_object = False
    why = lazy("From the company’s books. For a sum, the last date of the time it covers.")
    submit_label = lazy("Record")

    @cached_property
    def kind(self) -> FactKind:
        return BOOKS[self.kwargs["kind"]]

    def get_form_class(self) -> Any:
        return form_for(self.kind)

    def get_title(self) -> str:
        return f"{self.kind.title}: {self.object}"

    def act(self, **given: Any) -> tuple[str, str]:
        services.enter_fact(self.kind.model(organization=self.object, **given), **self.signed)
        return self.done(_("The entry is recorded."))


class BookWithdrawView(ActView):
    permission_required = "committees.change_relationship"
    changes_object = False
    form_class = ReasonForm
    title = lazy("Withdraw an entry")
    why = lazy("For an entry made in error. It stays on record and no longer counts.")
    submit_label = lazy("Withdraw entry")
    object: Any

    def get_object(self, queryset: Any = None) -> Any:
        rows: Any = BOOKS[self.kwargs["kind"]].model._default_manager
        found = rows.visible_to(self.user).select_related("organization")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return f"{self.title}: {self.object.organization}"

    def get_note(self) -> str:
        return str(capfirst(of_fact(self.object)))

    def get_cancel_url(self) -> str:
        return reverse("organization", args=[self.object.organization_id])

    def act(self, reason: str) -> tuple[str, str]:
        services.withdraw_fact(self.object, reason=reason, **self.signed)
        return self.done(_("The entry is withdrawn."))
