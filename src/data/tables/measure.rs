//! What a number in a ministry's table can be a number of, and for whom.

use serde::{Deserialize, Serialize};

/// What is counted or measured.
macro_rules! measures {
    ($( $(#[$doc:meta])* $name:ident = $word:literal, $kind:ident; )*) => {
        /// What is counted or measured.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Measure { $( $(#[$doc])* $name, )* }

        impl Measure {
            /// All, in the order of our own table.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name in our own table and in the table of words.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// What it is.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind),* }
            }
        }
    };
}

measures! {
    /// Schools.
    Schools = "schools", Count;
    /// Learners.
    Learners = "learners", Count;
    /// Teachers.
    Teachers = "teachers", Count;
    /// Schools with electricity from any source.
    Power = "power", OfSchools;
    /// Schools on the grid.
    Grid = "grid", OfSchools;
    /// Schools with solar power.
    Solar = "solar", OfSchools;
    /// Schools with a link.
    Internet = "internet", OfSchools;
    /// Schools with a link over the mobile network.
    Cellular = "cellular", OfSchools;
    /// Schools with a link over fibre.
    Fibre = "fibre", OfSchools;
    /// Schools with a link over radio.
    Wireless = "wireless", OfSchools;
    /// Schools with a link over satellite.
    Satellite = "satellite", OfSchools;
    /// Schools with computers.
    Computers = "computers", OfSchools;
    /// Devices in each equipped school.
    Devices = "devices", PerSchool;
    /// Capacity of a link.
    Mbps = "mbps", PerSchool;
    /// Schools inside 4G coverage.
    Reach4g = "reach_4g", OfSchools;
    /// Schools that fibre can reach.
    ReachFibre = "reach_fibre", OfSchools;
    /// Girls among learners.
    Girls = "girls", OfLearners;
    /// Learners with a disability.
    Disability = "disability", OfLearners;
    /// Learners of the poorest fifth.
    Poorest = "poorest", OfLearners;
    /// Learners of the second fifth.
    Second = "second", OfLearners;
    /// Learners of the middle fifth.
    Middle = "middle", OfLearners;
    /// Learners of the fourth fifth.
    Fourth = "fourth", OfLearners;
    /// Learners of the richest fifth.
    Richest = "richest", OfLearners;
}

impl Measure {
    /// The measure of a name in our own table.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|measure| measure.name() == name)
    }

    /// Whether it is a part of schools or of learners, from 0 to 1.
    #[must_use]
    pub const fn is_share(self) -> bool {
        matches!(self.kind(), Kind::OfSchools | Kind::OfLearners)
    }
}

/// What kind of number a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Count,
    /// A share of schools, or so many of them.
    OfSchools,
    /// A share of learners, or so many of them.
    OfLearners,
    /// A number for each school.
    PerSchool,
}

/// Who is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sex {
    /// Girls.
    Girls,
    /// Boys.
    Boys,
}

/// How large a place is that a column names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Place {
    /// The largest below the country.
    Region,
    /// Within a region.
    District,
    /// Within a district.
    Ward,
}
