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
from standpoint.text.cue_stems import american_key, cue_stem
from standpoint.text.language import check_language, foreign_language
from standpoint.text.mojibake import find_mojibake
from standpoint.text.normalization import is_normalized, normalize
from standpoint.text.phrase_tokens import phrase_words
from standpoint.text.quotes import find_quotes, in_any_span, overlaps_any
from standpoint.text.tokens import (
    Trie,
    Word,
    is_hyphenated,
    key_of,
    stem_of,
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
    "american_key",
    "check_date",
    "check_language",
    "check_text",
    "cue_stem",
    "find_mojibake",
    "find_quotes",
    "foreign_language",
    "in_any_span",
    "is_hyphenated",
    "is_normalized",
    "key_of",
    "normalize",
    "overlaps_any",
    "phrase_words",
    "read_article",
    "stem_of",
    "words_of",
]
