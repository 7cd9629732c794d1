"""The ground: company and calendar, ledger, documents, PDF."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def guard_ledger(using: str, **kwargs: Any) -> None:
    """Put the ledger's guards in place after every migration and flush."""
    from records import guards

    guards.install(connections[using])


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        from records import checks, kinds, narrative, notice_kinds  # noqa: F401

        kinds.autodiscover()
        narrative.autodiscover()
        notice_kinds.autodiscover()
        post_migrate.connect(guard_ledger, sender=self)
