"""Second factors: passkeys, one-time codes and recovery codes, kept by the sign-in library.

What it keeps of a secret is encrypted under a key of its own, outside the database: a copy of the
database alone makes nobody's code.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from nacl.encoding import URLSafeBase64Encoder
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

Type = Authenticator.Type
# Recovery codes stand in for a factor; alone they are none.
FACTORS = (Type.WEBAUTHN, Type.TOTP)


LAST_ONE = _("This is your only way of two-step verification. Set up another one first.")


class UnreadableSecretError(Exception):
    """A stored secret does not open: the key is another, or the row was altered. Never passed over."""


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": LAST_ONE,
        "cannot_generate_recovery_codes": _(
            "Set up a passkey or app codes first. Then you can create recovery codes."
        ),
        "incorrect_code": _("The code is not correct. Enter the code that the app shows now."),
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode(), encoder=URLSafeBase64Encoder).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode(), encoder=URLSafeBase64Encoder).decode()
        except (CryptoError, ValueError) as fault:
            raise UnreadableSecretError(
                "A two-step verification secret cannot be decrypted with MFA_KEY. The key is "
                "a different one, or the row was changed."
            ) from fault

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not is_last(authenticator)

    def generate_authenticator_name(self, user: AbstractBaseUser, kind: str) -> str:
        """The name that is offered; people know their devices by better ones."""
        number = of(user).filter(type=kind).count() + 1
        return str(_("My passkey") if number == 1 else _("My passkey %d") % number)

    def get_totp_issuer(self) -> str:
        return str(_("Charter portal"))

    def _get_site_name(self) -> str:
        return str(_("Charter portal"))


def _box() -> SecretBox:
    return SecretBox(hashlib.blake2b(settings.MFA_KEY.encode(), digest_size=32).digest())


def of(user: AbstractBaseUser) -> Any:
    return Authenticator.objects.filter(user_id=user.pk)


def has_any(user: AbstractBaseUser) -> bool:
    return bool(of(user).filter(type__in=FACTORS).exists())


def has_passkey(user: AbstractBaseUser) -> bool:
    return bool(of(user).filter(type=Type.WEBAUTHN).exists())


def is_last(factor: Authenticator) -> bool:
    """The last one stays, for without one the portal is closed to its person."""
    others = Authenticator.objects.filter(user_id=factor.user_id).exclude(pk=factor.pk)
    return not others.filter(type__in=FACTORS).exists()


def refuse_to_end_the_last(factor: Authenticator) -> None:
    if is_last(factor):
        raise ValidationError(LAST_ONE)
