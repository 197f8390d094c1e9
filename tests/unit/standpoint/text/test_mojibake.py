import pytest

from standpoint.text.mojibake import find_mojibake


@pytest.mark.parametrize(
    ("text", "word", "repaired"),
    [
        pytest.param("Here JÃ¶rg spoke", "JÃ¶rg", "Jörg", id="umlaut"),
        pytest.param("MÃœLLER", "MÃœLLER", "MÜLLER", id="capital"),
        pytest.param("Ã‰lysÃ©e", "Ã‰lysÃ©e", "Élysée", id="accents"),
        pytest.param("They donâ€™t", "donâ€™t", "don’t", id="apostrophe"),
        pytest.param("“No, rejectâ€\x9d", "rejectâ€\x9d", "reject”", id="closing mark"),
        pytest.param("ErdoÄŸan", "ErdoÄŸan", "Erdoğan", id="Turkish"),
        pytest.param("ZelenskÃ½ said", "ZelenskÃ½", "Zelenský", id="Czech"),
        pytest.param("It costs Â£5", "Â£5", "£5", id="sign"),
        pytest.param("Ðž\u0440 Ð’Ð¸ÐºÑ‚Ð¾Ñ€", "Ð’Ð¸ÐºÑ‚Ð¾Ñ€", "Виктор", id="Cyrillic"),
        pytest.param("Ø¨Ø´Ø§Ø±", "Ø¨Ø´Ø§Ø±", "بشار", id="Arabic"),
        pytest.param("Yes ðŸŽ‰", "ðŸŽ‰", "🎉", id="emoji"),
        pytest.param("J√∂rg", "J√∂rg", "Jörg", id="Mac Roman"),
        pytest.param("J├╢rg", "J├╢rg", "Jörg", id="code page 437"),
        pytest.param("O\x92Neill", "O\x92Neill", "O’Neill", id="controls of Windows-1252"),
        pytest.param("We don\ufffdt", "don\ufffdt", None, id="replacement character"),
        pytest.param("J?rg M?ller left", "J?rg", None, id="question marks for letters"),
        pytest.param("J=C3=B6rg left", "J=C3=B6rg", None, id="quoted-printable"),
    ],
)
def test_a_wrongly_decoded_word_is_found_and_repaired(text, word, repaired):
    mojibake = find_mojibake(text)
    assert (mojibake.word, mojibake.repaired) == (word, repaired)
    assert text[mojibake.start :].startswith(word)


@pytest.mark.parametrize(
    "text",
    [
        "Jörg Müller nennt „Ä“ und „Ö“.",
        "NÃO À “CORTES”, Â bientôt, SÃO PAULO",
        "CAFÉ» et «PASSÉ», passé…” dit-il",
        "5 € – 10 £, Ångström, Ærø, Ø»",
        "Виктор Орбан, Ελλάδα, مرحبا",
        "É’tat, ÎLE-DE-FRANCE",
        "What?no, really?yes",
        "see example.org/page?id=3&x=4",
        "√2 and √x; A ├── tree",
        "Plain ASCII",
    ],
)
def test_letters_of_other_languages_are_not_wrongly_decoded(text):
    assert find_mojibake(text) is None


@pytest.mark.parametrize("text", ["Ã" * 200_000, "x?" * 100_000, "=C" * 100_000, "é" * 200_000])
def test_awkward_texts_are_checked_in_time_that_grows_with_their_length(text):
    """If it grew with the square, these would take hours."""
    assert find_mojibake(text) is None
