"""Cells of tables that a spreadsheet opens."""

# A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """The text of a cell, which is read as text whatever it begins with."""
    return f"'{text}" if text.startswith(FORMULA) else text
