"""The five standing marks, drawn the same in page and PDF, never without their word.

Each reads in black and white: a filled disc with a tick, a half-filled disc, a hollow
disc, a hollow triangle, a dash. Before the record there is the word alone.
"""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from charters.enums import Standing
from charters.values import ClauseStanding, DutyStanding, Practice
from records.dates import unbroken_day

register = template.Library()

# On a square of 16, in the colour of the text; the tick is cut out in the paper's (figures.css).
SHAPES = {
    Standing.ON_FILE: '<circle cx="8" cy="8" r="7" fill="currentColor" stroke="none"/>'
    '<path class="cut" d="M4.6 8.3l2.4 2.5 4.5-5.1" stroke="#fff" stroke-width="1.7"/>',
    Standing.DUE: '<circle cx="8" cy="8" r="6.25"/>'
    '<path d="M8 1.75a6.25 6.25 0 0 0 0 12.5z" fill="currentColor" stroke="none"/>',
    Standing.NOT_ON_FILE: '<circle cx="8" cy="8" r="6.25"/>',
    Standing.OPEN: '<path d="M8 2.2l6.3 11.3H1.7z"/>',
    Standing.NOT_APPLICABLE: '<path d="M2.5 8h11"/>',
}

# Hidden from a screen reader: the word beside it speaks.
DRAWINGS: dict[str, SafeString] = {
    standing: SafeString(
        '<svg class="standing-shape" viewBox="0 0 16 16" width="16" height="16" fill="none" '
        f'stroke="currentColor" stroke-width="1.5" aria-hidden="true">{shape}</svg>'
    )
    for standing, shape in SHAPES.items()
}


def drawn(standing: str, label: object, word_class: str) -> SafeString:
    return _drawn(str(standing), str(label or Standing(standing).label), word_class)


@lru_cache(maxsize=256, typed=True)  # what is escaped already is another word
def _drawn(standing: str, word: str, word_class: str) -> SafeString:
    return format_html(
        '<span class="standing standing-{}">{}<span class="{}">{}</span></span>',
        standing.replace("_", "-"),
        DRAWINGS.get(standing, ""),
        word_class,
        word,
    )


@register.simple_tag
def mark(standing: str, label: object = "") -> SafeString:
    """`{% mark duty.standing %}`: shape and word. A label replaces the usual word."""
    return drawn(standing, label, "standing-word") if standing else SafeString("")


@register.simple_tag
def mark_in_cell(standing: str, label: object = "") -> SafeString:
    """The shape for the eye, the word for a screen reader: where a legend stands beside."""
    return drawn(standing, label, "hidden-words") if standing else SafeString("")


# The reason stands where the mark asks for attention.
SPEAKS_FOR_ITSELF = (Standing.ON_FILE, Standing.BEFORE_RECORDS_BEGIN)


@register.simple_tag
def annotation(
    row: ClauseStanding | DutyStanding | Practice | None, because: str = ""
) -> SafeString:
    """What a careful reader notes in the margin: the mark, its word, the next date, and why where it
    asks for attention. Nothing is shown of a practice, nor of a clause that has nothing else."""
    if row is None or isinstance(row, Practice) or not row.standing:
        return SafeString("")
    date = reason = SafeString("")
    if row.due_on:
        date = format_html('<p class="annotation-date">{}</p>', _when_due(row))
    if because and row.standing not in SPEAKS_FOR_ITSELF:
        reason = format_html('<p class="annotation-because">{}</p>', because)
    return format_html("<p>{}</p>{}{}", mark(row.standing), date, reason)


def _when_due(row: ClauseStanding | DutyStanding) -> str:
    assert row.due_on  # noqa: S101  (asked before)
    day = {"day": unbroken_day(row.due_on)}
    if row.standing == Standing.ON_FILE:
        return _("next by %(day)s") % day
    if row.is_overdue:
        return _("was due %(day)s") % day
    return _("by %(day)s") % day
