"""Engagements, fees, pre-approval, independence and findings."""

from records import registry


class AuditorsConfig(registry.PortalApp):
    name = "auditors"
    verbose_name = "Auditors"
