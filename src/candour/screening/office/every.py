"""Brings together the families of office files and the modules of all their checks."""

from candour.screening.office import drawings, embedded, foreign, links, properties
from candour.screening.office.binary import streams
from candour.screening.office.binary.old_documents import DOC
from candour.screening.office.binary.old_presentations import PPT
from candour.screening.office.binary.old_workbooks import XLS, XLSB
from candour.screening.office.binary.others import OLE
from candour.screening.office.docx import traces, unseen
from candour.screening.office.docx.family import DOCX
from candour.screening.office.odf import everywhere, slides, spreadsheets, writing
from candour.screening.office.odf.family import ODP, ODS, ODT
from candour.screening.office.pptx import slides as pptx_slides
from candour.screening.office.pptx import unseen as pptx_unseen
from candour.screening.office.pptx.family import PPTX
from candour.screening.office.xlsx import cells, data, headers, names, remarks, shapes, sheets
from candour.screening.office.xlsx.family import XLSX

FAMILIES = (XLSX, DOCX, PPTX, ODS, ODT, ODP, XLS, XLSB, DOC, PPT, OLE)
CHECKS = (
    *(drawings, embedded, foreign, links, properties),
    *(cells, data, headers, names, remarks, shapes, sheets),
    *(streams, traces, unseen),
    *(pptx_slides, pptx_unseen),
    *(everywhere, slides, spreadsheets, writing),
)
"""Named, so that they are imported: a module puts its checks to the families when it is."""
