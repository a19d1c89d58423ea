//! The shape that all components share: state the needs, apply what was funded.

use std::ops::Range;

use super::demand::Demand;
use super::tables::Model;
use super::trajectory::Pass;
use super::workspace::State;
use super::{CELLS, cell};
use crate::scenario::{Component, Nature, Need};

/// What a component sees of the year.
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
    /// The twin's results, when the plan runs.
    pub counterpart: Option<&'a Pass>,
}

impl Year<'_> {
    /// Whether the plan acts: not in the twin and not before it starts.
    #[must_use]
    pub fn acts(&self) -> bool {
        !self.twin && self.t >= self.model.plan_from
    }

    /// A price that falls by a share each year, counted from the price year; imported goods follow the real exchange rate.
    #[must_use]
    pub fn trend(&self, decline: f64, imported: bool) -> f64 {
        let since = f64::from(self.model.calendar(self.t) - self.model.scenario.price_year);
        let slots = &self.model.slots.country.economy;
        let dearer = if imported {
            Model::number(self.p, slots.real_depreciation)
        } else {
            0.0
        };
        libm::pow((1.0 - decline) * (1.0 + dearer), since)
    }
}

/// A component of the plan.
pub trait ComponentModel: Sync {
    /// Writes what a block of groups needs this year, by group and by cost line.
    fn needs(&self, year: &Year<'_>, state: &mut State, sheet: &mut Sheet, bins: &[u32], block: Range<usize>);
    /// Moves the stocks of a block of groups by what was funded.
    fn apply(
        &self,
        year: &Year<'_>,
        state: &mut State,
        funded: &Funded,
        sheet: &mut Sheet,
        bins: &[u32],
        block: Range<usize>,
    );
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

/// Nature by which sources choose what to pay: upkeep is recurrent, what is bought is capital, training and
/// technical support are recurrent throughout.
#[must_use]
pub const fn nature_of(component: Component, need: Need) -> Nature {
    match (component, need) {
        (Component::Training | Component::Support, _) | (_, Need::Upkeep) => Nature::Recurrent,
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

/// Needs of one year: amounts by group and cell, quantities by line and bin, prices by line and level.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Groups.
    pub groups: usize,
    bins: usize,
    levels: usize,
    bin_level: Vec<u8>,
    /// Amount needed `[cell][group]`, constant US$.
    pub need: Vec<f64>,
    /// Quantity `[line][bin]`.
    pub quantity: Vec<f64>,
    /// Unit price `[line][level]`, constant US$.
    pub price: Vec<f64>,
    /// Stock flows of the year `[stock][bin][in, out]`.
    pub flows: Vec<f64>,
    touched: Vec<bool>,
}

impl Sheet {
    /// Room for a number of groups and bins; `bin_level` is the level of each bin.
    #[must_use]
    pub fn new(groups: usize, levels: usize, bin_level: Vec<u8>) -> Self {
        let bins = bin_level.len();
        Self {
            groups,
            bins,
            levels,
            bin_level,
            need: vec![0.0; CELLS * groups],
            quantity: vec![0.0; LINES.len() * bins],
            price: vec![0.0; LINES.len() * levels],
            flows: vec![0.0; STOCKS.len() * bins * 2],
            touched: vec![false; CELLS],
        }
    }

    /// Empties it for the next year.
    pub fn clear(&mut self) {
        for (cell, touched) in self.touched.iter_mut().enumerate() {
            if *touched {
                self.need[cell * self.groups..(cell + 1) * self.groups].fill(0.0);
            }
            *touched = false;
        }
        self.quantity.fill(0.0);
        self.flows.fill(0.0);
    }

    /// Sets the unit price of a line for all levels.
    pub fn set_price(&mut self, line: usize, price: f64) {
        self.price[line * self.levels..(line + 1) * self.levels].fill(price);
    }

    /// Sets the unit price of a line for one level.
    pub fn set_level_price(&mut self, line: usize, level: usize, price: f64) {
        self.price[line * self.levels + level] = price;
    }

    /// Unit price of a line in the level of a bin.
    #[must_use]
    pub fn price_in(&self, line: usize, bin: usize) -> f64 {
        self.price[line * self.levels + usize::from(self.bin_level[bin])]
    }

    /// The amounts of a component by group, to be written (upkeep, renewal, expansion), and a tally of `N` cost lines
    /// from `first` on.
    pub fn write<const N: usize>(&mut self, component: Component, first: usize) -> ([&mut [f64]; 3], Tally<'_, N>) {
        let at = cell(component, Need::Upkeep);
        self.touched[at..at + 3].fill(true);
        let rows = &mut self.need[at * self.groups..(at + 3) * self.groups];
        let (upkeep, rest) = rows.split_at_mut(self.groups);
        let (renewal, expansion) = rest.split_at_mut(self.groups);
        let quantity = &mut self.quantity[first * self.bins..(first + N) * self.bins];
        (
            [upkeep, renewal, expansion],
            Tally {
                quantity,
                bins: self.bins,
                bin: 0,
                sums: [0.0; N],
            },
        )
    }

    /// The amounts of a cell by group; empty if nothing is needed.
    #[must_use]
    pub fn needed(&self, at: usize) -> &[f64] {
        if self.touched[at] {
            &self.need[at * self.groups..(at + 1) * self.groups]
        } else {
            &[]
        }
    }

    /// Sets the amounts of a component to a share of what all others need, and the quantities of its lines to the part
    /// of that need on which the share is charged.
    pub fn gather<const N: usize>(
        &mut self,
        component: Component,
        need: Need,
        part: f64,
        share: f64,
        lines: [usize; N],
        bins: &[u32],
    ) {
        let target = cell(component, need);
        self.touched[target] = true;
        let (before, after) = self.need.split_at_mut(target * self.groups);
        let (sums, after) = after.split_at_mut(self.groups);
        sums.fill(0.0);
        for other in Component::ALL.iter().filter(|other| **other != component) {
            let at = cell(*other, need);
            if !self.touched[at] {
                continue;
            }
            let row = if at < target {
                &before[at * self.groups..][..self.groups]
            } else {
                &after[(at - target - 1) * self.groups..][..self.groups]
            };
            for (sum, amount) in sums.iter_mut().zip(row) {
                *sum += amount;
            }
        }
        for (g, sum) in sums.iter_mut().enumerate() {
            let base = *sum * part;
            *sum = base * share;
            for line in lines {
                self.quantity[line * self.bins + bins[g] as usize] += base;
            }
        }
    }

    /// Adds a quantity to a line.
    #[inline]
    pub fn add(&mut self, line: usize, bin: usize, quantity: f64) {
        self.quantity[line * self.bins + bin] += quantity;
    }

    /// Books what came into a stock and what left it.
    #[inline]
    pub fn flow(&mut self, stock: usize, bin: usize, into: f64, out: f64) {
        let at = (stock * self.bins + bin) * 2;
        self.flows[at] += into;
        self.flows[at + 1] += out;
    }

    /// Factor by which taxes raise the price of what is imported: duty, then value-added tax on both.
    #[must_use]
    pub fn tax_factor(year: &Year<'_>) -> f64 {
        let general = &year.model.slots.prices.general;
        (1.0 + Model::number(year.p, general.duty)) * (1.0 + Model::number(year.p, general.vat))
    }

    /// Writes the lines of import duty and value-added tax; the amounts of groups include them already.
    pub fn taxes(&mut self, year: &Year<'_>) {
        let general = &year.model.slots.prices.general;
        let (duty, vat) = (Model::number(year.p, general.duty), Model::number(year.p, general.vat));
        if duty == 0.0 && vat == 0.0 {
            return;
        }
        for (component, need, tax) in TAXED {
            self.set_price(tax, duty);
            self.set_price(tax + 1, vat * (1.0 + duty));
            for bin in 0..self.bins {
                let imports: f64 = LINES
                    .iter()
                    .enumerate()
                    .filter(|(_, line)| line.imported && line.component == component && line.need == need)
                    .map(|(line, _)| self.quantity[line * self.bins + bin] * self.price_in(line, bin))
                    .sum();
                self.add(tax, bin, imports);
                self.add(tax + 1, bin, imports);
            }
        }
    }

    /// Total of all components for some kinds of need.
    #[must_use]
    pub fn total(&self, needs: &[Need]) -> f64 {
        Component::ALL
            .iter()
            .flat_map(|c| needs.iter().map(move |n| cell(*c, *n)))
            .map(|at| sum(self.needed(at)))
            .sum()
    }
}

/// Quantities of consecutive cost lines, summed in place while groups of the same bin follow one another.
pub struct Tally<'a, const N: usize> {
    quantity: &'a mut [f64],
    bins: usize,
    bin: usize,
    sums: [f64; N],
}

impl<const N: usize> Tally<'_, N> {
    /// Goes on with a bin.
    #[inline]
    pub fn bin(&mut self, bin: u32) {
        let bin = bin as usize;
        if bin != self.bin {
            self.flush();
            self.bin = bin;
        }
    }

    /// Adds to a line, counted from the first.
    #[inline]
    pub fn add(&mut self, line: usize, quantity: f64) {
        self.sums[line] += quantity;
    }

    /// Adds to all lines.
    #[inline]
    pub fn add_all(&mut self, quantities: [f64; N]) {
        for (sum, quantity) in self.sums.iter_mut().zip(quantities) {
            *sum += quantity;
        }
    }

    fn flush(&mut self) {
        for (line, sum) in self.sums.iter_mut().enumerate() {
            if *sum != 0.0 {
                self.quantity[line * self.bins + self.bin] += *sum;
                *sum = 0.0;
            }
        }
    }
}

impl<const N: usize> Drop for Tally<'_, N> {
    fn drop(&mut self) {
        self.flush();
    }
}

/// Sum in four lanes: a fixed order that a processor can follow faster than one long chain.
#[must_use]
pub fn sum(values: &[f64]) -> f64 {
    let mut lanes = [0.0; 4];
    let chunks = values.chunks_exact(4);
    let rest: f64 = chunks.remainder().iter().sum();
    for chunk in chunks {
        for lane in 0..4 {
            lanes[lane] += chunk[lane];
        }
    }
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) + rest
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
    All(f64),
    /// One for each group.
    Each(&'a [f64]),
}

impl Fraction<'_> {
    /// Share for a group.
    #[inline]
    #[must_use]
    pub fn at(&self, group: usize) -> f64 {
        match self {
            Self::All(share) => *share,
            Self::Each(shares) => shares[group],
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

    /// The funded share of a component's need.
    #[must_use]
    pub fn of(&self, component: Component, need: Need) -> Fraction<'_> {
        let at = cell(component, need);
        if self.uniform[at].is_nan() {
            Fraction::Each(&self.by_group[at * self.groups..(at + 1) * self.groups])
        } else {
            Fraction::All(self.uniform[at])
        }
    }
}
