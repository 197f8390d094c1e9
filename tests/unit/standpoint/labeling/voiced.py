"""Articles annotated under a small codebook, for the tests of voices."""

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.labeling.offsets import normalize_article
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article

ACTORS = [
    {"id": "kovac", "name": "Ana Kovac", "kind": "person", "aliases": ["President Kovac"]},
    {"id": "brandt", "name": "Peter Brandt", "kind": "person"},
    {"id": "leyen", "name": "Ursula von der Leyen", "kind": "person"},
    {"id": "kishida", "name": "Fumio Kishida", "kind": "person"},
    {"id": "zelensky", "name": "Volodymyr Zelenskyy", "kind": "person"},
    {"id": "okonkwo", "name": "Chidi Okonkwo", "kind": "person", "aliases": ["@ChidiOkonkwo"]},
    {"id": "jean-pierre", "name": "Karine Jean-Pierre", "kind": "person"},
    {"id": "valdia", "name": "Valdia", "kind": "state"},
    {"id": "oster", "name": "Oster", "kind": "state"},
    {"id": "greens", "name": "Greens", "kind": "organisation"},
    {"id": "liberals", "name": "Liberals", "kind": "organisation"},
    {"id": "labour", "name": "Labour", "kind": "organisation"},
    {"id": "administration", "name": "Kovac administration", "kind": "organisation"},
]
WORLD = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": ACTORS,
            "issues": [
                {"id": "dam", "name": "The dam", "favor": "y", "against": "n", "cues": ["dam"]},
                {"id": "quota", "name": "Quota", "favor": "y", "against": "n", "cues": ["quota"]},
            ],
        },
        where="test",
    )
)


def annotate(text, *, author=None):
    article = normalize_article(read_article(text, author=author)).article
    return AnnotatedArticle(article, WORLD)


def voices(text, *, author=None):
    """The actors whose words each sentence is, by its text; sentences without a voice left out."""
    annotated = annotate(text, author=author)
    return {
        sentence.text: annotated.voices[sentence.index].actors
        for sentence in annotated.sentences
        if sentence.index in annotated.voices
    }


def holders(text, *, author=None):
    """Holder and issue of every pair, without repeats, in order."""
    pairs = read_pairs(annotate(text, author=author))
    return [*dict.fromkeys((pair.holder, pair.issue) for pair in pairs)]
