//! What holds reach back: how much of what is missing falls on each part.

use super::{Here, Run};
use crate::model::sums::{everywhere, stat};
use crate::scenario::measure::Scope;

/// A part of reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binding {
    /// Electricity.
    Power,
    /// Link.
    Link,
    /// Devices.
    Devices,
    /// Ready teachers.
    Teachers,
    /// Hours of a working device.
    Hours,
    /// Networks inside the school, that bring the link into all rooms.
    Networks,
    /// Money for what is planned.
    Money,
}

impl Binding {
    /// All of them: first those of `everywhere`, in the order of its bits.
    pub const ALL: [Self; everywhere::PARTS + 1] = [
        Self::Power,
        Self::Link,
        Self::Devices,
        Self::Teachers,
        Self::Hours,
        Self::Networks,
        Self::Money,
    ];

    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Power => "power",
            Self::Link => "links",
            Self::Devices => "devices",
            Self::Teachers => "teachers",
            Self::Hours => "hours",
            Self::Networks => "networks in schools",
            Self::Money => "money",
        }
    }
}

/// The part on which most of what is missing falls.
#[must_use]
pub fn binding(run: Run<'_>, t: usize, scope: Scope<'_>) -> Option<Binding> {
    let missing = held_back(run, t, scope)?;
    let most = missing.iter().copied().fold(0.0, f64::max);
    let which = missing.iter().position(|share| *share == most)?;
    (most > 1e-9).then(|| Binding::ALL[which])
}

/// How much of reach is missing for want of each part, in the order of [`Binding::ALL`]. They add up to what reach would be
/// with all parts everywhere less what it is: money is what the plan reaches when all of it is paid for less what it
/// reaches; the rest are Shapley shares of what is missing then. None where the run keeps no places.
#[must_use]
pub fn held_back(run: Run<'_>, t: usize, scope: Scope<'_>) -> Option<[f64; everywhere::PARTS + 1]> {
    let here = Here::new(run, scope);
    let learners = here.sum(t, stat::LEARNERS);
    let in_full = run.workspace.in_full().filter(|_| !run.is_twin);
    let table = &in_full.unwrap_or(run.pass()).sums.everywhere;
    if learners <= 0.0 || !table.is_kept() {
        return None;
    }
    let reach: [f64; everywhere::COUNT] = std::array::from_fn(|parts| here.sum_of(table, t, parts) / learners);
    let money = reach[0] - here.sum(t, stat::REACHED) / learners;
    let [power, link, devices, teachers, hours, networks] = shapley(&reach);
    Some([power, link, devices, teachers, hours, networks, money])
}

/// Shapley shares of six parts from the value of each set of them.
fn shapley(value: &[f64; everywhere::COUNT]) -> [f64; everywhere::PARTS] {
    // |S|! (5 - |S|)! / 6!
    const WEIGHT: [f64; everywhere::PARTS] = [1.0 / 6.0, 1.0 / 30.0, 1.0 / 60.0, 1.0 / 60.0, 1.0 / 30.0, 1.0 / 6.0];
    std::array::from_fn(|part| {
        let bit = 1 << part;
        let without = (0..everywhere::COUNT).filter(|set| set & bit == 0);
        without
            .map(|set: usize| WEIGHT[set.count_ones() as usize] * (value[set | bit] - value[set]))
            .sum()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_what_is_missing_add_up_to_it() {
        // Power 0.8, teachers 0.5 by chance, the rest everywhere: reach 0.4. Alone first, power gives 0.5 - 0.4 and teachers
        // 0.8 - 0.4; last, 1 - 0.5 and 1 - 0.8 less: power (0.1 + 0.2) / 2 = 0.15, teachers (0.4 + 0.5) / 2 = 0.45.
        let value = std::array::from_fn(|set| {
            let power = if set & 1 != 0 { 1.0 } else { 0.8 };
            let teachers = if set & 8 != 0 { 1.0 } else { 0.5 };
            power * teachers
        });
        let shares = shapley(&value);
        for (share, expected) in shares.iter().zip([0.15, 0.0, 0.0, 0.45, 0.0, 0.0]) {
            assert!((share - expected).abs() < 1e-12, "{shares:?}");
        }
    }
}
