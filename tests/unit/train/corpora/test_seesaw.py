import json
from collections import Counter

import pytest

from standpoint.errors import CorpusError
from train.corpora.entity_names import EntityNameMatcher
from train.corpora.seesaw import load_seesaw

ENTITIES = {
    "Ann Lind": ["People"],
    "Republican Party": ["Organization", "People", "Organization"],
    "dam act": ["Topic"],
    "Senate Republicans": ["Organization"],
    "Ruritania": ["GPE"],
}
SENTENCES = ["Republicans scorn the Dam Act, Lind said.", "She likes Ruritania.", "It rained."]


def side(holder, sentiment, target, annotators="A"):
    return {
        "id": 0,
        "subject": holder,
        "sentiment": sentiment,
        "object": target,
        "annotators": list(annotators),
    }


NEG = side("Republican Party", "NEG", "dam act")
POS = side("Ann Lind", "POS", "Ruritania")


@pytest.fixture
def seesaw(tmp_path):
    def write(stances=None, *, id="TRIPLET_001_DOCUMENT_0", **changes):
        annotation = {
            "entity lists": [[name, types, ["Main"], ["A"]] for name, types in ENTITIES.items()],
            "sentence-level stances": {"0": [NEG], "1": [POS]} if stances is None else stances,
            **changes,
        }
        article = {"text": [{"id": n, "text": text} for n, text in enumerate(SENTENCES)]}
        meta = {"Split": "train", "story_time": "2015-03-21"}
        parts = {
            f"annotations/{id}": annotation,
            f"articles/{id}": article,
            f"meta/{id[:11]}": meta,
        }
        for name, content in parts.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / f"{name}.json").write_text(json.dumps(content), "utf-8")
        return tmp_path

    return write


def load(folder, *, task="stance", unlabelled=False):
    return load_seesaw(folder, task=task, unlabelled=unlabelled).records


def words(record, role):
    found = getattr(record, role)
    return None if found["start"] is None else record.text[found["start"] : found["end"]]


def test_a_side_of_a_sentence_becomes_a_record_with_spans_and_canonical_names(seesaw):
    first, second = load(seesaw())
    assert (first.holder["name"], words(first, "holder")) == ("Republican Party", "Republicans")
    assert (first.target["name"], words(first, "target")) == ("dam act", "Dam Act")
    assert (first.label, first.group, first.date) == ("against", "TRIPLET_001", "2015-03-21")
    assert (first.issue, first.tags) == ("dam act", ("topic_target",))
    assert (second.label, second.issue, second.actor) == ("favor", None, "Ann Lind")
    assert (second.tags, second.split) == (("actor_target",), "train")


def test_an_entity_that_a_sentence_does_not_name_has_no_offsets(seesaw):
    second = load(seesaw())[1]
    assert second.holder == {"name": "Ann Lind", "start": None, "end": None}
    assert words(second, "target") == "Ruritania"


def test_sides_are_positive_and_negative_as_sentiment(seesaw):
    assert [record.label for record in load(seesaw(), task="sentiment")] == ["negative", "positive"]


@pytest.mark.parametrize(
    ("given", "labels"),
    [
        ([NEG, NEG], ["against"]),
        ([NEG, side("Republican Party", "POS", "dam act", "BC")], ["favor"]),
        ([NEG, side("Republican Party", "POS", "dam act", "B")], []),
        ([side("None", "NEG", "dam act"), side("Ann Lind", "POS", "Not in the list")], []),
    ],
    ids=["twice", "majority", "as many", "nobody"],
)
def test_annotators_are_counted_for_each_ordered_pair(seesaw, given, labels):
    assert [record.label for record in load(seesaw({"0": given}))] == labels


def test_unlabelled_pairs_are_those_of_two_entities_that_the_sentence_names(seesaw):
    records = [r for r in load(seesaw(), unlabelled=True) if "unlabelled" in r.tags]
    assert {(r.holder["name"], r.target["name"]) for r in records} == {
        ("Ann Lind", "Republican Party"),
        ("Ann Lind", "dam act"),
        ("Republican Party", "Ann Lind"),
    }
    assert {record.label for record in records} == {"none"}
    assert {record.label for record in load(seesaw({}), task="sentiment", unlabelled=True)} == {
        "neutral"
    }


def test_a_pair_that_annotators_disagree_on_is_not_unlabelled(seesaw):
    torn = {"0": [NEG, side("Republican Party", "POS", "dam act", "B")]}
    pairs = [(r.holder["name"], r.target["name"]) for r in load(seesaw(torn), unlabelled=True)]
    assert ("Republican Party", "dam act") not in pairs


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stances": {"9": [NEG]}}, "sentence must be below 3, got 9."),
        ({"stances": {"0": [side("a", "MEH", "b")]}}, "sentiment must be POS or NEG, got 'MEH'."),
        (
            {"stances": {"0": [{}]}},
            "must have every key of a SEESAW annotation, got no 'sentiment'.",
        ),
        ({"entity lists": 5}, "must be a SEESAW annotation, got a fault"),
    ],
    ids=["sentence", "side", "key", "type"],
)
def test_a_faulty_annotation_is_reported_with_its_file(seesaw, changes, said):
    with pytest.raises(CorpusError) as caught:
        load(seesaw(**changes))
    assert "annotations/TRIPLET_001_DOCUMENT_0.json: " in str(caught.value)
    assert said in str(caught.value)


def test_faults_of_all_files_are_reported_together(seesaw):
    seesaw(id="TRIPLET_002_DOCUMENT_0", stances={"9": [NEG]})
    folder = seesaw()
    (folder / "articles" / "TRIPLET_001_DOCUMENT_0.json").write_text('{\n"text": [', "utf-8")
    (folder / "meta" / "TRIPLET_001.json").unlink()
    with pytest.raises(CorpusError) as caught:
        load(folder)
    for said in (
        "articles/TRIPLET_001_DOCUMENT_0.json:2: must be JSON",
        "meta/TRIPLET_001.json: must be a readable file",
        "annotations/TRIPLET_002_DOCUMENT_0.json: must",
    ):
        assert said in str(caught.value)


def test_a_folder_without_annotations_is_refused(tmp_path):
    with pytest.raises(CorpusError, match="must hold annotations/TRIPLET_"):
        load(tmp_path)


NAMES = ["Donald Trump", "Trump administration", "Republican Party", "Democratic Party", "Russia"]
NAMES += ["United States Department of Justice", "National Rifle Association", "gun control"]
NAMES += ["House Republicans", "House Democrats"]
TEXTS = [
    "Trump spoke. The party met. A party of Republicans and Democrats. Russia won. No control.",
    "The department and the Justice Department in the United States, a state of states.",
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Donald Trump won.", {"Donald Trump": "Donald Trump"}),
        ("Trump’s aides won.", {"Donald Trump": "Trump"}),
        ("The Trump administration won.", {"Trump administration": "Trump administration"}),
        (
            "Trump left the Trump administration.",
            {"Donald Trump": "Trump", "Trump administration": "Trump administration"},
        ),
        ("Democratic senators won.", {"Democratic Party": "Democratic"}),
        ("Republicans won.", {"Republican Party": "Republicans"}),
        ("The Labour Party won.", {}),
        ("Russian troops won.", {"Russia": "Russian"}),
        ("The Justice Department won.", {NAMES[5]: "Justice Department"}),
        ("The United States won.", {}),
        ("The NRA won.", {NAMES[6]: "NRA"}),
        ("The N.R.A. won.", {NAMES[6]: "N.R.A"}),
        ("Guns are out of control; gun controls lost.", {"gun control": "gun controls"}),
        ("The trumpet won.", {}),
    ],
)
def test_a_name_is_found_by_its_parts_plurals_adjectives_and_initials(text, found):
    spans = EntityNameMatcher(NAMES, TEXTS).find(text, NAMES)
    assert {name: span.of(text) for name, span in spans.items()} == found


@pytest.fixture(scope="module")
def real(data_folder):
    return load(data_folder / "seesaw", unlabelled=True)


@pytest.mark.slow
def test_the_real_seesaw_keeps_its_stories_apart(real):
    splits = {record.group: record.split for record in real}
    assert Counter(splits.values()) == {"train": 127, "valid": 35}
    assert all(splits[record.group] == record.split for record in real)
    assert len({record.id for record in real}) == len(real)


def test_roles_of_the_real_seesaw_never_overlap(real):
    for record in real:
        spans = [words(record, "holder"), words(record, "target")]
        assert all(span is None or span.strip() == span != "" for span in spans)
        if None not in spans:
            record.pair()
            one, other = record.holder, record.target
            assert one["end"] <= other["start"] or other["end"] <= one["start"]


@pytest.mark.slow
def test_most_holders_and_targets_of_the_real_seesaw_that_are_named_are_found(real):
    labelled = [record for record in real if "unlabelled" not in record.tags]
    assert len(labelled) == 6359
    assert sum(words(record, "holder") is not None for record in labelled) > 0.6 * len(labelled)
    assert sum(words(record, "target") is not None for record in labelled) > 0.5 * len(labelled)
    assert all(
        None not in (words(record, "holder"), words(record, "target"))
        for record in real
        if "unlabelled" in record.tags
    )
