"""The family of PowerPoint's presentations; the modules beside this one put its checks to it."""

from candour.screening import kinds
from candour.screening.families import Family
from candour.screening.office import parts, places
from candour.screening.office.pptx import presentations

PPTX = Family(
    "pptx",
    (kinds.PPTX, kinds.PPTM),
    opens=presentations.Presentation,
    texts=presentations.texts,
    grids=presentations.grids,
    parts=parts.files,
    places=places.named,
)
