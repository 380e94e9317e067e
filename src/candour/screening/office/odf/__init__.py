"""OpenDocument files (ods, odt, odp): how one is opened, and a module of checks for each theme."""
