"""Countries as news names them: the name, the adjective, the seat of the government."""

from dataclasses import dataclass
from functools import cache

from standpoint.lexicon.word_set import words

# Code, then names, adjectives and seats, separated by "/"; several of a kind are separated by "|",
# the usual one first. Codes are those of ISO 3166, with KSV for Kosovo and TMP for East Timor as in
# CAMEO. The source of the names is not recorded.
_COUNTRIES = """
AFG Afghanistan/Afghan/Kabul; ALB Albania/Albanian/Tirana; DZA Algeria/Algerian/Algiers; AND
Andorra/Andorran/Andorra la Vella; AGO Angola/Angolan/Luanda; ARG
Argentina/Argentine|Argentinian/Buenos Aires; ARM Armenia/Armenian/Yerevan; AUS
Australia/Australian/Canberra; AUT Austria/Austrian/Vienna; AZE Azerbaijan/Azerbaijani|Azeri/Baku;
BHS Bahamas/Bahamian/Nassau; BHR Bahrain/Bahraini/Manama; BGD Bangladesh/Bangladeshi/Dhaka|Dacca;
BRB Barbados/Barbadian/Bridgetown; BLR Belarus/Belarusian/Minsk; BEL Belgium/Belgian/Brussels; BLZ
Belize/Belizean/Belmopan; BEN Benin/Beninese/Porto-Novo; BTN Bhutan/Bhutanese/Thimphu; BOL
Bolivia/Bolivian/La Paz|Sucre; BIH Bosnia|Bosnia and Herzegovina/Bosnian/Sarajevo; BWA
Botswana/Botswanan/Gaborone; BRA Brazil/Brazilian/Brasilia; BRN Brunei/Bruneian/Bandar Seri
Begawan; BGR Bulgaria/Bulgarian/Sofia; BFA Burkina Faso/Burkinabe/Ouagadougou; BDI
Burundi/Burundian/Bujumbura; KHM Cambodia/Cambodian/Phnom Penh; CMR Cameroon/Cameroonian/Yaounde;
CAN Canada/Canadian/Ottawa; CPV Cape Verde/Cape Verdean/Praia; CAF Central African
Republic//Bangui; TCD Chad/Chadian/N'Djamena|Ndjamena; CHL Chile/Chilean/Santiago; CHN
China/Chinese/Beijing|Peking; COL Colombia/Colombian/Bogota; COM Comoros/Comorian/Moroni; COD
Democratic Republic of the Congo|Congo/Congolese/Kinshasa; COG Republic of the Congo//Brazzaville;
CRI Costa Rica/Costa Rican/San Jose; CIV Ivory Coast|Côte d'Ivoire/Ivorian/Yamoussoukro|Abidjan;
HRV Croatia/Croatian/Zagreb; CUB Cuba/Cuban/Havana; CYP Cyprus/Cypriot/Nicosia; CZE Czech
Republic|Czechia/Czech/Prague; DNK Denmark/Danish/Copenhagen; DJI Djibouti/Djiboutian/; DOM
Dominican Republic/Dominican/Santo Domingo; TMP East Timor|Timor-Leste/Timorese/Dili; ECU
Ecuador/Ecuadorian|Ecuadorean/Quito; EGY Egypt/Egyptian/Cairo; SLV El Salvador/Salvadoran/San
Salvador; GNQ Equatorial Guinea//Malabo; ERI Eritrea/Eritrean/Asmara; EST
Estonia/Estonian/Tallinn; SWZ Eswatini|Swaziland/Swazi/Mbabane; ETH Ethiopia/Ethiopian/Addis
Ababa; FJI Fiji/Fijian/Suva; FIN Finland/Finnish/Helsinki; FRA France/French/Paris; GAB
Gabon/Gabonese/Libreville; GMB Gambia/Gambian/Banjul; GEO Georgia/Georgian/Tbilisi; DEU
Germany/German/Berlin|Bonn; GHA Ghana/Ghanaian/Accra; GRC Greece/Greek/Athens; GTM
Guatemala/Guatemalan/Guatemala City; GIN Guinea/Guinean/Conakry; GNB Guinea-Bissau//Bissau; GUY
Guyana/Guyanese/Georgetown; HTI Haiti/Haitian/Port-au-Prince; HND Honduras/Honduran/Tegucigalpa;
HUN Hungary/Hungarian/Budapest; ISL Iceland/Icelandic/Reykjavik; IND India/Indian/New Delhi|Delhi;
IDN Indonesia/Indonesian/Jakarta; IRN Iran/Iranian/Tehran|Teheran; IRQ Iraq/Iraqi/Baghdad; IRL
Ireland/Irish/Dublin; ISR Israel/Israeli/Jerusalem|Tel Aviv; ITA Italy/Italian/Rome; JAM
Jamaica/Jamaican/Kingston; JPN Japan/Japanese/Tokyo; JOR Jordan/Jordanian/Amman; KAZ
Kazakhstan/Kazakh/Astana; KEN Kenya/Kenyan/Nairobi; PRK North Korea/North Korean/Pyongyang; KOR
South Korea/South Korean/Seoul; KSV Kosovo/Kosovar/Pristina; KWT Kuwait/Kuwaiti/Kuwait City; KGZ
Kyrgyzstan/Kyrgyz/Bishkek; LAO Laos/Laotian/Vientiane; LVA Latvia/Latvian/Riga; LBN
Lebanon/Lebanese/Beirut; LSO Lesotho//Maseru; LBR Liberia/Liberian/Monrovia; LBY
Libya/Libyan/Tripoli; LIE Liechtenstein//Vaduz; LTU Lithuania/Lithuanian/Vilnius; LUX
Luxembourg//; MKD North Macedonia|Macedonia/Macedonian/Skopje; MDG
Madagascar/Malagasy/Antananarivo; MWI Malawi/Malawian/Lilongwe; MYS Malaysia/Malaysian/Kuala
Lumpur; MDV Maldives/Maldivian/; MLI Mali/Malian/Bamako; MLT Malta/Maltese/Valletta; MRT
Mauritania/Mauritanian/Nouakchott; MUS Mauritius/Mauritian/Port Louis; MEX Mexico/Mexican/Mexico
City; MDA Moldova/Moldovan/Chisinau; MNG Mongolia/Mongolian/Ulaanbaatar; MNE
Montenegro/Montenegrin/Podgorica; MAR Morocco/Moroccan/Rabat; MCO Monaco//; NRU Nauru//; PLW
Palau//; WSM Samoa/Samoan/; SMR San Marino//; SYC Seychelles//; TON Tonga/Tongan/; GRD Grenada//;
LCA Saint Lucia//; MOZ Mozambique/Mozambican/Maputo; MMR
Myanmar|Burma/Burmese/Naypyidaw|Rangoon|Yangon; NAM Namibia/Namibian/Windhoek; NPL
Nepal/Nepalese|Nepali/Kathmandu; NLD Netherlands/Dutch/The Hague|Amsterdam; NZL New
Zealand//Wellington; NIC Nicaragua/Nicaraguan/Managua; NER Niger/Nigerien/Niamey; NGA
Nigeria/Nigerian/Abuja; NOR Norway/Norwegian/Oslo; OMN Oman/Omani/Muscat; PAK
Pakistan/Pakistani/Islamabad; PSE Palestine/Palestinian/Ramallah; PAN Panama/Panamanian/Panama
City; PNG Papua New Guinea//Port Moresby; PRY Paraguay/Paraguayan/Asuncion; PER
Peru/Peruvian/Lima; PHL Philippines/Philippine|Filipino/Manila; POL Poland/Polish/Warsaw; PRT
Portugal/Portuguese/Lisbon; QAT Qatar/Qatari/Doha; ROU Romania/Romanian/Bucharest; RUS
Russia|Russian Federation/Russian/Moscow; RWA Rwanda/Rwandan/Kigali; SAU Saudi
Arabia/Saudi/Riyadh; SEN Senegal/Senegalese/Dakar; SRB Serbia/Serbian/Belgrade; SLE Sierra
Leone/Sierra Leonean/Freetown; SGP Singapore/Singaporean/; SVK Slovakia/Slovak/Bratislava; SVN
Slovenia/Slovenian/Ljubljana; SLB Solomon Islands//Honiara; SOM Somalia/Somali/Mogadishu; ZAF
South Africa/South African/Pretoria; SSD South Sudan/South Sudanese/Juba; ESP
Spain/Spanish/Madrid; LKA Sri Lanka/Sri Lankan/Colombo; SDN Sudan/Sudanese/Khartoum; SUR
Suriname/Surinamese/Paramaribo; SWE Sweden/Swedish/Stockholm; CHE Switzerland/Swiss/Bern|Berne;
SYR Syria/Syrian/Damascus; TWN Taiwan/Taiwanese/Taipei; TJK Tajikistan/Tajik/Dushanbe; TZA
Tanzania/Tanzanian/Dodoma|Dar es Salaam; THA Thailand/Thai/Bangkok; TGO Togo/Togolese/Lome; TTO
Trinidad and Tobago/Trinidadian/Port of Spain; TUN Tunisia/Tunisian/Tunis; TUR
Turkey|Türkiye/Turkish/Ankara; TKM Turkmenistan/Turkmen/Ashgabat; UGA Uganda/Ugandan/Kampala; UKR
Ukraine/Ukrainian/Kyiv|Kiev; ARE United Arab Emirates|UAE|U.A.E./Emirati/Abu Dhabi; GBR United
Kingdom|Britain|Great Britain|UK|U.K./British/London; USA United States|United States of
America|US|U.S.|USA|America/American/Washington; URY Uruguay/Uruguayan/Montevideo; UZB
Uzbekistan/Uzbek/Tashkent; VUT Vanuatu//Port Vila; VAT Vatican|Holy See//; VEN
Venezuela/Venezuelan/Caracas; VNM Vietnam/Vietnamese/Hanoi; YEM Yemen/Yemeni/Sanaa|Sana'a; ZMB
Zambia/Zambian/Lusaka; ZWE Zimbabwe/Zimbabwean/Harare
"""


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
    by_code = {}
    for row in _COUNTRIES.replace("\n", " ").split(";"):
        code, _, columns = row.strip().partition(" ")
        names, adjectives, seats = (tuple(filter(None, c.split("|"))) for c in columns.split("/"))
        by_code[code] = Country(code, names, adjectives, seats)
    return by_code


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
# Words that make the name of a state a landform's or a province's.
LANDFORMS = words("river mount lake province valley desert")
# Demonyms and adjectives that no common ending shows, as actor dictionaries print them.
IRREGULAR_DEMONYMS = words("""
    french dutch greek swiss danish czech thai turk turkish afghan slovak croat serb lao british
    briton finn swede dane pole polish spaniard spanish irish welsh scottish english icelandic
    malagasy cypriot swazi basotho tswana burmese filipino argentine kazakh kyrgyz tajik turkmen
    uzbek kiwi monegasque german arab scot norse
""")
