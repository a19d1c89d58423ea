//! The shape that all components share: state the needs, apply what was funded.

use std::ops::Range;

use super::components::devices::WearTables;
use super::demand::Demand;
use super::lanes::{LANES, Lanes, all};
use super::sums::Sums;
use super::tables::Model;
use super::terms::{Terms, Trends};
use super::trajectory::Pass;
use super::workspace::State;
use super::{CELLS, cell};
use crate::scenario::{Component, Nature, Need};

/// A year of a pass, as the chapters see it.
#[derive(Clone, Copy)]
pub struct Year<'a> {
    /// Years since the base year.
    pub t: usize,
    /// Whether this is the twin: what exists is kept up, nothing is added.
    pub twin: bool,
    /// Parameter vector.
    pub p: &'a [f64],
    /// Tables.
    pub model: &'a Model,
    /// Learners and teachers.
    pub demand: &'a Demand,
    /// How prices have moved.
    pub trends: &'a Trends,
}

impl Year<'_> {
    /// Whether the plan acts: not in the twin and not before it starts.
    #[must_use]
    pub fn acts(&self) -> bool {
        !self.twin && self.t >= self.model.plan_from
    }
}

/// What a component sees when it works on groups: the year and its terms, which are the same for all groups of a level.
#[derive(Clone, Copy)]
pub struct Now<'a> {
    /// The year.
    pub year: Year<'a>,
    /// Terms of all components this year.
    pub terms: &'a Terms,
    /// Wear of devices by kind.
    pub wear: &'a WearTables,
    /// Bins of each four groups.
    pub bins: &'a [[u32; LANES]],
}

/// A component of the plan. Groups come four by four: `block` counts fours within `state`.
pub trait ComponentModel {
    /// Writes the unit prices of its cost lines.
    fn prices(&self, terms: &Terms, prices: &mut Prices<'_>);
    /// Plans the year and sums what it needs.
    fn needs(&self, now: &Now<'_>, state: &mut State, out: &mut Sums, block: Range<usize>);
    /// Moves the stocks by what was funded.
    fn apply(&self, now: &Now<'_>, state: &mut State, funded: &Funded, out: &mut Sums, block: Range<usize>);
}

/// A kind of cost, as it stands in costs.csv.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Component.
    pub component: Component,
    /// Category within it.
    pub category: &'static str,
    /// Why it is needed.
    pub need: Need,
    /// Capital or recurrent.
    pub nature: Nature,
    /// Unit of the quantity.
    pub unit: &'static str,
    /// Whether import duty and value-added tax fall on it.
    pub imported: bool,
}

/// Nature by which sources choose what to pay: upkeep is recurrent, what is bought is capital; training,
/// technical support and management are recurrent throughout.
#[must_use]
pub const fn nature_of(component: Component, need: Need) -> Nature {
    match (component, need) {
        (Component::Training | Component::Support | Component::Management, _) | (_, Need::Upkeep) => Nature::Recurrent,
        _ => Nature::Capital,
    }
}

macro_rules! lines {
    ($( $name:ident = $component:ident, $category:literal, $need:ident, $nature:ident, $unit:literal, $imported:literal; )*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(usize)]
        enum LineNumber { $( $name ),* }

        $(
            #[doc = concat!("Cost line: ", $category, " (", stringify!($need), ").")]
            pub const $name: usize = LineNumber::$name as usize;
        )*

        /// All cost lines, in the order of costs.csv.
        pub const LINES: &[Line] = &[ $( Line {
            component: Component::$component, category: $category, need: Need::$need,
            nature: Nature::$nature, unit: $unit, imported: $imported,
        } ),* ];
    };
}

lines! {
    POWER_UPKEEP = Power, "solar upkeep", Upkeep, Recurrent, "watt", false;
    POWER_ENERGY = Power, "grid energy", Upkeep, Recurrent, "kwh", false;
    POWER_BATTERY = Power, "batteries", Renewal, Capital, "watt", true;
    POWER_SOLAR = Power, "solar systems", Expansion, Capital, "watt", true;
    POWER_GRID = Power, "grid connections", Expansion, Capital, "school", false;
    POWER_NEW_UPKEEP = Power, "solar upkeep", Expansion, Recurrent, "watt", false;
    POWER_NEW_ENERGY = Power, "grid energy", Expansion, Recurrent, "kwh", false;
    LINK_PLAN_0 = Links, "service fibre", Upkeep, Recurrent, "plan", false;
    LINK_PLAN_1 = Links, "service cellular", Upkeep, Recurrent, "plan", false;
    LINK_PLAN_2 = Links, "service wireless", Upkeep, Recurrent, "plan", false;
    LINK_PLAN_3 = Links, "service satellite", Upkeep, Recurrent, "plan", false;
    LINK_COMMITTED_0 = Links, "committed capacity fibre", Upkeep, Recurrent, "mbps", false;
    LINK_COMMITTED_1 = Links, "committed capacity cellular", Upkeep, Recurrent, "mbps", false;
    LINK_COMMITTED_2 = Links, "committed capacity wireless", Upkeep, Recurrent, "mbps", false;
    LINK_COMMITTED_3 = Links, "committed capacity satellite", Upkeep, Recurrent, "mbps", false;
    LINK_UPKEEP_0 = Links, "hardware upkeep fibre", Upkeep, Recurrent, "school", false;
    LINK_UPKEEP_1 = Links, "hardware upkeep cellular", Upkeep, Recurrent, "school", false;
    LINK_UPKEEP_2 = Links, "hardware upkeep wireless", Upkeep, Recurrent, "school", false;
    LINK_UPKEEP_3 = Links, "hardware upkeep satellite", Upkeep, Recurrent, "school", false;
    LINK_REFRESH_0 = Links, "hardware fibre", Renewal, Capital, "school", true;
    LINK_REFRESH_1 = Links, "hardware cellular", Renewal, Capital, "school", true;
    LINK_REFRESH_2 = Links, "hardware wireless", Renewal, Capital, "school", true;
    LINK_REFRESH_3 = Links, "hardware satellite", Renewal, Capital, "school", true;
    LINK_REFRESH_LINE = Links, "lines", Renewal, Capital, "km", false;
    LINK_SETUP_0 = Links, "hardware fibre", Expansion, Capital, "school", true;
    LINK_SETUP_1 = Links, "hardware cellular", Expansion, Capital, "school", true;
    LINK_SETUP_2 = Links, "hardware wireless", Expansion, Capital, "school", true;
    LINK_SETUP_3 = Links, "hardware satellite", Expansion, Capital, "school", true;
    LINK_LINE = Links, "lines", Expansion, Capital, "km", false;
    LINK_NEW_PLAN_0 = Links, "service fibre", Expansion, Recurrent, "plan", false;
    LINK_NEW_PLAN_1 = Links, "service cellular", Expansion, Recurrent, "plan", false;
    LINK_NEW_PLAN_2 = Links, "service wireless", Expansion, Recurrent, "plan", false;
    LINK_NEW_PLAN_3 = Links, "service satellite", Expansion, Recurrent, "plan", false;
    LINK_NEW_COMMITTED_0 = Links, "committed capacity fibre", Expansion, Recurrent, "mbps", false;
    LINK_NEW_COMMITTED_1 = Links, "committed capacity cellular", Expansion, Recurrent, "mbps", false;
    LINK_NEW_COMMITTED_2 = Links, "committed capacity wireless", Expansion, Recurrent, "mbps", false;
    LINK_NEW_COMMITTED_3 = Links, "committed capacity satellite", Expansion, Recurrent, "mbps", false;
    LINK_NEW_UPKEEP_0 = Links, "hardware upkeep fibre", Expansion, Recurrent, "school", false;
    LINK_NEW_UPKEEP_1 = Links, "hardware upkeep cellular", Expansion, Recurrent, "school", false;
    LINK_NEW_UPKEEP_2 = Links, "hardware upkeep wireless", Expansion, Recurrent, "school", false;
    LINK_NEW_UPKEEP_3 = Links, "hardware upkeep satellite", Expansion, Recurrent, "school", false;
    DEVICE_OLD_REPAIR = Devices, "repair of earlier devices", Upkeep, Recurrent, "device", false;
    DEVICE_REPAIR = Devices, "repair", Upkeep, Recurrent, "device", false;
    DEVICE_RENEWAL = Devices, "devices", Renewal, Capital, "device", true;
    DEVICE_OLD_END = Devices, "end of life of earlier devices", Renewal, Recurrent, "device", false;
    DEVICE_END = Devices, "end of life", Renewal, Recurrent, "device", false;
    DEVICE_NEW = Devices, "devices", Expansion, Capital, "device", true;
    DEVICE_NEW_REPAIR = Devices, "repair", Expansion, Recurrent, "device", false;
    TRAINING_FOLLOW_UP = Training, "follow-up", Upkeep, Recurrent, "teacher", false;
    TRAINING_AGAIN = Training, "courses", Renewal, Recurrent, "teacher_day", false;
    TRAINING_NEW = Training, "courses", Expansion, Recurrent, "teacher_day", false;
    TRAINING_NEW_FOLLOW_UP = Training, "follow-up", Expansion, Recurrent, "teacher", false;
    CONTENT_HOSTING = Content, "hosting", Upkeep, Recurrent, "course", false;
    CONTENT_LICENCE = Content, "licences", Upkeep, Recurrent, "learner_subject", false;
    CONTENT_RENEWAL = Content, "courses", Renewal, Capital, "course", false;
    CONTENT_NEW = Content, "courses", Expansion, Capital, "course", false;
    CONTENT_NEW_HOSTING = Content, "hosting", Expansion, Recurrent, "course", false;
    CONTENT_NEW_LICENCE = Content, "licences", Expansion, Recurrent, "learner_subject", false;
    SUPPORT_PAY = Support, "technicians", Upkeep, Recurrent, "technician", false;
    SUPPORT_RECRUIT = Support, "recruiting", Expansion, Recurrent, "technician", false;
    SUPPORT_NEW_PAY = Support, "technicians", Expansion, Recurrent, "technician", false;
    PROGRAMME_UPKEEP = Management, "programme management", Upkeep, Recurrent, "usd_of_need", false;
    PROGRAMME_RENEWAL = Management, "programme management", Renewal, Recurrent, "usd_of_need", false;
    PROGRAMME_EXPANSION = Management, "programme management", Expansion, Recurrent, "usd_of_need", false;
    MONITORING_UPKEEP = Management, "monitoring", Upkeep, Recurrent, "usd_of_need", false;
    MONITORING_RENEWAL = Management, "monitoring", Renewal, Recurrent, "usd_of_need", false;
    MONITORING_EXPANSION = Management, "monitoring", Expansion, Recurrent, "usd_of_need", false;
    PROTECTION_UPKEEP = Management, "data protection", Upkeep, Recurrent, "usd_of_need", false;
    PROTECTION_RENEWAL = Management, "data protection", Renewal, Recurrent, "usd_of_need", false;
    PROTECTION_EXPANSION = Management, "data protection", Expansion, Recurrent, "usd_of_need", false;
    CONTINGENCY_UPKEEP = Management, "contingency", Upkeep, Recurrent, "usd_of_need", false;
    CONTINGENCY_RENEWAL = Management, "contingency", Renewal, Recurrent, "usd_of_need", false;
    CONTINGENCY_EXPANSION = Management, "contingency", Expansion, Recurrent, "usd_of_need", false;
    POWER_RENEWAL_DUTY = Power, "import duty", Renewal, Capital, "usd_of_imports", false;
    POWER_RENEWAL_VAT = Power, "value-added tax", Renewal, Capital, "usd_of_imports", false;
    POWER_DUTY = Power, "import duty", Expansion, Capital, "usd_of_imports", false;
    POWER_VAT = Power, "value-added tax", Expansion, Capital, "usd_of_imports", false;
    LINK_RENEWAL_DUTY = Links, "import duty", Renewal, Capital, "usd_of_imports", false;
    LINK_RENEWAL_VAT = Links, "value-added tax", Renewal, Capital, "usd_of_imports", false;
    LINK_DUTY = Links, "import duty", Expansion, Capital, "usd_of_imports", false;
    LINK_VAT = Links, "value-added tax", Expansion, Capital, "usd_of_imports", false;
    DEVICE_RENEWAL_DUTY = Devices, "import duty", Renewal, Capital, "usd_of_imports", false;
    DEVICE_RENEWAL_VAT = Devices, "value-added tax", Renewal, Capital, "usd_of_imports", false;
    DEVICE_DUTY = Devices, "import duty", Expansion, Capital, "usd_of_imports", false;
    DEVICE_VAT = Devices, "value-added tax", Expansion, Capital, "usd_of_imports", false;
}

/// Tax lines: component, need, first tax line (duty; value-added tax follows).
const TAXED: [(Component, Need, usize); 6] = [
    (Component::Power, Need::Renewal, POWER_RENEWAL_DUTY),
    (Component::Power, Need::Expansion, POWER_DUTY),
    (Component::Links, Need::Renewal, LINK_RENEWAL_DUTY),
    (Component::Links, Need::Expansion, LINK_DUTY),
    (Component::Devices, Need::Renewal, DEVICE_RENEWAL_DUTY),
    (Component::Devices, Need::Expansion, DEVICE_DUTY),
];

/// Stocks whose opening, in, out and closing are kept.
pub const STOCKS: [(&str, &str); 6] = [
    ("powered schools", "school"),
    ("connected schools", "school"),
    ("devices", "device"),
    ("ready teachers", "teacher"),
    ("courses", "course"),
    ("technicians", "technician"),
];

/// Unit prices of one year `[line][level]`, constant US$.
pub struct Prices<'a> {
    /// Levels.
    pub levels: usize,
    price: &'a mut [f64],
}

impl<'a> Prices<'a> {
    /// Prices of a year, to be written.
    pub fn new(levels: usize, price: &'a mut [f64]) -> Self {
        Self { levels, price }
    }

    /// Sets the unit price of a line for all levels.
    pub fn set(&mut self, line: usize, price: f64) {
        self.price[line * self.levels..(line + 1) * self.levels].fill(price);
    }

    /// Sets the unit price of a line for one level.
    pub fn set_level(&mut self, line: usize, level: usize, price: f64) {
        self.price[line * self.levels + level] = price;
    }
}

/// Factor by which taxes raise the price of what is imported: duty, then value-added tax on both.
#[must_use]
pub fn tax_factor(model: &Model, p: &[f64]) -> f64 {
    let [duty, vat] = tax_rates(model, p);
    (1.0 + duty) * (1.0 + vat)
}

fn tax_rates(model: &Model, p: &[f64]) -> [f64; 2] {
    let general = &model.slots.prices.general;
    [Model::number(p, general.duty), Model::number(p, general.vat)]
}

/// Writes the lines of import duty and value-added tax of a year; the amounts of groups include them already.
pub fn taxes(model: &Model, p: &[f64], t: usize, pass: &mut Pass) {
    let [duty, vat] = tax_rates(model, p);
    if duty == 0.0 && vat == 0.0 {
        return;
    }
    for (component, need, tax) in TAXED {
        let mut prices = pass.prices(t);
        prices.set(tax, duty);
        prices.set(tax + 1, vat * (1.0 + duty));
        for bin in 0..pass.bins {
            let imports: f64 = LINES
                .iter()
                .enumerate()
                .filter(|(_, line)| line.imported && line.component == component && line.need == need)
                .map(|(line, _)| pass.quantity(t, line, bin) * pass.price(t, line, bin))
                .sum();
            for line in [tax, tax + 1] {
                pass.sums.quantity.row_mut(t, line)[bin] = imports;
            }
        }
    }
}

/// Share of each cell's need that is funded, the same for all groups or one by one.
#[derive(Clone, Debug)]
pub struct Funded {
    groups: usize,
    /// The share for all groups, per cell; not a number where it differs by group.
    pub uniform: [f64; CELLS],
    /// Shares `[cell][group]` where they differ.
    pub by_group: Vec<f64>,
}

/// The funded share of one cell.
#[derive(Clone, Copy)]
pub enum Fraction<'a> {
    /// The same for all groups.
    All(Lanes),
    /// One for each group.
    Each(&'a [f64]),
}

impl Fraction<'_> {
    /// Whether all of the need is funded everywhere.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::All(share) if share.into_arr() == [1.0; LANES])
    }

    /// Shares of four groups.
    #[inline(always)]
    #[must_use]
    pub fn at(&self, four: usize) -> Lanes {
        match self {
            Self::All(share) => *share,
            Self::Each(shares) => {
                let at = four * LANES;
                Lanes::from_arr([shares[at], shares[at + 1], shares[at + 2], shares[at + 3]])
            }
        }
    }
}

impl Funded {
    /// Room for a number of groups.
    #[must_use]
    pub fn new(groups: usize) -> Self {
        Self {
            groups,
            uniform: [1.0; CELLS],
            by_group: vec![1.0; CELLS * groups],
        }
    }

    /// Everything is funded.
    pub fn everything(&mut self) {
        self.uniform = [1.0; CELLS];
    }

    /// Shares of a cell by group, to be written.
    pub fn each(&mut self, at: usize) -> &mut [f64] {
        self.uniform[at] = f64::NAN;
        &mut self.by_group[at * self.groups..(at + 1) * self.groups]
    }

    /// Shares of a cell by group.
    #[must_use]
    pub fn shares(&self, at: usize) -> &[f64] {
        &self.by_group[at * self.groups..(at + 1) * self.groups]
    }

    /// The funded share of a component's need.
    #[must_use]
    pub fn of(&self, component: Component, need: Need) -> Fraction<'_> {
        let at = cell(component, need);
        if self.uniform[at].is_nan() {
            Fraction::Each(self.shares(at))
        } else {
            Fraction::All(all(self.uniform[at]))
        }
    }
}
