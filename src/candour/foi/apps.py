"""Names the room to Django, and its requests to the schedule that they are disposed of by."""

from django.apps import AppConfig


class FoiConfig(AppConfig):
    name = "candour.foi"

    def ready(self) -> None:
        from candour.foi import disposing  # noqa: PLC0415 - tables are there only now
        from candour.organisation import erasing  # noqa: PLC0415 - likewise
        from candour.organisation.kinds_of_records import REQUESTS  # noqa: PLC0415 - likewise

        erasing.ROOMS[REQUESTS] = disposing.ROOM
