"""The roof: home page and Board report."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "charter_portal"
    verbose_name = "Portal"
