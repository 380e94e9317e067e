"""One set of blocks, four formats: a letter as PDF, DOCX, ODT or HTML. Each is imported only when asked for."""

from candour.documents.blocks import Letter


def pdf(letter: Letter) -> bytes:
    """Return a tagged PDF (PDF/UA-1); the same letter gives the same bytes."""
    from candour.documents import letter_pdf  # noqa: PLC0415 - see the module's sentence

    return letter_pdf.pdf(letter)


def docx(letter: Letter) -> bytes:
    """Return a Word document with real styles, headers and page fields."""
    from candour.documents import letter_docx  # noqa: PLC0415 - see the module's sentence

    return letter_docx.docx(letter)


def odt(letter: Letter) -> bytes:
    """Return an OpenDocument text with real styles, footer and page fields."""
    from candour.documents import letter_odt  # noqa: PLC0415 - see the module's sentence

    return letter_odt.odt(letter)


def html(letter: Letter) -> bytes:
    """Return one self-contained page in UTF-8, without scripts."""
    from candour.documents import letter_html  # noqa: PLC0415 - see the module's sentence

    return letter_html.html(letter)
