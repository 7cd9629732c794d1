"""The base of every page for people who are signed in. Nothing of a page runs before all its steps.

1. Signed in, or the page to sign in.
2. `may_look`: whether objects of the kind that the address names exist for this person (404).
3. `load`: the object, from what the person may see (404).
4. `permit`: the permission table (403, with the sentence that says who may).
5. `get_denial`: recusal or conflict, a reason that bars this person from this object (403).
6. Where `needs_fresh_sign_in`: a sign-in that is a few minutes old at most. It comes last, so that
   nobody signs in again only to be refused. What was typed into a form meanwhile is kept.

Roles, permissions and sign-in belong to a layer above, whose middleware sets `request.access`.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from records import clock
from records.models import Company

if TYPE_CHECKING:
    from django.contrib.auth.models import _User
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django.http.response import HttpResponseBase

# In the place of a permission: for what every signed-in person may do.
SIGNED_IN: Final = "signed in"

# Dates around which the fiscal calendar has years on both sides.
EARLIEST, LATEST = date(1950, 1, 1), date(2200, 12, 31)


class Access(Protocol):
    """What a page asks about the person of the request."""

    def may(self, permission: str) -> bool:
        """Whether the person holds a permission."""

    def may_look(self, permission: str) -> bool:
        """Whether objects of the kind that a permission acts on exist for the person."""

    def why_not(self, permission: str) -> str:
        """The sentence a person reads who lacks a permission: who holds it."""

    def why_withheld(self, path: str) -> str:
        """The sentence a person reads from whom the record of an address is withheld, whatever page
        of it is asked for; empty for everybody else."""

    def ask_to_sign_in_again(self) -> HttpResponse | None:
        """The page that asks for a fresh sign-in; None where the sign-in is fresh enough."""

    def typed_before_sign_in(self) -> QueryDict | None:
        """What was typed into the form of this address by somebody whose sign-in had ended."""


class AsOfForm(forms.Form):
    as_of = forms.DateField(
        required=False, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )


class PageView(View):
    """Put it first among a view's bases.

    A view of one object (`SingleObjectMixin`, with its key in the address) has it loaded from
    `get_queryset()`, which must answer what the person may see, and finds it in `self.object`.
    A view that loads otherwise does so in `load()`. A view that names no permission opens to nobody.
    """

    permission_required: str = ""
    # What lets a person see objects of the page's kind at all, where a page names one. Left empty,
    # the permission tables say it.
    seen_by: str = ""
    needs_fresh_sign_in = False
    object: Any = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self._as_set_up = dict(vars(self))

    def reloaded(self) -> Self:
        """The same page with what is stored now: nothing that was read before."""
        self.request.company = Company.objects.current()  # type: ignore[attr-defined]
        page = type(self)()
        vars(page).update(self._as_set_up, _as_set_up=self._as_set_up)
        page.load()
        return page

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not self.is_ready:
            self.permit()
            return self.instead()
        if not self.kwargs:
            self.permit()
        elif not self.may_look():
            raise Http404
        if withheld := self.access.why_withheld(request.path):
            raise PermissionDenied(withheld)
        self.load()
        self.permit()
        if reason := self.get_denial():
            raise PermissionDenied(reason)
        if self.needs_fresh_sign_in and (asked := self.access.ask_to_sign_in_again()):
            return asked
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_ready(self) -> bool:
        """Whether what the page is about is on record, so that it can be shown."""
        return True

    def instead(self) -> HttpResponseBase:
        """The answer where it is not ready, for who holds the permission."""
        raise NotImplementedError

    @property
    def is_dated(self) -> bool:
        """Whether the page can be read as of another date (`?as_of=`)."""
        return False

    @property
    def access(self) -> Access:
        return cast("Access", self.request.access)  # type: ignore[attr-defined]

    @property
    def user(self) -> _User:
        """The signed-in person."""
        user = self.request.user
        assert user.is_authenticated  # noqa: S101  (dispatch has seen to it)
        return user

    @cached_property
    def company(self) -> Company | None:
        """The company of this installation; None before it is set up."""
        return cast("Company | None", self.request.company)  # type: ignore[attr-defined]

    @cached_property
    def today(self) -> date:
        return clock.today(self.company)

    @cached_property
    def as_of(self) -> date:
        """The date the page is read as of: `?as_of=` where the page is dated, else today."""
        if not self.is_dated:
            return self.today
        form = AsOfForm(self.request.GET)
        if not form.is_valid():
            messages.error(
                self.request,
                _(
                    "“%(text)s” is not a valid date. The page shows today. Enter a date such "
                    "as 2026-11-20."
                )
                % {"text": self.request.GET["as_of"]},
            )
            return self.today
        day: date = form.cleaned_data["as_of"] or self.today
        if day > self.today:
            messages.info(
                self.request,
                _(
                    "This date is in the future. The status assumes that nothing more is "
                    "recorded until then."
                ),
            )
        return day

    def may_look(self) -> bool:
        """Whether objects of the kind that the address names exist for this person."""
        if self.seen_by:
            return self.access.may(self.seen_by)
        permission = self._named_permission()
        return permission == SIGNED_IN or self.access.may_look(permission)

    def load(self) -> None:
        """Load what the address names, or raise Http404."""
        if isinstance(self, SingleObjectMixin) and self._names_an_object():
            self.object = self.get_object()

    def permit(self) -> None:
        """Raise PermissionDenied, with the sentence that the person reads."""
        permission = self._named_permission()
        if permission != SIGNED_IN and not self.access.may(permission):
            raise PermissionDenied(self.access.why_not(permission))

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
