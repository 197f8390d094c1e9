"""Standpoint: who stands where, on what, in whose words."""

__version__ = "0.1.0"
