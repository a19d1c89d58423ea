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
    /// Learners with a disability by difficulty.
    Difficulty,
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
    pub(crate) const fn rest_counts(self) -> bool {
        matches!(self, Self::Competence)
    }

    /// Whether these shares are a whole, or leave room for the rest.
    #[must_use]
    pub fn allows(self, sum: f64) -> bool {
        if self.has_rest() {
            sum <= 1.000_001
        } else {
            (sum - 1.0).abs() <= 0.005
        }
    }

    /// Whether they may leave something to one.
    #[must_use]
    pub(crate) const fn has_rest(self) -> bool {
        !matches!(self, Self::Fifth | Self::Difficulty | Self::Training)
    }

    /// Makes room for one share that has been moved. What is left to one gives or takes; where there is nothing left, or
    /// the parts themselves add up to one, the others keep their proportions. Where no other can give or take, the moved
    /// share stays at what the whole leaves it.
    pub fn settle(self, parts: &mut [f64], moved: usize) {
        let others: f64 = parts.iter().sum::<f64>() - parts[moved];
        let left = 1.0 - parts[moved];
        let fits = others <= left && self.has_rest();
        if fits || others == left {
            return;
        }
        if others <= 0.0 || left < 0.0 {
            parts[moved] = 1.0;
        }
        let left = 1.0 - parts[moved];
        for (at, part) in parts.iter_mut().enumerate() {
            if at != moved && others > 0.0 {
                *part *= left / others;
            }
        }
    }

    /// Path of the whole to which a part belongs: its entry, or its list where each entry is a part.
    #[must_use]
    pub fn whole(self, part: &str) -> &str {
        let end = match self {
            Self::Competence | Self::Power | Self::Link | Self::Fifth | Self::Difficulty => part.rfind('.'),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_moves_one_share_moves_what_is_left_for_the_others() {
        let settled = |simplex: Simplex, parts: [f64; 3]| {
            let mut parts = parts;
            simplex.settle(&mut parts, 0);
            parts.map(|part| (part * 1e6).round() / 1e6)
        };
        // The rest gives what is taken, as long as there is one.
        assert_eq!(settled(Simplex::Power, [0.5, 0.2, 0.1]), [0.5, 0.2, 0.1]);
        assert_eq!(settled(Simplex::Power, [0.7, 0.4, 0.2]), [0.7, 0.2, 0.1]);
        // Without a rest the others keep their proportions, up and down.
        assert_eq!(settled(Simplex::Fifth, [0.4, 0.6, 0.2]), [0.4, 0.45, 0.15]);
        assert_eq!(settled(Simplex::Fifth, [0.2, 0.3, 0.1]), [0.2, 0.6, 0.2]);
        // Nobody else is there.
        assert_eq!(settled(Simplex::Training, [0.9, 0.0, 0.0]), [1.0, 0.0, 0.0]);
    }
}
