"""Who a file is about: what numbers, addresses and names in it point at a person, in its visible and hidden parts."""
