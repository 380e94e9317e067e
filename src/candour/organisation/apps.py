"""Names the room to Django."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "candour.organisation"
