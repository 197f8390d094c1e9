"""The codebook that an unlabelled document is read with.

Its actors are those of the training codebook that names most of the document's actors. Its issues
are, of all training codebooks, those whose words the document shares most, and a few at random:
the teacher is asked about issues that nobody wrote for this document, as a judge in use is.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from standpoint.codebook import Codebook, Issue, fold_name
from standpoint.labeling import content_stems
from standpoint.text import phrase_words

RELEVANT_ISSUES = 8
RANDOM_ISSUES = 2
"""Of a document. A guess: a codebook of a researcher has five issues, of which a document names
some; the others are for what resembles them."""
MAX_NAME_WORDS = 5  # longer names are not looked for: they have a shorter alias as a rule
MIN_NAME_CHARS = 4  # of one word; "us", "may" or "un" are words more often than names
MIN_ACTORS = 2  # with one actor alone nobody is told apart; a guess
MAX_ID_CHARS = 80  # of an issue, by the schema of codebooks


class DocumentCodebooks:
    """Makes codebooks for documents of the actors and issues of others.

    Parameters
    ----------
    codebooks : for training; one of each name
    """

    def __init__(self, codebooks: Sequence[Codebook]) -> None:
        self._codebooks = codebooks
        self._owners: dict[str, set[tuple[int, str]]] = {}
        for number, codebook in enumerate(codebooks):
            for actor in codebook.actors:
                for name in actor.names:
                    self._owners.setdefault(fold_name(name), set()).add((number, actor.id))
        self._issues = list(_distinct_issues(codebooks))
        self._stems = [_stems_of(issue) for _, issue in self._issues]
        counts = Counter(stem for stems in self._stems for stem in stems)
        n = len(self._issues) + 1
        self._rarity = {stem: math.log(n / count) for stem, count in counts.items()}
        self._by_stem: dict[str, list[int]] = {}
        for number, stems in enumerate(self._stems):
            for stem in stems:
                self._by_stem.setdefault(stem, []).append(number)

    def codebook_for(self, text: str, *, generator: random.Random) -> Codebook | None:
        """The codebook for a text; None where it names the actors of none."""
        number = self._best_actors(text)
        if number is None:
            return None
        own = self._codebooks[number]
        issues = [
            _of_codebook(*self._issues[n], name=own.name)
            for n in self._chosen_issues(text, generator)
        ]
        return own.model_copy(update={"issues": tuple(issues)})

    def _best_actors(self, text: str) -> int | None:
        """The number of the codebook of which a text names most actors."""
        named = {owner for name in _names_in(text) for owner in self._owners.get(name, ())}
        counts = Counter(number for number, _ in named)
        best = max(counts, key=lambda n: (counts[n], self._codebooks[n].name), default=None)
        return best if best is not None and counts[best] >= MIN_ACTORS else None

    def _chosen_issues(self, text: str, generator: random.Random) -> list[int]:
        """The numbers of the issues that share rare words with a text, and of a few others.

        The shared rarity is divided by the root of the issue's own number of words, as in a cosine:
        else the longest issues would be those of every text.
        """
        shared: defaultdict[int, float] = defaultdict(float)
        for stem in content_stems(text):
            for number in self._by_stem.get(stem, ()):
                shared[number] += self._rarity[stem]
        ranked = sorted(shared, key=lambda n: (-shared[n] / math.sqrt(len(self._stems[n])), n))
        chosen = ranked[:RELEVANT_ISSUES]
        others = sorted(set(range(len(self._issues))) - set(chosen))
        return chosen + generator.sample(others, min(RANDOM_ISSUES, len(others)))


def _distinct_issues(codebooks: Sequence[Codebook]) -> Iterator[tuple[str, Issue]]:
    """Each issue once, by its words, with the name of its codebook."""
    seen = set()
    for codebook in codebooks:
        for issue in codebook.issues:
            words = (issue.name, issue.favor, issue.against)
            if words not in seen:
                seen.add(words)
                yield codebook.name, issue


def _of_codebook(codebook: str, issue: Issue, *, name: str) -> Issue:
    """An issue for the codebook of a name: that of another one is about none of its actors."""
    about = issue.about if codebook == name else None
    id = f"{codebook}.{issue.id}"[-MAX_ID_CHARS:].lstrip("_.-")
    return issue.model_copy(update={"id": id, "about": about})


def _stems_of(issue: Issue) -> frozenset[str]:
    words = (issue.name, issue.favor, issue.against, *issue.cues, *issue.opposite_cues)
    return content_stems(" ".join(words))


def _names_in(text: str) -> Iterator[str]:
    """Every run of words that may be a name, as `fold_name` folds it."""
    keys = [word.key for word in phrase_words(text)]
    for start in range(len(keys)):
        for end in range(start + 1, min(len(keys), start + MAX_NAME_WORDS) + 1):
            if end > start + 1 or len(keys[start]) >= MIN_NAME_CHARS:
                yield " ".join(keys[start:end])
