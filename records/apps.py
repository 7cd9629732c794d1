"""The lowest layer: company and calendar, ledger, notices, documents, PDF."""

from typing import Any

from django.db import connections
from django.db.models import BaseConstraint
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from records import registry

# What a constraint without a sentence of its own says beside a form. Django's names the constraint
# and speaks of a violation. Set here, for this module is loaded before any model.
BaseConstraint.default_violation_error_message = _(
    "These entries do not fit together. Check them and save again."
)


def guard_ledger(using: str, **kwargs: Any) -> None:
    """Put the ledger's guards in place after every migration and flush."""
    from records import guards

    guards.install(connections[using])


class RecordsConfig(registry.PortalApp):
    name = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        from records import checks  # noqa: F401

        post_migrate.connect(guard_ledger, sender=self)
