"""RULE-41: what is flagged in a message to a reporter, in both languages."""

import pytest

from whistleblower.rules.wording import Flag, findings, has_carve_out


def flags(text: str) -> set[str]:
    return {finding.flag.value for finding in findings(text)}


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Please tell Legal before contacting any agency.", Flag.NOTICE),
        ("You need our approval to go to the SEC.", Flag.NOTICE),
        ("We ask for prior notice of any report.", Flag.NOTICE),
        ("By accepting you give up any award.", Flag.WAIVER),
        ("You waive your right to a whistleblower payment.", Flag.WAIVER),
        ("Please keep this between us.", Flag.SILENCE),
        ("Please do not discuss this with anyone.", Flag.SILENCE),
        ("Don’t tell your colleagues.", Flag.SILENCE),
        ("You may go to the SEC only if we do not answer.", Flag.CONDITION),
        ("Please wait with a report to the agency.", Flag.CONDITION),
        ("Were you on the night shift?", Flag.IDENTITY),
        ("Are you Ana?", Flag.IDENTITY),
        ("Which team do you work in?", Flag.IDENTITY),
        ("Was it sent from inside the building?", Flag.IDENTITY),
        ("Who are you?", Flag.IDENTITY),
        ("Please confirm at https://example.com/x7", Flag.LINK),
        ("Avise a Legal antes de acudir a una agencia.", Flag.NOTICE),
        ("Usted renuncia a cualquier recompensa.", Flag.WAIVER),
        ("Por favor, mantenga esto en secreto.", Flag.SILENCE),
        ("No se lo cuente a nadie.", Flag.SILENCE),
        ("Puede ir a la SEC solo si no contestamos.", Flag.CONDITION),
        ("¿Trabajaba usted en el turno de noche?", Flag.IDENTITY),
        ("¿Quién es usted?", Flag.IDENTITY),
    ],
)
def test_flagged(text: str, flag: Flag) -> None:
    assert flag in flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nothing here limits reporting to the SEC or any agency.",
        "Thank you. The committee has received your report and will look into it.",
        "Which invoices do you mean, and in which quarter were they booked?",
        "When did you see the invoice, and how do you know the amount?",
        "The review has ended. The entries were corrected on March 17, 2027.",
        "Nada en este mensaje limita su derecho de acudir a la SEC o a otra agencia.",
        "Gracias. El comité recibió su informe y lo examinará.",
        "¿De qué facturas se trata y en qué trimestre se registraron?",
    ],
)
def test_clean(text: str) -> None:
    assert flags(text) == set()


def test_carve_out_does_not_cover_the_next_sentence() -> None:
    text = "Nothing here limits reporting to the SEC. But tell Legal before contacting any agency."
    assert flags(text) == {"notice"}


@pytest.mark.parametrize(
    ("text", "language", "has"),
    [
        ("Nothing in this form limits you from going to the SEC or any agency.", "en", True),
        ("You can report here.", "en", False),
        ("Nada en este formulario limita su derecho de acudir a la SEC.", "es", True),
        ("Puede informar aquí.", "es", False),
    ],
)
def test_carve_out(text: str, language: str, has: bool) -> None:
    assert has_carve_out(text, language) is has
