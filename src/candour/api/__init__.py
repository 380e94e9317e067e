"""The door for programs: JSON in and out, a token for each, errors as problem documents."""
