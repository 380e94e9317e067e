"""Small numbers: which cells of a table to hide, which others that forces, and what could still be worked out."""
