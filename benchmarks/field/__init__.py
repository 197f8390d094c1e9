"""Benchmarks on texts that were collected in the field, with the tables that readers expect."""
