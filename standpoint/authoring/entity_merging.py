"""Merging of name variants into entities, and what an entity is: actor or not, kind, membership.

The thresholds are set by hand; no measurement of them is recorded. They trade actors that are
missed for places and things that are proposed.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from standpoint.authoring.actor_kinds import has_body_word, is_generic
from standpoint.authoring.name_counts import Entity, Words
from standpoint.authoring.truecasing import initials
from standpoint.codebook import fold_name
from standpoint.lexicon.countries import PEOPLES, country_words
from standpoint.lexicon.particles import ARABIC_PARTICLES, NAME_CONNECTIVES
from standpoint.lexicon.roles import GOVERNMENT_TITLES

Entities = dict[Words, Entity]
Merges = dict[Words, Words]
MIN_PLACED_SHARE = 0.3  # of a name after "in" and the like, from which it is a place
MAX_ACTOR_PLACED_SHARE = MIN_PLACED_SHARE / 3  # of an actor that speaks less often than that
MIN_TITLED_SHARE = 0.2  # of a single surname with a title, from which it is a person
MIN_ADJECTIVE_SHARE = 0.6  # of a name before nouns, from which it is an adjective
# A name is an actor if it speaks in this share of its occurrences, or this often.
MIN_SPEAKING_SHARE = 0.03
MIN_SPEAKING_COUNT = 5
MIN_SURNAME_SPEAKING_SHARE = 0.15  # from which a single word is the surname of a person
MIN_EVIDENCE_COUNT = 3  # rarer names need neither title nor surname to be a person
MIN_PERSON_WORDS, MAX_PERSON_WORDS = 2, 4  # without particles; single words need a title
MIN_LEAD = 2.0  # the full form of a short one is this many times as common as all other candidates
MAX_SHORT_FORM_RATIO = 8  # a short form is at most this many times as common as its full form
MAX_LOST_APOSTROPHE_RATIO = 3  # the same for a name with a final s and its form without
MAX_ACRONYM_CHARS = 6  # longer words in capitals are shouted


def merge_entities(entities: Entities) -> Entities:
    """Merge names of one entity: lost apostrophes, particles, short forms, acronyms."""
    merged = dict(entities)
    for rule in (_lost_apostrophes, _particle_variants, _short_forms, _acronyms):
        for words, into in rule(merged).items():
            owner = merged.get(into)
            if words in merged and owner is not None and owner is not merged[words]:
                owner.absorb(merged.pop(words))
    return merged


def _lost_apostrophes(entities: Entities) -> Merges:
    """Merge "Assads" with "Assad", where texts have lost their apostrophes."""
    merges = {}
    for words, entity in entities.items():
        bare = (*words[:-1], words[-1][:-1])
        if not words[-1].endswith("s") or bare not in entities:
            continue
        if entities[bare].count * MAX_LOST_APOSTROPHE_RATIO >= entity.count:
            merges[words] = bare
        else:
            merges[bare] = words
    return merges


def _particle_variants(entities: Entities) -> Merges:
    """Merge "Bashar Assad" and "Bashar al-Assad" into the more frequent form."""
    clusters: defaultdict[Words, list[Entity]] = defaultdict(list)
    for entity in entities.values():
        bare = tuple(word for word in entity.words if word not in ARABIC_PARTICLES)
        clusters[bare or entity.words].append(entity)
    merges = {}
    for cluster in clusters.values():
        best = max(cluster, key=lambda entity: (len(entity.words) > 1, entity.count, entity.words))
        merges.update({entity.words: best.words for entity in cluster if entity is not best})
    return merges


def _short_forms(entities: Entities) -> Merges:
    """Merge surnames into persons, and "the Coalition" into the body whose name has the word."""
    full_forms: defaultdict[Words, list[Entity]] = defaultdict(list)
    for entity in entities.values():
        for at in range(1, len(entity.words)):
            full_forms[entity.words[at:]].append(entity)
        for word in entity.words[:-1] if is_body(entity) else ():
            full_forms[(word,)].append(entity)
    merges = {}
    for words, entity in entities.items():
        candidates = [full for full in full_forms.get(words, ()) if _is_short_form(entity, full)]
        best = max(candidates, key=lambda full: (full.count, full.words), default=None)
        if best is None:
            continue
        if best.count >= MIN_LEAD * (sum(full.count for full in candidates) - best.count):
            merges[words] = best.words
    return {words: merges.get(into, into) for words, into in merges.items()}


def _is_short_form(short: Entity, full: Entity) -> bool:
    is_rare = full.count * MAX_SHORT_FORM_RATIO < short.count
    if is_rare or full.country or short.is_country_word:
        return False
    if is_body(full):
        return 3 * short.has_the > short.count and not _is_acronym(short.name)
    if not is_personal_name(full) or is_place(short):
        return False
    speaks_often = MIN_SURNAME_SPEAKING_SHARE * short.count < short.speaks
    return bool(full.titled or full.speaks or speaks_often)


def is_body(entity: Entity) -> bool:
    """Whether a name is that of a body: a word of it says so, or "of" or "for" joins its words."""
    return has_body_word(entity.name) or bool(NAME_CONNECTIVES & set(entity.words))


def _acronyms(entities: Entities) -> Merges:
    """Merge acronyms into their full forms, by initials or brackets; the most frequent wins."""
    acronyms = {
        words[0]
        for words, entity in entities.items()
        if len(words) == 1 and _is_acronym(usual_variant(entity))
    }
    merges: Merges = {}
    for words, entity in sorted(entities.items(), key=lambda item: (item[1].count, item[0])):
        for letters in sorted(initials(entity.name) | entity.acronyms):
            if letters.casefold() in acronyms and not is_personal_name(entity):
                merges[(letters.casefold(),)] = words
    return merges


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isupper() and 2 <= len(letters) <= MAX_ACRONYM_CHARS


def is_personal_name(entity: Entity) -> bool:
    """Whether titles stand before a name, or it is a few words of which none names a body."""
    if entity.country or is_body(entity) or entity.is_country_word:
        return False
    n_words = sum(word not in ARABIC_PARTICLES for word in entity.words)
    if n_words < MIN_PERSON_WORDS:
        return not _is_acronym(entity.name) and MIN_TITLED_SHARE * entity.count < entity.titled
    if n_words > MAX_PERSON_WORDS or any(word.isdigit() for word in entity.words):
        return False
    if entity.words[0] in country_words() or entity.words[-1] in PEOPLES:
        return False
    return bool(entity.titled) or (not is_place(entity) and 2 * entity.has_the < entity.count)


def _has_person_evidence(entity: Entity) -> bool:
    """Whether a name has a title or a surname variant, or is too rare to have either."""
    if entity.titled or entity.count < MIN_EVIDENCE_COUNT:
        return True
    return any(len(fold_name(name).split()) < len(entity.words) for name in entity.variants)


def is_actor(entity: Entity) -> bool:
    """Whether an entity takes sides, and is not a place, a thing or a people."""
    if entity.kind in ("state", "person"):
        return True
    if len(entity.words) == 1 and (len(entity.name) < 2 or is_generic(entity.name)):
        return entity.speaks > 0 and 2 * entity.has_the > entity.count
    if entity.is_country_word or entity.words[-1] in PEOPLES:
        return False
    if entity.placed > max(entity.speaks, MAX_ACTOR_PLACED_SHARE * entity.count):
        return False
    return is_body(entity) or _speaks_enough(entity)


def _speaks_enough(entity: Entity) -> bool:
    is_adjective = entity.before_noun > MIN_ADJECTIVE_SHARE * entity.count
    least = min(MIN_SPEAKING_COUNT, MIN_SPEAKING_SHARE * entity.count)
    return not is_adjective and 0 < entity.speaks >= least


def is_place(entity: Entity) -> bool:
    """Whether a name often stands after "in", "near" and the like, and never after a title."""
    return not entity.titled and entity.placed > MIN_PLACED_SHARE * entity.count


def usual_variant(entity: Entity) -> str:
    """The most frequent variant of the full name."""
    full = [name for name in entity.variants if tuple(fold_name(name).split()) == entity.words]
    return max(full, key=lambda variant: (entity.variants[variant], variant), default=entity.name)


def classify_entities(entities: Sequence[Entity], *, adjectives: dict[str, str]) -> None:
    """Set the canonical name of each entity, its kind, and the state of which it is a member.

    Parameters
    ----------
    adjectives : words for countries, folded, with the code of the country
    """
    for entity in entities:
        entity.name = entity.name if entity.country else usual_variant(entity)
        entity.kind = "group"
        if entity.country:
            entity.kind = "state"
        elif is_personal_name(entity) and _has_person_evidence(entity):
            entity.kind = "person"
        elif is_body(entity) or _is_acronym(entity.name) or 2 * entity.has_the >= entity.count:
            entity.kind = "organisation"
    states = {entity.country: entity.name for entity in entities if entity.country}
    for entity in entities:
        if entity.kind == "person":
            entity.member_of = _state_of(entity.titles, adjectives=adjectives, states=states)


def _state_of(titles: Counter[str], *, adjectives: dict[str, str], states: dict[str, str]) -> str:
    """The state of whose government a person's titles are; empty without one."""
    for title, _ in titles.most_common():
        words = title.replace("'s", "").split()
        code = adjectives.get(fold_name(words[0])) or adjectives.get(fold_name(" ".join(words[:2])))
        if code in states and GOVERNMENT_TITLES & {word.casefold() for word in words}:
            return states[code or ""]
    return ""
