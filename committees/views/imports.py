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

from committees import services
from committees.forms.charter import MOST_PASSAGES, ImportForm, PassageFormSet, PreviewForm
from committees.proposals import Taken, short_names, take_apart
from committees.rules.reading import LARGEST_FILE
from committees.rules.structure import CharterUnreadable
from committees.views.base import CharterMixin
from records import clock
from records.forms import add_service_errors


class ImportView(CharterMixin, TemplateView):
    """A charter's text, taken apart; the secretary corrects the preview before it is saved."""

    permission_required = "committees.change_charter"
    template_name = "committees/import.html"
    preview_template_name = "committees/import_preview.html"

    def nothing_yet(self) -> HttpResponse:
        """This is the page that an empty installation begins with."""
        response = super(CharterMixin, self).dispatch(self.request, *self.args, **self.kwargs)
        assert isinstance(response, HttpResponse)  # noqa: S101
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {
            "form": ImportForm(),
            "import_url": self.onward(reverse("charter_import")),
            "cancel_url": self.came_from or reverse("home"),
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
                _("This text has more than %(most)s passages: too many for a charter.")
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
        context = self.get_context_data(form=form, formset=formset)
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
        messages.success(self.request, self.leading_back(_("The draft is saved.")))
        return redirect(self.onward(version.get_absolute_url()))
