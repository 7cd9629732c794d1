"""What a session has proved: that a second factor was shown, and when somebody last signed in.

Only a real sign-in leaves proof. A persona of the demonstration, taken by "View as", has none and
needs none; outside the demonstration a session without proof reaches nothing.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings

from records import clock

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User

# In the session: whether its person holds a second factor, for which roles its key was made, and
# the last day on which it was used. No hour, and nothing of what was read.
SECOND_FACTOR, ROLES, USED_ON = "second_factor", "roles", "used_on"

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# In the list's column for an address, which cannot stay empty.
# No address to listen on.
NOWHERE = "0.0.0.0"  # noqa: S104  # nosec B104


def begin(request: HttpRequest, user: User, *, has_second_factor: bool) -> None:
    """What a sign-in leaves in its session."""
    request.session[SECOND_FACTOR] = has_second_factor
    restart(request, user)


def restart(request: HttpRequest, user: User) -> None:
    """After a sign-in, and after nothing else: the session ends so long after this."""
    limit(request)
    go_on(request, user)


def go_on(request: HttpRequest, user: User) -> None:
    """The session's list entry, and what its key stands for. It still ends when it would have."""
    request.session[ROLES] = stamp(user)
    request.session[USED_ON] = clock.today().isoformat()
    put_on_the_list(request, user)


def put_on_the_list(request: HttpRequest, user: User) -> None:
    """By its device and its day: neither the hour nor the place of a visit is noted."""
    session = request.session
    if not session.session_key:
        session.save()
    longest = UserSession._meta.get_field("user_agent").max_length
    started = start_of_day(request)
    UserSession.objects.update_or_create(
        session_key=session.session_key,
        defaults={
            "user": user,
            "ip": NOWHERE,
            "user_agent": request.headers.get("user-agent", "")[:longest],
            "created_at": started,
            "last_seen_at": started,
        },
    )


def start_of_day(request: HttpRequest) -> datetime:
    company = getattr(request, "company", None)
    zone = company.zone if company else clock.zone()
    return datetime.combine(clock.today(company), datetime.min.time(), zone)


def limit(request: HttpRequest) -> None:
    """The session ends so long after this, however often it is used."""
    age = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    request.session.set_expiry(clock.now() + age)


def stamp(user: User) -> str:
    return ",".join(sorted(user.roles_today))


def is_persona(request: HttpRequest) -> bool:
    """A person of the demonstration, taken without signing in."""
    return settings.DEMO and SECOND_FACTOR not in request.session


def has_second_factor(request: HttpRequest) -> bool:
    return is_persona(request) or request.session.get(SECOND_FACTOR) is True


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person signed in, or did so again, within the last minutes."""
    if is_persona(request):
        return True
    user = request.user
    proofs = get_authentication_records(request, user if user.is_authenticated else None)
    youngest = max((proof["at"] for proof in proofs), default=0)
    return time.time() - youngest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def add_factor(request: HttpRequest) -> None:
    """The person has a second factor now, which opens more: the session gets a new key."""
    if SECOND_FACTOR in request.session:
        request.session[SECOND_FACTOR] = True
    rotate(request)


def rotate(request: HttpRequest) -> None:
    """A new key for the session, known from here on under it."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def keep_up(request: HttpRequest) -> None:
    """After a change of roles the session gets a new key; on a new day, that day is noted.

    The key waits for a request that changes something: a page loads what is on it at the same time,
    and the answer to a request under the old key would sign the person out. Rights wait for
    nothing: they are asked of the roles, at every request.
    """
    user, session = request.user, request.session
    if not user.is_authenticated or ROLES not in session:
        return
    if request.method not in SAFE and session[ROLES] != stamp(user):
        rotate(request)
        session[ROLES] = stamp(user)
    today = clock.today(getattr(request, "company", None)).isoformat()
    if session.get(USED_ON) != today:
        session[USED_ON] = today
        UserSession.objects.filter(session_key=session.session_key).update(
            last_seen_at=start_of_day(request)
        )
