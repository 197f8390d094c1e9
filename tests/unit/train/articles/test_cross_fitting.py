from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from standpoint.errors import ConfigError, CorpusError
from standpoint.labels import LABELS
from train.articles.cross_fitting import (
    MAX_FOLDS,
    ModelFitter,
    predict_after_training,
    predict_out_of_fold,
)
from train.articles.error_stages import candidates_of
from train.config.model import AverageModel, MajorityModel, NgramsModel
from train.features.extraction import FeatureTable
from train.models.fitting import fit_calibration

NGRAMS = NgramsModel.model_validate(
    {"kind": "ngrams", "classifier": "logistic", "words": (1, 1), "chars": (3, 3), "window": 3,
     "min_count": 1, "c": 10.0, "balanced": False}
)  # fmt: skip
VERBS = {"favor": ("backs", "loves"), "against": ("fights", "hates"), "none": ("sees", "nears")}
NEVER = Path("never-written")


def says(stance, *, verb=None, times=0):
    """A sentence that takes a side, longer each time so that no two are alike."""
    word = verb or VERBS[stance][times % 2]
    text = f"Ruritania {word} the river dam{' today' * times}."
    return text, ("ruritania", "Ruritania", "river-dam", "river dam", stance)


@pytest.fixture
def article(gold_of):
    def make(*sentences, stratum, id=None):
        return replace(
            gold_of(*sentences, id=id or f"{stratum}-1"), stratum=stratum, group=id or stratum
        )

    return make


def fitter(model=NGRAMS, said=None):
    return ModelFitter(
        model,
        encoder=None,
        cache=NEVER,
        seed=3,
        report_progress=(said if said is not None else []).append,
    )


def pairs_of(articles):
    """What `train.corpora.seeds` would make of them: text, label and stratum of each pair."""
    rows = [
        (c.pair.text(), c.gold, a.stratum, a.group)
        for a in articles
        for c in candidates_of(a)
        if c.gold
    ]
    return {
        "pairs": [pair for pair, *_ in rows],
        "y": np.array([label for _, label, *_ in rows]),
        "strata": [stratum for _, _, stratum, _ in rows],
        "groups": [group for *_, group in rows],
    }


def left_out(articles, fitter):
    return predict_out_of_fold(
        articles, find_candidates=candidates_of, fitter=fitter, **pairs_of(articles)
    )


def stances(judged):
    return [LABELS["stance"][row.argmax()] for row in judged.shares]


class Fitted:
    """Remembers what it was fitted on, and what it was then asked to judge."""

    def __init__(self, seen):
        self.seen = seen
        self.asked = set()
        self.parts = (self,)

    def logits(self, table):
        self.asked |= set(table.topics.tolist())
        return np.zeros((len(table), 3), np.float32)


class Watched(ModelFitter):
    """A fitter whose models know the texts they were fitted on; a text stands for its features."""

    def __init__(self):
        super().__init__(
            MajorityModel(kind="majority"), encoder=None, cache=NEVER, seed=3, report_progress=print
        )
        self.models = []

    def tables(self, labelled, candidates, *, groups):
        return tuple(
            FeatureTable({}, np.array([pair.text for pair in pairs], str))
            for pairs in (labelled, candidates)
        )

    def fit(self, table, y):
        assert len(table) == len(y)
        self.models.append(Fitted(set(table.topics.tolist())))
        return self.models[-1]


@pytest.mark.parametrize("n_strata", [2, 3, MAX_FOLDS, MAX_FOLDS + 3])
def test_no_model_judges_a_codebook_of_which_it_saw_a_pair(article, n_strata):
    names = [f"s{n}" for n in range(n_strata)]
    articles = [
        article(*(says("favor", verb=f"backs{name}{n}") for n in range(2)), stratum=name)
        for name in names
    ]
    watched = Watched()
    found = left_out(articles, watched)
    texts = {a.stratum: {s.text for s in a.article.sentences} for a in articles}
    assert len(watched.models) == min(n_strata, MAX_FOLDS)
    for model in watched.models:
        seen = {name for name in names if texts[name] & model.seen}
        asked = {name for name in names if texts[name] & model.asked}
        assert asked
        assert not seen & asked
        assert seen | asked == set(names)
    assert sorted(
        name for m in watched.models for name in names if texts[name] & m.asked
    ) == sorted(names)
    assert [judged.gold for judged in found] == articles


def test_a_codebook_is_judged_by_what_the_others_show_alone(article):
    """Each debate means the opposite by the same words: a model that saw its own would be right."""
    plain = [says("favor", verb="backs", times=n) for n in range(4)]
    plain += [says("against", verb="fights", times=n) for n in range(4)]
    turned = [says("favor", verb="fights", times=n) for n in range(4)]
    turned += [says("against", verb="backs", times=n) for n in range(4)]
    one, other = article(*plain, stratum="one"), article(*turned, stratum="other")
    for judged in left_out([one, other], fitter()):
        assert all(s != c.gold for s, c in zip(stances(judged), judged.candidates, strict=True))


def test_judging_left_out_says_what_is_left_out_and_gives_shares_that_sum_to_1(article):
    articles = [
        article(*(says(s, times=n) for s in VERBS for n in range(3)), stratum=name)
        for name in ("one", "other", "third")
    ]
    said = []
    found = left_out(articles, fitter(said=said))
    assert said == [f"leaving out {a.stratum}" for a in articles]
    for judged in found:
        assert judged.shares.shape == (len(judged.candidates), 3)
        assert np.allclose(judged.shares.sum(axis=1), 1)
        assert stances(judged) == [c.gold for c in judged.candidates]


def test_its_own_labels_change_nothing_about_which_side_a_codebook_is_judged_to_take(article):
    random = np.random.default_rng(1)
    others = [
        article(*(says(str(s), times=n) for n, s in enumerate(random.choice(list(VERBS), 12))), stratum=name)
        for name in ("b", "c", "d")
    ]  # fmt: skip
    own = [says("favor", times=n) for n in range(6)]
    own = [(text, (*statement[:-1], "favor")) for text, statement in own]
    turned = [(text, (*statement[:-1], "against")) for text, statement in own]
    first = left_out([article(*own, stratum="a"), *others], fitter())[0]
    second = left_out([article(*turned, stratum="a"), *others], fitter())[0]
    order = lambda judged: judged.shares.argsort(axis=1).tolist()  # noqa: E731
    assert order(first) == order(second)


@pytest.mark.parametrize("strata", [["one"], ["one", "one"]])
def test_one_codebook_cannot_be_left_out(article, strata):
    articles = [article(says("favor"), stratum=s, id=f"a{n}") for n, s in enumerate(strata)]
    with pytest.raises(CorpusError) as caught:
        left_out(articles, fitter())
    assert str(caught.value) == (
        "seeds: must be of two codebooks or more, so that one can be left out, got one. "
        "Name a model to judge them by."
    )


def test_a_codebook_without_a_statement_is_judged_too(article):
    articles = [
        article(*(says(s, times=n) for s in VERBS for n in range(2)), stratum=name)
        for name in ("one", "other")
    ]
    silent = article(("Anna Lind loves the river dam.",), stratum="silent")
    (*_, last) = left_out([*articles, silent], fitter())
    assert (last.gold, len(last.candidates), last.shares.shape) == (silent, 1, (1, 3))


def test_articles_in_which_nothing_is_read_are_judged_to_nothing(article):
    articles = [article(("It rained.",), stratum=name) for name in ("one", "other")]
    trained = [
        article(*(says(s, times=n) for s in VERBS for n in range(2)), stratum=name)
        for name in ("one", "other")
    ]
    found = predict_out_of_fold(
        articles, find_candidates=candidates_of, fitter=fitter(), **pairs_of(trained)
    )
    assert [judged.shares.shape for judged in found] == [(0, 3), (0, 3)]
    found = predict_after_training(
        trained, articles, find_candidates=candidates_of, fitter=fitter()
    )
    assert [judged.shares.shape for judged in found] == [(0, 3), (0, 3)]


def test_the_parts_of_an_average_are_judged_and_calibrated_as_training_does(article):
    """The same temperatures, in the same order, as `train.models.fitting.fit_calibration` sets on dev rows."""
    words = [says(s, times=n) for s in VERBS for n in range(3)]
    odd = [says("against", verb="backs", times=n) for n in range(5, 8)]
    train = [article(*words, *odd, stratum="t", id=f"g{n}") for n in range(6)]
    test = [article(*words[::-1], stratum="v")]
    parts = [NGRAMS.model_copy(update={"window": n}) for n in (0, 3)]
    model = AverageModel(kind="average", parts=tuple(parts), weights=(1.0, 3.0))
    both = fitter(model)
    (judged,) = predict_after_training(train, test, find_candidates=candidates_of, fitter=both)

    rows = [(c.pair.text(), c.gold, a.group) for a in train for c in candidates_of(a)]
    y = np.array([label for _, label, _ in rows])
    held_out = np.array([group in ("g0", "g5") for *_, group in rows])
    known, asked = both.tables(
        [pair for pair, *_ in rows],
        [c.pair.text() for c in judged.candidates],
        groups=[group for *_, group in rows],
    )
    inside, outside = np.flatnonzero(~held_out).tolist(), np.flatnonzero(held_out).tolist()
    part = fit_calibration(
        both.fit(known.take(inside), y[inside]), known.take(outside), y[outside],
        labels=LABELS["stance"],
    )  # fmt: skip
    expected = both.fit(known, y).with_calibration_of(part).probabilities(asked)
    assert np.allclose(judged.shares, expected, atol=1e-4)


def test_the_majority_is_a_model_too(article):
    articles = [
        article(says("favor"), says("against", times=1), says("against", times=2), stratum=name)
        for name in ("one", "other")
    ]
    for judged in left_out(articles, fitter(MajorityModel(kind="majority"))):
        assert stances(judged) == ["against"] * 3


def test_a_model_for_test_articles_sees_all_of_train_and_nothing_of_test(article):
    train = [
        article(says("favor", verb=f"backs{n}"), stratum="train", id=f"g{n}") for n in range(7)
    ]
    test = [article(says("favor", verb="backsall"), stratum="valid", id="t")]
    watched = Watched()
    predict_after_training(train, test, find_candidates=candidates_of, fitter=watched)
    to_calibrate, last = watched.models
    texts = {a.group: a.article.text for a in train}
    assert to_calibrate.seen == {texts[f"g{n}"] for n in (1, 2, 3, 4, 6)}
    assert to_calibrate.asked == {texts["g0"], texts["g5"]}
    assert last.seen == set(texts.values())
    assert last.asked == {test[0].article.text}


def test_what_is_trained_on_is_what_the_reader_finds(article):
    walls = (
        "Borduria backs the great wall.",
        ("borduria", "Borduria", "river-dam", "great wall", "favor"),
    )
    train = [
        article(says("favor", verb=f"backs{n}"), walls, stratum="train", id=f"g{n}")
        for n in range(6)
    ]
    watched = Watched()
    predict_after_training(train, train[:1], find_candidates=candidates_of, fitter=watched)
    assert not any("wall" in text for text in watched.models[-1].seen)
    assert any("wall" in text for text in watched.models[-1].asked)


def test_a_pair_that_is_none_for_a_reader_is_trained_on_as_taking_no_side(article):
    bath = ("Ruritania bathes by the river dam.",)
    train = [
        article(*(says(s, times=n) for s in ("favor", "against")), bath, stratum="t", id=f"g{n}")
        for n in range(6)
    ]
    (judged,) = predict_after_training(
        train, [article(bath, stratum="v")], find_candidates=candidates_of, fitter=fitter()
    )
    assert stances(judged) == ["none"]


def test_train_articles_of_one_label_are_refused(article):
    train = [article(says("favor", times=n), stratum="t", id=f"g{n}") for n in range(6)]
    with pytest.raises(ConfigError) as caught:
        predict_after_training(train, train, find_candidates=candidates_of, fitter=fitter())
    assert str(caught.value) == (
        "model: must have rows of at least 2 labels to fit on, got 4 rows of favor."
    )
