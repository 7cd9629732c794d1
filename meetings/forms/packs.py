"""The form by which agenda and papers are sent."""

from __future__ import annotations

from django import forms


class SendForm(forms.Form):
    """Nothing to type: what goes out is shown."""
