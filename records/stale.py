"""No stale write: a form that somebody's save has overtaken is refused.

A form over a record carries the version it was made from. It is compared under the record's lock,
in the transaction of the act itself. Where they differ nothing is written, what was typed is kept,
and what is on record now is shown beside it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.utils.translation import gettext as _

from records.acts import act
from records.dates import long_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from records.models import Versioned

VERSION = "record_version"


class Act(Protocol):
    """A view of one act, as far as it is asked here."""

    def get_version(self, *, lock: bool = False) -> str | None: ...

    def act(self, *args: Any, **given: Any) -> tuple[str, str]: ...


class StaleError(Exception):
    """Somebody saved the record after the form was made."""


def version_of(records: Iterable[Versioned]) -> str | None:
    """The version of a form over these records; None over none."""
    return ".".join(f"{record.pk}-{record.revision}" for record in records) or None


def carry(form: forms.BaseForm, version: str | None) -> None:
    """Let the form carry the version it is made from; None where it is over no record."""
    if version is not None:
        form.fields[VERSION] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=version
        )


@act
def act_unless_stale(view: Act, seen: str, given: Mapping[str, Any]) -> tuple[str, str]:
    """The act, in one transaction with the comparison: the lock lasts until both are done."""
    try:
        stored = view.get_version(lock=True)
    except ObjectDoesNotExist as gone:
        raise Http404 from gone
    if seen != stored:
        raise StaleError
    return view.act(**given)


def put_beside(form: forms.BaseForm, stored: Mapping[str, Any]) -> None:
    """Say that the form was overtaken and, beside each field that differs, what is on record."""
    form.add_error(
        None,
        _(
            "Another person saved this after you opened the page. Nothing was recorded. "
            "Differences are shown next to what you typed. Check them and save again."
        ),
    )
    for name, value in stored.items():
        field = form.fields.get(name)
        if field is None or isinstance(field.widget, forms.HiddenInput):
            continue
        if field.has_changed(value, form[name].data):
            form.add_error(name, _("On record now: %(value)s") % {"value": words(field, value)})


def words(field: forms.Field, value: Any) -> str:
    """A stored value as the form's field would show it."""
    if isinstance(field, forms.ModelChoiceField):
        return str(value) if value else _("nothing")
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): label for key, label in _flat(field.choices)}
        return str(labels.get(str(value), value or _("nothing")))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return long_day(value)
    return _("nothing") if value in (None, "") else str(value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    """The choices of a field, those of its groups among them."""
    found: list[tuple[Any, Any]] = []
    for key, label in choices:
        found += label if isinstance(label, list | tuple) else [(key, label)]
    return found
