"""Seeds, configs and small public corpora for `standpoint evaluate`."""

import json

import pytest

CONFIG = """\
name = "{name}"
task = "stance"
seed = 7
refit = false
[data]
corpus = "{corpus}"
path = "{corpus}"
licence = "none"
{unlabelled}
[protocol]
{protocol}
[model]
kind = "ngrams"
words = [1, 1]
chars = [3, 3]
window = 3
min_count = 1
c = 10.0
balanced = false
[scoring]
metric = "f1_macro"
bootstrap = 100
"""
BY_GROUP = 'kind = "by_group"\ndev_share = 0.1\ntest_share = 0.2'
OFFICIAL = 'kind = "official"\ntrain = "train"\ntest = ["valid"]'
SENTENCES = {
    "dam": [
        ("Ruritania backs the river dam.", ("ruritania", "Ruritania", "river-dam", "river dam", "favor")),
        ("Borduria rejects the river dam.", ("borduria", "Borduria", "river-dam", "river dam", "against")),
        ("Anna Lind sees the shipping toll.", ("lind", "Anna Lind", "toll", "shipping toll", "none")),
        # who this is, the reader does not know
        ("The visitor backs the river dam.", ("lind", "The visitor", "river-dam", "river dam", "favor")),
        # irony: the model takes the verb at its word
        ("Borduria backs the shipping toll.", ("borduria", "Borduria", "toll", "shipping toll", "against")),
    ],
    "fish": [
        ("Syldavia backs the eel quota.", ("syldavia", "Syldavia", "quota", "eel quota", "favor")),
        ("Syldavia rejects the great eel plan.", ("syldavia", "Syldavia", "quota", "great eel plan", "against")),
        ("Syldavia sees the eel quota.", ("syldavia", "Syldavia", "quota", "eel quota", "none")),
        ("Syldavia now rejects the eel quota.", ("syldavia", "Syldavia", "quota", "eel quota", "against")),
    ],
}  # fmt: skip


def write_config(house, name, **parts):
    folder = house.root / "configs" / "runs"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(CONFIG.format(name=name, **parts), "utf-8")


@pytest.fixture
def seeds(house, seed_row):
    """Seeds on two codebooks: an article on the dam, and two on fish."""
    write_config(house, "seeds-stance", corpus="seeds", unlabelled="", protocol=BY_GROUP)
    (house.root / "seeds").mkdir()
    rows = [
        seed_row("dam-1", "dam", *SENTENCES["dam"]),
        seed_row("fish-1", "fish", *SENTENCES["fish"][:2]),
        seed_row("fish-2", "fish", *SENTENCES["fish"][2:]),
    ]
    for name in SENTENCES:
        lines = [json.dumps(row) for row in rows if row["codebook"] == name]
        (house.root / "seeds" / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return house


ENTITIES = {"Ann Lind": "People", "Ruritania": "GPE", "Dam Act": "Topic"}


def write_story(folder, number, split, sentences):
    """A SEESAW article; a sentence is its text, then holder, side and target, if it takes one."""
    stances = {
        str(n): [{"subject": holder, "sentiment": side, "object": target, "annotators": ["A"]}]
        for n, (_, holder, side, target) in enumerate(sentences)
        if side
    }
    entities = [[name, [type], ["Main"], ["A"]] for name, type in ENTITIES.items()]
    texts = [{"id": n, "text": text} for n, (text, *_) in enumerate(sentences)]
    story = f"TRIPLET_{number:03}"
    parts = {
        f"annotations/{story}_DOCUMENT_0": {
            "entity lists": entities, "sentence-level stances": stances,
        },
        f"articles/{story}_DOCUMENT_0": {"text": texts},
        f"meta/{story}": {"Split": split, "story_time": "2015-03-21"},
    }  # fmt: skip
    for name, content in parts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.json").write_text(json.dumps(content), "utf-8")


@pytest.fixture
def data(house, monkeypatch):
    """A folder of public data, with SEESAW and PolNeAR in it."""
    folder = house.root / "data"
    write_config(
        house, "seesaw-articles", corpus="seesaw", unlabelled="unlabelled = true", protocol=OFFICIAL
    )
    backs = ("Ann Lind backs the Dam Act.", "Ann Lind", "POS", "Dam Act")
    rejects = ("Ruritania rejects the Dam Act.", "Ruritania", "NEG", "Dam Act")
    sees = ("Ann Lind sees Ruritania.", None, None, None)
    for number in range(8):
        write_story(folder / "seesaw", number, "train", [backs, rejects, sees])
    for number in range(8, 11):
        write_story(folder / "seesaw", number, "valid", [rejects, sees, backs])
    for part, name, content in (
        ("text", "a.txt", "Lind said it rained."),
        ("attributions", "a_4b22.ann", ""),
    ):
        (folder / "polnear" / "dev" / part).mkdir(parents=True)
        (folder / "polnear" / "dev" / part / name).write_text(content, "utf-8")
    monkeypatch.setenv("STANDPOINT_DATA", str(folder))
    return folder
