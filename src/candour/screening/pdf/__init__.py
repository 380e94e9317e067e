"""PDF: what pages draw so that it is not seen, and what the file holds beside its pages."""
