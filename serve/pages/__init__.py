"""The pages that people read: server-rendered HTML over the same service as the API."""

from serve.pages.views import pages

__all__ = ["pages"]
