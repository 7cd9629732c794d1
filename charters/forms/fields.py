"""A field that more than one app's forms ask: which responsibilities something serves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import models
from django.utils.translation import gettext_lazy as _

from charters.models import Clause, Duty
from records.forms import Records

if TYPE_CHECKING:
    ModelChoiceIterator = models.ModelChoiceIterator[Duty]
else:
    ModelChoiceIterator = models.ModelChoiceIterator


class ByClause(ModelChoiceIterator):
    """Duties under the newest clause that asks for them, in the charter's order; those under no
    clause of an adopted charter come last."""

    def __iter__(self) -> Iterator[Any]:
        duties = list(self.queryset)
        hangs = Duty.clauses.through.objects.filter(
            duty_id__in=[duty.pk for duty in duties], clause__version__effective_on__isnull=False
        ).order_by("clause__version__effective_on")
        newest = dict(hangs.values_list("duty_id", "clause_id"))
        clauses = Clause.objects.in_bulk(set(newest.values()))
        grouped: defaultdict[Clause | None, list[Any]] = defaultdict(list)
        for duty in duties:
            grouped[clauses.get(newest.get(duty.pk, 0))].append(self.choice(duty))
        for clause in sorted(filter(None, grouped), key=lambda each: each.order):
            yield f"{clause.reference} {clause.heading}".strip(), grouped[clause]
        if grouped[None]:
            yield (_("Under no clause"), grouped[None])


class DutiesField(Records):
    """Which of a body's responsibilities something serves. The form sets `queryset`."""

    iterator = ByClause

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(Duty.objects.none(), required=False, widget=widget, **kwargs)
