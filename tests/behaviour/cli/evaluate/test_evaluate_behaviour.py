"""``standpoint evaluate --data behaviour`` in the small house, whose stance model reads verbs."""

import json

import pytest

from standpoint.cli.evaluation.behaviour import check_behaviour
from standpoint.errors import RegistryError
from standpoint.model.registry import load_champion
from tests.judges import write_taught

CONTRACT = {
    "run_id", "task", "kind", "data", "split", "n", "metric", "score", "ci95", "baseline",
    "scores", "leakage", "seconds", "bundle",
}  # fmt: skip
SILENT = {"b⟦h⟧:backs": (0, 0, 6)}


def row(id, text, stance, *, holder="ruritania"):
    return {
        "id": id, "group": id[:5], "kind": "two-actors", "before": "", "text": text,
        "speaker": None, "statements": {"river-dam": {holder: stance}},
    }  # fmt: skip


DEV = [
    row(f"a-{n:03}-{letter}", f"{name} {verb} the river dam {time}.", stance, holder=holder)
    for n, time in enumerate(("now", "today", "again", "at last", "in May", "in June"))
    for letter, verb, stance in (("a", "backs", "favor"), ("b", "rejects", "against"))
    for name, holder in [[("Ruritania", "ruritania"), ("Borduria", "borduria")][n % 2]]
]
# The model does not know the verb.
DEV += [row("b-001-a", "Ruritania cheers the river dam.", "favor")]
DEV += [row("b-001-b", "Ruritania hates the river dam.", "against")]


@pytest.fixture
def contrast(house, monkeypatch):
    """Seven groups of texts on the dam."""
    folder, codebooks = house.root / "seeds" / "contrast", house.codebooks / "contrast"
    (folder / "dev").mkdir(parents=True)
    codebooks.mkdir()
    (codebooks / "dam.toml").write_text((house.codebooks / "dam.toml").read_text())
    (folder / "dev" / "dam.jsonl").write_text("\n".join(map(json.dumps, DEV)))
    monkeypatch.chdir(house.root)
    return house


def test_the_champion_is_scored_on_behaviour_by_kind_and_by_change(standpoint, contrast):
    done = standpoint("evaluate", "--data", "behaviour", "--json")
    assert done.status == 0, done.err
    result = json.loads(done.out)
    assert result.keys() >= CONTRACT
    assert (result["split"], result["n_texts"], result["n_groups"]) == ("dev", 14, 7)
    assert result["overall"]["texts"]["value"] == pytest.approx(12 / 14)
    assert result["overall"]["groups"]["value"] == pytest.approx(6 / 7)
    assert (result["score"], result["n"]) == (pytest.approx(12 / 14), 14)
    assert result["by_kind"]["two-actors"]["wrong_sign"]["value"] == 0
    # It reads the sentence and the name, and not what the codebook says of the poles.
    changes = {name: own["texts"]["value"] for name, own in result["variants"].items()}
    assert changes["poles-exchanged"] == 0
    assert changes["cues-left-out"] == changes["sentence-before"] == changes["sentence-behind"] == 1
    assert result["scores"]["dev.poles-exchanged"] == 0


def test_the_behaviour_report_has_a_line_for_each_kind_and_change(standpoint, contrast):
    done = standpoint("evaluate", "stance", "--data", "behaviour")
    assert done.status == 0, done.err
    assert done.out.startswith("behaviour, dev: 14 contrast texts in 7 groups,\n")
    lines = [line.split() for line in done.out.splitlines()]
    assert ["two-actors", "0.857", "of", "14"] in [words[:4] for words in lines]
    assert ["poles-exchanged", "flips", "0.000", "of", "12"] in [words[:5] for words in lines]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--split", "valid"], "--split: must be one of train, dev, test, got 'valid'."),
        (["--cues", "none"], "--cues: must be left out for behaviour, which is read as it is"),
        (["--config", "x.toml"], "--config: must be left out for behaviour, which fits no model"),
        (["--split", "test"], "--split: must be of texts, got 'test', which has none."),
    ],
)
def test_wrong_behaviour_options_are_refused(standpoint, contrast, words, message):
    done = standpoint("evaluate", "--data", "behaviour", *words)
    assert (done.status, done.out) == (2, "")
    assert message in done.err


def test_the_contrast_texts_are_scored_as_behaviour(standpoint, contrast):
    done = standpoint("evaluate", "stance", "--data", "contrast")
    assert (done.status, done.out) == (2, "")
    assert "--data: must be one of behaviour, seeds-articles," in done.err


def test_a_model_whose_behaviour_is_clearly_worse_is_not_promoted(contrast):
    worse = contrast.bundle("stance", version=9, weights=SILENT)
    with pytest.raises(RegistryError) as refusal:
        check_behaviour(str(worse))
    message = str(refusal.value)
    assert "got 0.000 of contrast texts right, the champion 0.857" in message
    assert message.endswith("Use --force to promote it all the same.")


def test_a_model_of_the_same_behaviour_may_be_promoted(contrast, capsys):
    check_behaviour(str(contrast.bundle("stance", version=9)))
    assert "0.857 of contrast texts right, the champion 0.857" in capsys.readouterr().err


def test_the_behaviour_of_the_champion_itself_is_not_compared(contrast, capsys):
    version = load_champion(contrast.models, "stance").version
    check_behaviour(str(contrast.models / "stance" / str(version)))
    assert capsys.readouterr().err == ""


def test_behaviour_is_not_compared_with_a_damaged_champion(contrast, capsys):
    version = load_champion(contrast.models, "stance").version
    (contrast.models / "stance" / str(version) / "manifest.json").write_text("{}")
    check_behaviour(str(contrast.bundle("stance", version=9, weights=SILENT)))
    assert capsys.readouterr().err.startswith("behaviour is not compared: ")


def test_a_judge_is_scored_on_behaviour_and_compared_with_a_classifier(
    standpoint, contrast, tmp_path, capsys
):
    judge = write_taught(tmp_path / "judge", topics=("river", "dam"))
    done = standpoint("evaluate", str(judge), "--data", "behaviour", "--json")
    assert done.status == 0, done.err
    result = json.loads(done.out)
    assert result["kind"] == "judge"
    assert result["overall"]["texts"]["n"] == 14
    # It takes the same side on every issue, so that half of the cells of "backs" are right.
    assert result["overall"]["cells"]["value"] > 0
    assert result["overall"]["wrong_sign"]["value"] == 0
    judge.rename(contrast.models / "stance" / "5")
    contrast.point("stance", 5)
    check_behaviour(str(contrast.bundle("stance", version=9)))
    assert "of contrast texts right, the champion" in capsys.readouterr().err
