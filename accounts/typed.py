"""What somebody typed into a form whose sign-in had ended meanwhile. It is kept, encrypted, until they
have signed in, half an hour at most, and shown once in the form it was typed into, unsaved. One form
for each session, and a limited amount of all: anybody may send a form without signing in.

No file, no password, and nothing of the concerns desk, whose forms are no `ActView`.
"""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import blake2b
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Sum
from django.http import QueryDict
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from accounts.models import KeptForm
from records import clock

if TYPE_CHECKING:
    from django.http import HttpRequest

KEY = "typed"
SECONDS = 30 * 60
# As long as the longest minutes; more is left with the browser's own "back".
MOST = 300_000
# Of everybody together, in bytes. Beyond that nothing is kept until older forms are gone.
WHOLE = 20_000_000
NOT_TYPED = ("csrfmiddlewaretoken", "confirmed", "back")
SECRETS = ("password", "credential", "code")


def keep(request: HttpRequest) -> bool:
    """Keep what was posted for the address it was posted to. Answers whether it was kept."""
    names = [name for name in request.POST if _is_text(name)]
    values = {name: request.POST.getlist(name) for name in names}
    said = json.dumps({"path": request.get_full_path(), "at": _now(), "values": values})
    if not values or len(said) > MOST:
        return False
    sealed = bytes(_box().encrypt(said.encode()))
    _forget(request)
    forget_old()
    held = KeptForm.objects.aggregate(held=Sum("size"))["held"] or 0
    if held + len(sealed) > WHOLE:
        return False
    kept = KeptForm.objects.create(
        id=token_hex(16), kept_at=clock.now(), size=len(sealed), sealed=sealed
    )
    request.session[KEY] = kept.pk
    return True


def forget_old() -> None:
    KeptForm.objects.filter(kept_at__lt=clock.now() - timedelta(seconds=SECONDS)).delete()


def _forget(request: HttpRequest) -> None:
    """What this session kept before."""
    if before := request.session.pop(KEY, None):
        KeptForm.objects.filter(pk=before).delete()


def take(request: HttpRequest) -> QueryDict | None:
    """What was typed at this address before the sign-in; None where nothing was, or too long ago."""
    if KEY not in request.session:
        return None
    row = KeptForm.objects.filter(pk=request.session[KEY]).first()
    kept = _read(bytes(row.sealed)) if row else None
    if kept is None or _now() - kept["at"] > SECONDS:
        _forget(request)
        return None
    if kept["path"] != request.get_full_path():
        return None
    _forget(request)
    typed = QueryDict(mutable=True)
    for name, values in kept["values"].items():
        typed.setlist(name, values)
    return typed


def _is_text(name: str) -> bool:
    return name not in NOT_TYPED and not any(word in name for word in SECRETS)


def _now() -> int:
    return int(clock.now().timestamp())


def _box() -> SecretBox:
    key = blake2b(settings.SECRET_KEY.encode(), digest_size=SecretBox.KEY_SIZE, person=b"typed")
    return SecretBox(key.digest())


def _read(sealed: bytes) -> dict[str, Any] | None:
    """None where it was sealed with a key that was replaced since."""
    try:
        return dict(json.loads(_box().decrypt(sealed)))
    except (CryptoError, ValueError):
        return None
