"""Prose of a charter: where a sentence ends, and what a lead-in to a list says by itself."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from charters.reading.markers import letter

SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]*[A-Z0-9])")
NEVER_AN_END = {
    "no", "nos", "mr", "mrs", "ms", "dr", "st", "v", "vs", "sec", "secs", "art", "arts", "reg",
    "regs", "cf", "viz", "fed", "ex", "para", "p", "pp", "vol", "e.g", "i.e", "s", "ss", "hon", "civ", "crim",
    "jan", "feb", "aug", "sept", "oct", "nov", "dec",
}  # fmt: skip
SOMETIMES_AN_END = {
    "inc", "corp", "co", "ltd", "cos", "bros", "u.s", "u.s.a", "u.k", "etc", "a.m", "p.m", "jr",
    "sr", "l.p", "llc", "n.v", "s.a", "d.c", "al", "plc", "l.l.c", "l.l.p", "p.l.c",
}  # fmt: skip
OPENER = re.compile(
    r"[\"'\u201c(]*(?:The|It|Its|Each|All|Any|An?|In|At|If|No|On|To|Such|This|These|Those|They"
    r"|Members?|When|Where|Every|Unless|Upon|For|With|One|Two|Three|Following|Except|Minutes)\b"
)
LONGEST_EDGE = 15  # words
SHORTEST_REQUIREMENT = 4  # words: less is the name of an item
WORD = re.compile(r"[^\W_]+")
DIVIDED_OR_WORD = re.compile(r"([^\W_]+)[-\u2010\u00ad][^\S\n]*\r?\n\s*([a-z][^\W_]*)|[^\W_]+")
INLINE_ITEM = re.compile(
    r"(?<=[\s:;,])\(?(\d{1,2}|[a-z]|[ivx]{1,5})\)\s+(?=\S)|(?<=:\s)(\d{1,2}|[a-z])\.\s+(?=\S)"
)
ORDERS = (
    [letter(place) for place in range(1, 27)],
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii"],
    [str(number) for number in range(1, 30)],
)
COUNT = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2}|one or more|at least one)"
    r"(?: or more)? (?:\w+ )?(?:directors?|members?|times?|meetings?|days?|months?|years?|persons?)"
)
NUMBER = re.compile(
    rf"\b(?:{COUNT}|majority|at least (?:annually|quarterly|once)|annually|quarterly"
    r"|not? (?:fewer|less) than|(?:each|every) (?:fiscal )?(?:year|quarter))\b",
    re.I,
)
MODAL = re.compile(r"\b(?:shall|must|will|may not|is required to|are required to)\b", re.I)
DUTY = r"(?:dut(?:y|ies)|responsib\w+|obligat\w+)"
NEGATED = re.compile(
    rf"\b(?:nothing\b.{{0,80}}\b(?:{DUTY}|require\w*)"
    rf"|(?:is|are) not (?:itself |themselves )?(?:the |a |its |their )?(?:{DUTY}|role|function)"
    rf"|not (?:\w+ ){{0,3}}(?:any |a |the )?{DUTY}\b(?! for the (?:appointment|oversight))"
    r"|not (?:be )?(?:required|obligated|expected) to"
    r"|(?:does|do|did|shall|will) not (?:itself )?(?:plan|conduct|prepare|certify|guarantee|provide)"
    rf"|(?:has|have|is|are|bears?) (?:no|neither)\b.{{0,30}}\b{DUTY}"
    rf"|(?:no|neither) {DUTY}\b)",
    re.I,
)
OTHERS_DUTY = re.compile(
    r"(?:(?:the )?(?:company\S* )?(?:management|auditors?|(?:independent|external|outside) auditors?"
    r"|(?:independent )?(?:registered )?(?:public )?accounting firm)\b[^.;]{0,60}?"
    r"\b(?:is|are) (?:\w+ )?responsible"
    r"|.{0,40}\b(?:is|are) the responsibility of (?:the )?(?:company\S* )?management\b)",
    re.I,
)
EXCEPTION = re.compile(r"\bexcept(?: when| where| that| as| in| for| if)\b[^,.;]*,?", re.I)
PART = re.compile(
    r";(?: and| or)?\s"
    r"|, (?=(?:each|all|none|one) of whom\b)"
    r"|,? and (?=(?:(?:the (?:audit )?committee|it|they) )?(?:shall|will|must|may)\b)",
    re.I,
)
RELATIVE = re.compile(r"\b(?:that|which)\b", re.I)
TAIL = re.compile(
    r"[,;]?\s*\b(?:including(?: but not limited to|,? without limitation)?"
    r"|(?:which|that) (?:shall |may )?includes?|such as|namely|as follows|the following"
    r"|and|or)?[\s,:;\u2014\u2013-]*$",
    re.I,
)
INTRODUCES = re.compile(
    r":[\s\u2014\u2013-]*$"
    r"|\b(?:including|includes?|following|follows|namely|such as|shall|must|will|to|of(?: the)?"
    r"|that|including,? (?:but not limited to|without limitation))[,:]?$",
    re.I,
)
DANGLING = re.compile(
    r"\b(?:of|on|by|with|in|for|from|about|over|regarding|concerning|respecting|the|an?|its|that"
    r"|whether|shall|must|will|be|following)$",
    re.I,
)
IMPERATIVE = re.compile(
    r"(?:annually |periodically |regularly |at least |where |as appropriate, )?"
    r"(?:act|adopt|advise|appoint|approve|assess|assist|conduct|confirm|consider|consult|determine"
    r"|direct|discuss|engage|ensure|establish|evaluate|examine|hold|inform|inquire|instruct"
    r"|investigate|maintain|meet|monitor|obtain|oversee|perform|pre-?approve|prepare|provide"
    r"|reassess|receive|recommend|report|request|resolve|retain|review|select|set|submit|take)\b",
    re.I,
)
EMPTY = {
    "a", "an", "the", "and", "or", "of", "to", "in", "for", "with", "by", "its", "their", "such",
    "be", "is", "are", "have", "has", "also", "other", "any", "all", "each", "this", "these",
    "following", "responsible", "responsibility", "responsibilities", "duty", "duties", "function",
    "functions", "authority", "authorities", "power", "powers", "perform", "carry", "out",
    "include", "includes", "including", "undertake", "do", "matters", "matter", "specific",
    "principal", "primary", "recurring", "activities", "tasks", "not", "limited", "without",
    "limitation", "but", "as", "it", "purpose", "purposes", "committee", "audit", "on", "behalf",
}  # fmt: skip


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph. An abbreviation, a number or an initial ends none."""
    ends = [end.end() for end in SENTENCE_END.finditer(text) if _ends_here(text, end)]
    bounds = [0, *ends, len(text)]
    parts = [text[start:stop].strip() for start, stop in pairwise(bounds)]
    return [part for part in parts if part]


def _ends_here(text: str, end: re.Match[str]) -> bool:
    if text[end.start()] != ".":
        return True
    before = text[: end.start()].rsplit(maxsplit=1)
    word = before[-1].lstrip("(\"'\u201c[").lower() if before else ""
    follows = text[end.end() :]
    if word in NEVER_AN_END or re.fullmatch(r"[a-z]", word):
        return False
    if word.isdigit() and text[: end.start() - len(word)].rstrip()[-1:] in {":", ";", ""}:
        return False
    if word in SOMETIMES_AN_END or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return bool(OPENER.match(follows))
    return True


def unfold(sentence: str) -> list[tuple[str, str]]:
    """A sentence with a list inside it, as (marker, words): the lead-in, then each item.

    "(b)" without an "(a)" before it is no list, nor is a reference like 10A(m). A sentence
    without a list stays whole, and so does one that says what is nobody's duty: its parts would
    read as duties.
    """
    if is_negated(sentence):
        return [("", sentence)]
    found = list(INLINE_ITEM.finditer(sentence))
    run = next(filter(None, (_run(found, order) for order in ORDERS)), [])
    if len(run) < 2 or not sentence[: run[0].start()].strip():
        return [("", sentence)]
    stops = [*(item.start() for item in run[1:]), len(sentence)]
    items = [
        (item.group().strip(), sentence[item.end() : stop].strip())
        for item, stop in zip(run, stops, strict=True)
    ]
    if not all(words for _, words in items):
        return [("", sentence)]
    return [("", sentence[: run[0].start()].strip()), *items]


def opening_list(text: str) -> list[tuple[str, str]]:
    """A paragraph that is a list from its first word, "(a) The ... (b) The ...", as its items."""
    found = list(INLINE_ITEM.finditer(f" {text}"))
    if not found or found[0].start() > 1:
        return []
    run = next(filter(None, (_run(found, order) for order in ORDERS)), [])
    if len(run) < 2 or run[0] is not found[0]:
        return []
    stops = [*(item.start() for item in run[1:]), len(text) + 1]
    return [
        (item.group().strip(), f" {text}"[item.end() : stop].strip())
        for item, stop in zip(run, stops, strict=True)
    ]


def binding(text: str) -> str:
    """The sentences that ask something of the committee, without what they except.

    Neither disclaimers do, nor sentences on what management or the auditor is responsible for.
    """
    kept = [each for each in sentences(text) if not (is_negated(each) or OTHERS_DUTY.match(each))]
    return " ".join(EXCEPTION.sub("", each).strip() for each in kept)


def requirements(text: str) -> list[str]:
    """A clause, and its parts that each ask for something of their own."""
    parts = [part for sentence in sentences(text) for part in PART.split(sentence)]
    parts = [part.strip() for part in parts if len(part.split()) >= SHORTEST_REQUIREMENT]
    return [text, *parts] if parts != [text] else [text]


def _run(found: list[re.Match[str]], order: list[str]) -> list[re.Match[str]]:
    """The markers that count through this order from its beginning.

    A slip that repeats a number, (i) (ii) (ii) (iv), counts where the next number goes on.
    """
    run: list[re.Match[str]] = []
    labels = [item[1] or item[2] for item in found]
    for place, label in enumerate(labels):
        at = len(run)
        if at >= len(order):
            break
        is_slip = (
            at > 0
            and label == order[at - 1]
            and order[at + 1 : at + 2] == labels[place + 1 : place + 2]
        )
        if label == order[at] or is_slip:
            run.append(found[place])
    return run


def is_negated(text: str) -> bool:
    """Whether it says what is not the committee's duty."""
    return bool(NEGATED.search(text))


def first_foreign(passages: Iterable[str], text: str) -> int | None:
    """The first passage with a word that the text does not have after those before it.

    What stands inside a passage (a page number, a running head) comes after it: it may stand
    anywhere from where that passage begins. A word divided at the end of a line counts whole too.
    """
    words = _words_of(text)
    before: list[str] = []
    begins = ends = 0
    for place, passage in enumerate(passages):
        wanted = WORD.findall(passage)
        if _stands_within(wanted, words[begins:ends]) and not _stands_within(wanted, before):
            continue
        found = _following(wanted, words, ends)
        if found is None:
            return place
        before, (begins, ends) = wanted, found
    return None


def _stands_within(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a short passage stands unbroken in these words: what a page adds to a paragraph."""
    if not wanted or len(wanted) > LONGEST_EDGE:
        return False
    places = (at for at, word in enumerate(words) if word == wanted[0])
    return any(words[at : at + len(wanted)] == wanted for at in places)


def _words_of(text: str) -> list[str]:
    """The words of a text in order; a divided one as its halves and then whole."""
    found: list[str] = []
    for word in DIVIDED_OR_WORD.finditer(text):
        found += [word[1], word[2], word[1] + word[2]] if word[1] else [word.group()]
    return found


def _following(wanted: Sequence[str], words: Sequence[str], start: int) -> tuple[int, int] | None:
    """From where to where these words stand one after the other, looked for from `start` on."""
    first, at = start, start
    for number, word in enumerate(wanted):
        while at < len(words) and words[at] != word:
            at += 1
        if at == len(words):
            return None
        first = first if number else at
        at += 1
    return first, at


def introduces(text: str) -> bool:
    """Whether these words wait for a list: they end in a colon, "including", "shall"..."""
    return bool(INTRODUCES.search(text))


def only_introduces(text: str) -> bool:
    """Whether a lead-in is a heading to its list and no clause of its own.

    It is when it waits for its list and states no requirement by itself. It states one if it
    - gives a number or a frequency ("three or more directors", "at least annually"), or
    - says in a sentence before its last what "shall" be,
    - says what is not the committee's duty,
    - grants something that somebody else shall do ("sets the fees that the Company shall pay"), or
    - has a "shall" ("must", "will") with a complement of its own: three words or more that say
      something ("shall meet with management and the auditor to"), where the sentence does not
      break off in the middle ("shall review and discuss with management the").
    """
    return introduces(text) and not states_requirement(text)


def states_requirement(text: str) -> bool:
    """Whether a lead-in requires something before its list begins; see `only_introduces`."""
    *complete_sentences, text = sentences(text) or [""]
    if NUMBER.search(text) or any(map(MODAL.search, complete_sentences)):
        return True
    if is_negated(text) or _grants(text):
        return True
    core = TAIL.sub("", text.rstrip(" :"))
    after_modals = MODAL.split(core)[1:]
    breaks_off = bool(DANGLING.search(text.rstrip(" :,\u2014\u2013-")))
    complete = after_modals[:-1] if breaks_off else after_modals
    return any(_weight(complement) >= 3 for complement in complete)


def _grants(text: str) -> bool:
    grant, *rest = RELATIVE.split(text, maxsplit=1)
    return (
        bool(rest)
        and not MODAL.search(grant)
        and bool(MODAL.search(rest[0]))
        and _weight(grant) >= 3
    )


def _weight(complement: str) -> int:
    return sum(word not in EMPTY for word in re.findall(r"[a-z'-]+", complement.lower()))
