"""Puts up the index by which incidents are found, once the tables stand."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IncidentsConfig(AppConfig):
    name = "candour.incidents"

    def ready(self) -> None:
        """The index is no table of Django's, so a migration does not make it."""
        post_migrate.connect(_put_up, sender=self, dispatch_uid="candour.incidents.search")


def _put_up(**_: Any) -> None:
    from candour.incidents import search  # noqa: PLC0415 - models are not ready earlier

    search.put_up()
