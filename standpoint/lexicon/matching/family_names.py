"""Names of persons by parts: family names that come first, and what belongs to a surname."""

from standpoint.lexicon.word_set import words

# Common Chinese, Korean and Vietnamese family names, which stand before the given name.
FAMILY_NAMES_FIRST = words("""
    xi li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng
    liang xie song tang deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye
    cheng wei su lu ding ren shen yao fan tan qin hua jin qian dai wen mao lai tsai hou ko lee
    kim park choi jung kang cho yoon jang lim shin kwon moon ban roh roo noh chun hwang ahn
    nguyen tran le pham hoang phan vo vu dang bui do ngo duong ly
""")
# Small words that belong to the surname behind them.
SURNAME_PARTICLES = words("""
    von van der den de del della di da dos das du la le bin ibn ben bint abu abd al el ul as ash
    ad ter ten zu zur af av mac st
""")
# Behind a person's name.
NAME_SUFFIXES = words("jr sr ii iii iv mp mep phd md qc kc esq obe cbe")
# Forms of a company that news leaves out, and their long forms.
COMPANY_SUFFIXES = words("inc corp co ltd plc llc lp nv sa ag gmbh spa ab oyj bhd pte kk")
COMPANY_FORMS = {
    "corp": "corporation",
    "corporation": "corp",
    "inc": "incorporated",
    "co": "company",
    "ltd": "limited",
    "limited": "ltd",
    "dept": "department",
    "assn": "association",
    "intl": "international",
}
# The letters that German and Nordic names print where their own are missing.
SPELLED_OUT_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ß": "ss"}
# What stands around a name in the handle of a politician: "@SenKovac", "@KovacMP".
HANDLE_PREFIXES = (
    *("representative", "president", "secretary", "official", "governor", "senator", "minister"),
    *("real", "pres", "the", "rep", "sen", "gov", "sec", "mp", "pm", "dr", "mr", "ms"),
)
HANDLE_SUFFIXES = ("official", "press", "mep", "mp", "uk", "us", "eu", "hq")
# Before a phrase in a hashtag: "#NoCarbonTariff", "#stopbrexit".
HASHTAG_PREFIXES = (
    *("support", "defend", "protect", "reject", "against", "cancel", "oppose", "notothe", "sayno"),
    *("saynoto", "yesto", "yeson", "votefor", "vote", "stop", "save", "back", "kill", "scrap"),
    *("noto", "keep", "ban", "end", "pro", "yes", "anti", "for", "the", "our", "my", "no"),
)
HASHTAG_SUFFIXES = ("now", "now2", "bill", "act", "deal", "debate", "vote")
