"""Reporting an incident: one question a page, for anybody whom the body lets report, in English and in Welsh."""
