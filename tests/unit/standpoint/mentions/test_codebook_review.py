from pathlib import Path

import pytest

from standpoint.codebook.parsing import load_codebook, parse_codebook
from standpoint.mentions.codebook_review import review_codebook

CODEBOOKS = sorted((Path(__file__).parents[4] / "configs/codebooks").rglob("*.toml"))


def review(*issues, aliases=()):
    words = {"name": "x", "favor": "yes", "against": "no"}
    return review_codebook(
        parse_codebook(
            {
                "name": "t",
                "title": "t",
                "actors": [{"id": "v", "name": "Valdia", "kind": "state", "aliases": aliases}],
                "issues": [{"id": f"i{n}", **words, **fields} for n, fields in enumerate(issues)],
            },
            where="t",
        )
    )


@pytest.mark.parametrize("path", CODEBOOKS, ids=lambda path: path.stem)
def test_every_name_and_cue_of_the_projects_codebooks_can_be_found(path):
    assert review_codebook(load_codebook(path)).faults == []


def test_a_sound_codebook_has_nothing_to_say():
    assert review({"cues": ["river dam"]}, {"cues": ["water tariff"]}) == ([], [], [])


def test_a_name_that_no_text_can_have_is_a_fault():
    (fault,) = review({"cues": ["river dam"]}, aliases=["pro-"]).faults or [None]
    assert fault is None or "must be found" in fault.text


@pytest.mark.parametrize("cue", ["it", "the plan", "said", "talks"])
def test_a_cue_that_stands_everywhere_is_warned_of(cue):
    (warning,) = review({"cues": [cue]}).warnings
    assert warning.path == ("issues", 0, "cues")
    assert warning.text == (
        f"issues[0].cues: should name the issue alone, got {cue!r}, "
        "which stands in texts on anything. Use more words."
    )


def test_a_shared_cue_is_warned_of():
    (warning,) = review({"cues": ["river dam"]}, {"opposite_cues": ["River Dams"]}).warnings
    assert warning.text == (
        "issues[1].opposite_cues: should be its own, got 'River Dams', which 'i0' has too. "
        "A sentence with it concerns both issues."
    )


def test_an_issue_without_cues_is_noted():
    (note,) = review({}, {"cues": ["river dam"]}).notes
    assert note.text == (
        "issues[0].cues: empty, so that 'i0' is found by its name and meaning alone. Cues find more."
    )


@pytest.mark.parametrize("name", ["they", "She", "people", "it was", "An", "12", "K"])
def test_a_name_that_stands_everywhere_is_warned_of(name):
    warnings = review({"cues": ["river dam"]}, aliases=[name]).warnings
    assert [(w.path, "should name the actor alone" in w.text) for w in warnings] == [
        (("actors", 0, "aliases"), True)
    ]


@pytest.mark.parametrize("name", ["WHO", "IT", "the government", "G-7", "rebels"])
def test_an_acronym_or_a_description_is_a_name(name):
    assert review({"cues": ["river dam"]}, aliases=[name]).warnings == []
