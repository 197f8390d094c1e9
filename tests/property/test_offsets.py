"""Offsets always hold: for sentences of any text, and for what is read in news-like ones."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standpoint.attribution.extraction import find_attributions
from standpoint.codebook.parsing import parse_codebook
from standpoint.coreference.resolver import resolve_references
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import Article, read_article
from standpoint.text.phrase_tokens import phrase_words
from standpoint.text.quotes import find_quotes
from standpoint.text.sentences import MAX_SENTENCE_CHARS
from standpoint.text.tokens import words_of

# Slow machines are no fault of what is tested.
USUAL = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORLD = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                {
                    "id": "valdia",
                    "name": "Valdia",
                    "kind": "state",
                    "aliases": ["Valdia's government"],
                },
                {
                    "id": "usa",
                    "name": "the United States",
                    "kind": "state",
                    "aliases": ["US", "U.S."],
                },
                {"id": "kovac", "name": "Ana Kovac", "kind": "person", "member_of": "valdia"},
                {"id": "brandt", "name": "Peter Brandt", "kind": "person"},
                {"id": "oslo", "name": "Oslo Agency", "kind": "organisation"},
            ],
            "issues": [
                {
                    "id": "dam",
                    "name": "The dam",
                    "favor": "It is built.",
                    "against": "It is not.",
                    "cues": ["Mora dam", "build the dam", "Valdia's dam"],
                    "opposite_cues": ["dam moratorium"],
                },
                {
                    "id": "tariff",
                    "name": "The tariff",
                    "favor": "It is raised.",
                    "against": "It is not.",
                    "cues": ["water tariff"],
                },
            ],
        },
        where="test",
    )
)

# Marks of direction, joiners, combining accents and the punctuation that ends sentences come up far
# more often than chance would have them.
AWKWARD = " \n\t.?!,:;\"'“”‘’«»()[]-—…\u200e\u200f\u202b\u202e\u202c\u2067\u2069\u200d\u0301\u0308\u00a0\ufeff"
CHARACTERS = st.one_of(
    st.sampled_from(AWKWARD),
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
)
PIECES = st.one_of(
    CHARACTERS,
    st.sampled_from(
        [
            "Mr. ",
            "U.S. ",
            "e\u0301",
            "said ",
            "שלום",
            "سلام",
            "👩‍🚀",
            "\n\n",
            '." ',
            ".” ",
            "x" * 300,
        ]
    ),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=60).map("".join).filter(str.strip)

ACTORS = st.sampled_from(
    [
        "Ana Kovac",
        "Foreign Minister Ana Kovac",
        "Peter Brandt",
        "Valdia",
        "Valdia's government",
        "Valdia’s ministry",
        "The U.S.",
        "She",
        "The minister",
        "Valdian officials",
        "It",
        "They",
        "Both governments",
        "Her government",
        "VALDIAS",
        "The Oslo Agency",
        "A US-led team",
        "Observers",
        "Peter\u200f Brandt",
        "Ana Kovac\u0301",
    ]
)
CUES = st.sampled_from(
    [
        "the Mora dam",
        "Mora’s giant dam",
        "a dam moratorium",
        "the water tariff",
        "Valdia's dam",
        "plans to build the dam",
        "the weather",
        "the \u202bMora dam\u202c",
    ]
)
SHAPES = st.sampled_from(
    [
        "{a} said {b} opposes {c}.",
        "{a} said: “We want {c}. {b} does not,” and left.",
        "“{b} will see {c},” {a} said.",
        "“Is it {c}?” asked {a}.",
        '"We," said {a}, "want {c} and {d}."',
        "'We like {c} now,' {a} told {b}.",
        "{c} was rejected by {a}.",
        "According to {a}, {b} backed {c}.",
        "{c} will rise, according to {a}.",
        "{a} quoted {b} as saying that {c} will rise.",
        "“{c} stays,” {a} quoted {b} as saying.",
        "{a} backed {c} but {b} rejected {d}; nobody asked.",
        "“{c} stays.",
        "{c} stays.”",
        "“{d}!”",
        "{a}, like {b}, signed a treaty on {c}",
        "👩‍🚀 {a} met {b}",
    ]
)
SENTENCES = st.builds(
    lambda shape, a, b, c, d: shape.format(a=a, b=b, c=c, d=d), SHAPES, ACTORS, ACTORS, CUES, CUES
)
ARTICLES = st.lists(
    st.tuples(SENTENCES, st.sampled_from([" ", " ", "\n", "\n\n", "\u2029"])),
    min_size=1,
    max_size=6,
).map(lambda parts: "".join(sentence + gap for sentence, gap in parts))


@USUAL
@given(TEXTS)
def test_every_sentence_is_the_text_at_its_span(text):
    article = read_article(text)
    assert article.text == text
    for number, sentence in enumerate(article.sentences):
        assert text[sentence.span.start : sentence.span.end] == sentence.text
        assert sentence.index == number
        assert 0 < len(sentence.text) <= MAX_SENTENCE_CHARS
        assert sentence.text == sentence.text.strip()


@USUAL
@given(TEXTS)
def test_sentences_stand_in_order_apart_and_leave_out_only_white_space(text):
    sentences = read_article(text).sentences
    at = 0
    for sentence in sentences:
        assert not text[at : sentence.span.start].strip()
        assert sentence.span.start >= at
        at = sentence.span.end
    assert not text[at:].strip()
    assert [s.paragraph for s in sentences] == sorted(s.paragraph for s in sentences)


@USUAL
@given(TEXTS)
def test_words_stand_in_order_and_are_the_text_at_their_offsets(text):
    at = 0
    for word in words_of(text):
        assert at <= word.start < word.end
        assert text[word.start : word.end] == word.text
        at = word.end


@USUAL
@given(TEXTS | st.sampled_from(["§", "—#", "@", "per cent", "##%"]))
def test_words_of_phrases_stand_in_order_and_within_the_text(text):
    words = phrase_words(text)
    assert [word.start for word in words] == sorted(word.start for word in words)
    assert all(0 <= word.start < word.end <= len(text) for word in words)


@USUAL
@given(TEXTS)
def test_quotations_of_any_text_stand_in_order_apart_and_within_it(text):
    spans = find_quotes(read_article(text))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.end <= len(text) for span in spans)


@USUAL
@given(ARTICLES)
def test_mentions_of_actors_and_cues_lie_in_their_sentence_and_apart(text):
    for sentence in read_article(text).sentences:
        for mentions in (WORLD.actors_in(sentence), WORLD.cues_in(sentence)):
            spans = [mention.span for mention in mentions]
            assert all(a.end <= b.start for a, b in pairwise(spans))
            for span in spans:
                assert sentence.span.contains(span)
                words = text[span.start : span.end]
                assert words == words.strip()
                assert words[0].isalnum()


@USUAL
@given(ARTICLES)
def test_references_lie_in_their_sentence_and_no_pronoun_is_a_first_person(text):
    article = read_article(text)
    for mention in AnnotatedArticle(article, WORLD).mentions:
        words = text[mention.span.start : mention.span.end]
        assert article.sentences[mention.sentence].span.contains(mention.span)
        assert words == words.strip()
        if mention.how == "pronoun":
            assert words.isalpha()
            assert words.casefold() not in {"i", "me", "my", "we", "us", "our"}


@USUAL
@given(ARTICLES)
def test_what_is_resolved_does_not_hang_on_what_comes_later(text):
    """Reading on changes nothing, so long as the sentences before stay as they are."""
    article = read_article(text)
    whole = AnnotatedArticle(article, WORLD).mentions
    for count in range(1, len(article.sentences)):
        begun = Article("begun", text, article.sentences[:count])
        named = [mention for s in begun.sentences for mention in WORLD.actors_in(s)]
        found = resolve_references(
            begun, named, profiles=WORLD.profiles, quotes=find_quotes(article)
        )
        later = [m for m in whole if m.sentence < count and m not in named]
        assert found == later


@USUAL
@given(ARTICLES)
def test_attributions_lie_in_the_article_and_name_their_source_as_printed(text):
    article = read_article(text)
    actors = [mention for s in article.sentences for mention in WORLD.actors_in(s)]
    for attribution in find_attributions(article, actors, quotes=find_quotes(article)):
        assert attribution.content.end <= len(text)
        source = attribution.source
        assert (source.span is None) == (source.text is None)
        if source.span is not None:
            assert text[source.span.start : source.span.end] == source.text


@USUAL
@given(ARTICLES)
def test_a_pair_lies_in_its_sentence_and_its_holder_is_not_its_cue(text):
    article = read_article(text)
    for pair in read_pairs(AnnotatedArticle(article, WORLD)):
        assert article.sentences[pair.sentence.index] is pair.sentence
        assert pair.sentence.span.contains(pair.cue.span)
        if pair.holder_span is not None:
            assert pair.sentence.span.contains(pair.holder_span)
            assert not pair.holder_span.overlaps(pair.cue.span)


@USUAL
@given(ARTICLES)
def test_a_pair_reads_the_same_from_its_sentence_and_from_the_article(text):
    for pair in read_pairs(AnnotatedArticle(read_article(text), WORLD)):
        given_text = pair.text()
        assert (
            given_text.target.of(given_text.text) == text[pair.cue.span.start : pair.cue.span.end]
        )
        assert (given_text.holder is None) == (pair.holder_span is None)
        if pair.holder_span is not None:
            named = text[pair.holder_span.start : pair.holder_span.end]
            assert given_text.holder.of(given_text.text) == named


@USUAL
@given(ARTICLES)
def test_no_holder_meets_the_same_cue_twice_and_cues_come_in_order(text):
    pairs = read_pairs(AnnotatedArticle(read_article(text), WORLD))
    met = [(pair.holder, pair.cue.span) for pair in pairs]
    assert len(set(met)) == len(met)
    starts = [pair.cue.span.start for pair in pairs]
    assert starts == sorted(starts)
