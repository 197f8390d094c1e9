"""Names of languages by their codes, and words that identify English."""

from standpoint.lexicon.word_set import words

# About a tenth of English prose, and next to nothing of any other language's.
ENGLISH_WORDS = words("""
    the and that with from this these those they their there would which were its but what when been
    where while whose your
""")
# The codes of py3langid (ISO 639) to the name of the language in error messages.
LANGUAGE_NAMES = {
    code: name.strip()
    for name, codes in (
        entry.split(":")
        for entry in """
Afrikaans: af; Albanian: sq; Amharic: am; Arabic: ar ary arz; Armenian: hy; Azerbaijani: az;
Basque: eu; Belarusian: be; Bengali: bn; Bulgarian: bg; Burmese: my; Catalan: ca; Chinese: zh
yue wuu; Croatian or Bosnian: hr bs; Czech: cs; Danish: da; Dutch: nl; Estonian: et; Finnish:
fi; French: fr; Galician: gl; Georgian: ka; German: de; Greek: el; Gujarati: gu; Hausa: ha;
Hebrew: he; Hindi: hi; Hungarian: hu; Icelandic: is; Indonesian or Malay: id ms; Irish: ga;
Italian: it; Japanese: ja; Kannada: kn; Kazakh: kk; Khmer: km; Korean: ko; Kurdish: ku sdh;
Kyrgyz: ky; Lao: lo; Latvian: lv; Lithuanian: lt; Luxembourgish: lb; Macedonian: mk; Malayalam:
ml; Maltese: mt; Marathi: mr; Mongolian: mn; Nepali: ne; Norwegian: no nn; Odia: or; Pashto: ps;
Persian: fa; Polish: pl; Portuguese: pt; Punjabi: pa; Romanian: ro; Russian: ru; Serbian: sr;
Sinhala: si; Slovak: sk; Slovenian: sl; Somali: so; Spanish: es; Swahili: sw; Swedish: sv;
Tagalog: tl; Tajik: tg; Tamil: ta; Telugu: te; Thai: th; Turkish: tr; Turkmen: tk; Ukrainian:
uk; Urdu: ur; Uyghur: ug; Uzbek: uz uzs; Vietnamese: vi; Welsh: cy; Xhosa: xh; Yoruba: yo; Zulu:
zu
""".split(";")
    )
    for code in codes.split()
}
# Codes that are no answer: English, its pidgin, no language, and Latin, which scholars quote.
OTHER_CODES = ("en", "pcm", "zxx", "la")
