"""Phrases that say whose text a document is: titles, bylines, letterheads, signatures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from standpoint.lexicon.roles import TITLES
from standpoint.structure.document import Block, Structure
from standpoint.structure.labels import is_speaker_name

Evidence = Literal[
    "title",
    "byline",
    "field",
    "letterhead",
    "signature",
    "introduction",
    "headline",
    "name_line",
    "source",
]
# What ends the name in a title: "Statement by President Kovac on the dam".
_PAST_NAME = (
    r"(?= (?:on|in|at|before|to|regarding|re|about|announcing|concerning|following|after|during"
    r"|marking"
    r"|for|ahead|commemorating|honoring|celebrating|with|upon|calling|condemning|welcoming|recaps?"
    r"|under|amid|since|aboard|en route|via|as (?:prepared|delivered)"
    r"|(?:an?|one|two|three|four|five|six|ten|\d+) (?:hours?|days?|weeks?|months?|years?))\b"
    r"| ?[|–—(:;]| - |[.!?]?$)"
)
_GENRES = (
    r"(?:opening |closing |joint |press |written |prepared |full |official |keynote |inaugural "
    r"|video |oral "
    r"|weekly |new year['’]s |public |verbatim |maiden |floor |presidential |formal |special "
    r"|final |brief )*"
    r"(?:statements?|remarks|testimony|speech|address|message|letter|op-?ed|commentary"
    r"|declaration|comments"
    r"|communiqu[eé]|proclamation|evidence|intervention|response|reply|toast|lecture|sermon|blog"
    r"|essay"
    r"|column|submission|press conference|briefing|press briefing|press gaggle|interview responses)"
)
_TITLE = re.compile(
    rf"\W*(?:(?:transcript|text|full text|read|watch)(?: of)?:? )?(?:the )?{_GENRES} "
    r"(?:\(?as (?:prepared|delivered|written)(?: for delivery)?\)? )?"
    rf"(?:by|from|of|issued by|delivered by|made by)(?: the)? (.{{2,300}}?){_PAST_NAME}",
    re.IGNORECASE,
)
# "Remarks on the State of the Dams by Prime Minister Ana Kovac": a title tells the author from
# whoever is only accused, as in "Statement on the raids by Valdia".
_TOPIC_FIRST = re.compile(
    rf"\W*(?i:(?:the )?{_GENRES} (?:on|regarding|about|concerning|at|to) [^|\n]{{2,200}}?,? "
    r"(?:by|from) (?:the )?)((?:[A-Z][\w.'’-]* (?:(?:of|for|von|de|da|di|van) )*){1,7}"
    r"[A-Z][\w.'’-]*)$"
)
# "Prime Minister Kovac's speech to parliament".
_OWNED = re.compile(
    rf"\W*([^\W\d_][^’'\n]{{2,80}}?)(?:['’]s|(?<=s)['’]) {_GENRES}{_PAST_NAME}", re.IGNORECASE
)
# A title that goes on with a verb is a news story's: "Remarks by Kovac on the dam draw fire".
_NEWS_VERB = re.compile(
    r"\b(?:draws?|drew|sparks?|sparked|prompts?|prompted|angers?|angered|stirs?|causes?|caused"
    r"|triggers?"
    r"|triggered|spurs?|fuels?|raises?|meets?|met|was|were|is|are|has|have|rejected|criticized"
    r"|criticised"
    r"|condemned by|slammed|welcomed by|shows?|leaves?|hits?|divides?)\b"
)
# "Greens statement on the dam".
_ISSUER = re.compile(
    r"\W*(?:the )?([^\W\d_][^’'\n:,]{1,60}?) (?:press |joint |official |public )*"
    r"(?:statement|declaration|communiqu[eé]|press release) (?:on|regarding|about|concerning)\b",
    re.IGNORECASE,
)
# "The Presidents of Valdia and Oster issued the following statement:".
_ISSUED = re.compile(
    r"(.{3,300}?),? (?:(?:has|have|today|jointly|yesterday) )*(?:issued|released|made|published"
    r"|adopted|signed) (?:today )?the following (?:joint |press |public |official )*"
    r"(?:statement|declaration|communiqu[eé]|remarks|letter)\b[^:]{0,80}:$"
)
_BYLINE = re.compile(r"^[^\n:]*?(?:\bby\b:?|authors?:|byline:)\s+(.+)", re.IGNORECASE)
_NAMED_TITLE = re.compile(r"([^\W\d_][\w.'’ -]{3,60}?)(?: ?\| ?|: )(?=\S)")
_LETTERHEAD = re.compile(
    r"(?:from )?(?:the )?(?:(?:press |private |executive )?office of )?(?:the )?(.+)", re.I
)
_MAIL_FROM = re.compile(r"from: *([^<\n]+)", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:(?:yours|sincerely|respectfully|faithfully|best|kind|warm|with)\b[\w ]{0,40}|regards"
    r"|signed|yours,? (?:&|etc)\.?(?:c\.?)?),?$",
    re.IGNORECASE,
)
_DASH_SIGNATURE = re.compile(r"(?:[-–—]{1,2} ?|/s/ ?)([^\W\d_].{2,120})$")
_MY_NAME = re.compile(
    r"\b(?:[Mm]y name is|I am|I’m|I'm|I,) ((?:[A-Z][\w.'’-]*\.? ){1,4}?[A-Z][\w'’-]+)(?=[,.;]"
    r"| and\b)"
)
_WE_THE = re.compile(r"^\W*We, (?:the )?(.{3,300}?),? (?=[a-z]+(?:[ ,]|$)(?!of\b))")
# The last or first paragraph of an opinion piece: "Ana Kovac is finance minister of Valdia."
_BIOGRAPHY = re.compile(
    r"[\W_]*((?:[A-Z][\w.'’-]*\.? ){1,4}?[A-Z][\w'’-]+),?(?: [^.]{2,60},)? (?:is|was|serves as)"
    r" [^.]{3,200}\.[\W_]*$"
)
# "Joint statement on the dam", and its beginning: "The Greens and the Liberals, having met, …".
_JOINT = re.compile(r"\W*(?:joint|common) (?:statement|declaration|communiqu)", re.IGNORECASE)
_JOINT_OPENING = re.compile(
    r"\W*(?:[Ww]e, )?(?:[Tt]he )?([A-Z].{2,400}?),? (?:having|meeting|gathered|jointly|today"
    r"|have|declare"
    r"|state|issue|agree|affirm|reaffirm|condemn|welcome|call|express|urge)\b",
    re.DOTALL,
)
# The last words of a press release: "(Source: Media Office of the Coalition)", and the buttons that
# pages put behind it. "Source: the Coalition + agencies" is a compilation.
_OWN_SOURCE = re.compile(
    r"(?:^|[(\[\n]|(?<=[.!?]) )Source: *(?:the )?([^\n()\[\]:+&/,;]{2,80}?)[.)\]]?\s*"
    r"(?:(?:twitter|facebook|whatsapp|e-?mail|print|share|tweet)\b\s*)*$",
    re.IGNORECASE,
)
_OFFICE = (
    r"(?:media|press|information|communications|public affairs)"
    r" (?:office|department|bureau|cent(?:re|er)|service|relations|team|unit)"
)
_PRESS_OFFICE = re.compile(
    rf"^{_OFFICE} of (?:the )?|['’]?(?:(?<=['’])s)? {_OFFICE}$", re.IGNORECASE
)
MAX_SIGNERS = 12
"""Lines behind a closing that are read as names."""
MAX_SOURCE_CHARS = 200
"""More than a line with a source and the buttons behind it have."""
MAX_NAME_LINES = 3
"""Heading, title and name: "PRESS RELEASE", "Why the dam must go", "Ana Kovac". A guess."""
MAX_INTRODUCTION_BLOCKS = 6
"""A speaker says the name in the first paragraphs: "My name is Ana Kovac". A guess."""
AUTHOR_FIELDS = ("author", "authors", "byline", "speaker", "speakers", "by", "creator")


@dataclass(frozen=True, slots=True)
class AuthorPhrase:
    """Words that name one or several authors.

    Attributes
    ----------
    words : "President Kovac and Chancellor Brandt", "the Office of Senator Lee"
    evidence : where they stand
    """

    words: str
    evidence: Evidence


def author_phrases(structure: Structure) -> Iterator[AuthorPhrase]:
    """The phrases that name authors, the surest first."""
    for field in AUTHOR_FIELDS:
        if structure.fields.get(field):
            yield AuthorPhrase(structure.fields[field], "field")
    yield from _in_title(structure)
    for block in structure.blocks:
        text = block.span.of(structure.text)
        if block.kind == "byline" and (byline := _BYLINE.match(text)):
            yield AuthorPhrase(_without_office(byline.group(1).strip("*_ ")), "byline")
        elif block.kind == "letterhead":
            yield from _in_letterhead(text)
    prose = [b.span.of(structure.text) for b in structure.blocks if b.kind == "paragraph"]
    signers = [*_joint_signers(structure, prose)]
    yield from signers or (*_signatures(structure), *_introductions(prose))
    yield from _name_lines(structure)
    yield from _own_sources(structure.text)


def _without_office(words: str) -> str:
    """Whose press office some words name, else the words."""
    return _PRESS_OFFICE.sub("", words.removeprefix("the "))


def _own_sources(text: str) -> Iterator[AuthorPhrase]:
    """The body that a press release gives as its own source, in its last words."""
    source = _OWN_SOURCE.search(text.rstrip()[-MAX_SOURCE_CHARS:])
    if source is None:
        return
    words = source.group(1).strip()
    owner = _PRESS_OFFICE.sub("", words)
    yield AuthorPhrase(owner, "source")
    if owner != words and owner.endswith("s"):  # "the Coalitions Media Office": a lost apostrophe
        yield AuthorPhrase(owner.removesuffix("s"), "source")


def _joint_signers(structure: Structure, prose: Sequence[str]) -> Iterator[AuthorPhrase]:
    """Who a joint statement says at its beginning that it is by."""
    first = structure.blocks[0].span.of(structure.text) if structure.blocks else ""
    if _JOINT.match(structure.title or "") or _JOINT.match(first.strip("#*_ ")):
        openings = (_JOINT_OPENING.match(paragraph) for paragraph in prose[:2])
        opening = next(filter(None, openings), None)
        if opening is not None:
            yield AuthorPhrase(opening.group(1), "introduction")


def _introductions(prose: Sequence[str]) -> Iterator[AuthorPhrase]:
    """Who is introduced by the text: "My name is Ana Kovac", "Ana Kovac is finance minister."."""
    names = (_MY_NAME.search(paragraph) for paragraph in prose[:MAX_INTRODUCTION_BLOCKS])
    name = next(filter(None, names), None)
    if name is not None:
        yield AuthorPhrase(name.group(1), "introduction")
    for paragraph in dict.fromkeys([*prose[-1:], *prose[:1]]):
        if (biography := _BIOGRAPHY.match(paragraph)) is not None:
            yield AuthorPhrase(biography.group(1), "signature")
    if prose and (opening := _WE_THE.match(prose[0])) is not None:
        yield AuthorPhrase(opening.group(1), "introduction")


def _name_lines(structure: Structure) -> Iterator[AuthorPhrase]:
    """The names that stand alone on one of the first lines, as below the title."""
    kinds = ("headline", "heading", "paragraph", "boilerplate")
    first = [block for block in structure.blocks if block.kind in kinds][:MAX_NAME_LINES]
    lines = (line.strip("#*_ ") for block in first for line in _lines(block, structure.text))
    for line in islice(lines, MAX_NAME_LINES):
        if line.endswith((".", "!", ",")):
            return
        if is_speaker_name(line):
            yield AuthorPhrase(line, "name_line")


def _in_title(structure: Structure) -> Iterator[AuthorPhrase]:
    """The author in the title, or in a first line that is one."""
    titles = [structure.title] if structure.title else []
    titles += [
        b.span.of(structure.text).strip("#*_ ")
        for b in structure.blocks[:4]
        if b.kind in ("headline", "heading", "paragraph", "boilerplate")
        and b.span.end - b.span.start <= 300
    ]
    for title in dict.fromkeys(" ".join(title.split()) for title in titles):
        match = _TITLE.match(title) or _OWNED.match(title) or _topic_first(title)
        if match is not None and _NEWS_VERB.search(title, match.end()) is None:
            yield AuthorPhrase(match.group(1), "title")
        if (issuer := _ISSUER.match(title)) is not None and _NEWS_VERB.search(title) is None:
            yield AuthorPhrase(issuer.group(1), "headline")
        if (issuers := _ISSUED.match(title)) is not None:
            yield AuthorPhrase(issuers.group(1), "introduction")
    if structure.title and (named := _NAMED_TITLE.match(structure.title)) is not None:
        yield AuthorPhrase(named.group(1), "headline")


def _topic_first(title: str) -> re.Match[str] | None:
    """A title that ends with its author, who has an office."""
    match = _TOPIC_FIRST.match(title)
    if match is None or TITLES.isdisjoint(match.group(1).casefold().split()):
        return None
    return match


def _in_letterhead(text: str) -> Iterator[AuthorPhrase]:
    mail = _MAIL_FROM.match(text)
    if mail is not None:
        yield AuthorPhrase(mail.group(1).strip(' "'), "byline")
    elif ": " not in text and (letterhead := _LETTERHEAD.match(text)) is not None:
        yield AuthorPhrase(letterhead.group(1), "letterhead")


def _signatures(structure: Structure) -> Iterator[AuthorPhrase]:
    """The names behind the text: after "Sincerely," or after a dash at its end."""
    blocks = [b for b in structure.blocks if b.kind not in ("boilerplate", "contact", "menu")]
    lines = [line for b in blocks[-MAX_SIGNERS:] for line in _lines(b, structure.text)]
    for number, line in enumerate(lines):
        if _CLOSING.match(line):
            for signer in lines[number + 1 : number + 1 + MAX_SIGNERS]:
                yield AuthorPhrase(signer.strip(" *_-–—"), "signature")
            return
    dash = _DASH_SIGNATURE.match(lines[-1]) if len(lines) > 1 else None
    # Behind a quotation it is the speaker's name.
    if dash is not None and not lines[-2].endswith(('"', "”", "’", "'", "»")):
        yield AuthorPhrase(dash.group(1).strip(" *_"), "signature")


def _lines(block: Block, text: str) -> list[str]:
    return [line.strip() for line in block.span.of(text).splitlines() if line.strip()]
