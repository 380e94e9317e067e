"""How many. The only room that counts: measures, coverage, tables, and why two tables differ."""
