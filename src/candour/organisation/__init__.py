"""Who we are: bodies, people and roles, staff numbers, suppliers, sponsors, policies; each as at a day."""
