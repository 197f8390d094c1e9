"""Loading of the champions, and reloading when a promotion moves a pointer file.

Every answer uses one `Champions` from start to end, so it never mixes versions. A bundle that
cannot be loaded is logged and counted, and the previous champion keeps serving. The load is
retried now and then, because a truncated bundle may be rewritten under the same version.
"""

import gc
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from serve.system import Stamp, read_stamp, release_free_memory
from standpoint.errors import BundleError, NoChampionError, StandpointError
from standpoint.model import Champions, JudgeModel, load_champions, watched_files

LOG = logging.getLogger("standpoint.serve")
CHECK_EVERY_S = 0.5  # a promotion serves within a second; a check is two `stat` calls
RETRY_EVERY_S = 10.0  # a load that failed reads the whole bundle again
RELEASE_EVERY_S = 10.0  # large articles leave free memory behind
STOP_TIMEOUT_S = 10.0  # to finish a load that has begun
Stamps = tuple[Stamp | None, ...]


class ChampionLoader:
    """The champions of a models folder; a new one is loaded within a second of its promotion.

    Parameters
    ----------
    model : that serves in place of the champions, see `standpoint.model.find_served`
    on_load : called with the champions after each load, and with None where it failed
    """

    def __init__(
        self,
        models_dir: Path,
        *,
        model: str | None = None,
        on_load: Callable[[Champions | None], None],
    ) -> None:
        self._models_dir, self._model, self._on_load = models_dir, model, on_load
        self._lock = threading.Lock()
        self._champions: Champions | None = None
        self._stamps: Stamps | None = None
        self._failure: StandpointError | None = None
        self._checked_at = self._failed_at = 0.0
        self._stopped = threading.Event()
        self._watcher: threading.Thread | None = None

    def current(self) -> Champions:
        """The current champions.

        Raises
        ------
        NoChampionError
            nothing has been promoted
        """
        champions = self._champions
        due = self._watcher is None and time.monotonic() - self._checked_at > CHECK_EVERY_S
        # While one thread loads, the others use the previous champions; they wait only where
        # there are none.
        if (champions is None or due) and self._lock.acquire(blocking=champions is None):
            try:
                self._check()
            finally:
                self._lock.release()
            champions = self._champions
        if champions is None:
            none = NoChampionError(f"{self._models_dir}: must hold a champion, got none.")
            raise self._failure or none
        return champions

    def preload(self) -> None:
        """Load the champions once before the workers fork; they share its memory.

        Encoders stay closed: an open ONNX session does not survive a fork.

        Raises
        ------
        StandpointError
            there is no champion, or one that cannot be loaded
        """
        stamps = self._read_stamps()
        self._champions, self._stamps = self._load(), stamps

    def start(self) -> None:
        """In a worker: open the encoders of the preloaded champions, and watch the pointers.

        A worker that replaces another one checks the pointers first: the preloaded champions may
        be outdated, and their files gone.
        """
        preloaded, self._champions = self._champions, None
        if self._read_stamps() != self._stamps:
            self._check()
        if preloaded is not None and self._champions is None:
            self._try(lambda: preloaded, self._stamps)
        # A thread watches, so that no request waits while a champion is loaded.
        self._watcher = threading.Thread(target=self._watch, name="champions", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """Stop watching, after a load that has begun.

        onnxruntime can crash when the process exits while it opens a session.
        """
        self._stopped.set()
        if self._watcher is not None:
            self._watcher.join(STOP_TIMEOUT_S)

    def _watch(self) -> None:
        previous, released_at = self._champions, time.monotonic()
        while not self._stopped.is_set():
            with self._lock:
                self._check()
            self._stopped.wait(CHECK_EVERY_S)
            # The previous champion can be freed once its last request is answered.
            due = time.monotonic() - released_at > RELEASE_EVERY_S
            if previous is not self._champions or self._failure is not None or due:
                previous, released_at = self._champions, time.monotonic()
                gc.collect()
                release_free_memory()

    def _check(self) -> None:
        """Load the champions again if a pointer changed, or if it is time to retry."""
        stamps = self._read_stamps()
        self._checked_at = time.monotonic()
        retry = self._failure is not None and self._checked_at - self._failed_at > RETRY_EVERY_S
        if stamps != self._stamps or retry:
            self._try(self._load, stamps)

    def _try(self, load: Callable[[], Champions], stamps: Stamps | None) -> None:
        """Load champions and serve them, or log why not.

        Parameters
        ----------
        stamps : of the pointer files when they named these champions
        """
        try:
            champions = load()
            open_encoders(champions)
        except StandpointError as error:
            self._fail(error, stamps)
            return
        except (OSError, ValueError, RuntimeError, MemoryError) as error:
            self._fail(BundleError(f"{self._models_dir}: must load, got {error!r}."), stamps)
            return
        self._champions, self._failure, self._stamps = champions, None, stamps
        sentiment = champions.sentiment
        LOG.info(
            "champion: stance %s%s",
            champions.stance.served.description,
            f", sentiment {sentiment.served.description}" if sentiment else "",
        )
        self._on_load(champions)

    def _fail(self, error: StandpointError, stamps: Stamps | None) -> None:
        is_new = stamps != self._stamps or str(error) != str(self._failure)
        self._failure, self._failed_at = error, self._checked_at
        self._stamps = stamps if self._champions is not None else None
        if is_new and not isinstance(error, NoChampionError):
            LOG.error(
                "the new champion was refused, the previous one keeps serving if any: %s", error
            )
            self._on_load(None)

    def _read_stamps(self) -> Stamps:
        return tuple(map(read_stamp, watched_files(self._models_dir, model=self._model)))

    def _load(self) -> Champions:
        return load_champions(self._models_dir, model=self._model)


def open_encoders(champions: Champions) -> None:
    """Encode a few words, so that the sessions are open before the first request.

    A judge refuses graphs here that do not fit together.
    """
    for champion in (champions.stance, champions.sentiment):
        if champion is not None and isinstance(champion.model, JudgeModel):
            champion.model.judge.open()
        encoder = (champion.model.encoder or champions.encoder) if champion else None
        if champion is not None and encoder is not None and champion.model.layers:
            encoder.encode("Talks opened on Monday.", layers=champion.model.layers)
