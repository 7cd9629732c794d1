"""The decision on which a record rests, added once it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from auditors.forms.fields import decisions
from auditors.forms.policy import AddDecisionForm
from auditors.services.decisions import add_decision
from auditors.views.base import AuditorActView
from records.dates import long_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from accounts.models import User

# What a record without a page of its own belongs to; an exception leads on to its letter.
OWNERS = ("engagement", "request", "review", "finding", "exception", "letter")


def why(view: AuditorActView) -> str:
    """Name the date whose decisions are offered, also where none is listed."""
    if view.object.acted_on is None:
        return _("The committee's decision, as it is on record with its text.")
    words = {"on": long_day(view.object.acted_on)}
    return _("The committee's decision of %(on)s, as it is on record with its text.") % words


def title(view: AuditorActView) -> str:
    return _("Add the decision")


def offer(view: AuditorActView, form: Any) -> None:
    form.fields["decision"].queryset = decisions().filter(decided_on=view.object.acted_on)


def back(view: AuditorActView) -> str:
    return reverse(view.back) if view.back else page_of(view.object)


def add(view: AuditorActView, **given: Any) -> tuple[str, str]:
    add_decision(view.object, **given, **view.signed)
    return view.done(_("The decision is recorded."))


class AddDecisionView(AuditorActView):
    """Each address names its records, who may add to them, and where it leads back to.
    `open_to`: the records that a person may see, where that differs from person to person."""

    open_to: Callable[[User], QuerySet[Any]] | None = None
    form_class = AddDecisionForm
    submit_label = lazy("Add decision")
    get_why, get_title, get_cancel_url = why, title, back
    offer, act = offer, add

    def get_queryset(self) -> QuerySet[Any]:
        return self.open_to(self.user) if self.open_to else super().get_queryset()


def page_of(row: Any) -> str:
    """The page on which a record is shown: its own, or that of what it belongs to."""
    while not hasattr(row, "get_absolute_url"):
        row = next(getattr(row, name) for name in OWNERS if hasattr(row, name))
    return str(row.get_absolute_url())
