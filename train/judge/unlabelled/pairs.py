"""The units of unlabelled documents: which sentences and issues a teacher is asked about."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from standpoint.codebook import Codebook, load_codebook
from standpoint.labeling import AnnotatedArticle, normalize_article
from standpoint.mentions import MentionMatcher
from standpoint.text import read_article
from train.config import JudgeSource
from train.corpora import UnlabelledText
from train.judge.units import Gold, Unit, units_of
from train.judge.unlabelled.codebooks import DocumentCodebooks

RELEVANT_SHARE = 0.75
"""Of the pairs: the most relevant ones of their document. The others are drawn at random, so that
sentences that are about none of its issues are read too. A guess."""


class _UnlabelledArticle:
    """An article as `units_of` takes it, without gold."""

    gold: Gold = {}  # noqa: RUF012

    def __init__(self, document: str, article: AnnotatedArticle) -> None:
        self.document = document
        self.article = article


def training_codebooks(
    sources: Iterable[tuple[JudgeSource, Sequence[Unit]]], *, root: Path
) -> list[Codebook]:
    """The codebooks that units of training were made with, one of each name.

    Parameters
    ----------
    sources : with their units for training; so no codebook of dev or test is among them
    root : the project's folder
    """
    files: dict[str, Path] = {}
    for source, units in sources:
        for name in sorted({unit.place.codebook for unit in units}) if source.codebooks else ():
            files.setdefault(name, root / source.codebooks / f"{name}.toml")
    return [load_codebook(file) for file in files.values() if file.is_file()]


def unlabelled_units(
    texts: Sequence[UnlabelledText],
    source: JudgeSource,
    *,
    codebooks: Sequence[Codebook],
) -> list[Unit]:
    """The chosen sentences and issues of documents; each gets a part by its length.

    Parameters
    ----------
    source : how many are chosen, and from which seed
    codebooks : whose actors and issues the documents are read with
    """
    total = sum(len(text.text) for text in texts)
    made = DocumentCodebooks(codebooks)
    units: list[Unit] = []
    for text in texts:
        generator = random.Random(f"{source.seed}-{text.id}")
        codebook = made.codebook_for(text.text, generator=generator)
        if codebook is not None:
            n = max(1, round((source.pairs or 0) * len(text.text) / total))
            readable = _readable_units(text, codebook, source=source.name)
            units += _chosen(readable, n, generator=generator)
    return units


def _readable_units(text: UnlabelledText, codebook: Codebook, *, source: str) -> list[Unit]:
    """The prose sentences of a document that have candidates, with each issue."""
    article = normalize_article(read_article(text.text, id=text.id)).article
    own = _UnlabelledArticle(text.id, AnnotatedArticle(article, MentionMatcher(codebook)))
    units = (unit for unit in units_of(own, source=source) if unit.is_prose and unit.candidates)
    return [replace(unit, has_gold=False) for unit in units]


def _chosen(units: Sequence[Unit], n: int, *, generator: random.Random) -> list[Unit]:
    """So many units: the most relevant ones, and a share at random; ties are drawn."""
    drawn = generator.sample(units, len(units))
    ranked = sorted(drawn, key=lambda unit: -unit.relevance)
    n_relevant = round(RELEVANT_SHARE * n)
    rest = ranked[n_relevant:]
    return ranked[:n_relevant] + generator.sample(rest, min(len(rest), n - n_relevant))
