"""The owners of all responsibilities on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from charters.enums import Counterparty
from records.forms import fieldsets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from crispy_forms.helper import FormHelper

    from accounts.models import User
    from charters.models import Duty


class OwnersForm(forms.Form):
    """Each responsibility with its owner, part by part of the charter.

    Whoever is chosen on top, by who takes part in it, owns what names nobody below.
    """

    def __init__(
        self,
        *args: Any,
        parts: Sequence[tuple[str, Sequence[Duty]]],
        people: Sequence[User],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        self.people: Mapping[str, User] = {user.email: user for user in people}
        offered = [(user.email, _with_roles(user, today)) for user in people]
        for counterparty in self._counterparties():
            self.fields[rest_name(counterparty)] = forms.ChoiceField(
                label=_rest_label(counterparty),
                choices=[("", _("leave as they are")), *offered],
                required=False,
            )
        for _title, duties in parts:
            for duty in duties:
                self.fields[owner_name(duty)] = forms.ChoiceField(
                    label=duty.title,
                    choices=[("", _("nobody")), *offered],
                    initial=duty.owner.email if duty.owner else "",
                    required=False,
                )
        for field in self.fields.values():
            field.is_unmarked = True  # type: ignore[attr-defined]  # "nobody" is an answer

    def _counterparties(self) -> list[Counterparty]:
        found = {duty.counterparty for _title, duties in self.parts for duty in duties}
        return sorted((each for each in Counterparty if each in found), key=lambda each: not each)

    @property
    def helper(self) -> FormHelper:
        rest = tuple(rest_name(each) for each in self._counterparties())
        return fieldsets(
            (_("Responsibilities that name nobody below"), rest),
            folded=[(title, tuple(map(owner_name, duties))) for title, duties in self.parts],
        )

    def owners(self) -> dict[Duty, User | None]:
        """Whom each responsibility is given to; None: nobody."""
        return {
            duty: self._chosen(owner_name(duty))
            or self._chosen(rest_name(Counterparty(duty.counterparty)))
            for _title, duties in self.parts
            for duty in duties
        }

    def _chosen(self, name: str) -> User | None:
        return self.people.get(self.cleaned_data.get(name, ""))


def owner_name(duty: Duty) -> str:
    return f"owner_{duty.pk}"


def rest_name(counterparty: Counterparty) -> str:
    return f"rest_{counterparty.name.lower()}"


def _rest_label(counterparty: Counterparty) -> str:
    if counterparty is Counterparty.NONE:
        return _("All others")
    return capfirst(_("with %(counterparty)s") % {"counterparty": counterparty.label})


def _with_roles(user: User, on: date) -> str:
    """A person with the roles held: Dana Reyes (Corporate secretary)."""
    roles = get_text_list([str(role.label) for role in sorted(user.roles(on))], _("and"))
    return f"{user} ({roles})" if roles else str(user)
