"""What the clock does at the doors."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session

from records import clock


@shared_task
def forget_sessions() -> None:
    """Of a session that is over nothing is kept: neither its device nor its days."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
