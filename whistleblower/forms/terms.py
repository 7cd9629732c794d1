"""What the readers confirm about the channel with a list: its server, its languages, their texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records.dates import long_day
from records.forms import Day
from whistleblower import texts
from whistleblower.crypto.roster import Server, Terms
from whistleblower.enums import ReaderRole
from whistleblower.forms.public import QUIET
from whistleblower.texts import LANGUAGES

# In which the registers of the company are.
REGISTERS = "en"
SERVER = ("operator", "root", "root_reports_to")


class TermsForm(forms.Form):
    """What the readers confirm about the channel: never the administrator."""

    operator = forms.CharField(
        label=lazy("Who runs the server"),
        help_text=lazy("Named to the reporter before the first field, in English."),
        max_length=200,
        widget=forms.TextInput(QUIET),
    )
    root = forms.CharField(
        label=lazy("Who can change the server"),
        help_text=lazy("Name the person or the firm."),
        max_length=200,
        widget=forms.TextInput(QUIET),
    )
    root_reports_to = forms.CharField(
        label=lazy("To whom they report"),
        help_text=lazy("If it is an officer, an independent host or an outside line is better."),
        max_length=200,
        widget=forms.TextInput(QUIET),
    )

    def __init__(
        self,
        *args: Any,
        keys: Any,
        roles: dict[str, str],
        officers: Sequence[str],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.officers = today, officers
        choices = [("", _("Not a reader")), *ReaderRole.choices]
        for key in keys:
            self.fields[f"role_{key.uid}"] = forms.ChoiceField(
                label=_("%(name)s reads as") % {"name": key.user},
                choices=choices,
                required=False,
                initial=roles[key.uid],
            )
        for language, name in language_names().items():
            self.fields[f"approved_{language}"] = Day(
                label=_("Counsel approved the channel's pages: %(language)s") % {"language": name},
                help_text=_(
                    "Leave the date empty while counsel has not approved this language. Reporters "
                    "are not offered it until then."
                ),
                required=False,
            )
            if self.data and again(language) in self.data:
                self.ask_again(language)
            self.fields[f"law_{language}"] = forms.CharField(
                label=_("What the law says about retaliation: %(language)s") % {"language": name},
                help_text=_("In counsel's words. Shown to the reporter as it stands here."),
                required=False,
                widget=forms.Textarea(QUIET | {"rows": 4}),
                max_length=4000,
            )
            if language != REGISTERS:
                self.add_translations(language, name)

    def add_translations(self, language: str, name: str) -> None:
        """What the pages in another language say of the server and of the officers."""
        for field, label in (
            ("operator", _("Who runs the server: %(language)s")),
            ("root", _("Who can change the server: %(language)s")),
            ("root_reports_to", _("To whom they report: %(language)s")),
        ):
            self.fields[f"{field}_{language}"] = forms.CharField(
                label=label % {"language": name},
                help_text=_("Leave it empty if it reads the same."),
                required=False,
                max_length=200,
                widget=forms.TextInput(QUIET),
            )
        for number, title in enumerate(self.officers):
            self.fields[title_field(language, number)] = forms.CharField(
                label=_("%(title)s: %(language)s") % {"title": title, "language": name},
                help_text=_("Left empty, reporters read the name without a title."),
                required=False,
                max_length=150,
                widget=forms.TextInput(QUIET),
            )

    def servers(self) -> dict[str, dict[str, str]]:
        found = {
            language: {
                field: said
                for field in SERVER
                if (said := self.cleaned_data[f"{field}_{language}"].strip())
            }
            for language in others()
        }
        return {language: said for language, said in found.items() if said}

    def titles(self) -> dict[str, dict[str, str]]:
        """By language, the officers' titles of the register and what they are in that language."""
        found = {
            language: {
                title: said
                for number, title in enumerate(self.officers)
                if (said := self.cleaned_data[title_field(language, number)].strip())
            }
            for language in others()
        }
        return {language: said for language, said in found.items() if said}

    def ask_again(self, language: str) -> None:
        """Whether counsel approved the new text on the date of the one before."""
        self.fields[again(language)] = forms.BooleanField(
            label=_("Counsel approved the new text on the same date: %(language)s")
            % {"language": language_names()[language]},
            required=False,
            widget=forms.CheckboxInput(QUIET),
        )
        names = [name for name in self.fields if name != again(language)]
        names.insert(names.index(f"approved_{language}") + 1, again(language))
        self.order_fields(names)

    def approved_again(self) -> frozenset[str]:
        return frozenset(each for each in LANGUAGES if self.cleaned_data.get(again(each)))

    def clean(self) -> dict[str, Any]:
        for language in LANGUAGES:
            approved = self.cleaned_data.get(f"approved_{language}")
            if approved and approved > self.today:
                self.add_error(f"approved_{language}", _("This date is in the future."))
        return self.cleaned_data

    def approvals(self) -> dict[str, str]:
        """By language, the date on which counsel approved its pages; none where no date is given."""
        return {
            language: approved.isoformat()
            for language in LANGUAGES
            if (approved := self.cleaned_data[f"approved_{language}"])
        }


def initial_of(terms: Terms, officers: Sequence[str]) -> dict[str, str]:
    """What a list in force says of the channel, as the form takes it."""
    found = {name: str(getattr(terms, name)) for name in SERVER}
    found |= {f"law_{each}": text for each, text in terms.retaliation.items()}
    found |= {f"approved_{each}": on for each, on in terms.languages.items()}
    for language in others():
        own, titles = terms.servers.get(language, {}), terms.titles.get(language, {})
        found |= {f"{name}_{language}": text for name, text in own.items()}
        found |= {
            title_field(language, number): titles.get(title, "")
            for number, title in enumerate(officers)
        }
    return found


def title_field(language: str, number: int) -> str:
    return f"title_{language}_{number}"


def others() -> tuple[str, ...]:
    return tuple(each for each in LANGUAGES if each != REGISTERS)


def again(language: str) -> str:
    return f"again_{language}"


def language_names() -> dict[str, str]:
    names = {"en": _("English"), "es": _("Spanish")}
    return {each: names[each] for each in LANGUAGES}


def approvals_said(terms: Terms) -> list[str]:
    """For each language, whether and when counsel approved its pages."""
    return [approval_said(terms, each, name) for each, name in language_names().items()]


def approval_said(terms: Terms, language: str, name: str) -> str:
    approved = terms.languages.get(language)
    if not approved:
        said = _("%(language)s: no approval by counsel on file. It is not offered to reporters.")
        return said % {"language": name}
    day = long_day(date.fromisoformat(approved))
    if terms.wordings.get(language) != texts.digest(language):
        return _(
            "%(language)s: counsel approved other words on %(day)s. A new version of the portal "
            "changed them. It is not offered to reporters until counsel approves it again."
        ) % {"language": name, "day": day}
    return _("%(language)s: approved by counsel on %(day)s.") % {"language": name, "day": day}


@dataclass(frozen=True)
class Said:
    """What a list says in one language, for who signs it."""

    language: str
    code: str
    law: str
    titles: tuple[tuple[str, str], ...]
    server: Server


def said_in(terms: Terms) -> list[Said]:
    return [
        Said(
            name,
            code,
            terms.retaliation.get(code, ""),
            tuple(sorted(terms.titles.get(code, {}).items())),
            terms.server(code),
        )
        for code, name in language_names().items()
    ]
