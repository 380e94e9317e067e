"""How a newcomer signs in to the sample: passwords and second factors made at random, kept in a file for its owner."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from candour.cli import door

if TYPE_CHECKING:
    from candour.organisation.models import Person

FILE = "sample-sign-ins.txt"
_HEADING = "Sample Body: sign in at http://127.0.0.1:8000 with e-mail, password and a code (candour sample --codes)."
_SEPARATOR = "  "


@dataclass(frozen=True)
class SignIn:
    """What one person needs: the secret makes the codes, also in an authenticator app."""

    email: str
    password: str
    secret: str

    @property
    def line(self) -> str:
        return _SEPARATOR.join((f"{self.email:<42}", self.password, self.secret))

    def code(self) -> str:
        """Return the six digits that hold now; they change every half minute."""
        from allauth.mfa.totp.internal import auth

        counter = int(door.now().timestamp()) // 30
        return auth.format_hotp_value(auth.hotp_value(self.secret, counter))


def path() -> Path:
    """Where they are kept."""
    return door.data_dir() / FILE


def made(acting: door.Acting) -> list[SignIn]:
    """Return the sign-ins, made for everybody who has an e-mail address and none yet."""
    from candour.organisation import people

    there = {one.email: one for one in kept()}
    everyone = [person for person, _ in people.everyone(acting.body, acting.today) if person.email]
    found = [there.get(str(person.email)) or _make(acting, person) for person in everyone if _ours(person, there)]
    _keep(found)
    return found


def _ours(person: "Person", there: dict[str, SignIn]) -> bool:
    """Leave alone whoever has set a password of their own."""
    return person.email in there or not person.has_usable_password()


def kept() -> list[SignIn]:
    """Read the file; nothing where there is none."""
    if not path().exists():
        return []
    lines = path().read_text(encoding="utf-8").splitlines()[1:]
    return [SignIn(*line.split()) for line in lines if line.strip()]


def _make(acting: door.Acting, person: "Person") -> SignIn:
    from allauth.mfa.totp.internal import auth

    from candour.organisation import actions, people

    sign_in = SignIn(str(person.email), "-".join(secrets.token_hex(3) for _ in range(3)), auth.generate_totp_secret())
    actions.set_password(people.sign_in_token(person, acting.at), sign_in.password, at=acting.at)
    auth.TOTP.activate(person, sign_in.secret)
    return sign_in


def _keep(found: Sequence[SignIn]) -> None:
    handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join([_HEADING, *(one.line for one in found)]) + "\n")
