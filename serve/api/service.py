"""The service behind the views: champions, codebooks, and the way from a request to its answer."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cached_property, partial
from typing import Any

from serve.api.codebooks import load_codebooks, matcher_of, parse_sent_codebook
from serve.api.invocations import ScoringRequest
from serve.api.requests import ArticleRequest, Offsets, PairRequest, PairsRequest
from serve.api.server_answers import ModelCard
from serve.champions import Agreement, Challenger, ChampionLoader, Shadow, ShadowRequest
from serve.system import Metrics
from standpoint.codebook import Codebook, actor_finder
from standpoint.errors import CodebookError, Fault, InputError, NoChampionError
from standpoint.labeling import Labeler, LabelingResult, answer, versions
from standpoint.labels import Task
from standpoint.model import (
    Champion,
    Champions,
    Floats,
    PairText,
    check_pair,
    pair_toward,
    predict,
    reads_target_words,
)
from standpoint.pyfunc import pair_of, predictions
from standpoint.settings import Settings
from standpoint.text import ArticleLimits, Span, check_text, read_article

MAX_BATCHES = 8  # of a worker at a time: each holds a thread, and others must be served beside them
MAX_LABELED_AT_ONCE = 2  # articles of a worker: more would wait for one another, not work
LONG_ARTICLE_CHARS = 20_000  # a guess: a news article is shorter, a transcript longer
CARD_FIELDS = set(ModelCard.model_fields) - {"name", "version"}


class Service:
    """Labels articles and pairs with the champions. It may be called from several threads.

    Attributes
    ----------
    batches : a batch is streamed while it holds this semaphore
    stopping : set when the process stops, so that batches end
    """

    def __init__(self, settings: Settings, *, challenger: Challenger | None = None) -> None:
        self.settings = settings
        self.codebooks = load_codebooks(settings.codebooks_dir)
        self.champions = ChampionLoader(
            settings.models_dir, model=settings.model, on_load=self._count_load
        )
        self.shadow = Shadow(challenger, on_result=self._count_shadow) if challenger else None
        self.batches = threading.BoundedSemaphore(MAX_BATCHES)
        self.stopping = threading.Event()
        self._labeling_slots = threading.BoundedSemaphore(MAX_LABELED_AT_ONCE)
        self._long_article_slot = threading.Lock()

    @cached_property
    def metrics(self) -> Metrics:
        """The Prometheus metrics, made by each worker process for itself."""
        return Metrics()

    def label(self, request: ArticleRequest, *, request_id: str = "") -> dict[str, Any]:
        """The answer to an article; a challenger may label it again later, in the background."""
        with faults_at("/codebook"):
            codebook = self._codebook(request.codebook)
        champions = self.champions.current()
        result = self._label(request, codebook, champions)
        self.metrics.count_article(result, sentiment=champions.sentiment is not None)
        champion_answer = answer(result, champions)
        if self.shadow is not None:  # a second model is tried on the same requests
            label = partial(self._challenger_answer, request, codebook)
            self.shadow.offer(ShadowRequest(request_id, champion_answer, label, champions))
        return champion_answer

    def _challenger_answer(
        self, request: ArticleRequest, codebook: Codebook, champions: Champions
    ) -> dict[str, Any]:
        unexplained = request.model_copy(update={"explain": False})
        return answer(self._label(unexplained, codebook, champions), champions)

    def _label(
        self, request: ArticleRequest, codebook: Codebook, champions: Champions
    ) -> LabelingResult:
        limits = ArticleLimits(
            self.settings.max_article_chars,
            any_language=request.any_language,
            language_option='"any_language": true',
        )
        with faults_at("/text"):
            text = limits.check(request.text, where=request.id)
        with faults_at("/author"):
            author = _author_of(request, codebook)
        article = read_article(text, id=request.id, date=request.date, author=author)
        min_confidence = request.min_confidence
        if min_confidence is None:
            min_confidence = self.settings.min_confidence
        labeler = Labeler.of_champions(
            champions, min_confidence=min_confidence, pooling=self.settings.pooling
        )
        matcher = matcher_of(codebook)
        with self._labeling_slot(request):
            result = labeler.label(article, matcher, include_none=request.include_none)
            return labeler.explain(result) if request.explain else result

    @contextmanager
    def _labeling_slot(self, request: ArticleRequest) -> Iterator[None]:
        """Wait for a slot; slow requests share one, so that the other is free for quick ones."""
        is_slow = request.explain or len(request.text) > LONG_ARTICLE_CHARS
        with self._long_article_slot if is_slow else nullcontext(), self._labeling_slots:
            yield

    def _count_load(self, champions: Champions | None) -> None:
        self.metrics.count_load(champions)

    def _count_shadow(self, agreement: Agreement | None) -> None:
        if agreement is None:
            self.metrics.count_shadow(skipped=1)
        else:
            self.metrics.count_shadow(agreed=agreement.agreed, differed=len(agreement.differences))

    def judge(self, request: PairsRequest) -> dict[str, Any]:
        """The label and the probabilities of each pair, in order."""
        champions = self.champions.current()
        champion = champion_of(champions, request.task)
        max_chars = self.settings.max_article_chars
        by_words = reads_target_words(champion.model)
        pairs = [
            _pair_of_request(pair, number=number, max_chars=max_chars, by_words=by_words)
            for number, pair in enumerate(request.pairs)
        ]
        probabilities = self._predict(pairs, champion, champions)
        labels = champion.model.labels
        return {
            "task": request.task,
            "pairs": [
                {
                    "label": row["label"],
                    "probabilities": {label: round(row[label], 4) for label in labels},
                }
                for row in predictions(probabilities, labels=labels)
            ],
            "model": versions(champions),
        }

    def score(self, request: ScoringRequest) -> list[dict[str, Any]]:
        """The predictions of MLflow's protocol, as the registered model makes them."""
        champions = self.champions.current()
        champion = champion_of(champions, request.params.task if request.params else "stance")
        by_words = reads_target_words(champion.model)
        pairs = []
        # One at a time, so that a fault points to its row.
        for number, row in enumerate(request.rows()):
            with faults_at(request.pointer_to(number)):
                pair = pair_of(row, where=f"row {number}", by_words=by_words)
                check_text(
                    pair.text, where=f"row {number}", max_chars=self.settings.max_article_chars
                )
            pairs.append(pair)
        probabilities = self._predict(pairs, champion, champions)
        return predictions(probabilities, labels=champion.model.labels)

    def _predict(
        self, pairs: Sequence[PairText], champion: Champion, champions: Champions
    ) -> Floats:
        """Probabilities of shape (n_pairs, n_labels)."""
        with self._labeling_slots:
            probabilities = predict(pairs, models=[champion.model], encoder=champions.encoder)[0]
        labels = [champion.model.labels[n] for n in probabilities.argmax(axis=1)]
        n_texts = len({pair.text for pair in pairs})
        self.metrics.count_pairs(task=champion.model.task, labels=labels, n_texts=n_texts)
        return probabilities

    def model_cards(self) -> dict[str, Any]:
        """The version, scores, features and data of each champion."""
        champions = self.champions.current()
        return {
            "stance": model_card(champions.stance),
            "sentiment": model_card(champions.sentiment) if champions.sentiment else None,
        }

    def _codebook(self, codebook: str | dict[str, Any]) -> Codebook:
        """A known codebook by its name, or the one that was sent."""
        if isinstance(codebook, dict):
            limits = {
                "actors": self.settings.max_codebook_actors,
                "issues": self.settings.max_codebook_issues,
            }
            return parse_sent_codebook(codebook, limits=limits)
        if codebook not in self.codebooks:
            known = ", ".join(sorted(self.codebooks)) or "none"
            raise CodebookError(f"codebook: must be one of {known}, got {codebook[:80]!r}.")
        return self.codebooks[codebook]


def champion_of(champions: Champions, task: Task) -> Champion:
    """The champion of a task, or an error where it has none."""
    champion = champions.stance if task == "stance" else champions.sentiment
    if champion is None:
        raise NoChampionError("task: must have a champion, got sentiment, which has none yet.")
    return champion


def _author_of(request: ArticleRequest, codebook: Codebook) -> str | None:
    """The id of the author that a request names."""
    try:
        return None if request.author is None else actor_finder(codebook)(request.author)
    except ValueError as error:
        raise InputError(f"author: {error}") from None


@contextmanager
def faults_at(pointer: str) -> Iterator[None]:
    """Add a JSON pointer into the request's body to the faults of an InputError."""
    try:
        yield
    except InputError as error:
        path = tuple(pointer.strip("/").split("/"))
        faults = error.faults or (Fault((), str(error)),)
        error.faults = tuple(Fault((*path, *fault.path), fault.text) for fault in faults)
        raise


def _pair_of_request(
    request: PairRequest, *, number: int, max_chars: int, by_words: bool
) -> PairText:
    """A checked pair; its target is a span or words, whichever the model was trained with."""
    text, where = request.text, f"pairs[{number}]"
    with faults_at(f"/pairs/{number}/text"):
        check_text(text, where=where, max_chars=max_chars)
    holder = Span(request.holder.start, request.holder.end) if request.holder else None
    target: Span | str | Offsets = request.target
    if isinstance(target, Offsets):
        target = Span(target.start, target.end)
    with faults_at(f"/pairs/{number}/holder"):
        check_pair(PairText(text, holder, None), where=where)
    with faults_at(f"/pairs/{number}"):
        if isinstance(target, Span):  # checked here, for the pair may have its words instead
            check_pair(PairText(text, holder, target), where=where)
        pair = pair_toward(text, holder=holder, target=target, by_words=by_words)
        return check_pair(pair, where=where)


def model_card(champion: Champion) -> dict[str, Any]:
    """A champion as ``GET /v1/model`` shows it."""
    manifest = champion.model.manifest
    served = {"name": champion.name, "version": champion.version}
    return {**served, **manifest.model_dump(mode="json", include=CARD_FIELDS)}
