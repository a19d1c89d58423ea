//! Who is meant: margins of learners by sex, wealth and disability, and the two sides of each comparison.

use super::Locality;

crate::choice! {
    /// Sex.
    pub enum Sex {
        /// Girls.
        Female = "female",
        /// Boys.
        Male = "male",
    }
}

crate::choice! {
    /// Fifth of households by wealth.
    pub enum Wealth {
        /// Poorest fifth.
        Poorest = "q1",
        /// Second fifth.
        Second = "q2",
        /// Middle fifth.
        Middle = "q3",
        /// Fourth fifth.
        Fourth = "q4",
        /// Richest fifth.
        Richest = "q5",
    }
}

crate::choice! {
    /// Whether a learner lives with a disability.
    pub enum Disability {
        /// With a disability.
        With = "with",
        /// Without a disability.
        Without = "without",
    }
}

/// A margin of learners: all of one sex, of one wealth fifth, or with or without a disability. Margins are not crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Person {
    /// Of a sex.
    Sex(Sex),
    /// Of a wealth fifth.
    Wealth(Wealth),
    /// With or without a disability.
    Disability(Disability),
}

impl Person {
    /// All margins, in the order in which a run sums them.
    pub const ALL: [Self; 9] = [
        Self::Sex(Sex::Female),
        Self::Sex(Sex::Male),
        Self::Wealth(Wealth::Poorest),
        Self::Wealth(Wealth::Second),
        Self::Wealth(Wealth::Middle),
        Self::Wealth(Wealth::Fourth),
        Self::Wealth(Wealth::Richest),
        Self::Disability(Disability::With),
        Self::Disability(Disability::Without),
    ];

    /// Position in [`Person::ALL`].
    #[must_use]
    pub const fn position(self) -> usize {
        match self {
            Self::Sex(sex) => sex as usize,
            Self::Wealth(fifth) => 2 + fifth as usize,
            Self::Disability(disability) => 7 + disability as usize,
        }
    }

    /// The dimension of which it is one side.
    #[must_use]
    pub const fn dimension(self) -> Dimension {
        match self {
            Self::Sex(_) => Dimension::Sex,
            Self::Wealth(_) => Dimension::Wealth,
            Self::Disability(_) => Dimension::Disability,
        }
    }

    /// In words.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Sex(Sex::Female) => "girls",
            Self::Sex(Sex::Male) => "boys",
            Self::Wealth(Wealth::Poorest) => "poorest fifth",
            Self::Wealth(Wealth::Second) => "second fifth",
            Self::Wealth(Wealth::Middle) => "middle fifth",
            Self::Wealth(Wealth::Fourth) => "fourth fifth",
            Self::Wealth(Wealth::Richest) => "richest fifth",
            Self::Disability(Disability::With) => "with a disability",
            Self::Disability(Disability::Without) => "without a disability",
        }
    }

    /// The word in tables: `female`, `q1`, `with`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sex(sex) => sex.name(),
            Self::Wealth(fifth) => fifth.name(),
            Self::Disability(disability) => disability.name(),
        }
    }
}

crate::choice! {
    /// What tells two sides apart of which one is usually worse off.
    pub enum Dimension {
        /// Girls and boys.
        Sex = "sex",
        /// Poorest and richest fifth.
        Wealth = "wealth",
        /// With and without a disability.
        Disability = "disability",
        /// Rural and urban.
        Locality = "locality",
    }
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Learners of a margin.
    Person(Person),
    /// Schools and learners of a locality.
    Locality(Locality),
}

impl Dimension {
    /// The side that is usually worse off, then the other.
    #[must_use]
    pub const fn sides(self) -> [Side; 2] {
        match self {
            Self::Sex => [
                Side::Person(Person::Sex(Sex::Female)),
                Side::Person(Person::Sex(Sex::Male)),
            ],
            Self::Wealth => [
                Side::Person(Person::Wealth(Wealth::Poorest)),
                Side::Person(Person::Wealth(Wealth::Richest)),
            ],
            Self::Disability => [
                Side::Person(Person::Disability(Disability::With)),
                Side::Person(Person::Disability(Disability::Without)),
            ],
            Self::Locality => [Side::Locality(Locality::Rural), Side::Locality(Locality::Urban)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_margin_knows_its_position() {
        for (position, person) in Person::ALL.into_iter().enumerate() {
            assert_eq!(person.position(), position, "{person:?}");
        }
    }
}
