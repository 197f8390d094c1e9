import pytest

from standpoint.codebook.folding import fold_name
from standpoint.errors import CorpusError
from train.articles.error_stages import candidates_of
from train.articles.gold import seed_articles, seesaw_articles
from train.corpora.seeds import SeedArticle, Seeds
from train.corpora.seesaw_files import SeesawArticle

BACKS = (
    "Ruritania backs the river dam.",
    ("ruritania", "Ruritania", "river-dam", "river dam", "favor"),
)
STOP = (
    "Borduria drops the building freeze.",
    ("borduria", "Borduria", "river-dam", "!building freeze", "favor"),
)
IMPLIED = ("Anna Lind is all for it.", ("lind", "Anna Lind", "river-dam", None, "favor"))
SPOKEN = ('"The river dam is good."', ("lind", None, "river-dam", "river dam", "favor"))  # fmt: skip


def test_statements_of_seeds_stand_in_the_sentence_that_the_reader_cuts(gold_of):
    gold = gold_of(("It rained.",), BACKS, STOP, IMPLIED, SPOKEN)
    assert [s.unit for s in gold.statements] == [
        (1, "ruritania", "river-dam"),
        (2, "borduria", "river-dam"),
        (3, "lind", "river-dam"),
        (4, "lind", "river-dam"),
    ]
    assert [s.stance for s in gold.statements] == ["favor"] * 4
    assert (gold.stratum, gold.group, gold.exhaustive) == ("dam", "a", True)


def test_statements_of_seeds_keep_the_words_of_holder_and_cue_where_there_are_some(gold_of):
    gold = gold_of(BACKS, STOP, IMPLIED, SPOKEN)
    text = gold.article.text
    spans = [(s.holder_span, s.cue) for s in gold.statements]
    assert [[span and span.of(text) for span in pair] for pair in spans] == [
        ["Ruritania", "river dam"],
        ["Borduria", "building freeze"],
        ["Anna Lind", None],
        [None, "river dam"],
    ]
    assert [s.pole for s in gold.statements] == ["favor", "against", "favor", "favor"]


def test_a_statement_of_seeds_that_stands_in_no_sentence_is_refused(gold_of, seed_row):
    row = seed_row("a", "dam", ("It rained. ", ("lind", None, "toll", None, "favor")))
    row["statements"][0]["evidence"] = {"start": 10, "end": 11, "text": " "}
    seeds = Seeds((SeedArticle.model_validate(row),), {"dam": gold_of(BACKS).matcher.codebook})
    with pytest.raises(CorpusError) as caught:
        seed_articles(seeds)
    assert str(caught.value) == "a: a statement must stand in a sentence, got one at 10."


ENTITIES = {
    "Ann Lind": "People",
    "Republican Party": "Organization",
    "Senate Republicans": "People",
    "Ruritania": "GPE",
    "dam act": "Topic",
}
SENTENCES = ("Lind scorns the Dam Act.", " ", "She likes Ruritania, and LIND wins.")


def story(sides, *, sentences=SENTENCES, entities=ENTITIES, id="T_DOCUMENT_0"):
    return SeesawArticle(
        id=id, story="T", split="train", date="2015-03-21", sentences=sentences,
        entities=dict(entities), sides=sides,
    )  # fmt: skip


SCORNS = {("Ann Lind", "dam act"): "NEG"}
LIKES = {("Ann Lind", "Ruritania"): "POS"}


def only(*stories):
    (gold,) = seesaw_articles(stories)
    return gold


def test_the_entities_of_a_seesaw_article_are_its_actors_and_its_issues():
    codebook = only(story({0: SCORNS})).matcher.codebook
    assert [a.name for a in codebook.actors] == [i.name for i in codebook.issues] == list(ENTITIES)
    assert [a.kind for a in codebook.actors] == [
        "person", "organisation", "person", "state", "group",
    ]  # fmt: skip
    assert all(issue.about == issue.id for issue in codebook.issues)


def test_the_sides_of_a_seesaw_sentence_are_statements_with_the_words_that_name_both():
    gold = only(story({0: SCORNS, 2: LIKES}))
    names = {actor.id: actor.name for actor in gold.matcher.codebook.actors}
    told = [
        (s.sentence, names[s.holder], names[s.issue], s.stance, s.holder_span, s.cue)
        for s in gold.statements
    ]
    text = gold.article.text
    assert [(*t[:4], *(span and span.of(text) for span in t[4:])) for t in told] == [
        (0, "Ann Lind", "dam act", "against", "Lind", "Dam Act"),
        (2, "Ann Lind", "Ruritania", "favor", "LIND", "Ruritania"),
    ]
    assert (gold.stratum, gold.group, gold.exhaustive) == ("train", "T", False)


def test_sentences_of_seesaw_are_as_their_owners_cut_them_and_offsets_hold():
    article = only(story({0: SCORNS})).article
    assert [s.text for s in article.sentences] == [SENTENCES[0], "-", SENTENCES[2]]
    assert all(s.span.of(article.text) == s.text for s in article.sentences)
    assert [s.paragraph for s in article.sentences] == [0, 1, 2]


def test_words_that_are_alike_are_one_name_and_no_other_name_is_lost():
    sentences = ("LIND wins.", "Lind wins.", "Ann Lind of Ruritania.", "ANN LIND.")
    codebook = only(story({2: LIKES}, sentences=sentences)).matcher.codebook
    lind = codebook.actors[0]
    assert lind.name == "Ann Lind"
    assert {fold_name(alias) for alias in lind.aliases} == {"lind"}
    for actor in codebook.actors:
        folded = [fold_name(name) for name in actor.names]
        assert len(folded) == len(set(folded))


@pytest.mark.parametrize(
    "sides",
    [
        {},
        {0: {}},
        {0: {("Ann Lind", "dam act"): None}},
        {0: {("Ann Lind", "Nobody We Know"): "POS"}},
    ],
    ids=["none", "empty", "as many for as against", "not in the list"],
)
def test_a_seesaw_article_without_a_statement_is_left_out(sides):
    assert seesaw_articles([story(sides)]) == []
    assert len(seesaw_articles([story(sides), story({0: SCORNS}, id="U")])) == 1


def test_what_seesaw_marks_is_read_as_marked():
    marked = {
        (c.pair.sentence.index, c.pair.holder, c.pair.issue): c
        for c in candidates_of(only(story({0: SCORNS})))
    }
    found = marked[0, "e0", "e4"]
    assert (found.is_predicted, found.gold, found.error_stage) == (True, "against", None)
    assert {c.gold for key, c in marked.items() if key != (0, "e0", "e4")} <= {"none", None}
