"""Sessions in the database, as Django stores them; their query, which every page asks, is written
once (records.prepared)."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from records.prepared import Prepared

_SESSION: Prepared[Session] = Prepared(lambda: Session.objects.filter(session_key=""))


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        """What the session holds; nothing of one that has ended, whose key is not used again."""
        session = _SESSION.first(self.session_key)
        if session is None or session.expire_date <= timezone.now():
            self._session_key = None
            return {}
        return self.decode(session.session_data)
