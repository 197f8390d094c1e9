"""Countries as news names them: the name, the adjective, the seat of the government.

They are in countries.csv, where "|" separates several of a kind, the usual one first. Codes are
those of ISO 3166, with KSV for Kosovo and TMP for East Timor as in CAMEO. The source of the names
is not recorded.
"""

from dataclasses import dataclass
from functools import cache

from standpoint.lexicon.tables import read_rows
from standpoint.lexicon.word_set import words


@dataclass(frozen=True, slots=True)
class Country:
    """A country's code in three letters, and what news calls it; the usual name comes first."""

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    seats: tuple[str, ...]


@cache
def countries() -> dict[str, Country]:
    """Every country by its code.

    >>> countries()["UKR"].seats
    ('Kyiv', 'Kiev')
    """
    rows = (
        [tuple(filter(None, cell.split("|"))) for cell in row] for row in read_rows("countries.csv")
    )
    return {code: Country(code, *columns) for (code,), *columns in rows}


@cache
def country_words() -> dict[str, str]:
    """Names, adjectives and seats of countries in lower case, with the code of their country."""
    return {
        word.casefold().replace(".", "").replace("-", " ").removeprefix("the "): country.code
        for country in countries().values()
        for word in (*country.seats, *country.adjectives, *country.names)
    }


# Adjectives of peoples, faiths and parts of the world that are no single state's.
PEOPLES = words("""
    arab arabs arabic sunni sunnis shiite shiites shia shi'ite kurdish kurds kurd alawite alawites
    druze islamic islamist islamists muslim muslims christian christians jewish jews hindu hindus
    catholic orthodox western european europeans african africans asian asians latin caribbean
    nordic baltic balkan slavic turkic persian tibetan chechen catalan basque scottish welsh english
    takfiri jihadist salafi bedouin roma
""")
# Codes of countries where "Al" is a given name and not the Arabic article.
ENGLISH_SPEAKING = ("USA", "GBR", "CAN", "AUS", "NZL", "IRL")
# Codes of countries where the family name comes first.
FAMILY_NAME_FIRST = ("KOR", "PRK", "TWN", "HKG", "SGP", "CHN")
# Words that many states' names share, so that they do not tell one from another.
STATE_NAME_WORDS = words("""
    republic state states kingdom federation union emirates islands island democratic people's
    peoples united new north south east west northern southern eastern western great grand saint san
    santa st st. islamic federal socialist soviet arab central city river mount lake province region
    valley the and former of republica land
""")
# Seats of governments whose name stands for the state, by the country's code.
GOVERNMENT_SEATS = {
    "RUS": ("the Kremlin",),
    "USA": ("the White House",),
    "GBR": ("Downing Street", "Whitehall"),
    "FRA": ("the Élysée", "the Elysee", "the Quai d'Orsay"),
    "KOR": ("the Blue House",),
    "VAT": ("the Holy See",),
}
# Words that make the name of a state a landform's or a province's.
LANDFORMS = words("river mount lake province valley desert")
# Demonyms and adjectives that no common ending shows, as actor dictionaries print them.
IRREGULAR_DEMONYMS = words("""
    french dutch greek swiss danish czech thai turk turkish afghan slovak croat serb lao british
    briton finn swede dane pole polish spaniard spanish irish welsh scottish english icelandic
    malagasy cypriot swazi basotho tswana burmese filipino argentine kazakh kyrgyz tajik turkmen
    uzbek kiwi monegasque german arab scot norse
""")
