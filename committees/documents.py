"""The kinds of documents this app owns, and who may see them."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from records import kinds
from records.enums import Retention


def open_to_readers(user: User | AnonymousUser) -> bool:
    """Whoever may read where duties stand may read what proves it."""
    return user.has_perm("committees.view_standing")


ATTESTATION = kinds.register(
    "attestation",
    _("Proof of a duty performed"),
    visible=open_to_readers,
    retention=Retention.FOR_GOOD,
)
