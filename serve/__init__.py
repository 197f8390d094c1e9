"""The HTTP service over the champions: API, pages, access control, server processes."""
