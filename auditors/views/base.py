"""What the pages of this app share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from django.urls import reverse

from auditors.forms.fields import decisions
from auditors.services.papers import with_paper
from charters.services import Upload
from charters.views.base import audit_committee, has_committee, nothing_yet
from records.confirm import ActView
from records.views.base import PageView

if TYPE_CHECKING:
    from django import forms

    from records.calendar import Calendar
    from records.document_kinds import DocumentKind
    from records.models import Document

T = TypeVar("T")


class AuditorPage(PageView):
    """A page to read. Without a company and its committee there is nothing yet."""

    permission_required = "auditors.view_engagement"
    committee = cached_property(audit_committee)
    is_ready = property(has_committee)
    instead = nothing_yet


class AuditorActView(ActView):
    """A form for one act. It leads back to `back` or to the page of its object."""

    permission_required = "auditors.change_engagement"
    changes_object = False
    committee = cached_property(audit_committee)
    is_ready = property(has_committee)
    instead = nothing_yet
    back = ""

    def get_title(self) -> str:
        return f"{self.title}: {self.object}" if self.object else str(self.title)

    def get_cancel_url(self) -> str:
        return reverse(self.back) if self.back else str(self.object.get_absolute_url())

    @property
    def calendar(self) -> Calendar:
        assert self.company is not None  # noqa: S101  (`is_ready` has seen to it)
        return self.company.calendar

    def get_form(self, form_class: type[forms.BaseForm] | None = None) -> Any:
        form = super().get_form(form_class)
        self.offer(form)
        return form

    def offer(self, form: Any) -> None:
        """Fill in what the form lets choose."""
        if "decision" in form.fields:
            form.fields["decision"].queryset = decisions()

    def filed(
        self,
        record: Callable[[Document | None], T],
        file: Any,
        *,
        kind: DocumentKind,
        title: str,
    ) -> T:
        """Record something together with the file of the form, where there is one."""
        upload = Upload(file, file.name) if file else None
        return with_paper(record, upload, kind=kind, title=title, **self.signed)
