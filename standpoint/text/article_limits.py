"""Limits on the texts that are labelled: their length and their language."""

from dataclasses import dataclass

from standpoint.text.article import check_text
from standpoint.text.language import check_language


@dataclass(frozen=True, slots=True)
class ArticleLimits:
    """Which texts are accepted as articles.

    Attributes
    ----------
    max_chars : the longest text, in code points
    any_language : accept other languages than English
    language_option : how the user can accept them, for the error message
    """

    max_chars: int
    any_language: bool = False
    language_option: str = "--any-language"

    def check(self, text: object, *, where: str) -> str:
        """The text; refuse what cannot be an article, is too long or surely not English.

        Raises
        ------
        ArticleError
        """
        checked = check_text(text, where=where, max_chars=self.max_chars)
        if not self.any_language:
            check_language(checked, where=where, force=self.language_option)
        return checked
