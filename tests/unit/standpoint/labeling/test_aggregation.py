from dataclasses import replace

import numpy as np
import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.codebook.schema import lineage
from standpoint.labeling.aggregation import CountedStatement, aggregate_stances, noisy_or
from standpoint.labeling.labeler import Labeler
from standpoint.labeling.weights import Pooling, Weights
from standpoint.mentions.matcher import MentionMatcher
from standpoint.model.linear import Head, LinearModel
from standpoint.model.manifest import Manifest
from standpoint.text.article import read_article

NO_PARENTS = {}
# Whatever the defaults are fitted to be.
PLAIN = {"min_confidence": 0.5, "pooling": Pooling(mixed_from=0.5)}
PARTY = {"kovac": "greens", "brandt": "greens", "greens": "coalition"}


def judged(holder, stance, confidence=0.8, *, issue="dam", kind="paraphrase", words=""):
    return CountedStatement(holder, issue, stance, confidence, confidence < 0.5, kind, words)


def table(*statements, parents=NO_PARENTS, **options):
    rows = aggregate_stances(statements, parents=parents, **(PLAIN | options))
    assert len({(row.actor, row.issue) for row in rows}) == len(rows)
    return {(row.actor, row.issue): row for row in rows}


def test_no_statements_make_no_table():
    assert table() == {}


@pytest.mark.parametrize("side", ["favor", "against"])
def test_one_statement_makes_one_cell(side):
    row = table(judged("kovac", side, 0.7))["kovac", "dam"]
    assert (row.stance, row.n_statements, row.via) == (side, 1, ())
    assert row.confidence == pytest.approx(0.7)
    assert (row.n_favor, row.n_against) == (int(side == "favor"), int(side == "against"))


def test_statements_that_agree_make_a_side_surer():
    row = table(judged("kovac", "favor", 0.6), judged("kovac", "favor", 0.5))["kovac", "dam"]
    assert row.confidence == pytest.approx(0.8)
    assert row.n_statements == 2


def test_issues_and_actors_are_kept_apart():
    rows = table(
        judged("kovac", "favor"),
        judged("kovac", "against", issue="tariff"),
        judged("brandt", "against"),
    )
    assert {key: row.stance for key, row in rows.items()} == {
        ("kovac", "dam"): "favor",
        ("kovac", "tariff"): "against",
        ("brandt", "dam"): "against",
    }


def test_two_sides_are_mixed_and_as_sure_as_the_weaker():
    row = table(
        judged("kovac", "favor", 0.9),
        judged("kovac", "favor", 0.9),
        judged("kovac", "against", 0.6),
    )["kovac", "dam"]
    assert (row.stance, row.n_statements, row.n_favor, row.n_against) == ("mixed", 3, 2, 1)
    assert row.confidence == pytest.approx(0.6)


def test_a_statement_without_a_side_does_not_weaken_one_that_takes_it():
    row = table(judged("kovac", "favor", 0.7), judged("kovac", "none", 0.99))["kovac", "dam"]
    assert (row.stance, row.n_statements) == ("favor", 1)
    assert row.confidence == pytest.approx(0.7)


def test_a_cell_without_a_side_is_left_out_unless_it_is_asked_for():
    assert table(judged("kovac", "none")) == {}
    row = table(judged("kovac", "none"), include_none=True)["kovac", "dam"]
    assert (row.stance, row.n_statements) == ("none", 1)


def test_what_was_not_decided_is_abstained_and_not_none():
    row = table(judged("kovac", "favor", 0.45), judged("kovac", "none", 0.4))["kovac", "dam"]
    assert (row.stance, row.n_statements, row.n_favor, row.n_against) == ("abstained", 2, 0, 0)
    assert row.confidence == pytest.approx(0.45)


def test_an_unsure_statement_takes_no_side_beside_a_decision():
    row = table(judged("kovac", "favor", 0.8), judged("kovac", "against", 0.45))["kovac", "dam"]
    assert (row.stance, row.n_favor, row.n_against, row.n_statements) == ("favor", 1, 0, 1)
    assert row.confidence == pytest.approx(0.8)


def test_unsure_statements_that_agree_take_a_side_together():
    row = table(judged("kovac", "favor", 0.4), judged("kovac", "favor", 0.3))["kovac", "dam"]
    assert (row.stance, row.n_favor, row.n_statements) == ("favor", 2, 2)
    assert row.confidence == pytest.approx(1 - 0.6 * 0.7)


def test_unsure_statements_that_agree_outdo_one_that_is_sure_of_no_side():
    row = table(
        judged("kovac", "against", 0.45), judged("kovac", "against", 0.45), judged("kovac", "none")
    )["kovac", "dam"]
    assert row.stance == "against"


def test_an_unsure_statement_beside_one_that_takes_no_side_leaves_the_cell_without_one():
    row = table(judged("kovac", "favor", 0.45), judged("kovac", "none", 0.6), include_none=True)[
        "kovac", "dam"
    ]
    assert (row.stance, row.n_statements, row.n_favor) == ("none", 1, 0)
    assert row.confidence == pytest.approx(0.6)


def test_unsure_statements_make_a_surer_side_mixed_where_they_agree():
    row = table(judged("kovac", "favor", 0.9), *[judged("kovac", "against", 0.45)] * 2)[
        "kovac", "dam"
    ]
    assert (row.stance, row.n_favor, row.n_against) == ("mixed", 1, 2)
    assert row.confidence == pytest.approx(1 - 0.55**2)


@pytest.mark.parametrize(
    ("floor", "stance"),
    [(0.0, "favor"), (0.6, "favor"), (0.61, "abstained"), (1.0, "abstained")],
)
def test_a_side_is_taken_from_the_confidence_asked_for(floor, stance):
    sure = CountedStatement("kovac", "dam", "favor", 0.6, floor > 0.6)
    assert table(sure, min_confidence=floor)["kovac", "dam"].stance == stance


def test_a_statement_of_no_confidence_takes_no_side_even_where_none_is_asked_for():
    nothing = CountedStatement("kovac", "dam", "favor", 0.0, abstained=False)
    assert table(nothing, min_confidence=0)["kovac", "dam"].stance == "abstained"


@pytest.mark.parametrize(
    ("mixed_from", "floor", "stance"),
    [
        pytest.param(0.7, 0.5, "mixed", id="both sides reach it"),
        pytest.param(0.71, 0.5, "favor", id="the weaker does not"),
        pytest.param(0.0, 0.71, "favor", id="the weaker is not sure enough to be taken"),
        pytest.param(0.0, 0.91, "abstained", id="neither is"),
    ],
)
def test_a_cell_is_mixed_where_the_weaker_side_is_sure_enough(mixed_from, floor, stance):
    sides = {"favor": 0.9, "against": 0.7}
    both = [
        CountedStatement("kovac", "dam", side, sure, sure < floor) for side, sure in sides.items()
    ]
    options = {"pooling": Pooling(mixed_from=mixed_from), "min_confidence": floor}
    assert table(*both, **options)["kovac", "dam"].stance == stance


def test_the_stronger_side_stands_whichever_it_is():
    pooling = Pooling(mixed_from=0.95)
    row = table(judged("kovac", "favor", 0.7), judged("kovac", "against", 0.9), pooling=pooling)[
        "kovac", "dam"
    ]
    assert (row.stance, row.n_favor, row.n_against, row.n_statements) == ("against", 1, 1, 1)
    assert row.confidence == pytest.approx(0.9)


def test_a_kind_that_weighs_half_counts_half_of_a_statement():
    pooling = Pooling(weights=Weights(narrator=0.5))
    halves = [judged("kovac", "favor", 0.6, kind="narrator")] * 2
    assert table(*halves, pooling=pooling)["kovac", "dam"].confidence == pytest.approx(0.6)
    quoted = judged("kovac", "favor", 0.6, kind="quote")
    assert table(quoted, pooling=pooling)["kovac", "dam"].confidence == pytest.approx(0.6)


def test_a_statement_that_weighs_little_takes_no_side_alone():
    pooling = Pooling(weights=Weights(act=0.1))
    row = table(judged("kovac", "favor", 0.9, kind="act"), pooling=pooling)["kovac", "dam"]
    assert (row.stance, row.confidence) == ("abstained", 0.9)


def test_the_same_words_count_once_and_as_the_surest():
    row = table(
        judged("kovac", "favor", 0.6, words="I back it."),
        judged("kovac", "favor", 0.7, words=" I  BACK it.\n"),
        judged("kovac", "favor", 0.5, words="I want it."),
    )["kovac", "dam"]
    assert row.n_statements == 2
    assert row.confidence == pytest.approx(1 - 0.3 * 0.5)


def test_the_same_words_count_as_the_kind_that_weighs_most():
    pooling = Pooling(weights=Weights(narrator=0.1))
    statements = [
        judged("kovac", "favor", 0.7, words="I back it.", kind="narrator"),
        judged("kovac", "favor", 0.6, words="I back it.", kind="quote"),
    ]
    for order in (statements, statements[::-1]):
        row = table(*order, pooling=pooling)["kovac", "dam"]
        assert (row.stance, row.n_statements) == ("favor", 1)
        assert row.confidence == pytest.approx(0.6)


@pytest.mark.parametrize(
    "changes",
    [{"holder": "brandt"}, {"issue": "tariff"}, {"stance": "against"}, {"words": "Yes."}],
    ids=str,
)
def test_words_are_the_same_only_of_one_holder_on_one_issue_with_one_stance(changes):
    statement = judged("kovac", "favor", 0.6, words="I back it.")
    rows = table(statement, replace(statement, **changes), parents=PARTY)
    assert rows["greens", "dam"].n_statements + ("issue" in changes) == 2


def test_a_member_counts_for_everything_it_is_a_member_of():
    rows = table(judged("kovac", "favor"), parents=PARTY)
    assert {key[0]: row.via for key, row in rows.items()} == {
        "kovac": (),
        "greens": ("kovac",),
        "coalition": ("kovac",),
    }
    assert {row.stance for row in rows.values()} == {"favor"}


def test_an_organisation_does_not_count_for_its_members():
    assert set(table(judged("greens", "favor"), parents=PARTY)) == {
        ("greens", "dam"),
        ("coalition", "dam"),
    }


def test_members_who_disagree_make_their_organisation_mixed():
    rows = table(judged("kovac", "favor"), judged("brandt", "against"), parents=PARTY)
    assert rows["greens", "dam"].stance == "mixed"
    assert rows["greens", "dam"].via == ("kovac", "brandt")
    assert rows["kovac", "dam"].stance == "favor"
    assert rows["brandt", "dam"].stance == "against"


def test_a_member_who_takes_no_side_is_not_named():
    rows = table(judged("kovac", "favor"), judged("brandt", "none"), parents=PARTY)
    assert rows["greens", "dam"].via == ("kovac",)


def test_an_organisation_that_speaks_for_itself_is_not_its_own_member():
    rows = table(judged("greens", "favor"), judged("kovac", "favor"), parents=PARTY)
    assert rows["greens", "dam"].via == ("kovac",)
    assert rows["greens", "dam"].n_statements == 2


def test_rows_stand_in_the_order_in_which_they_are_first_met():
    rows = aggregate_stances(
        [judged("brandt", "favor"), judged("ivo", "favor"), judged("brandt", "favor")],
        parents={"brandt": "greens"},
    )
    assert [row.actor for row in rows] == ["brandt", "greens", "ivo"]


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        ("kovac", ["kovac", "greens", "coalition"]),
        ("coalition", ["coalition"]),
        ("nobody", ["nobody"]),
    ],
)
def test_a_lineage_goes_from_the_nearest_to_the_widest(actor, expected):
    assert lineage(actor, PARTY) == expected


def test_a_lineage_in_a_circle_ends():
    assert lineage("a", {"a": "b", "b": "a"}) == ["a", "b"]


@pytest.mark.parametrize(
    ("confidences", "expected"),
    [([], 0.0), ([0.3], 0.3), ([0.5, 0.5], 0.75), ([0.2, 1.0], 1.0), ([0.0, 0.0], 0.0)],
)
def test_the_chance_that_one_of_several_is_right(confidences, expected):
    assert noisy_or(judged("a", "favor", c) for c in confidences) == pytest.approx(expected)


# --- from a text to the table, by a model of three words ------------------------

BOOK = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                {"id": "greens", "name": "River League", "kind": "organisation"},
                {"id": "kovac", "name": "Ana Kovac", "kind": "person", "member_of": "greens"},
            ],
            "issues": [
                {
                    "id": "dam",
                    "name": "The dam",
                    "favor": "It is built.",
                    "against": "It is not.",
                    "cues": ["Mora dam"],
                    "opposite_cues": ["moratorium"],
                }
            ],
        },
        where="test",
    )
)


def words_model(task="stance"):
    """A model that knows "backs", "opposes", "mulls" and, faintly for it, "warms"."""
    labels = {
        "stance": ("favor", "against", "none"),
        "sentiment": ("positive", "neutral", "negative"),
    }
    terms = ("w:backs", "w:opposes", "w:mulls", "w:warms")
    weights = np.array([[5, 0, 0], [0, 5, 0], [1.6, 1.5, 1.5], [2, 1.9, 0]], dtype=np.float32)
    manifest = Manifest(
        format=1,
        task=task,
        labels=labels[task],
        features={"kind": "ngrams", "words": (1, 1), "chars": (1, 0), "window": 0, "min_count": 1},
        encoder=None,
        run_id="r1",
        config="words",
        created="2025-01-01T00:00:00+00:00",
        corpus={},
        scores={},
        note="",
        files={},
    )
    bias = np.array([0, 0, 1], dtype=np.float32)
    return LinearModel(manifest, Head(weights, bias, 1.0, np.ones(4, dtype=np.float32)), terms)


def labelled(text, **options):
    include_none = options.pop("include_none", False)
    labeler = Labeler(stance=words_model(), **options)
    return labeler.label(read_article(text), BOOK, include_none=include_none)


def cells(text, **options):
    return {row.actor: row.stance for row in labelled(text, **options).stances}


def test_a_person_who_backs_an_issue_is_for_it_and_so_is_the_party():
    rows = labelled("Ana Kovac backs the Mora dam.").stances
    assert [(row.actor, row.stance, row.via) for row in rows] == [
        ("kovac", "favor", ()),
        ("greens", "favor", ("kovac",)),
    ]


def test_backing_the_opposite_of_an_issue_is_being_against_it():
    (statement,) = labelled("The River League backs a moratorium.").statements
    assert statement.stance == "against"
    assert list(statement.probabilities) == ["favor", "against", "none"]
    assert statement.probabilities["against"] == max(statement.probabilities.values())
    assert sum(statement.probabilities.values()) == pytest.approx(1)


def test_opposing_the_opposite_of_an_issue_is_being_for_it():
    assert cells("The River League opposes a moratorium.") == {"greens": "favor"}


def test_a_person_who_says_both_makes_a_mixed_cell():
    text = "Ana Kovac backs the Mora dam. On Monday Ana Kovac opposes the Mora dam."
    assert cells(text) == {"kovac": "mixed", "greens": "mixed"}


def test_below_the_confidence_asked_for_a_statement_abstains():
    text = "Ana Kovac mulls the Mora dam."
    (statement,) = labelled(text, min_confidence=0.9).statements
    assert statement.abstained
    assert cells(text, min_confidence=0.9) == {"kovac": "abstained", "greens": "abstained"}
    assert not labelled(text, min_confidence=0.1).statements[0].abstained


def test_statements_that_abstain_one_by_one_take_a_side_together():
    texts = ["Ana Kovac warms to the Mora dam.", "On Monday Ana Kovac warms to the Mora dam."]
    results = [labelled(text, min_confidence=0.5) for text in (*texts, " ".join(texts))]
    assert [row.stances[0].stance for row in results] == ["abstained", "abstained", "favor"]
    assert [s.abstained for s in results[-1].statements] == [True, True]


def test_a_sentence_printed_twice_changes_no_cell():
    text = "Ana Kovac backs the Mora dam."
    assert labelled(f"{text}\n\n{text}").stances == labelled(text).stances
    assert len(labelled(f"{text}\n\n{text}").statements) == 2


def test_statements_of_the_parts_of_an_article_give_the_table_of_the_whole():
    parts = [
        "Ana Kovac backs the Mora dam. The River League mulls the Mora dam.",
        "The River League opposes a moratorium. Ana Kovac saw the Mora dam.",
        "Ana Kovac mulls the Mora dam.",
    ]
    said = [s for part in parts for s in labelled(part).statements]
    rows = aggregate_stances(
        [
            CountedStatement(s.pair.holder, s.pair.issue, s.stance, s.confidence, s.abstained, s.pair.kind,
                   s.pair.sentence.text)
            for s in said
        ],
        parents=BOOK.codebook.parents(),
    )  # fmt: skip
    assert tuple(rows) == labelled("\n\n".join(parts)).stances
    assert len(said) == len(labelled("\n\n".join(parts)).statements)


def test_a_confidence_of_one_hundred_percent_is_asked_for_in_vain():
    assert set(cells("Ana Kovac backs the Mora dam.", min_confidence=1).values()) == {"abstained"}


def test_a_neutral_mention_is_shown_only_where_it_is_asked_for():
    text = "Ana Kovac saw the Mora dam."
    assert cells(text) == {}
    assert cells(text, include_none=True) == {"kovac": "none", "greens": "none"}


def test_an_article_without_the_codebooks_actors_has_an_empty_table():
    result = labelled("Rain falls on the Mora dam.")
    assert (result.statements, result.stances) == ((), ())


def test_the_tone_comes_from_the_sentiment_model_and_is_not_turned():
    text = "Ana Kovac backs a moratorium."
    (statement,) = labelled(text, sentiment=words_model("sentiment")).statements
    assert (statement.stance, statement.sentiment) == ("against", "positive")
    assert labelled(text).statements[0].sentiment is None
