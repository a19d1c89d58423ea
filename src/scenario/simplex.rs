//! Shares of one whole. A field says in the registry of which [`Simplex`] it is a part; where one whole ends and the next
//! begins is declared here and nowhere else, what is said of it in [`wholes`](super::wholes).

/// Shares that belong together: whoever changes one changes what is left for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Simplex {
    /// Teachers of a level by ICT competence; the rest are at knowledge creation.
    Competence,
    /// Schools of a group by supply of electricity; the rest have none.
    Power,
    /// Schools of a group by technology of the link; the rest have none.
    Link,
    /// Learners of a group by wealth fifth.
    Fifth,
    /// Training by mode.
    Training,
    /// Learners by mode of learning, each year; the rest are in none.
    Learning,
    /// The same in the base year.
    LearningBefore,
}

impl Simplex {
    /// Whether the rest does something in the model, so that nobody should get it without having said so.
    #[must_use]
    pub const fn rest_counts(self) -> bool {
        matches!(self, Self::Competence)
    }

    /// Whether these shares are a whole, or leave room for the rest.
    #[must_use]
    pub fn allows(self, sum: f64) -> bool {
        match self {
            Self::Fifth | Self::Training => (sum - 1.0).abs() <= 0.005,
            _ => sum <= 1.000_001,
        }
    }

    /// Path of the whole to which a part belongs: its entry, or its list where each entry is a part.
    #[must_use]
    pub fn whole(self, part: &str) -> &str {
        let end = match self {
            Self::Competence | Self::Power | Self::Link | Self::Fifth => part.rfind('.'),
            Self::Training | Self::Learning | Self::LearningBefore => part.rfind('['),
        };
        end.map_or(part, |end| &part[..end])
    }

    /// Whether the parts are the entries of a list, told apart by the entry rather than by the field.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Training | Self::Learning | Self::LearningBefore)
    }
}
