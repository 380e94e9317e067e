"""What the register already has of the references in a batch, and what their source said of them last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from candour.incidents import entries, models
from candour.incidents import facts as vocabulary
from candour.ledger import models as ledger
from candour.ledger.rows import in_parts, listed


@dataclass
class Known:
    """An incident the register has: its open rows, and what was last said of it by a load."""

    incident: int
    undone: bool = True
    source: str | None = None
    said: dict[str, Any] = field(default_factory=dict)
    code: str | None = None
    words: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    versions: list[int] = field(default_factory=list)
    codings: list[int] = field(default_factory=list)

    def differs(self, said: Mapping[str, Any], code: str | None, words: Mapping[str, str]) -> list[str]:
        """Name the facts in which a row differs from what was last said; erased words differ from nothing."""
        names = [name for name in {**self.said, **said} if self.said.get(name) != said.get(name)]
        if self.code != code:
            names.append("category")
        names += [name for name, text in words.items() if text and not self._same_words(name, text)]
        return sorted(names)

    def _same_words(self, name: str, text: str) -> bool:
        salt, kept = self.words.get(name, ("", None))
        return salt is None or kept == text


def known(body: int, references: Sequence[str]) -> dict[str, Known]:
    """Return what is known of each reference that the register has; one query, and four more for every 500 it has."""
    incidents = models.Incident.objects.filter(body=body, reference__in=listed(references))
    found = {reference: Known(number) for reference, number in incidents.values_list("reference", "number")}
    for some in in_parts(list(found)):
        _add_rows(body, {found[reference].incident: found[reference] for reference in some})
        _add_said(body, {reference: found[reference] for reference in some})
    return found


def _add_rows(body: int, found: dict[int, Known]) -> None:
    mine: dict[str, Any] = {"body": body, "incident__in": list(found), "closed": None}
    rows = models.Version.objects.filter(**mine).order_by("held_from")
    for key, incident, source in rows.values_list("pk", "incident", "source"):
        one = found[incident]
        one.versions.append(key)
        one.source = source
    for key, incident in models.Coding.objects.filter(**mine).values_list("pk", "incident"):
        found[incident].codings.append(key)


def _add_said(body: int, found: dict[str, Known]) -> None:
    """Add what was last said of each and not taken back since; of what was undone as a whole nothing is said."""
    texts: dict[int, Known] = {}
    for reference, deeds in entries.about(body, list(found)).items():
        last = next((one for one in reversed(entries.standing(deeds)) if "said" in one.facts), None)
        if last is not None:
            one = texts[last.number] = found[reference]
            one.undone = False
            one.said, one.code = last.facts["said"], last.facts["codes"].get(vocabulary.SCHEME)
    words = ledger.Words.objects.filter(body=body, number__in=list(texts))
    for number, name, salt, text in words.values_list("number", "field", "salt", "text"):
        texts[number].words[name] = (salt, text)
