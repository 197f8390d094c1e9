"""Parts of the soak: the service under load, its clients, the faults, the report."""
