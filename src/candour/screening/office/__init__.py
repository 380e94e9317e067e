"""Office files: workbooks, documents, presentations, in Microsoft's, the open and the old binary formats."""
