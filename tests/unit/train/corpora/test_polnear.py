import pytest

from standpoint.errors import CorpusError
from train.corpora.polnear import load_polnear

TEXT = "“It rains,” Ann said,\n“a lot.” Bob doubts it.\n"


def spans_of(*pieces):
    offsets = [(TEXT.index(piece), TEXT.index(piece) + len(piece)) for piece in pieces]
    return f"{';'.join(f'{start} {end}' for start, end in offsets)}\t{' '.join(pieces)}"


GOOD = [
    f"T1\tSource {spans_of('Ann')}",
    f"T2\tCue {spans_of('said')}",
    f"T3\tContent {spans_of('“It rains,”', '“a lot.”')}",
    f"T4\tAttribution {spans_of('said')}",
    "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
]


@pytest.fixture
def polnear(tmp_path):
    def write(*lines, annotator="4b22", name="nyt_2016-09-12_rain"):
        for part in ("text", "attributions"):
            (tmp_path / "dev" / part).mkdir(parents=True, exist_ok=True)
        (tmp_path / "dev" / "text" / f"{name}.txt").write_bytes(TEXT.encode())
        annotation = tmp_path / "dev" / "attributions" / f"{name}_{annotator}.ann"
        annotation.write_bytes("".join(f"{line}\n" for line in lines).encode())
        return tmp_path

    return write


def test_an_event_is_an_attribution_whose_spans_may_be_broken_up(polnear):
    (document,) = load_polnear(polnear(*GOOD))
    (found,) = document.attributions
    assert (document.id, document.split, found.kind) == (
        "nyt_2016-09-12_rain",
        "dev",
        "Attribution",
    )
    assert [span.of(document.text) for span in found.content] == ["“It rains,”", "“a lot.”"]
    assert [span.of(document.text) for span in found.source + found.cue] == ["Ann", "said"]


def test_attributions_are_in_the_order_of_their_cues_and_may_lack_a_source(polnear):
    first = [
        f"T5\tCue {spans_of('doubts')}",
        f"T6\tContent {spans_of('it')}",
        f"T7\tAttribution-no-source {spans_of('doubts')}",
        "E2\tAttribution-no-source:T7 Cue:T5 Content:T6",
    ]
    (document,) = load_polnear(polnear(*first, *GOOD))
    assert [found.kind for found in document.attributions] == [
        "Attribution",
        "Attribution-no-source",
    ]
    assert document.attributions[1].source == ()


def test_second_contents_notes_and_spans_to_discuss_are_no_trouble(polnear):
    more = [
        f"T8\tContent {spans_of('it')}",
        "E1\tAttribution:T4 Content:T3 Content2:T8 Cue:T2 Source:T1 ",
        f"T9\tDiscuss {spans_of('Bob')}",
        "E2\tAttribution:T4",
        "#1\tAnnotatorNotes T9\tperhaps",
    ]
    (document,) = load_polnear(polnear(*GOOD[:4], *more))
    (found,) = document.attributions
    assert len(found.content) == 3


def test_words_may_differ_from_the_text_by_white_space_and_go_on_in_the_next_line(polnear):
    start = TEXT.index("said")
    broken = f"T2\tCue {start} {start + 8}\tsaid,\n“a"
    assert load_polnear(polnear(GOOD[0], broken, *GOOD[2:]))
    assert load_polnear(polnear(GOOD[0], broken.replace("\n", " "), *GOOD[2:]))


def test_the_first_annotator_by_name_is_taken(polnear):
    polnear(*GOOD, annotator="4e07")
    assert load_polnear(polnear(annotator="4b22"))[0].attributions == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("T9\tCue 3 99\twords", "a span must lie in the text of 46 characters, got 'Cue 3 99'."),
        ("T9\tCue 3 x\twords", "a span must have two offsets, got 'Cue 3 x'."),
        ("T9\tCue 0 3\tBob", "'Bob' must stand at its offsets, got '“It' there."),
        ("E9\tAttribution:T4 Cue:T99", "an event must name spans of this file, got 'Cue:T99'."),
        ("E9\tAttribution:T4 Culprit:T1", "got 'Culprit:T1'."),
    ],
    ids=["outside", "offset", "words", "unknown span", "unknown role"],
)
def test_a_faulty_annotation_is_reported_with_file_and_line(polnear, line, said):
    with pytest.raises(CorpusError) as caught:
        load_polnear(polnear(*GOOD, line))
    assert "dev/attributions/nyt_2016-09-12_rain_4b22.ann:6: " in str(caught.value)
    assert said in str(caught.value)


def test_a_text_that_nobody_annotated_is_reported(polnear):
    folder = polnear(*GOOD)
    (folder / "dev" / "text" / "extra.txt").write_text("x", "utf-8")
    with pytest.raises(CorpusError, match=r"dev/text/extra\.txt: must have an \.ann file"):
        load_polnear(folder)


def test_a_folder_without_splits_is_refused(tmp_path):
    with pytest.raises(CorpusError, match="must hold train/text/ and the like"):
        load_polnear(tmp_path)


@pytest.mark.slow
def test_the_real_polnear_has_one_annotation_for_each_document(data_folder):
    documents = load_polnear(data_folder / "polnear")
    assert sum(document.split == "train" for document in documents) == 840
    assert sum(document.split == "dev" for document in documents) == 84
    assert sum(len(document.attributions) for document in documents) > 20_000
    assert len({document.id for document in documents}) == len(documents)
