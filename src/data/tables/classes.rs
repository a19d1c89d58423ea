//! Size classes: the schools of a level split by their learners, with as many schools in each.

use std::collections::BTreeMap;

use crate::scenario::Level;

/// The classes of each level; none where schools are not split.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Classes(BTreeMap<Level, OfLevel>);

/// The largest school of each class but the last, and the mean school.
#[derive(Clone, Debug, PartialEq)]
struct OfLevel {
    largest: Vec<f64>,
    mean: f64,
}

impl Classes {
    /// Classes by the learners of the schools that tell them.
    #[allow(clippy::cast_precision_loss)]
    pub fn of(sizes: BTreeMap<Level, Vec<f64>>, number: u8) -> Self {
        let of_level = |(level, mut sizes): (Level, Vec<f64>)| {
            sizes.sort_unstable_by(f64::total_cmp);
            let (all, number) = (sizes.len(), usize::from(number));
            let last = |class: usize| sizes[(all * class).div_ceil(number).max(1) - 1];
            let mut largest: Vec<f64> = (1..number).map(last).collect();
            largest.dedup();
            let mean = sizes.iter().sum::<f64>() / all as f64;
            (level, OfLevel { largest, mean })
        };
        Self(
            sizes
                .into_iter()
                .filter(|(_, sizes)| !sizes.is_empty())
                .map(of_level)
                .collect(),
        )
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The class of a school: from 1, or 0 where there are none. A school that does not tell its learners is of the
    /// class of the mean.
    pub fn class(&self, level: Level, learners: Option<f64>) -> usize {
        self.0.get(&level).map_or(0, |own| {
            let size = learners.unwrap_or(own.mean);
            1 + own.largest.partition_point(|largest| *largest < size)
        })
    }

    /// The name of a class: from and up to how many learners.
    pub fn name(&self, level: Level, class: usize) -> String {
        let Some(own) = self.0.get(&level).filter(|_| class > 0) else {
            return String::new();
        };
        let above = class.checked_sub(2).map(|below| own.largest[below].floor() + 1.0);
        match (above, own.largest.get(class - 1)) {
            (None, Some(largest)) => format!("≤ {largest:.0}"),
            (Some(above), Some(largest)) => format!("{above:.0}–{largest:.0}"),
            (Some(above), None) => format!("≥ {above:.0}"),
            (None, None) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_has_as_many_schools() {
        // Eight schools in four classes of two.
        let sizes = vec![800.0, 100.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0];
        let classes = Classes::of([(Level::Primary, sizes)].into(), 4);
        let class = |learners: f64| classes.class(Level::Primary, Some(learners));
        assert_eq!(
            [100.0, 200.0, 201.0, 400.0, 600.0, 601.0].map(class),
            [1, 1, 2, 2, 3, 4]
        );
        // Unknown: the mean, 450.
        assert_eq!(classes.class(Level::Primary, None), 3);
        assert_eq!(classes.class(Level::LowerSecondary, Some(5.0)), 0);
        let names = [1, 2, 3, 4].map(|class| classes.name(Level::Primary, class));
        assert_eq!(names, ["≤ 200", "201–400", "401–600", "≥ 601"]);
        // Schools of one size are one class.
        let alike = Classes::of([(Level::Primary, vec![50.0; 9])].into(), 3);
        assert_eq!(alike.class(Level::Primary, Some(50.0)), 1);
    }
}
