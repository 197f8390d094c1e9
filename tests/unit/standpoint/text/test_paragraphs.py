import pytest

from standpoint.text.article import read_article
from standpoint.text.paragraphs import line_layout, split_paragraphs

MAIL = """The European Community has told the members of both houses of the
Congress that if textile legislation that injures its interests were
approved, there is no doubt that the community would retaliate with
U.S. goods as its first target, as a letter by the head of the Paris
Delegation says."""
WIRE = """The European Community has told
Congress that it would retaliate if the bill on textiles were to be
approved by both houses.
    Roy Denman, head of the EC delegation here, issued a warning
in a letter to Senator Lloyd Bentsen, chairman of the Finance
Committee, and to others.
    The bill is backed strongly by the industry and by senators
from states that make textiles."""


def paragraphs(text):
    return [text[start:end] for start, end in split_paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A.\n\nB.\n \t\n\nC.", ["A.", "B.", "C."], id="blank lines"),
        pytest.param("A.\n\nb\nc.", ["A.", "b\nc."], id="lines within a paragraph"),
        pytest.param("A came.\nB came.", ["A came.", "B came."], id="every line ends a sentence"),
        pytest.param(
            "He said:\n“Yes.”\n", ["He said:", "“Yes.”"], id="lines that end with a closing mark"
        ),
        pytest.param(
            "a line that\nruns on and\non", ["a line that\nruns on and\non"], id="wrapped"
        ),
    ],
)
def test_paragraphs_are_found_in_the_ways_news_prints_them(text, expected):
    assert paragraphs(text) == expected


def test_lines_of_one_width_are_one_sentence_also_before_a_capital():
    assert [s.text for s in read_article(MAIL).sentences] == [MAIL]


def test_a_heading_above_wrapped_lines_is_a_sentence():
    first, *_ = read_article(f"Trade talks\n{MAIL}").sentences
    assert first.text == "Trade talks"


def test_paragraphs_of_a_newswire_begin_with_an_indent():
    assert [part.split()[0] for part in paragraphs(WIRE)] == ["The", "Roy", "The"]
    assert len(read_article(WIRE).sentences) == 3


def test_indented_lines_of_a_list_item_are_no_paragraphs():
    text = "- The minister said that she would\n  reject the tariff and that\n  Brandt would too"
    assert paragraphs(text) == [text]


@pytest.mark.parametrize(
    ("text", "width"),
    [
        pytest.param(MAIL, 67, id="wrapped"),
        pytest.param("Kovac: No\nBrandt: Yes\nLi: No", None, id="short lines"),
        pytest.param("\n".join(["A line of words. " * 20] * 4), None, id="long lines"),
        pytest.param("One line", None, id="one line"),
        pytest.param(f"---\ntitle: {'x ' * 40}\n---\n{MAIL}", 67, id="front matter"),
        pytest.param(f"{MAIL}\nhttps://example.org/{'x' * 90}\n", 67, id="an address"),
    ],
)
def test_the_width_of_wrapped_lines_is_found(text, width):
    found = line_layout(text).width
    assert found == width if width is None else abs((found or 0) - width) <= 3
