"""What decided: the parts add up, and a word weighs what its absence changes."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standpoint.labels import LABELS
from standpoint.model.ensemble import Ensemble, predict
from standpoint.model.explanations import MAX_LISTED, explain, margins, remove_word
from standpoint.model.linear import Head, LinearModel
from standpoint.model.manifest import Manifest
from standpoint.model.ngram_features import ngrams_of
from standpoint.model.pairs import Name, PairText
from standpoint.model.span_features import column_groups, feature_vector, texts_to_encode
from standpoint.text.article import Span
from standpoint.text.tokens import words_of
from tests.unit.conftest import LetterEncoder

STANCES = LABELS["stance"]
NGRAMS = {"kind": "ngrams", "words": (1, 2), "chars": (2, 3), "window": 3, "min_count": 1}
ENCODER = {"kind": "encoder", "layers": (1, 2), "holder": True, "between": True, "windows": (2,),
           "products": True, "signs": True, "leanings": True, "names": True, "cosines": True,
           "decays": (4.0,)}  # fmt: skip
TEXT = "Oslo firmly backs the dam, but Rome opposes it."
PAIRS = [
    PairText(TEXT, Span(0, 4), Span(22, 25)),
    PairText(TEXT, Span(31, 35), Span(22, 25)),
    PairText(TEXT, None, None, topic="the dam", holder_name="Lind"),
]
ENCODED = LetterEncoder()
VERBS = ("w:backs", "w:opposes")
FOR_AND_AGAINST = np.array([[2, 0, 0], [0, 2, 0]], np.float32)


def manifest(features):
    return Manifest.model_validate(
        {"format": 1, "task": "stance", "labels": STANCES, "features": features, "encoder": None,
         "run_id": "r", "config": "c", "created": "now", "corpus": {}, "scores": {}, "note": "",
         "files": {}}
    )  # fmt: skip


def of(features, weights, *, terms=(), bias=(0, 0, 0), temperature=1.0):
    idf = np.linspace(1, 2, len(terms), dtype=np.float32) if terms else None
    head = Head(np.asarray(weights, np.float32), np.array(bias, np.float32), temperature, idf)
    return LinearModel(manifest(features), head, terms)


def n_columns():
    checked = manifest(ENCODER).features
    pair = PAIRS[0]
    names = {w: ENCODED.encode(w, layers=(1, 2)) for w in texts_to_encode(pair, settings=checked)}
    reading = ENCODED.encode(pair.text, layers=(1, 2))
    return feature_vector(reading, pair, settings=checked, texts=names).size


def model_of(kind, *, seed, temperature):
    draw = np.random.default_rng(seed)
    more = {"bias": draw.normal(size=3), "temperature": temperature}
    if kind == "majority":
        return of({"kind": "majority"}, np.zeros((0, 3)), **more)
    if kind == "ngrams":
        plain = manifest(NGRAMS).features
        terms = sorted({term for pair in PAIRS for term in ngrams_of(pair, settings=plain)})
        return of(NGRAMS, draw.normal(size=(len(terms), 3)), terms=terms, **more)
    if kind == "encoder":
        return of(ENCODER, draw.normal(size=(n_columns(), 3)) / 20, **more)
    models = [model_of(one, seed=seed, temperature=temperature) for one in ("ngrams", "encoder")]
    listed = [
        {"folder": f"part-{number}", "weight": weight, "topic": None}
        for number, weight in enumerate((0.25, 0.75))
    ]
    features = {"kind": "mixture", "temperature": 0.7, "shift": (0.1, 0, -0.1), "parts": listed}
    return Ensemble(manifest(features), models)


def chosen(model):
    shares = predict(PAIRS, models=[model], encoder=ENCODED)[0]
    return shares, [STANCES[int(row.argmax())] for row in shares]


@pytest.mark.parametrize("kind", ["majority", "ngrams", "encoder", "mixture"])
@given(seed=st.integers(0, 10_000), temperature=st.floats(0.5, 4))
@settings(max_examples=25, deadline=None)
def test_the_parts_add_up_to_how_far_the_label_leads(kind, seed, temperature):
    model = model_of(kind, seed=seed, temperature=temperature)
    shares, labels = chosen(model)
    found = explain(PAIRS, labels, model=model, encoder=ENCODED)
    for row, label, why in zip(shares, labels, found, strict=True):
        told = math.fsum(part.weight for part in why.parts)
        assert told == pytest.approx(margins(np.log(row)[None], STANCES.index(label))[0], abs=2e-3)


def test_each_group_of_a_vector_is_a_part_and_so_is_the_bias():
    model = model_of("encoder", seed=1, temperature=1.0)
    why = explain(PAIRS[:1], ["favor"], model=model, encoder=ENCODED)[0]
    groups = set(column_groups(model.encoder_features[0], n_columns=n_columns()))
    assert {part.name for part in why.parts} == groups | {"bias"}
    assert why.ngrams == ()


def test_an_n_gram_weighs_its_share_of_the_vector_times_what_its_label_leads_by():
    model = of(NGRAMS, FOR_AND_AGAINST, terms=VERBS)
    why = explain([PairText("Oslo backs it.", None, None)], ["favor"], model=model, encoder=None)[0]
    assert [(one.name, one.weight) for one in why.ngrams] == [("backs", 2.0)]
    assert [(one.name, one.weight) for one in why.parts] == [("word n-grams", 2.0)]


def test_a_word_weighs_what_its_absence_changes_whatever_the_label():
    model = of(NGRAMS, FOR_AND_AGAINST, terms=VERBS)
    pair = PairText("Oslo backs it, Rome opposes it.", None, None)
    toward = {label: explain([pair], [label], model=model, encoder=None)[0] for label in STANCES}
    told = {label: {w.name: w.weight for w in why.words} for label, why in toward.items()}
    assert set(told["favor"]) == {"backs", "opposes"}
    assert told["favor"]["backs"] > 0 > told["favor"]["opposes"]
    assert told["against"]["backs"] < 0 < told["against"]["opposes"]


def test_the_words_of_names_and_of_the_roles_are_never_left_out():
    names = (Name(Span(0, 4), "state", "a"), Name(Span(31, 35), "state", "b"))
    pair = PairText(TEXT, Span(0, 4), Span(22, 25), names=names)
    model = model_of("encoder", seed=3, temperature=1.0)
    (why,) = explain([pair], ["favor"], model=model, encoder=ENCODED)
    told = {one.name for one in why.words}
    assert told
    assert not told & {"Oslo", "dam", "Rome"}


def test_leaving_a_word_out_keeps_every_span_on_its_words():
    names = (Name(Span(31, 35), "state", "b"),)
    pair = PairText(TEXT, Span(31, 35), Span(22, 25), names=names)
    for word in words_of(TEXT):
        if word.text not in ("Rome", "dam"):
            shorter = remove_word(pair, word)
            assert shorter.holder.of(shorter.text) == "Rome"
            assert shorter.target.of(shorter.text) == "dam"
            assert shorter.names[0].span.of(shorter.text) == "Rome"
            assert len(shorter.text) < len(TEXT)


def test_no_more_is_told_than_can_be_read():
    pair = PairText(" ".join(f"word{n} backs" for n in range(40)), None, None)
    terms = [f"w:word{n}" for n in range(40)]
    model = of(NGRAMS, np.random.default_rng(1).normal(size=(40, 3)), terms=terms)
    (why,) = explain([pair], ["favor"], model=model, encoder=None)
    assert len(why.words) == len(why.ngrams) == MAX_LISTED
    weights = [abs(one.weight) for one in why.words]
    assert weights == sorted(weights, reverse=True)


def test_past_the_limit_of_an_article_no_word_is_left_out(monkeypatch):
    monkeypatch.setattr("standpoint.model.explanations.MAX_OCCLUDED_WORDS", 12)
    model = of(NGRAMS, FOR_AND_AGAINST, terms=VERBS)
    first, second = explain([PAIRS[0], PAIRS[0]], ["favor", "favor"], model=model, encoder=None)
    assert first.words
    assert second.words == ()
    assert second.parts == first.parts


def test_nothing_is_explained_of_no_pairs():
    assert (
        explain([], [], model=model_of("mixture", seed=1, temperature=1.0), encoder=ENCODED) == []
    )
