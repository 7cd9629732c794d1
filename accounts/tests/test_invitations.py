"""Invitations: one open at a time, a link minted with its mail, used once, for seven days."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts import services
from accounts.enums import Invited, Role, Way
from accounts.models import Invitation, User
from accounts.tests.coming_in import NOW, invited, link, mail, newest, opened
from records.enums import NewAccounts, SystemActor
from records.models import LedgerEntry, Notice
from records.services.company import change_company, set_up

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)


def actions() -> list[str]:
    return list(LedgerEntry.objects.values_list("action", flat=True))


def found(secret: str) -> Invitation | None:
    return services.find_invitation(services.digest_of(secret))


def accept(invitation: Invitation, at=NOW) -> None:
    services.accept_invitation(invitation, Way.PASSWORD, lambda user: None, at=at)


def test_adding_a_person_owes_them_an_invitation(secretary: User) -> None:
    person = invited(secretary)
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient) == ("accounts.invitation", person)
    assert newest().state(NOW) == Invited.WAITING
    assert actions() == ["person.registered", "person.invited"]


def test_operator_invites_nobody_and_so_does_who_gives_a_password(secretary: User) -> None:
    services.register_person("a@example.com", "A", by=SystemActor.OPERATOR, at=NOW)
    services.register_person("b@example.com", "B", by=secretary, at=NOW, password="x" * 20)
    assert not Invitation.objects.exists()


@time_machine.travel(NOW, tick=False)
def test_link_is_made_with_the_mail_and_kept_nowhere(secretary: User) -> None:
    invited(secretary)
    url = link()
    secret, invitation = url.split("/")[2], newest()
    assert invitation.expires_at == NOW + WEEK
    assert secret not in str(vars(invitation))
    assert found(secret) == invitation
    assert found("") is services.find_invitation("") is None
    session = opened(url).session
    assert dict(session) == {"invitation": invitation.digest}
    assert services.find_invitation(secret) is None


def test_mail_written_again_kills_the_link_of_the_one_before(secretary: User) -> None:
    invited(secretary)
    first, second = link().split("/")[2], link().split("/")[2]
    assert found(first) is None
    assert found(second) == newest()


def test_invited_again_the_old_link_dies(secretary: User) -> None:
    person = invited(secretary)
    old = link().split("/")[2]
    services.invite(person, by=secretary, at=NOW)
    assert found(old).state(NOW) == Invited.REPLACED
    assert [one.state(NOW) for one in Invitation.objects.all()] == [
        Invited.REPLACED,
        Invited.WAITING,
    ]


@time_machine.travel(NOW, tick=False)
def test_states_follow_the_days(secretary: User) -> None:
    invited(secretary)
    link()
    invitation = newest()
    assert invitation.state(NOW + WEEK - HOUR) == Invited.SENT
    assert invitation.state(NOW + WEEK) == Invited.EXPIRED
    accept(invitation, NOW + HOUR)
    assert newest().state(NOW + WEEK) == Invited.ACCEPTED
    assert mail("accounts.invitation") is None


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("case", ["not sent", "twice", "too late", "closed", "another link since"])
def test_accepting_what_is_over_is_refused(secretary: User, case: str) -> None:
    person = invited(secretary)
    if case != "not sent":
        link()
    invitation, at = newest(), NOW
    if case == "twice":
        accept(invitation)
    if case == "too late":
        at = NOW + WEEK
    if case == "closed":
        services.close_account(person, by=secretary, at=NOW)
    if case == "another link since":
        link()
    with pytest.raises(ValidationError):
        accept(invitation, at)


def test_closing_an_account_takes_the_invitation_back(secretary: User) -> None:
    person = invited(secretary)
    services.close_account(person, by=secretary, at=NOW)
    assert newest().state(NOW) == Invited.REPLACED
    assert mail("accounts.invitation") is None
    with pytest.raises(ValidationError, match="not open"):
        services.invite(person, by=secretary, at=NOW)


def test_who_signs_in_already_is_not_invited(secretary: User) -> None:
    """An invitation would be a way past the second factor."""
    person = invited(secretary)
    services.set_password(person, "x" * 20, by=person, at=NOW)
    assert newest().state(NOW) == Invited.REPLACED
    with pytest.raises(ValidationError, match="This person can already sign in"):
        services.invite(person, by=secretary, at=NOW)


@pytest.mark.parametrize(
    ("whose", "wrong"),
    [("invited", {}), ("secretary", {"digest": "a"}), ("secretary", {"accepted_at": NOW})],
)
def test_database_keeps_one_open_invitation_and_whole_links(
    secretary: User, whose: str, wrong: dict[str, object]
) -> None:
    user = invited(secretary) if whose == "invited" else secretary
    with pytest.raises(IntegrityError):
        Invitation.objects.create(user=user, invited_at=NOW, **wrong)


# Two people for a new account, where the company chooses so


@pytest.fixture
def by_two() -> None:
    company = set_up(name="Larch Instruments, Inc.", by=SystemActor.OPERATOR, at=NOW)
    change_company(company, new_accounts=NewAccounts.BY_TWO, by=SystemActor.OPERATOR, at=NOW)


def test_account_waits_for_a_second_person(
    by_two: None, secretary: User, administrator: User
) -> None:
    person = invited(secretary)
    assert (person.is_active, person.awaits_confirmation) == (False, True)
    assert [n.recipient for n in Notice.objects.filter(kind="accounts.account_waits")] == [
        administrator
    ]
    assert mail("accounts.account_waits").url == f"/people/{person.pk}/"
    assert not Invitation.objects.exists()
    services.confirm_account(person, by=administrator, at=NOW)
    person.refresh_from_db()
    assert (person.is_active, person.awaits_confirmation) == (True, False)
    assert newest().user == person
    assert actions()[-3:] == ["person.registered", "account.confirmed", "person.invited"]
    assert mail("accounts.account_waits") is None


def test_nobody_confirms_whom_they_added(
    by_two: None, secretary: User, administrator: User
) -> None:
    person = invited(secretary)
    with pytest.raises(ValidationError, match="The person who added an account cannot confirm it"):
        services.confirm_account(person, by=secretary, at=NOW)
    for way_round in (services.open_account, services.invite):
        with pytest.raises(ValidationError):
            way_round(person, by=administrator, at=NOW)
    services.confirm_account(person, by=administrator, at=NOW)
    with pytest.raises(ValidationError, match="does not need confirmation"):
        services.confirm_account(person, by=administrator, at=NOW)


def test_role_may_be_given_meanwhile(by_two: None, secretary: User) -> None:
    person = invited(secretary)
    services.give_role(person, Role.DIRECTOR, NOW.date(), by=secretary, at=NOW)
    assert not User.objects.get(pk=person.pk).has_perm("records.view_company")


def test_database_opens_no_account_that_waits(secretary: User) -> None:
    with pytest.raises(IntegrityError):
        User.objects.filter(pk=secretary.pk).update(awaits_confirmation=True)
