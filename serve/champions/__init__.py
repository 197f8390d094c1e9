"""The champions that serve: loading, reloading, and comparison with a challenger."""

from serve.champions.challenger import Challenger, load_challenger
from serve.champions.loader import ChampionLoader
from serve.champions.shadow import Agreement, Shadow, ShadowRequest

__all__ = [
    "Agreement",
    "Challenger",
    "ChampionLoader",
    "Shadow",
    "ShadowRequest",
    "load_challenger",
]
