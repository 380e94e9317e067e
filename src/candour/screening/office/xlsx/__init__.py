"""Workbooks of Excel (xlsx, xlsm): how one is opened, and a module of checks for each theme."""
