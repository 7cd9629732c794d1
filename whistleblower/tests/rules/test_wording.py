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
        # Agencies by other names, and whom else a person may turn to.
        ("Legal must approve any contact with the FBI.", Flag.NOTICE),
        ("Tell Legal before you contact the Department of Justice.", Flag.NOTICE),
        ("Inform us before you call the FBI.", Flag.NOTICE),
        ("Tell us before you go to the DOJ.", Flag.NOTICE),
        ("Please tell Legal before you speak to a prosecutor.", Flag.NOTICE),
        ("Ask us before going to the press.", Flag.NOTICE),
        ("Come to us before the SEC.", Flag.NOTICE),
        ("Report to us first, and we will take it from there.", Flag.NOTICE),
        ("Please go through Legal.", Flag.NOTICE),
        ("Nothing may leave the company without our approval.", Flag.NOTICE),
        ("Avise a Legal antes de hablar con el FBI.", Flag.NOTICE),
        ("Hable con nosotros antes de acudir a la Fiscalía.", Flag.NOTICE),
        ("Acuda primero a nosotros.", Flag.NOTICE),
        # A carve-out that the same breath takes back.
        ("Nothing here limits you from reporting to the SEC, but tell Legal first.", Flag.NOTICE),
        ("Nothing prevents you from going to the SEC once Legal has approved it.", Flag.NOTICE),
        (
            "Nothing in this message limits reporting to the SEC or any agency, provided that you "
            "tell us first.",
            Flag.CONDITION,
        ),
        (
            "Nothing keeps you from waiting: do not report to the SEC until we are done.",
            Flag.SILENCE,
        ),
        (
            "Nothing you said will stop us from keeping this from the SEC, so do not go to any "
            "agency.",
            Flag.SILENCE,
        ),
        (
            "Nada de esto le impide acudir a la SEC, siempre que avise antes a Legal.",
            Flag.CONDITION,
        ),
        ("You agree not to accept any award.", Flag.WAIVER),
        ("By replying you release all claims against the company.", Flag.WAIVER),
        ("You will not be entitled to a bounty.", Flag.WAIVER),
        ("Usted no tendrá derecho a ninguna recompensa.", Flag.WAIVER),
        ("Please treat this matter as confidential.", Flag.SILENCE),
        ("This conversation is confidential.", Flag.SILENCE),
        ("Say nothing about this to anyone.", Flag.SILENCE),
        ("Esto queda entre usted y la empresa.", Flag.SILENCE),
        ("Trate este asunto como confidencial.", Flag.SILENCE),
        ("If you go to the SEC, we cannot help you.", Flag.CONDITION),
        ("Confirm that you have not written to any agency.", Flag.CONDITION),
        ("What is your role in the company?", Flag.IDENTITY),
        ("Which building do you sit in?", Flag.IDENTITY),
        ("When did you join the company?", Flag.IDENTITY),
        ("Are you a colleague of Ana in accounting?", Flag.IDENTITY),
        ("¿Cómo se llama?", Flag.IDENTITY),
        ("¿En qué edificio trabaja?", Flag.IDENTITY),
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
        "Nothing in this message keeps you from going to the police, a court or the press.",
        "Nothing in this message limits your right to go to the SEC, even if you signed a contract.",
        "Your report was passed to the members of the committee who have no conflict.",
        "The committee engaged an outside firm. It expects its findings in April.",
        "Can you say in which month the goods left the warehouse?",
        "¿Puede decir en qué mes salió la mercancía?",
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
        ("Nothing here limits you from going to the SEC, but tell us first.", "en", False),
        ("Nada en este formulario limita su derecho de acudir a la SEC.", "es", True),
        ("Puede informar aquí.", "es", False),
    ],
)
def test_carve_out(text: str, language: str, has: bool) -> None:
    assert has_carve_out(text, language) is has
