"""The seats of governments, which news names for the government ("Moscow said"), by code."""

from functools import cache

_SEATS = """
AFG Kabul, ALB Tirana, DZA Algiers, AND Andorra la Vella, AGO Luanda, ARG Buenos Aires, ARM Yerevan,
AUS Canberra, AUT Vienna, AZE Baku, BHS Nassau, BHR Manama, BGD Dhaka, BGD Dacca, BRB Bridgetown,
BLR Minsk, BEL Brussels, BLZ Belmopan, BEN Porto-Novo, BTN Thimphu, BOL La Paz, BOL Sucre,
BIH Sarajevo, BWA Gaborone, BRA Brasilia, BRN Bandar Seri Begawan, BGR Sofia, BFA Ouagadougou,
BDI Bujumbura, KHM Phnom Penh, CMR Yaounde, CAN Ottawa, CPV Praia, CAF Bangui, TCD N'Djamena,
TCD Ndjamena, CHL Santiago, CHN Beijing, CHN Peking, COL Bogota, COM Moroni, COG Brazzaville,
COD Kinshasa, CRI San Jose, CIV Yamoussoukro, CIV Abidjan, HRV Zagreb, CUB Havana, CYP Nicosia,
CZE Prague, DNK Copenhagen, DJI Djibouti, DOM Santo Domingo, TMP Dili, ECU Quito, EGY Cairo,
SLV San Salvador, GNQ Malabo, ERI Asmara, EST Tallinn, ETH Addis Ababa, FJI Suva, FIN Helsinki,
FRA Paris, GAB Libreville, GMB Banjul, GEO Tbilisi, DEU Berlin, DEU Bonn, DDR East Berlin, GHA Accra,
GRC Athens, GTM Guatemala City, GIN Conakry, GNB Bissau, GUY Georgetown, HTI Port-au-Prince,
HND Tegucigalpa, HUN Budapest, ISL Reykjavik, IND New Delhi, IND Delhi, IDN Jakarta, IRN Tehran,
IRN Teheran, IRQ Baghdad, IRL Dublin, ISR Jerusalem, ISR Tel Aviv, ITA Rome, JAM Kingston, JPN Tokyo,
JOR Amman, KAZ Astana, KEN Nairobi, PRK Pyongyang, KOR Seoul, KSV Pristina, KWT Kuwait City,
KGZ Bishkek, LAO Vientiane, LVA Riga, LBN Beirut, LSO Maseru, LBR Monrovia, LBY Tripoli, LTU Vilnius,
LUX Luxembourg, MKD Skopje, MDG Antananarivo, MWI Lilongwe, MYS Kuala Lumpur, MDV Male, MLI Bamako,
MLT Valletta, MRT Nouakchott, MUS Port Louis, MEX Mexico City, MDA Chisinau, MNG Ulaanbaatar,
MNG Ulan Bator, MNE Podgorica, MAR Rabat, MOZ Maputo, MMR Naypyidaw, MMR Rangoon, MMR Yangon,
NAM Windhoek, NPL Kathmandu, NLD The Hague, NLD Amsterdam, NZL Wellington, NIC Managua, NER Niamey,
NGA Abuja, NOR Oslo, OMN Muscat, PAK Islamabad, PSE Ramallah, PAN Panama City, PNG Port Moresby,
PRY Asuncion, PER Lima, PHL Manila, POL Warsaw, PRT Lisbon, QAT Doha, ROU Bucharest, RUS Moscow,
RWA Kigali, SAU Riyadh, SEN Dakar, SRB Belgrade, YUG Belgrade, SLE Freetown, SVK Bratislava,
SVN Ljubljana, SLB Honiara, SOM Mogadishu, ZAF Pretoria, SSD Juba, ESP Madrid, LKA Colombo,
SDN Khartoum, SUR Paramaribo, SWZ Mbabane, SWE Stockholm, CHE Bern, CHE Berne, SYR Damascus,
TWN Taipei, TJK Dushanbe, TZA Dodoma, TZA Dar es Salaam, THA Bangkok, TGO Lome, TTO Port of Spain,
TUN Tunis, TUR Ankara, TKM Ashgabat, UGA Kampala, UKR Kiev, UKR Kyiv, ARE Abu Dhabi, GBR London,
URY Montevideo, USA Washington, UZB Tashkent, VUT Port Vila, VEN Caracas, VNM Hanoi, YEM Sanaa,
YEM Sana'a, ZMB Lusaka, ZWE Harare
"""


@cache
def seats() -> dict[str, tuple[str, ...]]:
    """Country code to the names of its seat.

    >>> seats()["UKR"]
    ('Kiev', 'Kyiv')
    """
    found: dict[str, tuple[str, ...]] = {}
    for pair in _SEATS.replace("\n", " ").split(","):
        code, _, name = pair.strip().partition(" ")
        found[code] = (*found.get(code, ()), name)
    return found
