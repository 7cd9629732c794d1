"""A person's own mail: how often it comes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import clock
from records.confirm import ActView
from records.enums import Rhythm
from records.models import MailRhythm, Versioned
from records.services import email_preferences as services
from records.views.base import SIGNED_IN


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=lazy("Email frequency"), choices=Rhythm.choices, widget=forms.RadioSelect
    )


class MyMailView(ActView):
    """Open to every signed-in person, for themselves."""

    permission_required = SIGNED_IN
    form_class = RhythmForm
    title = lazy("Email preferences")
    why = lazy("How often the portal sends you emails.")
    note = lazy(
        "Invitations, meeting notices, consents, meeting packs and deadlines of events are "
        "always sent at once. Emails contain no details."
    )
    submit_label = lazy("Save preferences")

    def get_records(self) -> list[Versioned]:
        return [*MailRhythm.objects.filter(person=self.user.pk)]

    def get_version(self, *, lock: bool = False) -> str:
        return super().get_version(lock=lock) or "none"

    def get_initial(self) -> dict[str, Any]:
        me = self.user
        return {"rhythm": services.rhythms_of([me], on=clock.today())[me.pk]}

    def get_cancel_url(self) -> str:
        return reverse("home")

    def act(self, **given: Any) -> tuple[str, str]:
        chosen = services.choose_rhythm(Rhythm(given["rhythm"]), by=self.user, at=clock.now())
        sentence = _("Your preferences were saved. Emails are sent %(rhythm)s.")
        return reverse("my_mail"), sentence % {"rhythm": chosen.get_rhythm_display()}
