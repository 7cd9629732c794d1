"""What cannot be undone on the ground floor, after signing in afresh.

The pages are of that floor, which knows no sign-in; their addresses are the roof's.
"""

from __future__ import annotations

from accounts.access import FreshMixin, PermitMixin
from records.views import holds, notices, purges


class PurgeView(PermitMixin, FreshMixin, purges.PurgeView):
    permission_required = "records.purge_document"


class NightlyView(PermitMixin, FreshMixin, purges.NightlyView):
    permission_required = "records.purge_document"


class NoticesPurgeView(PermitMixin, FreshMixin, notices.NoticesPurgeView):
    permission_required = "records.change_notice"


class HoldLiftView(PermitMixin, FreshMixin, holds.HoldLiftView):
    permission_required = "records.place_hold"

    def may_look(self) -> bool:
        """Nobody signs in again only to learn that there is no such hold."""
        return super().may_look() and self.object is not None
