"""Forms that ask a service for one act, in one step or, where it binds, in two.

A view names its form, its words and its act:

    class MembershipEndView(ActView):
        permission_required = "committees.change_committee"
        queryset = Membership.objects.select_related("director")
        form_class = MembershipEndForm
        is_reviewed = True
        title, submit_label = _("End a membership"), _("Record the end")

        def recorded(self, given):
            return [Detail(_("Until"), long_day(given["ends_on"]))]

        def act(self, **given):
            services.end_membership(self.object, **given, by=self.user, at=clock.now())
            return self.object.director.get_absolute_url(), _("Recorded.")

Where it is reviewed, the first post shows exactly what will be recorded, with what was typed in
hidden fields; the second, `confirmed=1`, records it; `back` returns to the form as it was filled.
Nothing is kept between the steps, and everything is checked again in each. A form without fields
shows the second page at once. Not for forms with files: a browser does not send a file twice.

A form over a record carries the record's version and is refused where somebody saved meanwhile
(`records.stale`). The record is `self.object`, or what `get_records` answers.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from django.views.generic.detail import SingleObjectMixin

from records import clock
from records.acts import rehearse
from records.forms import add_service_errors
from records.models.bases import Versioned
from records.stale import (
    VERSION,
    StaleError,
    act_unless_stale,
    carry,
    put_beside,
    version_of,
)
from records.views.base import PageView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.forms.utils import ErrorDict
    from django.http import HttpRequest
    from django.utils.functional import Promise

    # Generic for the type checker only.
    OneObject = SingleObjectMixin[Any]
    AnyFormView = FormView[Any]
else:
    OneObject, AnyFormView = SingleObjectMixin, FormView

CONFIRMED, BACK = "confirmed", "back"
NOT_TYPED = frozenset({CONFIRMED, BACK, "csrfmiddlewaretoken"})


@dataclass(frozen=True)
class Detail:
    """A fact as it will stand in the record: what it is, and its words."""

    term: str | Promise
    text: str | Promise
    lines: tuple[str | Promise, ...] = ()


class ActView(PageView, OneObject, AnyFormView):
    """A form that asks a service for one act; what the service refuses stands in the form."""

    template_name = "records/act.html"
    title: str | Promise = ""
    why: str | Promise = ""
    note: str | Promise = ""
    submit_label: str | Promise = ""

    # Whether the act changes `object`. One that adds an entry beside it, and shows nothing of it
    # that could be overtaken, does not.
    changes_object = True
    # Fields of the form by the names that the record has for them, where they differ.
    stored_as: Mapping[str, str] = {}

    # Whether a page shows what will be recorded before it is.
    is_reviewed = False
    review_template_name = "records/confirm.html"
    review_label: str | Promise = _("Review")
    # Whether the act is tried, and taken back, before it is reviewed. Not where it is costly.
    is_rehearsed = True

    def act(self, *args: Any, **given: Any) -> tuple[str, str]:
        """Do it with what was given; answer where to go and the sentence that says what was recorded."""
        raise NotImplementedError

    @property
    def signed(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.user, "at": clock.now()}

    def done(self, sentence: str) -> tuple[str, str]:
        """Back to where the form was opened, with the sentence that says what was recorded."""
        return self.get_cancel_url(), sentence

    def get_records(self) -> Sequence[Versioned]:
        """The records that the form is made from."""
        if self.changes_object and isinstance(self.object, Versioned):
            return [self.object]
        return []

    def get_version(self, *, lock: bool = False) -> str | None:
        """What changes whenever something is saved that the form shows; None where it is over no
        record. With `lock`, of what is stored, which is locked until the transaction ends."""
        records = self.get_records()
        if lock:
            records = [record.locked() for record in records]
        return version_of(records)

    def get_stored(self) -> dict[str, Any]:
        """What is on record, by the form's fields: shown where the form was overtaken."""
        stored = {
            field.name: getattr(record, field.name)
            for record in self.get_records()
            for field in record._meta.concrete_fields
        }
        named = {name: stored.get(other) for name, other in self.stored_as.items()}
        return stored | named

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

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        """For the review: exactly what will stand in the record, from the form's cleaned data."""
        raise NotImplementedError

    def get_statement(self, given: dict[str, Any]) -> str | Promise:
        """For the review: the sentence that is recorded word for word, where there is one."""
        return ""

    def get_consequence(self, given: dict[str, Any]) -> str | Promise:
        """For the review: what follows, and what cannot be undone."""
        return ""

    def get_preview(self, given: dict[str, Any]) -> dict[str, Any]:
        """For the review: more context for a template of the view's own (its block `preview`)."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_only_reviewed():
            return self.review({})
        if (typed := self.access.typed_before_sign_in()) is not None:
            return self.resume(typed)
        return super().get(request, *args, **kwargs)

    def resume(self, typed: QueryDict) -> HttpResponse:
        """The form as it was typed before the sign-in had ended, unsaved."""
        messages.info(
            self.request,
            _(
                "You are signed in again. Nothing was recorded yet. Check what you typed and send it."
            ),
        )
        # Files first: reading them reads what was posted again.
        assert not self.request.FILES  # noqa: S101
        self.request.method, self.request.POST = "POST", typed  # type: ignore[assignment]
        form = self.get_form()
        if self.is_overtaken():
            return self.form_stale(form)
        return self.form_invalid(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_reviewed and BACK in request.POST:
            return self.render_to_response(self.get_context_data())
        form = self.get_form()
        if form.is_valid():
            return self.form_valid(form)
        return self.form_stale(form) if self.is_overtaken() else self.form_invalid(form)

    def is_overtaken(self) -> bool:
        """Whether the form that was posted is over a record that was saved since. What it asks may
        have changed with the record, so that it is said of a form with errors too."""
        seen = self.request.POST.get(VERSION)
        return bool(seen) and seen != self.get_version()

    def get_form(self, form_class: type[forms.BaseForm] | None = None) -> Any:
        form = super().get_form(form_class)
        carry(form, self.get_version())
        return form

    def perform(self, form: forms.BaseForm) -> tuple[str, str]:
        """The act, with what was typed; StaleError where the form was overtaken."""
        given = {name: value for name, value in form.cleaned_data.items() if name != VERSION}
        if VERSION not in form.fields:
            return self.act(**given)
        return act_unless_stale(self, form.cleaned_data[VERSION], given)

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        is_confirmed = self.request.POST.get(CONFIRMED) == "1"
        if self.is_reviewed and not is_confirmed:
            return self.form_to_review(form)
        try:
            url, sentence = self.perform(form)
        except StaleError:
            return self.form_stale(form)
        except ValidationError as refusal:
            add_service_errors(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, sentence)
        return HttpResponseRedirect(url)

    def form_to_review(self, form: forms.BaseForm) -> HttpResponse:
        answer = self.review(form.cleaned_data)
        try:
            self.rehearse(form)
        except StaleError:
            return self.form_stale(form)
        except ValidationError as refusal:
            add_service_errors(form, refusal)
            return self.form_invalid(form)
        return answer

    def rehearse(self, form: forms.BaseForm) -> None:
        """Try the act and take it back, so that a refusal comes before the review."""
        if not self.is_rehearsed:
            return
        try:
            rehearse(lambda: self.perform(form))
        finally:
            self._read_again()

    def form_invalid(self, form: forms.BaseForm) -> HttpResponse:
        if self.is_only_reviewed():
            return self.review({}, form.errors)
        return super().form_invalid(form)

    def form_stale(self, form: forms.BaseForm) -> HttpResponse:
        """The form as it was typed, with what is on record now; sent again, it is made from that."""
        now = self.reloaded()
        typed = self.request.POST.copy()
        typed[VERSION] = now.get_version() or ""
        form.data = self.request.POST = typed  # type: ignore[assignment]
        put_beside(form, now.get_stored())
        answer = now.form_invalid(form)
        answer.status_code = HTTPStatus.CONFLICT
        return answer

    def is_only_reviewed(self) -> bool:
        """Whether the form asks nothing, so that the review is its one page."""
        return self.is_reviewed and not self.get_form_class().base_fields

    def review(self, given: dict[str, Any], errors: ErrorDict | None = None) -> TemplateResponse:
        """The page that shows what will be recorded."""
        typed = self.request.POST.copy()
        if (version := self.get_version()) is not None:
            typed.setdefault(VERSION, version)
        form = Replay(typed)
        for problems in (errors or {}).values():
            form.add_error(None, list(problems))
        context = self.get_context_data(
            form=form,
            recorded=self.recorded(given),
            statement=self.get_statement(given),
            consequence=self.get_consequence(given),
            may_go_back=not self.is_only_reviewed(),
            **self.get_preview(given),
        )
        return TemplateResponse(self.request, self.review_template_name, context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {
            "title": self.get_title(),
            "why": self.get_why(),
            "note": self.get_note(),
            "submit_label": self.submit_label,
            "cancel_url": self.get_cancel_url(),
        }
        if self.is_reviewed:
            words["ask_label"] = self.review_label
        return super().get_context_data(**words | kwargs)

    def _read_again(self) -> None:
        """Forget what an act that was taken back has changed in memory. A row that the act itself
        would make is not there yet."""
        if isinstance(self.object, Model):
            with suppress(ObjectDoesNotExist):
                self.object.refresh_from_db()


class Replay(forms.Form):
    """What was typed, as hidden fields, to be sent again together with the word to record."""

    def __init__(self, typed: QueryDict) -> None:
        data = typed.copy()
        data[CONFIRMED] = "1"
        super().__init__(data, auto_id=False)
        for name, values in data.lists():
            if name == CONFIRMED or name not in NOT_TYPED:
                widget = forms.MultipleHiddenInput if len(values) > 1 else forms.HiddenInput
                self.fields[name] = forms.Field(required=False, widget=widget)
