"""Office files of the old binary formats (xls, doc, ppt), and xlsb: looked into as far as their records tell."""
