"""Office files that the tests make: at least one for each check, and a like set with nothing hidden in it."""
