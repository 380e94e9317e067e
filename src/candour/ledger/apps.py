"""Puts the guards of the append-only tables up after every migration."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "candour.ledger"

    def ready(self) -> None:
        """SQLite loses triggers when Django rebuilds a table, so they are put up again after each migration."""
        from candour.ledger import guards  # noqa: PLC0415 - models are not ready earlier

        post_migrate.connect(guards.after_migrate, sender=self, dispatch_uid="candour.ledger.guards")
        checks.register(guards.check, checks.Tags.database)
