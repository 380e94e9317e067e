"""Names the room to Django."""

from django.apps import AppConfig


class FoiConfig(AppConfig):
    name = "candour.foi"
