"""What tests of signing in share: invited people, links, and people who have lost something."""

from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.models import Invitation, User
from accounts.sessions import SECOND_FACTOR
from records.models import Notice
from records.notice_kinds import NOTICE_KINDS, EmailLine
from records.tests.browser import Browser

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
PASSWORD = "quiet river of stones"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def invited(by: User, at: datetime = NOW) -> User:
    return services.register_person("ruth@example.com", "Ruth Feld", by=by, at=at)


def mail(kind: str) -> EmailLine | None:
    """What the newest notice of a kind says at delivery."""
    notice = Notice.objects.filter(kind=kind).order_by("pk").last()
    return NOTICE_KINDS.get(kind).compose(notice, notice.recipient)


def link() -> str:
    """The link in the newest invitation's mail."""
    line = mail("accounts.invitation")
    assert line
    return line.url


def opened(url: str) -> Client:
    """A stranger's browser that followed a link."""
    client = Browser()
    assert client.get(url).url == reverse("invitation")
    return client


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def with_codes(user: User) -> Authenticator:
    return TOTP.activate(with_password(user), SEED).instance


def code(at: datetime, seed: str = SEED) -> str:
    return format_hotp_value(hotp_value(seed, int(at.timestamp()) // 30))


def password_shown(user: User, client: Client | None = None) -> Client:
    client = client or Browser()
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    return client


def both_shown(user: User) -> Client:
    """Signed in by password, as if the second factor had been shown."""
    client = password_shown(user)
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    return client


def newest() -> Invitation:
    return Invitation.objects.order_by("pk").last()
