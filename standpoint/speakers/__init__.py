"""Speakers: the actors whom the labels of turns, titles and bylines of a document mean."""

from standpoint.speakers.interviews import Guest
from standpoint.speakers.speakers import Speakers

__all__ = [
    "Guest",
    "Speakers",
]
