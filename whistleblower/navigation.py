"""The desk, from the committee's page of the menu. No entry tells whether there are cases."""

from django.utils.translation import gettext_lazy as _

from records.navigation import NAVIGATION, Place

NAVIGATION.add_all(
    Place(
        "whistleblower.channel",
        _("Concerns channel"),
        "channel",
        "whistleblower.view_channel",
        order=10,
        group="committees.committee",
    ),
    Place(
        "whistleblower.desk",
        _("Concerns desk"),
        "desk",
        "whistleblower.open_desk",
        order=20,
        group="committees.committee",
    ),
)
