"""The champions in memory: loaded once, looked at again when a pointer changes.

An answer is made with one `Champions` from start to end, so it is wholly of one version. A bundle
that cannot be loaded is logged and counted, and the old champion goes on; it is tried again now and
then, for what was truncated may have been written anew under the same number.
"""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from standpoint.champion import Champions, load_champions, pointer_path
from standpoint.errors import BundleError, NoChampionError, StandpointError
from standpoint.labels import LABELS

LOG = logging.getLogger("standpoint.serve")
LOOK_EVERY_S = 0.5
TRY_AGAIN_S = 10.0
Seen = tuple[tuple[int, int, int] | None, ...]


class ChampionShelf:
    """Holds the champions of a models folder, and takes up a change within a second.

    Parameters
    ----------
    taken : called with champions that were taken up
    refused : called when some could not be loaded
    """

    def __init__(
        self,
        models_dir: Path,
        *,
        taken: Callable[[Champions], None] = lambda _: None,
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        self._models_dir = models_dir
        self._taken, self._refused = taken, refused
        self._lock = threading.Lock()
        self._champions: Champions | None = None
        self._seen: Seen | None = None
        self._failure: StandpointError | None = None
        self._looked = self._failed = 0.0
        self._watched = False

    def current(self) -> Champions:
        """The champions now.

        Raises
        ------
        NoChampionError
            nothing has been promoted
        """
        held = self._champions
        due = not self._watched and time.monotonic() - self._looked > LOOK_EVERY_S
        # While one thread loads, the others go on with what they hold, and wait only for a first.
        if (held is None or due) and self._lock.acquire(blocking=held is None):
            try:
                self._look()
            finally:
                self._lock.release()
            held = self._champions
        if held is None:
            none = NoChampionError(f"{self._models_dir}: must hold a champion, got none.")
            raise self._failure or none
        return held

    def watch(self) -> None:
        """Look for changes in a thread, so that no request waits while a champion is loaded."""
        self._watched = True
        threading.Thread(target=self._watch, name="champions", daemon=True).start()

    def _watch(self) -> None:
        while True:
            with self._lock:
                self._look()
            time.sleep(LOOK_EVERY_S)

    def _look(self) -> None:
        seen = self._pointers()
        self._looked = time.monotonic()
        if seen == self._seen and not self._is_worth_another_try():
            return
        try:
            found = load_champions(self._models_dir)
            warm(found)
        except StandpointError as error:
            self._put_off(error, seen)
            return
        except (OSError, ValueError, RuntimeError, MemoryError) as error:
            self._put_off(BundleError(f"{self._models_dir}: must load, got {error!r}."), seen)
            return
        self._champions, self._seen, self._failure = found, seen, None
        tone = f", sentiment version {found.sentiment.version}" if found.sentiment else ""
        LOG.info("champion: stance version %d%s", found.stance.version, tone)
        self._taken(found)

    def _is_worth_another_try(self) -> bool:
        return self._failure is not None and self._looked - self._failed > TRY_AGAIN_S

    def _put_off(self, error: StandpointError, seen: Seen) -> None:
        is_news = seen != self._seen or str(error) != str(self._failure)
        self._failure, self._failed = error, self._looked
        self._seen = seen if self._champions is not None else None
        if is_news and not isinstance(error, NoChampionError):
            LOG.error("the new champion was refused, the old one goes on if any: %s", error)
            self._refused()

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
