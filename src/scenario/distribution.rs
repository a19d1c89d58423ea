//! How a number is spread over its likely range.

/// A named distribution. The range is what a planner knows; the name says what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Distribution {
    /// From end to end, most likely at the value.
    Triangular,
    /// From end to end, bell-shaped around the value, which weighs four times as much as an end.
    Pert,
    /// From end to end, all alike.
    Uniform,
    /// The ends are the 5th and 95th of a hundred.
    Normal,
    /// The same of its logarithm; above 0.
    Lognormal,
    /// The same of its log odds; between 0 and 1.
    LogitNormal,
}

impl Distribution {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Triangular,
        Self::Pert,
        Self::Uniform,
        Self::Normal,
        Self::Lognormal,
        Self::LogitNormal,
    ];

    /// The word in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Triangular => "triangular",
            Self::Pert => "pert",
            Self::Uniform => "uniform",
            Self::Normal => "normal",
            Self::Lognormal => "lognormal",
            Self::LogitNormal => "logit_normal",
        }
    }

    /// The distribution that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == word)
    }

    /// Whether it can have these ends.
    #[must_use]
    pub fn allows(self, low: f64, high: f64) -> bool {
        match self {
            Self::Lognormal => low > 0.0,
            Self::LogitNormal => low > 0.0 && high < 1.0,
            _ => true,
        }
    }
}
