import json

import pytest

from standpoint.cli.evaluation import polnear as command
from standpoint.errors import CorpusError
from standpoint.text.article import Span, read_article
from standpoint.text.tokens import words_of
from train.articles.attribution_baseline import NearestName, head_of
from train.articles.attribution_scores import evaluate_attribution
from train.corpora.polnear import AttributedDocument, Attribution

RAIN = "Ann Lee said it rains in the hills."
SNOW = "The old dam leaks, according to Dan Roe."


def spans(text, *pieces):
    return tuple(Span(text.index(piece), text.index(piece) + len(piece)) for piece in pieces)


def document(text, *gold, id="a", split="dev"):
    attributions = [
        Attribution("Attribution", spans(text, *source), spans(text, *cue), spans(text, *content))
        for source, cue, content in gold
    ]
    return AttributedDocument(id, split, text, tuple(attributions))


GOOD = document(RAIN, (["Ann Lee"], ["said"], ["it rains in the hills"]))
SECOND = document(SNOW, (["Dan Roe"], ["according to"], ["The old dam leaks"]), id="b")


def scores(*documents, **options):
    return evaluate_attribution(documents or (GOOD, SECOND), split="dev", draws=20, **options)


def test_what_the_gold_marks_and_the_reader_finds_scores_one():
    found = scores()
    for role in ("source", "cue", "content"):
        for how in ("exact", "overlap"):
            assert found[f"dev.{role}.f1_{how}"] == 1.0
    assert found["dev.holder.accuracy"] == found["dev.holder.accuracy_head"] == 1.0
    assert (found["dev.n_documents"], found["dev.n_attributions"]) == (2, 2)


def test_articles_and_that_in_front_and_marks_do_not_count_for_an_exact_part():
    text = "The minister said that the dam leaks."
    gold = document(text, (["minister"], ["said"], ["that the dam leaks."]))
    found = scores(gold)
    assert found["dev.source.f1_exact"] == found["dev.content.f1_exact"] == 1.0


def test_overlap_counts_words():
    gold = document(RAIN, (["Lee"], ["said"], ["rains"]))
    found = scores(gold)
    assert found["dev.source.precision_overlap"] == 0.5
    assert found["dev.source.recall_overlap"] == 1.0
    assert found["dev.content.precision_overlap"] == 0.2
    assert found["dev.content.f1_exact"] == 0.0


def test_a_holder_is_right_where_the_head_of_the_gold_source_is_overlapped():
    text = "Ann Lee, a farmer, said it rains."
    right = document(text, (["Ann Lee, a farmer"], ["said"], ["it rains"]))
    wrong = document(text, (["farmer"], ["said"], ["it rains"]))
    assert scores(right)["dev.holder.accuracy"] == 1.0
    assert scores(wrong)["dev.holder.accuracy"] == 0.0


def test_the_innermost_attribution_names_the_holder():
    text = "Ann Lee said Dan Roe opposes the dam."
    gold = document(text, (["Dan Roe"], ["opposes"], ["the dam"]))
    assert scores(gold)["dev.holder.accuracy"] == 1.0


def test_gold_without_a_source_has_no_holder_to_find():
    gold = document("The dam was said to leak.", ([], ["was said"], ["to leak"]))
    assert scores(gold)["dev.holder.n"] == 0.0


def test_pieces_of_a_quotation_are_one_attribution():
    text = "“It rains,” Ann Lee said. “And it pours.”"
    gold = document(text, (["Ann Lee"], ["said"], ["“It rains,”", "“And it pours.”"]))
    assert scores(gold)["dev.content.f1_exact"] == 1.0


def test_scores_have_intervals_over_documents_and_one_document_has_none():
    found = scores()
    assert found["dev.holder.gain.low"] <= found["dev.holder.gain"] <= found["dev.holder.gain.high"]
    assert "dev.holder.n.low" not in found
    assert "dev.holder.gain.low" not in scores(GOOD)


def test_draws_follow_their_seed():
    assert scores(seed=1) == scores(seed=1)


def test_a_split_that_is_not_here_is_refused():
    with pytest.raises(CorpusError) as caught:
        evaluate_attribution([GOOD], split="test")
    assert str(caught.value) == "--split: must be one that is here (dev), got 'test'."


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("Ann Lee", "Lee"),
        ("Robby E. Mook, the manager", "Mook"),
        ("a spokesman for Valdia", "spokesman"),
        ("Sen. Lee (D-Vt.)", "Lee"),
        ("voters who came", "voters"),
        ("Lee himself", "Lee"),
        ("Mary O’Neill", "O’Neill"),
        ("Valdia’s envoy", "envoy"),
    ],
)
def test_the_head_is_the_last_word_of_the_first_piece(words, head):
    found = words_of(words)
    assert found[head_of(words, found, range(len(found)))].text == head


@pytest.mark.parametrize(
    ("text", "content", "holder"),
    [
        pytest.param(RAIN, "it rains", "Ann Lee", id="name before the verb"),
        pytest.param("Then he said it rains.", "it rains", "he", id="pronoun"),
        pytest.param(
            "Dan Roe came. “no rain,” said Ann.", "no rain", "Dan Roe", id="before, not behind"
        ),
        pytest.param(
            "Ann Lee, a farmer, said it rains.", "it rains", "Ann Lee", id="words between"
        ),
        pytest.param("Rain fell. Ann: it rains.", "it rains", "Ann", id="no verb"),
        pytest.param("it rains", "it rains", None, id="nobody"),
    ],
)
def test_the_baseline_takes_the_nearest_name_before_the_nearest_verb(text, content, holder):
    found = NearestName(read_article(text)).holder_of(spans(text, content))
    assert [span.of(text) for span in found] == ([holder] if holder else [])


@pytest.fixture
def polnear(tmp_path, monkeypatch):
    for part in ("text", "attributions"):
        (tmp_path / "polnear" / "dev" / part).mkdir(parents=True)
    (tmp_path / "polnear" / "dev" / "text" / "a.txt").write_text(RAIN, "utf-8")
    rows = [
        f"T{n}\t{role} {RAIN.index(words)} {RAIN.index(words) + len(words)}\t{words}"
        for n, (role, words) in enumerate(
            (("Source", "Ann Lee"), ("Cue", "said"), ("Content", "it rains in the hills"))
        )
    ]
    rows += ["T3\tAttribution 8 12\tsaid", "E1\tAttribution:T3 Source:T0 Cue:T1 Content:T2"]
    file = tmp_path / "polnear" / "dev" / "attributions" / "a_4b22.ann"
    file.write_text("".join(f"{row}\n" for row in rows), "utf-8")
    monkeypatch.setenv("STANDPOINT_DATA", str(tmp_path))


def test_the_command_prints_a_table(polnear, capsys):
    command.run("dev", as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "PolNeAR dev: 1 attributions in 1 documents"
    assert lines[3] == "source exact           1.000   1.000   1.000"
    assert "  the reader                            1.000" in lines


def test_the_command_prints_one_object(polnear, capsys):
    command.run("dev", as_json=True)
    assert json.loads(capsys.readouterr().out)["dev.holder.accuracy"] == 1.0


@pytest.mark.slow
def test_the_reader_is_well_above_the_nearest_name(data_folder):
    from train.corpora.polnear import load_polnear

    documents = load_polnear(data_folder / "polnear")
    found = evaluate_attribution(documents, split="dev", draws=200)
    assert found["dev.holder.gain"] > 0.2
    assert found["dev.holder.gain.low"] > 0.15
    assert found["dev.content.f1_overlap"] > 0.8
