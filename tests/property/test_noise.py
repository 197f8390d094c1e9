"""Noise that a reader does not see changes no answer, and offsets hold under any noise."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.labeler import Labeler
from standpoint.labels import LABELS
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import Span, read_article
from standpoint.text.normalization import normalize, normalized_text

USUAL = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ISSUE = {"name": "D", "favor": "y", "against": "n"}
WORLD = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                {"id": "valdia", "name": "Valdia", "kind": "state", "aliases": ["the V.R."]},
                {"id": "kovac", "name": "Ana Kovac", "kind": "person", "member_of": "valdia"},
                {"id": "greens", "name": "R&D League", "kind": "organisation"},
            ],
            "issues": [
                {**ISSUE, "id": "dam", "cues": ["Mora dam"], "opposite_cues": ["dam moratorium"]},
                {**ISSUE, "id": "tariff", "cues": ["water tariff"]},
            ],
        },
        where="test",
    )
)


class Backs:
    """A judge to whom every pair is in favor."""

    encoder = None
    labels = LABELS["stance"]


@pytest.fixture(autouse=True)
def all_in_favor(monkeypatch):
    import numpy as np

    def judged(pairs, *, models, encoder):
        for pair in pairs:
            assert pair.target.of(pair.text).strip()
        return [np.tile([0.8, 0.1, 0.1], (len(pairs), 1)) for _ in models]

    monkeypatch.setattr("standpoint.labeling.labeler.predict", judged)


def labelled(text):
    result = Labeler(stance=Backs()).label(read_article(text), WORLD)
    assert result.article.text == text
    return result


def check_offsets(result):
    text = result.article.text
    at = 0
    for sentence in result.article.sentences:
        assert sentence.text == sentence.span.of(text)
        assert sentence.span.start >= at
        at = sentence.span.end
    for statement in result.statements:
        pair = statement.pair
        assert result.article.sentences[pair.sentence.index] is pair.sentence
        assert pair.sentence.span.contains(pair.cue.span)
        assert pair.holder_span is None or pair.sentence.span.contains(pair.holder_span)
        as_read = pair.text()
        assert as_read.target.of(as_read.text) == pair.cue.span.of(text)


def said(result):
    """The statements, with the words of each span as a reader sees them."""
    text = result.article.text
    return [
        (
            s.pair.holder,
            s.pair.issue,
            s.pair.kind,
            s.pair.reporter,
            normalized_text(s.pair.cue.span.of(text)),
            normalized_text(s.pair.holder_span.of(text)) if s.pair.holder_span else None,
            normalized_text(s.pair.sentence.text),
        )
        for s in result.statements
    ]


SENTENCES = st.sampled_from(
    [
        "Ana Kovac backs the Mora dam.",
        "“The Mora dam will rise,” Ana Kovac said on Monday.",
        'Valdia rejected a dam moratorium. "Never," it said.',
        "The R&D League, like Valdia's ministry, wants a water tariff and the Mora dam.",
        "According to Ana Kovac, Valdia opposes the water tariff.",
        "She told reporters that the Mora dam would rise.",
        "Il pleut sur la ville. Der Staudamm wird gebaut.",
    ]
)
ARTICLES = st.lists(SENTENCES, min_size=1, max_size=5).flatmap(
    lambda parts: st.sampled_from([" ", "\n\n"]).map(lambda gap: gap.join(parts))
)
UNSEEN = st.sampled_from(
    ["\u00ad", "\u200b", "\ufeff", "\u200e", "\u2060", "\x07", "&shy;", "&#8203;"]
)
AS_ENTITIES = {'"': "&quot;", "&": "&amp;", "“": "&ldquo;", "”": "&#8221;", " ": "&#32;"}


@st.composite
def noisy(draw):
    """An article, and the same with what is not seen put in, and characters as entities."""
    text = draw(ARTICLES)
    places = draw(st.sets(st.integers(0, len(text)), max_size=25))
    entities = draw(st.booleans())
    pieces = []
    for at, letter in enumerate(text + " "):
        if at in places:
            pieces.append(draw(UNSEEN))
        if at < len(text):
            shown = AS_ENTITIES.get(letter, letter) if entities or letter == "&" else letter
            pieces.append(shown)
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r", "\u2028"]))
    return text, "".join(pieces).replace("\n", line_end)


@USUAL
@given(noisy())
def test_noise_that_is_not_seen_changes_no_answer(texts):
    clean, noise = texts
    expected, noisy = labelled(clean), labelled(noise)
    check_offsets(noisy)
    assert said(noisy) == said(expected)
    assert noisy.stances == expected.stances
    assert len(noisy.article.sentences) == len(expected.article.sentences)


ANY_NOISE = st.lists(
    st.one_of(
        SENTENCES,
        UNSEEN,
        st.sampled_from(["\r\n", "\r", "\n\n", '"', "“", "”", "'", "«", "&amp;", "&", "x" * 1_200]),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        st.sampled_from(["Valdia", "the Mora dam", "שלום", "\u202eMora\u202c dam", "Val\u00addia"]),
    ),
    min_size=1,
    max_size=40,
).map("".join)


@USUAL
@given(ANY_NOISE.filter(str.strip))
def test_offsets_hold_under_any_noise(text):
    check_offsets(labelled(text))


@USUAL
@given(ANY_NOISE)
def test_every_seen_character_stands_in_print_in_order(text):
    normalized = normalize(text)
    assert normalized.text == normalized_text(text)
    assert len(normalized.text) == len(normalized.starts) == len(normalized.ends)
    assert list(normalized.starts) == sorted(normalized.starts)
    assert list(normalized.ends) == sorted(normalized.ends)
    for letter, start, end in zip(normalized.text, normalized.starts, normalized.ends, strict=True):
        printed = Span(start, end).of(text)
        assert printed == letter or re.match(r"&|[\r\x85\u2028\u2029]", printed)


@USUAL
@given(ARTICLES.filter(lambda text: "She" not in text))
def test_paragraphs_printed_twice_count_once(text):
    once, twice = labelled(text), labelled(f"{text}\n\n{text.replace(' ', '&nbsp;')}")
    assert len(twice.statements) == 2 * len(once.statements)
    assert twice.stances == once.stances
