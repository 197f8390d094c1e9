"""Titles, descriptions and pronouns, where the antecedent is plain; the rest stay unresolved.

Precision before recall: a wrong holder is worse than a missing one.
"""

from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.nominals import descriptions_in
from standpoint.coreference.officials import officials_in
from standpoint.coreference.pronouns import pronouns_in
from standpoint.coreference.salience import NOBODY, focus_of
from standpoint.coreference.sentence import read_line
from standpoint.lexicon.roles import TITLES
from standpoint.mentions import ActorMention, ActorProfiles, by_sentence
from standpoint.text import Article, Span

__all__ = ["TITLES", "resolve_references"]


def resolve_references(
    article: Article, mentions: list[ActorMention], *, cast: ActorProfiles, quotes: list[Span]
) -> list[ActorMention]:
    """Mentions by title or pronoun, to be added to the mentions by name.

    Parameters
    ----------
    mentions : by name, in the order of the article
    quotes : what stands in quotation marks; pronouns there are the speaker's and stay unresolved
    """
    named = by_sentence(mentions)
    scene = DiscourseState(cast, article)
    found: list[ActorMention] = []
    focus, before = NOBODY, None
    for sentence in article.sentences:
        line = read_line(sentence, named.get(sentence.index, ()), quotes)
        known = len(line.mentions)
        scene.take_in(line)
        for mention in officials_in(line, scene):
            line.add(mention)
        for mention in [*descriptions_in(line, scene, before=before)]:
            line.add(mention)
        list(pronouns_in(line, scene, focus))
        found += line.mentions[known:]
        focus = focus_of(line, scene, held=focus)
        before = line
    return found
