"""What a file is, and what it carries that the eye does not see: bytes in, findings out."""
