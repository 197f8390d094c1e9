"""What a single line of a document is: list item, time stamp, caption, contact, menu."""

import re
from collections.abc import Callable
from typing import Literal

BlockKind = Literal[
    "front_matter",
    "headline",
    "heading",
    "byline",
    "letterhead",
    "label",
    "list_item",
    "table_row",
    "caption",
    "menu",
    "contact",
    "time_stamp",
    "boilerplate",
    "signature",
    "paragraph",
]
PROSE_KINDS: frozenset[BlockKind] = frozenset(
    {"headline", "heading", "list_item", "table_row", "paragraph"}
)
"""Kinds whose sentences can be statements."""
MAX_CAPTION_CHARS = 400
"""A longer paragraph is body text, even if a photographer is named at its end. A guess."""
MAX_CONTACT_CHARS = 300
MAX_BYLINE_WORDS = 14

_CLOCK = r"\d{1,2}[:.h]\d{2}(?:[:.,]\d{2,3})*"
_TIME_STAMP = re.compile(
    rf"\W*(?:END\b\W*)?(?:(?:updated?|posted|published|as of|at|on)\b\W*)*"
    rf"(?:\w+day\b,? *)?(?:{_CLOCK} *(?:[ap]\.? ?m\b\.?)? *[A-Z]{{0,5}}\W*"
    r"|\(?(?:\d{1,2} )?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? ?"
    r"(?:\d{1,2})?(?:st|nd|rd|th)?,? ?(?:\d{4})?\)?\W*"
    r"|\d{4}-\d\d-\d\d\S*|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|-->|\d+ (?:minutes?|hours?|days?|[mh]) ago"
    r")+\W*",
    re.IGNORECASE,
)
MAX_TIME_STAMP_CHARS = 80
_BULLET = re.compile(r"(?:[-–—*•·‣▪●○◦■»>+✓✔✗✘☑]|\(?\d{1,2}[.)]|\(?[a-z]\))[^\S\n]+\S")
_HEADING = re.compile(r"#{1,6}\s+\S|={3,}$|-{3,}$|\*\*[^*]{3,120}\*\*$")
_CAPTION = re.compile(
    r"(?:file |handout )?(?:photo(?:graph|s)?|image|picture|video|graphic|illustration|caption"
    r"|credit"
    r"|pictured|cartoon|map|chart|fig(?:ure|\.)?)\b(?: [\w.]+){0,3}? ?(?:[:/|©]| by [A-Z]"
    r"| courtesy)"
    r"|!\[|\[(?:photo|image|video)\b",
    re.IGNORECASE,
)
_AGENCIES = (
    r"(?:AP|AFP|EPA|ANP|DPA|PA|Reuters|REUTERS|Getty(?: Images)?|Bloomberg|Xinhua|TASS|Sputnik"
    r"|AAP|NTB"
    r"|Shutterstock|Alamy|Wikimedia(?: Commons)?|Press Association|Associated Press|EPA-EFE|ANSA"
    r"|Kyodo"
    r"|Yonhap|SOPA Images|NurPhoto|Pool|Anadolu|UPI|ZUMA|Corbis|PTI|ANI)"
)
_CREDIT = re.compile(
    rf"(?:\b(?:[Pp]hoto(?:graph)?|[Ii]mage|[Pp]icture|[Cc]redit|PHOTO|[Ff]oto)s?\b ?(?:[:/©]"
    rf"|by\b|courtesy\b)"
    rf"[^.!?]{{0,80}}|\([^()]{{0,60}}[/|]{_AGENCIES}[^()]{{0,30}}\)"
    rf"|\({_AGENCIES}(?: [Pp]hoto[^()]{{0,60}})?\)"
    rf"|[/|] ?{_AGENCIES}(?:/[\w ]+)?|©[^.!?]{{0,80}})[.)\]*_ ]*$"
)
_CONTACT = re.compile(
    r"(?:(?:media|press|news|public|for)?\s*(?:contacts?|enqu?iries|inquiries|relations|office"
    r"|desk)\b"
    r"[^.!?:]{0,40}:|contact (?:us|person|information)\b|for (?:more|further|additional|media"
    r"|press)\b"
    r"[^.!?]{0,60}\b(?:contact|call|visit|e-?mail|see|write|go to)\b|(?:tel|phone|telephone|fax"
    r"|e-?mail"
    r"|mobile|cell)\.?:? *[+(\d]|[tme](?:[.:]+ *|[^\S\n]+)[+(\d]"
    r"|(?:e-?mail|web(?:site)?|twitter|address|phone|tel"
    r"|fax)\.?: |to unsubscribe)",
    re.IGNORECASE,
)
_EMAIL_OR_PHONE = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+?\(?\d{2,4}\)?[ .-]\d{3}[ .-]\d{3,4}")
MAX_PLAIN_CONTACT_WORDS = 16
_URL = re.compile(r"(?:[\w’' ]{0,40}[:>»-] ?)?<?(?:https?://|www\.)\S+>?$")
_MENU = re.compile(
    r"(?:read (?:more|also|next|the full)|see also|related|more (?:on|from|stories)|also (?:on"
    r"|in|read)"
    r"|tags?|topics?|categor(?:y|ies)|filed under|share (?:this|on)|follow (?:us"
    r"|[@\w ]{1,30} on)|sign up"
    r"|subscribe|click here|watch(?: more| live)?|listen(?: to)?|download|log ?in|register"
    r"|advertisement"
    r"|sponsored|comments?|print|skip to|jump to|most (?:read|popular)|recommended|trending"
    r"|editors?[’'] picks"
    r"|table of contents|back to top|menu|search)\b[^.!?]{0,20}(?:[:|>»]|$)",
    re.IGNORECASE,
)
_CRUMBS = re.compile(
    r"(?:\[?[\w&'’ -]{2,30}\]?(?:\([^()]*\))? *[|>»›·•/] *){2,}"
    r"\[?[\w&'’ -]{2,30}\]?(?:\([^()]*\))?$"
)
_BOILERPLATE = re.compile(
    r"(?:\\?#{2,}|-? ?30 ?-?|- ?ends? ?-?|\*{3,}|_{3,}|\W*ends?|\(?more\)?"
    r"|\W*(?:for immediate release"
    r"|for release|embargo(?:ed)?|press release|news release|media release"
    r"|notes? to editors?)\b.{0,60}"
    r"|(?:copyright|©|\(c\)).{0,120}|all rights reserved.{0,80}|this (?:transcript"
    r"|material) .{0,160}"
    r"|[(\[](?:applause|laughter|laughs|inaudible|cross-?talk|speaks [a-z]+|no translation provided"
    r"|end (?:of )?(?:transcript|video|audio)|music|pause|break|commercial break|begin video ?clip"
    r"|end video ?clip|as interpreted)[^)\]]{0,60}[)\]])\W*$",
    re.IGNORECASE,
)
# Who worked on a report for an agency: they speak for nobody, not even for themselves.
_AGENCY_CREDIT = re.compile(
    r"[\W_]*(?:(?:additional|original|further) )?(?:reporting|writing|editing|production"
    r"|photography"
    r"|(?:reported|edited|compiled|translated|produced|photographed)(?: and \w+)?"
    r"|(?:reporting|writing) and \w+|photos?|pictures?|videos?|graphics?|translation) by:? +"
    r"(?=[^\W\d_])[^.!?:]*(?:\b[A-Z]\.[^.!?:]*)*[.)\]*_ ]*$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\W*(?:(?:story|words|written|opinion|analysis|commentary|report(?:ed|ing)?|posted|text"
    r"|interview)? ?by:?"
    r"|authors?:|byline:) +",
    re.IGNORECASE,
)
_BYLINE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|said|says|can|must|should|the \w+ing)\b"
)
_LETTERHEAD = re.compile(
    r"(?i:from )?(?i:the )?(?:(?i:(?:press |private |executive )?office of (?:the )?)[A-Z]"
    r"|(?:Ministry|Department|Embassy|Permanent Mission|Government|Parliament|House|Senate) of\b"
    r"|(?:U\.?S\.? )?(?:Senator|Representative|Congress(?:man|woman)|Governor|Rep\.|Sen\.)"
    r" [A-Z][^.!?:]{0,60}$)"
)
_MAIL_HEADER = re.compile(r"(?:from|to|cc|bcc|subject|date|sent|re): ", re.IGNORECASE)

_SENDER = re.compile(r"(?:From|FROM): *[\"“]?[^\W\d_a-z][^.!?:]*(?:\.[^.!?:]+)*$")


def is_time_stamp(line: str) -> bool:
    """Whether a line holds only a time or a date: "10.32am GMT", "8:06 A.M. MDT"."""
    if len(line) > MAX_TIME_STAMP_CHARS or not any(letter.isdigit() for letter in line):
        return False
    return _TIME_STAMP.fullmatch(line) is not None


def is_list_item(line: str) -> bool:
    """Whether a line begins with a bullet or a number."""
    return _BULLET.match(line) is not None


def is_heading(line: str) -> bool:
    """Whether a line is a Markdown heading, underlining, or bold as a whole."""
    return line[0] in "#=-*" and _HEADING.match(line) is not None


def is_caption(block: str) -> bool:
    """Whether a line or paragraph is the caption or the credit of a picture."""
    if len(block) > MAX_CAPTION_CHARS:
        return False
    return _CAPTION.match(block) is not None or _CREDIT.search(block) is not None


def is_contact(line: str) -> bool:
    """Whether a line says whom to call: "CONTACT: Ana Kovac, press desk, 555-0100"."""
    if len(line) > MAX_CONTACT_CHARS:
        return False
    if _CONTACT.match(line) is not None:
        return True
    return (
        len(line.split()) <= MAX_PLAIN_CONTACT_WORDS
        and not line.endswith((".", "!", "?"))
        and _EMAIL_OR_PHONE.search(line) is not None
    )


def is_menu(line: str) -> bool:
    """Whether a line leads elsewhere: links, breadcrumbs, tags."""
    if len(line) > MAX_CONTACT_CHARS:
        return _URL.match(line) is not None
    return any(pattern.match(line) for pattern in (_MENU, _URL, _CRUMBS))


def is_boilerplate(line: str) -> bool:
    """Whether a line belongs to the form and not to the text: "###", "(Applause.)"."""
    if len(line) > MAX_CONTACT_CHARS:
        return False
    return _BOILERPLATE.match(line) is not None or _is_agency_credit(line)


def _is_agency_credit(line: str) -> bool:
    """Whether a line names an agency's staff: "Reporting by Ana Kovac; editing by Peter Brandt"."""
    credit = _AGENCY_CREDIT.match(line)
    return credit is not None and _BYLINE_VERB.search(line) is None


def is_byline(line: str) -> bool:
    """Whether a line names who wrote the text: "By Ana Kovac", "Author: Ana Kovac"."""
    byline = _BYLINE.match(line)
    if byline is None or len(line.split()) > MAX_BYLINE_WORDS:
        return False
    if not line[byline.end() :].removeprefix("the ")[:1].isupper():
        return False
    return not line.endswith((".", "?", "!")) and _BYLINE_VERB.search(line, byline.end()) is None


def is_letterhead(line: str) -> bool:
    """Whether a line names the office that issues the text: "Office of Senator Kovac"."""
    if len(line.split()) > MAX_BYLINE_WORDS or line.endswith((".", "?", "!", ":")):
        return False
    return _LETTERHEAD.match(line) is not None


def is_mail_header(line: str) -> bool:
    """Whether a line is a field of a mail: "From: Ana Kovac"."""
    return _MAIL_HEADER.match(line) is not None


def is_sender(line: str) -> bool:
    """Whether a line says from whom a text is: "From: Ana Kovac <ana@valdia.example>"."""
    return len(line.split()) <= MAX_BYLINE_WORDS and _SENDER.match(line) is not None


LINE_TESTS: tuple[tuple[BlockKind, Callable[[str], bool]], ...] = (
    ("boilerplate", is_boilerplate),
    ("time_stamp", is_time_stamp),
    ("contact", is_contact),
    ("menu", is_menu),
    ("caption", is_caption),
    ("list_item", is_list_item),
    ("heading", is_heading),
)
"""The kinds that a line shows by itself, in the order in which they are tried."""
