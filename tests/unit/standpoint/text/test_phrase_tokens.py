import pytest

from standpoint.text.phrase_tokens import phrase_words


@pytest.mark.parametrize("text", ["* * *", "—", "..."])
def test_a_sentence_without_words_has_none(text):
    assert phrase_words(text) == ()


def test_per_cent_is_one_word():
    assert [word.key for word in phrase_words("five per cent")] == ["five", "percent"]
