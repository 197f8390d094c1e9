"""Whether "he" or "she" fits a person, as far as titles and common given names tell."""

from typing import Literal

from standpoint.text import key_of

Gender = Literal["he", "she"]

_CALLED_HE = frozenset(
    "mr sir lord king prince sheikh father spokesman chairman congressman statesman councilman "
    "businessman emir sultan".split()
)
_CALLED_SHE = frozenset(
    "mrs ms miss lady dame queen princess madam baroness duchess spokeswoman chairwoman "
    "congresswoman councilwoman businesswoman".split()
)
_HE = frozenset(
    """
    john james robert michael william david richard joseph thomas charles christopher daniel
    matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald
    edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon
    benjamin samuel gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose henry
    adam douglas nathan peter zachary kyle walter harold jeremy carl keith roger gerald arthur bill
    bob jim joe tom tim tony mike dan ted barack boris vladimir sergei sergey dmitry dmitri mikhail
    viktor victor igor oleg oleh ivan yuri nikolai andrei alexei anatoly pavel vaclav jan pierre
    jean francois jacques michel nicolas emmanuel laurent philippe hans klaus helmut gerhard jurgen
    wolfgang dieter stefan heinrich konrad otto carlos juan luis miguel pedro pablo javier fernando
    jorge mario marco paolo luca giorgi giuseppe giovanni matteo silvio antonio mohammed mohamed
    muhammad mohammad ahmed ahmad ali hassan hussein mustafa ibrahim omar khalid abdullah mahmoud
    yusuf youssef bashar walid faisal hossein hassan javad recep mehmet benjamin yitzhak shimon ehud
    avigdor narendra rajiv rahul arvind sanjay xi wen shinzo junichiro hiroshi kenji takashi kim
    simon martin derek stuart graham neil ian nigel jeremy gordon hugh rory liam sean brendan declan
    lars erik anders jens olaf bjorn matti kofi nelson jacob thabo goodluck esteban alejandro
""".split()
) - {"kim", "jan", "jean", "xi", "wen"}
_SHE = frozenset(
    """
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty
    margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah
    stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma
    nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather
    diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith
    hillary theresa condoleezza madeleine nikki kamala melania ivanka susana ursula annegret
    annalena christiane simone martine segolene marine valerie anne marie claire sophie isabelle
    nathalie elena helena irina olga natalia tatiana svetlana yulia ekaterina maria galina ludmila
    ana lucia carmen isabel dolores pilar sofia beatriz cristina dilma michelle fatima aisha aicha
    leila layla zainab khadija amina samira nadia buthaina bouthaina asma rania tzipi golda ayelet
    indira sonia mamata sushma benazir malala hina aung ngozi ellen joyce winnie graca
    ingrid astrid greta sanna mette jacinda julia gillian penny fiona alison nicola arlene heidi
    katrin annika zofia danuta beata ewa agnieszka celeste marit haruka yuriko odile ilinca
    rosaria giulia chiara francesca federica emma laura lucia paola
""".split()
)
_GIVEN = _HE | _SHE


def gender_of(word: str) -> Gender | None:
    """What a title or a given name tells, or nothing.

    >>> gender_of("Ms"), gender_of("Sergei"), gender_of("Kerry")
    ('she', 'he', None)
    """
    key = key_of(word)
    if key in _HE or key in _CALLED_HE:
        return "he"
    return "she" if key in _SHE or key in _CALLED_SHE else None


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name, written as one.

    >>> is_given_name("Sergei"), is_given_name("Mr"), is_given_name("mark")
    (True, False, False)
    """
    return word[:1].isupper() and key_of(word) in _GIVEN
