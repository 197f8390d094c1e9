"""The behaviour suite: its changes of texts, and what it counts as right."""

from dataclasses import replace

import pytest

from standpoint.codebook import parse_codebook
from standpoint.mentions import MentionMatcher
from train.articles.behaviour import (
    VARIANTS,
    BehaviourInput,
    gold_answer,
    input_of,
    score_behaviour,
    share_right_difference,
)
from train.articles.behaviour.actor_swap import swap_actors
from train.corpora.contrast import ContrastText

CODEBOOK = parse_codebook(
    {
        "name": "dam",
        "title": "The dam on the Drin",
        "actors": [
            {"id": "ruritania", "name": "Ruritania", "kind": "state"},
            {"id": "borduria", "name": "Borduria", "kind": "state"},
            {"id": "kovac", "name": "Ana Kovac", "kind": "person", "aliases": ["Kovac"]},
            {"id": "lind", "name": "Eva Lind", "kind": "person", "aliases": ["Lind"]},
            {"id": "union", "name": "the Farmers' Union", "kind": "organisation"},
            {"id": "agency", "name": "Water Agency", "kind": "organisation"},
            {"id": "bishops", "name": "the bishops", "kind": "organisation"},
            {"id": "syldavia", "name": "Syldavia", "kind": "state"},
        ],
        "issues": [
            {
                "id": "built", "name": "The dam is built", "cues": ["dam", "river dam"],
                "favor": "The river dam is finished soon.", "against": "It is not built.",
            },
            {
                "id": "blame", "name": "Syldavia is to blame", "favor": "It did it.",
                "against": "It did not.", "cues": ["blame"],
            },
        ],
    },
    where="dam",
)  # fmt: skip
FAVOR, AGAINST = frozenset({"favor"}), frozenset({"against"})


def contrast(id, text, *, before="", speaker=None, kind="two-actors", **stances):
    statements = {("built", actor): stance for actor, stance in stances.items()}
    group = id.rpartition("-")[0]
    return ContrastText(id, group, kind, CODEBOOK, "dev", before, text, speaker, statements)


TEXTS = (
    contrast("a-001-a", "Kovac backs the dam, Lind rejects it.", kovac="favor", lind="against"),
    contrast("a-001-b", "Kovac rejects the dam, Lind backs it.", kovac="against", lind="favor"),
    contrast("a-002-a", "Borduria voted for the dam.", kind="act", borduria="favor"),
    contrast("a-002-b", "Borduria heard of the dam.", kind="act", borduria="none"),
)
GOLD = {input_of(text): gold_answer(text) for text in TEXTS}


def variants(name, *texts):
    return [*VARIANTS[name].make(texts or TEXTS)]


def test_behaviour_input_is_the_text_behind_the_sentence_before_with_its_speaker():
    text = contrast("a-003-a", "I back it.", before="A dam is planned.", speaker="kovac")
    assert input_of(text) == BehaviourInput("A dam is planned. I back it.", CODEBOOK, "kovac")


def test_behaviour_gold_counts_none_as_no_side():
    assert gold_answer(TEXTS[3]) == {}
    assert gold_answer(TEXTS[0]) == {("kovac", "built"): FAVOR, ("lind", "built"): AGAINST}


def test_behaviour_of_a_perfect_labeler_is_right_in_every_text_and_group():
    scores = score_behaviour(TEXTS, lambda asked: GOLD.get(asked, {}))
    assert (scores.n_texts, scores.n_groups) == (4, 2)
    assert (scores.overall.texts.value, scores.overall.groups.value) == (1, 1)
    assert (scores.overall.cells.n, scores.overall.wrong_sign.value) == (5, 0)
    assert [*scores.by_kind] == ["two-actors", "act"]
    assert scores.by_kind["act"].texts.n == 2


def test_behaviour_scores_a_wrong_sign_a_missed_and_a_spurious_side():
    answers = {
        TEXTS[0].text: {("kovac", "built"): AGAINST, ("lind", "built"): AGAINST},
        TEXTS[1].text: {("kovac", "built"): AGAINST},
        TEXTS[2].text: {("borduria", "built"): FAVOR},
        TEXTS[3].text: {("borduria", "built"): FAVOR},
    }
    overall = score_behaviour(TEXTS, lambda asked: answers.get(asked.text, {})).overall
    assert (overall.texts.value, overall.texts.n) == (0.25, 4)
    assert (overall.groups.value, overall.groups.n) == (0, 2)
    assert (overall.cells.value, overall.cells.n) == (3 / 6, 6)
    assert (overall.wrong_sign.value, overall.wrong_sign.n) == (0.25, 4)


def test_behaviour_of_a_mixed_cell_is_not_right_and_no_wrong_sign():
    both = {("borduria", "built"): FAVOR | AGAINST}
    overall = score_behaviour(TEXTS[2:], lambda asked: both).overall
    assert (overall.texts.value, overall.cells.value) == (0, 0)
    assert overall.wrong_sign.value == 0


def test_behaviour_of_a_labeler_that_ignores_the_poles_never_flips():
    def by_text(asked):
        return {("borduria", "built"): FAVOR} if "voted" in asked.text else {}

    scores = score_behaviour(TEXTS, by_text)
    poles = scores.variants["poles-exchanged"]
    assert (poles.expectation, poles.texts.value, poles.texts.n) == ("flips", 0, 1)
    assert scores.variants["cues-left-out"].texts.value == 1


def test_behaviour_of_a_labeler_that_reads_the_poles_flips():
    def by_pole(asked):
        builds = "finished" in asked.codebook.issues[0].favor
        return {("borduria", "built"): FAVOR if builds else AGAINST}

    poles = score_behaviour(TEXTS, by_pole).variants["poles-exchanged"]
    assert (poles.texts.value, poles.cells.value, poles.cells.n) == (1, 1, 4)


def test_behaviour_of_poles_exchanged_keeps_the_text_the_names_and_the_cues():
    change = variants("poles-exchanged")[0]
    before, after = change.original.codebook.issues[0], change.changed.codebook.issues[0]
    assert change.original.text == change.changed.text
    assert (after.favor, after.against) == (before.against, before.favor)
    assert (after.name, after.cues) == (before.name, before.cues)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kovac backs the dam, Eva Lind rejects it.", "Lind backs the dam, Ana Kovac rejects it."),
        ("Borduria told Ruritania so.", "Ruritania told Borduria so."),
        (
            "The Farmers' Union sued the Water Agency.",
            "The Water Agency sued the Farmers' Union.",
        ),
    ],
)
def test_behaviour_actors_of_one_kind_exchange_their_names(text, expected):
    swap = swap_actors(BehaviourInput(text, CODEBOOK), MentionMatcher(CODEBOOK))
    assert swap.changed.text == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Kovac backs the dam.", id="one actor"),
        pytest.param("Kovac told Borduria so.", id="two kinds"),
        pytest.param("Kovac said she had met Lind.", id="a pronoun that shows the gender"),
        pytest.param("Borduria accused Syldavia.", id="an actor whom an issue is about"),
        pytest.param("Borduria's farmers sued a Water Agency.", id="no second name"),
        pytest.param("The Water Agency sued the bishops.", id="singular and plural"),
        pytest.param("The Farmers' Union and the Water Agency met; the Union lost.", id="a part"),
    ],
)
def test_behaviour_names_are_not_exchanged_where_the_sentence_would_not_stay_right(text):
    assert swap_actors(BehaviourInput(text, CODEBOOK), MentionMatcher(CODEBOOK)) is None


def test_behaviour_of_exchanged_actors_is_their_exchanged_answer():
    asked = BehaviourInput("Kovac answered Lind.", CODEBOOK, "lind")
    swap = swap_actors(asked, MentionMatcher(CODEBOOK))
    assert swap.changed.author == "kovac"
    assert swap.expected({("kovac", "built"): FAVOR, ("union", "built"): AGAINST}) == {
        ("lind", "built"): FAVOR, ("union", "built"): AGAINST,
    }  # fmt: skip


def test_behaviour_without_cues_keeps_the_poles():
    for change in variants("cues-left-out"):
        assert not any(issue.cues for issue in change.changed.codebook.issues)
        assert change.changed.codebook.issues[0].favor == CODEBOOK.issues[0].favor


def test_behaviour_of_a_renamed_issue_is_asked_only_where_its_poles_say_enough():
    built, blame = variants("issue-renamed")[0].changed.codebook.issues
    assert built.name == "river dam"
    assert blame.name == "Syldavia is to blame"


@pytest.mark.parametrize("name", ["sentence-before", "sentence-behind"])
def test_behaviour_of_an_irrelevant_sentence_leaves_text_and_before_together(name):
    text = contrast("a-003-a", "Kovac backs it.", before="A dam is planned.")
    (change,) = variants(name, text)
    assert text.full_text in change.changed.text
    assert change.changed.text.startswith(text.full_text) == (name == "sentence-behind")


def test_behaviour_of_an_irrelevant_sentence_has_no_word_of_the_codebook():
    morning = CODEBOOK.issues[0].model_copy(update={"cues": ("mild morning",)})
    codebook = CODEBOOK.model_copy(update={"issues": (morning,)})
    (change,) = variants("sentence-before", replace(TEXTS[0], codebook=codebook))
    assert "morning" not in change.changed.text


def test_behaviour_of_two_texts_is_asked_in_either_order():
    first, second = variants("other-order")
    assert first.original.text == f"{TEXTS[0].text}\n\n{TEXTS[2].text}"
    assert first.changed.text == f"{TEXTS[2].text}\n\n{TEXTS[0].text}"
    assert second.group == "a-001"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"before": "A dam is planned."}, id="a sentence before"),
        pytest.param({"speaker": "kovac"}, id="own words"),
        pytest.param({"text": "This Borduria backs."}, id="pointing back"),
        pytest.param({"text": "Borduria backs it. Kovac went."}, id="two sentences"),
    ],
)
def test_behaviour_of_texts_that_depend_on_another_is_not_asked_in_other_order(changes):
    assert variants("other-order", TEXTS[0], replace(TEXTS[2], **changes)) == []


def test_behaviour_clearly_worse_than_another_is_found_by_groups():
    many = tuple(
        replace(text, id=f"a-{n:03}-a", group=f"g-{n}")
        for n in range(40)
        for text in [TEXTS[n % 2]]
    )  # fmt: skip

    def right(asked):
        return GOLD[asked]

    def silent(asked):
        return {}

    worse = share_right_difference(many, new=silent, old=right)
    assert (worse.new, worse.old, worse.is_clearly_worse) == (0, 1, True)
    assert not share_right_difference(many, new=right, old=silent).is_clearly_worse
    assert not share_right_difference(many, new=right, old=right).is_clearly_worse
