"""Which files go with which request, noted as they come, so that disposing of one looks through no others."""

from collections.abc import Collection, Iterable

from candour.foi.models import Case, CaseFile


def note(case: Case, digests: Iterable[str]) -> None:
    """Note that files go with a request; what is noted already stays as it is."""
    rows = (CaseFile(body=case.body, request=case.number, sha256=one) for one in sorted(set(digests) - {""}))
    CaseFile.objects.bulk_create(rows, ignore_conflicts=True)


def of(body: int, request: int) -> set[str]:
    """Return the digests of every file that goes with a request: as it came, as drafted, as enclosed, as it left."""
    return set(CaseFile.objects.filter(body=body, request=request).values_list("sha256", flat=True))


def requests_with(body: int, digests: Collection[str]) -> set[int]:
    """Return the requests of a body with which one of these files goes."""
    rows = CaseFile.objects.filter(body=body, sha256__in=list(digests))
    return set(rows.values_list("request", flat=True))


def elsewhere(body: int, request: int, digests: Collection[str]) -> set[str]:
    """Return those of some files that go with another request, of whatever body, that was not disposed of."""
    rows = CaseFile.objects.filter(sha256__in=list(digests)).exclude(body=body, request=request)
    found = list(rows.values_list("body", "request", "sha256"))
    numbers = {number for _, number, _ in found}
    there = set(
        Case.objects.filter(number__in=numbers).exclude(request__has_key="erased").values_list("body", "number")
    )
    return {sha256 for one, number, sha256 in found if (one, number) in there}
