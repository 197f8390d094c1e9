"""Short texts that are put behind others of their codebook."""

import pytest

from standpoint.codebook import Codebook
from train.config import JudgeSource
from train.corpora import ContrastText, stands_alone
from train.judge.short_texts.preceded_texts import behind_others


def codebook(name):
    return Codebook.model_validate(
        {
            "name": name,
            "title": "Dam",
            "actors": [{"id": "iran", "name": "Iran", "kind": "state"}],
            "issues": [
                {"id": "dam", "name": "The dam", "favor": "It is built.", "against": "It is not."}
            ],
        }
    )


DAM, LAKE = codebook("dam"), codebook("lake")


def text(number, *, group=None, own=DAM, before="", words="Iran wants the dam", speaker=None):
    return ContrastText(
        id=f"t{number}", group=group or f"g{number}", kind="claim", codebook=own, split="train",
        before=before, text=f"{words} {number}.", speaker=speaker, statements={},
    )  # fmt: skip


def put(texts, share=1.0):
    return [*behind_others(texts, share=share, group=lambda text: text.group)]


def test_texts_are_put_behind_others_of_their_codebook_and_of_another_group():
    texts = [text(n, group=f"g{n // 3}", own=own) for own in (DAM, LAKE) for n in range(9)]
    by_words = {(t.codebook.name, t.text): t.group for t in texts}
    found = put(texts)
    assert [(t.id, t.text, t.codebook) for t in found] == [
        (t.id, t.text, t.codebook) for t in texts
    ]
    assert all(by_words[t.codebook.name, t.before] != t.group for t in found)
    assert put(texts) == found


@pytest.mark.parametrize(
    "change",
    [{"before": "Talks began."}, {"speaker": "iran"}, {"words": "It wants the dam"},
     {"words": "Iran wants the dam. It says so"}],
)  # fmt: skip
def test_a_text_that_does_not_stand_alone_stays_as_it_is(change):
    own = text(1, **change)
    assert put([own, text(2), text(3)])[0] == own


def test_a_text_without_another_of_its_codebook_stays_as_it_is():
    texts = [text(1, group="g"), text(2, group="g"), text(3, own=LAKE)]
    assert put(texts) == texts


def test_only_a_share_is_put_behind_others():
    texts = [text(n) for n in range(400)]
    assert 150 < sum(bool(t.before) for t in put(texts, share=0.5)) < 250
    assert put(texts, share=0.0) == texts


@pytest.mark.parametrize(
    "words", ["", "...", "However, Iran rejected it.", "Iran agreed. So be it."]
)
def test_what_points_back_or_has_two_sentences_does_not_stand_alone(words):
    assert not stands_alone(words)


def test_only_short_texts_can_be_put_behind_others():
    with pytest.raises(ValueError, match="preceded: must be left out for seeds"):
        JudgeSource(
            name="seeds", corpus="seeds", path="seeds", codebooks="c", licence="own", preceded=0.5
        )
