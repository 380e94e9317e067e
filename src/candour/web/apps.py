"""Names the room to Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "candour.web"
