//! How many schools of a register there are of each size.

use crate::app::words::{Words, fill};

/// Bars that are shown at most; the last is of all that is larger.
const BARS: usize = 8;
/// Steps between the bounds, in learners.
const STEPS: [u32; 7] = [20, 50, 100, 200, 250, 500, 1_000];

/// Schools and learners by size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sizes {
    pub schools: f64,
    learners: f64,
    step: u32,
    /// Schools and learners of each bar, from the smallest schools up.
    bars: Vec<[f64; 2]>,
}

impl Sizes {
    /// By the learners of each school; none where no school tells them.
    #[allow(clippy::cast_precision_loss)]
    pub fn of(sizes: &[f64]) -> Option<Self> {
        let mut sorted = sizes.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        // Nineteen schools of twenty lie below the last bound.
        let far = *sorted.get(sizes.len() * 19 / 20)?;
        let fits = |step: &&u32| f64::from(**step) * (BARS - 1) as f64 >= far;
        let step = STEPS.iter().find(fits).copied().unwrap_or(2_000);
        let mut bars = vec![[0.0; 2]; BARS];
        for size in sizes {
            // A school of a bound's size is still below it.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let at = ((size / f64::from(step)).ceil().max(1.0) as usize - 1).min(BARS - 1);
            bars[at][0] += 1.0;
            bars[at][1] += size;
        }
        while bars.last().is_some_and(|[schools, _]| *schools == 0.0) {
            bars.pop();
        }
        Some(Self {
            schools: sizes.len() as f64,
            learners: sizes.iter().sum(),
            step,
            bars,
        })
    }

    pub fn mean(&self) -> f64 {
        self.learners / self.schools
    }

    /// The name of each bar with its schools and its share of learners.
    pub fn bars(&self, words: &Words) -> Vec<(String, [f64; 2])> {
        let name = |at: usize| {
            let bound = |at: usize| f64::from(self.step) * f64::from(u32::try_from(at).unwrap_or(0));
            let (from, to) = (words.grouped(bound(at) + 1.0), words.grouped(bound(at + 1)));
            match at {
                0 => fill(words.regions_sizes_first, &[("to", &to)]),
                at if at + 1 == BARS => fill(words.regions_sizes_last, &[("from", &words.grouped(bound(at)))]),
                _ => format!("{from}–{to}"),
            }
        };
        let share = |learners: f64| {
            if self.learners > 0.0 {
                learners / self.learners
            } else {
                0.0
            }
        };
        let bars = self.bars.iter().enumerate();
        bars.map(|(at, [schools, learners])| (name(at), [*schools, share(*learners)]))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::words::ENGLISH;

    #[test]
    fn schools_are_counted_by_size() {
        // By hand: nineteen of twenty are below 140, so bounds at 20, 40, …, 140.
        let sizes: Vec<f64> = [20.0, 21.0, 40.0, 139.0, 900.0].into_iter().chain([30.0; 95]).collect();
        let bars = Sizes::of(&sizes).expect("sizes").bars(&ENGLISH);
        assert_eq!(bars[0].1[0], 1.0);
        assert_eq!((bars[1].0.as_str(), bars[1].1[0]), ("21–40", 97.0));
        assert_eq!((bars[6].1[0], bars[7].1[0]), (1.0, 1.0));
        // 900 of 20 + 21 + 40 + 139 + 900 + 2 850 = 3 970.
        assert!((bars[7].1[1] - 900.0 / 3_970.0).abs() < 1e-12);
        assert_eq!(Sizes::of(&[]), None);
    }
}
