import pytest

from standpoint.text.normalization import is_normalized, normalize


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "[00:00:00 --> 00:00:07] We reject the\n[00:00:07 --> 00:00:11] dam. It leaks.\n",
            "We reject the dam. It leaks.\n",
        ),
        (
            "1\n00:00:01,000 --> 00:00:04,000\nWe reject the\n\n2\n00:00:04,500 --> 00:00:06,000\n"
            "dam.\n\n3\n00:00:07,000 --> 00:00:08,000\nIt leaks.",
            "We reject the dam.\nIt leaks.",
        ),
        (
            "WEBVTT\r\n\r\n00:01.000 --> 00:04.000 align:left\r\nKOVAC: Yes\r\n\r\n"
            "00:05.000 --> 00:06.000\r\nROE: No",
            "KOVAC: Yes\nROE: No",
        ),
    ],
)
def test_the_times_of_subtitles_are_removed(text, plain):
    normalized = normalize(text)
    assert normalized.text == plain
    assert is_normalized(normalized.text)
    for at, letter in enumerate(plain):
        if not letter.isspace():
            assert text[normalized.starts[at] : normalized.ends[at]] == letter
