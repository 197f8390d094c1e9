"""The Markdown of a model's card as HTML: headings, lists, tables, paragraphs, code and links.

Every word is escaped before any tag is put around it, and a link leads to http or https or nowhere.
"""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*|\[(?P<words>[^\]]+)\]\((?P<url>[^)\s]+)\)"
)
_HEADING = re.compile(r"(#{1,6}) +(.*)")
_POINT = re.compile(r"(?:[-*+]|\d+[.)]) +(.*)")
_RULE = re.compile(r"\|?[ :|-]*-[ :|-]*\|?")
Block = tuple[str, list[str]]


def html_of(source: str, *, first: int = 1) -> Markup:
    """A text in Markdown as HTML.

    Parameters
    ----------
    first : the level that its highest heading gets

    >>> html_of("# Card\\n\\nKind `ngrams` <b>.")
    Markup('<h1>Card</h1>\\n<p>Kind <code>ngrams</code> &lt;b&gt;.</p>')
    """
    return Markup("\n").join(_render(kind, lines, first) for kind, lines in _blocks(source))


def _blocks(source: str) -> Iterator[Block]:
    """Runs of lines of one kind: heading, list, table, code or paragraph."""
    held: Block = ("", [])
    fenced = False
    for line in source.splitlines():
        if line.lstrip().startswith("```"):
            yield from _whole(held)
            fenced, held = not fenced, ("code" if not fenced else "", [])
            continue
        kind = "code" if fenced else _kind(line, held[0])
        if kind != held[0] or kind == "heading":
            yield from _whole(held)
            held = (kind, [])
        held[1].append(line if fenced else line.strip())
    yield from _whole(held)


def _whole(block: Block) -> Iterator[Block]:
    if block[0] and block[1]:
        yield block


def _kind(line: str, before: str) -> str:
    bare = line.strip()
    if not bare:
        return ""
    if _HEADING.fullmatch(bare):
        return "heading"
    if _POINT.fullmatch(bare):
        return "list"
    if bare.startswith("|"):
        return "table"
    return "list" if before == "list" and line[0] == " " else "paragraph"


def _render(kind: str, lines: list[str], first: int) -> Markup:
    match kind:
        case "heading":
            return _heading(lines[0], first)
        case "list":
            points = Markup("").join(Markup("<li>{}</li>").format(p) for p in _points(lines))
            return Markup("<ul>{}</ul>").format(points)
        case "table":
            return _table(lines)
        case "code":
            return Markup("<pre><code>{}</code></pre>").format("\n".join(lines))
        case _:
            return Markup("<p>{}</p>").format(_inline(" ".join(lines)))


def _heading(line: str, first: int) -> Markup:
    marks, words = line.split(maxsplit=1) if " " in line else (line, "")
    level = min(6, first + len(marks) - 1)
    return Markup("<h{0}>{1}</h{0}>").format(level, _inline(words.rstrip("# ")))


def _points(lines: list[str]) -> Iterator[Markup]:
    points: list[str] = []
    for line in lines:
        found = _POINT.fullmatch(line)
        if found:
            points.append(found[1])
        else:
            points[-1] += f" {line}"
    return map(_inline, points)


def _table(lines: list[str]) -> Markup:
    rows = [line.strip("|").split("|") for line in lines if not _RULE.fullmatch(line)]
    if not rows:
        return Markup("")
    head, body = rows[0], rows[1:]
    return Markup("<table><thead>{}</thead><tbody>{}</tbody></table>").format(
        _row(head, "th"), Markup("").join(_row(row, "td") for row in body)
    )


def _row(cells: list[str], tag: str) -> Markup:
    made = (Markup("<{0}>{1}</{0}>").format(Markup(tag), _inline(cell.strip())) for cell in cells)
    return Markup("<tr>{}</tr>").format(Markup("").join(made))


def _inline(text: str) -> Markup:
    """Code, strong words and links within a line; the rest is escaped as it is."""
    pieces, at = [], 0
    for found in _INLINE.finditer(text):
        pieces += [escape(text[at : found.start()]), _tagged(found)]
        at = found.end()
    return Markup("").join([*pieces, escape(text[at:])])


def _tagged(found: "re.Match[str]") -> Markup:
    if found["code"]:
        return Markup("<code>{}</code>").format(found["code"])
    if found["strong"]:
        return Markup("<strong>{}</strong>").format(found["strong"])
    if not found["url"].startswith(("https://", "http://")):
        return escape(found["words"])
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(found["url"], found["words"])
