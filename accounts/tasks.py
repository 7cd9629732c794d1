"""What runs on a schedule for accounts."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from celery.schedules import crontab
from django.contrib.sessions.models import Session

from accounts import services, typed
from records import clock
from records.schedule import SCHEDULE, Scheduled


@shared_task
def forget_sessions() -> None:
    """Of a session that is over nothing is kept: neither its device nor its days."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    typed.forget_old()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


@shared_task
def answer_password_requests() -> None:
    """Owe what was asked for on the sign-in page, at once; every minute where no worker was woken."""
    services.answer_password_requests(at=clock.now())


SCHEDULE.add(
    Scheduled("accounts.answer_password_requests", answer_password_requests, crontab(), expires=60)
)
SCHEDULE.add(Scheduled("accounts.forget_sessions", forget_sessions, crontab(hour=4, minute=10)))
