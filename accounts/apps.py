"""People, their roles and their sign-in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """The access table is complete before the first request."""
        from accounts import checks, permissions  # noqa: F401

        permissions.discover()
