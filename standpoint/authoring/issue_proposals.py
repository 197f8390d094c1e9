"""Issues proposed for a codebook from the key phrases of articles."""

from collections import Counter
from collections.abc import Sequence

from standpoint.authoring.key_phrases import Phrase
from standpoint.authoring.truecasing import slug, unique_id
from standpoint.codebook import Issue, Proposal, count_in_words, fold_cue
from standpoint.lexicon.issue_nouns import is_issue_noun
from standpoint.text import stem_of

MAX_ISSUES, MAX_CUES = 15, 12  # as many as one can read and edit (a guess)
MIN_COUNT = 2  # occurrences of a cluster of phrases, as of an actor's name
# Phrases of one head noun are one issue, unless there are more: then the noun is a common one.
MAX_SAME_HEAD = 8
MIN_CUE_SHARE = 0.02  # frequency of a cue, as a share of the most frequent one's (a guess)
FAVOR = "TODO: say what being in favor means."
AGAINST = "TODO: say what being against means."


def propose_issues(phrases: Sequence[Phrase], *, is_small: bool) -> list[Proposal[Issue]]:
    """Cluster phrases around the best ones; clusters that recur come first.

    Parameters
    ----------
    phrases : the best first
    is_small : whether the corpus is so small that a phrase with a name ("Iran's participation") is
        proposed even if it occurs once
    """
    n_same_head = Counter(stem_of(phrase.head) for phrase in phrases)
    left = list(phrases)
    recurring: list[list[Phrase]] = []
    single: list[list[Phrase]] = []
    while left:
        lead = left[0]
        cluster = [p for p in left if p is lead or _is_related(lead, p, n_same_head)]
        left = [phrase for phrase in left if phrase not in cluster]
        if not (is_issue_noun(lead.head) or any(phrase.after_verb for phrase in cluster)):
            continue
        if _count(cluster) >= MIN_COUNT:
            recurring.append(cluster)
        elif is_small and is_issue_noun(lead.head) and any(map(str.isupper, lead.wording)):
            single.append(cluster)
        if len(recurring) == MAX_ISSUES:
            break
    recurring.sort(key=_count, reverse=True)
    issues: list[Proposal[Issue]] = []
    for cluster in [*recurring, *single][:MAX_ISSUES] if recurring else []:
        taken = {issue.entry.id for issue in issues}
        issues.append(_issue(cluster, unique_id(slug(_name(cluster)) or "issue", taken=taken)))
    return issues


def _count(cluster: Sequence[Phrase]) -> int:
    return sum(phrase.count for phrase in cluster)


def _name(cluster: Sequence[Phrase]) -> str:
    return max(cluster, key=lambda p: (p.count, -len(p.stems), p.score)).wording


def _is_related(lead: Phrase, phrase: Phrase, n_same_head: Counter[str]) -> bool:
    """Whether one phrase contains the words of the other, or both have a head that few have."""
    if set(lead.stems) <= set(phrase.stems) or set(phrase.stems) <= set(lead.stems):
        return True
    head = stem_of(lead.head)
    return head == stem_of(phrase.head) and n_same_head[head] <= MAX_SAME_HEAD


def _issue(cluster: Sequence[Phrase], id: str) -> Proposal[Issue]:
    """An issue of a cluster, its most frequent phrases as cues."""
    by_count = sorted(cluster, key=lambda phrase: (-phrase.count, phrase.stems))
    least = by_count[0].count * MIN_CUE_SHARE
    cues = {fold_cue(p.wording): p.wording for p in by_count[:MAX_CUES] if p.count >= least}
    count = _count(cluster)
    n_near = sum(phrase.near for phrase in cluster)
    issue = Issue(
        id=id, name=_name(cluster), favor=FAVOR, against=AGAINST, cues=tuple(cues.values())
    )
    where = "" if n_near == count else f"{n_near} of them "
    return Proposal(issue, f"{count_in_words(count)}, {where}near an attribution")
