"""Copies, later versions and excerpts of a document are found; a shared sentence is none."""

import pytest

from train.corpora.real.shared_text import ids_sharing_text

WORDS = [f"word{n}" for n in range(400)]
SCORED = " ".join(WORDS[:200])


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        (SCORED, True),
        (SCORED.upper(), True),
        (" ".join(WORDS[50:100]), True),  # an excerpt
        (" ".join([*WORDS[300:], *WORDS[:60]]), True),  # a part of another document
        (" ".join([*WORDS[200:400], *WORDS[:12]]), False),  # one sentence
        (" ".join(WORDS[:200:2]), False),  # the words alone
        ("", False),
    ],
)
def test_a_text_is_named_if_it_shares_more_than_a_few_runs_of_words(text, shares):
    assert ids_sharing_text({"new": text}, ["Something else.", SCORED]) == (
        {"new"} if shares else frozenset()
    )


def test_runs_that_two_documents_have_together_do_not_add_up():
    halves = [" ".join([*WORDS[:13], *WORDS[300:]]), " ".join([*WORDS[20:33], *WORDS[300:]])]
    text = " ".join(WORDS[:120])
    assert ids_sharing_text({"new": text}, halves) == frozenset()
