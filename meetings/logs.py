"""Keeps the secret addresses of calendars out of the web log."""

from __future__ import annotations

import logging
import re

SECRET = re.compile(r"(/calendar/)[^/\s]+")


class WithoutSecretAddresses(logging.Filter):
    """Writes `/calendar/…` in the place of a calendar's address."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if SECRET.search(message):
            record.msg, record.args = SECRET.sub(r"\1…", message), ()
        return True
