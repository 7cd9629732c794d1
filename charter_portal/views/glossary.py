"""The glossary: the portal's words, explained."""

from django.views.generic import TemplateView

from charter_portal.glossary import GLOSSARY
from records.views.base import SIGNED_IN, PageView


class GlossaryView(PageView, TemplateView):
    """Open to every signed-in person."""

    permission_required = SIGNED_IN
    template_name = "glossary.html"
    extra_context = {"sections": GLOSSARY}
