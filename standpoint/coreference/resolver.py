"""Coreference resolution: titles, nominal mentions and pronouns with a clear antecedent.

Precision before recall: a wrong holder is worse than a missing one, so an anaphor with several
possible antecedents stays unresolved.
"""

from collections import deque

from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.nominals import nominal_mentions
from standpoint.coreference.officials import official_mentions
from standpoint.coreference.pronouns import add_pronouns
from standpoint.coreference.recent_persons import MAX_SENTENCES_BACK, note_strangers
from standpoint.coreference.salience import NO_SALIENCE, salience_after
from standpoint.coreference.short_forms import short_form_mentions
from standpoint.mentions import (
    ActorMention,
    ActorProfiles,
    SentenceView,
    by_sentence,
    view_sentence,
)
from standpoint.text import Article, Span


def resolve_references(
    article: Article, mentions: list[ActorMention], *, profiles: ActorProfiles, quotes: list[Span]
) -> list[ActorMention]:
    """The mentions by title, description or pronoun; the mentions by name are not repeated.

    Parameters
    ----------
    mentions : by name, in text order
    quotes : what is in quotation marks; "I" and "we" there are the speaker's
    """
    named = by_sentence(mentions)
    discourse = DiscourseState(profiles, article)
    resolved: list[ActorMention] = []
    salience = NO_SALIENCE
    recent: deque[SentenceView] = deque(maxlen=MAX_SENTENCES_BACK)
    for sentence in article.sentences:
        view = view_sentence(sentence, named.get(sentence.index, ()), quotes=quotes)
        n_named = len(view.mentions)
        discourse.update(view)
        for mention in official_mentions(view, discourse):
            view.add(mention)
        for mention in [*nominal_mentions(view, discourse, recent=recent)]:
            view.add(mention)
        for mention in [*short_form_mentions(view, discourse, recent=recent)]:
            view.add(mention)
        add_pronouns(view, discourse, salience, recent=recent)
        resolved += view.mentions[n_named:]
        salience = salience_after(view, discourse, previous=salience)
        note_strangers(view, discourse)
        recent.appendleft(view)
    return resolved
