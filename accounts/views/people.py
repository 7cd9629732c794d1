"""The people: who they are, how they are let in, and whose account is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from accounts import factors, services
from accounts.enums import Invited, Role
from accounts.forms import ConfirmForm, PersonForm
from accounts.models import User
from accounts.views.deciding import PeopleActView
from records import clock
from records.dates import short_day
from records.views.base import PageView

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    # Generic for the type checker only.
    ListOfUsers: TypeAlias = ListView[User]
    DetailOfUser: TypeAlias = DetailView[User]
else:
    ListOfUsers, DetailOfUser = ListView, DetailView


@dataclass(frozen=True)
class PersonLine:
    """A person as a line of a list: who, and in which roles today."""

    pk: int
    name: str
    email: str
    roles: str
    url: str
    is_active: bool
    invitation: str = ""
    awaits_confirmation: bool = False
    asks: bool = False

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def other_names(self) -> str:
        return self.name.partition(" ")[2]


def line_of(user: User, on: date) -> PersonLine:
    held = user.roles(on)
    return PersonLine(
        pk=user.pk,
        name=str(user),
        email=user.email,
        roles=", ".join(str(role.label) for role in Role if role in held),
        url=user.get_absolute_url(),
        is_active=user.is_active,
    )


def listed(user: User, on: date, at: datetime) -> PersonLine:
    """The line with how far the invitation has come, and whether something is asked."""
    return replace(
        line_of(user, on),
        invitation=invitation_words(user, at),
        awaits_confirmation=user.awaits_confirmation,
        asks=any(reset.is_open(at) for reset in user.all_resets),
    )


def invitation_words(user: User, at: datetime) -> str:
    """How far the newest invitation has come; nothing of one that was taken back."""
    newest = max(user.all_invitations, key=lambda one: one.pk, default=None)
    state = newest.state(at) if newest else Invited.REPLACED
    if newest is None or state == Invited.REPLACED:
        return ""
    invited = short_day(localdate(newest.invited_at))
    words = {
        Invited.WAITING: _("invited %(day)s, email is being sent"),
        Invited.SENT: _("invited %(day)s, link works until %(until)s"),
        Invited.EXPIRED: _("invited %(day)s, link expired %(until)s"),
        Invited.ACCEPTED: _("invited %(day)s, accepted %(accepted)s"),
    }[state]
    return words % {
        "day": invited,
        "until": short_day(localdate(newest.expires_at)) if newest.expires_at else "",
        "accepted": short_day(localdate(newest.accepted_at)) if newest.accepted_at else "",
    }


class PeopleView(PageView, ListOfUsers):
    permission_required = "accounts.view_user"
    template_name = "accounts/user_list.html"

    def get_queryset(self) -> QuerySet[User]:
        return User.objects.with_roles().with_sign_in_state()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, now = clock.today(), clock.now()
        lines = [listed(user, today, now) for user in self.object_list]
        return super().get_context_data(
            lines=lines, may_change=self.user.has_perm("accounts.change_user"), **kwargs
        )


class PersonView(PageView, DetailOfUser):
    permission_required = "accounts.view_user"
    template_name = "accounts/user_detail.html"
    context_object_name = "person"

    def get_queryset(self) -> QuerySet[User]:
        return User.objects.with_roles().with_sign_in_state()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, now = clock.today(), clock.now()
        terms = sorted(self.object.role_terms, key=lambda term: term.starts_on, reverse=True)
        return super().get_context_data(
            terms=[
                (
                    term,
                    term.covers(today),
                    # Nobody ends their own.
                    self.object != self.user and term.can_end_after(today),
                )
                for term in terms
            ],
            may_change=self.user.has_perm("accounts.change_user"),
            invitation=invitation_words(self.object, now),
            may_invite=self.object.is_active and not signs_in(self.object),
            reset=next((one for one in self.object.all_resets if one.is_open(now)), None),
            **kwargs,
        )


def signs_in(user: User) -> bool:
    return user.has_usable_password() or factors.has_any(user)


class PersonAddView(PeopleActView):
    form_class = PersonForm
    template_name = "accounts/user_add.html"

    def act(self, **given: Any) -> tuple[str, str]:
        person = services.register_person(**given, by=self.user, at=clock.now())
        sentence = (
            _("Another person must confirm %(person)s. You can give a role now.")
            if person.awaits_confirmation
            else _("%(person)s was invited by email. Now give a role.")
        )
        return person.get_absolute_url(), sentence % {"person": person}


class InviteView(PeopleActView):
    form_class = ConfirmForm
    template_name = "accounts/invite.html"
    context_object_name = "person"
    queryset = User.objects.all()

    def act(self, **given: Any) -> tuple[str, str]:
        services.invite(self.object, by=self.user, at=clock.now())
        sentence = _("%(person)s was invited. Earlier links no longer work.")
        return self.object.get_absolute_url(), sentence % {"person": self.object}


class AccountConfirmView(PeopleActView):
    form_class = ConfirmForm
    template_name = "accounts/account_confirm.html"
    context_object_name = "person"
    queryset = User.objects.filter(awaits_confirmation=True)

    def act(self, **given: Any) -> tuple[str, str]:
        person = services.confirm_account(self.object, by=self.user, at=clock.now())
        sentence = _("The account of %(person)s was confirmed, and the invitation was sent.")
        return person.get_absolute_url(), sentence % {"person": person}


class AccountView(PeopleActView):
    """Closing an account, or opening it again; each address says which."""

    form_class = ConfirmForm
    context_object_name = "person"
    queryset = User.objects.all()
    opens = False

    def get_template_names(self) -> list[str]:
        return ["accounts/account_open.html" if self.opens else "accounts/account_close.html"]

    def act(self, **given: Any) -> tuple[str, str]:
        person = self.object
        act = services.open_account if self.opens else services.close_account
        act(person, by=self.user, at=clock.now())
        sentence = (
            _("The account of %(person)s was reopened.")
            if self.opens
            else _("The account of %(person)s was closed.")
        )
        return person.get_absolute_url(), sentence % {"person": person}
