"""Tells PostgreSQL how this room asks, once the tables stand."""

from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate

_NO_COMPILING = """
do $$ begin
    execute format('alter database %I set jit = off', current_database());
exception when insufficient_privilege then
    raise notice 'the owner of the database should say: alter database … set jit = off';
end $$
"""
"""A table of four tiers and four years is one statement of many selects: to compile it takes longer than to run it."""


class FiguresConfig(AppConfig):
    name = "candour.figures"

    def ready(self) -> None:
        """The setting belongs to the database, so it holds behind a pool of connections, too."""
        post_migrate.connect(_prepare, sender=self, dispatch_uid="candour.figures.compiling")


def _prepare(**_: Any) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_NO_COMPILING)
