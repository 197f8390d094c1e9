"""Issues proposed from the phrases that recur in articles."""

from collections import Counter
from collections.abc import Sequence

from standpoint.authoring.key_phrases import Phrase
from standpoint.authoring.truecasing import new_id, slug
from standpoint.codebook import Issue, Proposal, count_in_words, fold_cue
from standpoint.lexicon.issue_nouns import is_issue_noun
from standpoint.text import stem_of

MAX_ISSUES, MAX_CUES = 15, 12
MIN_COUNT = 2
MAX_HEADED = 8
MIN_CUE_SHARE = 0.02
FAVOR = "TODO: say what being in favor means."
AGAINST = "TODO: say what being against means."


def propose_issues(ranked: Sequence[Phrase], *, is_small: bool) -> list[Proposal[Issue]]:
    """Phrases grouped round the best of them; those that recur come first.

    Parameters
    ----------
    is_small : whether doings of someone named are proposed that stand only once
    """
    headed = Counter(stem_of(one.head) for one in ranked)
    left = list(ranked)
    recur: list[list[Phrase]] = []
    once: list[list[Phrase]] = []
    while left:
        lead = left[0]
        group = [one for one in left if one is lead or _go_together(lead, one, headed)]
        left = [one for one in left if one not in group]
        if not (is_issue_noun(lead.head) or any(one.turned for one in group)):
            continue
        if _count(group) >= MIN_COUNT:
            recur.append(group)
        elif is_small and is_issue_noun(lead.head) and any(map(str.isupper, lead.form)):
            once.append(group)
        if len(recur) == MAX_ISSUES:
            break
    recur.sort(key=_count, reverse=True)
    groups = [*recur, *once][:MAX_ISSUES] if recur else []
    ids: list[str] = []
    for group in groups:
        ids.append(new_id(slug(_name(group)) or "issue", taken=set(ids)))
    return [_issue(group, id) for group, id in zip(groups, ids, strict=True)]


def _count(group: Sequence[Phrase]) -> int:
    return sum(one.count for one in group)


def _name(group: Sequence[Phrase]) -> str:
    return max(group, key=lambda one: (one.count, -len(one.stems), one.score)).form


def _go_together(lead: Phrase, one: Phrase, headed: Counter[str]) -> bool:
    """Whether a phrase holds the other, or is of the same noun where few phrases are."""
    if set(lead.stems) <= set(one.stems) or set(one.stems) <= set(lead.stems):
        return True
    head = stem_of(lead.head)
    return head == stem_of(one.head) and headed[head] <= MAX_HEADED


def _issue(group: Sequence[Phrase], id: str) -> Proposal[Issue]:
    """A draft issue of a group, its commonest phrases as cues."""
    common = sorted(group, key=lambda one: (-one.count, one.stems))
    least = common[0].count * MIN_CUE_SHARE
    cues = {fold_cue(one.form): one.form for one in common[:MAX_CUES] if one.count >= least}
    count = _count(group)
    near = sum(one.near for one in group)
    issue = Issue(id=id, name=_name(group), favor=FAVOR, against=AGAINST, cues=tuple(cues.values()))
    where = "" if near == count else f"{near} of them "
    return Proposal(issue, f"{count_in_words(count)}, {where}near an attribution")
