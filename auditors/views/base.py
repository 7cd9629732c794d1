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


def recording(service: Callable[..., object], said: Any) -> Callable[..., tuple[str, str]]:
    """The act of a view whose form gives all that a service takes besides the record of the page.

    `said` is what was done.
    """

    def act(view: AuditorActView, **given: Any) -> tuple[str, str]:
        service(view.object, **given, **view.signed)
        return view.done(str(said))

    return act


class AuditorActView(ActView):
    """A form for one act. It leads back to `back` or to the page of its object, which its title
    names unless the record has no name but its date."""

    permission_required = "auditors.change_engagement"
    changes_object = False
    committee = cached_property(audit_committee)
    is_ready = property(has_committee)
    instead = nothing_yet
    back = ""
    names_object = True

    def get_title(self) -> str:
        named = self.object and self.names_object
        return f"{self.title}: {self.object}" if named else str(self.title)

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
