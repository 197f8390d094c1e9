"""Statements of an article by a judge."""

import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.judge import CellWeights, HolderQuery, IssueText, Judge, SentenceText
from standpoint.labeling.aggregation import Floors
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.judged import explanations
from standpoint.labeling.judged.statements import JudgedPair, JudgedUnit, judged_article
from standpoint.labeling.labeler import Labeler
from standpoint.mentions import MentionMatcher
from standpoint.model import load_bundle
from standpoint.text import Span, read_article
from tests.judges import random_judge, settings, write_taught

ANY = settings(statement_floor=0.0)
TOPICS = ("dam", "toll", "river", "ships", "eels")


def actor(id_, name, kind="state", **more):
    return {"id": id_, "name": name, "kind": kind, **more}


def issue(id_, name, favor, against, *cues, **more):
    return {"id": id_, "name": name, "favor": favor, "against": against, "cues": cues, **more}


def matcher_with(*extra, cues=True):
    both = [
        issue("dam", "The river dam", "The dam is built.", "No dam.", *["river dam"] * cues),
        issue("toll", "A toll on ships", "Ships pay a toll.", "No toll.", *["toll"] * cues),
        *extra,
    ]
    actors = [
        actor("ruritania", "Ruritania"),
        actor("lind", "Anna Lind", "person", member_of="ruritania"),
        actor("borduria", "Borduria"),
    ]
    fields = {"name": "dam", "title": "The dam", "actors": actors, "issues": both}
    return MentionMatcher(parse_codebook(fields, where="dam"))


@pytest.fixture(scope="module")
def taught_of(tmp_path_factory):
    def load(**changes):
        folder = tmp_path_factory.mktemp("judge")
        return load_bundle(write_taught(folder, topics=TOPICS, features=settings(**changes)))

    return load


@pytest.fixture(scope="module")
def taught(taught_of):
    return taught_of(min_relevance=0.2)


def label(text, model, matcher=None, **options):
    return Labeler(stance=model, **options).label(read_article(text), matcher or matcher_with())


def rows(result):
    return {(s.pair.holder, s.pair.issue, s.stance) for s in result.statements}


def test_a_statement_is_a_holder_and_an_issue_that_the_judge_brings_together(taught):
    result = label("Ruritania backs the river dam. Borduria attends.", taught)
    assert rows(result) == {("ruritania", "dam", "favor")}
    (statement,) = result.statements
    assert statement.pair.cue.span.of(result.article.text) == "river dam"
    assert statement.pair.holder_span.of(result.article.text) == "Ruritania"
    assert statement.pair.sentence.span.of(result.article.text) == "Ruritania backs the river dam."
    assert sum(statement.probabilities.values()) == pytest.approx(1)
    assert [(row.actor, row.stance) for row in result.stances] == [("ruritania", "favor")]


def test_a_codebook_without_cues_works(taught):
    text = "Ruritania backs the dam on the river. Borduria opposes a toll for ships."
    result = label(text, taught, matcher_with(cues=False))
    assert {("ruritania", "dam", "favor"), ("borduria", "toll", "against")} <= rows(result)
    assert any(statement.pair.cue is None for statement in result.statements)
    assert result.notes == ()


def test_what_is_not_about_the_issue_is_no_statement_and_what_takes_no_side_is(taught):
    result = label("Ruritania mentions the river dam. Borduria attends the toll.", taught)
    assert rows(result) == {("ruritania", "dam", "none")}
    assert result.stances == ()
    assert result.n_pairs > 1


def test_the_floor_of_the_manifest_decides_what_is_a_statement(taught_of):
    text = "Ruritania attends the river dam."
    assert rows(label(text, taught_of(statement_floor=0.0)))
    assert not rows(label(text, taught_of(statement_floor=0.9)))


def test_a_sentence_that_is_about_another_issue_is_less_surely_about_this_one(taught_of):
    text = "Ruritania backs the river dam, and opposes a toll."
    plain, weighed = (label(text, taught_of(others_weight=w, min_units=9)) for w in (0.0, 2.0))
    assert rows(plain) >= rows(weighed)
    before, after = (
        {(s.pair.holder, s.pair.issue): s.confidence for s in result.statements}
        for result in (plain, weighed)
    )
    assert all(after[key] < before[key] for key in after)
    assert after


def test_how_much_a_sentence_is_about_other_issues_is_the_sum_over_them(taught):
    article = AnnotatedArticle(read_article("Ruritania backs the river dam."), matcher_with())
    judge = Judge(taught.judge.folder, ANY.model_copy(update={"min_units": 9}))
    units = {s.pair.issue: s.unit for s in judged_article(article, judge).statements}
    assert set(units) == {"dam", "toll"}
    assert units["dam"].others == pytest.approx(units["toll"].about)
    assert units["toll"].others == pytest.approx(units["dam"].about)


def test_a_low_confidence_abstains(taught_of):
    text = "Ruritania backs and opposes the river dam."
    result = label(text, taught_of(), min_confidence=0.9)
    assert any(s.abstained for s in result.statements if s.pair.issue == "dam")
    assert not any(s.abstained for s in label(text, taught_of(), min_confidence=0.1).statements)


def test_what_is_not_about_the_issue_counts_for_none_in_the_probabilities_of_a_statement():
    unit = JudgedUnit(
        SentenceText(""), IssueText(""), HolderQuery("", (), (), ()), (0.4, 0, 0.1, 0.5), 0.9
    )
    judged = JudgedPair(None, unit)
    assert judged.stance == "favor"
    assert judged.probabilities() == pytest.approx({"favor": 0.4, "against": 0, "none": 0.6})


def test_the_floors_are_those_chosen_for_the_judge_unless_one_is_asked_for(taught_of):
    weights = CellWeights(intercept=0, noisy_or=1, balance=0, disagreeing=0, min_confidence=0.3)
    model = taught_of(min_confidence=0.35, cells=weights)
    assert Floors.of(model) == Floors(0.35, 0.3, weights)
    assert Floors.of(model, 0.0) == Floors(0, 0, weights)
    assert Floors.of(taught_of()) == Floors(0.4, 0.4)


def test_the_confidence_of_a_cell_is_what_the_judge_was_fitted_to_say(taught_of):
    weights = CellWeights(intercept=-1, noisy_or=0, balance=0, disagreeing=0, min_confidence=0.2)
    text = "Ruritania backs the river dam."
    model = taught_of(cells=weights, min_relevance=0.2)
    for floor, stance in ((None, "favor"), (0.3, "abstained")):
        (row,) = label(text, model, min_confidence=floor).stances
        assert (row.stance, row.confidence) == (stance, pytest.approx(0.2689, abs=1e-4))


def test_the_actor_that_an_issue_is_about_holds_no_stance_on_it(taught):
    about = issue("lind", "Anna Lind", "She stays.", "She goes.", about="lind")
    result = label("Ruritania backs Anna Lind.", taught, matcher_with(about))
    assert ("ruritania", "lind", "favor") in rows(result)
    assert not any(s.pair.holder == "lind" for s in result.statements if s.pair.issue == "lind")


def test_a_sure_pair_gives_kind_reporter_and_cue(taught):
    text = "Anna Lind said Borduria backs the river dam. “Ruritania opposes the toll,” Lind said."
    pairs = [statement.pair for statement in label(text, taught).statements]
    by_unit = {(p.sentence.index, p.holder, p.issue): p for p in pairs}
    reported, quoted = by_unit[0, "borduria", "dam"], by_unit[1, "lind", "toll"]
    assert (reported.kind, reported.reporter) == ("paraphrase", "lind")
    assert (quoted.kind, quoted.attributed_by) == ("quote", "said")
    assert (reported.eligibility, quoted.eligibility) == ("sure", "sure")


def test_members_count_for_their_organisation(taught):
    result = label("Anna Lind opposes the toll.", taught)
    cells = {(row.actor, row.issue): row.via for row in result.stances}
    assert cells["ruritania", "toll"] == ("lind",)


def test_only_prose_with_candidates_and_an_issue_is_read(taught_of, monkeypatch):
    model, read = taught_of(min_relevance=0.3), []
    original = type(model.judge).read_sentence
    monkeypatch.setattr(
        type(model.judge),
        "read_sentence",
        lambda judge, sentence: read.append(sentence) or original(judge, sentence),
    )
    text = (
        "By Joan Smith\n\nIt rains on the river dam. Ruritania backs the river dam. It snows. "
        "It hails. Borduria eats. Borduria sleeps. Borduria sings."
    )
    label(text, model)
    assert [(s.text, s.before) for s in read] == [
        ("Ruritania backs the river dam.", "It rains on the river dam."),
        ("It snows.", "Ruritania backs the river dam."),
    ]


def test_what_the_first_stage_finds_not_to_be_about_the_issue_is_no_statement(taught_of):
    text = "Ruritania backs the river dam. It rains. Borduria eats at the river dam."
    every = rows(label(text, taught_of(statement_floor=0.0)))
    early = rows(label(text, taught_of(statement_floor=0.0, about_floor=0.52)))
    assert {holder for holder, _, _ in every} == {"ruritania", "borduria"}
    assert {(h, i) for h, i, _ in early} == {("ruritania", "dam"), ("ruritania", "toll")}


@pytest.mark.parametrize(("most", "n_issues"), [(0, 1), (1, 1), (2, 2), (9, 3)])
def test_a_bounded_number_of_issues_is_judged_but_always_one_with_a_cue(taught_of, most, n_issues):
    third = issue("eels", "Eels", "They live.", "They die.")
    model = taught_of(max_issues=most)
    result = label("Ruritania backs the river dam.", model, matcher_with(third))
    judged = {s.pair.issue for s in result.statements}
    assert "dam" in judged
    assert len(judged) == n_issues


def test_an_issue_named_just_before_is_judged(taught_of):
    model = taught_of(max_issues=0)
    result = label("Ruritania attends the river dam. Borduria opposes all.", model)
    assert ("borduria", "dam", "against") in rows(result)
    assert not any(s.pair.issue == "toll" for s in result.statements)


def test_issues_below_the_relevance_are_not_judged(taught_of):
    text = "It rains. Ruritania backs ships and a toll. Borduria opposes eels."
    matcher = matcher_with(cues=False)
    every = {(s, i) for s, i in units(text, taught_of(), matcher)}
    assert every == {(1, "dam"), (1, "toll"), (2, "dam"), (2, "toll")}
    assert units(text, taught_of(min_relevance=0.3), matcher) == {(1, "toll")}
    assert not units("Ruritania backs eels.", taught_of(min_relevance=0.99), matcher)


def units(text, model, matcher):
    annotated = AnnotatedArticle(read_article(text), matcher)
    return {
        (p.pair.sentence.index, p.pair.issue)
        for p in judged_article(annotated, model.judge).statements
    }


@pytest.mark.parametrize(("least", "n_units"), [(0, 0), (1, 1), (3, 3), (4, 4), (99, 4)])
def test_a_short_article_is_judged_whole(taught_of, least, n_units):
    model = taught_of(min_relevance=1.0, min_units=least)
    text = "Ruritania backs eels. Borduria opposes fish."
    assert len(units(text, model, matcher_with(cues=False))) == n_units


@pytest.mark.parametrize("n_words", [40, 2_000])
def test_an_issue_that_is_cut_is_noted(taught_of, n_words):
    favor = "The dam is built " * (n_words // 4)
    long = issue("long", "A long dam", favor, "It is not.", "long dam")
    model = taught_of(max_issue_tokens=24)
    (note,) = label("Ruritania backs the river dam.", model, matcher_with(long)).notes
    assert note.code == "long-issue"
    assert "'A long dam'" in note.message


def test_offsets_are_those_of_the_article_as_it_was_sent(taught):
    text = "It rained.\r\n\r\nRuritania  backs the river\u00a0dam."
    (statement,) = label(text, taught).statements
    pair = statement.pair
    assert text[pair.cue.span.start : pair.cue.span.end] == "river\u00a0dam"
    assert text[pair.holder_span.start : pair.holder_span.end] == "Ruritania"


def test_an_article_without_sentences_or_actors_has_no_statement(taught):
    assert label("It rains.", taught).statements == ()
    assert [note.code for note in label("It rains.", taught).notes] == ["no-actor", "no-issue"]


def test_answers_do_not_depend_on_sentences_that_stand_further_off(tmp_path):
    model = random_judge(tmp_path, words=TOPICS)
    own = "It rains. Ruritania opposes the river dam."
    alone = answers(own, model)
    beside = answers(f"{own} It rains. It rains. It rains. It rains. Borduria naps.", model)
    for unit, answer in alone.items():
        assert beside[unit][:3] == pytest.approx(answer[:3], abs=0.2)


def answers(text, model):
    annotated = AnnotatedArticle(read_article(text), matcher_with())
    return {
        (p.pair.sentence.index, p.pair.issue, p.pair.holder): p.answer
        for p in judged_article(annotated, model.judge).statements
    }


def test_an_explanation_shows_the_words_of_the_sentence_that_decided(taught):
    labeler = Labeler(stance=taught)
    result = labeler.label(read_article("Ruritania backs the river dam."), matcher_with())
    (statement,) = labeler.explain(result).statements
    explanation = statement.explanation
    assert explanation.words[0].name == "backs"
    assert explanation.words[0].weight > 0
    assert [part.name for part in explanation.parts] == ["judge"]
    assert "Ruritania" not in {word.name for word in explanation.words}


def test_an_explanation_shows_the_words_of_the_issue_too(tmp_path):
    labeler = Labeler(stance=random_judge(tmp_path, words=(*TOPICS, "built"), features=ANY))
    result = labeler.label(read_article("Ruritania backs the river dam."), matcher_with())
    units = [s.judged for s in result.statements if s.pair.issue == "dam"]
    terms = [reading.term for reading in explanations._without_words(units, most=99)]
    assert terms[:4] == ["backs", "the", "river", "dam"]
    assert "issue: built" in terms
    assert all(s.explanation for s in labeler.explain(result).statements)


@pytest.mark.parametrize(("most", "terms"), [
    (99, ["Ruritania", "and", "Borduria", "back", "the", "river", "dam"]),
    (5, ["Ruritania", "and", "Borduria", "back the", "river dam"]),
    (1, ["Ruritania", "and", "Borduria", "back the river dam"]),
])  # fmt: skip
def test_many_words_are_left_out_together_but_never_with_a_holder(most, terms):
    text = "Ruritania and Borduria back the river dam"
    spans = [Span(0, 9), Span(14, 22)]
    holders = [HolderQuery(str(n), (span,), (), ()) for n, span in enumerate(spans)]
    runs = explanations._runs(text, holders, most=most)
    assert [text[run.start : run.end] for run in runs] == terms
    assert [set(run.own_of) for run in runs] == [{0}, set(), {1}, *[set()] * (len(terms) - 3)]


def test_holders_of_a_sentence_and_an_issue_share_the_passes(tmp_path, monkeypatch):
    model = random_judge(tmp_path, words=(*TOPICS, "backs"), features=ANY)
    labeler = Labeler(stance=model)
    text = "Ruritania and Borduria back the river dam."
    result = labeler.label(read_article(text), matcher_with())
    asked = []
    judge = Judge.judge

    def counting(self, sentence, issue, holders, **options):
        asked.append(len(holders))
        return judge(self, sentence, issue, holders, **options)

    monkeypatch.setattr(Judge, "judge", counting)
    explained = labeler.explain(result).statements
    dam = [s for s in explained if s.pair.issue == "dam"]
    n_holders = len(dam)
    assert n_holders >= 2
    assert set(asked) <= {n_holders, n_holders - 1}  # one fewer where a word names one of them
    terms = {s.pair.holder: {word.name for word in s.explanation.words} for s in dam}
    assert "Borduria" not in terms["borduria"]


def test_words_left_out_are_bounded_in_all_statements_together(taught, monkeypatch):
    labeler = Labeler(stance=taught)
    text = "Ruritania backs the river dam. Borduria opposes the river dam."
    result = labeler.label(read_article(text), matcher_with())
    passes = []
    judge = Judge.judge

    def counting(self, *args, **options):
        passes.append(args)
        return judge(self, *args, **options)

    monkeypatch.setattr(Judge, "judge", counting)
    monkeypatch.setattr(explanations, "MAX_PASSES", 9)
    monkeypatch.setattr(explanations, "MIN_PASSES", 9)
    explained = labeler.explain(result).statements
    assert [bool(s.explanation.words) for s in explained] == [True, *[False] * (len(explained) - 1)]
    assert 0 < len(passes) <= 9
    assert all(s.explanation.parts for s in explained)


def test_of_a_long_issue_only_words_that_are_read_are_left_out(taught_of, monkeypatch):
    labeler = Labeler(stance=taught_of(max_issue_tokens=24))
    long = issue("long", "A long dam", "The dam is built. " * 400, "It is not.", "long dam")
    result = labeler.label(read_article("Ruritania backs the long dam."), matcher_with(long))
    issues = []
    read = Judge.read_issue

    def recording(self, issue):
        issues.append(issue)
        return read(self, issue)

    monkeypatch.setattr(Judge, "read_issue", recording)
    labeler.explain(result)
    read_of_long = {issue.favor for issue in issues if issue.name.endswith("dam")}
    assert len(read_of_long) > 2
    assert all(len(favor.split()) <= 12 for favor in read_of_long)
