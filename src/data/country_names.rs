//! A country by whatever name people use: codes, the languages of the United Nations and Portuguese, official, former and
//! everyday names. Command line, tables and window look it up here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::pack::{Pack, cell};
use super::spelling::{is_near, plain};

/// Languages of the names beside English, in the order of their columns.
const LANGUAGES: [&str; 6] = ["fr", "es", "pt", "ar", "ru", "zh"];

/// A country or area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountryName {
    /// ISO 3166 code of three letters.
    pub iso3: String,
    /// ISO 3166 code of two letters.
    pub iso2: String,
    /// Name in English.
    pub name: String,
    /// Names in the other languages, in their order.
    pub(super) foreign: Vec<String>,
    /// Other names in use, in any language: official, former, everyday. A name may be that of two countries.
    pub(super) others: Vec<String>,
    /// Income group of the World Bank, FY2026; empty where none is given.
    pub income: String,
    /// Least developed country.
    pub ldc: bool,
}

impl CountryName {
    /// The name in a language, or in English.
    #[must_use]
    pub fn in_language(&self, code: &str) -> &str {
        let place = LANGUAGES.iter().position(|known| *known == code);
        place.and_then(|place| self.foreign.get(place)).unwrap_or(&self.name)
    }

    /// All names and codes by which it is found.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let own = [&self.iso3, &self.iso2, &self.name];
        own.into_iter()
            .chain(&self.foreign)
            .chain(&self.others)
            .map(String::as_str)
    }
}

/// How closely a name is compared, best first.
const CLOSENESS: [fn(&str) -> String; 3] = [whole, unordered, stateless];

struct Countries {
    list: Vec<CountryName>,
    /// Positions in the list by name, for each way of comparing.
    found: [BTreeMap<String, Vec<usize>>; 3],
}

static COUNTRIES: LazyLock<Countries> = LazyLock::new(|| {
    let list = read();
    let found = CLOSENESS.map(|key| {
        let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (position, country) in list.iter().enumerate() {
            for name in country.all().map(key).filter(|name| !name.is_empty()) {
                let places = found.entry(name).or_default();
                if places.last() != Some(&position) {
                    places.push(position);
                }
            }
        }
        found
    });
    Countries { list, found }
});

fn read() -> Vec<CountryName> {
    let pack = Pack::embedded();
    let names: BTreeMap<String, csv::StringRecord> = pack
        .rows("names.csv")
        .into_iter()
        .map(|row| (cell(&row, 0), row))
        .collect();
    let country = |row: csv::StringRecord| {
        let iso3 = cell(&row, 0);
        let named = names.get(&iso3);
        let name = |column: usize| named.map_or_else(|| cell(&row, 1), |row| cell(row, column));
        let others = named.and_then(|row| row.get(9)).unwrap_or_default();
        CountryName {
            iso2: named.map_or_else(String::new, |row| cell(row, 1)),
            name: name(2),
            foreign: (3..9).map(name).collect(),
            others: others
                .split('|')
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
            income: cell(&row, 3),
            ldc: cell(&row, 5) == "1",
            iso3,
        }
    };
    pack.rows("countries.csv").into_iter().map(country).collect()
}

/// All countries and areas with a code, sorted by code; not all of them have enough data for a baseline. None in a build
/// without the tables.
#[must_use]
pub fn all() -> &'static [CountryName] {
    &COUNTRIES.list
}

/// The countries that a code (ISO 3166, two or three letters) or a name may mean: one, or several that share it (`Congo`).
/// Case, accents and marks do not matter; if nothing has the name as it is, neither do the order of its words, articles and
/// abbreviations (`Gambia, The`; `Congo, Dem. Rep.`), and then neither does the kind of state (`Republic of Ghana`).
#[must_use]
pub fn named(written: &str) -> Vec<&'static CountryName> {
    let places = CLOSENESS
        .iter()
        .zip(&COUNTRIES.found)
        .find_map(|(key, found)| found.get(&key(written)));
    places.map_or_else(Vec::new, |places| {
        places.iter().filter_map(|place| COUNTRIES.list.get(*place)).collect()
    })
}

/// The one country that a code or name means.
#[must_use]
pub fn one(written: &str) -> Option<&'static CountryName> {
    match named(written)[..] {
        [country] => Some(country),
        _ => None,
    }
}

/// The countries of which a name, or else the code, is nearly written so; none if there are more than three.
#[must_use]
pub(crate) fn nearly(written: &str) -> Vec<&'static CountryName> {
    let name = whole(written);
    let near = |country: &&CountryName| match name.len() {
        // Codes differ by one letter, and seldom by the first.
        0..=3 => {
            let code = country.iso3.to_lowercase();
            code.chars().next() == name.chars().next() && strsim::damerau_levenshtein(&code, &name) == 1
        }
        _ => country.all().any(|known| is_near(&name, &whole(known))),
    };
    let found: Vec<&CountryName> = all().iter().filter(near).take(4).collect();
    if found.len() > 3 { Vec::new() } else { found }
}

/// The name, with letters that are written apart joined: `U. S. A.`
fn whole(name: &str) -> String {
    let name = plain(name);
    let mut joined = String::new();
    for (before, word) in std::iter::once("").chain(name.split('_')).zip(name.split('_')) {
        let single = |word: &str| word.chars().count() == 1;
        let apart = single(before) && single(word);
        if !joined.is_empty() && !apart {
            joined.push('_');
        }
        joined.push_str(word);
    }
    joined
}

/// Its words, spelt out, without articles and in order of the alphabet.
fn unordered(name: &str) -> String {
    let name = plain(name);
    let spelt = |word| {
        SPELT
            .iter()
            .find(|(short, _)| *short == word)
            .map_or(word, |(_, long)| *long)
    };
    let mut words: Vec<&str> = name
        .split('_')
        .filter(|word| !SMALL.contains(word))
        .map(spelt)
        .collect();
    words.sort_unstable();
    words.dedup();
    words.join("_")
}

/// The same without the words that say what kind of state it is, not which.
fn stateless(name: &str) -> String {
    let words = unordered(name);
    let bare = |word: &'_ str| word.strip_suffix("共和国").unwrap_or(word).to_owned();
    let telling: Vec<String> = words
        .split('_')
        .filter(|word| !FORMS.contains(word))
        .map(bare)
        .collect();
    telling.join("_")
}

/// Articles and words between others.
const SMALL: &[&str] = &[
    "the", "of", "and", "s", "la", "le", "les", "l", "el", "los", "las", "de", "du", "des", "d", "del", "et", "y", "e",
    "do", "da", "dos", "das", "o", "a", "и",
];

/// Words that are written in several ways.
const SPELT: &[(&str, &str)] = &[
    ("rep", "republic"),
    ("republique", "republic"),
    ("republica", "republic"),
    ("республика", "republic"),
    ("جمهوريه", "republic"),
    ("dem", "democratic"),
    ("democratique", "democratic"),
    ("democratica", "democratic"),
    ("демократическая", "democratic"),
    ("ديمقراطيه", "democratic"),
    ("fed", "federal"),
    ("st", "saint"),
    ("ste", "saint"),
    ("sainte", "saint"),
    ("is", "islands"),
    ("о", "острова"),
    ("ва", "острова"),
];

/// Words that say what kind of state a country is.
const FORMS: &[&str] = &[
    "republic",
    "democratic",
    "federal",
    "kingdom",
    "state",
    "states",
    "federation",
    "islamic",
    "socialist",
    "union",
    "commonwealth",
    "plurinational",
    "bolivarian",
    "hashemite",
    "sultanate",
    "principality",
    "duchy",
    "grand",
    "independent",
    "co",
    "operative",
    "cooperative",
    "people",
    "royaume",
    "etat",
    "federale",
    "islamique",
    "populaire",
    "principaute",
    "sultanat",
    "reino",
    "estado",
    "federative",
    "federativa",
    "popular",
    "islamica",
    "principado",
    "sultanato",
    "королевство",
    "государство",
    "федеративная",
    "исламская",
    "народная",
    "مملكه",
    "دوله",
    "سلطنه",
    "اسلاميه",
    "اتحاديه",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(written: &str) -> Vec<&'static str> {
        named(written).iter().map(|country| country.iso3.as_str()).collect()
    }

    #[test]
    fn a_country_is_found_by_any_name_in_use() {
        if all().is_empty() {
            return; // a build without the tables
        }
        let lines = NAMES.lines().map(str::trim).filter(|line| !line.is_empty());
        let names = lines.flat_map(|line| {
            let (code, names) = line.split_once(": ").expect("a code and names");
            names.split('|').map(move |name| (name, code))
        });
        let wrong: Vec<_> = names.filter(|(name, code)| codes(name) != [*code]).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    /// What people write, from ministries, newspapers and atlases of several languages and years.
    const NAMES: &str = "
        SEN: senegal|Sénégal|SENEGAL| sn |sen|Republic of Senegal|République du Sénégal|السنغال|塞内加尔|Сенегал|塞内加尔共和国
        CIV: Ivory Coast|Cote d'Ivoire|Cote d’Ivoire|CÔTE D`IVOIRE|Côte dʼIvoire|Costa de Marfil|Costa do Marfim|كوت ديفوار|ساحل العاج|Кот-д’Ивуар|科特迪瓦|the Ivory Coast
        SWZ: Swaziland|Eswatini|eSwatini|Kingdom of Eswatini|the Kingdom of Swaziland|Suazilandia
        COD: DRC|RDC|D.R.C.|DR Congo|Congo-Kinshasa|Congo (Kinshasa)|Democratic Republic of Congo|Democratic Republic of the Congo|The Democratic Republic of the Congo|Congo, Dem. Rep.|Congo, The Democratic Republic of the|Congo DR|Zaïre|Zaire|République démocratique du Congo|República Democrática del Congo|República Democrática do Congo|جمهورية الكونغو الديمقراطية|Демократическая Республика Конго|刚果民主共和国
        COG: Congo-Brazzaville|Congo (Brazzaville)|Republic of the Congo|Republic of Congo|Congo, Rep.|République du Congo
        GMB: Gambia|The Gambia|Gambia, The|Gambia (The)|Gambie|La Gambie|Republic of The Gambia|غامبيا
        TUR: Turkey|Türkiye|Turkiye|TÜRKİYE|Turquie|Turquía|Republic of Turkey|تركيا|土耳其|Турция
        CZE: Czech Republic|the Czech Republic|Czechia|République tchèque|Czech Rep.|República Checa
        CPV: Cape Verde|Cabo Verde|Cap-Vert|Cap Vert|Republic of Cabo Verde
        MMR: Burma|Myanmar|Birmanie|Birmania|Union of Myanmar|Myanmar (Burma)
        MKD: Macedonia|FYROM|North Macedonia|Republic of North Macedonia|Macédoine du Nord|Macedonia, FYR|The former Yugoslav Republic of Macedonia
        LAO: Laos|Lao PDR|Lao People's Democratic Republic|Lao People’s Democratic Republic|Lao P.D.R.|老挝
        KOR: South Korea|Republic of Korea|Korea, Republic of|Korea, Rep.|Corée du Sud|ROK|Korea (South)|Korea, South|Республика Корея|韩国|S. Korea
        PRK: North Korea|DPRK|Korea, Democratic People's Republic of|Democratic People’s Republic of Korea|Korea, Dem. People's Rep.|Korea, North
        NLD: Holland|Netherlands|The Netherlands|the netherlands|Pays-Bas|Países Bajos|هولندا
        USA: USA|U.S.A.|US|U.S.|United States|the United States of America|États-Unis|Estados Unidos|EE.UU.|EE. UU.|EEUU|EUA|США|美国|America
        GBR: UK|U.K.|the UK|United Kingdom|Great Britain|Royaume-Uni|Reino Unido|Великобритания|England
        TZA: Tanzania|Tanzanie|United Republic of Tanzania|Tanzania, United Republic of|Tanzania (United Republic of)|Tanzânia|تنزانيا
        BFA: Burkina Faso|Burkina|Upper Volta|Haute-Volta
        BEN: Benin|Bénin|Dahomey|Republic of Benin
        ZWE: Zimbabwe|Rhodesia
        LKA: Sri Lanka|Ceylon|斯里兰卡|Democratic Socialist Republic of Sri Lanka
        KHM: Cambodia|Kampuchea|Cambodge|Kingdom of Cambodia
        IRN: Iran|Iran, Islamic Republic of|Iran (Islamic Republic of)|Islamic Republic of Iran|Persia
        VNM: Vietnam|Viet Nam|Viêt Nam|Socialist Republic of Vietnam
        VEN: Venezuela|Venezuela, RB|Bolivarian Republic of Venezuela|Venezuela (Bolivarian Republic of)
        BOL: Bolivia|Plurinational State of Bolivia|Bolivia (Plurinational State of)
        SYR: Syria|Syrian Arab Republic|Syrie|سوريا
        RUS: Russia|Russian Federation|Россия|Российская Федерация|Rusia
        MDA: Moldova|Republic of Moldova|Moldova, Republic of|Moldavie
        FSM: Micronesia|Federated States of Micronesia|Micronesia (Federated States of)|Micronesia, Fed. Sts.
        TLS: Timor-Leste|East Timor|Timor oriental|Timor Leste
        PSE: Palestine|State of Palestine|West Bank and Gaza|فلسطين|Palestina
        TWN: Taiwan|Chinese Taipei|Republic of China
        CHN: China|PRC|People's Republic of China|中国|Chine|中华人民共和国
        STP: Sao Tome and Principe|São Tomé & Príncipe|Sao Tome et Principe|São Tomé e Príncipe
        ATG: Antigua & Barbuda|Antigua and Barbuda
        TTO: Trinidad & Tobago|Trinidad and Tobago
        BIH: Bosnia & Herzegovina|Bosnia-Herzegovina|Bosnie-Herzégovine|Bosnia
        LCA: St Lucia|St. Lucia|Saint Lucia|Sainte-Lucie
        VCT: St Vincent and the Grenadines|Saint Vincent & the Grenadines
        KNA: St Kitts and Nevis|Saint Kitts & Nevis
        GIN: Guinea|Guinée|Republic of Guinea|Guinée-Conakry|Guinea Conakry|غينيا
        GNB: Guinea-Bissau|Guinea Bissau|Guinée-Bissau|Guiné-Bissau
        GNQ: Equatorial Guinea|Guinée équatoriale|Guinea Ecuatorial
        PNG: Papua New Guinea|PNG|Papouasie-Nouvelle-Guinée
        DOM: Dominican Republic|República Dominicana|République dominicaine|the Dominican Republic
        DMA: Dominica|Commonwealth of Dominica|Dominique
        NER: Niger|Republic of Niger|النيجر
        NGA: Nigeria|Federal Republic of Nigeria|Nigéria|نيجيريا
        SDN: Sudan|Republic of the Sudan|The Sudan|السودان
        SSD: South Sudan|Soudan du Sud|جنوب السودان
        CAF: Central African Republic|CAR|RCA|République centrafricaine|Centrafrique
        ZAF: South Africa|RSA|Republic of South Africa|Afrique du Sud|África do Sul|ЮАР
        ARE: UAE|U.A.E.|United Arab Emirates|Emirats arabes unis|الإمارات|الإمارات العربية المتحدة
        SAU: Saudi Arabia|KSA|Kingdom of Saudi Arabia|المملكة العربية السعودية|السعودية
        EGY: Egypt|Egypt, Arab Rep.|Arab Republic of Egypt|مصر|جمهورية مصر العربية|Égypte
        MAR: Morocco|Maroc|المغرب|المملكة المغربية|Marruecos
        DZA: Algeria|Algérie|الجزائر|Argelia
        TUN: Tunisia|Tunisie|تونس|الجمهورية التونسية
        JOR: Jordan|Jordanie|الأردن|الاردن|المملكة الأردنية الهاشمية
        YEM: Yemen|Yemen, Rep.|Republic of Yemen|اليمن|الجمهورية اليمنية
        MRT: Mauritania|Mauritanie|Islamic Republic of Mauritania|موريتانيا
        MOZ: Mozambique|Moçambique
        KEN: Kenya|Quênia|Quénia|Kenia|肯尼亚|Кения|كينيا
        ETH: Ethiopia|Éthiopie|Etiopía|Abyssinia|إثيوبيا
        DEU: Germany|Allemagne|Alemania|Alemanha|Федеративная Республика Германия|德国
        KGZ: Kyrgyzstan|Kyrgyz Republic|Kirghizistan
        MYS: Malaysia|Malaisie
        MWI: Malawi|Nyasaland
        IRL: Ireland|Republic of Ireland|Irlande
        VAT: Vatican City|Holy See|The Holy See|Vatican
        SLE: Sierra Leone|Sierra Leona|Serra Leoa";

    #[test]
    fn no_two_countries_share_a_name_but_those_that_are_asked_about() {
        let mut shared: BTreeMap<Vec<&str>, Vec<&str>> = BTreeMap::new();
        for (name, places) in &COUNTRIES.found[0] {
            if places.len() > 1 {
                let codes = places.iter().map(|place| all()[*place].iso3.as_str()).collect();
                shared.entry(codes).or_default().push(name);
            }
        }
        if all().is_empty() {
            return;
        }
        let pairs: Vec<_> = shared.keys().cloned().collect();
        let wanted = [["COD", "COG"], ["KOR", "PRK"], ["MAF", "SXM"], ["VGB", "VIR"]];
        assert_eq!(pairs, wanted, "{shared:?}");
        for (name, choices) in [
            ("Congo", ["COD", "COG"]),
            ("the Congo", ["COD", "COG"]),
            ("الكونغو", ["COD", "COG"]),
            ("Korea", ["KOR", "PRK"]),
            ("Corée", ["KOR", "PRK"]),
            ("Virgin Islands", ["VGB", "VIR"]),
        ] {
            assert_eq!(codes(name), choices, "{name}");
            assert!(one(name).is_none(), "{name}");
        }
        for name in ["Atlantis", "", "republic", "the", "Kingdom of", "of the", "Ministry"] {
            assert!(named(name).is_empty(), "{name}");
        }
        for country in all() {
            let sound = country.iso2.len() == 2 && country.foreign.iter().all(|name| !name.is_empty());
            assert!(sound, "{}", country.iso3);
            assert_eq!(one(&country.iso3).map(|found| &found.iso3), Some(&country.iso3));
            assert_eq!(one(&country.iso2).map(|found| &found.iso3), Some(&country.iso3));
        }
    }

    #[test]
    fn a_misspelt_country_is_offered_and_no_other() {
        if all().is_empty() {
            return;
        }
        for (written, wanted) in [
            ("senegall", &["SEN"][..]),
            ("Cote d Ivore", &["CIV"]),
            ("Zimbabwae", &["ZWE"]),
            ("Moçambiqe", &["MOZ"]),
            ("KEM", &["KEN", "KHM"]),
            ("SEM", &[]),
            ("Nigerie", &["NGA"]),
            ("Atlantis", &[]),
            ("XYZ", &[]),
            ("教育部", &[]),
            ("وزارة", &[]),
        ] {
            let offered: Vec<&str> = nearly(written).iter().map(|country| country.iso3.as_str()).collect();
            assert_eq!(offered, wanted, "{written}");
        }
    }
}
