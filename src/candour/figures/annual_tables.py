"""The three tables of an Annual Report as rows of words, the same on the page and on paper."""

from candour.documents.blocks import Table
from candour.figures import tables as counted
from candour.figures.annual import Annual

NIL = "nil"


def tables(annual: Annual) -> tuple[Table, Table, Table]:
    """Return Table 1, 2 and 3; a number that is 0 is printed as nil, as Annual Reports do."""
    return _first(annual), _second(annual), _third(annual)


def _first(annual: Annual) -> Table:
    header = ("Date of incident (month)", "Nature of incident", "Nature of data", "People", "Notification steps")
    rows = tuple((one.month, one.nature, one.data, one.people, one.notification) for one in annual.listed)
    caption = "Table 1: protected personal data incidents formally reported"
    return Table(caption, header, rows or ((NIL, *("" for _ in header[1:])),), numeric=False)


def _second(annual: Annual) -> Table:
    rows = [(one.code, one.label, _number(one.total)) for one in annual.categories]
    rows.append(("", "All", _number(sum(one.total for one in annual.categories))))
    header = ("Category", "Nature of incident", "Total")
    return Table("Table 2: other protected personal data incidents", header, tuple(rows), numeric=False)


def _third(annual: Annual) -> Table:
    reported, others = annual.before
    header = ("", *(period.label for period in reported.question.periods))
    rows = (("Reported to the Commissioner", *_cells(reported)), ("Other", *_cells(others)))
    return Table("Table 3: totals by year", header, rows, row_headers=True)


def _number(value: int) -> str:
    return f"{value:,}" if value else NIL


def _cells(table: counted.Table) -> tuple[str, ...]:
    cells = table.groups[0].cells
    return tuple(NIL if cell.status == "held" and cell.value == 0 else cell.words() for cell in cells)
