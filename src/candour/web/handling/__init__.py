"""The pages of those who work on incidents: the queue, triage, links, splits, and who may see what."""
