import numpy as np
import pytest

from standpoint.lexicon.polarity import FAMILIES, N_FAVORABLE, N_POLAR, NEGATION_INDEX
from standpoint.model.pairs import PairText
from standpoint.model.polarity_features import (
    MAX_COUNT,
    N_COUNTS,
    N_POLARITY_FEATURES,
    N_ZONES,
    family_trie,
    polarity_features,
)
from standpoint.text.article import Span
from standpoint.text.tokens import words_of

NAMES = list(FAMILIES)
ZONES = ("between", "before target", "far before target", "behind target", "far behind target",
         "before holder", "behind holder", "sentence")  # fmt: skip


def pair(text, *, holder="Kovac", target="dam"):
    """A pair whose roles are given by their words."""

    def span(words):
        return Span(text.index(words), text.index(words) + len(words)) if words else None

    return PairText(text, span(holder), span(target))


def zones(given, *, copy=0):
    """What one of the three copies counts in each zone: families by name, and the two signs."""
    found = polarity_features(given).reshape(3, N_ZONES, N_COUNTS + 2)[copy]
    keys = [*NAMES, *(f"turned {n}" for n in NAMES[:N_POLAR]), *NAMES[:N_POLAR]]
    keys[-N_POLAR:] = [f"free {name}" for name in NAMES[:N_POLAR]]
    keys += ["lean", "bare lean"]
    rows = [dict(zip(keys, row.tolist(), strict=True)) for row in found]
    return {
        zone: {key: value for key, value in row.items() if value}
        for zone, row in zip(ZONES, rows, strict=True)
    }


def families(text):
    """The families of a text, by the word at which each is found."""
    words = words_of(text)
    stems = [word.stem for word in words]
    return {
        (words[past - 1].text, NAMES[number])
        for at in range(len(words))
        for past, number, _ in family_trie().matches(words, keys=stems, at=at)
    }


@pytest.mark.parametrize(
    ("text", "word", "family"),
    [
        pytest.param("Kovac opposed it.", "opposed", "oppose", id="by stem"),
        pytest.param("Kovac stood by it.", "by", "support", id="irregular, of two words"),
        pytest.param("Kovac doesn't mind.", "t", "negate", id="a short negation"),
        pytest.param("OPPOSITION grows.", "OPPOSITION", "oppose", id="in capitals"),
        pytest.param("He spoke in favour of it.", "of", "support", id="of three words"),
        pytest.param("They fought it.", "fought", "oppose", id="irregular"),
    ],
)
def test_words_are_found_in_their_family(text, word, family):
    assert (word, family) in families(text)


def test_a_phrase_that_a_mark_parts_is_none():
    assert ("out", "oppose") in families("They walk out.")
    assert ("out", "oppose") not in families("They walk. Out!")


def test_every_entry_of_every_family_is_found_where_it_stands():
    for family, entries in FAMILIES.items():
        for entry in entries.split(";"):
            words = entry.split()
            assert (words_of(" ".join(words))[-1].text, family) in families(" ".join(words)), entry


def test_the_families_that_lean_come_first_those_for_before_those_against():
    assert NAMES[:N_FAVORABLE] == ["support", "demand", "promise", "enable", "good"]
    assert NAMES[N_FAVORABLE:N_POLAR] == ["oppose", "fear", "disable", "bad"]
    assert NAMES[NEGATION_INDEX] == "negate"


def test_counts_are_as_many_as_promised():
    assert 3 * len(ZONES) * (len(FAMILIES) + 2 * N_POLAR + 2) == N_POLARITY_FEATURES
    found = polarity_features(pair("Kovac backs the dam."))
    assert found.shape == (N_POLARITY_FEATURES,)
    assert found.dtype == np.float32


def test_a_word_counts_in_every_zone_that_it_stands_in():
    found = zones(pair("Kovac praised the dam."))
    praise = {"support": 1, "free support": 1, "lean": 1, "bare lean": 1}
    assert found == {zone: {} for zone in ZONES} | {
        "between": praise, "before target": praise, "behind holder": praise, "sentence": praise,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        pytest.param("One praised two three four dam. Kovac.", "before target", id="four before"),
        pytest.param(
            "One praised two three four five dam. Kovac.", "far before target", id="five before"
        ),
        pytest.param(
            "Praised one two three four five six seven eight dam. Kovac.", "far before target",
            id="nine before",
        ),
        pytest.param("Kovac saw a dam one two three praised.", "behind target", id="four behind"),
        pytest.param(
            "Kovac saw a dam one two three four praised.", "far behind target", id="five behind"
        ),
        pytest.param("Praised one two three four Kovac dam.", "before holder", id="five before him"),
        pytest.param("Kovac one two three four praised a dam.", "behind holder", id="five behind"),
    ],
)  # fmt: skip
def test_a_zone_reaches_as_far_as_it_says(text, zone):
    assert zones(pair(text))[zone].get("support") == 1


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        pytest.param("Kovac. Praised one two three four dam.", "before target", id="before target"),
        pytest.param(
            "Praised one two three four five six seven eight nine dam. Kovac.",
            "far before target", id="far before target",
        ),
        pytest.param(
            "Kovac saw a dam one two three four praised.", "behind target", id="behind target"
        ),
        pytest.param(
            "A dam one two three four five six seven eight nine ten praised. Kovac.",
            "far behind target", id="far behind target",
        ),
        pytest.param("Praised one two three four five Kovac dam.", "before holder", id="before him"),
        pytest.param(
            "Kovac one two three four five praised a dam.", "behind holder", id="behind him"
        ),
        pytest.param("Kovac saw a dam and praised it.", "between", id="not between"),
    ],
)  # fmt: skip
def test_a_zone_reaches_no_farther_than_it_says(text, zone):
    assert "support" not in zones(pair(text))[zone]


def test_what_stands_between_is_the_same_whichever_role_comes_first():
    one = zones(pair("Kovac was against the dam."))["between"]
    other = zones(pair("The dam was against Kovac."))["between"]
    assert one == other == {"oppose": 1, "free oppose": 1, "lean": -1, "bare lean": -1}


def test_the_words_of_the_target_count_only_beside_the_holder_and_in_the_sentence():
    found = zones(pair("Kovac saw the bad dam.", target="bad dam"))
    assert {zone for zone, counts in found.items() if counts} == {"behind holder", "sentence"}


@pytest.mark.parametrize(
    ("text", "lean", "bare"),
    [
        ("Kovac opposes the dam.", -1, -1),
        ("Kovac no longer opposes the dam.", 1, -1),
        ("Kovac does not oppose the dam.", 1, -1),
        ("Kovac never praised the dam.", -1, 1),
        ("Kovac doesn't support the dam.", -1, 1),
        ("Kovac praised the bad dam, which many fear.", -1, -1),
        ("Kovac praised the bad dam.", 0, 0),
        ("Kovac saw the dam.", 0, 0),
    ],
)
def test_a_negation_turns_which_way_a_sentence_leans(text, lean, bare):
    counts = zones(pair(text))["sentence"]
    assert (counts.get("lean", 0), counts.get("bare lean", 0)) == (lean, bare)


def test_a_negation_reaches_three_words_ahead_and_none_back():
    near = zones(pair("Kovac not one two praised a dam."))["sentence"]
    far = zones(pair("Kovac not one two three praised a dam."))["sentence"]
    behind = zones(pair("Kovac praised not a dam."))["sentence"]
    assert (near["lean"], far["lean"], behind["lean"]) == (-1, 1, 1)
    assert near["turned support"] == far["free support"] == behind["free support"] == 1


def test_a_word_that_negates_and_leans_does_not_turn_itself():
    counts = zones(pair("Kovac refused the dam."))["sentence"]
    assert (counts["negate"], counts["free oppose"], counts["lean"]) == (1, 1, -1)


def test_counts_are_cut_off_and_the_leaning_is_told_from_all_of_them():
    text = f"Kovac {'praised ' * 5}the {'bad ' * 4}dam."
    counts = zones(pair(text))["sentence"]
    assert counts["support"] == counts["bad"] == MAX_COUNT
    assert counts["lean"] == 1


@pytest.mark.parametrize(
    ("given", "copies"),
    [
        pytest.param(pair("Kovac praised the dam."), [True, False], id="holder first"),
        pytest.param(pair("The dam was praised by Kovac."), [False, False], id="target first"),
        pytest.param(pair("Praise for the dam.", holder=None), [False, True], id="no holder"),
        pytest.param(pair("Kovac is full of praise.", target=None), [True, False], id="no target"),
        pytest.param(PairText("All praise.", None, None), [False, True], id="neither"),
        pytest.param(
            PairText("– praise the dam", Span(0, 1), Span(13, 16)), [False, True],
            id="a holder without a word",
        ),
    ],
)  # fmt: skip
def test_the_copies_are_for_a_holder_who_stands_first_and_for_none(given, copies):
    plain = zones(given)
    assert plain["sentence"]
    nothing = {zone: {} for zone in ZONES}
    assert [zones(given, copy=copy) for copy in (1, 2)] == [
        plain if is_there else nothing for is_there in copies
    ]


def test_without_a_holder_what_stands_before_the_target_stands_between():
    found = zones(pair("Such praise, after so many years, for the dam.", holder=None))
    assert found["between"]["support"] == 1
    assert found["before holder"] == found["behind holder"] == {}


def test_without_a_target_the_end_of_the_sentence_is_its_place():
    found = zones(pair("Kovac is full of praise.", target=None))
    assert found["between"]["support"] == found["before target"]["support"] == 1
    assert found["behind target"] == found["far behind target"] == {}


@pytest.mark.parametrize("text", ["", " \n", "–", "1", "…?!"], ids=repr)
def test_a_text_without_words_that_lean_counts_nothing(text):
    assert not polarity_features(PairText(text, None, None)).any()


def test_names_do_not_count():
    one, other = pair("Kovac praised the dam."), pair("Brandt praised the dike.", holder="Brandt",
                                                      target="dike")  # fmt: skip
    assert polarity_features(one).tolist() == polarity_features(other).tolist()
