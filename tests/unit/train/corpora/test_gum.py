import pytest

from standpoint.errors import CorpusError
from train.corpora import load_gum

HEADER = "# newdoc id = GUM_news_dam\n# newpar\n# text = Mora's mayor said she'd go.\n"


def row(number, form, tag="NOUN", misc="_"):
    return "\t".join([str(number), form, form, tag, "X", "_", "0", "root", "_", misc]) + "\n"


SENTENCE = [
    row(1, "Mora", "PROPN", "Entity=(2-person-new-ssnsn-cf1-3-coref(1-place-new-n-cf2-1-sgl|A=b"),
    row(2, "'s", "PART", "Entity=1)"),
    row(3, "mayor", "NOUN", "Entity=2)"),
    row(4, "said", "VERB"),
    row("5-6", "she'd", "_"),
    row(5, "she", "PRON", "Entity=(2-person-giv:act-n-cf1-1-ana)"),
    row(6, "'d", "AUX"),
    row(7, "go", "VERB"),
]


@pytest.fixture
def gum(tmp_path):
    def write(*lines, name="GUM_news_dam"):
        (tmp_path / "dep").mkdir(exist_ok=True)
        (tmp_path / "dep" / f"{name}.conllu").write_text("".join(lines), "utf-8")
        return tmp_path

    return write


def test_mentions_have_their_chain_their_span_in_the_text_and_their_heads(gum):
    (document,) = load_gum(gum(HEADER, *SENTENCE))
    text = document.text
    rows = [
        (m.chain, m.span.of(text), [h.of(text) for h in m.heads], m.tag, m.link)
        for m in document.mentions
    ]
    assert (document.id, text) == ("GUM_news_dam", "Mora's mayor said she'd go.")
    assert rows == [
        ("2", "Mora's mayor", ["mayor"], "NOUN", "coref"),
        ("1", "Mora's", ["Mora"], "PROPN", "sgl"),
        ("2", "she", ["she"], "PRON", "ana"),
    ]


def test_sentences_are_joined_by_a_space_and_paragraphs_by_two_line_ends(gum):
    more = ["# text = Yes.\n", row(1, "Yes"), "# newpar\n", "# text = No.\n", row(1, "No")]
    (document,) = load_gum(gum(HEADER, *SENTENCE, *more))
    assert document.text == "Mora's mayor said she'd go. Yes.\n\nNo."


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([row(1, "Oster")], ":4: a token must stand in its sentence, got 'Oster'."),
        (
            [row(1, "Mora", misc="Entity=3)")],
            ":4: a mention must be opened before it is closed, got '3'.",
        ),
        (
            [row(1, "Mora", misc="Entity=(3-place)")],
            ":4: a mention must have 7 fields, got '3-place'.",
        ),
    ],
    ids=["unknown-token", "never-opened", "few-fields"],
)
def test_faulty_lines_are_reported_with_their_number(gum, lines, fault):
    with pytest.raises(CorpusError) as error:
        load_gum(gum(HEADER, *lines))
    assert f"dep/GUM_news_dam.conllu{fault}" in str(error.value)


def test_a_folder_without_documents_is_refused(tmp_path):
    with pytest.raises(CorpusError, match=r"must hold dep/\*\.conllu of the GUM corpus, got none"):
        load_gum(tmp_path)
