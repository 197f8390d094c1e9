"""Champions in memory: loading, reloading, and a challenger in the shadow."""

from serve.champions.challenger import Agreement, Challenger, Shadow, Shadowed, load_challenger
from serve.champions.shelf import ChampionShelf

__all__ = [
    "Agreement",
    "Challenger",
    "ChampionShelf",
    "Shadow",
    "Shadowed",
    "load_challenger",
]
