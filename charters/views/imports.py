"""Import of a charter: its text taken apart, shown to be corrected, and saved as a draft."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from charters import services
from charters.forms.charter import MOST_PASSAGES, ImportForm, PassageFormSet, PreviewForm
from charters.proposals import Taken, short_names, take_apart
from charters.reading.reader import LARGEST_FILE
from charters.reading.structure import CharterUnreadable, Role
from charters.views.base import CharterPage, came_from, leading_back, onward
from records import clock
from records.forms import add_service_errors


class ImportView(CharterPage, TemplateView):
    """A charter's text, taken apart; the secretary corrects the preview before it is saved."""

    permission_required = "charters.change_charter"
    is_dated = False
    template_name = "charters/import.html"
    preview_template_name = "charters/import_preview.html"

    @property
    def is_ready(self) -> bool:
        """This is the page that an empty installation begins with."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {
            "form": ImportForm(),
            "import_url": onward(self.request, reverse("charter_import")),
            "cancel_url": came_from(self.request) or reverse("home"),
        }
        return super().get_context_data(**given | kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.save() if "full_text" in request.POST else self.preview()

    def preview(self) -> HttpResponse:
        """Take the text apart and show what was found. Nothing is stored."""
        form = ImportForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        upload = form.cleaned_data["file"]
        data = upload.read(LARGEST_FILE + 1) if upload else form.cleaned_data["text"].encode()
        try:
            taken = take_apart(data, upload.name if upload else _("The text"))
            self.refuse_too_many(taken)
        except CharterUnreadable as error:
            form.add_error("file" if upload else "text", str(error))
            return self.render_to_response(self.get_context_data(form=form))
        return self.show(self.preview_form(taken), self.passage_forms(taken))

    def refuse_too_many(self, taken: Taken) -> None:
        if len(taken.found.passages) > MOST_PASSAGES:
            raise CharterUnreadable(
                _("This text has more than %(most)s passages. Import the charter alone.")
                % {"most": MOST_PASSAGES}
            )

    def preview_form(self, taken: Taken) -> PreviewForm:
        title = taken.found.title or _("Audit Committee Charter")
        initial = {"full_text": taken.text, "title": title, "company": taken.found.company}
        return PreviewForm(asks_company=self.company is None, initial=initial)

    def passage_forms(self, taken: Taken) -> Any:
        names = short_names(taken.found)
        places = {p.reference: n for n, p in enumerate(taken.found.passages) if p.reference}
        initial = [
            {
                "role": passage.role.value,
                "reference": passage.reference,
                "heading": names.get(passage.reference, ""),
                "text": passage.text,
                "marker": passage.marker,
                "under": places.get(passage.parent),
                "level": passage.level,
            }
            for passage in taken.found.passages
        ]
        formset = PassageFormSet(initial=initial)
        formset.extra = 0
        return formset

    def show(self, form: PreviewForm, formset: Any) -> HttpResponse:
        roles = [row["role"].value() for row in formset]
        plain = [
            (place, row["text"].value())
            for place, row in enumerate(formset, start=1)
            if row["role"].value() == Role.UNPLACED
        ]
        context = self.get_context_data(
            form=form, formset=formset, clauses=roles.count(Role.CLAUSE), plain=plain
        )
        return render(self.request, self.preview_template_name, context)

    def save(self) -> HttpResponseBase:
        form = PreviewForm(self.request.POST, asks_company=self.company is None)
        formset: Any = PassageFormSet(self.request.POST)
        if not (form.is_valid() and formset.is_valid()):
            return self.show(form, formset)
        if not formset.stands_in(form.cleaned_data["full_text"]):
            return self.show(form, formset)
        try:
            version = services.load_charter(
                title=form.cleaned_data["title"],
                text=form.cleaned_data["full_text"],
                company_name=form.cleaned_data.get("company", ""),
                passages=formset.passages(),
                headings=formset.headings(),
                by=self.user,
                at=clock.now(),
            )
        except ValidationError as error:
            add_service_errors(form, error)
            return self.show(form, formset)
        messages.success(self.request, leading_back(self.request, _("The draft was saved.")))
        return redirect(onward(self.request, version.get_absolute_url()))
