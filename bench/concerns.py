"""The concerns channel: one submission, one return visit, through every layer of the application."""

import re
from collections.abc import Iterator
from html import unescape

from django.test import Client

from bench.timing import Measurement, alone, behind, timed
from whistleblower.crypto import codes

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
SUBMISSION_GOAL, RETURN_GOAL = 0.100, 0.030
TIMES = 40
REPORT = "/concerns/en/report/"


def hidden(page: object) -> dict[str, str]:
    text = page.content.decode()  # type: ignore[attr-defined]
    return {name: unescape(value) for name, value in HIDDEN.findall(text)}


def measures() -> Iterator[Measurement]:
    """Sealing and storing a report; opening it again by its code."""
    client = Client()
    page = client.get(REPORT)
    page = client.post(REPORT, hidden(page) | {"saved": "1"})
    page = client.post(REPORT, hidden(page) | {"others": ""})
    form, sent = hidden(page) | {"others": "", "what": "The goods were in the yard."}, []

    def send() -> None:
        code = codes.new_code("en")
        answer = client.post(REPORT, form | {"code": code})
        assert answer.status_code == 200
        assert code.split()[0] in answer.content.decode()
        sent.append(code)

    made = behind(send)
    timing = timed(send, TIMES)
    is_met = timing.p50 <= SUBMISSION_GOAL
    yield Measurement("submission", timing, made, timed(alone(made[:1]), TIMES), "100 ms", is_met)

    def come_back() -> None:
        answer = Client().post("/concerns/en/return/", {"step": "open", "code": sent[-1]})
        assert answer.status_code == 302

    made = behind(come_back)
    timing = timed(come_back, TIMES)
    is_met = timing.p50 <= RETURN_GOAL
    yield Measurement("return", timing, made, timed(alone(made[:1]), TIMES), "30 ms", is_met)
