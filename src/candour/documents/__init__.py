"""Plain blocks in, bytes out: letters as PDF, DOCX, ODT and HTML; tables as CSV, ODS and XLSX; charts as SVG."""
