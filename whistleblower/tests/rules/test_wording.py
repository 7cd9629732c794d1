"""RULE-41: what is flagged in a message to a reporter, in both languages."""

import re
import time

import pytest

from whistleblower.rules.wording import PATTERNS, Finding, Flag, findings, has_carve_out, plain


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
        # The examples of RULE-41, and what stands near them.
        ("tell Legal before contacting any agency", Flag.NOTICE),
        ("you give up any award", Flag.WAIVER),
        ("please keep this between us", Flag.SILENCE),
        ("were you on the night shift?", Flag.IDENTITY),
        ("Please let us know before you talk to the SEC.", Flag.NOTICE),
        ("Let Legal know before you speak with anyone outside.", Flag.NOTICE),
        ("Tell Legal before contacting the S.E.C.", Flag.NOTICE),
        ("Tell Legal before contacting the Securities and Exchange Commission.", Flag.NOTICE),
        ("Please notify us of any report you make to an agency.", Flag.NOTICE),
        ("Please give us time before you go outside.", Flag.NOTICE),
        ("You assign any award to the company.", Flag.WAIVER),
        ("Do not contact the SEC.", Flag.SILENCE),
        ("Please do not file a complaint.", Flag.SILENCE),
        ("It is best not to involve outside parties.", Flag.SILENCE),
        ("Let us keep this in the family.", Flag.SILENCE),
        ("Did you talk to the SEC?", Flag.CONDITION),
        ("Your severance depends on not going to the SEC.", Flag.CONDITION),
        ("Only the three of you know this: are you Ana?", Flag.IDENTITY),
        ("Is your name Ana?", Flag.IDENTITY),
        ("Please tell us who you are.", Flag.IDENTITY),
        ("When did you write this?", Flag.IDENTITY),
        ("Who was on duty with you?", Flag.IDENTITY),
        ("Please call me.", Flag.IDENTITY),
        ("See the attached link.", Flag.LINK),
        ("Look at bit.ly/x7", Flag.LINK),
        ("Look at 192.0.2.7", Flag.LINK),
        ("No contacte a la SEC.", Flag.SILENCE),
        ("No se lo cuentes a nadie.", Flag.SILENCE),
        ("Use primero los canales internos.", Flag.NOTICE),
        ("¿Eres Ana?", Flag.IDENTITY),
        ("¿Trabajas de noche?", Flag.IDENTITY),
        # Letters that look like others, and what no eye sees.
        ("W\u0435re y\u043eu on the night \u0455hift?", Flag.IDENTITY),
        ("Keep this betw\u200been us.", Flag.SILENCE),
        ("\u202eKeep\u202c this be\u00adtween us.", Flag.SILENCE),
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
        "nothing here limits reporting to the SEC or any agency",
        "You do not need our permission to go to the SEC.",
        "You need nobody's permission to go to an agency.",
        "You may report to the SEC at any time, before, during or after this review.",
        "You do not have to tell us who you are.",
        "Please do not tell us your name.",
        "We cannot tell you more at this time.",
        "Give us the numbers of the invoices, e.g. 4711.",
        "The ledger is in invoice.xlsx.",
        "No necesita nuestro permiso para acudir a la SEC.",
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


# For each expression a sentence that it alone flags, in the order of the expressions.
EXAMPLES: dict[str, dict[Flag, tuple[str, ...]]] = {
    "en": {
        Flag.NOTICE: (
            "Alert the team prior to any word with the SEC.",
            "With a regulator involved, write to compliance beforehand.",
            "Before a regulator hears of it, we consult.",
            "Speak to legal first.",
            "You need permission to see the police.",
            "We clear each talk with a lawyer.",
            "The police may come when we agree.",
            "We ask for advance notice.",
            "Do nothing without our approval.",
            "You should go through channels.",
            "We handle it internally first.",
            "Notify us of any visit by the police.",
            "Give us a chance.",
            "Exhaust all internal remedies.",
        ),
        Flag.WAIVER: (
            "You forgo any bounty.",
            "You have no right to a reward.",
            "You discharge us from all claims.",
            "You are not eligible for an award.",
            "You hand over the bounty.",
        ),
        Flag.SILENCE: (
            "Please stay quiet.",
            "This matter is privileged.",
            "You should not mention it.",
            "Nobody must know.",
            "It stays just between us.",
            "It is between ourselves.",
            "Not a word: say nothing.",
            "We keep papers from the regulator.",
            "It would be best not to write it down.",
        ),
        Flag.CONDITION: (
            "As long as we answer, no regulator is needed.",
            "See a regulator later.",
            "Hold off with a regulator.",
            "If you complain, a regulator may answer.",
            "We undertake to see the police.",
            "Have you seen the police?",
            "Did you call the police?",
            "Your bonus depends on no word to the police.",
        ),
        Flag.IDENTITY: (
            "Am I right to ask who wrote?",
            "Is this Ana?",
            "Were you at the gate on that Monday?",
            "We need your badge.",
            "Say which store.",
            "It was the late shift.",
            "Where do you eat?",
            "Do we reach a phone at work?",
            "How long have you seen it?",
            "How did you find out?",
            "What year did you join?",
            "Who else knows?",
            "Did you work there?",
            "Please identify yourself.",
            "When did you send it?",
            "Whom else did it reach?",
            "How many people saw it?",
            "Please call us.",
        ),
    },
    "es": {
        Flag.NOTICE: (
            "Informe previamente de la visita a la prensa.",
            "Antes de ver a la prensa, llame.",
            "De la prensa avise primero.",
            "De la prensa, antes a recursos humanos.",
            "Hable con el comité primero.",
            "Primero hable con el comité.",
            "Hable antes con cumplimiento.",
            "Llámenos primero.",
            "Hace falta permiso para ver a la prensa.",
            "Se autoriza la visita a la prensa.",
            "Vea a la prensa cuando se permita.",
            "Hace falta aviso previo.",
            "Hace falta previo aviso.",
            "Primero los canales internos.",
            "Nada sin nuestra autorización.",
        ),
        Flag.WAIVER: (
            "Usted desiste de todo premio.",
            "Usted nos exime de responsabilidad.",
            "No tiene derecho a un premio.",
        ),
        Flag.SILENCE: (
            "Con discreción, por favor.",
            "Queda entre usted y la empresa.",
            "Guarde reserva.",
            "Este asunto es privado.",
            "No lo comente.",
            "Nadie debe enterarse.",
        ),
        Flag.CONDITION: (
            "Siempre que contestemos, no hace falta un juez.",
            "Vea a un juez más tarde.",
            "Espere a ver a un juez.",
            "Si usted denuncia, un juez contesta.",
            "Prometa no ver a un juez.",
            "¿Ha escrito a un juez?",
        ),
        Flag.IDENTITY: (
            "¿Quién le dijo eso?",
            "¿Era usted?",
            "¿Cómo se llama?",
            "Díganos su puesto.",
            "¿En qué planta?",
            "Fue el turno de tarde.",
            "¿Desde dónde?",
            "¿Dónde vive?",
            "¿Trabajaba para ellos?",
            "¿A quién responde?",
            "¿Cuánto tiempo lleva?",
            "¿Cuándo empezó?",
            "Identifíquese.",
        ),
    },
}


@pytest.mark.parametrize("language", PATTERNS)
@pytest.mark.parametrize("flag", PATTERNS["en"])
def test_each_expression_flags_what_no_other_does(language: str, flag: Flag) -> None:
    examples, expressions = EXAMPLES[language][flag], PATTERNS[language][flag]
    found = [
        [n for n, each in enumerate(expressions) if re.search(each, plain(text))]
        for text in examples
    ]
    assert found == [[n] for n in range(len(expressions))]
    assert all(flag in flags(text) for text in examples)


def test_both_languages_flag_the_same() -> None:
    assert list(PATTERNS) == ["en", "es"]
    assert [list(each) for each in PATTERNS.values()] == [[*Flag][:-2]] * 2


def test_first_words_that_were_flagged_are_shown_once_for_each_flag() -> None:
    text = "Who are you? Please stay quiet. Are you Ana? See example.com, or WWW.example.org."
    assert findings(text) == [
        Finding(Flag.SILENCE, "stay quiet"),
        Finding(Flag.IDENTITY, "who are you"),
        Finding(Flag.LINK, "example.com"),
    ]


def test_a_carve_out_in_the_other_language_does_not_count() -> None:
    english = "Nothing in this form limits you from going to the SEC."
    assert has_carve_out(f"Write here. {english} Thank you.", "en")
    assert not has_carve_out(english, "es")


def test_marks_and_curly_quotes_change_nothing() -> None:
    assert plain("  Don’t\nDÍGALO \u2018Ñandú’ ") == "don't digalo 'nandu'"


UNITS = ("tell ", "before the ", "nothing limits ", "aaaa-", "a.", "have you? ", "if you ", "who? ")


@pytest.mark.parametrize("unit", UNITS)
def test_long_text_is_checked_in_a_short_time(unit: str) -> None:
    began = time.process_time()
    found = flags((unit * 50_000)[:50_000])
    assert time.process_time() - began < 3
    assert ("long" in found) is ("?" not in unit)


def test_sentence_that_is_too_long_to_be_checked_is_flagged() -> None:
    words = "the goods and " * 80
    assert findings(f"Thank you. Tell Legal of {words} before you go to the SEC.") == [
        Finding(Flag.LONG, "tell legal of the goods and the goods and the goods and the …")
    ]


@pytest.mark.parametrize("before", [0, 940, 990, 1_000, 1_960, 2_000, 48_000])
def test_words_are_found_wherever_they_stand(before: int) -> None:
    filler = ("The goods left. " * 3_200)[:before]
    assert "notice" in flags(f"{filler}. Tell Legal before contacting any agency.")


def test_carve_out_that_is_too_long_is_none() -> None:
    assert not has_carve_out(f"Nothing {'here ' * 300}limits reporting to the SEC.", "en")
