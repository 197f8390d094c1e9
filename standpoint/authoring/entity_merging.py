"""Which names of articles are one actor's, what kind of actor, and whose member."""

from collections import Counter
from collections.abc import Iterable

from standpoint.authoring.actor_kinds import has_body_word, is_generic
from standpoint.authoring.name_counts import Found
from standpoint.authoring.truecasing import initials
from standpoint.codebook import fold_name
from standpoint.lexicon.countries import PEOPLES, country_words
from standpoint.lexicon.particles import ARABIC_PARTICLES, NAME_CONNECTIVES
from standpoint.lexicon.roles import GOVERNMENT_TITLES

Names = dict[tuple[str, ...], Found]
MIN_PLACED_SHARE = 0.3
MIN_SHOWN = 3
MIN_NOUN_SHARE = 0.6
MIN_ACTING_SHARE = 0.03
MANY = 5
MIN_TITLED_SHARE = 0.2
MIN_PERSON_WORDS, MAX_PERSON_WORDS = 2, 4
MIN_LEAD = 2.0
MAX_SHORT = 8
MAX_LOST = 3
MIN_SPEAKING_SHARE = 0.15


def merge(found: Names) -> Names:
    """Put together the names of one actor: lost apostrophes, particles, surnames, acronyms."""
    names = dict(found)
    for rule in (_lost_possessives, _particles, _ends, _acronyms):
        for words, into in rule(names).items():
            owner = _last(into, names)
            if words in names and owner is not None and owner is not names[words]:
                owner.take(names.pop(words))
    return names


def _last(words: tuple[str, ...], names: Names) -> Found | None:
    return names.get(words)


def _lost_possessives(names: Names) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Find "Assads" for "Assad's", where texts have lost their apostrophes."""
    pairs = {}
    for words, one in names.items():
        bare = (*words[:-1], words[-1][:-1])
        if not words[-1].endswith("s") or bare not in names:
            continue
        if names[bare].count * MAX_LOST >= one.count:
            pairs[words] = bare
        else:
            pairs[bare] = words
    return pairs


def _particles(names: Names) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Find "Bashar Assad" beside "Bashar al-Assad": the commoner form takes the other."""
    alike: dict[tuple[str, ...], list[Found]] = {}
    for one in names.values():
        bare = tuple(word for word in one.words if word not in ARABIC_PARTICLES)
        alike.setdefault(bare or one.words, []).append(one)
    pairs = {}
    for group in alike.values():
        best = max(group, key=lambda one: (len(one.words) > 1, one.count, one.words))
        pairs.update({one.words: best.words for one in group if one is not best})
    return pairs


def _ends(names: Names) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Surnames to persons, and "the Coalition" to the body of which it is a word."""
    longer: dict[tuple[str, ...], list[Found]] = {}
    for one in names.values():
        for at in range(1, len(one.words)):
            longer.setdefault(one.words[at:], []).append(one)
        for word in one.words[:-1] if is_body(one) else ():
            longer.setdefault((word,), []).append(one)
    pairs = {}
    for words, one in names.items():
        held = [other for other in longer.get(words, ()) if _may_be_short_for(one, other)]
        best = max(held, key=lambda other: (other.count, other.words), default=None)
        if best is not None and best.count >= MIN_LEAD * (sum(o.count for o in held) - best.count):
            pairs[words] = best.words
    return {words: pairs.get(into, into) for words, into in pairs.items()}


def _may_be_short_for(one: Found, other: Found) -> bool:
    if other.country or " ".join(one.words) in country_words():
        return False
    if other.count * MAX_SHORT < one.count:
        return False
    if is_body(other):
        return 3 * one.has_the > one.count and not _is_acronym(one.name)
    if not looks_like_a_person(other) or is_placed(one):
        return False
    return bool(other.titled or other.speaks or MIN_SPEAKING_SHARE * one.count < one.speaks)


def is_body(one: Found) -> bool:
    """Whether a name is one of a body: it says so, or joins words by "of" or "for"."""
    return has_body_word(one.name) or bool(NAME_CONNECTIVES & set(one.words))


def _acronyms(names: Names) -> dict[tuple[str, ...], tuple[str, ...]]:
    short = {w[0]: one for w, one in names.items() if len(w) == 1 and _is_acronym(usual_form(one))}
    pairs: dict[tuple[str, ...], tuple[str, ...]] = {}
    for words, one in sorted(names.items(), key=lambda pair: (pair[1].count, pair[0])):
        for letters in sorted(initials(one.name) | one.acronyms):
            if letters.casefold() in short and not looks_like_a_person(one):
                pairs[(letters.casefold(),)] = words
    return pairs


def _is_acronym(name: str) -> bool:
    bare = name.replace(".", "")
    return bare.isupper() and 2 <= len(bare) <= 6


def looks_like_a_person(one: Found) -> bool:
    """Whether titles stand before a name, or it is a few words of which none names a body."""
    if one.country or is_body(one) or " ".join(one.words) in country_words():
        return False
    plain = sum(word not in ARABIC_PARTICLES for word in one.words)
    if plain < MIN_PERSON_WORDS:
        return not _is_acronym(one.name) and MIN_TITLED_SHARE * one.count < one.titled
    if plain > MAX_PERSON_WORDS or any(word.isdigit() for word in one.words):
        return False
    if one.words[0] in country_words() or one.words[-1] in PEOPLES:
        return False
    return bool(one.titled) or (not is_placed(one) and 2 * one.has_the < one.count)


def _is_shown_to_be_one(one: Found) -> bool:
    """Whether a name has a title or a surname alone beside it, or is too rare to have either."""
    number = len(one.words)
    short = any(len(fold_name(form).split()) < number for form in one.forms)
    return bool(one.titled) or short or one.count < MIN_SHOWN


def is_actor(one: Found) -> bool:
    """Whether a name is one of who takes sides, and not of a place, a thing or a people."""
    if one.kind in ("state", "person"):
        return True
    if len(one.words) == 1 and (len(one.name) < 2 or is_generic(one.name)):
        return one.speaks > 0 and 2 * one.has_the > one.count
    if " ".join(one.words) in country_words() or one.words[-1] in PEOPLES:
        return False
    if one.placed > max(one.speaks, MIN_PLACED_SHARE / 3 * one.count):
        return False
    return is_body(one) or _acts(one)


def _acts(one: Found) -> bool:
    is_adjective = one.before_noun > MIN_NOUN_SHARE * one.count
    return not is_adjective and 0 < one.speaks >= min(MANY, MIN_ACTING_SHARE * one.count)


def is_placed(one: Found) -> bool:
    """Whether a name stands mostly behind "in", "near" and the like: a place."""
    return not one.titled and one.placed > MIN_PLACED_SHARE * one.count


def usual_form(one: Found) -> str:
    """The commonest way in which a name is written in full."""
    full = [form for form in one.forms if tuple(fold_name(form).split()) == one.words]
    return max(full, key=lambda form: (one.forms[form], form), default=one.name)


def cast(names: Iterable[Found], *, adjectives: dict[str, str]) -> None:
    """Set the kind of each name, its usual form, and of whom it is a member."""
    for one in names:
        one.name = one.name if one.country else usual_form(one)
        one.kind = "group"
        if one.country:
            one.kind = "state"
        elif looks_like_a_person(one) and _is_shown_to_be_one(one):
            one.kind = "person"
        elif is_body(one) or _is_acronym(one.name) or 2 * one.has_the >= one.count:
            one.kind = "organisation"
    states = {one.country: one.name for one in names if one.country}
    for one in names:
        if one.kind == "person":
            one.member_of = _state_of(one.titles, adjectives=adjectives, states=states)


def _state_of(titles: Counter[str], *, adjectives: dict[str, str], states: dict[str, str]) -> str:
    """The state whose government a person's titles are of."""
    for title, _ in titles.most_common():
        words = title.replace("'s", "").split()
        code = adjectives.get(fold_name(words[0])) or adjectives.get(fold_name(" ".join(words[:2])))
        if code in states and GOVERNMENT_TITLES & {word.casefold() for word in words}:
            return states[code or ""]
    return ""
