"""How people sign in: nobody signs up by themselves, and the secret of a second factor is never stored in the clear."""

import time
from base64 import urlsafe_b64encode
from functools import cache
from typing import TYPE_CHECKING, Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from candour.organisation import people
from candour.rules import years
from candour.web.reporting import phrases

if TYPE_CHECKING:
    from candour.organisation.models import Person


class Accounts(DefaultAccountAdapter):
    """Sign-in by password; the sentences are ours, and whoever reports signs in in their language."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        say = phrases.of(self.request)
        self.error_messages = {
            **DefaultAccountAdapter.error_messages,
            "account_inactive": say("sign-in.inactive"),
            "email_password_mismatch": say("sign-in.mismatch"),
            "enter_current_password": say("sign-in.wrong-password"),
            "incorrect_password": say("sign-in.wrong-password"),
            "too_many_login_attempts": say("sign-in.many"),
        }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the shape of the hook
        """Nobody signs up: an administrator adds a person and hands over a one-time link."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again unless somebody gave it, or a code, in the last five minutes."""
        steps = context.request.session.get("account_authentication_methods", [])
        lately = any(time.time() - step["at"] < app_settings.REAUTHENTICATION_TIMEOUT for step in steps)
        return not lately and super().is_reauthentication_required(app=app, **kwargs)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing in passing: each page says by itself what was done."""


_FACTOR = "exists (select 1 from mfa_authenticator where user_id = p.id)"
"""Whether somebody has a second factor, asked with the person at every visit."""


class Passwords(AuthenticationBackend):
    """E-mail address and password; whoever is signed in is read with all that the gate asks."""

    def get_user(self, user_id: int) -> "Person | None":
        return people.visitor(user_id, years.london_day(timezone.now()), second_factor=_FACTOR)


def has_second_factor(person: AbstractBaseUser | AnonymousUser) -> bool:
    """Say whether somebody who is signed in has set up a second factor; no query where the visit read it already."""
    found = getattr(person, "second_factor", None)
    return bool(person.is_authenticated and (is_mfa_enabled(person) if found is None else found))


class SecondFactors(DefaultMFAAdapter):
    """Codes of an authenticator app, and recovery codes."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        say = phrases.of(self.request)
        self.error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": say("sign-in.wrong-code")}

    def encrypt(self, text: str) -> str:
        return _locksmith().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _locksmith().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as an SVG element for the page itself: one path, no style."""
        from qrcode.main import QRCode  # noqa: PLC0415 - it brings a library of pictures, which no other page needs

        code: QRCode[Any] = QRCode(border=4)  # the quiet zone that ISO/IEC 18004 asks for
        code.add_data(url)  # type: ignore[no-untyped-call] # the library is typed in part
        rows = code.get_matrix()  # type: ignore[no-untyped-call]
        dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on)
        frame = f'class="candour-qr" role="img" aria-label="QR code" viewBox="0 0 {len(rows)} {len(rows)}"'
        return f'<svg {frame} shape-rendering="crispEdges"><path d="{dark}"/></svg>'

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return str(getattr(user, "email", user))


@cache
def _locksmith() -> Fernet:
    """The key is drawn from the site's own, so that a copy of the database alone opens nothing."""
    drawn = HKDF(SHA256(), 32, salt=None, info=b"second factor").derive(settings.SECRET_KEY.encode())
    return Fernet(urlsafe_b64encode(drawn))
