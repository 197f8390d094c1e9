"""Units: which candidates a sentence has, what they are labelled, and what an epoch takes."""

import shutil
from dataclasses import replace

import pytest

from standpoint.codebook import load_codebook
from standpoint.errors import TrainingError
from standpoint.judge import IssueText, SentenceText
from standpoint.mentions import MentionMatcher
from standpoint.text import Span
from train.config import JudgeSchedule
from train.corpora.contrast.rows import ContrastText
from train.corpora.sentences import StanceSentence
from train.judge.epochs import SourcePools, batches_from, epoch_batches
from train.judge.short_texts.short_text_units import short_text_units
from train.judge.sources import read_judge_data
from train.judge.token_sequences import issue_variants, variant_number
from train.judge.units import gold_of


@pytest.fixture
def read_config(judge_project):
    """Read the data of a config."""

    def read(config):
        data = judge_project / "data"
        return read_judge_data(
            config, root=judge_project, data=data, report_progress=lambda line: None
        )

    return read


@pytest.fixture
def read(read_config, judge_config):
    return lambda **changes: read_config(judge_config(**changes))


def test_every_sentence_meets_every_issue_with_all_its_candidates(read):
    units = read(sources=("seeds",)).sources[0].units
    first, other = units[:2]
    assert first.sentence == SentenceText("Iran praised the dam on Monday.")
    assert [(c.actor, c.stance) for c in first.candidates] == [("iran", "favor")]
    assert [(c.actor, c.stance) for c in other.candidates] == [("iran", "not")]
    assert first.is_concerned
    assert not other.is_concerned
    (span,) = first.candidates[0].query.spans
    assert span.of(first.sentence.text) == "Iran"


def test_the_sentence_before_is_part_of_the_text(read):
    units = read(sources=("seeds",)).sources[0].units
    assert units[2].sentence.before == units[0].sentence.text


def test_texts_for_research_only_are_left_out_unless_the_config_takes_them(
    read_config, judge_config
):
    for research in (False, True):
        config = judge_config(sources=("real",), research=research)
        closed = {"research_only": {"fakes": "research only"}}
        source = config.sources[0].model_copy(update=closed)
        data = read_config(config.model_copy(update={"sources": (source,)}))
        assert bool(data.sources[0].units) is research


def test_texts_for_research_only_are_missed_only_where_they_are_wanted(
    judge_config, judge_project, tmp_path
):
    shutil.copytree(judge_project / "data/reuters21578", tmp_path / "reuters21578")
    for research in (False, True):
        config = judge_config(sources=("real",), research=research)
        closed = {"research_only": {"fakes": "research only"}}
        source = config.sources[0].model_copy(update=closed)
        config = config.model_copy(update={"sources": (source,)})
        data = read_judge_data(
            config, root=judge_project, data=tmp_path, report_progress=lambda line: None
        )
        assert bool(data.sources[0].missing) is research


@pytest.mark.parametrize(
    ("corpus", "path", "codebooks", "get"),
    [
        ("news-sentences", "seeds/news-sentences", "news-sentences", "newsmtsc"),
        ("coal_debate", "coal_debate", "coal-debate", "coal_debate"),
    ],
)
def test_sentences_that_are_not_here_are_told_with_the_way_to_get_them(
    read_config, judge_config, root, corpus, path, codebooks, get
):
    config = judge_config(sources=("seeds",))
    folders = {"path": str(root / path), "codebooks": str(root / "configs/codebooks" / codebooks)}
    if corpus == "coal_debate":
        folders["path"] = path
    source = config.sources[0].model_copy(update={"name": "other", "corpus": corpus, **folders})
    data = read_config(config.model_copy(update={"sources": (*config.sources, source)}))
    assert data.sources[1].units == ()
    (missing,) = data.sources[1].missing
    assert missing.startswith(f"{get}: ")
    assert f"`standpoint data get {get}`" in missing


def test_a_sentence_of_a_debate_is_the_speakers_own(judge_project):
    codebook = load_codebook(judge_project / "codebooks/c/turned.toml")
    text = StanceSentence("7", codebook, "", "No.", "iran", {("dam", "iran"): "against"})
    dam, _ = short_text_units(text, matcher=MentionMatcher(codebook), source="coal")
    assert dam.place.document == "coal/7"
    (speaker,) = dam.candidates
    assert (speaker.actor, speaker.stance, speaker.query.spans) == ("iran", "against", ())


def test_a_side_wins_over_none_and_the_first_of_two_sides_stays():
    gold = gold_of([(0, "dam", "iran", "none"), (0, "dam", "iran", "against"),
                    (0, "dam", "iran", "favor")])  # fmt: skip
    assert gold == {(0, "dam"): {"iran": "against"}}


def test_a_contrast_text_of_two_sentences_is_one_unit_with_all_their_candidates(judge_project):
    codebook = load_codebook(judge_project / "codebooks/c/turned.toml")
    text = ContrastText(
        "a-1-a", "a-1", "back", codebook, "train", "Iran spoke.",
        "Chile praised the dam. It rejected the deal.", None,
        {("dam", "chile"): "favor", ("deal", "chile"): "against", ("deal", "iran"): "none"},
    )  # fmt: skip
    dam, deal = short_text_units(text, matcher=MentionMatcher(codebook), source="contrast")
    assert dam.sentence == SentenceText(text.text, text.before)
    (chile,) = (c for c in deal.candidates if c.actor == "chile")
    assert (dam.candidates[0].stance, chile.stance) == ("favor", "against")
    assert Span(0, 5) in chile.query.spans
    assert all(c.stance == "none" for c in deal.candidates if c.actor == "iran")


def test_neighbors_share_their_sentence_with_a_statement(read):
    pools = SourcePools.of(read(sources=("seeds",)).sources[0])
    statements = {unit.place.in_text for unit in pools.positives}
    assert pools.neighbors
    assert {unit.place.in_text for unit in pools.neighbors} <= statements
    assert not any(unit.is_concerned for unit in pools.others)


def test_what_a_judge_is_never_asked_about_is_not_drawn_unless_it_has_a_statement(read):
    source = read(sources=("real",)).sources[0]
    every = SourcePools.of(source)
    ranked = sorted(unit.relevance for unit in every.others)
    least = ranked[len(ranked) // 2]
    relevant = SourcePools.of(source, least_relevance=least)
    assert relevant.positives == every.positives
    assert 0 < len(relevant.others) < len(every.others)
    assert all(unit.relevance >= least for unit in (*relevant.others, *relevant.neighbors))


SETTINGS = {"seed": 1, "length": lambda unit: len(unit.sentence.text)}


def schedule(**changes):
    return JudgeSchedule(steps=40, batch=4, learning_rate=1e-4, head_learning_rate=1e-4, **changes)


def test_an_epoch_is_the_same_whenever_it_is_asked_for(read):
    pools = [SourcePools.of(source) for source in read().sources]
    first, again = (epoch_batches(pools, epoch=2, batch=4, **SETTINGS) for _ in range(2))
    assert first == again
    assert first != epoch_batches(pools, epoch=3, batch=4, **SETTINGS)


def test_batches_go_on_from_any_step_over_the_ends_of_epochs(read):
    pools = [SourcePools.of(source) for source in read().sources]
    whole = batches_from(0, pools, schedule=schedule(), **SETTINGS)
    expected = [next(whole) for _ in range(40)]
    rest = batches_from(25, pools, schedule=schedule(), **SETTINGS)
    assert [next(rest) for _ in range(15)] == expected[25:]


def test_the_first_steps_are_of_their_sources_alone_wherever_a_fit_goes_on(read):
    pools = [SourcePools.of(source) for source in read().sources]
    first = schedule(first_steps=30, first_sources=("real",))
    whole = batches_from(0, pools, schedule=first, **SETTINGS)
    expected = [next(whole) for _ in range(40)]
    assert {unit.place.source for own in expected[:30] for unit in own} == {"real"}
    later = batches_from(0, pools, schedule=schedule(), **SETTINGS)
    assert expected[30:] == [next(later) for _ in range(10)]
    for step in (11, 30, 35):
        rest = batches_from(step, pools, schedule=first, **SETTINGS)
        assert [next(rest) for _ in range(40 - step)] == expected[step:]


def test_first_sources_without_units_are_refused(read):
    pools = [SourcePools.of(source) for source in read().sources]
    first = schedule(first_steps=3, first_sources=("coal",))
    with pytest.raises(TrainingError, match="first_sources: must have units, got none in coal"):
        next(batches_from(0, pools, schedule=first, **SETTINGS))


def test_a_source_is_drawn_as_often_as_its_config_says(read):
    pool = SourcePools.of(read(sources=("real",)).sources[0])
    units = [unit for own in epoch_batches([pool], epoch=0, batch=4, **SETTINGS) for unit in own]
    assert sum(unit.is_concerned for unit in units) == 2 * len(pool.positives)
    assert sum(not unit.is_concerned for unit in units) == min(4, len(pool.others))


def test_variants_of_an_issue_are_with_and_without_cues_and_exchanged():
    issue = IssueText("the dam", "It is built.", "It is not.", ("dam",))
    variants = issue_variants(issue)
    assert variants[variant_number(cues=True, swapped=False)] == issue
    exchanged = replace(issue, favor=issue.against, against=issue.favor)
    assert variants[variant_number(cues=True, swapped=True)] == exchanged
    assert variants[variant_number(cues=False, swapped=False)] == replace(issue, cues=())


def test_a_source_of_the_project_without_texts_is_told(read_config, judge_config, tmp_path):
    config = judge_config(sources=("seeds",))
    folders = {"path": str(tmp_path), "codebooks": str(tmp_path)}
    source = config.sources[0].model_copy(update={"name": "w", "corpus": "written", **folders})
    data = read_config(config.model_copy(update={"sources": (*config.sources, source)}))
    assert data.sources[0].missing == ()
    assert data.sources[1].missing == (f"w: nothing is learned from it, for {tmp_path} is empty.",)
