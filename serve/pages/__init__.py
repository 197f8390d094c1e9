"""The HTML pages, server-rendered over the same service as the API."""

from serve.pages.views import pages

__all__ = ["pages"]
