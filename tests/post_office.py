"""A real mail server and a real web server of a test's own, on this machine; what came in is kept to be looked at."""

import json
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller


@dataclass
class Mailbox:
    """What the mail server took; `answers` are what it says instead of taking a mail, in turn."""

    mails: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    port: int = 0
    on_mail: object = None

    async def handle_DATA(self, server, session, envelope):  # noqa: ARG002, N802 - the server's own shape
        if self.answers:
            return self.answers.pop(0)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.on_mail:
            self.on_mail()
        return "250 taken"

    def to(self, name):
        """The mails to somebody, by the first part of their address."""
        return [mail for mail in self.mails if mail["To"].partition("@")[0] == name]


def words(mail, kind="plain"):
    """One part of a mail, as its reader sees it."""
    return mail.get_body((kind,)).get_content()


def link(mail):
    """The address to which a mail leads."""
    return next(line for line in words(mail).splitlines() if line.startswith("http"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mail_server(**options):
    box = Mailbox(port=free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


@dataclass
class Doorbell:
    """What the web server was asked: (path, headers, content); `status` is what it answers."""

    calls: list = field(default_factory=list)
    status: int = 200
    port: int = 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/ring"


@contextmanager
def web_server():
    bell = Doorbell()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            bell.calls.append((self.path, dict(self.headers), content))
            self.send_response(bell.status)
            self.send_header("Location", bell.url + "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - the server's own name

        def log_message(self, *said):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    bell.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield bell
    finally:
        server.shutdown()
        server.server_close()
