"""A page as a reader sees it, and the form that asks for it."""

import html
import re
from html.parser import HTMLParser

ARTICLE = (
    "Ruritania rejects the river dam. Anna Lind backs the building freeze.\n\n"
    "Borduria ponders the shipping toll. Borduria saw the river dam."
)
HOSTILE = "<script>alert(1)</script>"
OWN = """\
name = "own"
title = "Mine"
[[actors]]
id = "oslo"
name = "Oslo"
kind = "state"
[[issues]]
id = "dam"
name = "The dam"
favor = "Built."
against = "Not built."
cues = ["the dam"]
"""
GERMAN = (
    "Die Bundesregierung hat am Dienstag beschlossen, den Bau des Staudamms nicht weiter zu "
    "fördern, weil die Anwohner dagegen geklagt haben und das Gericht ihnen recht gab."
)


class Page(HTMLParser):
    """What a page holds: its ids, links, tables' cells, and everything inline."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tags, self.described, self.inline = [], [], [], [], []
        self.labelled, self.fields, self.levels = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        self.inline += [name for name in found if name == "style" or name.startswith("on")]
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("aria-describedby", "aria-labelledby"):
            self.described += found.get(name, "").split()
        if tag == "a":
            self.links.append(found["href"])
        if tag == "label":
            self.labelled.append(found["for"])
        if tag in ("textarea", "select") or (tag == "input" and found.get("type") != "hidden"):
            self.fields.append(found["id"])
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


def form(text=ARTICLE, codebook="dam", **more):
    return {"text": text, "codebook": codebook, "include_none": "1", **more}


def fault_beside(page, field):
    """What is told beside a field, as a reader sees it."""
    found = re.search(rf'<div class="fault" id="{field}-fault">(.*?)</div>', page, re.DOTALL)
    assert found, f"nothing is told beside {field}"
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", found[1])).split())


def text_shown(page):
    """The article's words as the page has them, without the numbers of statements."""
    found = re.search(r'id="prose">(.*?)</div>', page, re.DOTALL)
    without = re.sub(r"<sup.*?</sup>", "", found[1], flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", without))


def cells(page):
    """The table's rows as words: actor, then each cell."""
    table = re.search(r'<table class="matrix".*?</table>', page, re.DOTALL)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]
    of = [
        re.findall(r'<t[hd](?: scope="row"| class="\w+")>(.*?)</t[hd]>', r, re.DOTALL) for r in rows
    ]
    return [[" ".join(re.sub("<[^>]+>", " ", c).split()) for c in row] for row in of]
