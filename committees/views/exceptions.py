"""Exceptions: what the record does not show in time, and what was settled about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.models import User
from committees import services
from committees.enums import DispositionKind
from committees.forms.duties import DispositionForm
from committees.models import Disposition
from committees.permissions import may_read_reason
from committees.reports.charter import Link
from committees.reports.exceptions import ExceptionLine, exception_line, past_exception
from committees.standing import PortalException
from committees.views.base import CharterMixin
from records import clock
from records.confirm import ActView

SHOWN = {
    "open": gettext_lazy("without disposition"),
    "settled": gettext_lazy("with disposition"),
    "all": gettext_lazy("all"),
}


class ExceptionsView(CharterMixin, TemplateView):
    """Those without disposition first, since reports wait for them."""

    template_name = "committees/exceptions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.docket.exceptions()
        groups: dict[str, Sequence[PortalException]] = {
            "open": [piece for piece in found if piece.is_open],
            "settled": [piece for piece in found if not piece.is_open],
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


def as_read(piece: PortalException, user: User, on: date) -> ExceptionLine:
    """The exception as this person may read it."""
    line, settled = exception_line(piece), piece.disposition
    if settled is None or may_read_reason(user, settled, on):
        return line
    return replace(line, reason="")


@dataclass(frozen=True)
class DispositionLine:
    """What was settled, by whom and when; the reason where it may be read."""

    kind: str
    get_kind_display: str
    reason: str
    recorded_by: str
    decided_on: date


class ExceptionMixin(CharterMixin):
    """Finds the exception by its key among those that the checks find today."""

    def load(self) -> None:
        found = self.found()
        if found is None:
            raise Http404(_("The record shows no such exception today."))
        self.exception = found

    def found(self) -> PortalException | None:
        key = self.kwargs["key"]
        return next((piece for piece in self.docket.exceptions() if piece.key == key), None)


class ExceptionView(ExceptionMixin, TemplateView):
    """One exception; once it was settled, also when later entries have made it vanish."""

    template_name = "committees/exception_detail.html"

    def found(self) -> PortalException | None:
        found = super().found()
        self.is_past = found is None
        return found or past_exception(self.docket, self.kwargs["key"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        piece = self.exception
        dispositions = self.docket.committee.dispositions.of(piece.key)
        return super().get_context_data(
            exception=as_read(piece, self.user, self.today),
            dispositions=[
                self.line_of(disposition)
                for disposition in dispositions.select_related("recorded_by").reverse()
            ],
            primary=self.primary(),
            **kwargs,
        )

    def line_of(self, entry: Disposition) -> DispositionLine:
        may_read = may_read_reason(self.user, entry, self.today)
        return DispositionLine(
            kind=entry.kind,
            get_kind_display=entry.get_kind_display(),
            reason=entry.reason if may_read else "",
            recorded_by=str(entry.recorded_by) if entry.recorded_by else "",
            decided_on=entry.decided_on,
        )

    def primary(self) -> Link | None:
        if self.is_past or not self.user.has_perm("committees.dispose_exception"):
            return None
        label = _("Settle it") if self.exception.is_open else _("Settle it anew")
        return Link(label, reverse("exception_dispose", args=[self.exception.key]))


class DisposeView(ExceptionMixin, ActView):
    """Settle an exception: record found, done late, not applicable, with counsel."""

    permission_required = "committees.dispose_exception"
    form_class = DispositionForm
    submit_label = gettext_lazy("Record the disposition")

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.exception.offered, "seen": self.last}

    @property
    def last(self) -> int | None:
        """The disposition that stands, by its key."""
        settled = self.exception.disposition
        return settled.pk if settled else None

    def get_title(self) -> str:
        return _("Settle: %(title)s") % {"title": self.exception.title}

    def get_why(self) -> str:
        return self.exception.because

    def get_cancel_url(self) -> str:
        return reverse("exceptions")

    def act(self, **given: Any) -> tuple[str, str]:
        piece = self.exception
        if given["seen"] != self.last:
            raise ValidationError(
                _("Somebody has settled it since this page was opened. Look at it again first.")
            )
        services.dispose(
            self.docket.committee,
            rule=piece.rule,
            subject=piece.subject,
            period=piece.period,
            kind=DispositionKind(given["kind"]),
            reason=given["reason"],
            by=self.user,
            at=clock.now(),
        )
        return self.get_cancel_url(), _("The disposition is recorded.")
