"""Write leaders, British ministers and members of Congress into the offices lexicon: ``python tools/make_offices.py DATA/actors``.

The dates come from Archigos (``archigos_annual.txt``: leaders with dates, to 2015) and are confirmed by REIGN
(``reign_leaders.csv``: to 2021) for the entries that people wrote. Ministers come from ``uk_ministers``, members of
Congress from ``us_congress``. Entries that the sources cannot make stay as they are; what the sources make again is
replaced. Nothing but name, office and dates is taken.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from dragoman import resources

FIRST_YEAR = "1945"
LATER_YEAR = "1990"  # before it only leaders whose whole names the source links

MADE = frozenset({"leader", "minister of state", "representative", "senator"})  # offices of the entries that are made here
LOST = frozenset({"TIB", "ZAN", "RVN", "YAR"})  # states of the source that have no code

# What YAML reads as a string without quotes, and words that it would read as something else.
PLAIN = re.compile(r"(?:[a-z]+:[\w.-]+|[^\W\d_](?:[\w '’./-]*[\w.])?)")
NOT_WORDS = ("false", "no", "null", "off", "on", "true", "yes")

# Archigos' abbreviations that differ from ISO 3166-1 alpha-3; states that are gone keep their former codes.
ISO = {
    line.split()[0]: line.split()[1]
    for line in """
    BHM BHS;HAI HTI;TRI TTO;BAR BRB;GUA GTM;HON HND;SAL SLV;COS CRI;PAR PRY;URU URY;UKG GBR;IRE IRL;NTH NLD;FRN FRA;SWZ CHE;SPN ESP;POR PRT
    GFR DEU;GMY DEU;GDR DDR;AUS AUT;CZE CSK;CZR CZE;SLO SVK;SER SRB;MAC MKD;CRO HRV;BOS BIH;SLV SVN;BUL BGR;MLD MDA;RUM ROU;LAT LVA;LIT LTU;GRG GEO
    SWD SWE;DEN DNK;ICE ISL;CAP CPV;EQG GNQ;GAM GMB;MAA MRT;NIR NER;CDI CIV;GUI GIN;BFO BFA;SIE SLE;TOG TGO;CAO CMR;NIG NGA;GAB GAB;CEN CAF
    CHA TCD;CON COG;DRC COD;TAZ TZA;BUI BDI;ANG AGO;MZM MOZ;ZAM ZMB;ZIM ZWE;MAW MWI;SAF ZAF;LES LSO;BOT BWA;SWA SWZ;MAG MDG;MAS MUS;MOR MAR
    ALG DZA;LIB LBY;SUD SDN;LEB LBN;YPR YMD;KUW KWT;BAH BHR;UAE ARE;OMA OMN;TAJ TJK;KYR KGZ;KZK KAZ;MON MNG;TAW TWN;ROK KOR;BHU BTN;BNG BGD
    MYA MMR;SRI LKA;MAD MDV;NEP NPL;THI THA;CAM KHM;DRV VNM;MAL MYS;SIN SGP;BRU BRN;PHI PHL;INS IDN;ETM TLS;AUL AUS;NEW NZL;SOL SLB;FIJ FJI
    """.replace("\n", ";").split(";")
    if line.strip()
}

# Full names where Archigos prints a surname alone: abbreviation, surname in the source, name.
FULL_NAMES = {
    tuple(line.strip().split(":")[:2]): line.strip().split(":")[2]
    for line in """
    USA:G.H.W. Bush:George H. W. Bush;CAN:Chretien:Jean Chrétien;CAN:Harper:Stephen Harper;BHM:Christie:Perry Christie;BHM:Pindling:Lynden Pindling
    CUB:Castro:Fidel Castro;HAI:Avril:Prosper Avril;HAI:Cedras:Raoul Cédras;DOM:Balaguer:Joaquín Balaguer;JAM:Golding:Bruce Golding
    JAM:Holness:Andrew Holness;JAM:Patterson:P. J. Patterson;JAM:Simpson-Miller:Portia Simpson-Miller;TRI:Panday:Basdeo Panday;BAR:Arthur:Owen Arthur
    BAR:Thompson:David Thompson;MEX:Calderon:Felipe Calderón;HON:Callejas:Rafael Callejas;HON:Lobo:Porfirio Lobo;HON:Micheletti:Roberto Micheletti
    HON:Zelaya:Manuel Zelaya;SAL:Cristiani:Alfredo Cristiani;SAL:Funes:Mauricio Funes;NIC:Aleman:Arnoldo Alemán;COS:Arias:Óscar Arias
    PAN:Balladares:Ernesto Pérez Balladares;PAN:Endara:Guillermo Endara;PAN:Martinelli:Ricardo Martinelli;PAN:Noriega:Manuel Noriega
    COL:Arango:Andrés Pastrana;COL:Pizano:Ernesto Samper;VEN:Velasquez:Ramón José Velásquez;GUY:Ramotar:Donald Ramotar;SUR:Venetiaan:Ronald Venetiaan
    SUR:Wijdenbosch:Jules Wijdenbosch;PER:Fujimori:Alberto Fujimori;BRA:Sarnay:José Sarney;URU:Sanguinetti:Julio María Sanguinetti
    UKG:Brown:Gordon Brown;IRE:Ahern:Bertie Ahern;IRE:Bruton:John Bruton;IRE:Reynolds:Albert Reynolds;BEL:Leterme:Yves Leterme
    BEL:Verhofstadt:Guy Verhofstadt;LUX:Juncker:Jean-Claude Juncker;FRN:Sarkozy:Nicolas Sarkozy;POR:Sampaio:Jorge Sampaio;GDR:Gysi:Gregor Gysi
    POL:Kaczynski:Lech Kaczyński;POL:Komorowski:Bronisław Komorowski;AUS:Gusenbauer:Alfred Gusenbauer;HUN:Bajnai:Gordon Bajnai;HUN:Boross:Péter Boross
    HUN:Orban:Viktor Orbán;CZR:Necas:Petr Nečas;CZR:Paroubek:Jiří Paroubek;CZR:Rusnok:Jiří Rusnok;CZR:Spidla:Vladimír Špidla
    CZR:Topolanek:Mirek Topolánek;CZR:Zeman:Miloš Zeman;CZR:Fischer:Jan Fischer;SLO:Fico:Robert Fico;SLO:Radicova:Iveta Radičová
    SLO:Moravcik:Jozef Moravčík;ITA:D'Alema:Massimo D'Alema;ITA:Letta:Enrico Letta;ITA:Monti:Mario Monti;MLT:Gonzi:Lawrence Gonzi;MLT:Sant:Alfred Sant
    SER:Cvetkovic:Mirko Cvetković;SER:Dacic:Ivica Dačić;MAC:Georgievski:Ljubčo Georgievski;CRO:Josipovic:Ivo Josipović;BOS:Silajdzic:Haris Silajdžić
    SLV:Bratusek:Alenka Bratušek;SLV:Kucan:Milan Kučan;GRC:Mitsotakis:Konstantinos Mitsotakis;GRC:Simitis:Costas Simitis;CYP:Clerides:Glafcos Clerides
    CYP:Vassiliou:George Vassiliou;BUL:Kostov:Ivan Kostov;BUL:Oresharski:Plamen Oresharski;BUL:Stanishev:Sergei Stanishev;BUL:Videnov:Zhan Videnov
    MLD:Snegur:Mircea Snegur;RUM:Ciorbea:Victor Ciorbea;RUM:Roman:Petre Roman;RUM:Stolojan:Theodor Stolojan;EST:Ansip:Andrus Ansip
    EST:Savisaar:Edgar Savisaar;LAT:Dombrovskis:Valdis Dombrovskis;LIT:Brazauskas:Algirdas Brazauskas;LIT:Landsbergis:Vytautas Landsbergis
    UKR:Yanukovych:Viktor Yanukovych;UKR:Yushchenko:Viktor Yushchenko;BLR:Shushkevich:Stanislav Shushkevich;ARM:Ter-Petrosyan:Levon Ter-Petrosyan
    GRG:Burdzhanadze:Nino Burjanadze;SWD:Reinfeldt:Fredrik Reinfeldt;NOR:Stoltenberg:Jens Stoltenberg;DEN:Thorning-Schmidt:Helle Thorning-Schmidt
    ICE:Sigurdardottir:Jóhanna Sigurðardóttir;GAM:Jawara:Dawda Jawara;MLI:Konare:Alpha Oumar Konaré;MLI:Traore:Moussa Traoré
    BEN:Kerekou:Mathieu Kérékou;NIR:Ousmane:Mahamane Ousmane;NIR:Djibo:Salou Djibo;CDI:Guei:Robert Guéï;GUI:Conte:Lansana Conté
    BFO:Kafando:Michel Kafando;BFO:Zida:Isaac Zida;LBR:Taylor:Charles Taylor;LBR:Bryant:Gyude Bryant;SIE:Bio:Julius Maada Bio
    SIE:Strasser:Valentine Strasser;NIG:Shonekan:Ernest Shonekan;NIG:Yar'Adua:Umaru Musa Yar'Adua;CEN:Djotodia:Michel Djotodia
    CEN:Kolingba:André Kolingba;CHA:Habre:Hissène Habré;CON:Lissouba:Pascal Lissouba;CON:Nguesso:Denis Sassou Nguesso;TAZ:Kikwete:Jakaya Kikwete
    TAZ:Mkapa:Benjamin Mkapa;BUI:Buyoya:Pierre Buyoya;BUI:Ntibantunganya:Sylvestre Ntibantunganya;MZM:Chissano:Joaquim Chissano
    MZM:Guebuza:Armando Guebuza;ZAM:Sata:Michael Sata;ZAM:Scott:Guy Scott;ZAM:Banda:Rupiah Banda;MAW:Muluzi:Bakili Muluzi
    SAF:Motlanthe:Kgalema Motlanthe;NAM:Pohamba:Hifikepunye Pohamba;LES:Thabane:Tom Thabane;MAG:Rajoelina:Andry Rajoelina
    MAG:Ratsiraka:Didier Ratsiraka;MAG:Zafy:Albert Zafy;COM:Sambi:Ahmed Abdallah Sambi;ALG:Boudiaf:Mohamed Boudiaf;ALG:Zeroual:Liamine Zéroual
    TUN:Ghannouchi:Mohamed Ghannouchi;TUN:Marzouki:Moncef Marzouki;TUN:Mebazaa:Fouad Mebazaa;LIB:Qaddafi:Muammar Gaddafi
    IRN:Ahmadinejad:Mahmoud Ahmadinejad;IRN:Khatami:Mohammad Khatami;IRN:Rafsanjani:Akbar Hashemi Rafsanjani;TUR:Demirel:Süleyman Demirel
    TUR:Akbulut:Yıldırım Akbulut;IRQ:al-Jaafari:Ibrahim al-Jaafari;IRQ:al-Maliki:Nouri al-Maliki;EGY:Mansour:Adly Mansour;EGY:Morsi:Mohamed Morsi
    EGY:Mubarak:Hosni Mubarak;EGY:Tantawi:Mohamed Hussein Tantawi;LEB:Siniora:Fouad Siniora;LEB:Suleiman:Michel Suleiman
    ISR:Netanyahu:Benjamin Netanyahu;ISR:Olmert:Ehud Olmert;ISR:Shamir:Yitzhak Shamir;AFG:Mojadidi:Sibghatullah Mojaddedi
    AFG:Najibullah:Mohammad Najibullah;TAJ:Nabiyev:Rahmon Nabiyev;KYR:Bakiyev:Kurmanbek Bakiyev;KYR:Otunbayeva:Roza Otunbayeva
    MON:Enkhbayar:Nambaryn Enkhbayar;JPN:Murayama:Tomiichi Murayama;JPN:Obuchi:Keizo Obuchi;IND:Shekhar:Chandra Shekhar
    IND:Vajpayee:Atal Bihari Vajpayee;PAK:Musharraf:Pervez Musharraf;PAK:Zardari:Asif Ali Zardari;BNG:Ershad:Hussain Muhammad Ershad
    BNG:Fakhruddin:Fakhruddin Ahmed;SRI:Rajapakse:Mahinda Rajapaksa;SRI:Wijetunge:Dingiri Banda Wijetunga;MAD:Nasheed:Mohamed Nasheed
    NEP:Bhattarai:Baburam Bhattarai;NEP:Prachanda:Pushpa Kamal Dahal;THI:Chulanont:Surayud Chulanont;THI:Leekpai:Chuan Leekpai
    THI:Silpa-Archa:Banharn Silpa-archa;THI:Sundaravej:Samak Sundaravej;THI:Vejjajiva:Abhisit Vejjajiva;THI:Wongsawat:Somchai Wongsawat
    CAM:Ranariddh:Norodom Ranariddh;PHI:Ramos:Fidel Ramos;INS:Wahid:Abdurrahman Wahid;INS:Habibie:B. J. Habibie
    ETM:Ramos-Horta:José Ramos-Horta;AUL:Abbott:Tony Abbott;AUL:Gillard:Julia Gillard;AUL:Keating:Paul Keating;AUL:Rudd:Kevin Rudd
    PNG:Chan:Julius Chan;PNG:Morauta:Mekere Morauta;NEW:Palmer:Geoffrey Palmer;SOL:Sogavare:Manasseh Sogavare;FJI:Chaudhry:Mahendra Chaudhry
    """.replace("\n", ";").split(";")
    if line.strip()
}


# Names that the source prints short, doubled or wrong: abbreviation, name as found, name ("-": no holder of the office).
CORRECTIONS = {
    tuple(line.strip().split(":")[:2]): line.strip().split(":")[2]
    for line in """
    CZR:Josef Klaus:Václav Klaus;ETH:Mengistu Marriam:Mengistu Haile Mariam;ETH:Gebre Kidan:Tesfaye Gebre Kidan;BNG:Moeenuddin Ahmad Qureshi:-
    IRQ:Jay Garner:-;IRQ:Paul Bremer:-;IRQ:Tommy Ray Franks:-;KUW:Saddam Hussein:-;COM:Bob Denard:-;BOL:Enrique Rodriguez:Eduardo Rodríguez
    IND:Pratap Singh:V. P. Singh;NEP:Man Mohan Adhilari:Man Mohan Adhikari;NEP:Sher Bahdur Deuba:Sher Bahadur Deuba;MEX:Vicente Fox Quesada:Vicente Fox
    NEP:Nath Khanal:Jhala Nath Khanal;NEP:Krishna Prasad Bhatterai:Krishna Prasad Bhattarai;ARG:Fernandez de Kirchner:Cristina Fernández de Kirchner
    SPN:Gonzalez Marquez:Felipe González;SPN:Rodriguez Zapatero:José Luis Rodríguez Zapatero;CHL:Frei Ruiz-Tagle:Eduardo Frei;PER:Garcia Perez:Alan García
    GUA:Perez Molina:Otto Pérez Molina;GUA:Colom Caballeros:Álvaro Colom;GUA:Alfonso Portillo Cabrera:Alfonso Portillo;GUA:Berger Perdomo:Óscar Berger
    DOM:Fernandez Reyna:Leonel Fernández;CHL:Ricardo Lagos Escobar:Ricardo Lagos;COL:Alvaro Uribe Velez:Álvaro Uribe;GHA:Atta Mills:John Atta Mills
    GUI:Dadis Camara:Moussa Dadis Camara;CDI:Konan Bedie:Henri Konan Bédié;BOL:Jorge Quiroga Ramirez:Jorge Quiroga;BOL:Banzer Suarez:Hugo Banzer
    COS:Laura Chinchilla Miranda:Laura Chinchilla;CYP:Tassos Nikolaou Papadopoulos:Tassos Papadopoulos;GRC:Antonis Konstantinou Samaras:Antonis Samaras
    GRC:Konstantinos Karamanlis:Kostas Karamanlis;GRC:Georgios Papandreou:George Papandreou;GRC:Loukas Papadimos:Lucas Papademos;BEL:Di Rupo:Elio Di Rupo
    BEL:van Rompuy:Herman Van Rompuy;BNG:Hasina Wazed:Sheikh Hasina;INS:Bambang Yudhoyono:Susilo Bambang Yudhoyono;MAW:Joyce Hilda Banda:Joyce Banda
    LIB:Mustafa Jalil:Mustafa Abdul Jalil;SAF:Frederik Willem de Klerk:F. W. de Klerk;JOR:Hussein of Jordan:King Hussein;YEM:Saleh al-Hashidi:Ali Abdullah Saleh
    VEN:Caldera Rodriguez:Rafael Caldera;URU:Lacalle de Herrera:Luis Alberto Lacalle;HON:Flores Facusse:Carlos Flores;SAL:Calderon Sol:Armando Calderón Sol
    COS:Figueres Olsen:José María Figueres;COS:de la Espriella:Abel Pacheco;COS:Rodriguez Echeverria:Miguel Ángel Rodríguez
    COS:Calderon Fournier:Rafael Ángel Calderón;MAA:Ould Cheikh Abdellahi:Sidi Ould Cheikh Abdallahi;MAA:Ould Mohamed Vall:Ely Ould Mohamed Vall
    MAA:Ould Abdel Aziz:Mohamed Ould Abdel Aziz;ICE:Hilmar Haarde:Geir Haarde;CAP:do Rosario:-;MAA:dit M'Bare:-;PAR:Wasmosy Monti:Juan Carlos Wasmosy
    PAR:Gonzalez Macchi:Luis González Macchi;PAR:Rodriguez Pedotti:Andrés Rodríguez;ECU:Bucaram Ortiz:Abdalá Bucaram;GUA:Espina Salguero:Gustavo Espina
    GNB:Correia Seabra:Veríssimo Correia Seabra;MON:Natsagiin Bagabandi:Natsagiin Bagabandi;JPN:Hatoyama Yukio:Yukio Hatoyama;SAU:Fahd of Saudi Arabia:King Fahd
    SAU:Abdullah ibn Abdilaziz:King Abdullah;NEP:Birendra of Nepal:King Birendra;MOR:Hassan II of Morocco:Hassan II
    """.replace("\n", ";").split(";")
    if line.strip()
}


def slug(name: str) -> str:
    """Return a name in lower-case ASCII letters and hyphens."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def fold(name: str) -> str:
    """Return a name in ASCII letters."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def full_name(state: str, leader: str, uri: str | None) -> str | None:
    """Return the whole name of a leader, or None where the source prints only a surname."""
    if (state, leader) in FULL_NAMES:
        return FULL_NAMES[state, leader]
    if uri:
        return re.sub(r" \(.*\)$", "", unquote(uri.rsplit("/", 1)[-1]).replace("_", " "))
    words = leader.split()
    leader = " ".join(words)
    return leader if len(words) > 1 and all(len(word.rstrip(".,")) > 1 and word.isascii() for word in words) and "," not in leader else None


def archigos(path: Path) -> list[dict[str, Any]]:
    """Return the leaders whose time in office ended between 1945 and 2015."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    rows = [dict(zip(lines[0], line, strict=False)) for line in lines[1:]]
    uris = {(row["idacr"], row["leader"]): row["dbpedia.uri"] for row in rows if row["dbpedia.uri"] != "NA"}
    spells: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        spells[row["leadid"], row["obsid"]].append(row)
    found = []
    for spell in spells.values():
        first, last = min(row["startdate"].strip() for row in spell), max(row["enddate"].strip() for row in spell)
        if last < FIRST_YEAR or spell[-1]["exit"] == "Still in Office":
            continue
        state, leader = spell[0]["idacr"], spell[0]["leader"].strip()
        uri = uris.get((state, spell[0]["leader"]))
        if last < LATER_YEAR and (uri is None or len(_country(state, last)) != 3 or _country(state, last) in LOST):
            continue
        name = full_name(state, leader, uri)
        name = CORRECTIONS.get((state, name or ""), name)
        if name not in (None, "-") and "\N{REPLACEMENT CHARACTER}" not in name:
            found.append(_entry(name, country=_country(state, last), first=first, last=last))
    return found


def _country(state: str, last: str) -> str:
    if state == "RUS":
        return "RUS" if last > "1991-12-25" else "SUN"
    return ISO.get(state, state)


def _entry(name: str, *, country: str, first: str, last: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": f"person:{slug(name)}.{country.lower()}.{first[:4]}", "name": name}
    if fold(name) != name and re.fullmatch(r"[\x20-\x7e]+", fold(name)) and len(fold(name)) >= len(name) - 1:
        entry["names"] = [fold(name)]
    return entry | {"country": country, "office": "leader", "sectors": ["GOV"], "from": first, "until": last, "verified": True}


def congress(path: Path) -> list[dict[str, Any]]:
    """Return the members of the United States Congress, each with the time since the first of the terms that follow each other."""
    members = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    found = []
    for member in members:
        said = member["name"]
        name = said.get("official_full") or f"{said['first']} {said['last']}"
        others = {member["id"].get("wikipedia", name).split(" (")[0], f"{said.get('nickname') or said['first']} {said['last']}", fold(name)}
        kind = member["terms"][-1]["type"]
        first = next(term["start"] for term in member["terms"] if term["type"] == kind)
        office = "senator" if kind == "sen" else "representative"
        entry = {"id": f"person:{slug(name)}.usa.{first[:4]}", "name": name}
        entry |= {"names": sorted(others - {name})} if others - {name} else {}
        found.append(entry | {"country": "USA", "office": office, "sectors": ["LEG"], "from": first, "verified": True})
    return found


def ministers(folder: Path) -> list[dict[str, Any]]:
    """Return the ministers of the United Kingdom since 1990, secretaries and ministers of state, each with the time in any such post."""
    table = {
        name: list(csv.DictReader((folder / f"{name}.csv").open(encoding="utf-8", newline="")))
        for name in ("appointment", "person", "post")
    }
    ranks = {row["id"]: row["rank_equivalence"] for row in table["post"]}
    names: dict[str, set[str]] = defaultdict(set)
    for row in table["person"]:
        if len(row["display_name"].split()) > 1 and not row["display_name"].startswith(
            ("Lord", "Lady", "Baroness", "Earl", "Viscount", "Duke")
        ):
            names[row["id"]].add(row["display_name"])
    spells: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in table["appointment"]:
        if ranks[row["post_id"]] in ("SoS", "MoS", "DPM") and names[row["person_id"]] and (row["end_date"] or "9999") >= LATER_YEAR:
            spells[row["person_id"]].append((row["start_date"], row["end_date"] or "9999"))
    found = []
    for person, times in spells.items():
        name, *others = sorted(names[person])
        first, last = min(time[0] for time in times), max(time[1] for time in times)
        entry: dict[str, Any] = {"id": f"person:{slug(name)}.gbr.{first[:4]}", "name": name} | ({"names": others} if others else {})
        entry |= {"country": "GBR", "office": "minister of state", "sectors": ["GOV"], "from": first}
        found.append(entry | ({"until": last} if last < "9999" else {}) | {"verified": True})
    return found


def merge(written: list[dict[str, Any]], made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the written entries with the made ones; their offices mark the made ones of an earlier run.

    A made entry is left out where people wrote one for the same person, state and time.
    """
    kept = [entry for entry in written if entry["office"] not in MADE]
    spells: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for entry in kept:
        for name in (entry["name"], *entry.get("names", ())):
            spells[entry["country"], fold(name)].append(entry)
    for entry in made:
        twins = spells[entry["country"], fold(entry["name"])]
        if not any(twin["from"] <= entry.get("until", "9999") and entry["from"] <= twin.get("until", "9999") for twin in twins):
            kept.append(entry)
            spells[entry["country"], fold(entry["name"])].append(entry)
    _part(kept)
    return sorted({entry["id"]: entry for entry in kept}.values(), key=lambda entry: entry["id"])


def _part(entries: list[dict[str, Any]]) -> None:
    """Take from the made entries those other names that another person has as well."""
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for form in (entry["name"], *entry.get("names", ())):
            owners[form].add(entry["name"])
    for entry in entries:
        if entry["office"] in MADE and "names" in entry:
            entry["names"] = [form for form in entry["names"] if len(owners[form]) == 1]
            if not entry["names"]:
                del entry["names"]


def confirm(entries: list[dict[str, Any]], path: Path) -> None:
    """Mark the written entries whose start month and whose end, if before 2021, stand in REIGN as well."""
    with path.open(encoding="latin-1", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["syear"]]
    spells = {}
    for row in rows:
        start = f"{row['syear']}-{int(row['smonth']):02}"
        end = f"{row['eyear']}-{int(row['emonth']):02}" if row["eyear"] and row["emonth"] else None
        spells[ISO.get(row["stateabb"], row["stateabb"]), start] = (fold(row["leader"]).lower(), end)
    for entry in entries:
        leader, end = spells.get((entry["country"], str(entry["from"])[:7]), ("", None))
        words = {word for word in re.findall(r"[a-z]+", leader) if len(word) > 2}
        same = bool(words & set(re.findall(r"[a-z]+", fold(entry["name"]).lower())))
        if same and end is not None:
            entry["verified"] = end == entry.get("until", "")[:7]


def flow(value: Any) -> str:
    """Return a value as one line of YAML."""
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    plain = PLAIN.fullmatch(value) and value.lower() not in NOT_WORDS
    return value if plain else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write(path: Path, entries: list[dict[str, Any]]) -> None:
    """Write the entries under the comment that the file begins with."""
    head = "".join(line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("#"))
    body = "".join("- " + "\n  ".join(f"{key}: {flow(value)}" for key, value in entry.items()) + "\n" for entry in entries)
    path.write_text(head + body, encoding="utf-8")


def main() -> None:
    """Rewrite the offices lexicon from the sources in the folder that the argument names."""
    source = Path(sys.argv[1])
    path = resources.data_path("lexicons", "en", "offices.yaml")
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    made = archigos(source / "archigos_annual.txt")
    made += congress(source / "us_congress" / "legislators-current.yaml") + ministers(source / "uk_ministers")
    entries = merge(written, made)
    confirm([entry for entry in entries if entry["office"] not in MADE], source / "reign_leaders.csv")
    write(path, entries)
    print(f"{path}: {len(entries)} entries, {sum(entry['verified'] for entry in entries)} with dates from a source")


if __name__ == "__main__":
    main()
