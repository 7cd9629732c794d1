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
from records.services import rhythms as services


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=lazy("Mail comes"), choices=Rhythm.choices, widget=forms.RadioSelect
    )


class MyMailView(ActView):
    """Open to every signed-in person, for themselves."""

    form_class = RhythmForm
    title = lazy("My mail")
    why = lazy("How often the portal writes to you that something waits.")
    note = lazy(
        "Invitations, meeting notices, consents, packs and the clocks of events come at once, "
        "whatever is chosen here. A mail says that something waits and where, never what."
    )
    submit_label = lazy("Record my choice")

    def get_initial(self) -> dict[str, Any]:
        me = self.request.user
        return {"rhythm": services.rhythms_of([me], on=clock.today())[me.pk]}

    def get_cancel_url(self) -> str:
        return reverse("home")

    def act(self, **given: Any) -> tuple[str, str]:
        chosen = services.choose_rhythm(Rhythm(given["rhythm"]), by=self.by, at=clock.now())
        sentence = _("Recorded: your mail comes %(rhythm)s.")
        return reverse("my_mail"), sentence % {"rhythm": chosen.get_rhythm_display()}
