"""The committee's page in the menu."""

from django.utils.translation import gettext_lazy as _

from records.navigation import NAVIGATION, Place

NAVIGATION.add(
    Place(
        "committees.committee", _("Committee"), "committee", "committees.view_committee", order=60
    )
)
