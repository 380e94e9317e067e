"""Makes clean renditions: a file anew, with what the eye sees in it and nothing else."""
