"""Acts that record a whole sheet at once: what is refused says which of its rows it is about."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator


class RowRefusedError(ValidationError):
    """A refusal about one row, counted from 0. Nothing of the sheet is recorded."""

    def __init__(self, row: int, refusal: ValidationError) -> None:
        super().__init__(refusal.error_dict if hasattr(refusal, "error_dict") else refusal)
        self.row = row


@contextmanager
def row(number: int) -> Iterator[None]:
    """What is refused within is refused of this row."""
    try:
        yield
    except ValidationError as refusal:
        raise RowRefusedError(number, refusal) from refusal
