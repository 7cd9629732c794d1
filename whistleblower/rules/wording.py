# ruff: noqa: E501 - a pattern is read as a whole
"""RULE-41: what may be said to a reporter. Exchange Act s. 10A(m)(4)(B); Rule 21F-17(a).

Flagged are prior notice or approval, waivers, silence and conditions on going to agencies, and
questions that ask who wrote, from where or on which shift. A flagged message waits until a second
holder or counsel releases it. The check knows words, not meaning: what it does not flag is not
thereby right.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Flag(StrEnum):
    NOTICE = "notice"
    WAIVER = "waiver"
    SILENCE = "silence"
    CONDITION = "condition"
    IDENTITY = "identity"
    LINK = "link"
    LONG = "long"


AGENCY = (
    r"\b(sec\b|agenc|regulator|government|authorit|police|osha\b|law enforcement|justice|doj\b|fbi\b"
    r"|prosecut|attorney|lawyer|finra\b|pcaob\b|nlrb\b|eeoc\b|cftc\b|irs\b|congress|inspector|ombud"
    r"|court|journalist|press\b|media\b|newspaper|exchange commission|the commission|tax office"
    r"|(anyone|anybody|somebody|someone|people|part(y|ies)) (else )?outside|outside (the company|part(y|ies)|people)"
    r"|third part(y|ies)|outsiders)"
)
AGENCIA = (
    r"\b(sec\b|agencia|regulador|gobierno|autoridad|policia|osha\b|fbi\b|fiscal|ministerio|juzgado"
    r"|juez|tribunal|justicia|inspeccion|inspector|prensa|periodista|abogad|congreso|defensor|comision de (bolsa|valores)|la comision\b"
    r"|fuera de la (empresa|compania)|terceros)"
)
# Who is told first where a notice is asked for.
US = r"(us|me|legal|counsel|compliance|management|the company|the committee|hr|human resources|your (manager|supervisor|boss))"
NOSOTROS = r"(nosotros|nos|legal|la empresa|la compania|el comite|cumplimiento|recursos humanos|su (jefe|supervisor))"
TELL = r"(let|tell|notify|inform|ask|contact|call|consult|alert|come|go|turn|write|report|talk|speak|check)"
DIGA = r"(avise|avisar|aviso|diga|decir|informe|informar|notifique|consulte|hable|contacte|acuda|venga|escriba|dirijase|pregunte|comunique|comunicar)"

PATTERNS: dict[str, dict[Flag, tuple[str, ...]]] = {
    "en": {
        Flag.NOTICE: (
            rf"\b(let us know|let \w+ know|tell|notify|inform|ask|contact|call|consult|alert|talk (to|with)|speak (to|with)|check with|come to|go to|turn to|write to|report to)\b[^.?!]*\b(before|first|prior to)\b[^.?!]*{AGENCY}",
            rf"{AGENCY}[^.?!]*\b{TELL}\b[^.?!]{{0,30}}\b{US}\b[^.?!]{{0,30}}\b(first|before|beforehand)\b",
            rf"\b(before|prior to)\b[^.?!]*{AGENCY}[^.?!]*\b(tell|notify|inform|ask|contact|call|consult|approv|permission|consent)",
            rf"\b{TELL}\b( to| with)? {US}\b[^.?!]{{0,20}}\b(first\b\s*([.,;!?]|$|and\b)|(before|prior to) (you|your|any|anyone|going|contact|speaking|talking|reporting|writing|turning|disclos|shar|telling))",
            rf"\b(permission|approval|consent|clearance|authorization|sign-off)\b[^.?!]*{AGENCY}",
            rf"\b(approv|authoriz|clear|sign off|permit)\w*\b[^.?!]*{AGENCY}",
            rf"{AGENCY}[^.?!]*\b(once|when|after|if|until)\b[^.?!]*\b(approv|authoriz|agree|clear|consent|permi)",
            r"\b(prior|advance|previous|written) (notice|approval|consent|permission|authorization)\b",
            r"\bwithout (our|my|their|its|prior|legal's|management's|the company's|the committee's)\b[^.?!]{0,30}\b(approval|consent|permission|knowledge|authorization)\b",
            rf"\bgo through\b[^.?!]{{0,20}}\b({US}|channels?)\b",
            r"\binternal(ly)?\b[^.?!]{0,40}\b(first|before)\b",
            rf"\b(inform|notify|alert|tell) {US}\b (of|about|if|when|whenever) (any|you|your)\b[^.?!]*{AGENCY}",
            r"\bgive (us|me|the company|the committee|legal|counsel|management) (a |an |some |more |the )?(chance|time|opportunity|notice|warning|heads)\b",
            r"\bexhaust\w*\b[^.?!]{0,20}\b(internal|company)",
        ),
        Flag.WAIVER: (
            r"\b(waiv\w+|give up|giving up|forgo|forfeit|renounce|surrender|not (to )?(accept|claim|seek|take|receive|apply)|decline)\b[^.?!]*\b(awards?|rewards?|bount(y|ies)|rights?|claims?|payments?|money)\b",
            r"\b(no|any) (right to|claim to) (an |any |a )?(award|reward|bounty|payment)",
            r"\b(releas|discharg)\w*\b[^.?!]*\b(claims?|rights?)\b",
            r"\bnot (be )?(entitled|eligible)\b[^.?!]*\b(award|reward|bounty|payment)",
            r"\b(assign|turn over|hand over|pay back|repay|return)\w*\b[^.?!]{0,20}\b(awards?|rewards?|bount(y|ies))\b",
        ),
        Flag.SILENCE: (
            r"\b(keep|keeping|stay|remain|treat|hold)\b[^.?!]{0,40}\b(between us|quiet|silent|secret|confidential|to yourself|private|confidence)\b",
            r"\b(conversation|matter|message|exchange|discussion|investigation|review|case|this|it) (is|are|remains|stays|must be|should be|has to be|must stay|must remain|should stay) (\w+ )?(confidential|secret|private|privileged)\b",
            r"\b(do not|don't|must not|may not|should not|shouldn't|never|cannot|can't|not to|refrain from|avoid)\b[^.?!]{0,30}\b(tell|talk|speak|discuss|share|disclos|mention|report|go\b|going\b|contact|involv|approach|inform|notify|alert|complain|file|filing|call|write to|turn to|e-?mail|post|publish|repeat)",
            r"\b(nobody|no one|no-one) (else )?(should|must|may|can|needs to) (know|hear|learn)",
            r"\b(only|just) (with|between) us\b",
            r"\b(between (you and|ourselves)|in the family|eyes only)\b",
            r"\b(say nothing|not (say|breathe|utter) a(ny)? (word|thing)|not say anything|discre(et|tion))\b",
            rf"\bkeep\w*\b[^.?!]{{0,30}}\bfrom\b[^.?!]{{0,20}}{AGENCY}",
            r"\b(better|best|prefer\w*|rather|wiser) (you )?not (to )?(be )?\w",
        ),
        Flag.CONDITION: (
            rf"\b(only if|only after|only when|unless|as long as|so long as|provided|on condition|until|once)\b[^.?!]*{AGENCY}",
            rf"{AGENCY}[^.?!]*\b(only if|only after|only when|unless|as long as|so long as|provided|on condition|later|until|once)\b",
            rf"\b(wait|hold off|refrain|delay|postpone)\w*\b[^.?!]*{AGENCY}",
            rf"\bif you\b[^.?!]{{0,20}}\b(go|report|turn|talk|speak|write|contact|complain|call|approach)\b[^.?!]*{AGENCY}",
            rf"\b(promise|agree|confirm|certify|represent|warrant|assure|undertake)\b[^.?!]*{AGENCY}",
            rf"\bhave you\b[^.!]*{AGENCY}",
            rf"\b(did|do|will|would) you (\w+ ){{0,2}}(talk|speak|go|report|write|contact|complain|file|tell|turn|inform|notify|call|approach)\b[^.!]*{AGENCY}",
            rf"\b(depend|condition|contingent|lose|losing|forfeit)\w*\b[^.?!]*{AGENCY}",
        ),
        Flag.IDENTITY: (
            r"\bwho (are you|you are|is this|this is|wrote|sent|am i)\b",
            r"\b(are|is|were|was) (you|this|your name) [a-z]+( [a-z]+)?\?",
            r"\b(are|were) you (a|an|the|one|in|from|part|with|at|on|still|currently|employed|working|based|located|new|related)\b[^.!]*\?",
            r"\b(your|tell us|give us|what is your|what's your) (full |real |first |last |current |own )?(name|position|title|job|role|department|team|shift|desk|office|phone|mobile|e-?mail|address|number|age|supervisor|manager|boss|badge|employee|staff|personnel|location|grade|rank)\b",
            r"\b(what|which) (\w+ )?(team|department|shift|office|site|plant|floor|group|location|desk|computer|building|branch|store|warehouse|country|city|state|region|division|unit|room)\b",
            r"\b(night|day|late|early|morning|evening) shift\b",
            r"\bwhere (are|were|do|did) you\b",
            r"\b(from|at|in) (home|work|the office|inside|outside|the building)\b[^.!]*\?",
            r"\bhow (long|old) (have|had|did|are|were) you\b",
            r"\bhow did you (come|get|find)\b",
            r"\b(when|what year|what month) did you (join|start|begin|leave|move|arrive)\b",
            r"\bwho (else )?(knows|knew|was (there|on duty|with you|present)|told you|do you (work|report|answer|sit))\b",
            r"\b(do|did) you (still )?(work|report|sit|live|belong|know \w+ personally)\b",
            r"\bidentif(y|ies) yourself\b",
            r"\b(when|what time|which day|what day|how late|how early) (did|do) you (write|send|submit|type|log|sign|visit|arrive|come|leave)\b",
            r"\bwho(m)? else (did|have|has|do)\b",
            r"\bhow many (people|others|colleagues|employees|of you)\b[^.!]*\?",
            r"\b(call|phone|telephone|text|ring|e-?mail) (me|us)\b",
        ),
    },
    "es": {
        Flag.NOTICE: (
            rf"\b{DIGA}\b[^.?!]*\b(antes|primero|previamente)\b[^.?!]*{AGENCIA}",
            rf"\bantes de\b[^.?!]*{AGENCIA}",
            rf"{AGENCIA}[^.?!]*\b{DIGA}\b[^.?!]{{0,30}}\b(antes|primero|previamente)\b",
            rf"{AGENCIA}[^.?!]*\b(primero|antes)\b[^.?!]{{0,30}}\b{NOSOTROS}\b",
            rf"\b{DIGA}\b[^.?!]{{0,30}}\b{NOSOTROS}\b[^.?!]{{0,30}}\b(primero|antes)\b",
            rf"\b(primero|antes)\b[^.?!]{{0,30}}\b{DIGA}\b[^.?!]{{0,20}}\b{NOSOTROS}\b",
            rf"\b{DIGA}\b[^.?!]{{0,10}}\b(primero|antes)\b[^.?!]{{0,20}}\b{NOSOTROS}\b",
            r"\b(avisenos|avisanos|diganos|dinos|informenos|informanos|consultenos|consultanos|escribanos|escribenos|llamenos|llamanos)\b[^.?!]{0,30}\b(primero|antes)\b",
            rf"\b(permiso|aprobacion|autorizacion|consentimiento|visto bueno)\b[^.?!]*{AGENCIA}",
            rf"\b(aprob|aprueb|autoric|autoriz)\w*\b[^.?!]*{AGENCIA}",
            rf"{AGENCIA}[^.?!]*\b(una vez que|cuando|despues de que|si)\b[^.?!]*\b(aprob|aprueb|autori|consient|permi)",
            r"\b(aviso|aprobacion|autorizacion|permiso|consentimiento) previ[oa]\b",
            r"\bprevi[oa] (aviso|aprobacion|autorizacion|permiso|consentimiento)\b",
            r"\b(primero|antes)\b[^.?!]{0,30}\b(canales|via|vias|procedimientos?) intern",
            r"\bsin (nuestr[oa]|mi|su|la|el)\b[^.?!]{0,30}\b(aprobacion|autorizacion|permiso|consentimiento|conocimiento)\b",
        ),
        Flag.WAIVER: (
            r"\b(renunci\w+|desist\w+|no (acept|reclam|solicit|ped)\w+)\b[^.?!]*\b(premios?|recompensas?|derechos?|reclam\w+|pagos?|dinero)\b",
            r"\b(liber|exoner|exim)\w*\b[^.?!]*\b(reclam\w+|derechos?|responsabilidad)\b",
            r"\bno (tiene|tendra|tendria) (ningun )?derecho a\b[^.?!]*\b(premio|recompensa|pago)",
        ),
        Flag.SILENCE: (
            r"\b(entre nosotros|en secreto|en silencio|confidencialmente|discrecion|ni una palabra)\b",
            r"\bentre (usted|tu|ustedes) y\b",
            r"\b(guarda|guarde|manten|mantenga|guardar|mantener|trata|trate|tratar|conserva|conserve)\b[^.?!]{0,40}\b(secreto|silencio|confidencial|reserva|reservad[oa]|para usted)",
            r"\b(conversacion|asunto|mensaje|investigacion|caso|esto|informacion) (es|son|sigue siendo|debe ser|queda) (\w+ )?(confidencial|secret[oa]|reservad[oa]|privad[oa])",
            r"\bno (se lo |lo |le |les |debe |deben |debes |puede |pueden |puedes )*(digas?|decir|cuentes?|contar|hables?|hablar|comentes?|comentar|compartas?|compartir|reveles?|revelar|menciones?|mencionar|informes?|informar|denuncies?|denunciar|acudas?|acudir|vayas?|ir|contactes?|contactar|involucres?|llames?|escribas?|avises?)\b",
            r"\bnadie (mas )?(debe|puede|tiene que) (saber|enterarse)",
        ),
        Flag.CONDITION: (
            rf"\b(solo si|solo despues|solo cuando|a menos que|siempre que|siempre y cuando|con la condicion|una vez que|hasta que)\b[^.?!]*{AGENCIA}",
            rf"{AGENCIA}[^.?!]*\b(solo si|solo despues|solo cuando|a menos que|siempre que|siempre y cuando|con la condicion|mas tarde|hasta que|una vez que)\b",
            rf"\b(espere|esperar|abstenga|abstenerse|posponga)\w*\b[^.?!]*{AGENCIA}",
            rf"\bsi (usted )?(acude|va|denuncia|informa|habla|escribe|contacta|se dirige)\b[^.?!]*{AGENCIA}",
            rf"\b(prometa|promete|confirme|confirma|declare|declara|garantice|acepta que no)\b[^.?!]*{AGENCIA}",
            rf"\b(ha|han) (acudido|informado|denunciado|hablado|contactado|escrito)\b[^.!]*{AGENCIA}",
        ),
        Flag.IDENTITY: (
            r"\bquien (es|eres|escribio|envio|le dijo|mas)\b",
            r"\b((es|era) usted|eres|eras)\b",
            r"\bcomo (se llama|te llamas)\b",
            r"\b(su|tu|diganos su|cual es su) (nombre|apellido|puesto|cargo|funcion|rol|departamento|equipo|turno|oficina|telefono|correo|direccion|edad|numero|supervisor|jefe|gerente)\b",
            r"\b(que|cual|cuales|en que|en cual) (equipo|departamento|turno|oficina|planta|sitio|area|grupo|edificio|piso|sucursal|tienda|almacen|pais|ciudad|division|unidad)\b",
            r"\bturno de (noche|dia|manana|tarde)\b",
            r"\b(de|desde) donde\b",
            r"\bdonde (esta|estaba|trabaja|trabajaba|vive|se sienta)\b",
            r"\b(trabaja|trabajas|trabajaba|trabajabas|reporta|reportas) (usted )?(en|de|para|con|a)\b",
            r"\b(a|con|para) quien (reporta|trabaja|responde)\b",
            r"\bcuanto tiempo (lleva|llevaba|ha)\b",
            r"\bcuando (entro|empezo|ingreso|comenzo|se incorporo)\b",
            r"\bidentifi\w+se\b",
        ),
    },
}
LINKS = re.compile(
    r"\b\w{1,20}://|\bwww\.|\b[\w.-]{1,253}\.(com|org|net|gov|io|info|co|us|ly|gl|me|app|dev|edu|biz|eu|uk|de|es|mx|ai"
    r"|link|click|site|online|xyz|top)\b|\b[\w-]{1,63}(\.[\w-]{1,63}){1,8}/\w|\b\d{1,3}(\.\d{1,3}){3}\b"
    r"|\b(attached|following|this) link\b|\benlace (adjunto|siguiente)\b"
)
# What no sentence says to keep somebody silent: who speaks of what they cannot say, and that nobody
# has to give a name.
SAID_OF_US = re.compile(
    r"\bwe (cannot|can't|may not) (tell|give|share with) you\b"
    r"|\b(do not|don't) (have|need) to (tell|give) us (who you are|your name)\b"
    r"|\b(do not|don't) (tell|give) us (who you are|your name)\b"
)
# A sentence that says that nothing limits going to an agency: what the law wants said.
CARVE_OUT = {
    "en": re.compile(
        rf"\b(nothing|no part)\b.*\b(limit|prevent|restrict|stop|keep|prohibit|forbid)\w*\b.*{AGENCY}"
    ),
    "es": re.compile(rf"\b(nada|ninguna parte)\b.*\b(limit|impid|restring|prohib)\w*\b.*{AGENCIA}"),
}
# A sentence that says that nobody is asked.
FREELY = re.compile(
    rf"\b((do not|don't|never) need (our|any|anyone's|anybody's|the company's)|need (nobody's|no one's|no)) permission\b.*{AGENCY}"
    rf"|\bno necesita (nuestro |ningun |el )?permiso\b.*{AGENCIA}"
)
# What takes back in the same breath what a sentence gives: it is then read like any other.
TAKES_BACK = re.compile(
    r"\b(but|however|though|provided|once|until|before|first|unless|only|after|when|then|so|except"
    r"|without|subject to|if|long as|tell|notify|inform|ask|approv\w*|us from|pero|siempre|antes|primero"
    r"|solo|salvo|excepto|una vez|hasta|despues|cuando|si|sin|avise|consulte)\b|[:;]"
)
# A longer sentence is not checked, and is flagged as such: nobody writes one to be understood.
LONGEST, SHOWN = 1_000, 60
SENTENCE = re.compile(r"[^.?!]+[.?!]*")
# S.E.C. is no end of a sentence.
DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
# Letters that look like others, by which a reader could get past the check.
ALIKE = str.maketrans("авекмнорстухіјѕԁһԛԝαεικνορτυχ", "abekmhopctyxijsdhqwaeikvoptux")


@dataclass(frozen=True)
class Finding:
    flag: Flag
    words: str


def unmarked(text: str) -> str:
    """Without marks and what no eye sees, curly quotes straightened, one space between words."""
    straight = text.translate({0x2018: "'", 0x2019: "'"})
    letters = unicodedata.normalize("NFKD", straight)
    seen = (c for c in letters if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return " ".join("".join(seen).split())


def plain(text: str) -> str:
    """The same in lower case."""
    return unmarked(text).casefold()


def findings(text: str) -> list[Finding]:
    """What a text says that needs a second pair of eyes, in either language."""
    read = _as_read(text)
    sentences = [match[0] for match in SENTENCE.finditer(SAID_OF_US.sub("", read))]
    short = [each for each in sentences if len(each) <= LONGEST]
    judged = " ".join(each.strip() for each in short if not _is_carve_out(each))
    found: dict[Flag, Finding] = {}
    for window in _windows(judged):
        for patterns in PATTERNS.values():
            for flag, expressions in patterns.items():
                for expression in expressions:
                    if flag not in found and (match := re.search(expression, window)):
                        found[flag] = Finding(flag, match[0])
    if match := LINKS.search(read):
        found[Flag.LINK] = Finding(Flag.LINK, match[0])
    if long := next((each for each in sentences if len(each) > LONGEST), ""):
        found[Flag.LONG] = Finding(Flag.LONG, f"{long.strip()[:SHOWN]}…")
    return [found[flag] for flag in Flag if flag in found]


def _windows(text: str) -> Iterator[str]:
    """A text in pieces that overlap by a sentence, so that the time grows with its length alone."""
    for start in range(0, max(1, len(text) - LONGEST), LONGEST):
        yield text[start : start + 2 * LONGEST]


def _as_read(text: str) -> str:
    return DOTTED.sub(lambda m: m[0].replace(".", "") + " ", plain(text).translate(ALIKE))


def _is_carve_out(sentence: str) -> bool:
    """Whether it says that nothing limits going to an agency, and says nothing against it."""
    if len(sentence) > LONGEST:
        return False
    says = any(each.search(sentence) for each in (*CARVE_OUT.values(), FREELY))
    return says and TAKES_BACK.search(sentence) is None


def has_carve_out(text: str, language: str) -> bool:
    """Whether a published text says that nothing in it limits reporting to an agency."""
    sentences = (match[0] for match in SENTENCE.finditer(plain(text)))
    return any(_is_carve_out(each) and CARVE_OUT[language].search(each) for each in sentences)
