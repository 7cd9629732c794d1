"""What the web log says of the channel and the desk: a status, an error's class, a random mark.

No address, because that of a case would tell that there is one; no traceback, because an error may
repeat what was typed or opened.
"""

from __future__ import annotations

import logging
import secrets

from whistleblower.doors import is_private


class WithoutCases(logging.Filter):
    """Shortens every record about a request to the channel or the desk."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if is_private(getattr(request, "path_info", "")):
            error = record.exc_info[0] if record.exc_info else None
            said = (getattr(record, "status_code", ""), error.__name__ if error else "")
            record.msg = " ".join(["channel or desk", *map(str, filter(None, said)), mark()])
            record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
            record.request = None
        return True


def mark() -> str:
    """Tells two records apart, and nothing else."""
    return secrets.token_hex(4)
