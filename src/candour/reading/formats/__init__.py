"""One module a file format: each turns a stranger's bytes into lines of text, and runs in a child process."""
