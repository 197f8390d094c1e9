"""Features of twenty fixed pairs and of all seeds: syntax, polarity, n-grams and vectors."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from standpoint.model.encoder import EncodedSentence, Encoder
from standpoint.model.encoder_folder import find_encoder
from standpoint.model.feature_config import EncoderFeatures, Features, NgramFeatures
from standpoint.model.masking import mask_names
from standpoint.model.ngram_features import ngrams_of
from standpoint.model.pairs import Name, PairText
from standpoint.model.polarity_features import polarity_features
from standpoint.model.span_features import (
    column_groups,
    feature_groups,
    feature_vector,
    texts_to_encode,
)
from standpoint.model.syntax_features import syntax_features
from standpoint.text.article import Span
from tests.golden.expected_files import EXPECTED, ROOT, as_json, differences, digest_of, read
from tests.golden.reading import FEW, names_as_lists, seeds_of, span_as_list
from train.articles.error_stages import Candidate, candidates_of
from train.articles.gold import seed_articles
from train.config.model import AverageModel
from train.config.schema import load_config
from train.corpora.seeds import seed_corpus
from train.features.extraction import extract_features
from train.features.ngram_counts import NgramRows

Numbers = npt.NDArray[np.float32]
N_PAIRS, N_IN_FULL, DECIMALS = 20, 3, 2
OWN = ("signs", "leanings")
TOLERANCES = {"plain": 0.0, "counts": 1e-6, "letters": 1e-3}
VECTORS = EXPECTED / "vectors.npz"
EVERYTHING = EncoderFeatures(
    layers=(0, 1), holder=True, between=True, windows=(1, 3), products=True, signs=True,
    differences=True, cosines=True, maxima=True, names=True, decays=(2.0,), leanings=True,
)  # fmt: skip


# --- the pairs ------------------------------------------------------------------------------------


def chosen_pairs() -> list[PairText]:
    """Pairs of five codebooks, of as many sorts as there are."""
    by_sort: dict[tuple[Any, ...], list[PairText]] = {}
    for name in FEW:
        for gold in seed_articles(seeds_of(name))[::3]:
            for one in candidates_of(gold):
                by_sort.setdefault(_sort_of(one), []).append(one.pair.text())
    sorts = sorted(by_sort.values(), key=len)
    found = [pairs[len(pairs) // 2] for pairs in sorts][: N_PAIRS - 2]
    left = [pair for pairs in reversed(sorts) for pair in pairs if pair not in found]
    found += left[: N_PAIRS - 2 - len(found)]
    nameless = next(pair for pair in left if pair.holder is None)
    named = next(pair for pair in left if pair.holder is not None and pair.names)
    return [*found, replace(nameless, holder_name="the prime minister"),
            replace(named, target=None, topic="A stop to arms deliveries")]  # fmt: skip


def _sort_of(one: Candidate) -> tuple[Any, ...]:
    text = one.pair.text()
    return (
        one.pair.kind, text.holder is None, text.target is None, one.pair.reporter is None,
        one.is_predicted,
    )  # fmt: skip


def pair_as_row(pair: PairText) -> dict[str, Any]:
    return {
        "text": pair.text,
        "holder": span_as_list(pair.holder),
        "target": span_as_list(pair.target),
        "topic": pair.topic,
        "holder_name": pair.holder_name,
        "names": names_as_lists(pair.names),
    }


def _pair_of_row(row: dict[str, Any]) -> PairText:
    def span(ends: list[int] | None) -> Span | None:
        return None if ends is None else Span(*ends)

    names = tuple(Name(Span(*ends), kind, who) for ends, kind, who in row["names"])
    roles = (span(row["holder"]), span(row["target"]))
    return PairText(row["text"], *roles, row["topic"], row["holder_name"], names)


def recorded_pairs() -> list[PairText]:
    """The recorded pairs: a change of the reader does not change them."""
    return [_pair_of_row(row) for row in read("pairs.json")]


# --- what needs no encoder ------------------------------------------------------------------------


def settings_of(config: str) -> list[Features]:
    """What each part of a config's model reads."""
    model = load_config(ROOT / "configs" / "runs" / f"{config}.toml").model
    parts = model.parts if isinstance(model, AverageModel) else (model,)
    return [part.features() for part in parts]


def plain_features(pairs: Iterable[PairText]) -> list[dict[str, Any]]:
    """Syntax, polarity (values that are not 0) and n-grams of each pair, masked and not."""
    grams = [
        settings
        for config in ("seeds-stance", "seeds-stance-ngrams")
        for settings in settings_of(config)
        if isinstance(settings, NgramFeatures)
    ]
    return [
        {
            "masked": pair_as_row(mask_names(pair)),
            **{
                name: {
                    "signs": list(syntax_features(one)),
                    "leanings": [[int(n), float(v)] for n, v in _not_zero(polarity_features(one))],
                    "terms": [_terms_summary(one, settings, number) for settings in grams],
                }
                for name, one in (("as it is", pair), ("with stand-ins", mask_names(pair)))
            },
        }
        for number, pair in enumerate(pairs)
    ]


def seed_digests(name: str) -> dict[str, Any]:
    """Digests of every labelled pair of a codebook's seeds, and of the features of all of them."""
    records = seed_corpus(seeds_of(name), task="stance").records
    pairs = [pair for record in records for pair in (record.pair(), mask_names(record.pair()))]
    (settings,) = settings_of("seeds-stance-ngrams")
    assert isinstance(settings, NgramFeatures)
    return {
        "n": len(pairs),
        "pairs": digest_of([pair_as_row(pair) for pair in pairs]),
        "signs": digest_of([list(syntax_features(pair)) for pair in pairs]),
        "leanings": digest_of([polarity_features(pair).tolist() for pair in pairs]),
        "terms": digest_of([ngrams_of(pair, settings=settings) for pair in pairs]),
    }


def _not_zero(row: Numbers) -> Iterator[tuple[int, float]]:
    yield from ((n, row[n]) for n in np.flatnonzero(row))


def _terms_summary(pair: PairText, settings: NgramFeatures, number: int) -> dict[str, Any]:
    terms = ngrams_of(pair, settings=settings)
    summary = {"n": len(terms), "sha256": digest_of(terms)}
    return summary | ({"terms": terms} if number < N_IN_FULL else {})


def ngram_counts(pairs: list[PairText]) -> dict[str, Any]:
    """The n-grams of all pairs as they are counted for training."""
    (settings,) = settings_of("seeds-stance-ngrams")
    rows = extract_features(
        pairs, features=settings, encoder=None, cache=Path(), progress=lambda *_: None
    )
    assert isinstance(rows, NgramRows)
    return {
        family: {
            "shape": list(counts.shape),
            "n": int(counts.nnz),
            "sum": float(counts.sum()),
            "terms": digest_of(rows.terms[family]),
            "counts": digest_of([counts.indices.tolist(), counts.data.tolist()]),
        }
        for family, counts in rows.counts.items()
    }


def changed_features(found: dict[str, Any], recorded: dict[str, Any]) -> list[str]:
    """Where features of the same pairs differ; other pairs have other features by right."""
    changes: list[str] = []
    if found["pairs"] == recorded["pairs"]:
        for key, within in TOLERANCES.items():
            changes += differences(as_json(found[key]), recorded[key], within=within, at=key)
    for name, digests in recorded["seeds"].items():
        new = found["seeds"].get(name, {})
        if new.get("pairs") == digests["pairs"]:
            changes += differences(new, digests, at=f"seeds.{name}")
    return changes


# --- vectors --------------------------------------------------------------------------------------


class WordEncoder:
    """Reads each character as a token whose vector is its number in turn; needs no model."""

    digest = "a" * 64

    def encode(self, text: str, *, layers: tuple[int, ...]) -> EncodedSentence:
        places = np.arange(len(text))
        codes = np.array([ord(letter) % 97 for letter in text], dtype=np.float64)
        rows = [
            np.stack([np.sin(codes * (layer + n + 1)) for n in range(4)], axis=1)
            for layer in layers
        ]
        offsets = np.stack([places, places + 1], axis=1)
        return EncodedSentence(offsets, np.stack(rows).astype(np.float32), layers)


def extract_letter_vectors(pairs: list[PairText], cache: Path) -> tuple[str, Numbers]:
    """The cache key and the vectors of all groups, from an encoder that is a formula."""
    encoder: Any = WordEncoder()
    rows = extract_features(
        pairs, features=EVERYTHING, encoder=encoder, cache=cache, progress=lambda *_: None
    )
    (file,) = cache.iterdir()
    return file.stem, np.array(rows)


def letter_vectors(pairs: list[PairText], cache: Path) -> dict[str, Any]:
    """The key, the group of each column, and each pair's sum and length by group."""
    key, rows = extract_letter_vectors(pairs, cache)
    groups = column_groups(EVERYTHING, n_columns=rows.shape[1])
    order = list(dict.fromkeys(groups))
    by_group = {group: rows[:, [g == group for g in groups]].astype(np.float64) for group in order}
    weights = {group: np.cos(np.arange(part.shape[1])) for group, part in by_group.items()}
    return {
        "key": key,
        "shape": list(rows.shape),
        "groups": digest_of(groups),
        "sums": {g: (part @ weights[g]).round(7).tolist() for g, part in by_group.items()},
        "lengths": {
            g: np.linalg.norm(part, axis=1).round(7).tolist() for g, part in by_group.items()
        },
    }


def encoder_settings() -> EncoderFeatures:
    (settings,) = [s for s in settings_of("seeds-stance") if isinstance(s, EncoderFeatures)]
    return settings


def real_encoder() -> Encoder:
    """The encoder that ``make encoder`` makes."""
    models = ROOT / "models"
    assert any(models.glob("encoders/*/encoder.json")), "no encoder: run `make encoder` first"
    return find_encoder(models)


def parts_of(pair: PairText, encoder: Encoder) -> list[tuple[str, Numbers]]:
    """The named parts of a pair's vector, as it is read with stand-ins."""
    settings, hidden = encoder_settings(), mask_names(pair)
    words = texts_to_encode(hidden, settings=settings)
    names = {one: encoder.encode(one, layers=settings.layers) for one in words}
    reading = encoder.encode(hidden.text, layers=settings.layers)
    parts = list(feature_groups(reading, hidden, settings=settings, texts=names))
    whole = feature_vector(reading, hidden, settings=settings, texts=names)
    assert np.array_equal(whole, np.concatenate([part.ravel() for _, part in parts]))
    return [(group, np.asarray(part)) for group, part in parts]


def write_vectors(pairs: list[PairText], encoder: Encoder) -> None:
    """Write the encoder's vectors, rounded; signs and leanings are in features.json, exactly."""
    rows = [
        np.concatenate(
            [part.ravel() for group, part in parts_of(pair, encoder) if group not in OWN]
        )
        for pair in pairs
    ]
    rounded = (np.stack(rows).round(DECIMALS) + 0).astype(np.float32)
    np.savez_compressed(VECTORS, vectors=rounded, digest=np.array(encoder.digest))


def read_vectors() -> Numbers:
    with np.load(VECTORS) as arrays:
        vectors: Numbers = arrays["vectors"]
    return vectors
