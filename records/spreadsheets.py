"""Cells of tables that a spreadsheet opens."""

# A spreadsheet takes a cell that begins so for a formula; some skip space before it, and some read
# the wide signs of East Asian keyboards.
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
CONTROL = ("\t", "\r", "\n")


def guarded(text: str) -> str:
    """The text of a cell, which is read as text whatever it begins with."""
    is_read = text.startswith(CONTROL) or text.lstrip().startswith(FORMULA)
    return f"'{text}" if is_read else text
