"""The family of Excel's workbooks; the modules beside this one put its checks to it."""

from candour.screening import kinds
from candour.screening.families import Family
from candour.screening.office import parts, places
from candour.screening.office.xlsx import workbooks

XLSX = Family(
    "xlsx",
    (kinds.XLSX, kinds.XLSM),
    opens=workbooks.Workbook,
    texts=workbooks.texts,
    grids=workbooks.grids,
    parts=parts.files,
    places=places.named,
)
