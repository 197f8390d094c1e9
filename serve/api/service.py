"""What the views call: champions, codebooks, and the one path from text to answer."""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from serve.api.invocations import ScoringRequest
from serve.api.requests import ArticleRequest, Offsets, PairRequest, PairsRequest
from serve.champions import Agreement, Challenger, ChampionShelf, Shadow, Shadowed
from serve.system import Metrics
from standpoint.codebook import Codebook, load_named, parse_codebook
from standpoint.errors import CodebookError, InputError, NoChampionError, faults_in
from standpoint.labeling import Labeler, LabelingResult, answer, versions
from standpoint.labels import Task
from standpoint.mentions import MentionMatcher
from standpoint.model import Champion, Champions, Floats, PairText, check_pair, pair_toward, predict
from standpoint.pyfunc import pair_of, predictions
from standpoint.settings import Settings
from standpoint.text import ArticleLimits, Span, check_text, read_article
from standpoint.validation import Fault

MAX_CACHED_MATCHERS = 32
BATCHES_AT_ONCE = 8  # of a worker: each holds a thread, and others must be served beside them
LONG_CHARS = 20_000
AT_ONCE = 2  # articles a worker labels at a time: more would wait for one another, not work


class Service:
    """The domain behind the views; safe to call from several threads."""

    def __init__(self, settings: Settings, *, challenger: Challenger | None = None) -> None:
        self.settings = settings
        self.codebooks = _load_codebooks(settings.codebooks_dir)
        self.shelf = ChampionShelf(settings.models_dir, taken=self._taken_up, refused=self._refused)
        self.shadow = Shadow(challenger, told=self._shadowed) if challenger else None
        self._matchers: OrderedDict[str, MentionMatcher] = OrderedDict()
        self._lock = threading.Lock()
        self.batches = threading.BoundedSemaphore(BATCHES_AT_ONCE)
        self.stopping = threading.Event()
        self._long_turn = threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    @cached_property
    def metrics(self) -> Metrics:
        """What is counted; each worker begins its own."""
        return Metrics()

    def label(self, request: ArticleRequest, *, request_id: str = "") -> dict[str, Any]:
        """Label one article."""
        with pointing("/codebook"):
            codebook = self._codebook(request.codebook)
        champions = self.shelf.current()
        found = self._labeled(request, codebook, champions)
        self.metrics.labeled(found, sentiment=champions.sentiment is not None)
        told = answer(found, champions)
        if self.shadow is not None:
            again = partial(self._again, request, codebook)
            self.shadow.offer(Shadowed(request_id, told, again, champions))
        return told

    def _again(
        self, request: ArticleRequest, codebook: Codebook, champions: Champions
    ) -> dict[str, Any]:
        plain = request.model_copy(update={"explain": False})
        return answer(self._labeled(plain, codebook, champions), champions)

    def _labeled(
        self, request: ArticleRequest, codebook: Codebook, champions: Champions
    ) -> LabelingResult:
        limits = ArticleLimits(
            self.settings.max_article_chars,
            any_language=request.any_language,
            language_option='"any_language": true',
        )
        with pointing("/text"):
            text = limits.check(request.text, where=request.id)
            article = read_article(text, id=request.id, date=request.date)
        floor = request.min_confidence
        labeler = Labeler.of_champions(
            champions,
            min_confidence=self.settings.min_confidence if floor is None else floor,
            pooling=self.settings.pooling,
        )
        matcher = self._matcher(codebook)
        with self._turn(request):
            labeled = labeler.label(article, matcher, include_none=request.include_none)
            return labeler.explain(labeled) if request.explain else labeled

    @contextmanager
    def _turn(self, request: ArticleRequest) -> Iterator[None]:
        """Wait for a turn; what takes long takes one of them at most, so that others have one."""
        takes_long = request.explain or len(request.text) > LONG_CHARS
        with self._long_turn if takes_long else nullcontext(), self._turns:
            yield

    def _taken_up(self, champions: Champions) -> None:
        self.metrics.reloaded(champions)

    def _refused(self) -> None:
        self.metrics.refused()

    def _shadowed(self, agreement: Agreement | None) -> None:
        if agreement is None:
            self.metrics.not_shadowed()
        else:
            self.metrics.shadowed(agreed=agreement.agreed, differed=len(agreement.differed))

    def judge(self, request: PairsRequest) -> dict[str, Any]:
        """Judge pairs, in order."""
        champions = self.shelf.current()
        champion = champion_of(champions, request.task)
        limit = self.settings.max_article_chars
        by_words = champion.model.manifest.targets_are_words
        pairs = [
            _pair(row, number=number, max_chars=limit, by_words=by_words)
            for number, row in enumerate(request.pairs)
        ]
        shares = self._judged(pairs, champion, champions)
        labels = champion.model.labels
        return {
            "task": request.task,
            "pairs": [
                {
                    "label": labels[int(row.argmax())],
                    "probabilities": {
                        label: round(float(share), 4)
                        for label, share in zip(labels, row, strict=True)
                    },
                }
                for row in shares
            ],
            "model": versions(champions),
        }

    def score(self, request: ScoringRequest) -> list[dict[str, Any]]:
        """Judge rows as the registered model does."""
        champions = self.shelf.current()
        champion = champion_of(champions, request.params.task if request.params else "stance")
        by_words = champion.model.manifest.targets_are_words
        pairs = []
        for number, row in enumerate(request.rows()):
            with pointing(request.pointer_to(number)):
                pair = pair_of(row, where=f"row {number}", by_words=by_words)
                check_text(
                    pair.text, where=f"row {number}", max_chars=self.settings.max_article_chars
                )
            pairs.append(pair)
        return predictions(self._judged(pairs, champion, champions), labels=champion.model.labels)

    def _judged(
        self, pairs: Sequence[PairText], champion: Champion, champions: Champions
    ) -> Floats:
        with self._turns:
            shares = predict(pairs, models=[champion.model], encoder=champions.encoder)[0]
        labels = [champion.model.labels[n] for n in shares.argmax(axis=1)]
        n_texts = len({pair.text for pair in pairs})
        self.metrics.judged(task=champion.model.task, labels=labels, n_texts=n_texts)
        return shares

    def model_cards(self) -> dict[str, Any]:
        """What serves: versions, scores, features and data of each champion."""
        champions = self.shelf.current()
        return {
            "stance": _card(champions.stance),
            "sentiment": _card(champions.sentiment) if champions.sentiment else None,
        }

    def _codebook(self, asked: str | dict[str, Any]) -> Codebook:
        if isinstance(asked, dict):
            sent = {key: value for key, value in asked.items() if key != "digest"}
            self._check_size(sent)
            return parse_codebook(sent, where="codebook")
        found = self.codebooks.get(asked)
        if found is None:
            known = ", ".join(sorted(self.codebooks)) or "none"
            raise CodebookError(f"codebook: must be one of {known}, got {asked[:80]!r}.")
        return found

    def _check_size(self, sent: dict[str, Any]) -> None:
        """Refuse a large codebook before it is read: each of its entries costs time and memory."""
        limits = {
            "actors": self.settings.max_codebook_actors,
            "issues": self.settings.max_codebook_issues,
        }
        faults = []
        for part, limit in limits.items():
            rows = sent.get(part)
            if isinstance(rows, list) and len(rows) > limit:
                faults.append(
                    Fault((part,), f"{part}: must hold at most {limit:,}, got {len(rows):,}.")
                )
        if faults:
            error = CodebookError(faults_in("codebook", [fault.text for fault in faults]))
            error.faults = tuple(faults)
            raise error

    def _matcher(self, codebook: Codebook) -> MentionMatcher:
        digest = codebook.digest
        with self._lock:
            if digest in self._matchers:
                self._matchers.move_to_end(digest)
                return self._matchers[digest]
        made = MentionMatcher(codebook)
        with self._lock:
            self._matchers[digest] = made
            while len(self._matchers) > MAX_CACHED_MATCHERS:
                self._matchers.popitem(last=False)
        return made


def champion_of(champions: Champions, task: Task) -> Champion:
    """The champion of a task, or an error where it has none."""
    champion = champions.stance if task == "stance" else champions.sentiment
    if champion is None:
        raise NoChampionError("task: must have a champion, got sentiment, which has none yet.")
    return champion


def _load_codebooks(folder: Path) -> dict[str, Codebook]:
    if not folder.is_dir():
        raise CodebookError(
            f"{folder}: must be a folder of codebooks, got none. "
            "Run this in the project's folder, or set STANDPOINT_CODEBOOKS_DIR."
        )
    return {path.stem: load_named(folder, path.stem) for path in sorted(folder.glob("*.toml"))}


@contextmanager
def pointing(pointer: str) -> Iterator[None]:
    """Say of a fault found by the domain where in the body it stands."""
    try:
        yield
    except InputError as error:
        place = tuple(pointer.strip("/").split("/"))
        told = error.faults or (Fault((), str(error)),)
        error.faults = tuple(Fault((*place, *fault.path), fault.text) for fault in told)
        raise


def _pair(row: PairRequest, *, number: int, max_chars: int, by_words: bool) -> PairText:
    where = f"pairs[{number}]"
    with pointing(f"/pairs/{number}/text"):
        check_text(row.text, where=where, max_chars=max_chars)
    holder = Span(row.holder.start, row.holder.end) if row.holder else None
    asked = row.target
    target = Span(asked.start, asked.end) if isinstance(asked, Offsets) else asked
    with pointing(f"/pairs/{number}/holder"):
        check_pair(PairText(row.text, holder, None), where=where)
    with pointing(f"/pairs/{number}"):
        if isinstance(target, Span):
            check_pair(PairText(row.text, holder, target), where=where)
        pair = pair_toward(row.text, holder=holder, target=target, by_words=by_words)
        return check_pair(pair, where=where)


def _card(champion: Champion) -> dict[str, Any]:
    manifest = champion.model.manifest
    keep = {
        "task",
        "labels",
        "features",
        "encoder",
        "run_id",
        "config",
        "created",
        "corpus",
        "scores",
        "note",
    }
    return {"version": champion.version, **manifest.model_dump(mode="json", include=keep)}
