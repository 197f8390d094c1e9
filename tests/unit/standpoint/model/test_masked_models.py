"""Models that read stand-ins in place of names, alone and beside others."""

import numpy as np
import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.labeler import Labeler
from standpoint.labels import LABELS
from standpoint.mentions.matcher import MentionMatcher
from standpoint.model.bundle import load_bundle
from standpoint.model.bundle_writing import write_bundle
from standpoint.model.ensemble import Ensemble, predict
from standpoint.model.linear import Head, LinearModel
from standpoint.model.manifest import Manifest
from standpoint.model.masking import mask_names
from standpoint.model.ngram_features import ngrams_of
from standpoint.model.pairs import Name, PairText
from standpoint.model.span_features import feature_vector, texts_to_encode
from standpoint.text.article import Span, read_article

STANCES = LABELS["stance"]
NGRAMS = {"kind": "ngrams", "words": (1, 1), "chars": (2, 3), "window": 2, "min_count": 1}
ENCODER = {"kind": "encoder", "layers": (1, 2), "holder": True, "between": True, "windows": (2,),
           "products": True, "signs": True, "leanings": True, "names": True, "decays": (4.0,)}  # fmt: skip
TEXTS = ("{} told {} that {} will not build the dam.", "{} and {} met; {}’s dam fell.")
CALLED = (("Ana Kovac", "Valdia", "the River League"), ("Li", "Upper Syldavia", "UNESCO"))
KINDS = ("person", "state", "organisation")


def pairs_of(called):
    """For each text a pair of the first name and the dam, and one of the third name and it."""
    found = []
    for form in TEXTS:
        text = form.format(*called)
        at = 0
        names = []
        for who, (words, kind) in enumerate(zip(called, KINDS, strict=True)):
            at = text.index(words, at)
            names.append(Name(Span(at, at + len(words)), kind, str(who)))
            at += len(words)
        dam = Span(text.index("dam"), text.index("dam") + 3)
        found += [PairText(text, names[n].span, dam, names=tuple(names)) for n in (0, 2)]
    return found


PAIRS, OTHERS = (pairs_of(called) for called in CALLED)


def manifest(features):
    return {"task": "stance", "labels": STANCES, "features": features, "encoder": None,
            "run_id": "r", "config": "c", "created": "now", "corpus": {}, "scores": {},
            "note": ""}  # fmt: skip


def of(features, weights, terms=()):
    checked = Manifest.model_validate({**manifest(features), "format": 1, "files": {}})
    idf = np.ones(len(terms), np.float32) if terms else None
    return LinearModel(checked, Head(weights, np.zeros(3, np.float32), 1.0, idf), terms)


def drawn(n_rows):
    return np.random.default_rng(5).normal(size=(n_rows, 3)).astype(np.float32)


def model_of(kind, hide, letters):
    """A model of a kind, masked or not; both have the same weights."""
    if kind == "ngrams":
        settings = {**NGRAMS, "masked": hide}
        plain = of(settings, drawn(0)).manifest.features
        every = [*PAIRS, *OTHERS, *map(mask_names, PAIRS)]
        terms = sorted({t for pair in every for t in ngrams_of(pair, settings=plain)})
        return of(settings, drawn(len(terms)), terms)
    if kind == "encoder":
        return of({**ENCODER, "masked": hide}, drawn(n_columns(letters)))
    models = [model_of("ngrams", hide, letters), model_of("encoder", hide, letters)]
    listed = [{"folder": f"part-{n}", "weight": weight, "topic": None}
              for n, weight in enumerate((0.4, 0.6))]  # fmt: skip
    features = {"kind": "mixture", "temperature": 0.7, "shift": (), "parts": listed}
    return Ensemble(
        Manifest.model_validate({**manifest(features), "format": 1, "files": {}}), models
    )


@pytest.fixture(params=["ngrams", "encoder", "mixture"])
def model(request, letters):
    """Makes a model, masked or not, of each kind in turn."""
    return lambda hide: model_of(request.param, hide, letters)


def n_columns(letters):
    settings = of(ENCODER, drawn(0)).encoder_features[0]
    names = {
        words: letters.encode(words, layers=settings.layers)
        for words in texts_to_encode(PAIRS[0], settings=settings)
    }
    reading = letters.encode(PAIRS[0].text, layers=settings.layers)
    return len(feature_vector(reading, PAIRS[0], settings=settings, texts=names))


def judged(pairs, models, letters):
    return predict(pairs, models=models, encoder=letters)


def test_a_masked_model_judges_the_same_whatever_the_actors_are_called(model, letters):
    hidden = model(True)
    assert hidden.masked
    one, other = (judged(pairs, [hidden], letters)[0] for pairs in (PAIRS, OTHERS))
    assert one.tolist() == other.tolist()


def test_a_model_that_is_not_masked_reads_the_names(model, letters):
    one, other = (judged(pairs, [model(False)], letters)[0] for pairs in (PAIRS, OTHERS))
    assert np.abs(one - other).max(axis=1).min() > 0


def test_masked_and_unmasked_models_judge_side_by_side_as_alone(model, letters):
    models = [model(True), model(False), model(True)]
    together = judged(PAIRS, models, letters)
    alone = [judged(PAIRS, [one], letters)[0] for one in models]
    assert [found.tolist() for found in together] == [found.tolist() for found in alone]
    assert together[0].tolist() == together[2].tolist()
    assert not np.allclose(together[0], together[1])


def test_a_masked_model_reads_the_masked_pair(model, letters):
    (hidden,) = judged(PAIRS, [model(True)], letters)
    (plain,) = judged([mask_names(pair) for pair in PAIRS], [model(False)], letters)
    assert hidden.tolist() == plain.tolist()


def test_pairs_without_names_are_judged_alike_by_both(model, letters):
    bare = [PairText(p.text, p.holder, p.target) for p in PAIRS]
    hidden, plain = judged(bare, [model(True), model(False)], letters)
    assert hidden.tolist() == plain.tolist()


def test_each_sentence_is_read_once_as_it_is_and_once_masked(letters):
    models = [model_of("encoder", hide, letters) for hide in (False, True, False, True)]
    letters.texts.clear()
    judged(PAIRS, models, letters)
    names = {*CALLED[0], "Smith", "Acme", "Norway", "dam"}
    sentences = [*{p.text for p in PAIRS}, *{mask_names(p).text for p in PAIRS}]
    assert sorted(text for text in letters.texts if text not in names) == sorted(sentences)


def test_ngrams_read_nothing_with_the_encoder(letters):
    judged(PAIRS, [model_of("ngrams", True, letters)], letters)
    assert letters.texts == []


def test_no_pairs_give_no_rows(model, letters):
    found = judged([], [model(True), model(False)], letters)
    assert [rows.shape for rows in found] == [(0, 3), (0, 3)]


def test_a_loaded_bundle_is_masked_as_its_manifest_says(tmp_path):
    for hide in (False, True):
        folder = tmp_path / str(hide)
        head = Head(drawn(1), np.zeros(3, np.float32), 1.0, np.ones(1, np.float32))
        features = {**NGRAMS, "masked": hide}
        write_bundle(folder, manifest=manifest(features), head=head, terms=["w:dam"])
        assert load_bundle(folder).masked is hide


# --- from an article to its statements ------------------------------------------

ARTICLE = (
    "{person} told {state} on Monday that the Mora dam will stand. {short}’s aides like the Mora "
    "dam.\n\n“The Mora dam is a gift to {state},” {short} said. {body} rejected the Mora dam."
)
WORLDS = (
    {"person": "Ana Kovac", "short": "Kovac", "state": "Valdia", "body": "Oslo Agency"},
    {"person": "Maria Teng", "short": "Teng", "state": "Borduria", "body": "Rivers United"},
    {"person": "Eva Olmo Ruiz", "short": "Ruiz", "state": "Eastern Syldavia", "body": "FAO"},
)


def labelled(world, model, letters):
    book = {
        "name": "dam",
        "title": "The dam",
        "actors": [
            {"id": "p", "name": world["person"], "kind": "person"},
            {"id": "s", "name": world["state"], "kind": "state"},
            {"id": "o", "name": world["body"], "kind": "organisation"},
        ],
        "issues": [{"id": "dam", "name": "The dam", "favor": "It is built.",
                    "against": "It is not.", "cues": ["Mora dam"]}],
    }  # fmt: skip
    lexicon = MentionMatcher(parse_codebook(book, where="test"))
    article = read_article(ARTICLE.format(**world))
    return Labeler(stance=model, encoder=letters).label(article, lexicon)


def test_the_statements_of_an_article_do_not_depend_on_the_names_in_it(model, letters):
    found = [labelled(world, model(True), letters) for world in WORLDS]
    told = [
        [(s.pair.holder, s.pair.kind, s.probabilities) for s in one.statements] for one in found
    ]
    assert len(told[0]) == 4  # the state is told, and given, something: it holds no stance
    assert told[0] == told[1] == told[2]
    assert found[0].stances == found[1].stances == found[2].stances


def test_the_statements_of_an_article_keep_their_names(model, letters):
    found = labelled(WORLDS[0], model(True), letters)
    evidence = {s.pair.sentence.text for s in found.statements}
    assert "Kovac’s aides like the Mora dam." in evidence
    assert not any("Smith" in text for text in evidence)
