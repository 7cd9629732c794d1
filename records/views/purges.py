"""What is kept how long, and the purge of what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from records import clock, papers
from records.confirm import ActView, ConfirmView, Line
from records.forms import PurgeForm
from records.services import purges

if TYPE_CHECKING:
    from collections.abc import Sequence


class PurgeMixin(PermissionRequiredMixin, View):
    permission_required = "records.purge_document"
    permission_denied_message = lazy("Only the corporate secretary purges documents.")

    def get_cancel_url(self) -> str:
        return reverse("retention")


class RetentionView(PurgeMixin, TemplateView):
    """What is kept how long, kind by kind."""

    template_name = "records/retention.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rows=papers.kept_kinds(), is_nightly=purges.is_nightly(), **kwargs
        )


class PurgeView(PurgeMixin, ActView):
    """Exactly what would be purged and why, what is held back, and the button that does it."""

    template_name = "records/purge.html"
    form_class = PurgeForm
    title = lazy("Purge what is over")
    why = lazy(
        "Drafts and superseded papers are no records: they go 30 days after their time began. "
        "Other papers go when their term of years is over."
    )

    @cached_property
    def outlook(self) -> purges.Outlook:
        return purges.outlook(self.by, clock.now())

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.outlook.fingerprint}

    def act(self, *, seen: str) -> tuple[str, str]:
        purged = purges.purge(by=self.by, at=clock.now(), seen=seen)
        sentence = ngettext(
            "Recorded: %(count)s document is purged.",
            "Recorded: %(count)s documents are purged.",
            len(purged),
        )
        return self.get_cancel_url(), sentence % {"count": len(purged)}

    def form_invalid(self, form: forms.BaseForm) -> Any:
        """Whatever was refused, the list below is the one of now, and so is its button."""
        fresh = PurgeForm({"seen": self.outlook.fingerprint})
        for problem in form.errors.values():
            fresh.add_error(None, list(problem))
        return super().form_invalid(fresh)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        over = papers.going(self.outlook.over)
        submit_label = ngettext("Purge this document", "Purge these %(count)s documents", len(over))
        return super().get_context_data(
            **{
                "over": over,
                "to_come": papers.going(self.outlook.to_come),
                "is_held": self.outlook.is_held,
                "submit_label": submit_label % {"count": len(over)},
            }
            | kwargs
        )


class NightlyView(PurgeMixin, ConfirmView):
    """Let the clock purge by night, or no longer."""

    form_class = forms.Form

    @cached_property
    def is_on(self) -> bool:
        return purges.is_nightly()

    def get_title(self) -> str:
        return _("Stop purging by night") if self.is_on else _("Purge by night")

    def get_why(self) -> str:
        return _("Whether what is over goes by itself, or waits until somebody has read the list.")

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        words = _("by hand, from the list") if self.is_on else _("every night, by itself")
        return [Line(_("What is over goes"), words)]

    def get_consequence(self, given: dict[str, Any]) -> str:
        if self.is_on:
            return ""
        return _("From the next night on, without a list that anybody reads before.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        label = (
            _("Record that it goes by hand") if self.is_on else _("Record that it goes by night")
        )
        return super().get_context_data(**{"submit_label": label} | kwargs)

    def act(self, **given: Any) -> tuple[str, str]:
        purges.switch(is_nightly=not self.is_on, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: when documents are purged.")
