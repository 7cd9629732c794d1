"""A reader's key, and the signed list of readers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from records import clock
from records.forms import add_service_errors
from records.views.base import PageView
from whistleblower import opening, registers
from whistleblower.crypto import roster as rosters
from whistleblower.crypto.roster import Roster, RosterError, Terms
from whistleblower.enums import ReaderRole
from whistleblower.forms.desk import GiveUpForm, LostForm, SheetForm
from whistleblower.forms.terms import TermsForm, approvals_said, initial_of, said_in
from whistleblower.models import ReaderKey, RosterList
from whistleblower.services import readers
from whistleblower.texts import LANGUAGES
from whistleblower.views.desk import DeskPage, fingerprint
from whistleblower.wrappers import CAME


class KeyView(PageView, TemplateView):
    """Make a key, verify its recovery sheet, replace a lost passphrase. Passphrase and sheet are
    shown once, in the answer to the form that made them."""

    permission_required = "whistleblower.open_desk"
    needs_fresh_sign_in = True
    template_name = "desk/key.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step = request.POST.get("step", "")
        steps = {
            "make": self.make,
            "verify": self.verify,
            "lost": self.lost,
            "give_up": self.give_up,
        }
        try:
            return steps.get(step, self.again)()
        except ValidationError as refusal:
            form = self.form_of(step, request.POST)
            form.is_valid()
            add_service_errors(form, refusal)
            return self.again(**{step: form})

    def again(self, **forms_: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**forms_))

    def form_of(self, step: str, data: Any = None) -> forms.Form:
        kinds: dict[str, type[forms.Form]] = {
            "verify": SheetForm,
            "lost": LostForm,
            "give_up": GiveUpForm,
        }
        return kinds.get(step, forms.Form)(data)

    def make(self) -> HttpResponse:
        return self.shown(readers.make_key(self.user, at=clock.now()))

    def shown(self, made: readers.NewKey) -> HttpResponse:
        return self.again(made=made, words=list(enumerate(made.sheet.split(), start=1)))

    def verify(self) -> HttpResponse:
        form = self.form_of("verify", self.request.POST)
        if not form.is_valid():
            return self.again(verify=form)
        readers.verify_sheet(self.user, **form.cleaned_data, at=clock.now())
        return HttpResponseRedirect(reverse("desk_key"))

    def lost(self) -> HttpResponse:
        form = self.form_of("lost", self.request.POST)
        if not form.is_valid():
            return self.again(lost=form)
        return self.shown(
            readers.replace_passphrase(self.user, **form.cleaned_data, at=clock.now())
        )

    def give_up(self) -> HttpResponse:
        form = self.form_of("give_up", self.request.POST)
        if not form.is_valid():
            return self.again(give_up=form)
        readers.give_up_key(self.user, at=clock.now())
        return HttpResponseRedirect(reverse("desk_key"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = ReaderKey.objects.filter(user=self.user, ended_on=None).first()
        kwargs.setdefault("verify", SheetForm())
        kwargs.setdefault("lost", LostForm())
        kwargs.setdefault("give_up", GiveUpForm())
        return super().get_context_data(
            demo_keys=settings.DEMO,
            fingerprint=fingerprint(),
            key=key,
            denial=readers.denial_of_key(self.user, self.today),
            **kwargs,
        )


class ReadersView(DeskPage, TemplateView):
    """The list in force, the list that waits for signatures, and the check before opening."""

    template_name = "desk/readers.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        steps = {"propose": self.propose, "sign": self.sign, "open": self.open}
        step = steps.get(request.POST.get("step", ""))
        if step is None:
            return self.render_to_response(self.get_context_data())
        try:
            return step()
        except ValidationError as refusal:
            return self.render_to_response(self.get_context_data(problems=refusal.messages))

    def propose(self) -> HttpResponse:
        form = self.form(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        data = form.cleaned_data
        chosen = [(key, ReaderRole(role)) for key in self.keys if (role := data[f"role_{key.uid}"])]
        law = {each: data[f"law_{each}"] for each in LANGUAGES if data[f"law_{each}"]}
        terms = Terms(
            operator=data["operator"],
            root=data["root"],
            root_reports_to=data["root_reports_to"],
            retaliation=law,
            languages=form.approvals(),
            servers=form.servers(),
            titles=form.titles(),
        )
        try:
            readers.propose_list(
                self.own,
                chosen,
                terms,
                approved_again=form.approved_again(),
                by=self.user,
                at=clock.now(),
            )
        except ValidationError as refusal:
            add_service_errors(form, refusal)
            for language in LANGUAGES:
                if f"approved_{language}" in form.errors:
                    form.ask_again(language)
            return self.render_to_response(self.get_context_data(form=form))
        return self.done()

    def sign(self) -> HttpResponse:
        digest = self.request.POST.get("digest", "")
        readers.sign_list(self.own, digest=digest, by=self.user, at=clock.now())
        return self.done()

    def open(self) -> HttpResponse:
        try:
            readers.open_channel(self.own, by=self.user, at=clock.now())
        except RosterError as error:
            raise ValidationError(str(error)) from None
        return self.done()

    def done(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("desk_readers"))

    @property
    def keys(self) -> Any:
        return readers.keys_that_may_be_listed()

    def form(self, data: Any = None) -> TermsForm:
        now = self.in_force
        roles = {
            key.uid: (
                (entry.role if (entry := now.entry(key.uid)) else "")
                if now
                else registers.usual_role(key.user_id, self.today)
            )
            for key in self.keys
        }
        officers = registers.titles_of(registers.registers(self.today))
        initial = initial_of(now.terms, officers) if now else {}
        return TermsForm(
            data,
            keys=self.keys,
            roles=roles,
            officers=officers,
            today=self.today,
            initial=initial,
        )

    @property
    def in_force(self) -> Roster | None:
        return self.own.roster

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, found = self.in_force, opening.state()
        waiting = RosterList.objects.filter(in_force_on=None).prefetch_related("signatures").first()
        kwargs.setdefault("form", self.form())
        return super().get_context_data(
            entries=now.entries if now else (),
            number=now.number if now else 0,
            terms=now.terms if now else None,
            approvals=approvals_said(now.terms) if now else (),
            said=said_in(now.terms) if now else (),
            reason=self.reason(),
            came=self.request.META.get(CAME, ()),
            officers=self.warned_of(now, waiting.roster if waiting else None),
            waiting=self.waiting(waiting, now) if waiting else None,
            failures=self.failures(now) if now else [],
            channel=found.channel,
            is_closed=found.channel is not None and found.channel.opened_on and not found.is_open,
            why_closed=found.reason,
            may_open=bool(now) and found.reason in (opening.NOT_OPENED, opening.OTHER_KEY),
            **kwargs,
        )

    def warned_of(self, *lists: Roster | None) -> list[str]:
        """The officers who can change the server, or to whom those who can report."""
        found = registers.registers(self.today)
        terms = [each.terms for each in lists if each]
        said = "\n".join(f"{each.root}\n{each.root_reports_to}" for each in terms)
        return registers.officers_named(said, found)

    def reason(self) -> str:
        try:
            opening.in_force()
        except RosterError as error:
            return str(error)
        return ""

    def waiting(self, listed: RosterList, now: Roster | None) -> dict[str, Any]:
        signed = listed.as_signed()
        roster = listed.roster
        changed = rosters.concerned(now, roster) if now else frozenset()
        may_sign = self.own.uid in (now.uids - changed if now else roster.uids)
        return {
            "number": listed.number,
            "entries": roster.entries,
            "terms": roster.terms,
            "approvals": approvals_said(roster.terms),
            "said": said_in(roster.terms),
            "fingerprint": rosters.fingerprint(listed.text),
            "digest": rosters.digest_of(listed.text),
            "missing": rosters.missing(signed, now),
            "may_sign": may_sign and self.own.uid not in signed.signatures,
            "is_signed": self.own.uid in signed.signatures,
        }

    def failures(self, now: Roster) -> list[dict[str, str]]:
        """K1: which people accused together would leave fewer than two readers with proven keys."""
        found = registers.registers(self.today)
        names = {each.key: each.name for each in registers.ticks(now, found)}
        uids = {each.uid: each.name for each in now.entries}
        return [
            {
                "accused": ", ".join(names.get(each, each) for each in failure.accused)
                or _("nobody"),
                "left": ", ".join(uids[each] for each in failure.left) or _("nobody"),
            }
            for failure in opening.failures(now, self.today)
        ]
