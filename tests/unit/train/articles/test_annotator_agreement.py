import pytest

from standpoint.errors import CorpusError
from standpoint.text.article import read_article
from train.articles.annotator_agreement import agreement
from train.articles.double_annotation import disagreements, doubly_annotated
from train.corpora.seed_annotations import Adjudication, Annotations, load_annotations
from train.corpora.seeds import SeedArticle, Seeds, SeedStatement, load_seeds

SENTENCES = [
    "Kovac backed the long ceasefire.",
    "Lind rejected the ceasefire.",
    "Kovac read of the ceasefire.",
    "She would not fight on.",
]
TEXT = "\n\n".join(SENTENCES)


def stretch(words, sentence):
    start = TEXT.index(SENTENCES[sentence]) + SENTENCES[sentence].index(words)
    return {"start": start, "end": start + len(words), "text": words}


def statement(
    sentence, stance, *, holder="kovac", cue="ceasefire", span="", tone="neutral", kind="act"
):
    return SeedStatement.model_validate(
        {
            "holder": holder,
            "holder_span": stretch(span, sentence) if span else None,
            "issue": "ceasefire",
            "cue": {**stretch(cue, sentence), "pole": "favor"} if cue else None,
            "stance": stance,
            "sentiment": tone,
            "attribution": {"kind": kind, "reporter": None},
            "evidence": stretch(SENTENCES[sentence], sentence),
        }
    )


FIRST = (
    statement(0, "favor", span="Kovac"),
    statement(1, "against", holder="lind", span="Lind", tone="negative"),
    statement(2, "none", kind="narrator"),
)
SECOND = (
    statement(0, "favor", cue="long ceasefire", span="Kovac"),
    statement(1, "none", holder="lind", span="Lind rejected"),
    statement(3, "favor", cue=""),
)


def seeds(*ids):
    more = {"codebook": "talks", "title": "", "date": "2020-01-01", "style": "wire", "text": TEXT}
    articles = tuple(SeedArticle(id=id, statements=FIRST, **more) for id in ids)
    return Seeds(articles, {})


def measured(first, second, *, ids=("a", "b"), settled=()):
    annotations = Annotations(dict.fromkeys(ids, first), dict.fromkeys(ids, second), settled)
    return agreement(seeds(*ids), annotations, draws=50, seed=1)


def test_annotators_who_mark_the_same_agree_wholly():
    found = measured(FIRST, FIRST)
    assert {name for name, of in found.measures.items() if of.value != 1} == {"f1.units.implied"}
    assert found.measures["f1.units.implied"].value is None
    assert found.measures["alpha.stance"].ci95 == (1, 1)
    assert found.differences == {}


def test_units_are_counted_by_annotator_and_by_whether_they_have_a_cue():
    found = measured(FIRST, SECOND)
    assert found.articles == 2
    assert found.units == {
        "all": {"both": 4, "first": 6, "second": 6},
        "cued": {"both": 4, "first": 6, "second": 4},
        "implied": {"both": 0, "first": 0, "second": 2},
    }
    f1 = {name: of.value for name, of in found.measures.items() if name.startswith("f1")}
    assert f1 == pytest.approx({"f1.units": 4 / 6, "f1.units.cued": 4 / 5, "f1.units.implied": 0})
    assert found.measures["f1.units"].n == 8


def test_alpha_is_of_the_units_both_marked_and_strictly_of_all():
    found = measured(FIRST, SECOND, ids=("a",)).measures
    # (favor, favor), (against, none): n = 4, apart = 2, by chance 16 - (4 + 1 + 1)
    assert found["alpha.stance"].value == pytest.approx(1 - 3 * 2 / 10)
    # and (none, none), (none, favor): n = 8, apart = 4, by chance 64 - (9 + 1 + 16)
    assert found["alpha.stance.strict"].value == pytest.approx(1 - 7 * 4 / 38)
    # but without the last, which has no cue: n = 6, apart = 2, by chance 36 - (4 + 1 + 9)
    assert found["alpha.stance.strict.cued"].value == pytest.approx(1 - 5 * 2 / 22)
    counts = {name: found[name].n for name in found if name.startswith("alpha.stance")}
    assert list(counts.values()) == [2, 4, 3]


def test_alpha_of_sides_leaves_out_units_in_which_somebody_saw_none():
    found = measured(FIRST, SECOND).measures["alpha.side"]
    assert (found.value, found.ci95, found.n) == (None, None, 2)


def test_spans_are_the_same_overlap_or_share_words():
    found = measured(FIRST, SECOND).measures
    shares = {name: of.value for name, of in found.items() if name.startswith(("cue", "holder"))}
    assert shares == pytest.approx(
        {
            "cue.exact": 0.5,
            "cue.overlap": 1,
            "cue.token_f1": (1 + 2 / 3) / 2,
            "holder.exact": 0.5,
            "holder.overlap": 1,
            "holder.token_f1": (1 + 2 / 3) / 2,
        }
    )


def test_one_article_has_values_without_intervals():
    found = measured(FIRST, SECOND, ids=("a",)).measures
    assert found["f1.units"].value == pytest.approx(2 / 3)
    assert all(of.ci95 is None for of in found.values())


def test_intervals_draw_articles_whole_and_are_the_same_for_the_same_seed():
    ids = [f"a{n}" for n in range(20)]
    second = {id: FIRST if n % 2 else SECOND for n, id in enumerate(ids)}
    annotations = Annotations(dict.fromkeys(ids, FIRST), second, ())
    found = agreement(seeds(*ids), annotations, draws=200, seed=1)
    low, high = found.measures["alpha.stance"].ci95
    assert low < found.measures["alpha.stance"].value < high
    assert found == agreement(seeds(*ids), annotations, draws=200, seed=1)


def test_a_none_beside_a_side_takes_nothing_from_it_and_two_sides_are_both():
    one = (statement(0, "favor"), statement(0, "none", cue="long"))
    two = (statement(0, "favor"), statement(0, "against", cue="long"))
    assert measured(one, FIRST[:1]).differences == {}
    assert measured(two, FIRST[:1]).differences == {"opposite or different sides": 2}
    assert measured(two, two).measures["alpha.side"].n == 0


def test_differences_are_told_by_what_each_marked():
    found = measured((*FIRST, statement(0, "favor", holder="lind")), SECOND)
    assert found.differences == {
        "side beside nothing": 2,
        "side against none": 2,
        "none beside nothing": 2,
        "implied side beside nothing": 2,
    }


def test_settled_differences_are_told_by_whose_reading_held():
    def row(first, second, settled):
        return Adjudication(
            id="a",
            holder="kovac",
            issue="ceasefire",
            evidence=stretch("Kovac", 0),
            first=first,
            second=second,
            settled=settled,
            why="",
        )

    rows = (
        row([], ["favor"], "favor"),
        row([], ["favor"], "no statement"),
        row(["against", "favor"], ["favor"], "both"),
        row([], ["favor"], "against"),
    )
    found = measured(FIRST, SECOND, settled=rows)
    assert found.settled == {"as the first": 2, "as the second": 1, "as neither": 1}


def test_without_an_article_annotated_twice_there_is_nothing_to_measure():
    with pytest.raises(CorpusError) as caught:
        agreement(seeds("a"), Annotations({"a": FIRST}, {}, ()))
    said = "seeds/first and seeds/second: must hold an article annotated twice, got none."
    assert str(caught.value) == said


def test_a_statement_outside_every_sentence_is_refused():
    between = statement(0, "favor", cue="").model_copy(
        update={"evidence": FIRST[0].evidence.model_copy(update={"start": len(SENTENCES[0])})}
    )
    with pytest.raises(CorpusError) as caught:
        measured((between,), SECOND)
    assert str(caught.value) == "a: a statement must begin within a sentence, got one at 32."


MAX_JOINED = 0.05  # of the settled differences


@pytest.fixture(scope="module")
def project(root):
    found = load_seeds(root / "seeds", codebooks=root / "configs" / "codebooks")
    return found, load_annotations(root / "seeds", seeds=found)


def test_the_annotations_of_the_project_have_no_fault_and_cover_the_same_articles(project):
    _, annotations = project
    assert annotations.first.keys() == annotations.second.keys()
    assert len(annotations.first) >= 209


def test_every_difference_of_the_project_was_settled_and_the_seeds_say_what_was(project):
    found, annotations = project
    read = {
        article.id: read_article(article.text, id=article.id)
        for article in found.articles
        if article.id in annotations.first
    }
    settled = {}
    for row in annotations.settled:
        sentence = read[row.id].sentence_at(row.evidence.start).index
        settled.setdefault((row.id, sentence, row.holder, row.issue), set()).update(row.stances)
    held = Annotations({a.id: a.statements for a in found.articles}, annotations.second, ())
    gold = doubly_annotated(found, held)
    differ = {
        (one.article.id, *unit): {statement.stance for statement in seed.first.get(unit, ())}
        for one, seed in zip(doubly_annotated(found, annotations), gold, strict=True)
        for unit in disagreements(one)
    }
    # The sentences of the annotators ended at semicolons. Of some that are one sentence now, the
    # parts differed, and the whole does not.
    assert differ == {key: settled.get(key) for key in differ}
    assert len(settled.keys() - differ.keys()) < MAX_JOINED * len(settled)
