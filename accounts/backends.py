"""How a person proves who they are, and where their permissions come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from accounts import permissions
from records.prepared import Prepared

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Someone = AbstractBaseUser | AnonymousUser


_ACCOUNT: Prepared[User] = Prepared(lambda: get_user_model().objects.filter(pk=0))


class RoleBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by e-mail address and password; grants what the roles held today are granted,
    and what an office opens.

    Django's own tables of permissions and groups are never asked. A permission on one object
    is not answered here either: which objects a person sees is the object's `visible_to`.
    """

    def get_user(self, user_id: int) -> User | None:
        user = _ACCOUNT.first(user_id)
        return user if user and self.user_can_authenticate(user) else None

    def has_perm(self, user_obj: Someone, perm: str, obj: object = None) -> bool:
        if obj is not None or not _has_roles(user_obj):
            return False
        return permissions.is_granted(perm, user_obj.roles_today) or permissions.in_office(
            perm, user_obj
        )

    def has_module_perms(self, user_obj: Someone, app_label: str) -> bool:
        granted = self.get_all_permissions(user_obj)
        return any(permission.startswith(f"{app_label}.") for permission in granted)

    def get_all_permissions(self, user_obj: Someone, obj: object = None) -> set[str]:
        if obj is not None or not _has_roles(user_obj):
            return set()
        return set(permissions.of(user_obj.roles_today))

    def get_user_permissions(self, user_obj: Someone, obj: object = None) -> set[str]:
        """Nobody holds a permission of their own."""
        return set()

    def get_group_permissions(self, user_obj: Someone, obj: object = None) -> set[str]:
        return self.get_all_permissions(user_obj, obj)

    def with_perm(self, perm: str, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("Ask User.objects.able_to(permission, on).")


def _has_roles(user: Someone) -> TypeGuard[User]:
    """Whether this is somebody with an open account."""
    return user.is_active and isinstance(user, get_user_model())
