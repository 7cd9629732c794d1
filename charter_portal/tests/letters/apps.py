"""Letters from regulators, received and answered."""

from records import registry


class LettersConfig(registry.PortalApp):
    name = "charter_portal.tests.letters"
    label = "letters"
