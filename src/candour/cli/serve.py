"""`candour serve`: the pages, by gunicorn in this process."""

import socket
from typing import TYPE_CHECKING, Any

from candour.cli import door, schema, words
from candour.rules.plurals import plural
from candour.rules.refusals import Conflict, WrongInput

if TYPE_CHECKING:
    from collections.abc import Callable

THREADS = 8


def arguments(parser: words.Parser) -> None:
    parser.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT", help="default: 127.0.0.1:8000")
    parser.add_argument(
        "--workers", type=int, default=1, choices=range(1, 17), metavar="N", help="processes (default: 1)"
    )
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Check that the database is up to date and the address free, and serve until stopped."""
    door.django()
    schema.require()
    _require_disposals()
    _require_free(args.bind)
    from django.db import connections

    connections.close_all()
    print(f"Candour is on http://{args.bind} (stop it with Ctrl-C)", flush=True)
    _server(args).run()
    return 0


def _require_disposals() -> None:
    """Refuse to show what was disposed of: a database that was brought back by other ways may still have its words."""
    from candour.incidents import disposals

    known = disposals.read(disposals.path())
    left = disposals.outstanding(known)
    if left:
        raise Conflict(
            f"this database still has the words of {plural(len(left), 'record')} disposed of ({disposals.path()}); "
            "run `candour disposal repeat` first"
        )
    disposals.keep(disposals.carried_out())


def _require_free(bind: str) -> None:
    """Refuse early and in one line what gunicorn would try five times and log."""
    host, _, port = bind.rpartition(":")
    if not port.isdecimal():
        raise WrongInput(f"{bind!r} is not HOST:PORT, such as 127.0.0.1:8000")
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    try:
        socket.create_server((host.strip("[]"), int(port)), family=family).close()
    except (OSError, OverflowError) as fault:
        raise Conflict(f"{bind} cannot be served on: {fault}") from fault


def _server(args: words.Namespace) -> Any:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        """gunicorn with our settings instead of a configuration file."""

        def load_config(self) -> None:
            settings = {"bind": args.bind, "workers": args.workers, "threads": THREADS, "worker_class": "gthread"}
            settings |= {"proc_name": "candour", "accesslog": None, "loglevel": "warning", "preload_app": True}
            cfg: Any = self.cfg
            for name, value in settings.items():
                cfg.set(name, value)

        def load(self) -> "Callable[..., Any]":
            from django.core.wsgi import get_wsgi_application

            return get_wsgi_application()

    return Server()  # type: ignore[no-untyped-call] # the library is typed in part
