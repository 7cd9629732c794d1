"""Directors, memberships and chairs."""

from records import registry


class CommitteesConfig(registry.PortalApp):
    name = "committees"
    verbose_name = "Committees"
