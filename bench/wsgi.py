"""The portal as it is served, with the view that does nothing beside its pages."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charter_portal.settings")

from django.conf import settings

settings.ROOT_URLCONF = "bench.urls"

from charter_portal.wsgi import application  # noqa: E402 - the addresses are named first

__all__ = ["application"]
