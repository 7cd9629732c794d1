"""People who sign in, and the roles they hold over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.enums import Role
from accounts.models.restricted import RecordsField
from accounts.rules import Term
from accounts.withheld import Withheld
from records import clock
from records.models.bases import Versioned
from records.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from accounts.models.sign_in import FactorReset, Invitation


def _listed(relation: str, name: str) -> Prefetch[Any]:
    """What belongs to each person, as a plain list: Django makes no query set for each of them."""
    return Prefetch(relation, to_attr=name)


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> UserQuerySet:
        return self.filter(is_active=True)

    def holding(self, role: Role, on: date) -> UserQuerySet:
        """Who holds a role on a day."""
        return self.filter(pk__in=RoleTerm.objects.held(on).filter(role=role).values("user"))

    def able_to(self, permission: str, on: date) -> UserQuerySet:
        """Whose account is open and whose roles of a day hold a permission."""
        roles = permissions.holders(permission)
        terms = RoleTerm.objects.held(on).filter(role__in=sorted(roles))
        return self.active().filter(pk__in=terms.values("user"))

    def locked(self) -> UserQuerySet:
        """To be changed by one act at a time. Rows that name the person may be written meanwhile,
        or two acts, each owing the other's keeper a notice, would wait for each other forever."""
        return self.select_for_update(no_key=True)

    def with_roles(self) -> UserQuerySet:
        """Every role term beside its person, in one query for the whole list."""
        return self.prefetch_related(_listed("roleterm_set", "role_terms"))

    def with_sign_in_state(self) -> UserQuerySet:
        """How each was invited, and what they ask for, in a query each."""
        return self.prefetch_related(
            _listed("invitations", "all_invitations"),
            _listed("factor_resets", "all_resets"),
        )


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def active(self) -> UserQuerySet:
        return self.get_queryset().active()

    def holding(self, role: Role, on: date) -> UserQuerySet:
        return self.get_queryset().holding(role, on)

    def able_to(self, permission: str, on: date) -> UserQuerySet:
        return self.get_queryset().able_to(permission, on)

    def locked(self) -> UserQuerySet:
        return self.get_queryset().locked()

    def with_roles(self) -> UserQuerySet:
        return self.get_queryset().with_roles()

    def create_user(
        self, email: str, name: str = "", password: str | None = None, **fields: Any
    ) -> User:
        """A person without any role; services.register_person also records it in the ledger."""
        user: User = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        user: User = self.get(email__iexact=username)
        return user


class User(Versioned, AbstractBaseUser):
    """A person with an account. The e-mail address is the name they sign in with.

    What a person may do comes from the roles held today and from nothing else: there is no
    superuser flag, no group, no permission of one's own.
    """

    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(_("active"), default=True)
    registered_by = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+"
    )
    # Added by one person, and closed until a second one has confirmed it.
    awaits_confirmation = models.BooleanField(default=False, editable=False)
    # Part of what a session is checked against: counting it up ends every one of them.
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    # Records that are withheld from the person by a recusal, whatever roles they hold.
    withheld_records = RecordsField(editable=False)

    # What signing in and out leaves, and what no form shows.
    unversioned = frozenset({"last_login", "password", "sessions_ended", "withheld_records"})

    _withheld: Withheld | None = None
    # Read by `with_sign_in_state`.
    all_invitations: list[Invitation]
    all_resets: list[FactorReset]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["name", "email"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            # With `unique`, one account for one address, however it is typed.
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="user_email_is_in_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(awaits_confirmation=False) | Q(is_active=False),
                name="account_opens_once_it_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])

    def get_full_name(self) -> str:
        return str(self)

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}.{self.sessions_ended}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for value in super().get_session_auth_fallback_hash():
            yield f"{value}.{self.sessions_ended}"

    @cached_property
    def role_terms(self) -> list[RoleTerm]:
        """Every role ever held, read once per request."""
        if "roleterm_set" in getattr(self, "_prefetched_objects_cache", ()):
            return list(self.roleterm_set.all())
        return _TERMS.rows(self.pk)

    def roles(self, on: date) -> frozenset[Role]:
        """The roles held on a day."""
        return frozenset(Role(term.role) for term in self.role_terms if term.covers(on))

    def roles_from(self, on: date) -> frozenset[Role]:
        """The roles held on a day or later."""
        open_ones = (term for term in self.role_terms if term.ends_on is None or term.ends_on > on)
        return frozenset(Role(term.role) for term in open_ones)

    @cached_property
    def roles_today(self) -> frozenset[Role]:
        """The roles held today, read once per request."""
        return self.roles(clock.today())

    @property
    def withheld(self) -> Withheld:
        if self._withheld is None or self._withheld.labels != self.withheld_records:
            self._withheld = Withheld(self.withheld_records)
        return self._withheld

    def forget_roles(self) -> None:
        """Read the roles again when next asked: they have just changed."""
        for name in ("role_terms", "roles_today"):
            self.__dict__.pop(name, None)

    def locked(self) -> User:
        return User.objects.locked().get(pk=self.pk)

    def has_perm(self, permission: str, obj: models.Model | None = None) -> bool:
        return any(backend.has_perm(self, permission, obj) for backend in auth.get_backends())

    def has_perms(self, permissions: Iterable[str], obj: models.Model | None = None) -> bool:
        return all(self.has_perm(permission, obj) for permission in permissions)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether any page of an app is open: what templates ask by `perms.accounts`."""
        return any(
            permission.startswith(f"{app_label}.")
            for backend in auth.get_backends()
            for permission in backend.get_all_permissions(self)
        )


class RoleTermQuerySet(models.QuerySet["RoleTerm"]):
    def held(self, on: date) -> RoleTermQuerySet:
        return self.filter(starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gt=on))

    def open(self) -> RoleTermQuerySet:
        """Terms without an end."""
        return self.filter(ends_on=None)


_TERMS = Prepared(lambda: RoleTerm.objects.filter(user=0))


class RoleTerm(Versioned):
    """A role held from a day on, until (not including) another. It ends; it is never deleted."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects: ClassVar[RoleTermQuerySet] = RoleTermQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        constraints = [
            models.CheckConstraint(
                # The same day is a role taken back at once: it was never held.
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="role_term_ends_no_earlier_than_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="role_term_is_of_a_known_role"
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ends_on=None),
                name="role_is_held_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    @property
    def role_word(self) -> Role:
        return Role(self.role)

    def covers(self, day: date) -> bool:
        return self.as_rule().covers(day)

    def reaches_past(self, day: date) -> bool:
        """Whether the role is held on this day or on any after it."""
        return self.ends_on is None or self.ends_on > max(day, self.starts_on)

    def can_end_after(self, day: date) -> bool:
        """Whether an end on this day, or an earlier one than set, can still be recorded."""
        return self.reaches_past(day)

    def as_rule(self) -> Term:
        return Term(self.starts_on, self.ends_on)
