"""``standpoint data`` on the contrast texts of a project."""

import json
import shutil

import pytest

SPLITS = ["train", "dev", "test"]


@pytest.fixture
def contrast(house, root):
    """A file of each split of the project's own contrast texts."""
    codebooks = house.root / "configs" / "codebooks" / "contrast"
    codebooks.mkdir(parents=True)
    for split in SPLITS:
        file = min((root / "seeds" / "contrast" / split).glob("*.jsonl"))
        (house.root / "seeds" / "contrast" / split).mkdir(parents=True)
        shutil.copy(file, house.root / "seeds" / "contrast" / split)
        shutil.copy(root / "configs/codebooks/contrast" / f"{file.stem}.toml", codebooks)
    return house.root / "seeds" / "contrast"


def test_contrast_texts_are_checked(standpoint, contrast):
    done = standpoint("data", "check", "contrast")
    assert done.status == 0
    assert done.out.endswith(" texts fit their 3 codebooks\n")


def test_a_broken_contrast_text_is_refused_with_its_line(standpoint, contrast):
    file = next((contrast / "dev").glob("*.jsonl"))
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    rows[1]["speaker"] = "nobody"
    file.write_text("\n".join(map(json.dumps, rows)))
    done = standpoint("data", "check", "contrast")
    assert (done.status, done.out) == (2, "")
    assert f"dev/{file.name}:2: speaker: must be an actor of {file.stem}, got 'nobody'." in done.err


def test_contrast_texts_are_counted_by_split_and_kind(standpoint, contrast):
    counts = json.loads(standpoint("data", "describe", "contrast", "--json").out)
    assert [*counts["splits"]] == SPLITS
    assert all(own["codebooks"] == 1 for own in counts["splits"].values())
    report = standpoint("data", "describe", "contrast").out
    assert report.startswith("contrast, stance. Licence: Apache-2.0.")
    assert "two actors, two verbs" in report
