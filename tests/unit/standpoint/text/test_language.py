"""Which articles are refused for their language; an English one never is."""

import json
import subprocess
import sys
from itertools import accumulate

import pytest

from standpoint.codebook.parsing import load_codebook
from standpoint.errors import ArticleError
from standpoint.text.language import MIN_LETTERS, check_language, foreign_language
from tests.foreign import PARAGRAPHS

NAMED = {"Indonesian": "Indonesian or Malay"}
PROSE = (
    "The government still rejects the dam, the foreign minister said on Monday after a meeting "
    "with his colleagues in Vienna. The talks will go on in the autumn, although the neighbours "
    "have hardly given way so far."
)
GERMAN, RUSSIAN, CHINESE = (PARAGRAPHS[name] for name in ("German", "Russian", "Chinese"))

languages = pytest.mark.parametrize(("language", "text"), PARAGRAPHS.items(), ids=PARAGRAPHS)


@languages
def test_a_paragraph_in_another_language_is_told_by_its_name(language, text):
    assert foreign_language(text) == NAMED.get(language, language)


@languages
def test_another_language_is_told_in_capitals_and_in_a_long_article_too(language, text):
    for written in (text.upper(), "\n\n".join([text] * 100)):
        assert foreign_language(written) == NAMED.get(language, language)


@languages
def test_an_english_article_may_quote_any_language(language, text):
    assert foreign_language(f"{PROSE}\n\n“{text}”\n\n{PROSE}") is None


@languages
def test_a_text_half_english_is_read(language, text):
    half = PROSE[: len(text)]
    assert foreign_language(f"{half}\n\n{text}") is None
    assert foreign_language(f"{text}\n\n{half}") is None


@languages
def test_short_texts_are_read_in_any_language(language, text):
    short = list(accumulate(letter.isalpha() for letter in text)).index(MIN_LETTERS)
    assert foreign_language(text[:short]) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PROSE, id="prose"),
        pytest.param(PROSE.upper(), id="capitals"),
        pytest.param(PROSE.title(), id="a capital on every word"),
        pytest.param(PROSE.replace(".", "").replace(",", "").lower(), id="no punctuation"),
        pytest.param("VIENNA (Reuters) - MINISTER SPEAKS", id="dateline"),
        pytest.param(
            "GOVERNMENT REJECTS DAM PLAN AGAIN, TALKS STALLED, NEIGHBOURS FURIOUS, UN WORRIED",
            id="headline in capitals",
        ),
        pytest.param(
            "Angela Merkel, Olaf Scholz, Frank-Walter Steinmeier, Annalena Baerbock, Ursula von "
            "der Leyen, Bundestag, Bundesrat, Bundesverfassungsgericht",
            id="German names",
        ),
        pytest.param(
            "dam construction; river dam; reservoir; flooding villages; water tariff; shipping "
            "toll; building freeze; hydropower plant; treaty obligations; compensation payments",
            id="cues",
        ),
        pytest.param(
            "Владимир Путин (Vladimir Putin), Сергей Лавров (Sergei Lavrov) met Xi Jinping "
            "(习近平) and Bashar al-Assad (بشار الأسد) for talks about grain on Friday",
            id="names in other scripts",
        ),
        pytest.param("https://example.org/bericht/ueber/den/staudamm " * 4, id="links"),
        pytest.param("@bundestag #staudamm #regierung @aussenminister " * 4, id="hashtags"),
        pytest.param("0123456789 " * 100, id="numbers"),
        pytest.param("👩‍🚀 " * 100, id="emoji"),
        pytest.param("x" * 10_000, id="no words"),
        pytest.param(PROSE.replace("e", "e\u00ad").replace(" ", "\u200b "), id="unseen marks"),
        pytest.param(PROSE.replace(" ", "&nbsp;"), id="entities"),
        pytest.param("<p>" + PROSE.replace(" ", " <b> "), id="tags"),
        pytest.param("\n".join(PROSE.split() * 300), id="a word on every line"),
        pytest.param(
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do" * 3, id="lorem"
        ),
    ],
)
def test_english_and_what_is_no_language_is_never_refused(text):
    assert foreign_language(text) is None


def test_no_codebook_of_the_project_is_taken_for_another_language(root):
    for path in sorted((root / "configs" / "codebooks").glob("*.toml")):
        book = load_codebook(path)
        names = ", ".join(name for actor in book.actors for name in actor.names)
        cues = "\n".join(
            cue for issue in book.issues for cue in (*issue.cues, *issue.opposite_cues)
        )
        for text in (names, cues, names.lower(), cues.upper(), path.read_text("utf-8")):
            assert foreign_language(text) is None, path


def test_no_seed_is_taken_for_another_language(root):
    for path in sorted((root / "seeds").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            text = json.loads(line)["text"]
            assert foreign_language(text) is None, path
            assert foreign_language(text.upper()) is None, path


def test_no_article_of_a_corpus_of_news_is_taken_for_another_language(data_folder):
    lines = (data_folder / "fakes" / "articles.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    texts += [p.read_text("utf-8") for p in sorted(data_folder.glob("polnear/*/text/*.txt"))]
    assert len(texts) > 799
    assert [text[:80] for text in texts if foreign_language(text)] == []


def test_a_long_article_with_an_english_beginning_is_told_by_the_whole_of_it():
    assert foreign_language(f"{PROSE}\n\n" + GERMAN * 50) == "German"
    assert foreign_language(f"{GERMAN}\n\n" + PROSE * 50) is None


def test_the_language_most_of_an_article_is_in_is_named():
    assert foreign_language(RUSSIAN * 20 + CHINESE * 2) == "Russian"


def test_the_error_says_the_language_and_how_to_force_it():
    assert check_language(PROSE, where="a.txt", force="--force") == PROSE
    with pytest.raises(ArticleError) as caught:
        check_language(GERMAN, where="a.txt", force="--force")
    assert str(caught.value) == "a.txt: text must be English, got German. Force it with --force."


def test_english_prose_is_told_without_loading_the_classifier():
    script = (
        "import sys; from standpoint.text.language import foreign_language; "
        "foreign_language(sys.argv[1]); print('py3langid' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, PROSE], capture_output=True, check=True, text=True
    )
    assert done.stdout == "False\n"
