//! Columns that a regional table may have, and what a header that someone else wrote is likely to mean.

use super::table::Table;
pub use crate::data::spelling::plain;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name.
    Words,
    /// A whole number.
    Count,
    /// 0 to 1.
    Share,
    /// Any other number.
    Number,
}

/// A known column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name in a table.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Other names, English and French, as [`plain`] writes them.
    pub aliases: &'static [&'static str],
}

const fn column(name: &'static str, kind: Kind, aliases: &'static [&'static str]) -> Column {
    Column { name, kind, aliases }
}

/// Columns that a table may have; the first five it must have.
pub const COLUMNS: &[Column] = &[
    column(
        "region",
        Kind::Words,
        &[
            "district",
            "province",
            "county",
            "state",
            "departement",
            "academie",
            "regions",
            "inspection",
        ],
    ),
    column(
        "locality",
        Kind::Words,
        &[
            "setting",
            "area",
            "residence",
            "milieu",
            "zone",
            "localite",
            "urban_rural",
        ],
    ),
    column(
        "level",
        Kind::Words,
        &["niveau", "cycle", "ordre", "degre", "education_level"],
    ),
    column(
        "schools",
        Kind::Count,
        &["school", "ecoles", "etablissements", "etablissement"],
    ),
    column(
        "learners",
        Kind::Count,
        &[
            "pupils",
            "students",
            "enrolment",
            "enrollment",
            "eleves",
            "apprenants",
            "effectifs",
            "effectif",
        ],
    ),
    column(
        "teachers",
        Kind::Count,
        &["enseignants", "maitres", "professeurs", "personnel_enseignant"],
    ),
    column(
        "power",
        Kind::Share,
        &[
            "electricity",
            "powered",
            "electricite",
            "electrifiees",
            "electrifies",
            "courant",
        ],
    ),
    column(
        "grid",
        Kind::Share,
        &["reseau", "reseau_electrique", "electricity_grid"],
    ),
    column("solar", Kind::Share, &["solaire"]),
    column(
        "internet",
        Kind::Share,
        &[
            "connected",
            "links",
            "connectivity",
            "connectees",
            "connectes",
            "connexion",
            "connexion_internet",
        ],
    ),
    column("cellular", Kind::Share, &["mobile", "cellulaire"]),
    column("fibre", Kind::Share, &["fiber", "fibre_optique"]),
    column("wireless", Kind::Share, &["microwave", "radio"]),
    column("satellite", Kind::Share, &[]),
    column(
        "computers",
        Kind::Share,
        &["equipped", "ordinateurs", "equipees", "equipes"],
    ),
    column(
        "devices",
        Kind::Number,
        &[
            "devices_per_school",
            "appareils",
            "appareils_par_ecole",
            "ordinateurs_par_ecole",
        ],
    ),
    column("mbps", Kind::Number, &["speed", "debit"]),
    column("reach_4g", Kind::Share, &["coverage_4g", "4g", "couverture_4g"]),
    column("reach_fibre", Kind::Share, &["couverture_fibre"]),
    column("girls", Kind::Share, &["female", "filles"]),
    column("disability", Kind::Share, &["disabilities", "handicap"]),
    column("poorest", Kind::Share, &["plus_pauvres"]),
    column("second", Kind::Share, &[]),
    column("middle", Kind::Share, &[]),
    column("fourth", Kind::Share, &[]),
    column("richest", Kind::Share, &["plus_riches"]),
];

/// Number of columns that a table must have.
pub(crate) const REQUIRED: usize = 5;

/// Words of a header that say nothing about what is counted.
const FILLERS: &[&str] = &[
    "number",
    "effectif",
    "effectifs",
    "of",
    "nombre",
    "nb",
    "nbre",
    "no",
    "de",
    "d",
    "des",
    "du",
    "la",
    "le",
    "les",
    "l",
    "the",
    "total",
    "percent",
    "percentage",
    "pourcentage",
    "pct",
    "share",
    "part",
    "taux",
    "with",
    "avec",
    "have",
    "in",
    "en",
];

/// What a column of the table means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    /// Position in [`COLUMNS`]; none where the column is left aside.
    pub column: Option<usize>,
    /// Whether its numbers are percentages without a sign: 35 is 0.35.
    pub percent: bool,
}

/// How a table is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Position of the row that names the columns; rows above it are a title.
    pub header: usize,
    /// Meaning of each column.
    pub columns: Vec<Meaning>,
    /// The mark before decimals. Without one, what could be read in two ways is refused.
    pub decimal: Option<char>,
}

impl Mapping {
    /// Whether all columns that a table must have are there.
    #[must_use]
    pub(crate) fn is_complete(&self) -> bool {
        (0..REQUIRED).all(|index| self.columns.iter().any(|meaning| meaning.column == Some(index)))
    }

    /// What the header is likely to mean. The header is the first of the upper rows that names most columns.
    #[must_use]
    pub fn guess(table: &Table) -> Self {
        let known = |row: &[super::table::Cell]| row.iter().filter(|cell| meaning(&cell.text).column.is_some()).count();
        let upper = table.rows.iter().take(20).map(|row| known(row));
        let most = upper.clone().max().unwrap_or(0);
        let header = upper.take_while(|found| *found < most).count();
        let columns = table
            .rows
            .get(header)
            .map_or_else(Vec::new, |row| row.iter().map(|cell| meaning(&cell.text)).collect());
        Self {
            header,
            columns,
            decimal: None,
        }
    }
}

/// What one header is likely to mean.
fn meaning(header: &str) -> Meaning {
    let name = plain(header);
    let timeless: Vec<&str> = name
        .split('_')
        .filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    let telling: Vec<&str> = timeless
        .iter()
        .copied()
        .filter(|word| !FILLERS.contains(word))
        .collect();
    // `schools with electricity` is about electricity.
    let served = telling.split_first().filter(|(first, _)| named(first) == Some(3));
    let column = named(&name)
        .or_else(|| named(&timeless.join("_")))
        .or_else(|| named(&telling.join("_")))
        .or_else(|| served.and_then(|(_, rest)| named(&rest.join("_"))));
    let says_percent = header.contains('%')
        || ["percent", "percentage", "pourcentage", "pct"]
            .iter()
            .any(|word| name.split('_').any(|own| own == *word));
    Meaning {
        column,
        percent: says_percent && column.is_some_and(|index| COLUMNS[index].kind == Kind::Share),
    }
}

/// Whether a name, as [`plain`] writes it, is one of a region, a locality or a level.
pub(super) fn is_place(name: &str) -> bool {
    named(name).is_some_and(|index| COLUMNS[index].kind == Kind::Words)
}

/// Whether a name, as [`plain`] writes it, says that many are counted. A single school is where somebody is.
pub(super) fn is_count(name: &str) -> bool {
    let counts = meaning(name)
        .column
        .is_some_and(|index| COLUMNS[index].kind == Kind::Count);
    counts && !["school", "etablissement"].contains(&name)
}

fn named(name: &str) -> Option<usize> {
    COLUMNS
        .iter()
        .position(|column| column.name == name || column.aliases.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_in_english_and_french_are_understood() {
        for (header, wanted) in [
            ("Région", Some("region")),
            ("Milieu", Some("locality")),
            ("Niveau d’enseignement", None),
            ("Nombre d'écoles", Some("schools")),
            ("Effectifs 2023", Some("learners")),
            ("Nb. élèves", Some("learners")),
            ("Total pupils", Some("learners")),
            ("Schools with electricity (%)", Some("power")),
            ("Écoles électrifiées (%)", Some("power")),
            ("Teachers", Some("teachers")),
            ("Remarks", None),
            ("", None),
        ] {
            assert_eq!(
                meaning(header).column.map(|index| COLUMNS[index].name),
                wanted,
                "{header}"
            );
        }
        assert!(meaning("Électricité (%)").percent && !meaning("Électricité").percent && !meaning("% élèves").percent);
    }
}
