"""The champions in memory: loaded once, looked at again when a pointer changes.

An answer is made with one `Champions` from start to end, so it is wholly of one version. A bundle
that cannot be loaded is logged, and the old champion goes on.
"""

import logging
import threading
import time
from pathlib import Path

from standpoint.champion import Champions, load_champions, pointer_path
from standpoint.errors import NoChampionError, StandpointError
from standpoint.labels import LABELS

LOG = logging.getLogger("standpoint.serve")
LOOK_EVERY_S = 0.5
Seen = tuple[tuple[int, int, int] | None, ...]


class ChampionShelf:
    """Holds the champions of a models folder, and takes up a change within a second."""

    def __init__(self, models_dir: Path) -> None:
        self._models_dir = models_dir
        self._lock = threading.Lock()
        self._champions: Champions | None = None
        self._seen: Seen | None = None
        self._failure: StandpointError | None = None
        self._looked = 0.0

    def current(self) -> Champions:
        """The champions now.

        Raises
        ------
        NoChampionError
            nothing has been promoted
        """
        due = time.monotonic() - self._looked > LOOK_EVERY_S
        # While one thread loads, the others go on with what they hold, and wait only for a first.
        if due and self._lock.acquire(blocking=self._champions is None):
            try:
                self._look()
            finally:
                self._lock.release()
        held = self._champions
        if held is None:
            none = NoChampionError(f"{self._models_dir}: must hold a champion, got none.")
            raise self._failure or none
        return held

    def _look(self) -> None:
        seen = self._pointers()
        self._looked = time.monotonic()
        if seen == self._seen:
            return
        try:
            found = load_champions(self._models_dir)
            warm(found)
        except StandpointError as error:
            self._failure = error
            self._seen = seen if self._champions is not None else None
            if not isinstance(error, NoChampionError):
                LOG.error("the new champion was refused, the old one goes on if any: %s", error)
            return
        self._champions, self._seen, self._failure = found, seen, None
        tone = f", sentiment version {found.sentiment.version}" if found.sentiment else ""
        LOG.info("champion: stance version %d%s", found.stance.version, tone)

    def _pointers(self) -> Seen:
        return tuple(_stamp(pointer_path(self._models_dir, task)) for task in LABELS)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def warm(champions: Champions) -> None:
    """Open the encoders by reading a few words, so that no request waits for them."""
    for champion in (champions.stance, champions.sentiment):
        encoder = (champion.model.encoder or champions.encoder) if champion else None
        if champion is not None and encoder is not None and champion.model.layers:
            encoder.read("Talks opened on Monday.", layers=champion.model.layers)
