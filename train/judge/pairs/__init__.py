"""Labelled pairs as units of a judge: sentiment toward a target, stance of an author on a topic."""
