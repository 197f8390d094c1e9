"""Standpoint finds actors' stances on issues in political news, with the words they rest on."""

__version__ = "0.1.0"
