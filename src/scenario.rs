//! What a planner writes: the types, the text that they are read from and written to, and what is found wrong with it.
//!
//! The way in is [`text::read_scenario`]: text becomes a tree with places, the tree becomes types, [`check`] looks at
//! fields together. All findings come back at once; a [`Scenario`] that comes back is valid.

pub mod check;
pub mod citations;
pub mod country;
pub mod currency;
pub mod distribution;
pub mod evidence;
pub mod field;
pub mod findings;
mod format_1;
pub mod funding;
pub mod grounds;
pub mod lever;
pub mod markets;
pub mod measure;
mod mechanisms;
pub mod messages;
pub mod package;
pub mod parameters;
pub mod parser;
pub mod person;
pub mod places;
pub mod plan;
pub mod practice;
pub mod price_basis;
pub mod prices;
pub mod quantity;
pub mod read;
pub mod reference;
pub mod registry;
pub mod shocks;
pub mod simplex;
pub mod source;
pub mod standard;
pub mod syntax;
pub mod target;
pub mod text;
pub mod tree;
pub mod verdict;
pub mod visible;
pub mod wholes;
pub mod write;
pub mod year_path;

pub use country::{Country, Group, Level, LevelData, Locality, PlacedCountry};
pub use findings::{Finding, Place, Severity};
pub use funding::{Nature, Need, Source, SourceKind};
pub use lever::Lever;
pub use plan::{Component, Plan};
pub use prices::{Device, Prices, Technology};
pub use quantity::{Confidence, Passport, Quantity};
pub use shocks::Shock;
pub use target::Target;
pub use year_path::YearPath;

use std::sync::Arc;

use field::{Field, ROOT, Role};
use markets::YEAR_OF_DEFAULTS;
use parameters::{Known, Layout, OwnYears, Parameter, Parameters, Roles};
use registry::{Entry, LeafMut};

use crate::units::Unit;

/// Version of the file format that this program writes.
pub const FORMAT: i32 = 2;

/// Year of constant US dollars where none is written.
const USUAL_PRICE_YEAR: f64 = 2025.0;

crate::section! {
    /// Everything that a run needs.
    pub struct Scenario / ScenarioSlots {
        /// Title.
        title: String = Field::text().required().role(Role::Nobody);
        /// What one learns from it.
        story: String = Field::text().role(Role::Nobody);
        /// Last year before the plan; state only, no money.
        base_year: i32 = Field::number(Unit::CalendarYear).default(2026.0).idle("a year of the calendar: it says which numbers there are");
        /// First year of the plan.
        plan_from: i32 = Field::number(Unit::CalendarYear).default(2027.0).idle("a year of the calendar");
        /// Last year.
        horizon: i32 = Field::number(Unit::CalendarYear).default(2030.0).idle("a year of the calendar: it says which numbers there are");
        /// Year of all prices.
        price_year: i32 = Field::number(Unit::CalendarYear).default(USUAL_PRICE_YEAR).idle("a year of the calendar: it says what the prices mean");
        /// The country, inline or as `File("../countries/senegal.ron")` relative to this file.
        country: PlacedCountry = Field::fields().required();
        /// The plan.
        plan: Plan = Field::fields();
        /// Prices.
        prices: Prices = Field::fields();
        /// Effects on learning.
        evidence: evidence::Evidence = Field::fields();
        /// Money.
        funding: funding::Funding = Field::fields().role(Role::Money);
        /// What happens to the country, with the plan and without it.
        shocks: Vec<Shock> = Field::list();
        /// Targets of the scoreboard.
        targets: Vec<Target> = Field::list().role(Role::Target);
    }
}

/// A scenario as a parameter vector.
#[derive(Clone, Debug, PartialEq)]
pub struct Laid {
    /// Values of all numbers.
    pub values: Vec<f64>,
    /// Where each number stands; words and texts stand for themselves.
    pub slots: ScenarioSlots,
    /// Who reads which part.
    pub roles: Roles,
    /// Prices of another year than the price year.
    pub own_years: OwnYears,
}

/// What is at hand of an earlier layout: values, slots, roles and own years.
type LaidBefore<'a> = (&'a [f64], &'a ScenarioSlots, &'a Roles, &'a OwnYears);

/// A model shares its scenario; where only a borrowed one is at hand it takes a copy.
impl From<&Scenario> for Arc<Scenario> {
    fn from(scenario: &Scenario) -> Self {
        Self::new(scenario.clone())
    }
}

/// Which part of a scenario is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it.
    All,
    /// The country.
    Country,
    /// All but the country.
    BesideCountry,
}

impl Scenario {
    /// Shows each number of a part with its path, in the order of the file.
    pub(crate) fn walk_part<'a>(&'a self, part: Part, see: &mut dyn FnMut(&str, &'static Field, registry::Leaf<'a>)) {
        if part != Part::BesideCountry {
            self.country.walk("country", &ROOT, see);
        }
        if part != Part::Country {
            self.plan.walk("plan", &ROOT, see);
            self.prices.walk("prices", &ROOT, see);
            self.evidence.walk("evidence", &ROOT, see);
            self.funding.walk("funding", &ROOT, see);
            self.shocks.walk("shocks", &ROOT, see);
            self.targets.walk("targets", &ROOT, see);
        }
    }

    /// The same, to change them; a country in which nothing changes stays shared.
    pub(crate) fn walk_part_mut(&mut self, part: Part, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {
        if part != Part::BesideCountry {
            self.country.walk_mut("country", &ROOT, see);
        }
        if part != Part::Country {
            self.plan.walk_mut("plan", &ROOT, see);
            self.prices.walk_mut("prices", &ROOT, see);
            self.evidence.walk_mut("evidence", &ROOT, see);
            self.funding.walk_mut("funding", &ROOT, see);
            self.shocks.walk_mut("shocks", &ROOT, see);
            self.targets.walk_mut("targets", &ROOT, see);
        }
    }

    /// Number of years from base year to horizon, both included.
    #[must_use]
    pub fn years(&self) -> usize {
        usize::try_from(self.horizon - self.base_year).map_or(1, |years| years + 1)
    }

    /// The parameter vector and where everything stands in it.
    #[must_use]
    pub fn layout(&self) -> Laid {
        self.lay_out(Layout::new(self, None))
    }

    /// The same where the layout of another scenario is at hand: a country that both share is not walked again.
    #[must_use]
    pub(crate) fn layout_after(&self, other: &Self, (values, slots, roles, own_years): LaidBefore<'_>) -> Laid {
        let years = |of: &Self| (of.base_year, of.horizon, of.price_year);
        let same = self.country.is_shared_with(&other.country) && years(self) == years(other);
        let known = same.then_some(Known {
            values,
            roles,
            own_years,
            slots: &slots.country,
        });
        self.lay_out(Layout::new(self, known))
    }

    fn lay_out(&self, mut layout: Layout<'_>) -> Laid {
        let slots = self.lay(&ROOT, &mut layout);
        let (values, roles, own_years) = layout.into_values();
        Laid {
            values,
            slots,
            roles,
            own_years,
        }
    }

    /// The parameter vector with the name of each number.
    #[must_use]
    pub fn parameters(&self) -> Parameters {
        let mut layout = Layout::named(self);
        self.lay(&ROOT, &mut layout);
        layout.into_parameters()
    }

    /// The scenario whose numbers are those of a parameter vector: a draw or hybrid that a person can save and open.
    /// Numbers that do not change keep their passports.
    #[must_use]
    pub fn with(&self, values: &[f64]) -> Self {
        let mut scenario = self.clone();
        let parameters = self.parameters();
        let known = parameters.by_path();
        let start = self.funding.starts_in();
        let moved = |known: &&Parameter| {
            let mut places = known.places();
            places.any(|at| parameters.values[at].to_bits() != values[at].to_bits())
        };
        let mut moved = parameters.list.iter().filter(moved);
        let part = if moved.any(|known| known.path.starts_with("country.")) {
            Part::All
        } else {
            Part::BesideCountry
        };
        scenario.walk_part_mut(part, &mut |path, field, leaf| {
            let Some(parameter) = known.get(path) else { return };
            let wanted = &values[parameter.places()];
            match leaf {
                LeafMut::Number(number) => {
                    if (number.value * parameter.factor).to_bits() != wanted[0].to_bits() {
                        // An amount stays one of its year: one that stood by default does when it moves, and one of the price
                        // year also where it comes to what stands by default.
                        let stood = number.is_default(field);
                        number.value = wanted[0] / parameter.factor;
                        if field.is_dated_money() && self.price_year != YEAR_OF_DEFAULTS {
                            if stood {
                                number.passport = Some(Arc::new(quantity::default_passport(field)));
                            } else if number.is_default(field) {
                                number.passport = Some(Arc::default());
                            }
                        }
                    }
                }
                LeafMut::Path(path) => path.fit(
                    field,
                    wanted,
                    parameter.first_year.unwrap_or(0),
                    (parameter.factor, start),
                ),
            }
        });
        scenario
    }

    /// The plan left out: the counterpart against which a plan is measured.
    #[must_use]
    pub fn without_plan(&self) -> Self {
        let mut twin = self.clone();
        twin.plan = Plan { ..Plan::absent(&ROOT) };
        twin.funding.sources.clear();
        twin
    }

    /// Every field of the format with its path, in file order.
    pub fn describe_all(see: &mut dyn FnMut(&str, &'static Field)) {
        Self::describe("", &ROOT, see);
    }
}
