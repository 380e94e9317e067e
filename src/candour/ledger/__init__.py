"""That something was done: append-only, chained entries, one chain a body; and whether the record is whole."""
