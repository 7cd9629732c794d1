"""Access in three steps, always the same: the object, the permission, the person's own bar.

1. The object is loaded from what the person may see; what is not there is not found (404). Who
   may see no object of the kind finds none at any address, so that no address tells what is there.
2. The permission table: the role opens the door or it does not (403).
3. Recusal or conflict: a reason that bars this person from this object (403, with the reason).

What binds asks for one thing more, once access is settled: a sign-in a few minutes old at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.views.generic.detail import SingleObjectMixin

from accounts import again, permissions, sessions

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.views.generic import View

    from accounts.models import User

    Base = View
else:
    Base = object


class PermitMixin(Base):
    """Put it first among a view's bases. Nothing of the view runs before all three steps.

    A view of one object (`SingleObjectMixin` with its key in the address) has it loaded from
    `get_queryset()`, which must answer what the person may see, and finds it in `self.object`.
    A view that loads otherwise does so in `load()`.
    """

    permission_required: str = ""
    # What lets a person see objects of the page's kind at all, where a page names one. Left empty,
    # the tables say it (`SEEN_BY`), and where they are silent it is the permission itself.
    seen_by: str = ""
    object: Any

    @property
    def actor(self) -> User:
        """The signed-in person, for `by=`."""
        user = self.request.user
        assert user.is_authenticated  # noqa: S101 - dispatch has seen to it
        return user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if self.kwargs and not self.may_look():
            raise Http404
        self.load()
        self.permit()
        return super().dispatch(request, *args, **kwargs)

    def may_look(self) -> bool:
        """Whether objects of the kind that the address names exist for this person."""
        needed = self.seen_by or permissions.seen_by(self._named_permission())
        return self.request.user.has_perm(needed)

    def load(self) -> None:
        """Load what the address names, or raise Http404."""
        if isinstance(self, SingleObjectMixin) and self._names_an_object():
            self.object = self.get_object()

    def permit(self) -> None:
        """Raise PermissionDenied, with the sentence that the person reads."""
        needed = self._named_permission()
        if not self.request.user.has_perm(needed):
            raise PermissionDenied(permissions.reason_for_refusal(needed))
        if reason := self.get_denial():
            raise PermissionDenied(reason)

    def get_denial(self) -> str | None:
        """Why this person is barred from this object, as a sentence; None when nothing bars."""
        return None

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        """Loaded once, before the permission is asked."""
        if not hasattr(self, "_loaded"):
            self._loaded = super().get_object(queryset)  # type: ignore[misc]
        return self._loaded

    def _named_permission(self) -> str:
        if not self.permission_required:
            raise NotImplementedError(f"{type(self).__name__} names no permission_required.")
        return self.permission_required

    def _names_an_object(self) -> bool:
        return bool(
            {getattr(self, "pk_url_kwarg", "pk"), getattr(self, "slug_url_kwarg", "slug")}
            & self.kwargs.keys()
        )


class FreshMixin(Base):
    """For a view whose act binds: whoever signed in longer ago does so again, by passkey or password.

    It stands after `PermitMixin` among the bases, so that nobody signs in again only to be refused:

        class AdoptView(PermitMixin, FreshMixin, ConfirmView):

    Nothing of the act runs before, and what was typed into a form meanwhile is carried on.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        order = cls.__mro__
        if PermitMixin not in order[: order.index(FreshMixin)]:
            raise TypeError(f"{cls.__name__}: FreshMixin stands after PermitMixin.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if sessions.is_fresh(request):
            return super().dispatch(request, *args, **kwargs)
        if request.method != "POST":
            return again.ask_first(request)
        form = again.AgainForm(request, request.POST) if again.is_offered(request) else None
        if form is None or not form.is_valid():
            return again.ask_meanwhile(request, form)
        request.POST = again.leave_out(request.POST)  # type: ignore[assignment]
        return super().dispatch(request, *args, **kwargs)
