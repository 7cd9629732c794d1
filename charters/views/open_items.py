"""Open items: what the record does not show in time, and what was closed about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.models import User
from charters import services
from charters.answers import Link, OpenItem
from charters.documents import COMPLETION
from charters.enums import ClosedAs
from charters.forms.duties import CloseForm
from charters.models import Closing, Committee
from charters.permissions import may_read_reason
from charters.reports.open_items import OpenItemRow, open_item_row, past_open_item
from charters.standing import Docket
from charters.views.base import (
    CharterPage,
    audit_committee,
    docket_of,
    has_committee,
    nothing_yet,
)
from charters.views.completions import upload_of
from records.confirm import ActView
from records.models import Document

SHOWN = {
    "open": gettext_lazy("Open"),
    "closed": gettext_lazy("Closed"),
    "all": gettext_lazy("All"),
}


class OpenItemsView(CharterPage, TemplateView):
    """Those without closing first, since reports wait for them."""

    template_name = "charters/open_items.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.docket.open_items()
        groups: dict[str, Sequence[OpenItem]] = {
            "open": [piece for piece in found if piece.is_open],
            "closed": [piece for piece in found if not piece.is_open],
            "all": found,
        }
        shown = self.request.GET.get("show", "open")
        shown = shown if shown in groups else "open"
        return super().get_context_data(
            rows=[as_read(piece, self.user, self.today) for piece in reversed(groups[shown])],
            shown=shown,
            choices=[
                {
                    "label": label,
                    "url": f"?show={name}",
                    "is_current": name == shown,
                    "count": len(groups[name]),
                }
                for name, label in SHOWN.items()
            ],
            **kwargs,
        )


def as_read(piece: OpenItem, user: User, on: date) -> OpenItemRow:
    """The open item as this person may read it."""
    line, closed = open_item_row(piece), piece.closing
    if closed is None or may_read_reason(user, closed, on):
        return line
    return replace(line, reason="")


@dataclass(frozen=True)
class ClosingRow:
    """What was closed, by whom and when; the reason where it may be read."""

    kind: str
    label: str
    reason: str
    recorded_by: str
    decided_on: date
    document: Document | None


def found(docket: Docket, key: str) -> OpenItem | None:
    """The open item of a key on the docket's date."""
    return docket.open_item(key)


NO_SUCH_ITEM = gettext_lazy("This item is not open today.")


class OpenItemView(CharterPage, TemplateView):
    """One open item; once it was closed, also when later entries have made it vanish."""

    template_name = "charters/open_item_detail.html"

    def load(self) -> None:
        key = self.kwargs["key"]
        today = found(self.docket, key)
        piece = today or past_open_item(self.docket, key)
        if piece is None:
            raise Http404(NO_SUCH_ITEM)
        self.piece, self.is_past = piece, today is None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        piece = self.piece
        closings = self.docket.committee.closings.of(piece.key).filter(
            decided_on__lte=self.docket.day
        )
        return super().get_context_data(
            open_item=as_read(piece, self.user, self.today),
            closings=[
                self.line_of(closing)
                for closing in closings.select_related("recorded_by", "document").reverse()
            ],
            primary=self.primary(),
            **kwargs,
        )

    def line_of(self, entry: Closing) -> ClosingRow:
        may_read = may_read_reason(self.user, entry, self.today)
        return ClosingRow(
            kind=entry.kind,
            label=entry.get_kind_display(),
            reason=entry.reason if may_read else "",
            recorded_by=str(entry.recorded_by) if entry.recorded_by else "",
            decided_on=entry.decided_on,
            document=entry.document,
        )

    def primary(self) -> Link | None:
        if self.is_past or not self.user.has_perm("charters.close_openitem"):
            return None
        label = _("Close item") if self.piece.is_open else _("Change closing")
        return Link(label, reverse("open_item_close", args=[self.piece.key]))


class CloseView(ActView):
    """Close an open item: now on file, completed late, not applicable, under review."""

    permission_required = "charters.close_openitem"
    form_class = CloseForm
    submit_label = gettext_lazy("Close item")
    committee = cached_property(audit_committee)
    docket = cached_property(docket_of)
    is_ready = property(has_committee)
    instead = nothing_yet

    def load(self) -> None:
        piece = found(self.docket, self.kwargs["key"])
        if piece is None:
            raise Http404(NO_SUCH_ITEM)
        self.piece = piece

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.piece.offered}

    def get_form_kwargs(self) -> dict[str, Any]:
        on_file = Document.objects.visible_to(self.user).filter(kind=COMPLETION.name)
        return super().get_form_kwargs() | {
            "on_file": on_file.order_by("-pk"),
            "serves": self.piece.serves,
        }

    def get_version(self, *, lock: bool = False) -> str:
        """An open item is computed: its version is its last closing."""
        if lock:
            Committee.objects.select_for_update().get(pk=self.docket.committee.pk)
        closings = self.docket.committee.closings.of(self.piece.key)
        return str(closings.order_by("pk").values_list("pk", flat=True).last())

    def get_stored(self) -> dict[str, Any]:
        """The closing that stands, as far as this person may read it."""
        closed = self.piece.closing
        if closed is None:
            return {}
        may_read = may_read_reason(self.user, closed, self.today)
        return {"kind": closed.kind} | ({"reason": closed.reason} if may_read else {})

    def get_title(self) -> str:
        return _("Close: %(title)s") % {"title": self.piece.title}

    def get_why(self) -> str:
        return self.piece.because

    def get_cancel_url(self) -> str:
        return reverse("open_items")

    def act(self, **given: Any) -> tuple[str, str]:
        piece = self.piece
        services.close_open_item(
            self.docket.committee,
            rule=piece.rule,
            subject=piece.subject,
            period=piece.period,
            kind=ClosedAs(given["kind"]),
            reason=given["reason"],
            record=services.Found(
                document=given["record"],
                upload=upload_of(given["document"]),
                performed_on=given.get("performed_on"),
            ),
            **self.signed,
        )
        return self.get_cancel_url(), _("The open item was closed.")
