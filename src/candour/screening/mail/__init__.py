"""Mail (EML, Outlook's MSG): who else it went to, the way it came, what is quoted, attached or not shown."""
