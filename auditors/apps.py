"""Engagements, fees, pre-approval, independence and findings."""

from django.apps import AppConfig


class AuditorsConfig(AppConfig):
    name = "auditors"
    verbose_name = "Auditors"
