"""How the acts on accounts read in the ledger. Its readers know the people by name."""

from typing import Any

from records.ledger_words import SUBJECTS, Subject


def open_to_all(reader: Any) -> bool:
    """Who acts is named in every line, and so are those whose accounts it tells of."""
    return True


SUBJECTS.add_all(
    Subject("accounts.*", open_to_all),
    Subject("accounts.User", title=str),
)
