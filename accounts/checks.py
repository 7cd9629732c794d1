"""What `manage.py check --deploy` looks at for signing in."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def factors_have_a_key_of_their_own(**kwargs: Any) -> list[CheckMessage]:
    key = str(settings.MFA_KEY)
    if len(key) >= 32 and key not in (settings.SECRET_KEY, settings.LEDGER_SEAL_KEY):
        return []
    return [
        Error(
            "MFA_KEY is shorter than 32 characters or the same as another key.",
            hint="Set MFA_KEY to a long random key of its own, and keep a copy. Without it, "
            "codes for two-step verification do not work.",
            id="accounts.E001",
        )
    ]
