//! What a planner writes: the types, the text that they are read from and written to, and what is found wrong with it.
//!
//! The way in is [`text::read_scenario`]: text becomes a tree with places, the tree becomes types, [`check`] looks at
//! fields together. All findings come back at once; a [`Scenario`] that comes back is valid.

pub mod check;
pub mod citations;
pub mod country;
pub mod evidence;
pub mod field;
pub mod findings;
pub mod funding;
pub mod grounds;
pub mod lever;
pub mod measure;
pub mod messages;
pub mod parser;
pub mod person;
pub mod places;
pub mod plan;
pub mod prices;
pub mod quantity;
pub mod read;
pub mod reference;
pub mod registry;
pub mod simplex;
pub mod source;
pub mod syntax;
pub mod text;
pub mod tree;
pub mod visible;
pub mod wholes;
pub mod write;
pub mod year_path;

pub use country::{Country, Group, Level, LevelData, Locality, PlacedCountry};
pub use findings::{Finding, Place, Severity};
pub use funding::{Component, Nature, Need, Source, SourceKind, Target};
pub use lever::Lever;
pub use plan::Plan;
pub use prices::{Device, Prices, Technology};
pub use quantity::{Confidence, Passport, Quantity};
pub use year_path::YearPath;

use std::sync::Arc;

use field::{Field, ROOT};
use registry::{Entry, Layout, LeafMut};

use crate::units::Unit;

/// Version of the file format that this program writes.
pub const FORMAT: i32 = 1;

crate::section! {
    /// Everything that a run needs.
    pub struct Scenario / ScenarioSlots {
        /// Title.
        title: String = Field::text().required();
        /// What one learns from it.
        story: String = Field::text();
        /// Last year before the plan; state only, no money.
        base_year: i32 = Field::number(Unit::CalendarYear).default(2026.0);
        /// First year of the plan.
        plan_from: i32 = Field::number(Unit::CalendarYear).default(2027.0);
        /// Last year.
        horizon: i32 = Field::number(Unit::CalendarYear).default(2030.0);
        /// Year of all prices.
        price_year: i32 = Field::number(Unit::CalendarYear).default(2025.0);
        /// The country, inline or as `File("../countries/senegal.ron")` relative to this file.
        country: PlacedCountry = Field::fields().required();
        /// The plan.
        plan: Plan = Field::fields();
        /// Prices.
        prices: Prices = Field::fields();
        /// Effects on learning.
        evidence: evidence::Evidence = Field::fields();
        /// Money.
        funding: funding::Funding = Field::fields();
        /// Targets of the scoreboard.
        targets: Vec<Target> = Field::list();
    }
}

/// A model shares its scenario; where only a borrowed one is at hand it takes a copy.
impl From<&Scenario> for Arc<Scenario> {
    fn from(scenario: &Scenario) -> Self {
        Self::new(scenario.clone())
    }
}

impl Scenario {
    /// Number of years from base year to horizon, both included.
    #[must_use]
    pub fn years(&self) -> usize {
        usize::try_from(self.horizon - self.base_year).map_or(1, |years| years + 1)
    }

    /// The parameter vector and where everything stands in it.
    #[must_use]
    pub fn layout(&self) -> (Vec<f64>, ScenarioSlots) {
        let mut layout = Layout {
            values: Vec::new(),
            first_year: self.base_year,
            years: self.years(),
        };
        let slots = self.lay(&mut layout);
        (layout.values, slots)
    }

    /// The scenario whose numbers are those of a parameter vector: a draw or hybrid that a person can save and open.
    /// Numbers that do not change keep their passports.
    #[must_use]
    pub fn with(&self, parameters: &[f64]) -> Self {
        let mut scenario = self.clone();
        let (first, years) = (self.base_year, self.years());
        let mut at = 0;
        scenario.walk_mut("", &ROOT, &mut |_, field, leaf| match leaf {
            LeafMut::Number(number) => {
                if number.value.to_bits() != parameters[at].to_bits() {
                    number.value = parameters[at];
                }
                at += 1;
            }
            LeafMut::Path(path) => {
                let wanted = &parameters[at..at + years];
                let year = |t: usize| first + i32::try_from(t).unwrap_or(0);
                if (0..years).any(|t| path.at(year(t)).to_bits() != wanted[t].to_bits()) {
                    let last = year(years - 1);
                    let outside =
                        |point: &&(i32, f64)| field.any_year && point.0 != 0 && !(first..=last).contains(&point.0);
                    let mut points: Vec<(i32, f64)> = path.points.iter().filter(outside).copied().collect();
                    points.extend(wanted.iter().enumerate().map(|(t, value)| (year(t), *value)));
                    points.sort_by_key(|point| point.0);
                    path.points = points;
                }
                at += years;
            }
        });
        scenario
    }

    /// The plan left out: the counterpart against which a plan is measured.
    #[must_use]
    pub fn without_plan(&self) -> Self {
        let mut twin = self.clone();
        twin.plan = Plan {
            order: self.plan.order,
            bundling: YearPath::constant(self.plan.bundling.at(self.base_year)),
            ..Plan::absent(&ROOT)
        };
        twin.funding.sources.clear();
        twin
    }

    /// Every field of the format with its path, in file order.
    pub fn describe_all(see: &mut dyn FnMut(&str, &'static Field)) {
        Self::describe("", &ROOT, see);
    }
}
