"""The company's dated rows: one list and one form for every kind of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records.views.company.base import CompanyActView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.models import Model
    from django.utils.functional import Promise

    from records.confirm import Detail


@dataclass(frozen=True)
class Words:
    """What the page of an act says, and the sentence that says what was recorded."""

    title: Promise
    why: Promise
    submit_label: Promise
    sentence: Promise
    note: str | Promise = ""


MISTAKE = lazy(
    "Use this for an entry made by mistake. If the setting changed, add a new row instead."
)


def removing(title: Promise, why: Promise = MISTAKE) -> Words:
    return Words(title, why, lazy("Remove"), lazy("The entry was removed."))


@dataclass(frozen=True)
class Column:
    label: str | Promise
    is_date: bool = False
    is_hidden: bool = False


@dataclass(frozen=True)
class Line:
    """A row as it is listed: its first cell, the others, and what its links are called."""

    key: int
    head: str
    cells: Sequence[str]
    named: str


@dataclass(frozen=True)
class RowList:
    """Rows of a kind as they stand on the company's page (`records/company_rows.html`)."""

    caption: str
    head: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    nothing: str
    kind: RowKind

    @property
    def rows(self) -> Iterable[tuple[Line, Iterable[tuple[Column, str]]]]:
        for line in self.lines:
            yield line, zip(self.columns, line.cells, strict=True)

    @property
    def may_remove(self) -> bool:
        return len(self.lines) > 1 or not self.kind.keeps_one


class RowKind:
    """A kind of dated row: its addresses NAME_add, NAME_change and NAME_remove, its form, its
    services `add`, `correct` and `remove`, and what people read."""

    name = ""
    model: type[Model]
    form_class: Any
    is_reviewed = True
    keeps_one = False
    review_template_name = CompanyActView.review_template_name

    add: Callable[..., Any]
    correct: Callable[..., Any]
    remove: Callable[..., Any]

    to_add: Words
    to_correct: Words
    to_remove: Words

    @property
    def change_url(self) -> str:
        return f"{self.name}_change"

    @property
    def remove_url(self) -> str:
        return f"{self.name}_remove"

    def page(self, row: Any = None) -> str:
        """The address of the page with the list, where it shows this row."""
        return reverse("company")

    def form_kwargs(self, view: RowFormView) -> dict[str, Any]:
        return {}

    def recorded(self, view: RowFormView, given: dict[str, Any]) -> Sequence[Detail]:
        """What will stand in the record, from the form's cleaned data."""
        raise NotImplementedError

    def removed(self, row: Any) -> Sequence[Detail]:
        """What is taken out of the record."""
        raise NotImplementedError

    def consequence(self, view: RowFormView, given: dict[str, Any]) -> str:
        return ""

    def removal(self) -> str:
        """What follows when a row is removed."""
        return _(
            "The entry is removed from this page. The activity log shows its dates and who "
            "removed it."
        )

    def preview(self, view: CompanyActView, given: dict[str, Any]) -> dict[str, Any]:
        return {}


class RowFormView(CompanyActView):
    """Add a row, or correct the one whose key is in the address."""

    kind = RowKind()
    sentence: str | Promise = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | self.kind.form_kwargs(self)

    def get_initial(self) -> dict[str, Any]:
        if not self.object:
            return {}
        return {name: getattr(self.object, name) for name in self.kind.form_class.base_fields}

    def get_cancel_url(self) -> str:
        return self.kind.page()

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return self.kind.recorded(self, given)

    def get_consequence(self, given: dict[str, Any]) -> str:
        return self.kind.consequence(self, given)

    def get_preview(self, given: dict[str, Any]) -> dict[str, Any]:
        return self.kind.preview(self, given)

    def act(self, **given: Any) -> tuple[str, str]:
        if self.object:
            row = self.kind.correct(self.object, **given, **self.signed)
        else:
            row = self.kind.add(self.company, **given, **self.signed)
        return self.kind.page(row), str(self.sentence)


class RowRemoveView(CompanyActView):
    """Remove a row: what stands there is shown before it goes."""

    kind = RowKind()
    sentence: str | Promise = ""
    form_class = forms.Form
    is_reviewed = True

    def get_cancel_url(self) -> str:
        return self.kind.page()

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return self.kind.removed(self.object)

    def get_consequence(self, given: dict[str, Any]) -> str:
        return self.kind.removal()

    def get_preview(self, given: dict[str, Any]) -> dict[str, Any]:
        return self.kind.preview(self, given)

    def act(self, **given: Any) -> tuple[str, str]:
        page = self.kind.page(self.object)
        self.kind.remove(self.object, **self.signed)
        return page, str(self.sentence)
