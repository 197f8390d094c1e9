"""What the views call: champions, codebooks, and the one path from text to answer."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from serve.champion import ChampionShelf
from serve.schemas import ArticleRequest, Offsets, PairRequest, PairsRequest
from standpoint.answers import answer, versions
from standpoint.article import Span, check_text, read_article
from standpoint.champion import Champion
from standpoint.codebook import Codebook, load_named, parse_codebook
from standpoint.errors import CodebookError, InputError, NoChampionError
from standpoint.faults import Fault
from standpoint.judging import judge
from standpoint.labeling import explained, label_article
from standpoint.language import check_language
from standpoint.mentions import Lexicon
from standpoint.pairs import PairText, check_pair, pair_toward
from standpoint.settings import Settings

MAX_KEPT_LEXICONS = 32


class Service:
    """The domain behind the views; safe to call from several threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.shelf = ChampionShelf(settings.models_dir)
        self.codebooks = _load_codebooks(settings.codebooks_dir)
        self._lexicons: OrderedDict[str, Lexicon] = OrderedDict()
        self._lock = threading.Lock()

    def label(self, request: ArticleRequest) -> dict[str, Any]:
        """Label one article."""
        with pointing("/codebook"):
            codebook = self._codebook(request.codebook)
        champions = self.shelf.current()
        limit = self.settings.max_article_chars
        with pointing("/text"):
            check_text(request.text, where=request.id, max_chars=limit)
            if not request.any_language:
                check_language(request.text, where=request.id, force='"any_language": true')
            article = read_article(request.text, id=request.id, date=request.date)
        floor = request.min_confidence
        labeled = label_article(
            article,
            self._lexicon(codebook),
            stance=champions.stance.model,
            sentiment=champions.sentiment.model if champions.sentiment else None,
            encoder=champions.encoder,
            min_confidence=self.settings.min_confidence if floor is None else floor,
            pooling=self.settings.pooling,
            include_none=request.include_none,
        )
        if request.explain:
            judge_of, shared = champions.stance.model, champions.encoder
            labeled = explained(labeled, stance=judge_of, encoder=shared)
        return answer(labeled, champions)

    def judge(self, request: PairsRequest) -> dict[str, Any]:
        """Judge pairs, in order."""
        champions = self.shelf.current()
        champion = champions.stance if request.task == "stance" else champions.sentiment
        if champion is None:
            raise NoChampionError("task: must have a champion, got sentiment, which has none yet.")
        limit = self.settings.max_article_chars
        by_words = champion.model.manifest.targets_are_words
        pairs = [
            _pair(row, number=number, max_chars=limit, by_words=by_words)
            for number, row in enumerate(request.pairs)
        ]
        shares = judge(pairs, models=[champion.model], encoder=champions.encoder)[0]
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
            return parse_codebook(sent, where="codebook")
        found = self.codebooks.get(asked)
        if found is None:
            known = ", ".join(sorted(self.codebooks)) or "none"
            raise CodebookError(f"codebook: must be one of {known}, got {asked[:80]!r}.")
        return found

    def _lexicon(self, codebook: Codebook) -> Lexicon:
        digest = codebook.digest
        with self._lock:
            if digest in self._lexicons:
                self._lexicons.move_to_end(digest)
                return self._lexicons[digest]
        made = Lexicon(codebook)
        with self._lock:
            self._lexicons[digest] = made
            while len(self._lexicons) > MAX_KEPT_LEXICONS:
                self._lexicons.popitem(last=False)
        return made


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
