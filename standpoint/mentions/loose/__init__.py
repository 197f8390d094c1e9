"""Loose names: nouns that may mean an actor, though they are no name of it."""
