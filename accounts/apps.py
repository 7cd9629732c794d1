"""People, their roles and their sign-in."""

from records import registry


class AccountsConfig(registry.PortalApp):
    name = "accounts"
    verbose_name = "Accounts"
