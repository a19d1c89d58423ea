//! How a sheet is read: the recipe. Plain data, which a person may change and which is kept for next year's file.

use serde::{Deserialize, Serialize};

use super::measure::{Kind, Measure, Place, Sex};
use crate::scenario::Level;

/// How a sheet is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// Name of the sheet; empty for a text.
    pub sheet: String,
    /// Position of the first row of the header among the rows in which something stands.
    pub header: usize,
    /// Rows of the header.
    pub header_rows: usize,
    /// What each column means.
    pub columns: Vec<ColumnRecipe>,
    /// What a row stands for.
    pub rows: RowsAre,
    /// The levels of what names none; what is of several is split as the nation is.
    pub level: Option<LevelSet>,
    /// How urban and rural are told.
    pub locality: LocalityBy,
    /// The year that is taken where there are several; none for the latest.
    pub year: Option<i32>,
    /// Whether names that differ in capitals, accents and signs are one place.
    pub one_spelling: bool,
    /// Whether an empty name of a place is that of the row above.
    pub filled_down: bool,
    /// Whether a school may stand in several rows, told by its code: it is one school, and its learners are added up.
    #[serde(default)]
    pub several_rows: bool,
    /// Into how many size classes the schools of a register are split; none for no split.
    pub size_classes: Option<u8>,
    /// To which total of a level its learners and teachers add up.
    #[serde(default)]
    pub total: LevelTotal,
}

/// What a column means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnRecipe {
    /// Its header as written, from above to below.
    pub header: String,
    /// What stands in it.
    pub meaning: Meaning,
    /// In which unit.
    pub unit: NumberUnit,
    /// The levels that it counts; none for those of the row.
    pub levels: Vec<Named<Level>>,
    /// The words with which its header says its levels, grades or ages: two columns that say the same count the same.
    #[serde(default)]
    pub part: String,
    /// The sex that it counts; none for both.
    pub sex: Option<Sex>,
    /// The year that it counts.
    pub year: Option<i32>,
    /// Who runs the schools that it counts, where columns of several are added up; none for all.
    #[serde(default)]
    pub sector: Option<String>,
    /// With what its counts are multiplied: 1 000 where they are in thousands.
    #[serde(default = "once")]
    pub times: u32,
    /// What says no in a column of yes and no.
    #[serde(default)]
    pub no: NoIs,
    /// The mark before decimals; none where what can be read in two ways is refused.
    pub decimal: Option<char>,
    /// How sure that is.
    pub sure: Sure,
    /// Why it is read so.
    pub why: Why,
}

const fn once() -> u32 {
    1
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Meaning {
    /// Nothing that is needed.
    Aside(Aside),
    /// A name of a place.
    Place(Place),
    /// Urban or rural.
    Locality,
    /// A level.
    Level,
    /// A size class.
    SizeClass,
    /// A year.
    Year,
    /// A sex.
    Sex,
    /// A code of a school.
    Code,
    /// A name of a school.
    School,
    /// A number.
    Number(Measure),
}

/// Why a column is left aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Aside {
    /// Nobody knows its header.
    Unknown,
    /// It is known, and nothing here needs it.
    NotNeeded,
    /// Nothing stands in it.
    Empty,
    /// It is about who heads a school or how to reach them.
    Person,
    /// It is a part of a total that is there.
    PartOfTotal,
    /// It is the total of parts that are there.
    TotalOfParts,
    /// It is of another year.
    OtherYear,
    /// It counts grades or ages beyond the levels.
    OutsideLevels,
    /// The reading that was kept knows no such column.
    NotKept,
    /// A person left it aside.
    ByHand,
}

/// In which unit the numbers of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NumberUnit {
    /// As the measure is: a count, or a number for each school.
    Itself,
    /// From 0 to 1.
    Share,
    /// 35 is 0.35.
    Percent,
    /// So many of the schools or learners.
    CountOf,
    /// Yes or no.
    Words,
}

/// What says no in a column of yes and no.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoIs {
    /// A word, or 0.
    #[default]
    Said,
    /// An empty cell too.
    Blank,
    /// A 2, where a 1 is yes.
    Two,
}

/// How sure a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sure {
    /// Nothing else can be meant.
    Sure,
    /// Something else is not likely.
    Likely,
    /// A person is asked.
    Asks,
}

/// Why a column is read as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// By its header.
    Header,
    /// By its header and its cells.
    Cells,
    /// By the reading that was kept.
    Kept,
    /// By a person.
    ByHand,
}

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowsAre {
    /// Schools of a place, added up.
    Groups,
    /// One school.
    Schools,
}

/// How urban and rural are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LocalityBy {
    /// By a column.
    Column,
    /// By the kind of council, at the end of its name.
    Council,
    /// By a column of kinds of districts.
    DistrictType,
    /// By a column of people per square kilometre.
    Density,
    /// Not: rows are shared as the nation is.
    Nation,
}

/// To which total of a level the learners and teachers of its groups add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LevelTotal {
    /// The published one, to which the rows are scaled.
    #[default]
    Published,
    /// That of the sheet, which takes the place of the published one.
    Sheet,
}

/// One level, or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelSet([bool; Level::ALL.len()]);

impl LevelSet {
    /// These levels; none where there is none.
    #[must_use]
    pub fn of(levels: &[Level]) -> Option<Self> {
        let mut set = Self([false; Level::ALL.len()]);
        for level in levels {
            set.0[*level as usize] = true;
        }
        (!levels.is_empty()).then_some(set)
    }

    /// The levels, from the lowest up.
    #[must_use]
    pub fn levels(self) -> Vec<Level> {
        let levels = Level::ALL.iter().copied();
        levels.filter(|level| self.0[*level as usize]).collect()
    }
}

impl Serialize for LevelSet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names: Vec<&str> = self.levels().into_iter().map(Level::name).collect();
        serializer.serialize_str(&names.join("+"))
    }
}

impl<'de> Deserialize<'de> for LevelSet {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = String::deserialize(deserializer)?;
        let levels: Option<Vec<Level>> = names.split('+').map(Level::from_name).collect();
        let set = levels.and_then(|levels| Self::of(&levels));
        set.ok_or_else(|| serde::de::Error::custom(format!("`{names}` are no levels")))
    }
}

/// A word of the file format, kept by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named<T>(pub T);

impl Serialize for Named<Level> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de> Deserialize<'de> for Named<Level> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let level = Level::from_name(&name);
        level
            .map(Named)
            .ok_or_else(|| serde::de::Error::custom(format!("`{name}` is no level")))
    }
}

impl Meaning {
    /// All that a person can choose, in order.
    pub fn choices() -> impl Iterator<Item = Self> {
        let first = [
            Self::Aside(Aside::ByHand),
            Self::Place(Place::Region),
            Self::Locality,
            Self::Level,
        ];
        let last = [
            Self::Place(Place::District),
            Self::SizeClass,
            Self::Year,
            Self::Sex,
            Self::Code,
            Self::School,
        ];
        let measures = Measure::ALL.iter().map(|measure| Self::Number(*measure));
        first.into_iter().chain(measures).chain(last)
    }

    /// The name of such a column in our own table; none where it is left aside.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Aside(_) => return None,
            Self::Place(Place::Region) => "region",
            Self::Place(Place::District) => "district",
            Self::Place(Place::Ward) => "ward",
            Self::Locality => "locality",
            Self::Level => "level",
            Self::SizeClass => "size_class",
            Self::Year => "year",
            Self::Sex => "sex",
            Self::Code => "code",
            Self::School => "school",
            Self::Number(measure) => measure.name(),
        })
    }

    /// The measure, where it is a share of schools or learners.
    #[must_use]
    pub fn share(self) -> Option<Measure> {
        match self {
            Self::Number(measure) if measure.is_share() => Some(measure),
            _ => None,
        }
    }
}

impl ColumnRecipe {
    /// Whether its numbers count schools, persons or devices.
    pub(super) fn is_count(&self) -> bool {
        match self.meaning {
            Meaning::Number(measure) => measure.kind() == Kind::Count || self.unit == NumberUnit::CountOf,
            _ => false,
        }
    }

    /// Whether it is asked with what its counts are multiplied.
    pub(super) fn is_count_asked(&self) -> bool {
        self.is_count() && self.sure == Sure::Asks && self.meaning.share().is_none()
    }

    /// The column as a person says what it means, in the unit that goes with it.
    #[must_use]
    pub fn by_hand(&self, meaning: Meaning) -> Self {
        let unit = match meaning {
            Meaning::Number(measure) => match measure.kind() {
                Kind::Count | Kind::PerSchool => NumberUnit::Itself,
                Kind::OfSchools | Kind::OfLearners => NumberUnit::Share,
            },
            _ => NumberUnit::Itself,
        };
        Self {
            meaning,
            unit,
            sure: Sure::Sure,
            why: Why::ByHand,
            ..self.clone()
        }
    }
}

impl Recipe {
    /// Position of a column of a meaning.
    #[must_use]
    pub fn column(&self, meaning: Meaning) -> Option<usize> {
        self.columns.iter().position(|column| column.meaning == meaning)
    }

    /// Whether anything is counted by places.
    #[must_use]
    pub(super) fn is_complete(&self) -> bool {
        let counts =
            [Measure::Schools, Measure::Learners].map(|measure| self.column(Meaning::Number(measure)).is_some());
        self.column(Meaning::Place(Place::Region)).is_some() && (counts[1] || self.rows == RowsAre::Schools)
    }

    /// Sets the mark before decimals in all columns.
    pub fn set_decimal(&mut self, decimal: Option<char>) {
        for column in &mut self.columns {
            column.decimal = decimal;
        }
    }
}
