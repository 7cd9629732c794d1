"""How members answer a written consent: sign, on paper too, decline, withdraw a signature."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.services.uploads import Upload
from committees.models import Director
from meetings.forms import consents as forms
from meetings.services import consents as services
from records.confirm import Detail

if TYPE_CHECKING:
    from datetime import date


from meetings.views.consents import ConsentActView, denial_of_strangers, own_seat, own_signature


class ConsentSignView(ConsentActView):
    """A member signs: everything that is signed is on the page."""

    permission_required = "meetings.sign_consent"
    needs_fresh_sign_in = True
    is_reviewed = True
    title = lazy("Sign")
    why = lazy("Read the resolution and its attachments. Your signature counts as on paper.")
    submit_label = lazy("Sign")

    def get_denial(self) -> str | None:
        return denial_of_strangers(self.object, self.user)

    @cached_property
    def director(self) -> Director:
        found = own_seat(self.object, self.user)
        assert found is not None  # noqa: S101  (get_denial has seen to it)
        return found

    @property
    def has_interest(self) -> bool:
        asked = self.object.members.all()
        return any(each.is_interested for each in asked if each.director_id == self.director.pk)

    def get_form_class(self) -> Any:
        return forms.SignWithInterestForm if self.has_interest else forms.SignForm

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        found = [Detail(_("Body"), str(self.object.body)), self.text_of_consent(), *self.papers()]
        found.append(Detail(_("Signed by"), str(self.director)))
        if given.get("recites_interest"):
            found.append(Detail(_("Interest"), _("You have an interest in this matter.")))
        return found

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("You can withdraw your signature until every member has signed, and not after.")

    def act(self, recites_interest: bool = False) -> tuple[str, str]:
        services.sign(self.object, self.director, recites_interest=recites_interest, **self.signed)
        return self.done(_("Your signature was recorded."))


class ConsentPaperView(ConsentActView):
    """One step: a browser does not send a file twice."""

    changes_object = False
    form_class = forms.PaperForm
    title = lazy("Record signed paper")
    why = lazy("A paper signed in ink or approved by email counts as a signature in the portal.")
    submit_label = lazy("Record signatures")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"members": self.members()}

    def act(self, document: Any, **given: Any) -> tuple[str, str]:
        upload = Upload(document, document.name)
        services.record_signatures(
            self.object, given.pop("directors"), upload=upload, **given, **self.signed
        )
        return self.done(_("The signatures were recorded."))


class ConsentDeclineView(ConsentActView):
    """A member declines, or the secretary records that one did."""

    permission_required = "meetings.decline_consent"
    is_reviewed = True
    title = lazy("Decline")
    why = lazy(
        "If one member declines, the consent ends. The other members are notified that it ended."
    )
    submit_label = lazy("Decline")

    @property
    def is_for_another(self) -> bool:
        return self.user.has_perm("meetings.change_consent")

    def get_denial(self) -> str | None:
        return None if self.is_for_another else denial_of_strangers(self.object, self.user)

    def get_form_class(self) -> Any:
        return forms.DeclineForMemberForm if self.is_for_another else forms.DeclineForm

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"members": self.members()} if self.is_for_another else {}
        return super().get_form_kwargs() | more

    def get_initial(self) -> dict[str, Any]:
        if not self.is_for_another:
            return {}
        return {"declined_on": self.today, "director": self.members().first()}

    def get_stored(self) -> dict[str, Any]:
        """What was recorded last, by the names of the form's fields."""
        refusal = self.object.refusals.last()
        return super().get_stored() | ({"reason": refusal.reason} if refusal else {})

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        director = given.get("director") or own_seat(self.object, self.user)
        found = [
            Detail(_("Consent"), self.object.title),
            Detail(_("Declined by"), str(director)),
        ]
        if given["reason"]:
            found.append(Detail(_("Reason"), given["reason"]))
        return found

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("The consent ends without effect. The matter can be taken up at a meeting.")

    def act(
        self, reason: str, director: Director | None = None, declined_on: date | None = None
    ) -> tuple[str, str]:
        member = director or own_seat(self.object, self.user)
        assert member is not None  # noqa: S101  (get_denial has seen to it)
        services.decline(self.object, member, reason=reason, declined_on=declined_on, **self.signed)
        return self.done(_("The consent ended without effect."))


class SignatureWithdrawView(ConsentActView):
    permission_required = "meetings.sign_consent"
    needs_fresh_sign_in = True
    form_class = forms.WithdrawForm
    is_reviewed = True
    title = lazy("Withdraw your signature")
    submit_label = lazy("Withdraw signature")

    def get_denial(self) -> str | None:
        if own_signature(self.object, self.user) is None:
            return _("You have not signed this consent.")
        return None

    def recorded(self, given: dict[str, Any]) -> list[Detail]:
        return [
            Detail(_("Consent"), self.object.title),
            Detail(_("Signature of"), str(own_seat(self.object, self.user))),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("The consent ends without effect. The other members are notified that it ended.")

    def act(self) -> tuple[str, str]:
        services.withdraw_signature(own_signature(self.object, self.user), **self.signed)
        return self.done(_("Your signature was withdrawn. The consent ended without effect."))
