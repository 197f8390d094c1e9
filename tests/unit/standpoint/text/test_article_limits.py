import pytest

from standpoint.errors import ArticleError, TooLongError
from standpoint.text.article_limits import ArticleLimits

GERMAN = (
    "Die Regierung will den Damm bauen, und der Minister sagte gestern, dass er sich auf eine "
    "schnelle Entscheidung freue. Die Opposition ist weiterhin dagegen und fordert neue Gutachten."
)


def test_a_text_within_the_limits_is_given_back():
    assert ArticleLimits(20).check("Rain fell.", where="a") == "Rain fell."


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(TooLongError, match=r"^a: text must be at most 3 characters, got 10\."):
        ArticleLimits(3).check("Rain fell.", where="a")


def test_what_is_no_text_is_refused():
    with pytest.raises(ArticleError, match=r"^a: text must be a string, got int\.$"):
        ArticleLimits(3).check(3, where="a")


def test_another_language_is_refused_with_the_option_that_accepts_it():
    limits = ArticleLimits(1000, language_option='"any_language": true')
    with pytest.raises(ArticleError, match=r'German.*"any_language": true'):
        limits.check(GERMAN, where="a")
    assert ArticleLimits(1000, any_language=True).check(GERMAN, where="a") == GERMAN
