"""Units of documents without labels: which documents, codebooks, sentences and issues."""

import json
import random
from pathlib import Path

import pytest

from standpoint.codebook import Actor, Codebook, Issue
from tests.tiny_judge import judge_settings, write_project, write_unlabelled
from train.config import JudgeConfig, JudgeSource
from train.corpora import UnlabelledText, load_unlabelled
from train.judge.epochs import SourcePools
from train.judge.sources import read_judge_data
from train.judge.unlabelled import codebooks as document_codebooks
from train.judge.unlabelled.codebooks import DocumentCodebooks
from train.judge.unlabelled.pairs import training_codebooks, unlabelled_units


def codebook(name, actors, *issues):
    return Codebook(
        name=name,
        title=name,
        actors=tuple(
            Actor(id=f"a{n}", name=own, kind="state") for n, own in enumerate(actors.split(", "))
        ),
        issues=tuple(
            Issue(id=f"i{n}", name=words, favor=f"{words}, yes", against=f"{words}, no")
            for n, words in enumerate(issues)
        ),
    )


WATER = codebook("water", "Valdia, Ruritania, Borduria", "the river dam", "the irrigation levy")
TRADE = codebook("trade", "Valdia, Freedonia, Sylvania", "the steel tariff", "the fishing quota")
TEXT = (
    "Freedonia and Sylvania met in Valdia. Sylvania rejected the river dam on Monday. "
    "Freedonia wants the steel tariff to stay, said its minister."
)


@pytest.fixture
def made():
    return DocumentCodebooks([WATER, TRADE])


def test_a_document_is_read_with_the_actors_of_whom_it_names_most(made):
    own = made.codebook_for(TEXT, generator=random.Random(1))
    assert [actor.name for actor in own.actors] == ["Valdia", "Freedonia", "Sylvania"]


def test_its_issues_are_of_any_codebook_the_most_relevant_first(made, monkeypatch):
    monkeypatch.setattr(document_codebooks, "RELEVANT_ISSUES", 2)
    monkeypatch.setattr(document_codebooks, "RANDOM_ISSUES", 1)
    own = made.codebook_for(TEXT, generator=random.Random(1))
    assert {issue.name for issue in own.issues[:2]} == {"the river dam", "the steel tariff"}
    assert own.issues[2].name in {"the irrigation levy", "the fishing quota"}
    assert len({issue.id for issue in own.issues}) == 3


def test_an_issue_of_another_codebook_is_about_none_of_the_actors():
    issues = tuple(issue.model_copy(update={"about": "a0"}) for issue in WATER.issues)
    about = WATER.model_copy(update={"issues": issues})
    own = DocumentCodebooks([about, TRADE]).codebook_for(TEXT, generator=random.Random(1))
    assert {issue.about for issue in own.issues} == {None}
    text = "Ruritania and Borduria talk of the river dam."
    own = DocumentCodebooks([about, TRADE]).codebook_for(text, generator=random.Random(1))
    assert {issue.about for issue in own.issues if issue.id.startswith("water")} == {"a0"}


def test_the_same_issue_in_two_codebooks_is_asked_about_once():
    again = codebook("again", "Valdia, Ruritania", "the river dam")
    own = DocumentCodebooks([WATER, again, TRADE]).codebook_for(TEXT, generator=random.Random(1))
    assert [issue.name for issue in own.issues].count("the river dam") == 1


@pytest.mark.parametrize("text", ["", "Nobody was there.", "Valdia said nothing of the dam."])
def test_a_document_that_names_no_two_actors_of_any_codebook_is_not_read(made, text):
    assert made.codebook_for(text, generator=random.Random(1)) is None


def source(**changes):
    settings = {"name": "new", "corpus": "unlabelled", "licence": "CC0-1.0", "pairs": 6}
    return JudgeSource.model_validate({**settings, **changes})


def test_each_document_gets_pairs_by_its_length_and_the_same_ones_again():
    texts = [UnlabelledText("fakes/1", TEXT), UnlabelledText("fakes/2", f"{TEXT} " * 3)]
    units = unlabelled_units(texts, source(pairs=16), codebooks=[WATER, TRADE])
    assert units == unlabelled_units(texts, source(pairs=16), codebooks=[WATER, TRADE])
    documents = [unit.place.document for unit in units]
    assert (documents.count("fakes/1"), documents.count("fakes/2")) == (4, 12)
    assert units != unlabelled_units(texts, source(pairs=16, seed=3), codebooks=[WATER, TRADE])


def test_most_pairs_are_the_relevant_ones_and_some_any():
    units = unlabelled_units([UnlabelledText("fakes/1", TEXT)], source(pairs=4), codebooks=[TRADE])
    assert len(units) == 4
    named = {(unit.place.sentence, unit.issue.name) for unit in units}
    assert (2, "the steel tariff") in named
    assert min(unit.relevance for unit in units) < 1


def test_units_without_labels_have_candidates_and_no_gold():
    units = unlabelled_units([UnlabelledText("fakes/1", TEXT)], source(), codebooks=[TRADE])
    assert all(unit.candidates and unit.is_prose and not unit.has_gold for unit in units)
    assert not any(unit.is_labelled for unit in units)


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    root = write_project(tmp_path_factory.mktemp("unlabelled"))
    write_unlabelled(root / "data")
    return root


def test_documents_of_train_dev_and_test_are_none_of_them(project):
    loaded = load_unlabelled(data=project / "data", annotations=project / "seeds" / "real")
    assert {text.id for text in loaded.texts} == {f"fakes/new-{n}" for n in range(4)}


def test_a_document_that_shares_text_with_an_annotated_one_is_none_of_them(project):
    path = project / "data" / "reuters21578" / "articles.jsonl"
    (row,) = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    copied = {"id": "again", "text": f"Late report. {row['text']} More follows."}
    file = project / "data" / "fakes" / "articles.jsonl"
    before = file.read_text("utf-8")
    file.write_text(f"{before}{json.dumps(copied)}\n", "utf-8")
    loaded = load_unlabelled(data=project / "data", annotations=project / "seeds" / "real")
    file.write_text(before, "utf-8")
    assert {text.id for text in loaded.texts} == {f"fakes/new-{n}" for n in range(4)}


def test_sets_that_are_not_here_are_said_with_the_way_to_get_them(project):
    loaded = load_unlabelled(
        data=project / "data", annotations=project / "seeds" / "real", left_out=("gum",)
    )
    (missing,) = loaded.missing
    assert missing.startswith("whitehouse: its documents without labels are left out, for ")
    assert missing.endswith("Get it with `standpoint data get whitehouse`.")
    nowhere = load_unlabelled(data=None, annotations=project / "seeds" / "real")
    assert (nowhere.texts, len(nowhere.missing)) == ((), 4)


def read(project, *, research=False):
    settings = judge_settings(Path("encoder"), sources=("unlabelled", "seeds"), research=research)
    settings["model"]["teacher"] = {"config": "teacher.toml"}
    config = JudgeConfig.model_validate(settings)
    lines = []
    data = read_judge_data(
        config, root=project, data=project / "data", report_progress=lines.append
    )
    return data, lines


def test_they_are_read_with_the_codebooks_of_the_training_units_alone(project):
    data, _ = read(project)
    own = {s.config.name: s for s in data.sources}
    assert own["unlabelled"].units
    assert {unit.place.codebook for unit in own["unlabelled"].units} == {"seeded"}
    others = [(s.config, s.units) for s in data.sources if s.config.name == "seeds"]
    assert [book.name for book in training_codebooks(others, root=project)] == ["seeded"]


def test_sets_for_research_only_are_read_for_research_only(project):
    for research, n in ((False, 2), (True, 2)):
        missing = read(project, research=research)[0].sources[-1].missing
        assert len(missing) == n  # gum and whitehouse; reuters is here
    documents = {unit.place.document for unit in read(project)[0].sources[-1].units}
    assert all(document.startswith("fakes/") for document in documents)


def test_an_epoch_draws_as_many_of_them_as_its_config_says(project):
    data, _ = read(project)
    pool = SourcePools.of(data.sources[-1], least_relevance=1.0)
    assert len(pool.positives) == len(data.sources[-1].units)
    assert pool.others == pool.neighbors == ()
    assert len(pool.draw(random.Random(1))) == min(12, len(pool.positives))
