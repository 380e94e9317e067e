"""A file that a page of figures gives to take away: its type, and the name under which it leaves."""

from django.http import HttpResponse

from candour.organisation import queries as organisation
from candour.web.visits import Visit

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file(visit: Visit, stem: str, kind: str, content: bytes) -> HttpResponse:
    """Answer with a file; that of a body for practice is named as such."""
    name = organisation.file_name(visit.body.pk, f"{stem}.{kind}")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)
