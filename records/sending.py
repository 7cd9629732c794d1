"""Handing one mail to the mail server, and knowing what became of it.

The one thing that must not be guessed: whether the server took it. What it refused, or what never
began, may be tried again. A conversation that broke off without an answer is uncertain.
"""

from __future__ import annotations

import logging
import smtplib
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import get_connection

from records.enums import Setback

if TYPE_CHECKING:
    from django.core.mail import EmailMessage
    from django.core.mail.backends.base import BaseEmailBackend

FOLDER = "django.core.mail.backends.filebased.EmailBackend"
SERVER = "django.core.mail.backends.smtp.EmailBackend"

logger = logging.getLogger(__name__)

PERMANENT = 500
REPLY = 400


class UncertainError(Exception):
    """The mail server may have taken the mail, or not."""


def goes_to_a_folder() -> bool:
    """Whether emails are written to a folder of this machine, and reach nobody."""
    return settings.EMAIL_BACKEND == FOLDER


def goes_to_a_server() -> bool:
    """Whether emails leave this process for a mail server. Other backends print or drop them."""
    return settings.EMAIL_BACKEND == SERVER


def hand_over(mail: EmailMessage) -> Setback | None:
    """Give a mail to the server: None where it was taken, else why it surely was not.

    Raises UncertainError where nobody can tell. A connection for each mail, so that a server that
    ends an idle one leaves no doubt about the next.
    """
    with ExitStack() as stack:
        try:
            connection = get_connection()
            stack.callback(_close, connection)
            connection.open()
        except Exception as fault:  # whatever it was, no word of the mail was said
            return _unopened(fault)
        return _send(connection, mail)


def _unopened(fault: Exception) -> Setback:
    """Why there is no connection: a password, say, that no server can be told."""
    match fault:
        case smtplib.SMTPAuthenticationError():
            return Setback.SIGN_IN
        case OSError():  # of which SMTPException is one
            return Setback.UNREACHABLE
    logger.error("The mail server settings are not valid.", exc_info=fault)
    return Setback.SETTINGS


def _close(connection: BaseEmailBackend) -> None:
    with suppress(OSError):
        connection.close()


def _send(connection: BaseEmailBackend, mail: EmailMessage) -> Setback | None:
    try:
        taken = connection.send_messages([mail])
    except (smtplib.SMTPNotSupportedError, ValueError):
        # The headers are written before anything is said to the server.
        return Setback.ADDRESS
    except OSError as fault:
        return _read(fault)
    return None if taken else Setback.LATER


def _read(fault: OSError) -> Setback:
    """What the server's reply says; UncertainError where there was none."""
    match fault:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, __ in fault.recipients.values()]
            return Setback.RECIPIENT if min(codes, default=0) >= PERMANENT else Setback.LATER
        case smtplib.SMTPResponseException() if fault.smtp_code >= REPLY:
            if fault.smtp_code < PERMANENT:
                return Setback.LATER
            is_sender = isinstance(fault, smtplib.SMTPSenderRefused)
            return Setback.SENDER if is_sender else Setback.CONTENT
    raise UncertainError from fault
