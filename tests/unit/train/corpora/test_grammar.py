"""The grammar composes correct texts with answers that no word of the sentence gives away."""

import math
import re
import shutil
import tomllib
from collections import Counter
from random import Random

import pytest

from standpoint.codebook import parse_codebook
from standpoint.errors import CorpusError
from train.corpora.contrast import load_contrast
from train.corpora.grammar import compose_texts
from train.corpora.grammar.files import read_grammar
from train.corpora.grammar.poles import _pole
from train.splitting.leakage import near_duplicates, plain_text

SEED = 3


@pytest.fixture(scope="module")
def folder(root):
    return root / "seeds" / "grammar"


@pytest.fixture(scope="module")
def texts(folder):
    return list(compose_texts(folder, count=6000, seed=SEED))


@pytest.fixture(scope="module")
def contrast(root):
    loaded = load_contrast(
        root / "seeds" / "contrast", codebooks=root / "configs" / "codebooks" / "contrast"
    )
    return [text for text in loaded.texts if text.split != "train"]


def words(text):
    return re.findall(r"[a-z']+", text.casefold())


def answers(texts):
    """The words of each text with a side, and that side; texts with both sides are left out."""
    for text in texts:
        sides = {stance for stance in text.statements.values() if stance != "none"}
        if len(sides) == 1:
            yield set(words(f"{text.before} {text.text}")), sides.pop()


def naive_bayes_accuracy(rows, *, train):
    """The share of the other rows that word counts of the first ones predict."""
    counts = {"favor": Counter(), "against": Counter()}
    totals = Counter()
    for own, side in rows[:train]:
        counts[side].update(own)
        totals[side] += 1

    def score(own, side):
        return math.log(totals[side]) + sum(
            math.log((counts[side][word] + 1) / (totals[side] + 2)) for word in own
        )

    right = [max(counts, key=lambda side: score(own, side)) == side for own, side in rows[train:]]
    return sum(right) / len(right)


def test_the_same_seed_gives_the_same_texts_and_another_one_others(folder, texts):
    again = list(compose_texts(folder, count=50, seed=SEED))
    assert again == texts[:50]
    other = list(compose_texts(folder, count=50, seed=SEED + 1))
    assert {text.text for text in other}.isdisjoint(text.text for text in again)


def test_a_smaller_number_of_texts_is_the_beginning_of_a_larger_one(folder, texts):
    assert list(compose_texts(folder, count=13, seed=SEED)) == texts[:13]


def test_the_words_of_a_sentence_do_not_tell_its_side(texts):
    rows = list(answers(texts))
    assert naive_bayes_accuracy(rows, train=len(rows) * 2 // 3) < 0.58


def test_sides_are_equally_frequent_and_many_texts_have_none(texts):
    counts = Counter(stance for text in texts for stance in text.statements.values())
    assert 0.45 < counts["favor"] / (counts["favor"] + counts["against"]) < 0.55
    assert counts["none"] / counts.total() > 0.08
    assert sum(not text.statements for text in texts) > 0.015 * len(texts)


@pytest.mark.parametrize("word", ["support", "against", "would", "must", "denied", "not"])
def test_texts_with_a_word_are_as_often_for_as_against(texts, word):
    sides = [side for own, side in answers(texts) if word in own]
    assert len(sides) > 30
    assert abs(sides.count("favor") - sides.count("against")) < 4 * math.sqrt(len(sides))


def test_every_frame_is_used_and_no_slot_is_left_open(folder, texts):
    names = {frame.name for frame in read_grammar(folder).frames}
    assert {text.frame for text in texts} == names
    shown = [f"{text.before} {text.text}" for text in texts]
    shown += [f"{i.name} {i.favor} {i.against}" for t in texts[::8] for i in t.codebook.issues]
    assert [text for text in shown if re.search(r"[{}|]|  \w|\bthe the\b|\ba a\b", text)] == []


def test_each_holder_is_named_or_speaks(texts):
    for text in texts:
        actors = {actor.id: actor for actor in text.codebook.actors}
        for _, holder in text.statements:
            shown = f"{text.before} {text.text}".casefold()
            named = any(name.casefold() in shown for name in actors[holder].names)
            assert named or holder == text.speaker, text


def test_sentences_begin_with_a_capital(texts):
    starts = [t for text in texts for t in (text.before, text.text) if t]
    assert [start for start in starts if not re.match(r"[\"“]?[A-ZÀ-Þ]", start)] == []


def test_codebooks_are_valid(texts):
    for text in texts[::8]:
        parse_codebook(text.codebook.model_dump(), where=text.codebook.name)
        for issue in text.codebook.issues:
            assert issue.favor != issue.against


def test_held_out_issues_are_forty_or_more_and_none_is_learned_from(folder):
    train, held_out = read_grammar(folder), read_grammar(folder, split="held-out")
    names = [{entry.id for entry in (*own.things, *own.claims)} for own in (train, held_out)]
    assert len(names[0]) >= 150
    assert len(names[1]) >= 40
    assert names[0].isdisjoint(names[1])
    first = next(compose_texts(folder, count=1, seed=1, split="held-out"))
    assert {issue.id for issue in first.codebook.issues} <= names[1]


def test_there_are_as_many_verbs_and_outcomes_as_the_datasheet_says(folder):
    files = read_grammar(folder)
    assert len({verb for own in files.attitudes for verb in own.verbs}) >= 150
    kinds = files.outcomes.values()
    assert len({verb for kind in kinds for verb in (*kind.plus, *kind.minus)}) >= 60


def test_no_issue_is_that_of_a_contrast_text_of_dev_or_test(folder, contrast):
    issues = {name for text in contrast for name in (i.name for i in text.codebook.issues)}
    theirs = [set(words(name)) - COMMON for name in issues]
    entries = []
    for split in ("train", "held-out"):
        files = read_grammar(folder, split=split)
        entries += [(entry.id, name) for entry in files.things for name in entry.things]
        entries += [(entry.id, clause) for entry in files.claims for clause in entry.yes]
    for id, name in entries:
        own = set(words(re.sub(r"\{[^}]*\}", "", name))) - COMMON
        alike = [t for t in theirs if own and t and len(own & t) / len(own | t) >= 0.5]
        assert alike == [], f"{id}: {name}"


def test_no_text_is_nearly_one_of_the_contrast_texts_of_dev_or_test(texts, contrast):
    ours = [plain_text(text.text) for text in texts[::3]]
    theirs = [plain_text(text.text) for text in contrast]
    pairs = near_duplicates([*ours, *theirs])
    assert [(a, b) for a, b in pairs if a < len(ours) <= b] == []


def test_a_faulty_file_is_refused_with_its_name_and_the_key(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "grammar")
    verbs = copy / "verbs.toml"
    verbs.write_text(verbs.read_text().replace("doubled ", "dubbled "))
    assert "dubbled" in tomllib.loads(verbs.read_text())
    with pytest.raises(CorpusError, match=r"verbs\.toml: .*dubbled: unknown key"):
        read_grammar(copy)


def test_a_missing_grammar_is_refused(tmp_path):
    with pytest.raises(CorpusError, match=r"attitudes\.toml"):
        read_grammar(tmp_path)


COMMON = {"the", "a", "an", "of", "in", "on", "is", "are", "for", "to", "and", "at", "from", "with"}


@pytest.mark.parametrize(("length", "most_said"), [(40, 2), (130, 1)])
def test_a_pole_says_it_twice_only_where_a_codebook_allows_as_much(length, most_said):
    styles = (letter * length for letter in "ab" * 200)
    poles = [_pole(lambda: next(styles), Random(seed)) for seed in range(200)]
    assert max(len(pole) for pole in poles) <= 200
    assert max(len(set(pole.lower()) & {"a", "b"}) for pole in poles) == most_said
