"""Our reference on a letter, by the body's own pattern."""

import re
from datetime import date

BUILT_IN = "FOI {yyyy}-{serial}"
"""The pattern of a body that has stated none."""


def next_reference(pattern: str, *, received: date, serial: int) -> str:
    """Fill a pattern such as `SB/FOI {yy}-{serial:03}`; "" takes the built-in one. Who calls counts the serial."""
    values = {"yyyy": f"{received.year}", "yy": f"{received.year % 100:02}"}

    def fill(found: re.Match[str]) -> str:
        name, width = found[1], int(found[2] or 0)
        return f"{serial:0{width}}" if name == "serial" else values[name]

    return re.sub(r"\{(yyyy|yy|serial)(?::0(\d))?\}", fill, pattern or BUILT_IN)
