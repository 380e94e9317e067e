"""One request from arrival to reply: its questions, the parts of each answer, the letter."""
