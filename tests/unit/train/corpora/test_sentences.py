"""Annotated sentences: joined with their texts, or left out and told; faults have file and line."""

import hashlib
import json
from pathlib import Path

import pytest

from standpoint.errors import CorpusError
from train.corpora.io import text_key
from train.corpora.sentences import (
    count_sentences,
    load_coal_debate,
    load_news_annotations,
    load_news_sentences,
)

CODEBOOK = """
name  = "dam"
title = "The dam"

[[actors]]
id   = "kovac"
name = "Ana Kovac"
kind = "person"

[[issues]]
id      = "built"
name    = "The dam is built"
favor   = "It is built."
against = "It is not built."
"""
TEXT = "Ana Kovac\n backs the dam."


def row(**changes):
    return {
        "id": "news_1_2_3_Kovac_4_9", "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "statements": {"built": {"kovac": "favor"}}, **changes,
    }  # fmt: skip


def write_lines(file: Path, rows) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{json.dumps(own)}\n" for own in rows), "utf-8")


@pytest.fixture
def load(tmp_path):
    """Write annotations and the sentence, and load the sentences."""

    def write_and_load(*rows, text=TEXT):
        (tmp_path / "dam.toml").write_text(CODEBOOK)
        write_lines(tmp_path / "news" / "dam.jsonl", rows)
        if text:
            write_lines(tmp_path / "newsmtsc" / "train.jsonl", [{**row(), "sentence": text}])
        annotations = load_news_annotations(tmp_path / "news", codebooks=tmp_path)
        return load_news_sentences(annotations, data=tmp_path)

    return write_and_load


def test_a_sentence_has_single_spaces_and_the_stances_of_all_holders(load):
    (sentence,) = load(row()).sentences
    assert sentence.text == "Ana Kovac backs the dam."
    assert sentence.statements == {("built", "kovac"): "favor"}
    assert (sentence.before, sentence.speaker) == ("", None)


def test_sentences_that_are_not_here_are_left_out_and_told(load, tmp_path):
    loaded = load(row(), text=None)
    assert loaded.sentences == ()
    assert loaded.missing == (
        f"newsmtsc: 1 annotated sentences are left out, for {tmp_path / 'newsmtsc/train.jsonl'} "
        "is not there. Get it with `standpoint data get newsmtsc`."
    )


FAULTS = [
    pytest.param(
        [row(), row()],
        "dam.jsonl:2: id must be new under dam, got 'news_1_2_3_Kovac_4_9', which is at dam.jsonl:1",
        id="a sentence twice",
    ),
    pytest.param(
        [row(id="news_0")], "dam.jsonl:1: id must be in newsmtsc/train.jsonl, got 'news_0'.",
        id="a sentence that is not in train",
    ),
    pytest.param(
        [row(sha256="0" * 64)],
        "dam.jsonl:1: the sentence 'news_1_2_3_Kovac_4_9' must have the sha256 000000000000…, got",
        id="another text",
    ),
    pytest.param(
        [row(statements={"built": {"brandt": "favor"}})],
        "dam.jsonl:1: statements.built: holder: must be an actor of dam, got 'brandt'.",
        id="an unknown holder",
    ),
    pytest.param(
        [row(statements={"lake": {"kovac": "favor"}})],
        "dam.jsonl:1: statements.lake: issue: must be an issue of dam, got 'lake'.",
        id="an unknown issue",
    ),
    pytest.param(
        [row(statements={"built": {"kovac": "for"}})], "dam.jsonl:1: statements", id="a stance",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "message"), FAULTS)
def test_a_fault_is_told_with_its_file_and_line(load, rows, message):
    with pytest.raises(CorpusError) as refusal:
        load(*rows)
    assert message in str(refusal.value)


def test_sentences_without_statements_are_counted():
    counts = count_sentences([["favor", "none"], [], ["favor"]])
    assert (counts.sentences, counts.without_statement) == (3, 1)
    assert counts.statements == {"favor": 2, "none": 1}


@pytest.fixture(scope="module")
def news(root):
    """The project's own; that they load is most of what there is to test."""
    codebooks = root / "configs" / "codebooks" / "news-sentences"
    return load_news_annotations(root / "seeds" / "news-sentences", codebooks=codebooks)


def test_no_annotated_sentence_is_in_dev_or_test_of_newsmtsc(news, data_folder):
    loaded = load_news_sentences(news, data=data_folder)
    assert len(loaded.sentences) == len(news.rows) > 1_000
    own = {text_key(sentence.text) for sentence in loaded.sentences}
    for name in ("rw_dev", "rw_test", "mt_dev", "mt_test"):
        lines = (data_folder / "newsmtsc" / f"{name}.jsonl").read_text("utf-8").splitlines()
        assert not own & {text_key(json.loads(line)["sentence"]) for line in lines}


@pytest.fixture
def debate(root, tmp_path):
    """Write sentences with codes, and load them under the project's codebook."""

    def write_and_load(*codes):
        rows = [
            {"sentence": str(n), "speech": "1", "before": "Ladies and gentlemen,", "text": "No.",
             "after": "", "codes": own}
            for n, own in enumerate(codes)
        ]  # fmt: skip
        write_lines(tmp_path / "coal_debate" / "sentences.jsonl", rows)
        codebooks = root / "configs" / "codebooks" / "coal-debate"
        return load_coal_debate(Path("coal_debate"), codebooks=codebooks, data=tmp_path)

    return write_and_load


def test_a_sentence_of_the_debate_has_the_side_that_its_coders_see_on_both_issues(debate):
    for_aid, against_aid = debate([1, 1, 0], [-1, 0, -1]).sentences
    assert for_aid.speaker == "speaker"
    assert for_aid.statements == {
        ("coal-aid", "speaker"): "favor", ("end-of-coal-aid", "speaker"): "against",
    }  # fmt: skip
    assert against_aid.statements["end-of-coal-aid", "speaker"] == "favor"


def test_sentences_without_agreement_are_left_out_and_neutral_ones_have_no_stance(debate):
    loaded = debate([1, -1, 1, 0, 0], [], [0, 0, 0], [1, -1])
    assert [(s.id, s.statements) for s in loaded.sentences] == [("2", {}), ("3", {})]


def test_a_code_that_is_none_is_refused(debate):
    with pytest.raises(CorpusError, match=r"sentences\.jsonl:1: codes"):
        debate([2])


@pytest.mark.parametrize("data", [None, Path("nowhere")])
def test_a_debate_that_is_not_here_is_told_with_the_way_to_get_it(root, data):
    codebooks = root / "configs" / "codebooks" / "coal-debate"
    loaded = load_coal_debate(Path("coal_debate"), codebooks=codebooks, data=data)
    assert loaded.sentences == ()
    assert "coal_debate/sentences.jsonl is not there" in loaded.missing
    assert "`standpoint data get coal_debate` says where to get it." in loaded.missing


def test_a_codebook_of_the_debate_must_have_both_issues(tmp_path):
    (tmp_path / "coal-subsidies.toml").write_text(CODEBOOK.replace('"dam"', '"coal-subsidies"'))
    with pytest.raises(CorpusError, match="must have the actor speaker and the issues coal-aid, "):
        load_coal_debate(Path("coal_debate"), codebooks=tmp_path, data=None)
