"""A real mail server on a port of its own, which refuses, hangs or breaks off where it is told to."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

HOST = "127.0.0.1"
PATIENCE = 60


@dataclass
class Answers:
    """What it says to each word. `waits_at`: the word at which it stops, until it is let go on.
    `breaks_off`: it takes the mail and hangs up without an answer."""

    sender: str = "250 OK"
    recipient: str = "250 OK"
    data: str = "250 OK"
    waits_at: str = ""
    breaks_off: bool = False


@dataclass
class Desk:
    """aiosmtpd's handler: answers, and keeps what it took."""

    answers: Answers = field(default_factory=Answers)
    taken: list[EmailMessage] = field(default_factory=list)
    has_stopped: threading.Event = field(default_factory=threading.Event)
    may_go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.answers.sender

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answers.recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.answers.recipient

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = self.answers.data
        if answer.startswith("2"):
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.answers.breaks_off:
            server.transport.abort()
        await self.stop_at("DATA")
        return answer

    async def handle_QUIT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        await self.stop_at("QUIT")
        return "221 Bye"

    async def stop_at(self, word: str) -> None:
        if self.answers.waits_at == word:
            self.has_stopped.set()
            await self.may_go_on.wait()

    def addresses(self) -> list[str]:
        return [str(mail["To"]) for mail in self.taken]


class Server(Controller):
    """Bound to whatever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def refuse_everybody(*args: object) -> AuthResult:
    return AuthResult(success=False, handled=False)


@contextmanager
def mail_server(answers: Answers | None = None, port: int = 0) -> Iterator[tuple[Desk, int]]:
    desk = Desk(answers or Answers())
    server = Server(
        desk,
        hostname=HOST,
        port=port,
        authenticator=refuse_everybody,
        auth_require_tls=False,
    )
    server.start()
    try:
        yield desk, server.port
    finally:
        server.loop.call_soon_threadsafe(desk.may_go_on.set)
        server.stop()


@contextmanager
def silent_server() -> Iterator[tuple[socket.socket, int]]:
    """Takes a call and says nothing."""
    with socket.create_server((HOST, 0)) as listening:
        listening.settimeout(PATIENCE)
        yield listening, listening.getsockname()[1]


def closed_port() -> int:
    """Where nobody listens."""
    with socket.create_server((HOST, 0)) as listening:
        return int(listening.getsockname()[1])
