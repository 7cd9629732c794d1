"""The charter with its clauses, duties and standings, open items, deadlines and events."""

from records import registry


class ChartersConfig(registry.PortalApp):
    name = "charters"
    verbose_name = "Charters"
