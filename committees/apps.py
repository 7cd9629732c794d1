"""Directors, memberships, the charter with its clauses, duties and standings."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = "Committees"

    def ready(self) -> None:
        """Every app says in its own `duties.py` what it offers to the charter, in `clocks.py` what
        falls due there, and in `cards.py` which event cards it has."""
        autodiscover_modules("duties", "clocks", "cards")
