"""The project package: settings, home page and Board report."""

from records import registry


class PortalConfig(registry.PortalApp):
    name = "charter_portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        """Every app is loaded: find what each registers, and let Celery beat know its schedule."""
        from charter_portal.celery import app
        from records.schedule import beat_schedule

        registry.discover()
        app.conf.beat_schedule = beat_schedule() | app.conf.beat_schedule
