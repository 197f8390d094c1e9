"""Articles, sentences, spans, tokens, quotation marks, normalization, language."""

from standpoint.text.article import (
    DEFAULT_MAX_CHARS,
    Article,
    Sentence,
    Span,
    check_date,
    check_text,
    read_article,
)
from standpoint.text.article_limits import ArticleLimits
from standpoint.text.language import check_language
from standpoint.text.normalization import is_seen_whole, seen
from standpoint.text.quotes import any_within, find_quotes, in_any
from standpoint.text.tokens import (
    Trie,
    Word,
    hyphenated,
    key_of,
    plant,
    stem_of,
    texts_of,
    walk,
    words_of,
)

__all__ = [
    "DEFAULT_MAX_CHARS",
    "Article",
    "ArticleLimits",
    "Sentence",
    "Span",
    "Trie",
    "Word",
    "any_within",
    "check_date",
    "check_language",
    "check_text",
    "find_quotes",
    "hyphenated",
    "in_any",
    "is_seen_whole",
    "key_of",
    "plant",
    "read_article",
    "seen",
    "stem_of",
    "texts_of",
    "walk",
    "words_of",
]
