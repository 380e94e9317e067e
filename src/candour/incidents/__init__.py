"""One incident: what is believed of it, since when, and how it came into the register."""
