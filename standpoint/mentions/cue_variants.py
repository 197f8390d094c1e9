"""The forms of an issue's cues: as stems, with the possessive as an of-phrase, in the passive."""

from collections.abc import Iterator
from functools import cache
from itertools import product

from standpoint.codebook import Codebook
from standpoint.labels import Pole
from standpoint.lexicon.function_words import ARTICLES, FUNCTION_WORDS
from standpoint.lexicon.matching.word_forms import ACTION_FORMS, SPECIFIC_ACTIONS
from standpoint.lexicon.word_set import words
from standpoint.mentions.phrase_trie import PASSIVE_GAP, Phrase, sign_before
from standpoint.text import Word, cue_stem, phrase_words

# Prepositions between a noun and what qualifies it: "ban on exports" is "export ban".
_LINKS = ("of", "on", "against")
N_COMPOUND_WORDS = 2
MIN_CONTENT_CHARS = 3
MAX_ACTION_FORMS = 8
"""Forms of one cue by its nouns of actions; a cue has hardly more than two such nouns."""
# Verbs that follow their subject as often as they are nouns: "forces used" is no use of force.
_SUBJECT_VERBS = words("use call need act work end help move back")
# Nouns before a number, and how statutes shorten them.
_NUMBERED_NOUNS = "sec/section art/article para/paragraph ch/chapter prop/proposition"
Stems = tuple[str, ...]
CueValue = tuple[str, Pole]


def cue_phrases(codebook: Codebook) -> Iterator[Phrase]:
    """The cues of all issues for a trie, as stems, with their paraphrases."""
    for issue in codebook.issues:
        for cue in issue.cues:
            yield from _forms(cue, value=(issue.id, "favor"))
        for cue in issue.opposite_cues:
            yield from _forms(cue, value=(issue.id, "against"))
        is_bare = not issue.cues and not issue.opposite_cues and issue.about is None
        if is_bare and _is_telling(issue.name):
            yield from _forms(issue.name, value=(issue.id, "favor"))


def _is_telling(name: str) -> bool:
    """Whether an issue's name can serve as its cue: of two words or more besides its article."""
    keys = [word.key for word in phrase_words(name)]
    return len(keys) - (keys[:1] == ["the"]) >= N_COMPOUND_WORDS


def _forms(cue: str, *, value: CueValue) -> Iterator[Phrase]:
    """A cue as written, without hyphens, and in other words."""
    for text in dict.fromkeys([cue, cue.replace("-", "")]):
        cue_words = phrase_words(text)
        cue_words = _without_article(cue_words)
        if cue_words:
            yield from _phrases(text, cue_words, value=value)


def _without_article(cue_words: tuple[Word, ...]) -> tuple[Word, ...]:
    """A cue without its article; "a share" is not any share."""
    first = cue_words[0].key if cue_words else ""
    is_article = first == "the" or (first in ARTICLES and len(cue_words) > N_COMPOUND_WORDS)
    return cue_words[1:] if is_article and len(cue_words) > 1 else cue_words


def _phrases(text: str, cue_words: tuple[Word, ...], *, value: CueValue) -> Iterator[Phrase]:
    texts = {cue_stem(word.key): word.text for word in cue_words}
    stems = tuple(cue_stem(word.key) for word in cue_words)
    signed = tuple(sign_before(text, cue_words, at) + stem for at, stem in enumerate(stems))
    plain_forms = [signed, stems, *_paraphrases(cue_words, stems)]
    forms = [*plain_forms, *filter(None, map(_renumbered, plain_forms))]
    for form in dict.fromkeys(other for plain in forms for other in _action_forms(plain)):
        yield form, tuple(texts.get(stem, stem) for stem in form), value


def _renumbered(stems: Stems) -> Stems | None:
    """The stems with "section" for "sec" before a number, and the other way round, if any is."""
    pairs = zip(stems, (*stems[1:], ""), strict=True)
    form = tuple(
        _numbered_nouns().get(stem, stem) if following.isdigit() else stem
        for stem, following in pairs
    )
    return form if form != stems else None


@cache
def _numbered_nouns() -> dict[str, str]:
    pairs = [pair.split("/") for pair in _NUMBERED_NOUNS.split()]
    stems = {cue_stem(short): cue_stem(noun) for short, noun in pairs}
    return stems | {noun: short for short, noun in stems.items()}


def _action_forms(stems: Stems) -> Iterator[Stems]:
    """The stems with those of the nouns or verbs of the same actions."""
    is_single = len(stems) == 1
    choices = [
        (
            stem,
            *(form for form in _same_action().get(stem, ()) if _may_replace(stem, form, is_single)),
        )
        for stem in stems
    ]
    for number, form in enumerate(product(*choices)):
        if number == MAX_ACTION_FORMS:
            break
        yield form


def _may_replace(stem: str, form: str, is_single: bool) -> bool:
    return not is_single or not _specific_stems().isdisjoint((stem, form))


@cache
def _specific_stems() -> frozenset[str]:
    return frozenset(map(cue_stem, SPECIFIC_ACTIONS))


@cache
def _same_action() -> dict[str, tuple[str, ...]]:
    """Stems to the other stems of the same action."""
    groups: dict[str, dict[str, None]] = {}
    for form, verb in (pair.split("/") for pair in ACTION_FORMS.split()):
        groups.setdefault(verb, {verb: None})[form] = None
    rows = ([cue_stem(word) for word in group] for group in groups.values())
    return {stem: tuple(o for o in row if o != stem) for row in rows for stem in row}


def _paraphrases(cue_words: tuple[Word, ...], stems: Stems) -> Iterator[Stems]:
    """The same thing in another order: "Assad's removal", "removal of Assad", "removing Assad"."""
    owner_end = next((at for at, word in enumerate(cue_words[:-1], 1) if word.possessive), 0)
    link_at = next((at for at, stem in enumerate(stems[1:-1], 1) if stem in _LINKS), 0)
    if owner_end:
        owner, thing = stems[:owner_end], stems[owner_end:]
        if _are_content(cue_words):
            yield from _of_owner(owner, thing)
    elif link_at:
        head, qualifier = stems[:link_at], stems[link_at + 1 :]
        if len(head) == 1 and _are_content((*cue_words[:link_at], *cue_words[link_at + 1 :])):
            yield from _of_qualifier(head, qualifier, link=stems[link_at])
        elif stems[link_at] == "of" and len(qualifier) > 1 and qualifier[-1].isdigit():
            yield (*head, *qualifier)  # "repeal of Sec. 5": "to repeal Sec. 5"
    elif len(cue_words) == N_COMPOUND_WORDS and _are_content(cue_words):
        first, second = stems
        yield from ((second, link, first) for link in _LINKS)
        yield (second, PASSIVE_GAP, first)


def _of_owner(owner: Stems, thing: Stems) -> Iterator[Stems]:
    """Other forms of "Assad's removal"."""
    yield (*thing, "of", *owner)
    if len(thing) == 1:
        yield (*thing, *owner)
        yield (*owner, PASSIVE_GAP, *thing)


def _of_qualifier(head: Stems, qualifier: Stems, *, link: str) -> Iterator[Stems]:
    """Other forms of "ban on exports" and "use of chemical weapons"."""
    if head[0] not in _SUBJECT_VERBS or len(qualifier) > 1:
        yield (*qualifier, *head)
    if link == "of":
        yield (*head, *qualifier)
        yield (*qualifier, PASSIVE_GAP, *head)


def _are_content(cue_words: tuple[Word, ...]) -> bool:
    """Whether words carry meaning: no function words, numbers or single letters."""
    return all(
        word.key not in FUNCTION_WORDS and len(word.key) >= MIN_CONTENT_CHARS and word.key.isalpha()
        for word in cue_words
    )
