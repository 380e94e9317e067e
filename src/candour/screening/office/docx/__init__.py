"""Documents of Word (docx, docm): how one is opened, and a module of checks for each theme."""
