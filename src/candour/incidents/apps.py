"""Names the room to Django."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "candour.incidents"
