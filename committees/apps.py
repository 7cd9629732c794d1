"""Directors, memberships, the charter with its clauses, duties and standings."""

from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = "Committees"
