"""Nouns that news uses for one another when it speaks of a body or group again.

"A monitor" is an observatory, "the jihadists" are militants. Written by reading the train half of
`seeds/real`; a noun may be in several lines. In the singular.
"""

from standpoint.lexicon.word_set import words

_GROUPS = (
    words("government regime administration authority"),
    words("army military troop force soldier"),
    words("""
        parliament legislature congress senate house lawmaker legislator deputy senator congressman
        representative
    """),
    words("police policeman officer"),
    words("rebel insurgent militant fighter gunman guerrilla"),
    words("militant jihadist extremist islamist terrorist"),
    words("company firm corporation maker manufacturer"),
    words(
        "industry exporter importer manufacturer maker producer firm company business businessman"
    ),
    words("union association federation guild brotherhood unionist"),
    words("observatory monitor watchdog"),
    words("prosecution prosecutor"),
    words("researcher scientist author academic"),
    words("""
        analyst economist dealer trader expert strategist specialist broker commentator professor
    """),
    words("media television tv agency broadcaster"),
    words("campaigner activist protester demonstrator critic opponent"),
    words("opposition opponent"),
    words("ministry minister"),
    words("group organization organisation movement"),
    words("court tribunal judge"),
    words("voter resident citizen public"),
    words("shareholder stockholder investor"),
)


def _synonyms() -> dict[str, frozenset[str]]:
    synonyms: dict[str, frozenset[str]] = {}
    for group in _GROUPS:
        for noun in group:
            synonyms[noun] = synonyms.get(noun, frozenset()) | group - {noun}
    return synonyms


BODY_SYNONYMS = _synonyms()
"""From a noun to those that may stand for it."""
