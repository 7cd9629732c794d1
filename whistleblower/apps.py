"""The anonymous channel for concerns, and the pages of its readers."""

from django.conf import settings

from records import registry
from whistleblower.crypto import keys


class WhistleblowerConfig(registry.PortalApp):
    name = "whistleblower"
    verbose_name = "Whistleblower"

    def ready(self) -> None:
        """The demonstration prints its passphrase: slowing down who would guess it is no use."""
        from whistleblower import checks  # noqa: F401

        if settings.DEMO:
            keys.MEMORY, keys.PASSES = keys.LEAST
