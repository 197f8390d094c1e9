"""The candidates of a judge as the evaluation scores them."""

import pytest

from standpoint.cli.evaluation.judged_candidates import JudgedCandidates, wide_finder
from standpoint.codebook.parsing import parse_codebook
from standpoint.judge import CandidateSettings
from standpoint.labeling import AnnotatedArticle, wide_pairs
from standpoint.mentions import MentionMatcher
from standpoint.model import load_bundle
from standpoint.text import read_article
from tests.judges import settings, write_taught
from train.articles.end_to_end import classified
from train.articles.error_stages import Candidate

MATCHER = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [{"id": "ruritania", "name": "Ruritania", "kind": "state"}],
            "issues": [
                {
                    "id": "dam",
                    "name": "The river dam",
                    "favor": "It is built.",
                    "against": "It is not.",
                    "cues": ["river dam"],
                    "opposite_cues": ["free river"],
                }
            ],
        },
        where="dam",
    )
)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return load_bundle(write_taught(tmp_path_factory.mktemp("judge")))


@pytest.mark.parametrize("cue", ["river dam", "free river"])
def test_a_judges_side_is_that_on_the_issue_whichever_cue_names_it(model, cue):
    candidates = JudgedCandidates(model)
    text = f"Ruritania opposes the {cue}."
    (pair,) = candidates.find(AnnotatedArticle(read_article(text), MATCHER))
    assert pair.pole == ("against" if cue == "free river" else "favor")
    candidate = Candidate(pair, is_predicted=True, gold=None, error_stage=None)
    ((_, statement),) = classified([candidate], candidates.shares([pair]), min_confidence=0.4)
    assert statement.stance == "against"


def test_the_shares_of_a_statement_lack_what_is_not_about_the_issue(model):
    candidates = JudgedCandidates(model)
    article = AnnotatedArticle(read_article("Ruritania opposes the river dam."), MATCHER)
    ((*_, none),) = candidates.shares(candidates.find(article)).tolist()
    assert none < 0.01


@pytest.mark.parametrize("is_from_before", [False, True])
@pytest.mark.parametrize(("floor", "n_found"), [(0.0, 1), (1.0, 0)])
def test_candidates_reach_the_floor_of_candidates_whatever_that_of_statements(
    tmp_path, floor, n_found, is_from_before
):
    limits = {"candidates": CandidateSettings(min_relevance=0, about_floor=0, floor=floor)}
    if is_from_before:
        limits = {"candidate_floor": floor}
    chosen = settings().model_copy(update={**limits, "statement_floor": 0.5})
    find = wide_finder(load_bundle(write_taught(tmp_path / "judge", features=chosen)))
    article = AnnotatedArticle(read_article("Ruritania opposes the river dam."), MATCHER)
    assert len(find(article)) == n_found


def test_candidates_are_found_where_in_use_nothing_is_judged(tmp_path):
    limits = {"candidates": CandidateSettings(min_relevance=0, about_floor=0)}
    strict = settings(about_floor=1.0).model_copy(update=limits)
    model = load_bundle(write_taught(tmp_path / "judge", features=strict))
    article = AnnotatedArticle(read_article("Ruritania opposes the river dam."), MATCHER)
    assert not JudgedCandidates(model).find(article)
    assert wide_finder(model)(article)


def test_candidates_of_a_judge_without_such_a_floor_are_those_of_the_reader(model):
    assert wide_finder(model) is wide_pairs
