"""The tables of dev: what a judge is asked in use, and what it is asked to find candidates."""

import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.judge import Judge
from standpoint.labeling import AnnotatedArticle, judged_article
from standpoint.mentions import MentionMatcher
from standpoint.model import load_bundle
from standpoint.text import read_article
from tests.judges import settings, write_taught
from train.judge.dev_tables import _judged_in_use

TEXT = "Ruritania backs the river dam. Ruritania attends the eels and the river dam."
ALL = settings(statement_floor=0.0, min_relevance=0.0)


@pytest.fixture(scope="module")
def article():
    issues = [
        {"id": name, "name": name, "favor": f"For {name}.", "against": f"No {name}.", "cues": [cue]}
        for name, cue in (("dam", "river dam"), ("eels", "eels"), ("toll", "toll"))
    ]
    fields = {"name": "dam", "title": "The dam", "issues": issues}
    fields["actors"] = [{"id": "ruritania", "name": "Ruritania", "kind": "state"}]
    return AnnotatedArticle(read_article(TEXT), MentionMatcher(parse_codebook(fields, where="dam")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    topics = ("dam", "toll", "eels")
    written = write_taught(tmp_path_factory.mktemp("judge"), topics=topics, features=ALL)
    return load_bundle(written).judge.folder


def places(judged):
    return {(own.pair.sentence.index, own.pair.issue) for own in judged}


def test_in_use_it_is_asked_as_a_judge_with_these_settings_is(article, folder):
    judged = judged_article(article, Judge(folder, ALL)).statements
    strict = Judge(folder, ALL.model_copy(update={"min_relevance": 1.0}))
    in_use = _judged_in_use(article, judged, strict)
    expected = judged_article(article, strict).statements
    assert places(expected) < places(judged)
    assert [own.pair for own in in_use] == [own.pair for own in expected]
    for own, other in zip(in_use, expected, strict=True):
        assert own.unit.others == pytest.approx(other.unit.others)


def test_what_leaves_early_is_not_asked_in_use(article, folder):
    judged = judged_article(article, Judge(folder, ALL)).statements
    earlies = sorted({own.unit.early for own in judged})
    floor = earlies[len(earlies) // 2]
    strict = Judge(folder, ALL.model_copy(update={"about_floor": floor}))
    in_use = _judged_in_use(article, judged, strict)
    assert places(in_use) == places(own for own in judged if own.unit.early >= floor)
    assert places(in_use) == places(judged_article(article, strict).statements)
