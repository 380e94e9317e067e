"""Charts as SVG: no script and no style attribute, readable in grey, and what is not held is never drawn as zero.

Used inline in pages with a strict content security policy, in letters, and as files. One module for each kind.
"""

from candour.documents.charts.canvas import Break, Series
from candour.documents.charts.columns import bars
from candour.documents.charts.heated import heat
from candour.documents.charts.lined import lines
from candour.documents.charts.narrow import narrow

__all__ = ["Break", "Series", "bars", "heat", "lines", "narrow"]
