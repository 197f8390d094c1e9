"""Articles in other languages, and texts that come out of scrapers, scanners and by mistake."""

import json

import pytest

DAM = ("--codebook", "dam")
SENTENCE = "Ruritania rejects the river dam."
GERMAN = (
    "Ruritania lehnt den Staudamm weiterhin ab, sagte der Außenminister am Montag nach einem "
    "Treffen mit seinen Kollegen. Die Verhandlungen sollen im Herbst fortgesetzt werden."
)
FRENCH = (
    "La Ruritanie refuse toujours le barrage, a déclaré lundi le ministre des Affaires étrangères "
    "après une réunion avec ses homologues. Les négociations doivent reprendre à l'automne."
)


def told_by_command(where, language):
    return f"{where}: text must be English, got {language}. Force it with --any-language.\n"


# --- languages ----------------------------------------------------------------


def test_an_article_in_another_language_is_reported_and_the_rest_are_labelled(standpoint, article):
    german, good = article(GERMAN, name="bericht.txt"), article(SENTENCE, name="news.txt")
    done = standpoint("label", german, good, *DAM)
    assert done.status == 2
    assert done.err == told_by_command(german, "German")
    assert done.out.startswith("news: The dam on the Drin\n")


def test_a_row_in_another_language_is_reported_with_its_line(standpoint, article):
    rows = [{"id": "a", "text": SENTENCE}, {"id": "b", "text": FRENCH}]
    path = article("\n".join(map(json.dumps, rows)), name="all.jsonl")
    done = standpoint("label", path, *DAM, "--format", "jsonl")
    assert done.status == 2
    assert done.err == told_by_command("all.jsonl:2", "French")
    assert [json.loads(line)["article"]["id"] for line in done.out.splitlines()] == ["a"]


def test_standard_input_in_another_language_is_refused(standpoint):
    done = standpoint("label", "-", *DAM, given=GERMAN.encode())
    assert (done.status, done.out) == (2, "")
    assert done.err == told_by_command("standard input", "German")


def test_a_page_in_another_language_is_refused(standpoint, article):
    page = f"<html><body><article><p>{GERMAN}</p><p>{GERMAN} Punkt.</p></article></body></html>"
    path = article(page, name="seite.html")
    done = standpoint("label", path, *DAM)
    assert (done.status, done.err) == (2, told_by_command(path, "German"))


def test_any_language_reads_an_article_all_the_same(standpoint, article):
    path = article(f"{GERMAN} {SENTENCE}", name="bericht.txt")
    done = standpoint("label", path, *DAM, "--any-language", "--format", "json")
    assert (done.status, done.err) == (0, "")
    assert [s["evidence"]["text"] for s in json.loads(done.out)["statements"]] == [SENTENCE]


def test_the_service_refuses_another_language_with_its_name_and_a_pointer(client):
    got = client.post("/v1/articles", json={"text": GERMAN, "codebook": "dam"})
    told = 'article: text must be English, got German. Force it with "any_language": true.'
    assert got.status_code == 422
    assert got.content_type == "application/problem+json"
    assert got.json["detail"] == told
    assert got.json["errors"] == [{"pointer": "/text", "detail": told}]


def test_the_service_reads_another_language_when_asked_to(label):
    found = label(f"{GERMAN} {SENTENCE}", any_language=True)
    assert [s["evidence"]["text"] for s in found["statements"]] == [SENTENCE]


@pytest.mark.parametrize("given", ["true", 1, None])
def test_any_language_is_true_or_false(client, given):
    body = {"text": SENTENCE, "codebook": "dam", "any_language": given}
    got = client.post("/v1/articles", json=body)
    assert got.status_code == 422
    assert [fault["pointer"] for fault in got.json["errors"]] == ["/any_language"]


def test_a_text_too_long_is_told_so_whatever_its_language(house):
    got = house.client(max_article_chars=100).post(
        "/v1/articles", json={"text": GERMAN, "codebook": "dam"}
    )
    assert got.status_code == 413


def test_in_a_text_half_english_the_english_half_is_read(label):
    text = f"{GERMAN}\n\n{SENTENCE} Nobody in the capital expects it to say anything else before the year is out, and the neighbours have hardly given way so far.\n\n"
    found = label(text)
    assert [s["evidence"]["text"] for s in found["statements"]] == [SENTENCE]


def test_a_short_text_in_any_language_is_read(label):
    assert label("Ruritania lehnt den Staudamm ab.")["statements"] == []


# --- odd texts ----------------------------------------------------------------


def spans_of(found):
    for statement in found["statements"]:
        yield from (statement[key] for key in ("holder_span", "cue", "evidence") if statement[key])


def statements_of(label, text):
    """The statements of a text whose offsets hold, as holder, issue and stance."""
    found = label(text)
    for span in spans_of(found):
        assert text[span["start"] : span["end"]] == span["text"]
    return [(s["holder"], s["issue"], s["stance"]) for s in found["statements"]]


AGAINST = ("ruritania", "river-dam", "against")

READ = [
    pytest.param("Ruritania rejects the river dam", id="no punctuation"),
    pytest.param("RURITANIA REJECTS THE RIVER DAM.", id="capitals"),
    pytest.param("\ufeffRuritania rejects the river dam.", id="mark at the beginning"),
    pytest.param("It rained.\ufeff Ruritania rejects the river\ufeff dam.", id="mark within"),
    pytest.param("Ruri\u00adtania re\u00adjects the riv\u00ader dam.", id="soft hyphens"),
    pytest.param("Ruritania\u200b rejects\u200b the\u200b river\u200b dam.", id="zero width"),
    pytest.param("\u202aRuritania\u202c rejects the \u200friver dam\u200f.", id="direction"),
    pytest.param("It rained.\r\n\r\nRuritania rejects\r\nthe river dam.\r\n", id="Windows"),
    pytest.param("It rained.\r\rRuritania rejects the\rriver dam.\r", id="old line ends"),
    pytest.param("Ruritania&nbsp;rejects the&#160;river&nbsp;dam.", id="entities"),
    pytest.param("&lt;p&gt;Ruritania rejects the river dam.&lt;/p&gt;", id="tags as entities"),
    pytest.param("“Ruritania rejects the river dam.", id="quotation never closed"),
    pytest.param("Ruritania rejects the river dam.” “ ” “", id="marks without a quotation"),
    pytest.param("x" * 5_000 + " Ruritania rejects the river dam.", id="very long word"),
    pytest.param("Ruritania rejects the river dam.\n" + "word\n" * 10_000, id="lines of a word"),
    pytest.param("Ruritania rejects the river dam. " + "\x07\x1b[0m", id="control characters"),
    pytest.param(
        "الأسد \u200f(Assad)\u200f said no. Ruritania rejects the river dam.", id="Arabic"
    ),
]


@pytest.mark.parametrize("text", READ)
def test_what_a_reader_sees_is_found_and_offsets_hold(label, text):
    assert statements_of(label, text) == [AGAINST]


NOTHING = [
    pytest.param('"' * 500, id="only quotation marks"),
    pytest.param("“ ” „ « » '' `` " * 50, id="only quotation marks apart"),
    pytest.param("1 2 3 ... !!! — %", id="no letters"),
    pytest.param("\u200b\u200e\ufeff", id="nothing that is seen"),
    pytest.param("&shy;&#8203;", id="only entities that are not seen"),
    pytest.param("\U0001f469\u200d\U0001f680" * 100, id="emoji"),
    pytest.param("x" * 100_000, id="one word"),
    pytest.param("\n" * 50_000 + ".", id="only lines"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_a_text_without_words_is_read_and_nothing_is_found(label, text):
    assert statements_of(label, text) == []


def test_a_paragraph_printed_twice_counts_once_in_the_table(label):
    once, twice = label(SENTENCE), label(f"{SENTENCE}\n\nIt rained.\n\n{SENTENCE}")
    assert (len(once["statements"]), len(twice["statements"])) == (1, 2)
    assert twice["stances"] == once["stances"]
    assert twice["stances"][0]["n_statements"] == 1


def test_a_paragraph_printed_again_with_noise_counts_once_too(label):
    again = "Ruri\u00adtania&nbsp;rejects\u200b the\r\nriver dam."
    found = label(f"{SENTENCE}\n\n{again}")
    assert len(found["statements"]) == 2
    assert found["stances"] == label(SENTENCE)["stances"]


def test_the_same_view_in_other_words_counts_again(label):
    found = label(f"{SENTENCE}\n\nOn Monday Ruritania rejects the river dam.")
    assert found["stances"][0]["n_statements"] == 2


@pytest.mark.slow
def test_an_article_of_a_megabyte_is_read_where_the_limit_allows_it(
    standpoint, article, monkeypatch
):
    text = "It rained on the capital and nobody spoke of it. " * 21_000 + SENTENCE
    assert len(text) > 1_000_000
    path = article(text)
    assert standpoint("label", path, *DAM).status == 2
    monkeypatch.setenv("STANDPOINT_MAX_ARTICLE_CHARS", "2000000")
    done = standpoint("label", path, *DAM, "--format", "json")
    assert done.status == 0
    (statement,) = json.loads(done.out)["statements"]
    evidence = statement["evidence"]
    assert text[evidence["start"] : evidence["end"]] == evidence["text"] == SENTENCE
