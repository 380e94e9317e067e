"""How severe a breach is for people: the arithmetic of ENISA 2013, and a five by five grid of likelihood and effect.

A score presumes, it does not decide: the law's own tests do (UK GDPR Articles 33(1), 34(1)), and where a decision goes
another way than the score, its grounds say why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from candour.rules.refusals import WrongInput

ENISA, GRID = "enisa-2013", "grid-5x5"
ENISA_SOURCE = "ENISA, Recommendations for a methodology of the assessment of severity of personal data breaches, 2013"
GRID_NOTE = (
    "The cells of this grid are written down from general knowledge and were not checked against the guide of the "
    "Data Security and Protection Toolkit. Do not rely on it as the NHS grid before somebody has."
)
MANY = 100
"""Above so many people ENISA's method raises a flag beside the score."""

BASE = {"simple": 1, "behavioural": 2, "financial": 3, "sensitive": 4}
"""The data processing context (DPC) of each kind of data before its circumstances move it."""

IDENTIFICATION = {
    "negligible": Decimal("0.25"),
    "limited": Decimal("0.5"),
    "significant": Decimal("0.75"),
    "maximum": Decimal(1),
}
CONFIDENTIALITY = {"none": Decimal(0), "known-recipients": Decimal("0.25"), "unknown-recipients": Decimal("0.5")}
INTEGRITY = {"none": Decimal(0), "recoverable": Decimal("0.25"), "not-recoverable": Decimal("0.5")}
AVAILABILITY = {"none": Decimal(0), "temporary": Decimal("0.25"), "permanent": Decimal("0.5")}
MALICE = Decimal("0.5")
_BANDS = ((Decimal(4), "very-high"), (Decimal(3), "high"), (Decimal(2), "medium"))
LOWEST, HIGHEST = 1, 4
MOST_MOVED = 3

MEANING = {
    "low": "a minor inconvenience; presumes an entry in our own register",
    "medium": "a significant inconvenience; presumes that somebody considers telling the Commissioner",
    "high": "significant consequences, overcome with serious difficulty; presumes that the people are told, too",
    "very-high": "consequences that may not be undone; presumes that the people are told, too",
}


@dataclass(frozen=True)
class Severity:
    """A score of ENISA 2013 with its parts, its band, and flags that stand beside the score."""

    dpc: int
    ei: Decimal
    cb: Decimal
    flags: tuple[str, ...] = ()

    @property
    def score(self) -> Decimal:
        """SE = DPC × EI + CB."""
        return self.dpc * self.ei + self.cb

    @property
    def band(self) -> str:
        """Low below 2, medium below 3, high below 4, else very high."""
        return next((band for least, band in _BANDS if self.score >= least), "low")

    @property
    def why(self) -> str:
        """The sum as a person checks it."""
        return f"{self.dpc} × {self.ei} + {self.cb} = {self.score}: {self.band.replace('-', ' ')}, {MEANING[self.band]}"


def enisa(
    data: Mapping[str, int],
    *,
    identification: str,
    confidentiality: str = "none",
    integrity: str = "none",
    availability: str = "none",
    malicious: bool = False,
    people: int | None = None,
    unintelligible: bool = False,
) -> Severity:
    """Score a breach. `data` gives, for each kind of data, by how much circumstances move its base (-3 to 3).

    The highest kind counts, kept within 1 to 4. WrongInput for a word that is none of the method's.
    """
    cb = _of(CONFIDENTIALITY, confidentiality) + _of(INTEGRITY, integrity) + _of(AVAILABILITY, availability)
    flags = [f"more than {MANY} people"] if people is not None and people > MANY else []
    flags += ["the data cannot be read by others (encrypted)"] if unintelligible else []
    return Severity(
        _context(data), _of(IDENTIFICATION, identification), cb + (MALICE if malicious else 0), tuple(flags)
    )


def _context(data: Mapping[str, int]) -> int:
    if not data:
        raise WrongInput("choose at least one kind of data")
    if any(abs(moved) > MOST_MOVED for moved in data.values()):
        raise WrongInput(f"circumstances move a kind of data by at most {MOST_MOVED}")
    return max(min(max(int(_of(BASE, kind)) + moved, LOWEST), HIGHEST) for kind, moved in data.items())


def _of(table: Mapping[str, int] | Mapping[str, Decimal], word: str) -> Decimal:
    if word not in table:
        raise WrongInput(f"“{word}” is none of {', '.join(table)}")
    return Decimal(table[word])


LIKELIHOODS = (
    "it did not occur, for certain",
    "not likely",
    "likely",
    "highly likely",
    "it occurred",
)
EFFECTS = (
    "no adverse effect",
    "a minor adverse effect may come",
    "some adverse effect: embarrassment, work prevented",
    "pain and suffering, or loss of money",
    "death or a catastrophe",
)
TELL, TELL_AT_ONCE, RECORD = "tell", "tell-at-once", "record"


@dataclass(frozen=True)
class Cell:
    """A cell of the grid: its product, and what it presumes."""

    likelihood: int
    effect: int

    @property
    def score(self) -> int:
        return self.likelihood * self.effect

    @property
    def presumes(self) -> str:
        """Likelihood from 3 and effect from 2: tell the Commissioner; effect from 4: the department too, at once."""
        if self.likelihood >= 3 and self.effect >= 2:  # noqa: PLR2004 - the grid's own boundaries
            return TELL_AT_ONCE if self.effect >= 4 else TELL  # noqa: PLR2004 - likewise
        return RECORD

    @property
    def why(self) -> str:
        """The product as a person checks it."""
        says = {
            TELL: "presumes that the Commissioner is told",
            TELL_AT_ONCE: "presumes that the Commissioner and the department are told within 24 hours",
            RECORD: "presumes an entry in our own register",
        }
        return f"{self.likelihood} × {self.effect} = {self.score}: {says[self.presumes]}"


def grid(likelihood: int, effect: int, *, vulnerable: bool = False, contained: bool = False) -> Cell:
    """Give the cell for likelihood and effect, each 1 to 5; a vulnerable group lifts both to 2 unless contained."""
    if not (1 <= likelihood <= len(LIKELIHOODS) and 1 <= effect <= len(EFFECTS)):
        raise WrongInput("likelihood and effect are whole numbers from 1 to 5")
    least = 2 if vulnerable and not contained else 1
    return Cell(max(likelihood, least), max(effect, least))
