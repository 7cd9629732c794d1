# ruff: noqa: E501 - a pattern is read as a whole
"""RULE-41: what may be said to a reporter. Exchange Act s. 10A(m)(4)(B); Rule 21F-17(a).

Flagged are prior notice or approval, waivers, silence and conditions on going to agencies, and
questions that ask who wrote, from where or on which shift. A flagged message waits until a second
holder or counsel releases it. The check knows words, not meaning: what it does not flag is not
thereby right.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Flag(StrEnum):
    NOTICE = "notice"
    WAIVER = "waiver"
    SILENCE = "silence"
    CONDITION = "condition"
    IDENTITY = "identity"
    LINK = "link"


AGENCY = r"(sec\b|agenc|regulator|government|authorit|police|osha|law enforcement)"
AGENCIA = r"(sec\b|agencia|regulador|gobierno|autoridad|policia|osha)"

PATTERNS: dict[str, dict[Flag, tuple[str, ...]]] = {
    "en": {
        Flag.NOTICE: (
            rf"\b(tell|notify|inform|ask|contact|call|talk to|speak (to|with)|check with)\b[^.?!]*\b(before|first|prior to)\b[^.?!]*{AGENCY}",
            rf"\b(before|prior to)\b[^.?!]*{AGENCY}[^.?!]*\b(tell|notify|inform|ask|contact|call|approv|permission|consent)",
            rf"\b(permission|approval|consent|clearance)\b[^.?!]*{AGENCY}",
            r"\b(prior|advance) (notice|approval|consent|permission)\b",
        ),
        Flag.WAIVER: (
            r"\b(waiv\w+|give up|forgo|forfeit|renounce|surrender|not accept|decline)\b[^.?!]*\b(award|reward|bounty|right|claim|payment)",
            r"\b(no|any) (right to|claim to) (an |any )?award",
        ),
        Flag.SILENCE: (
            r"\b(keep|stay|remain)\b[^.?!]{0,40}\b(between us|quiet|silent|secret|confidential|to yourself|private)\b",
            r"\b(do not|don't|must not|may not|should not|shouldn't|never|cannot|can't|not to)\b[^.?!]{0,30}\b(tell|talk|speak|discuss|share|disclose|mention|report|go)\b",
            r"\b(nobody|no one|no-one) (else )?(should|must|may|can|needs to) (know|hear|learn)",
            r"\bonly (with|between) us\b",
        ),
        Flag.CONDITION: (
            rf"\b(only if|only after|unless|as long as|provided that|on condition)\b[^.?!]*{AGENCY}",
            rf"{AGENCY}[^.?!]*\b(only if|only after|unless|as long as|provided that|on condition|later|until)\b",
            rf"\b(wait|hold off|refrain)\b[^.?!]*{AGENCY}",
        ),
        Flag.IDENTITY: (
            r"\bwho (are you|is this|wrote|sent|am i)\b",
            r"\b(are|is|were|was) (you|this) [a-z]+( [a-z]+)?\?",
            r"\b(your|tell us|give us|what is your) (full |real |first |last )?(name|position|title|job|department|team|shift|desk|office|phone|e-?mail|supervisor|manager|boss|badge)\b",
            r"\bwhat (team|department|shift|office|site|plant|floor|group|location)\b",
            r"\bwhich (team|department|shift|office|site|plant|floor|group|location|desk|computer)\b",
            r"\b(night|day|late|early|morning|evening) shift\b",
            r"\bwhere (are|were|do|did) you\b",
            r"\b(from|at|in) (home|work|the office|inside|outside|the building)\b[^.!]*\?",
            r"\bhow (long have|did) you (worked|been|come|get|find)\b",
            r"\bwho (else )?(knows|knew|was there|told you|do you work)\b",
            r"\b(do|did) you (work|report) (in|for|at|to|with|on)\b",
            r"\bidentif(y|ies) yourself\b",
        ),
    },
    "es": {
        Flag.NOTICE: (
            rf"\b(avise|avisar|diga|informe|informar|notifique|consulte|hable|contacte)\b[^.?!]*\b(antes|primero)\b[^.?!]*{AGENCIA}",
            rf"\bantes de\b[^.?!]*{AGENCIA}",
            rf"\b(permiso|aprobacion|autorizacion|consentimiento)\b[^.?!]*{AGENCIA}",
            r"\b(aviso|aprobacion|autorizacion|permiso|consentimiento) previ[oa]\b",
        ),
        Flag.WAIVER: (
            r"\b(renunci\w+|desist\w+|no acept\w+)\b[^.?!]*\b(premio|recompensa|derecho|reclamo|pago)",
        ),
        Flag.SILENCE: (
            r"\b(entre nosotros|en secreto|en silencio|confidencialmente)\b",
            r"\b(guarde|mantenga|guardar|mantener)\b[^.?!]{0,40}\b(secreto|silencio|confidencial|reserva|para usted)",
            r"\bno (se lo |lo |le |debe |puede )*(diga|decir|cuente|contar|hable|hablar|comente|comentar|comparta|compartir|revele|revelar|mencione|informe|informar|vaya)\b",
            r"\bnadie (mas )?(debe|puede|tiene que) (saber|enterarse)",
        ),
        Flag.CONDITION: (
            rf"\b(solo si|solo despues|a menos que|siempre que|con la condicion)\b[^.?!]*{AGENCIA}",
            rf"{AGENCIA}[^.?!]*\b(solo si|solo despues|a menos que|siempre que|mas tarde|hasta que)\b",
            rf"\b(espere|esperar|abstenga)\w*\b[^.?!]*{AGENCIA}",
        ),
        Flag.IDENTITY: (
            r"\bquien (es|eres|escribio|envio|le dijo|mas)\b",
            r"\b(es|eres|era) usted\b",
            r"\b(su|tu|diganos su|cual es su) (nombre|puesto|cargo|departamento|equipo|turno|oficina|telefono|correo|supervisor|jefe)\b",
            r"\b(que|cual|en que|en cual) (equipo|departamento|turno|oficina|planta|sitio|area|grupo)\b",
            r"\bturno de (noche|dia|manana|tarde)\b",
            r"\b(de|desde) donde\b",
            r"\bdonde (esta|estaba|trabaja|trabajaba)\b",
            r"\b(trabaja|trabajaba|reporta) (usted )?(en|para|con|a)\b",
            r"\bidentifi\w+se\b",
        ),
    },
}
LINKS = re.compile(r"https?://|www\.|\b[\w.-]+\.(com|org|net|gov|io|info)\b")
CARVE_OUT = {
    "en": re.compile(
        rf"\b(nothing|no part)\b[^.?!]*\b(limit|prevent|restrict|stop|keep)\w*\b[^.?!]*{AGENCY}"
    ),
    "es": re.compile(
        rf"\b(nada|ninguna parte)\b[^.?!]*\b(limita|impide|restringe|prohibe)\w*\b[^.?!]*{AGENCIA}"
    ),
}


@dataclass(frozen=True)
class Finding:
    flag: Flag
    words: str


def plain(text: str) -> str:
    """Lower case, without marks, curly quotes straightened, one space between words."""
    straight = text.translate({0x2018: "'", 0x2019: "'"})
    letters = unicodedata.normalize("NFKD", straight).casefold()
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def findings(text: str) -> list[Finding]:
    """What a text says that needs a second pair of eyes, in either language. A sentence that says
    that nothing limits going to an agency is taken out first: it is what the law wants said."""
    read = plain(text)
    for carve_out in CARVE_OUT.values():
        read = carve_out.sub(" ", read)
    found: dict[Flag, Finding] = {}
    for patterns in PATTERNS.values():
        for flag, expressions in patterns.items():
            for expression in expressions:
                if match := re.search(expression, read):
                    found.setdefault(flag, Finding(flag, match[0]))
    if match := LINKS.search(read):
        found[Flag.LINK] = Finding(Flag.LINK, match[0])
    return list(found.values())


def has_carve_out(text: str, language: str) -> bool:
    """Whether a published text says that nothing in it limits reporting to an agency."""
    return CARVE_OUT[language].search(plain(text)) is not None
