import math

import numpy as np
import pytest
from pydantic import ValidationError

from standpoint.errors import PairError
from standpoint.model.encoder import EncodedSentence
from standpoint.model.feature_config import EncoderFeatures, NgramFeatures
from standpoint.model.ngram_features import mark_roles, ngrams_of
from standpoint.model.pairs import PairText, between, check_pair
from standpoint.model.span_features import feature_vector, texts_to_encode
from standpoint.model.syntax_features import syntax_features
from standpoint.text.article import Span

WORDS = NgramFeatures(words=(1, 2), chars=(2, 3), window=2, min_count=1)


def pair(text, *, holder=None, target=None):
    """A pair whose roles are given by their words."""

    def span(words):
        return Span(text.index(words), text.index(words) + len(words)) if words else None

    return PairText(text, span(holder), span(target))


BACKED = pair("Kovac backed the dam.", holder="Kovac", target="dam")


def reading(text, *, n_layers=1):
    """Every character is a token; in layer n its vector is (10 n + 1, its place)."""
    places = np.arange(len(text))
    offsets = np.stack([places, places + 1], axis=1)
    layers = [np.stack([np.full(len(text), 10 * n + 1), places], axis=1) for n in range(n_layers)]
    return EncodedSentence(offsets, np.stack(layers).astype(np.float32), tuple(range(n_layers)))


def encoder_features(**changes):
    plain = {"holder": False, "between": False, "windows": (), "products": False, "signs": False}
    return EncoderFeatures(layers=(0,), **{**plain, **changes})


@pytest.mark.parametrize(
    ("holder", "target", "sentence"),
    [
        pytest.param(
            Span(0, 6),
            None,
            "row 3: holder must lie within the 5 characters of its text, got [0:6].",
            id="holder past the end",
        ),
        pytest.param(
            None,
            Span(5, 6),
            "row 3: target must lie within the 5 characters of its text, got [5:6].",
            id="target past the end",
        ),
        pytest.param(
            Span(0, 3),
            Span(2, 5),
            "row 3: holder and target must not overlap, got [0:3] and [2:5].",
            id="overlap",
        ),
        pytest.param(
            Span(1, 2),
            Span(1, 2),
            "row 3: holder and target must not overlap, got [1:2] and [1:2].",
            id="the same span",
        ),
    ],
)
def test_spans_that_do_not_fit_their_text_are_refused(holder, target, sentence):
    with pytest.raises(PairError) as caught:
        check_pair(PairText("Valda", holder, target), where="row 3")
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("holder", "target"),
    [
        pytest.param(None, None, id="no roles"),
        pytest.param(Span(0, 2), Span(2, 5), id="side by side"),
        pytest.param(Span(3, 5), Span(0, 3), id="target first"),
    ],
)
def test_spans_that_fit_their_text_are_taken(holder, target):
    fitting = PairText("Valda", holder, target)
    assert check_pair(fitting, where="row 3") is fitting


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param(BACKED, " backed the ", id="holder first"),
        pytest.param(
            pair("The dam pleased Kovac.", holder="Kovac", target="dam"),
            " pleased ",
            id="target first",
        ),
        pytest.param(pair("Kovac left.", holder="Kovac"), None, id="no target"),
        pytest.param(pair("A dam fell.", target="dam"), None, id="no holder"),
        pytest.param(PairText("damKovac", Span(3, 8), Span(0, 3)), None, id="side by side"),
    ],
)
def test_what_stands_between_the_roles_is_found(given, words):
    span = between(given)
    assert (span.of(given.text) if span else None) == words


def test_roles_are_marked_in_place():
    assert mark_roles(BACKED) == " ⟦h⟧ Kovac ⟦h⟧  backed the  ⟦t⟧ dam ⟦t⟧ ."


def test_a_sentence_without_roles_is_not_marked():
    assert mark_roles(PairText("Rain fell.", None, None)) == "Rain fell."


def test_marking_does_not_depend_on_which_role_comes_first():
    turned = pair("Kovac backed the dam.", holder="dam", target="Kovac")
    assert mark_roles(turned) == " ⟦t⟧ Kovac ⟦t⟧  backed the  ⟦h⟧ dam ⟦h⟧ ."


def test_word_terms_are_folded_and_hold_the_marks():
    terms = ngrams_of(BACKED, settings=WORDS)
    words = [term for term in terms if term.startswith("w:")]
    assert words[:3] == ["w:⟦h⟧", "w:kovac", "w:⟦h⟧"]
    assert "w:backed the" in words
    assert len(words) == 8 + 7


def test_character_terms_are_of_the_lengths_asked_for():
    terms = ngrams_of(PairText("Ab c", None, None), settings=WORDS)
    assert [term for term in terms if term.startswith("c:")] == [
        "c:ab",
        "c:b ",
        "c: c",
        "c:ab ",
        "c:b c",
    ]


def test_windows_hold_the_words_at_each_role():
    terms = set(
        ngrams_of(
            pair("So Kovac now backed the dam.", holder="Kovac", target="dam"), settings=WORDS
        )
    )
    assert {"⟦h⟧:<so", "⟦h⟧:>now", "⟦h⟧:>backed", "⟦t⟧:<backed", "⟦t⟧:<the"} <= terms
    assert "⟦h⟧:>the" not in terms


def test_a_window_of_no_words_gives_no_terms():
    none = WORDS.model_copy(update={"window": 0})
    assert not any(term.startswith("⟦t⟧:") for term in ngrams_of(BACKED, settings=none))


def test_words_between_the_roles_know_which_role_comes_first():
    turned = pair("Kovac backed the dam.", holder="dam", target="Kovac")
    assert {"b⟦h⟧:backed", "b⟦h⟧:the"} <= set(ngrams_of(BACKED, settings=WORDS))
    assert {"b⟦t⟧:backed", "b⟦t⟧:the"} <= set(ngrams_of(turned, settings=WORDS))


def test_the_same_sentence_with_other_roles_has_other_terms():
    other = pair("Kovac backed the dam.", holder=None, target="dam")
    assert set(ngrams_of(BACKED, settings=WORDS)) != set(ngrams_of(other, settings=WORDS))


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(BACKED, id="both roles"),
        pytest.param(PairText("", None, None), id="nothing"),
        pytest.param(pair("“No,” said Kovac.", holder="Kovac"), id="no target"),
        pytest.param(pair("Would a dam help?", target="dam"), id="no holder"),
    ],
)
def test_signs_are_as_many_as_promised_and_from_0_to_1(given):
    found = list(syntax_features(given))
    assert len(found) == 25
    assert all(0 <= sign <= 1 for sign in found)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        pytest.param("Kovac backed a dam.", "Kovac knew a dam.", id="a judgement between"),
        pytest.param("Kovac wants a dam.", "Kovac never wants a dam.", id="a negation between"),
        pytest.param("Kovac built a dam.", "Kovac could build a dam.", id="a condition"),
        pytest.param("Kovac backed a dam.", "Kovac's team backed a dam.", id="a possessive"),
        pytest.param("Then Kovac saw a dam.", "To Kovac they built a dam.", id="an addressee"),
        pytest.param("Kovac saw a dam.", "Kovac saw a dam?", id="a question"),
        pytest.param("Kovac saw “a dam”.", "Kovac “saw” a dam.", id="quotation marks"),
    ],
)
def test_signs_tell_small_facts_of_grammar_apart(text, other):
    first, second = (
        list(syntax_features(pair(sentence, holder="Kovac", target="dam")))
        for sentence in (text, other)
    )
    # The distance between the roles, third, differs with every word.
    assert first[:2] + first[3:] != second[:2] + second[3:]


def test_signs_do_not_read_the_names():
    other = pair("Lavro backed the gas.", holder="Lavro", target="gas")
    assert list(syntax_features(other)) == list(syntax_features(BACKED))


def test_a_vector_begins_with_the_means_of_sentence_and_target():
    vector = feature_vector(reading(BACKED.text), BACKED, settings=encoder_features())
    assert vector.tolist() == [1, 10, 1, 18]


def test_the_whole_sentence_stands_in_for_a_target_that_is_no_span():
    given = PairText("Kovac left", None, None)
    assert feature_vector(reading(given.text), given, settings=encoder_features()).tolist() == [
        1,
        4.5,
        1,
        4.5,
    ]


def test_a_missing_holder_is_zeros():
    given = pair("A dam", target="dam")
    vector = feature_vector(
        reading(given.text), given, settings=encoder_features(holder=True, products=True)
    )
    # sentence, target, sentence x target, holder, holder x target
    assert vector.tolist() == [1, 2, 1, 3, 1, 6, 0, 0, 0, 0]


def test_a_holder_is_the_mean_of_its_tokens():
    vector = feature_vector(reading(BACKED.text), BACKED, settings=encoder_features(holder=True))
    assert vector.tolist() == [1, 10, 1, 18, 1, 2]


def test_what_stands_between_is_read_where_it_is_asked_for():
    vector = feature_vector(reading(BACKED.text), BACKED, settings=encoder_features(between=True))
    assert vector[4:].tolist() == [1, 10.5]


def test_windows_read_the_words_before_and_after_each_role():
    given = pair("yz ab Kovac cd wx", holder="Kovac")
    vector = feature_vector(
        reading(given.text), given, settings=encoder_features(windows=(1,), holder=True)
    )
    # No target: its two windows are zeros. Before the holder stands "ab", behind it "cd".
    assert vector[6:].tolist() == [0, 0, 0, 0, 1, 3.5, 1, 12.5]


def test_every_part_counts_once_for_each_layer():
    read = reading(BACKED.text, n_layers=2)
    everything = encoder_features(
        holder=True, between=True, windows=(2,), products=True, signs=True
    )
    vector = feature_vector(read, BACKED, settings=everything.model_copy(update={"layers": (0, 1)}))
    width = 2 * 2
    n_parts = len("sentence target product holder product between".split())
    assert vector.shape == ((n_parts + 4) * width + 25,)
    assert vector[-25:].tolist() == pytest.approx(syntax_features(BACKED))


@pytest.mark.parametrize(
    ("kind", "settings", "sentence"),
    [
        pytest.param(EncoderFeatures, {"layers": []}, "at least 1 item", id="no layers"),
        pytest.param(EncoderFeatures, {"layers": [-1]}, "greater than or equal to 0", id="layer"),
        pytest.param(EncoderFeatures, {"windows": (21,)}, "less than or equal to 20", id="windows"),
        pytest.param(EncoderFeatures, {"holders": True}, "Extra inputs", id="unknown key"),
        pytest.param(NgramFeatures, {"window": 51}, "less than or equal to 50", id="window"),
        pytest.param(NgramFeatures, {"min_count": 0}, "greater than or equal to 1", id="count"),
    ],
)
def test_settings_out_of_range_are_refused(kind, settings, sentence):
    sound = {
        EncoderFeatures: encoder_features().model_dump(),
        NgramFeatures: WORDS.model_dump(),
    }
    with pytest.raises(ValidationError, match=sentence):
        kind.model_validate({**sound[kind], **settings})


def test_a_target_that_is_no_span_is_read_by_its_own_words():
    given = PairText("Kovac left", None, None, topic="dam")
    names = {"dam": reading("dam")}
    settings = encoder_features()
    vector = feature_vector(reading(given.text), given, settings=settings, texts=names)
    assert vector.tolist() == [1, 4.5, 1, 1]
    assert texts_to_encode(given, settings=settings) == ["dam"]
    assert texts_to_encode(BACKED, settings=settings) == []


def test_a_holder_who_is_not_named_is_read_by_his_name_where_holders_are_read():
    given = PairText("They left", None, Span(5, 9), holder_name="Kovac")
    settings = encoder_features(holder=True)
    assert texts_to_encode(given, settings=settings) == ["Kovac"]
    names = {"Kovac": reading("Kovac")}
    vector = feature_vector(reading(given.text), given, settings=settings, texts=names)
    assert vector[-2:].tolist() == [1, 2]
    assert texts_to_encode(given, settings=encoder_features()) == []


def test_names_of_both_roles_are_read_apart_also_where_they_stand_in_the_text():
    settings = encoder_features(names=True, products=True)
    assert texts_to_encode(BACKED, settings=settings) == ["Kovac", "dam"]
    names = {"Kovac": reading("Kovac"), "dam": reading("dam")}
    vector = feature_vector(reading(BACKED.text), BACKED, settings=settings, texts=names)
    holder, target, sentence = np.array([1, 2]), np.array([1, 1]), vector[:2]
    expected = [holder, target, holder * target, sentence * holder, sentence * target]
    assert vector[6:].tolist() == pytest.approx(np.concatenate(expected).tolist())


def test_differences_cosines_and_maxima_compare_target_and_sentence():
    given = pair("abc", target="c")
    settings = encoder_features(differences=True, cosines=True, maxima=True)
    vector = feature_vector(reading("abc"), given, settings=settings)
    cosine = (1 * 1 + 1 * 2) / math.sqrt(2 * 5)
    assert vector.tolist() == pytest.approx([1, 1, 1, 2, 0, 1, cosine, 1, 2])


def test_a_cosine_with_nothing_is_nothing():
    nothing = EncodedSentence(np.array([[0, 1]]), np.zeros((1, 1, 2), np.float32), (0,))
    settings = encoder_features(cosines=True)
    vector = feature_vector(nothing, PairText("a", None, None), settings=settings)
    assert vector.tolist() == [0, 0, 0, 0, 0]


def test_tokens_around_a_role_weigh_less_the_farther_they_are():
    given = pair("abcde", target="b")
    vector = feature_vector(reading("abcde"), given, settings=encoder_features(decays=(2.0,)))
    weights = {0: math.exp(-1 / 2), 2: math.exp(-1 / 2), 3: math.exp(-1), 4: math.exp(-3 / 2)}
    mean = sum(place * weight for place, weight in weights.items()) / sum(weights.values())
    assert vector[4:].tolist() == pytest.approx([1, mean], rel=1e-5)


@pytest.mark.parametrize(
    "given",
    [pair("abc", target="abc"), PairText("abc", None, None), PairText("abc", None, Span(1, 2))],
    ids=["nothing around it", "no target", "some"],
)
def test_what_stands_around_a_role_lies_within_the_sentence(given):
    vector = feature_vector(reading("abc"), given, settings=encoder_features(decays=(2.0, 9.0)))
    assert vector[4:].tolist() == pytest.approx([1, 1, 1, 1])


def test_ngrams_within_words_do_not_cross_from_one_to_the_next():
    inside = WORDS.model_copy(update={"within_words": True, "chars": (3, 3)})
    found = {t for t in ngrams_of(PairText("Ab cd", None, None), settings=inside) if t[:2] == "c:"}
    assert found == {"c: ab", "c:ab ", "c: cd", "c:cd "}


def test_names_that_are_not_in_the_text_are_ngrams_of_their_role():
    given = PairText("They left", None, None, topic="The dam", holder_name="Kovac")
    terms = ngrams_of(given, settings=WORDS)
    assert {"⟦t⟧:=the", "⟦t⟧:=dam", "⟦h⟧:=kovac"} <= set(terms)
