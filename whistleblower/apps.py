"""The anonymous channel and its desk."""

from django.apps import AppConfig


class WhistleblowerConfig(AppConfig):
    name = "whistleblower"
    verbose_name = "Whistleblower"
