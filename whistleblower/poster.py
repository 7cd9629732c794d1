"""The poster: one page in every language on offer, with the bare address as a QR code."""

from __future__ import annotations

from typing import Any

import qrcode  # type: ignore[import-untyped]
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from records import pdf
from records.models import Company
from whistleblower import texts
from whistleblower.crypto.roster import Roster
from whistleblower.enums import Way
from whistleblower.models import Channel
from whistleblower.opening import Opening


def as_html(
    company: Company, channel: Channel, roster: Roster | None, address: str, *, is_a4: bool
) -> str:
    is_own = channel.way == Way.OWN
    offered = Opening(channel, roster).languages
    shown = address if is_own else channel.outside_address
    return render_to_string(
        "channel/poster.html",
        {
            "company": company,
            "is_own": is_own,
            "outside": channel.outside_name,
            "address": shown,
            "squares": squares(shown) if is_own else "",
            # Who answers an outside line, and what it encrypts, is not the portal's to say.
            "languages": [said(each, roster if is_own else None) for each in offered],
            "is_a4": is_a4,
        },
    )


def said(language: str, roster: Roster | None) -> dict[str, Any]:
    words = texts.words(language)
    readers = [
        f"{each.name}, {words['roles'][each.role]}" for each in (roster.entries if roster else ())
    ]
    return {"code": language, "t": words["poster"], "readers": readers}


def squares(address: str) -> str:
    """The QR code as the path of an SVG, and how many modules it has."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(address)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    size = len(rows)
    # Made of numbers alone.
    return mark_safe(  # noqa: S308  # nosec B308 B703
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'width="56mm" height="56mm" role="img" aria-label="QR code"><path d="{path}"/></svg>'
    )


def as_pdf(
    company: Company, channel: Channel, roster: Roster | None, address: str, *, is_a4: bool
) -> bytes:
    """Raises PdfUnavailable where PDFs cannot be made."""
    return pdf.render(as_html(company, channel, roster, address, is_a4=is_a4))
