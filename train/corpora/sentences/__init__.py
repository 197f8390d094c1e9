"""Single sentences of public data sets with stances, for training alone."""

from train.corpora.sentences.coal_debate import load_coal_debate
from train.corpora.sentences.counts import count_sentences
from train.corpora.sentences.news import (
    NewsAnnotations,
    load_news_annotations,
    load_news_sentences,
)
from train.corpora.sentences.stance_sentence import StanceSentence, StanceSentences

__all__ = [
    "NewsAnnotations",
    "StanceSentence",
    "StanceSentences",
    "count_sentences",
    "load_coal_debate",
    "load_news_annotations",
    "load_news_sentences",
]
