"""Markdown to safe HTML, for the model card: no raw HTML, no images, links to http or https only.

A bundle may come from somebody else, so its card is not trusted.
"""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:  # 20 ms of a worker's start, for one page
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@cache
def _markdown() -> "MarkdownIt":
    """CommonMark with tables; raw HTML is escaped and bare addresses stay text."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")
    markdown.validateLink = _is_web_address  # type: ignore[method-assign]
    return markdown


def _is_web_address(url: str) -> bool:
    return url.lower().startswith(("https://", "http://"))


def html_of(source: str, *, top_level: int = 1) -> Markup:
    """Render Markdown as HTML.

    Parameters
    ----------
    top_level : the HTML level of a first-level heading, so that a card fits below a page's headings

    >>> html_of("# Card\\n\\nKind `ngrams` <b>.")
    Markup('<h1>Card</h1>\\n<p>Kind <code>ngrams</code> &lt;b&gt;.</p>\\n')
    """
    markdown = _markdown()
    tokens = markdown.parse(source)
    _adapt(tokens, shift=top_level - 1)
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))


def _adapt(tokens: "Iterable[Token]", *, shift: int) -> None:
    """Lower headings by ``shift`` levels, drop inline styles, and keep links from leaking Referer.

    Table alignment comes as inline styles, which the pages' Content-Security-Policy forbids.
    """
    for token in tokens:
        token.attrs.pop("style", None)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + shift)}"
        elif token.type == "link_open":
            token.attrSet("rel", "noreferrer")
        _adapt(token.children or (), shift=shift)
