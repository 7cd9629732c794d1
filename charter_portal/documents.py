"""The kind of document this app owns, and who may see which of them."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from charter_portal.models import BoardReport
from records import clock, kinds


def reports_open_to(user: User | AnonymousUser) -> Q | bool:
    """Whoever may read reports, but for those whose audience is closed to them."""
    if not user.has_perm("charter_portal.view_report"):
        return False
    return Q(board_report__in=BoardReport.objects.visible_to(user, on=clock.today()))


BOARD_REPORT = kinds.register("board_report", _("Report to the Board"), visible=reports_open_to)
