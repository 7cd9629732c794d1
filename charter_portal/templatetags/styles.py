"""What stands in the head of every page."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache
def style_sheets() -> SafeString:
    """The links to the style sheets, which are the same for every page of a process."""
    return render_to_string("components/styles.html")
