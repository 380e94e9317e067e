"""The door for people: pages in GOV.UK patterns."""
