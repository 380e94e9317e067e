"""Candour: an information-security incident register for UK public bodies that can answer for itself."""
