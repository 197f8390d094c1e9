"""A client of the HTTP service. It needs the standard library alone."""

from standpoint.client.batch import Problem
from standpoint.client.service_client import Client

__all__ = ["Client", "Problem"]
