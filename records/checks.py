"""What `manage.py check` looks at on this layer."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import connections
from django.http.request import validate_host

from records import guards, sending


@register(Tags.database)
def ledger_is_guarded(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """`check --database default`. Warnings only: an error would keep `migrate` from the cure."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if not guards.has_ledger(connection):
            if guards.has_tables(connection):
                found.append(_missing_ledger())
        elif not guards.present(connection):
            found.append(_missing_guards())
    return found


def _missing_ledger() -> CheckMessage:
    return checks.Warning(
        "The ledger's table is missing, but other tables of the portal are in the database.",
        hint="If the portal was never set up completely, run manage.py migrate. Otherwise the table "
        "was removed: restore the last backup (docs/operations.md), then run manage.py "
        "verify_ledger.",
        id="records.W002",
    )


def _missing_guards() -> CheckMessage:
    return checks.Warning(
        "The database triggers that protect the ledger are missing or were changed, or another "
        "trigger or rule is on a table of the portal.",
        hint="Run manage.py migrate to restore them, then manage.py verify_ledger. "
        "Remove other triggers and rules by hand.",
        id="records.W001",
    )


@register(Tags.security, deploy=True)
def secrets_are_apart(**kwargs: Any) -> list[CheckMessage]:
    """`check --deploy`, which asks no database."""
    key = str(settings.LEDGER_SEAL_KEY)
    if len(key) >= 32 and key != settings.SECRET_KEY:
        return []
    return [
        checks.Error(
            "LEDGER_SEAL_KEY is shorter than 32 characters or the same as SECRET_KEY.",
            hint="Set LEDGER_SEAL_KEY to a long random key of its own and keep a copy. "
            "Without it the ledger's seals cannot be checked.",
            id="records.E002",
        )
    ]


@register(Tags.security, deploy=True)
def documents_are_private(**kwargs: Any) -> list[CheckMessage]:
    """Documents are served through an access check and never as static files."""
    media, static = settings.MEDIA_ROOT.resolve(), settings.STATIC_ROOT.resolve()
    if not media.is_relative_to(static) and not static.is_relative_to(media):
        return []
    return [
        checks.Error(
            "Documents and static files are in the same folder.",
            hint="Set MEDIA_ROOT to a folder that no web server serves.",
            id="records.E003",
        )
    ]


@register(Tags.security, deploy=True)
def mails_lead_to_the_portal(**kwargs: Any) -> list[CheckMessage]:
    """Every link in a mail begins with this address, and some of them are secret."""
    address = urlsplit(settings.PORTAL_URL)
    host = address.hostname or ""
    is_named = host[:1].isalnum() and validate_host(host, settings.ALLOWED_HOSTS)
    if address.scheme == "https" and is_named and not address.path:
        return []
    return [
        checks.Error(
            "PORTAL_URL is not an HTTPS address of the portal.",
            hint="Write it like https://portal.example.com, with a host of ALLOWED_HOSTS.",
            id="records.E004",
        )
    ]


@register(Tags.security, deploy=True)
def mails_reach_people(**kwargs: Any) -> list[CheckMessage]:
    """A real installation has a mail server."""
    if settings.EMAIL_IS_NAMED and sending.goes_to_a_server():
        return []
    why = (
        "EMAIL_URL is left out, or is the one of .env.example."
        if sending.goes_to_a_server()
        else "emails are written to a folder and reach nobody."
    )
    return [
        checks.Error(
            f"No mail server is set up: {why}",
            hint="Set EMAIL_URL, for example smtp+tls://USER:PASSWORD@mail.example.com:587.",
            id="records.E005",
        )
    ]
