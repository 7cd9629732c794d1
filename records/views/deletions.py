"""What is kept how long, and the deletion of what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from records import clock, document_rows
from records.confirm import ActView, Detail
from records.forms import DeletionForm
from records.services import deletions
from records.views.base import PageView

if TYPE_CHECKING:
    from collections.abc import Sequence


class RetentionView(PageView, TemplateView):
    """What is kept how long, kind by kind."""

    permission_required = "records.delete_document"
    template_name = "records/retention.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rows=document_rows.kept_kinds(), is_nightly=deletions.is_nightly(), **kwargs
        )


class DocumentsDeleteView(ActView):
    """Exactly what would be deleted and why, what is held back, and the button that does it."""

    permission_required = "records.delete_document"
    needs_fresh_sign_in = True
    template_name = "records/delete_documents.html"
    form_class = DeletionForm
    title = lazy("Documents to delete")
    why = lazy(
        "Drafts and superseded documents are deleted after 30 days. Other documents are "
        "deleted when their retention period ends."
    )

    @cached_property
    def outlook(self) -> deletions.Outlook:
        return deletions.outlook(self.user, clock.now())

    def get_cancel_url(self) -> str:
        return reverse("retention")

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.outlook.fingerprint}

    def act(self, *, seen: str) -> tuple[str, str]:
        deleted = deletions.delete(by=self.user, at=clock.now(), seen=seen)
        sentence = ngettext(
            "%(count)s document was deleted.",
            "%(count)s documents were deleted.",
            len(deleted),
        )
        return self.get_cancel_url(), sentence % {"count": len(deleted)}

    def form_invalid(self, form: forms.BaseForm) -> Any:
        """Whatever was refused, the list below is the one of now, and so is its button."""
        fresh = DeletionForm({"seen": self.outlook.fingerprint})
        for problem in form.errors.values():
            fresh.add_error(None, list(problem))
        return super().form_invalid(fresh)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        over = document_rows.going(self.outlook.over)
        submit_label = ngettext("Delete document", "Delete %(count)s documents", len(over))
        return super().get_context_data(
            **{
                "over": over,
                "to_come": document_rows.going(self.outlook.to_come),
                "is_held": self.outlook.is_held,
                "submit_label": submit_label % {"count": len(over)},
            }
            | kwargs
        )


class NightlyView(ActView):
    """Let the scheduler delete by night, or no longer."""

    permission_required = "records.delete_document"
    needs_fresh_sign_in = True
    form_class = forms.Form
    is_reviewed = True

    def load(self) -> None:
        self.object = deletions.policy()

    def get_version(self, *, lock: bool = False) -> str:
        """The policy's one row is made by the first act that needs it."""
        policy = deletions.lock_policy() if lock else self.object
        return str(policy.revision)

    @property
    def is_on(self) -> bool:
        return bool(self.object.is_nightly)

    def get_cancel_url(self) -> str:
        return reverse("retention")

    def get_title(self) -> str:
        return _("Stop overnight deletion") if self.is_on else _("Start overnight deletion")

    def get_why(self) -> str:
        return _("Choose whether documents are deleted overnight or after a review of the list.")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        words = (
            _("by hand, after a review of the list")
            if self.is_on
            else _("automatically, every night")
        )
        return [Detail(_("Documents are deleted"), words)]

    def get_consequence(self, given: dict[str, Any]) -> str:
        if self.is_on:
            return ""
        return _("Starts tonight, without a review of the list.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        label = _("Stop overnight deletion") if self.is_on else _("Start overnight deletion")
        return super().get_context_data(**{"submit_label": label} | kwargs)

    def act(self, **given: Any) -> tuple[str, str]:
        deletions.switch(is_nightly=not self.is_on, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The deletion policy was saved.")
