"""Errors as `application/problem+json` (RFC 9457)."""

from http import HTTPStatus

from django.http import JsonResponse


def problem(status: int, detail: str) -> JsonResponse:
    """Return a problem document: what went wrong in a sentence, and how to put it right."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JsonResponse(said, status=status, content_type="application/problem+json")
