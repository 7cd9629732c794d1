"""Forms that ask a service for one act, in one step or, where it binds, in two.

A view names its form, its words and its act:

    class MembershipEndView(PermitMixin, ConfirmView, OneMembership):
        permission_required = "committees.change_committee"
        form_class = MembershipEndForm
        title, submit_label = _("End a membership"), _("Record the end")

        def recorded(self, given):
            return [Line(_("Until"), long_day(given["ends_on"]))]

        def act(self, **given):
            services.end_membership(self.object, **given, by=self.by, at=clock.now())
            return self.object.director.get_absolute_url(), _("Recorded.")

The first post shows exactly what will be recorded, with what was typed in hidden fields; the
second, `confirmed=1`, records it; `back` returns to the form as it was filled. Nothing is kept
between the steps, and everything is checked again in each. A form without fields shows the
second page at once. Not for forms with files: a browser does not send a file twice.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from records.acts import act
from records.facts import Person
from records.forms import add_service_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.forms.utils import ErrorDict
    from django.http import HttpRequest
    from django.utils.functional import Promise

    AnyFormView = FormView[Any]
else:
    AnyFormView = FormView

CONFIRMED, BACK = "confirmed", "back"
NOT_TYPED = frozenset({CONFIRMED, BACK, "csrfmiddlewaretoken"})


@dataclass(frozen=True)
class Line:
    """A fact as it will stand in the record: what it is, and its words."""

    term: str | Promise
    text: str | Promise
    lines: tuple[str | Promise, ...] = ()


class ActView(AnyFormView):
    """A form that asks a service for one act; what the service refuses stands in the form."""

    template_name = "records/act.html"
    title: str | Promise = ""
    why: str | Promise = ""
    note: str | Promise = ""
    submit_label: str | Promise = ""

    def act(self, *args: Any, **given: Any) -> tuple[str, str]:
        """Do it with what was given; answer where to go and the sentence that says what was recorded."""
        raise NotImplementedError

    @property
    def by(self) -> Person:
        """Who acts. Nobody gets here who has not signed in."""
        user = self.request.user
        if not isinstance(user, Person):
            raise PermissionDenied
        return user

    def get_title(self) -> str | Promise:
        return self.title

    def get_why(self) -> str | Promise:
        return self.why

    def get_note(self) -> str | Promise:
        """What stands in the margin."""
        return self.note

    def get_cancel_url(self) -> str:
        """Where the page leads that records nothing."""
        raise NotImplementedError

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        try:
            url, sentence = self.act(**form.cleaned_data)
        except ValidationError as refusal:
            add_service_errors(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, sentence)
        return HttpResponseRedirect(url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "title": self.get_title(),
                "why": self.get_why(),
                "note": self.get_note(),
                "submit_label": self.submit_label,
                "cancel_url": self.get_cancel_url(),
            }
            | kwargs
        )


class ConfirmView(ActView):
    """An act that binds: first the page that shows what will be recorded, then the record."""

    ask_template_name = "records/confirm.html"
    ask_label: str | Promise = _("Look it over")
    # Whether the act is tried, and taken back, before it is confirmed. Not where it is costly.
    is_rehearsed = True

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        """Exactly what will stand in the record, from the form's cleaned data."""
        raise NotImplementedError

    def get_statement(self, given: dict[str, Any]) -> str | Promise:
        """The sentence that is recorded word for word, where there is one."""
        return ""

    def get_consequence(self, given: dict[str, Any]) -> str | Promise:
        """What follows, and what cannot be undone."""
        return ""

    def get_preview(self, given: dict[str, Any]) -> dict[str, Any]:
        """More context for a template of the view's own (its block `preview`)."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.asks_nothing():
            return self.ask({})
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if BACK in request.POST:
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        if self.request.POST.get(CONFIRMED) == "1":
            return super().form_valid(form)
        answer = self.ask(form.cleaned_data)
        try:
            self.rehearse(form)
        except ValidationError as refusal:
            add_service_errors(form, refusal)
            return self.form_invalid(form)
        return answer

    def rehearse(self, form: forms.BaseForm) -> None:
        """Try the act and take it back, so that a refusal comes before the page to confirm."""
        if not self.is_rehearsed:
            return
        try:
            rehearse(lambda: self.act(**form.cleaned_data))
        finally:
            self._read_again()

    def form_invalid(self, form: forms.BaseForm) -> HttpResponse:
        return self.ask({}, form.errors) if self.asks_nothing() else super().form_invalid(form)

    def asks_nothing(self) -> bool:
        return not self.get_form_class().base_fields

    def ask(self, given: dict[str, Any], errors: ErrorDict | None = None) -> TemplateResponse:
        """The page that shows what will be recorded."""
        form = Replay(self.request.POST)
        for problems in (errors or {}).values():
            form.add_error(None, list(problems))
        context = self.get_context_data(
            form=form,
            recorded=self.recorded(given),
            statement=self.get_statement(given),
            consequence=self.get_consequence(given),
            may_go_back=not self.asks_nothing(),
            **self.get_preview(given),
        )
        return TemplateResponse(self.request, self.ask_template_name, context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"ask_label": self.ask_label} | kwargs)

    def _read_again(self) -> None:
        """Forget what an act that was taken back has changed in memory."""
        loaded = getattr(self, "object", None)
        if isinstance(loaded, Model):
            loaded.refresh_from_db()


class Replay(forms.Form):
    """What was typed, as hidden fields, to be sent once more together with the word to record."""

    def __init__(self, typed: QueryDict) -> None:
        data = typed.copy()
        data[CONFIRMED] = "1"
        super().__init__(data, auto_id=False)
        for name, values in data.lists():
            if name == CONFIRMED or name not in NOT_TYPED:
                widget = forms.MultipleHiddenInput if len(values) > 1 else forms.HiddenInput
                self.fields[name] = forms.Field(required=False, widget=widget)


class _TakenBackError(Exception):
    """Ends a rehearsal."""


def rehearse(verb: Callable[[], object]) -> None:
    """Try an act and take it back: raises what it would raise, and records nothing."""
    with suppress(_TakenBackError):
        _try(verb)


@act
def _try(verb: Callable[[], object]) -> None:
    verb()
    raise _TakenBackError
