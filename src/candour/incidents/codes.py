"""What only the holder of a code can open: the digest by which a row is found, the seal on an unfinished report."""

import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac

from candour.rules import receipts


def new() -> str:
    """Return a code that nobody had before: some 50 random bits."""
    return receipts.code([secrets.randbelow(len(receipts.SIGNS)) for _ in range(receipts.LENGTH - 1)])


def digest(body: int, code: str) -> str:
    """Return what a table holds of a code, drawn with the site's own key: a copy of the database tells no code.

    Rows are found by it, so how long a look-up takes says nothing of how near a guess came. May raise WrongInput.
    """
    return salted_hmac("candour.incidents.codes", f"{body} {receipts.read(code)}", algorithm="sha256").hexdigest()


def seal(code: str, content: Mapping[str, Any]) -> str:
    """Encrypt JSON so that it takes both the code and the site's key to read it."""
    return _locksmith(code).encrypt(json.dumps(content, ensure_ascii=False).encode()).decode()


def unseal(code: str, sealed: str) -> dict[str, Any] | None:
    """Return what was sealed with a code; None where the site's key is another one now."""
    try:
        content: dict[str, Any] = json.loads(_locksmith(code).decrypt(sealed))
    except InvalidToken:
        return None
    return content


def _locksmith(code: str) -> Fernet:
    secret = f"{settings.SECRET_KEY}\n{receipts.read(code)}".encode()
    return Fernet(urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=b"unfinished report").derive(secret)))
