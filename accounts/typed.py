"""What somebody typed into a form whose sign-in had ended meanwhile. It is encrypted into the session
until they have signed in, half an hour at most, and shown once in the form it was typed into, unsaved.

No file, no password, and nothing of the concerns desk, whose forms are no `ActView`.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import QueryDict
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from records import clock

if TYPE_CHECKING:
    from django.http import HttpRequest

KEY = "typed"
SECONDS = 30 * 60
# As long as the longest minutes; more is left with the browser's own "back".
MOST = 300_000
NOT_TYPED = ("csrfmiddlewaretoken", "confirmed", "back")
SECRETS = ("password", "credential", "code")


def keep(request: HttpRequest) -> bool:
    """Keep what was posted for the address it was posted to. Answers whether it was kept."""
    names = [name for name in request.POST if _is_text(name)]
    values = {name: request.POST.getlist(name) for name in names}
    said = json.dumps({"path": request.get_full_path(), "at": _now(), "values": values})
    if not values or len(said) > MOST:
        return False
    request.session[KEY] = b64encode(_box().encrypt(said.encode())).decode()
    return True


def take(request: HttpRequest) -> QueryDict | None:
    """What was typed at this address before the sign-in; None where nothing was, or too long ago."""
    if KEY not in request.session:
        return None
    kept = _read(str(request.session[KEY]))
    if kept is None or _now() - kept["at"] > SECONDS:
        del request.session[KEY]
        return None
    if kept["path"] != request.get_full_path():
        return None
    del request.session[KEY]
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


def _read(sealed: str) -> dict[str, Any] | None:
    """None where it was sealed with a key that was replaced since."""
    try:
        return dict(json.loads(_box().decrypt(b64decode(sealed))))
    except (CryptoError, ValueError):
        return None
