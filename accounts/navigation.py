"""The pages of people and, as `records` knows no roles, those of records, in the menu."""

from django.utils.translation import gettext_lazy as _

from records.navigation import NAVIGATION, Place

COMPANY = "records.company"

NAVIGATION.add_all(
    Place(COMPANY, _("Company"), "company", "records.view_company", order=90),
    Place("accounts.people", _("People"), "people", "accounts.view_user", group=COMPANY),
    Place(
        "records.rules", _("Rules and thresholds"), "rules", "records.view_company", group=COMPANY
    ),
    Place("records.ledger", _("Activity log"), "ledger", "records.view_ledgerentry", group=COMPANY),
    Place("records.notices", _("Emails"), "notices", "records.view_notice", group=COMPANY),
    Place(
        "records.documents",
        _("Documents"),
        "documents",
        "records.view_document",
        group="charter_portal.reports",
    ),
)
