"""The champions in memory: loaded once, looked at again when a pointer changes.

An answer is made with one `Champions` from start to end, so it is wholly of one version. A bundle
that cannot be loaded is logged and counted, and the old champion goes on; it is tried again now and
then, for what was truncated may have been written anew under the same number.
"""

import gc
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from serve.system import give_back
from standpoint.errors import BundleError, NoChampionError, StandpointError
from standpoint.labels import LABELS
from standpoint.model import Champions, load_champions, pointer_path

LOG = logging.getLogger("standpoint.serve")
LOOK_EVERY_S = 0.5
TRY_AGAIN_S = 10.0
GIVE_BACK_EVERY_S = 10.0  # what large articles took
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
        self._stopped = threading.Event()
        self._watcher: threading.Thread | None = None

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

    def preload(self) -> None:
        """Load the champions before the workers are forked, so that it is done once.

        Their encoders stay closed: open ones do not survive a fork.

        Raises
        ------
        StandpointError
            there is one that cannot be loaded, or none
        """
        seen = self._pointers()
        self._champions, self._seen = load_champions(self._models_dir), seen

    def begin(self) -> None:
        """In a worker: open the encoders of what was loaded before it was forked, and watch.

        A worker that takes another's place later looks first: what was loaded then may serve no
        longer, and may not even be there.
        """
        held, self._champions = self._champions, None
        if self._pointers() != self._seen:
            self._look()
        if held is not None and self._champions is None:
            self._attempt(lambda: held, self._seen)
        self.watch()

    def _take(self, found: Champions) -> None:
        warm(found)
        self._champions, self._failure = found, None
        tone = f", sentiment version {found.sentiment.version}" if found.sentiment else ""
        LOG.info("champion: stance version %d%s", found.stance.version, tone)
        self._taken(found)

    def watch(self) -> None:
        """Look for changes in a thread, so that no request waits while a champion is loaded."""
        self._watched = True
        self._watcher = threading.Thread(target=self._watch, name="champions", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """Look no more; a champion that is being loaded is loaded to its end.

        The encoder's library does not bear that the process ends under it.
        """
        self._stopped.set()
        if self._watcher is not None:
            self._watcher.join(10)

    def _watch(self) -> None:
        held, given_back = self._champions, time.monotonic()
        while not self._stopped.is_set():
            with self._lock:
                self._look()
            self._stopped.wait(LOOK_EVERY_S)
            # The champion before is freed once the last request that it answers is done.
            due = time.monotonic() - given_back > GIVE_BACK_EVERY_S
            if held is not self._champions or self._failure is not None or due:
                held, given_back = self._champions, time.monotonic()
                gc.collect()
                give_back()

    def _look(self) -> None:
        seen = self._pointers()
        self._looked = time.monotonic()
        if seen == self._seen and not self._is_worth_another_try():
            return
        self._attempt(lambda: load_champions(self._models_dir), seen)

    def _attempt(self, load: Callable[[], Champions], seen: Seen | None) -> None:
        """Take up champions that the pointers named when they were ``seen``, or put them off."""
        try:
            self._take(load())
        except StandpointError as error:
            self._put_off(error, seen)
            return
        except (OSError, ValueError, RuntimeError, MemoryError) as error:
            self._put_off(BundleError(f"{self._models_dir}: must load, got {error!r}."), seen)
            return
        self._seen = seen

    def _is_worth_another_try(self) -> bool:
        return self._failure is not None and self._looked - self._failed > TRY_AGAIN_S

    def _put_off(self, error: StandpointError, seen: Seen | None) -> None:
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
            encoder.encode("Talks opened on Monday.", layers=champion.model.layers)
