"""``standpoint evaluate``: one module for each kind of data, and the report."""
