"""Token ids, segments, offsets and masks are those that a judge is trained on."""

import numpy as np
import pytest
from tokenizers import Tokenizer

from standpoint.judge import HolderQuery, IssueText, JoinedText, SentenceText, TargetQuery
from standpoint.judge.inputs import InputReader
from standpoint.judge.texts import AGAINST, BEFORE, CURRENT, FAVOR, SPECIAL
from standpoint.text import Span
from tests.judges import settings, write_tokenizer

BEFORE_TEXT = "Talks on Syria's future began in Montreux on Wednesday."
TEXT = "Lavrov said Iran must attend – “without Iran nothing will hold”, he told the BBC."
ISSUE = IssueText(
    "Iran's participation", "Iran takes part.", "Iran stays  away.", ("invite Iran", "a seat")
)
WORDS = sorted(
    {
        word.strip(".,:“”").lower()
        for text in (BEFORE_TEXT, TEXT, ISSUE.text(max_cues=5))
        for word in text.replace("'", " ' ").split()
    }
    | set(".,:'“”–")
)


@pytest.fixture(scope="module")
def tokenizer_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    write_tokenizer(path, WORDS)
    return path


@pytest.fixture
def reader_of(tokenizer_file):
    def read(**changes):
        return InputReader(Tokenizer.from_file(str(tokenizer_file)), settings(**changes))

    return read


def reference(tokenizer, before, text, *, n_before=40, most=128):
    """The rows, written plainly: ids, and (part, start, end) of each token."""
    earlier = tokenizer.encode(before, add_special_tokens=False)
    own = tokenizer.encode(text, add_special_tokens=False)
    first, last = tokenizer.encode("").ids
    a, at = earlier.ids[:400][-n_before:], earlier.offsets[:400][-n_before:]
    b, bt = own.ids[:most], own.offsets[:most]
    ids = [first] + ([*a, last] if a else []) + b + [last]
    rows = [(0, 0, 0)]
    rows += [(1, *offsets) for offsets in at] + [(0, 0, 0)] if a else []
    rows += [(2, *offsets) for offsets in bt] + [(0, 0, 0)]
    return ids, rows


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("", TEXT),
        ("   ", TEXT),
        (BEFORE_TEXT, TEXT),
        (BEFORE_TEXT * 30, TEXT * 9),
        (BEFORE_TEXT * 80, "No."),
        (TEXT, ""),
    ],
    ids=["first", "blank", "two", "cut", "far-before", "empty"],
)
def test_a_sentence_has_the_tokens_that_training_gives_it(reader_of, tokenizer_file, before, text):
    tokens = reader_of().sentence(SentenceText(text, before))
    ids, rows = reference(Tokenizer.from_file(str(tokenizer_file)), before, text)
    assert tokens.ids.tolist() == ids
    assert np.column_stack([tokens.parts, tokens.offsets]).tolist() == [list(row) for row in rows]


def test_offsets_are_those_of_the_words(reader_of):
    tokens = reader_of().sentence(SentenceText(TEXT, BEFORE_TEXT))
    texts = {BEFORE: BEFORE_TEXT, CURRENT: TEXT}
    words = {
        part: [
            texts[part][a:b]
            for p, (a, b) in zip(tokens.parts, tokens.offsets, strict=True)
            if p == part
        ]
        for part in texts
    }
    assert words[BEFORE][:3] == ["Talks", "on", "Syria"]
    assert words[CURRENT][:6] == ["Lavrov", "said", "Iran", "must", "attend", "–"]


def test_special_tokens_are_of_the_segment_of_the_sentence(reader_of):
    tokens = reader_of().sentence(SentenceText("Iran must attend", "Talks began"))
    assert tokens.parts.tolist() == [SPECIAL, BEFORE, BEFORE, SPECIAL, *[CURRENT] * 3, SPECIAL]
    assert tokens.segments.tolist() == [0, 1, 1, 0, 0, 0, 0, 0]


def test_the_last_words_of_the_sentence_before_are_read_and_the_first_of_the_sentence(reader_of):
    reader = reader_of(max_before_tokens=2, max_sentence_tokens=3)
    tokens = reader.sentence(SentenceText("Iran must attend the BBC", "Talks on Syria began in"))
    assert tokens.offsets.tolist() == [
        [0, 0], [15, 20], [21, 23], [0, 0], [0, 4], [5, 9], [10, 16], [0, 0],
    ]  # fmt: skip
    assert tokens.n_cut == 2


def test_the_sentence_before_may_be_left_out(reader_of):
    tokens = reader_of(max_before_tokens=0).sentence(SentenceText("Iran", "Talks"))
    assert tokens.parts.tolist() == [SPECIAL, CURRENT, SPECIAL]


def test_an_issue_is_cut_and_says_so(reader_of, tokenizer_file):
    whole = reader_of().issue(ISSUE)
    text = (
        "Iran's participation. In favor: Iran takes part. Against: Iran stays away. "
        "Also: invite Iran, a seat"
    )
    assert whole.ids.tolist() == Tokenizer.from_file(str(tokenizer_file)).encode(text).ids
    assert whole.n_cut == 0
    short = reader_of(max_issue_tokens=22).issue(ISSUE)
    assert short.ids.tolist() == [*whole.ids[:21], whole.ids[-1]]
    assert short.n_cut == len(whole.ids) - 22


LONG = "Iran must attend the " * 500


@pytest.mark.parametrize(
    ("favor", "against", "read"),
    [
        (LONG, "Iran stays.", "seat. In favor: Iran must attend the Against: Iran stays."),
        ("Iran stays.", LONG, "seat. In favor: Iran stays. Against: Iran must attend the"),
        (LONG, LONG, "seat. In favor: Iran must attend Against: Iran must attend the"),
    ],
    ids=["favor", "against", "both"],
)
def test_of_a_long_issue_both_poles_are_read(reader_of, tokenizer_file, favor, against, read):
    expected = Tokenizer.from_file(str(tokenizer_file)).encode(read).ids
    cut = reader_of(max_issue_tokens=len(expected)).issue(IssueText("seat", favor, against, ("a",)))
    assert cut.ids.tolist() == expected
    assert cut.n_cut > 1_900


@pytest.mark.parametrize("most", [3, 5, 12])
def test_an_issue_is_cut_to_any_number_of_tokens(reader_of, most):
    assert len(reader_of(max_issue_tokens=most).issue(ISSUE).ids) == most


def test_an_issue_has_its_first_cues():
    issue = IssueText("Name", "A.", "B.", ("c", "d", "e"))
    assert issue.text(max_cues=2) == "Name. In favor: A. Against: B. Also: c, d"
    assert issue.text(max_cues=0) == "Name. In favor: A. Against: B."


IN_SENTENCE, IN_BEFORE = (Span(12, 16),), (Span(9, 14),)  # Iran; Syria


def words_of_mask(reader, holder):
    tokens = reader.sentence(SentenceText(TEXT, BEFORE_TEXT))
    texts = {SPECIAL: "", BEFORE: BEFORE_TEXT, CURRENT: TEXT}
    rows = zip(tokens.parts, tokens.offsets, tokens.mask(holder), strict=True)
    return [texts[part][a:b] for part, (a, b), is_in in rows if is_in]


@pytest.mark.parametrize(
    ("spans", "before", "words"),
    [
        (IN_SENTENCE, (), ["Iran"]),
        (IN_SENTENCE, IN_BEFORE, ["Iran"]),
        ((), IN_BEFORE, ["Syria"]),
        ((), (), [""]),
        ((Span(0, 6), Span(12, 16)), (), ["Lavrov", "Iran"]),
        ((Span(13, 14),), (), ["Iran"]),
        ((Span(900, 910),), IN_BEFORE, ["Syria"]),
    ],
    ids=["named", "both", "before", "nowhere", "twice", "inside-a-token", "cut-off"],
)
def test_a_holder_is_read_at_its_mentions_else_at_those_just_before(
    reader_of, spans, before, words
):
    assert words_of_mask(reader_of(), HolderQuery("x", spans, before, ())) == words


def test_the_issue_follows_the_sentence_in_one_sequence(reader_of):
    sentence, issue = reader_of().sentence(SentenceText("Iran", "Talks")), reader_of().issue(ISSUE)
    joined = JoinedText.of(sentence, issue)
    assert joined.ids.tolist() == [*sentence.ids, *issue.ids]
    assert joined.segments.tolist() == [0, 1, 0, 0, 0, *[2] * len(issue.ids)]
    masks = joined.masks([HolderQuery("x", (Span(0, 4),), (), ()), HolderQuery("y", (), (), ())])
    assert [np.flatnonzero(row).tolist() for row in masks] == [[3], [0]]


def test_more_is_read_of_a_text_on_its_own_than_of_a_sentence(reader_of):
    reader = reader_of(max_sentence_tokens=4, max_text_tokens=9)
    sentence, text = (reader.sentence(SentenceText(TEXT, is_text=own)) for own in (False, True))
    assert (len(sentence.ids), len(text.ids)) == (4 + 2, 9 + 2)
    assert sentence.n_cut - text.n_cut == 5
    as_sentence = reader_of(max_sentence_tokens=4).sentence(SentenceText(TEXT, is_text=True))
    assert len(as_sentence.ids) == 4 + 2


def test_targets_and_their_holders_are_read_at_their_mentions(reader_of):
    reader = reader_of()
    sentence = reader.sentence(SentenceText(TEXT))
    joined = JoinedText.of(sentence, reader.issue(IssueText("Iran")))
    iran, lavrov = Span(12, 16), Span(0, 6)
    targets, holders = joined.target_masks([TargetQuery((iran,), (lavrov,)), TargetQuery()])
    n_own = len(sentence.ids)
    assert [TEXT[slice(*sentence.offsets[n])] for n in np.flatnonzero(targets[0])] == ["Iran"]
    assert [TEXT[slice(*sentence.offsets[n])] for n in np.flatnonzero(holders[0])] == ["Lavrov"]
    assert np.flatnonzero(targets[1]).tolist() == [*range(n_own, len(joined.ids))]
    assert np.flatnonzero(holders[1]).tolist() == [0]


def test_a_mention_behind_the_cut_is_as_none(reader_of):
    reader = reader_of(max_sentence_tokens=4)
    joined = JoinedText.of(reader.sentence(SentenceText(TEXT)), reader.issue(IssueText("the BBC")))
    start = TEXT.index("BBC")
    targets, holders = joined.target_masks([TargetQuery((Span(start, start + 3),))] * 2)
    assert targets.any(axis=1).all()
    assert holders.any(axis=1).all()


def words_of(tokens, part, tokenizer_file):
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    return tokenizer.decode(tokens.ids[tokens.parts == part].tolist()).split()


@pytest.mark.parametrize("most", [96, 14])
def test_the_poles_of_an_issue_are_told_apart_where_a_judge_reads_them(
    reader_of, tokenizer_file, most
):
    reader = reader_of(has_poles=True, max_issue_tokens=most)
    tokens = reader.issue(ISSUE)
    favor, against = (words_of(tokens, part, tokenizer_file) for part in (FAVOR, AGAINST))
    assert favor[:2] == ["iran", "takes"]
    assert against[:2] == ["iran", "stays"]
    assert (most < 96) == (tokens.n_cut > 0)
    sentence = reader.sentence(SentenceText(TEXT))
    joined = JoinedText.of(sentence, tokens)
    assert joined.poles.sum(axis=1).tolist() == [len(favor), len(against)]
    assert (joined.segments == 3).sum() == len(favor) + len(against)


def test_the_words_of_a_topic_are_its_one_pole(reader_of):
    reader = reader_of(has_poles=True)
    joined = JoinedText.of(reader.sentence(SentenceText(TEXT)), reader.issue(IssueText("Iran")))
    assert joined.poles.sum(axis=1).tolist() == [1, 0]


def test_a_judge_that_reads_an_issue_as_one_text_tells_no_poles_apart(reader_of):
    reader = reader_of()
    joined = JoinedText.of(reader.sentence(SentenceText(TEXT)), reader.issue(ISSUE))
    assert set(joined.segments.tolist()) == {0, 2}
