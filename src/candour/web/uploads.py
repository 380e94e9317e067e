"""How an upload is taken in: to a file beside the data, never larger than may be kept."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from candour.screening.arrivals import LARGEST

FORM = 1024 * 1024
"""Bytes that the rest of a form may take besides its file."""


class Limited(TemporaryFileUploadHandler):
    """Refuse an upload by what it says of its size, before a byte of it is read; and by what comes, should it lie."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any, **more: Any) -> None:  # noqa: ARG002, N803 - Django's shape
        if content_length > LARGEST + FORM:
            raise RequestDataTooBig("an upload larger than may be kept")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > LARGEST + FORM:
            raise RequestDataTooBig("an upload larger than may be kept")
        super().receive_data_chunk(raw_data, start)
