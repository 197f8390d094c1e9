"""What the service's threads share gives each of them what it gives one alone."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from standpoint.text.article import read_article
from standpoint.text.language import check_language
from standpoint.text.tokens import stem_of


@pytest.fixture
def hurried():
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.fixture(scope="module")
def texts(root):
    lines = (root / "seeds" / "sea-migration.jsonl").read_text("utf-8").splitlines()[:12]
    return [json.loads(line)["text"] for line in lines]


def test_stems_are_the_same_from_many_threads(texts, hurried):
    words = sorted({word.lower() for text in texts for word in text.split() if word.isalpha()})
    stem_of.cache_clear()
    alone = [stem_of(word) for word in words]
    for _ in range(5):
        stem_of.cache_clear()
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(stem_of, words)) == alone


def test_sentences_and_languages_are_the_same_from_many_threads(texts, hurried):
    def read(text):
        check_language(text, where="a", force="")
        return [sentence.span for sentence in read_article(text, id="a").sentences]

    alone = [read(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read, texts * 4)) == alone * 4
