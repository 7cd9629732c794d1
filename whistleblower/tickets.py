"""What a browser carries for the channel and the desk: sealed values, with the time inside.

No row is kept for a visit. The key comes from the secret key and the desk key of the environment.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from django.conf import settings

from whistleblower.crypto import sealing
from whistleblower.crypto.sealing import SealBrokenError

# A return visit, and an open desk, end after this long without a request.
VISIT_LASTS = timedelta(minutes=30)
DESK_LASTS = timedelta(minutes=15)


def _key(purpose: str) -> bytes:
    secret = blake2b(settings.SECRET_KEY.encode(), digest_size=32).digest()
    inner = blake2b(settings.DESK_KEY.encode(), digest_size=32, key=secret).digest()
    return blake2b(purpose.encode(), digest_size=32, key=inner).digest()


def issue(purpose: str, at: datetime, **values: Any) -> str:
    text = json.dumps({"at": at.timestamp(), **values}).encode()
    sealed = sealing.seal(_key(purpose), text, purpose.encode())
    return urlsafe_b64encode(sealed).decode()


def read(purpose: str, text: str, at: datetime, lasts: timedelta | None) -> dict[str, Any] | None:
    """The values; None where the ticket is none of ours, or older than it lasts."""
    try:
        sealed = urlsafe_b64decode(text.encode())
        values: dict[str, Any] = json.loads(sealing.unseal(_key(purpose), sealed, purpose.encode()))
    except (SealBrokenError, ValueError):
        return None
    age = at.timestamp() - values["at"]
    return None if lasts is not None and age > lasts.total_seconds() else values
