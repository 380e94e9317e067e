"""Pictures: what a file says of when, where and by whom one was made, and what of it is kept without being shown."""
