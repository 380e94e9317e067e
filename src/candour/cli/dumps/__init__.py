"""How a database of each kind is dumped, staged beside the one in use, checked there, and put in its place."""

from types import ModuleType


def engine() -> ModuleType:
    """Return the module for the database that the settings name; both have the same functions."""
    from django.db import connection

    from candour.cli.dumps import postgresql, sqlite

    return postgresql if connection.vendor == "postgresql" else sqlite
