"""Fits, scores and tracks the classifiers: one config in, one MLflow run out."""
