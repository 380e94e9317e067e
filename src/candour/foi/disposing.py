"""Requests are disposed of by the schedule: words, names and papers go; when each came, and of what kind, stays."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q

from candour.foi import keeping
from candour.foi.models import Case, CaseFile, Draft, Enclosure, Step
from candour.ledger import erasing as words
from candour.ledger import models as ledger
from candour.organisation import erasing, files
from candour.organisation.models import LetGo, Looked, PublicFile
from candour.rules import years
from candour.rules.rights import Deed

ABOUT = ("request.", "reply.", "clearance.", "enclosure.", "release.", "files.")
"""How the names of deeds begin whose subject is a request; deeds of others may have a subject of the same text."""

ABOUT_FILES = ("file.let-go",)
"""Deeds whose subject is a file, by the first twelve letters of its digest."""

ERASED = "(erased)"
_KEPT = ("number", "kind", "measure", "periods", "refers_to")
"""What stays of a question: by it one still sees how many asked for what."""


def is_erased(case: Case) -> bool:
    """Say whether a request was disposed of."""
    return "erased" in case.request


def over(body: int, by: date) -> list[erasing.Past]:
    """Return the requests about which nothing was done after a day.

    Not those disposed of already, and none whose reply still lies open under a public link: withdraw it first.
    """
    cases = [case for case in Case.objects.filter(body=body, received__lte=by) if not is_erased(case)]
    last = _last(body, [case.reference for case in cases])
    open_ = set(PublicFile.objects.filter(body=body, closed=None).values_list("sha256", flat=True))
    standing = keeping.requests_with(body, open_)
    past = [
        erasing.Past(case.number, case.reference, last[case.reference]) for case in cases if case.number not in standing
    ]
    return [one for one in past if one.ended <= by]


def _last(body: int, references: list[str]) -> dict[str, date]:
    begins = Q()
    for beginning in ABOUT:
        begins |= Q(deed__startswith=beginning)
    entries = ledger.Entry.objects.filter(begins, body=body, subject__in=references)
    found = entries.order_by().values_list("subject").annotate(Max("at"))
    return {reference: years.london_day(at) for reference, at in found}


def alone(body: int, entry: int) -> frozenset[str]:
    """Return the files of a request that nothing else keeps: no other request, no particular, no incident."""
    mine = keeping.of(body, entry)
    own = mine - keeping.elsewhere(body, entry, mine)
    beside = (Case, CaseFile, Draft, Enclosure, Step, Looked, LetGo, PublicFile)
    return frozenset(own - set(files.named(own, besides=beside)))


def erase(body: int, entry: int, at: datetime) -> int:
    """Erase the words of a request, in its row and in its entries; return how many texts. Its files go afterwards."""
    gone = alone(body, entry)
    case = Case.objects.get(body=body, number=entry)
    case.their_reference, case.file, case.request = "", ERASED, _without_words(case.request)
    case.save(update_fields=["their_reference", "file", "request"])
    of_files = words.erase(body, [sha256[:12] for sha256 in gone], ABOUT_FILES, at)
    return words.erase(body, [case.reference], ABOUT, at) + of_files


def _without_words(request: Mapping[str, Any]) -> dict[str, Any]:
    questions = [{**{name: one[name] for name in _KEPT}, "text": ERASED} for one in request["questions"]]
    nobody = {"name": None, "email": None}
    said = {"subject": None, "from": nobody, "our_reference": None, "their_reference": None, "preamble": ""}
    return {
        **said,
        "received": request["received"],
        "questions": questions,
        "unread": [],
        "attachments": [],
        "erased": True,
    }


ROOM = erasing.Room(Deed.RECEIVE_REQUEST, over, erase, alone, (Case._meta.db_table,))
