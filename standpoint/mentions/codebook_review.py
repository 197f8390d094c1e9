"""What a codebook's names and cues can find: faults, warnings and notes for its author."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from standpoint.codebook import Actor, Codebook, Issue, fold_cue
from standpoint.errors import Fault
from standpoint.lexicon.function_words import DETERMINERS, FUNCTION_WORDS, PERSONAL_PRONOUNS
from standpoint.lexicon.matching.common_words import FREQUENT_WORDS
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text import Sentence, Span, Word, words_of

# Sentences that use a name or cue plainly: within, at the start, at the end.
_TEMPLATES = ("They said that {} was there.", "{} said so.", "Nobody spoke of {}")
# Before them, since a surname that is a place's ("Paris") counts only once its owner is introduced.
_INTRODUCTION = "They met {}. "
CUE_FIELDS = ("cues", "opposite_cues")


class CodebookReview(NamedTuple):
    """What to say about a codebook that is valid by itself.

    Attributes
    ----------
    faults : names and cues that cannot be found in any text
    warnings : names and cues that are found everywhere, cues that stand for several issues
    notes : issues without cues
    """

    faults: list[Fault]
    warnings: list[Fault]
    notes: list[Fault]


def review_codebook(codebook: Codebook) -> CodebookReview:
    """Try every name and cue of a codebook on sentences made of it."""
    matcher = MentionMatcher(codebook)
    faults = [
        *(f for n, actor in enumerate(codebook.actors) for f in _lost_names(matcher, n, actor)),
        *(f for n, issue in enumerate(codebook.issues) for f in _lost_cues(matcher, n, issue)),
    ]
    warnings = [
        *(f for n, actor in enumerate(codebook.actors) for f in _frequent_names(n, actor)),
        *(f for n, issue in enumerate(codebook.issues) for f in _frequent_cues(n, issue)),
        *_shared_cues(codebook),
    ]
    notes = [f for n, issue in enumerate(codebook.issues) for f in _without_cues(n, issue)]
    return CodebookReview(faults, warnings, notes)


def _sentence(text: str, *, index: int = 0, start: int = 0) -> Sentence:
    return Sentence(index, 0, Span(start, start + len(text)), text)


def _finds_name(matcher: MentionMatcher, name: str, actor: Actor) -> bool:
    introduction = _sentence(_INTRODUCTION.format(actor.name))
    origin = introduction.span.end
    return any(
        mention.actor == actor.id and mention.sentence == 1
        for template in _TEMPLATES
        for mention in matcher.names_in(
            [introduction, _sentence(template.format(name), index=1, start=origin)]
        )
    )


def _lost_names(matcher: MentionMatcher, number: int, actor: Actor) -> Iterator[Fault]:
    for name in actor.names:
        if _finds_name(matcher, name, actor):
            continue
        field = "name" if name == actor.name else "aliases"
        yield _fault("actors", number, field, f"must be found where a text has it, got {name!r}.")


def _lost_cues(matcher: MentionMatcher, number: int, issue: Issue) -> Iterator[Fault]:
    for field in CUE_FIELDS:
        for cue in getattr(issue, field):
            sentences = (_sentence(template.format(cue)) for template in _TEMPLATES)
            if not any(m.issue == issue.id for s in sentences for m in matcher.cues_in(s)):
                problem = f"must be found where a text has it, got {cue!r}."
                yield _fault("issues", number, field, problem)


def _fault(key: str, number: int, field: str, problem: str) -> Fault:
    advice = "Write it as texts print it, or leave it out."
    return Fault((key, number, field), f"{key}[{number}].{field}: {problem} {advice}")


def _frequent_names(number: int, actor: Actor) -> Iterator[Fault]:
    """Names of nothing but words that every text has: "it", "people", "he said", "The", "5"."""
    for field, name in [("name", actor.name), *(("aliases", alias) for alias in actor.aliases)]:
        if _stands_everywhere(words_of(name)):
            text = (
                f"actors[{number}].{field}: should name the actor alone, got {name!r}, "
                "which stands in texts on anything. Use more words."
            )
            yield Fault(("actors", number, field), text)


def _stands_everywhere(name: Sequence[Word]) -> bool:
    """Whether a name's words tell nobody apart; "the government" does, and so do "IT" and "G-7"."""
    if any(word.text.isupper() and len(word.text) > 1 for word in name):
        return False
    plain = [word.key in FUNCTION_WORDS or word.key in FREQUENT_WORDS for word in name]
    if len(name) == 1:
        (word,) = name
        is_sign = word.key.isdigit() or len(word.key) == 1
        return is_sign or word.key in FUNCTION_WORDS or (plain[0] and word.text.islower())
    return all(plain) and any(word.key in PERSONAL_PRONOUNS for word in name)


def _frequent_cues(number: int, issue: Issue) -> Iterator[Fault]:
    """Cues of nothing but words that every text has: "it", "the plan", "said"."""
    for field in CUE_FIELDS:
        for cue in getattr(issue, field):
            keys = {word.key for word in words_of(cue)} - DETERMINERS
            if len(keys) <= 1 and keys <= FREQUENT_WORDS | FUNCTION_WORDS:
                text = (
                    f"issues[{number}].{field}: should name the issue alone, got {cue!r}, "
                    "which stands in texts on anything. Use more words."
                )
                yield Fault(("issues", number, field), text)


def _shared_cues(codebook: Codebook) -> Iterator[Fault]:
    """Cues that several issues have: a sentence with one concerns all of them."""
    owners: dict[str, str] = {}
    for number, issue in enumerate(codebook.issues):
        for field in CUE_FIELDS:
            for cue in getattr(issue, field):
                owner = owners.setdefault(fold_cue(cue), issue.id)
                if owner != issue.id:
                    text = (
                        f"issues[{number}].{field}: should be its own, got {cue!r}, which "
                        f"{owner!r} has too. A sentence with it concerns both issues."
                    )
                    yield Fault(("issues", number, field), text)


def _without_cues(number: int, issue: Issue) -> Iterator[Fault]:
    if not issue.cues and not issue.opposite_cues and issue.about is None:
        text = (
            f"issues[{number}].cues: empty, so that {issue.id!r} is found by its name and "
            "meaning alone. Cues find more."
        )
        yield Fault(("issues", number, "cues"), text)
