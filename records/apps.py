"""The ground: company and calendar, ledger, documents, PDF."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = "Records"
