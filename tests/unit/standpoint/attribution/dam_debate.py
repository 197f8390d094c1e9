"""A codebook, and what is attributed under it, for the tests of attribution."""

from standpoint.attribution.extraction import find_attributions
from standpoint.codebook.parsing import parse_codebook
from standpoint.coreference.resolver import resolve_references
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article
from standpoint.text.quotes import find_quotes

WORLD = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                {"id": "kovac", "name": "Ana Kovac", "kind": "person"},
                {"id": "brandt", "name": "Peter Brandt", "kind": "person"},
                {"id": "valdia", "name": "Valdia", "kind": "state"},
                {"id": "oslo", "name": "Oslo Agency", "kind": "organisation"},
            ],
            "issues": [{"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}],
        },
        where="test",
    )
)


def attributions(text):
    article = read_article(text)
    quotes = find_quotes(article)
    named = [mention for s in article.sentences for mention in WORLD.actors_in(s)]
    named += resolve_references(article, named, profiles=WORLD.profiles, quotes=quotes)
    extracted = find_attributions(article, named, quotes=quotes)
    for attribution in extracted:
        source = attribution.source
        if source.span is not None:
            assert source.span.of(text) == source.text
    return extracted


def said(text, kind="paraphrase"):
    """Speaker and what is said, for each attribution of a kind."""
    return [
        (a.source.actor or a.source.text, a.content.of(text).strip(" ,:"))
        for a in attributions(text)
        if a.kind == kind
    ]
