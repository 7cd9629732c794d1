"""The public forms. Nothing typed is ever cut, and no field sends what is typed to somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from whistleblower.crypto import codes, words
from whistleblower.registers import Person

Texts = Mapping[str, Any]
LONG, SHORT = 50_000, 10_000
# Against help that sends what is typed to others, or keeps it on the device.
QUIET = {
    "autocomplete": "off",
    "spellcheck": "false",
    "autocapitalize": "none",
    "autocorrect": "off",
    "translate": "no",
}
FIELD = QUIET | {"class": "form-control"}
PROSE = FIELD | {"autocapitalize": "sentences"}
BOX = QUIET | {"class": "form-check-input"}


class CodeInput(forms.PasswordInput):
    """Shown as it is typed and never sent back: a wrong code gets the same bytes as any other."""

    input_type = "text"


class Prose(forms.CharField):
    """A text of any form; too long is said and comes back whole."""

    def __init__(self, texts: Texts, most: int, *, rows: int = 0, **kwargs: Any) -> None:
        self.texts, self.most = texts, most
        attrs = PROSE | ({"rows": rows} if rows else {})
        kwargs.setdefault("widget", forms.Textarea(attrs) if rows else forms.TextInput(attrs))
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.error_messages["null_characters_not_allowed"] = texts["text"]["not_text"]
        for validator in self.validators:
            if hasattr(validator, "message"):
                validator.message = texts["text"]["not_text"]

    def validate(self, value: str) -> None:
        super().validate(value)
        try:
            value.encode()
        except UnicodeEncodeError:
            raise forms.ValidationError(self.texts["text"]["not_text"]) from None
        if len(value) > self.most:
            said = self.texts["text"]["too_long"].format(count=len(value), most=self.most)
            raise forms.ValidationError(said)


def asked_parts(code: str) -> tuple[int, int]:
    """Which two parts are typed back, counted from 1: always the same of a code."""
    first = codes.locator(code)[0] % codes.PARTS
    second = (first + 1 + codes.locator(code)[1] % (codes.PARTS - 1)) % codes.PARTS
    return (first + 1, second + 1) if first < second else (second + 1, first + 1)


class PartsForm(forms.Form):
    """Two parts of the code, typed back."""

    def __init__(self, texts: Texts, code: str, data: Any = None) -> None:
        super().__init__(data)
        self.texts, self.code = texts, code
        for name, number in zip(("one", "two"), asked_parts(code), strict=True):
            self.fields[name] = Prose(
                texts,
                100,
                label=texts["code"]["typed"].format(number=number),
                widget=forms.TextInput(FIELD),
            )

    def clean(self) -> dict[str, Any]:
        parts = codes.parts(self.code)
        for name, number in zip(("one", "two"), asked_parts(self.code), strict=True):
            typed = self.cleaned_data.get(name)
            if typed is not None and words.normalize(typed) != words.normalize(parts[number - 1]):
                self.add_error(name, self.texts["code"]["wrong"].format(number=number))
        return self.cleaned_data


class WhoForm(forms.Form):
    """Who should not read."""

    def __init__(self, texts: Texts, people: Sequence[Person], data: Any = None) -> None:
        super().__init__(data)
        self.fields["out"] = forms.MultipleChoiceField(
            label=texts["who"]["out"],
            help_text=texts["who"]["out_help"],
            required=False,
            choices=[(each.key, _named(each)) for each in people],
            widget=forms.CheckboxSelectMultiple(BOX),
            error_messages={"invalid_choice": texts["text"]["changed"]},
        )
        self.fields["others"] = Prose(
            texts,
            SHORT,
            label=texts["who"]["others"],
            help_text=texts["who"]["others_help"],
        )


def _named(person: Person) -> str:
    return f"{person.name}, {person.title}" if person.title else person.name


class TextForm(forms.Form):
    """What the reporter saw."""

    def __init__(self, texts: Texts, data: Any = None) -> None:
        super().__init__(data)
        said = texts["text"]
        self.fields["what"] = Prose(texts, LONG, rows=12, label=said["what"], required=True)
        self.fields["what"].error_messages["required"] = said["required"]
        for name in ("when", "where"):
            self.fields[name] = Prose(texts, SHORT, label=said[name])
        for name in ("how", "fear", "before"):
            self.fields[name] = Prose(texts, SHORT, rows=3, label=said[name])
        self.fields["name"] = Prose(
            texts, SHORT, rows=2, label=said["name"], help_text=said["name_help"]
        )
        self.fields["urgent"] = forms.BooleanField(
            required=False,
            label=said["urgent"],
            help_text=said["urgent_help"],
            widget=forms.CheckboxInput(BOX),
        )
        # A trap: people do not see it. Whoever fills it in is marked, never refused.
        self.fields["website"] = forms.CharField(
            required=False,
            label=said["website"],
            widget=forms.TextInput(QUIET | {"tabindex": "-1"}),
        )

    def refuse_code(self, code: str, texts: Texts) -> None:
        """The code may stand in no text: readers must never have it."""
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and codes.stands_in(code, value):
                self.add_error(name, texts["text"]["code_inside"])


class OpenForm(forms.Form):
    """The return visit: one field, and pasting works."""

    def __init__(self, texts: Texts, data: Any = None) -> None:
        super().__init__(data)
        self.fields["code"] = forms.CharField(
            required=False,
            strip=False,
            label=texts["return"]["code"],
            widget=CodeInput(FIELD),
            error_messages={"null_characters_not_allowed": texts["return"]["unknown"]},
        )


class MessageForm(forms.Form):
    """A message, or a name. `readers` are those who may be taken out before it is sent."""

    def __init__(
        self,
        texts: Texts,
        data: Any = None,
        *,
        name: str = "text",
        readers: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(data)
        said = texts["visit"]
        if name == "text":
            field = Prose(texts, LONG, rows=6, label=said["text"], required=True)
        else:
            field = Prose(
                texts, SHORT, rows=2, label=said["name"], help_text=said["name_help"], required=True
            )
        field.error_messages["required"] = said["message_required"]
        self.fields[name] = field
        if name == "text":
            self.fields["urgent"] = forms.BooleanField(
                required=False,
                label=said["urgent"],
                help_text=said["urgent_help"],
                widget=forms.CheckboxInput(BOX),
            )
        if readers:
            self.fields["out"] = forms.MultipleChoiceField(
                label=said["out"],
                help_text=said["out_help"],
                required=False,
                choices=readers,
                widget=forms.CheckboxSelectMultiple(BOX),
                error_messages={"invalid_choice": said["readers_changed"]},
            )

    def refuse_code(self, code: str, texts: Texts) -> None:
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and codes.stands_in(code, value):
                self.add_error(name, texts["text"]["code_inside"])
