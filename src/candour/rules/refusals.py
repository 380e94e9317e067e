"""Refusals: what was understood and may not be done, in a sentence for the person who asked."""

from typing import ClassVar


class Refusal(Exception):  # noqa: N818 - "refusal" is the word of the house; it is an answer, not a fault
    """Understood, and may not. `str()` of it is one sentence that says how to put it right."""

    kind: ClassVar[str] = "refused"
    http: ClassVar[int] = 409


class NotAllowed(Refusal):
    """The person may not do this; outside it looks the same as NotThere, so that nothing is revealed."""

    kind = "not allowed"
    http = 404


class NotThere(Refusal):
    """There is nothing under that name."""

    kind = "not there"
    http = 404


class Conflict(Refusal):
    """The state of things does not allow it now."""

    kind = "conflict"
    http = 409


class WrongInput(Refusal):
    """The input cannot be used as it is."""

    kind = "wrong input"
    http = 422
