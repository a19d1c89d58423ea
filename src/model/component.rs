//! The shape that all components share: state the needs, apply what was funded.
//!
//! A component is one file. It names no other component: what it reads of another stands in
//! [`Shared`](super::groups::Shared). The list in [`components`](super::components) makes the rest.

use std::fmt::Debug;
use std::ops::Range;

use super::funded::{Fraction, Funded};
use super::groups::{Groups, Population, Shared};
use super::kept::{KEEPING, Kept};
use super::lanes::{LANES, Lanes, ONE, min};
use super::sums::{Amounts, Bin, Sums, Tally, stat};
use super::tables::Model;
use super::view::View;
use super::year::Year;
use super::{CELLS, Cell, component_index};
use crate::scenario::parameters::NumberSlot;
use crate::scenario::shocks::LostSlots;
use crate::scenario::{Component, Country, Group, Level, Nature, Need, Plan, Scenario};

/// A component of the plan. Groups come four by four, a block of them at a time.
pub trait ComponentModel: Clone + Debug + 'static {
    /// Which component it is.
    const COMPONENT: Component;
    /// Its cost lines, in the order of costs.csv. Elsewhere they go by their position here.
    const LINES: &'static [Line];
    /// What of it is counted in stocks.csv: name and unit.
    const STOCK: Option<(&'static str, &'static str)>;

    /// Whether it is a share of what all others need, and is paid with what it is a share of.
    const ON_TOP: bool = false;

    /// Whether that share is taken of it.
    const MANAGED: bool = true;

    /// Which share of it is lost in closed schools, where any is.
    const LOST: Option<fn(&LostSlots) -> NumberSlot> = None;

    /// What holds for all years of a run: levers by group, and what is dear to compute.
    type Tables: Clone + Debug + Send + Sync;
    /// What is the same for all groups of a level in a year: prices, lives, norms.
    type Yearly: Clone + Debug + Send + Sync;
    /// What stands in four groups.
    type Stock: Copy + Debug + Default + Send;
    /// What was put in place in one year in four groups.
    type Placed: Copy + Debug + Default + Send;

    /// Room for the tables of a model.
    fn tables(model: &Model) -> Self::Tables;
    /// Fills the tables from the parameters.
    fn fill(_tables: &mut Self::Tables, _model: &Model, _p: &[f64]) {}
    /// What holds in a year.
    fn yearly(year: &Year<'_>, tables: &Self::Tables) -> Self::Yearly;
    /// Writes the unit prices of its cost lines.
    fn prices(_yearly: &Self::Yearly, _prices: &mut Prices<'_>) {}
    /// Which entries of the price lists its lines go by, for `[]` in the path of a price.
    #[must_use]
    fn priced_kinds(_scenario: &Scenario, _level: Level) -> Vec<usize> {
        Vec::new()
    }

    /// What stands of a lever in the base year over all schools, in its unit; none where the country says nothing of it.
    #[must_use]
    fn today(_lever: &str, _country: &Country, _plan: &Plan) -> Option<f64> {
        None
    }

    /// Sets what stands in the base year.
    fn open(now: &Now<'_, Self>, block: &mut Block<'_, Self>);
    /// Plans the year and sums what it needs.
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums);
    /// Moves the stocks by what was funded.
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums);
    /// In a year in which schools close: takes the share that is lost from what stands in four groups, once what was funded is applied,
    /// and says how much of the stock that is. It is not replaced in that year: nobody had asked for it.
    fn strike(_now: &Now<'_, Self>, _block: &mut Block<'_, Self>, _at: usize, _lost: Lanes) -> Lanes {
        super::lanes::ZERO
    }
    /// What of it serves whom the plan reaches at the opening of a year, where power, a link, devices and ready teachers stand
    /// together, as a part of what stands: all of what is not told school by school.
    #[inline(always)]
    fn reaching(_shared: &Shared) -> Lanes {
        ONE
    }
    /// What of a need's national part falls on four groups, as shares of it that add up to one: what of it is funded is one number
    /// of the country. None where there is no such part.
    #[inline(always)]
    fn national(_now: &Now<'_, Self>, _need: Need, _four: usize) -> Option<Lanes> {
        None
    }
    /// In the year after the last, once needs are stated: what replacing what stands costs a year in the long run, and what of
    /// it is not used up, at the prices of that year.
    fn ahead(_now: &Now<'_, Self>, _block: &Block<'_, Self>, _at: usize) -> [Lanes; 2] {
        [super::lanes::ZERO; 2]
    }
    /// What stands of the stock that is counted.
    fn closing(_now: &Now<'_, Self>, _s: &Self::Stock, _here: &Population, _level: usize) -> Lanes {
        super::lanes::ZERO
    }

    /// Shows a component without groups of its own, that is a share of what all others need beyond the twin: one share for
    /// each category of its lines, which stand category by category, upkeep before renewal before expansion.
    fn shares_of_others(_year: &Year<'_>, _see: &mut dyn FnMut(&[f64])) {}
}

/// Mean over the groups of a country by a weight; none without weight.
#[must_use]
pub fn mean(country: &Country, weight: impl Fn(&Group) -> f64, of: impl Fn(&Group) -> f64) -> Option<f64> {
    let all: f64 = country.groups.iter().map(&weight).sum();
    let sum: f64 = country.groups.iter().map(|group| weight(group) * of(group)).sum();
    (all > 0.0).then(|| sum / all)
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
    /// Where it stands in the frames in which cost is reported.
    pub view: View,
    /// Paths of the inputs that make its unit price; `[]` stands for the kinds of
    /// `priced_kinds`.
    pub prices: &'static [&'static str],
}

/// Declares the cost lines of a component: a constant with the position of each, and the table of all. Behind the component stand
/// pillar, tier and dimension of its lines; a line that stands elsewhere says so at its end.
macro_rules! cost_lines {
    (@view $pillar:ident $tier:ident $dimension:ident) => {
        $crate::model::view::View {
            pillar: $crate::model::view::Pillar::$pillar,
            tier: $crate::model::view::Tier::$tier,
            dimension: $crate::model::view::Dimension::$dimension,
        }
    };
    (@view $a:ident $b:ident $c:ident $pillar:ident $tier:ident $dimension:ident) => {
        cost_lines!(@view $pillar $tier $dimension)
    };
    ($component:ident in $pillar:ident, $tier:ident, $dimension:ident; $( $name:ident = $category:literal, $need:ident, $nature:ident, $unit:literal, $imported:literal, [$($price:literal),*] $(in $own_pillar:ident, $own_tier:ident, $own_dimension:ident)?; )*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(usize)]
        enum Position { $( $name ),* }

        $( #[allow(dead_code)] const $name: usize = Position::$name as usize; )*

        /// Number of cost lines.
        const LINE_COUNT: usize = LINES.len();

        const LINES: &[$crate::model::component::Line] = &[ $( $crate::model::component::Line {
            component: $crate::scenario::Component::$component,
            category: $category,
            need: $crate::scenario::Need::$need,
            nature: $crate::scenario::Nature::$nature,
            unit: $unit,
            imported: $imported,
            view: cost_lines!(@view $pillar $tier $dimension $($own_pillar $own_tier $own_dimension)?),
            prices: &[$($price),*],
        } ),* ];
    };
}
pub(super) use cost_lines;

/// What a component sees when it works on groups: the year and what it holds for all groups of a level.
pub struct Now<'a, C: ComponentModel> {
    /// The year.
    pub year: Year<'a>,
    /// What the component holds for the year.
    pub own: &'a C::Yearly,
    /// What it holds for all years.
    pub tables: &'a C::Tables,
    /// Bins of each four groups.
    pub bins: &'a [[Bin; LANES]],
    /// Position of its first cost line among all.
    pub(super) first_line: usize,
    /// Position of its stock among all.
    pub(super) stock: usize,
}

impl<C: ComponentModel> Now<'_, C> {
    /// Quantities of its `N` cost lines and its amounts, to be summed.
    #[inline(always)]
    pub fn stated<'s, const N: usize>(&self, out: &'s mut Sums) -> (Tally<'s, N>, Amounts<'s>) {
        out.component(self.year.t, C::COMPONENT, self.first_line)
    }

    /// What came into its stock and what left it, to be summed.
    #[inline(always)]
    pub fn flow<'s>(&self, out: &'s mut Sums) -> Tally<'s, 2> {
        out.flow(self.year.t, self.stock)
    }

    /// The same, and learners in each class of modes of learning: who is to work in it, and for whom it is paid.
    #[inline(always)]
    pub fn flow_and_modes<'s>(&self, out: &'s mut Sums) -> (Tally<'s, 2>, Tally<'s, { stat::MODE_ROWS }>) {
        out.flow_and_modes(self.year.t, self.stock)
    }

    /// The same, and learners in courses out of school.
    #[inline(always)]
    pub fn flow_and_lifelong<'s>(&self, out: &'s mut Sums) -> (Tally<'s, 2>, Tally<'s, { stat::LIFELONG_ROWS }>) {
        out.flow_and_lifelong(self.year.t, self.stock)
    }
}

/// A component's stocks in a part of the groups, and what was put in place year by year.
#[derive(Clone, Debug)]
pub struct Part<C: ComponentModel> {
    stocks: Vec<C::Stock>,
    /// `[four][year]`.
    placed: Vec<C::Placed>,
    years: usize,
}

impl<C: ComponentModel> Part<C> {
    /// Room for so many fours.
    #[must_use]
    pub fn new(fours: usize, years: usize) -> Self {
        Self {
            stocks: vec![C::Stock::default(); fours],
            placed: vec![C::Placed::default(); fours * years],
            years,
        }
    }

    /// Forgets what was put in place in a block.
    pub(crate) fn forget(&mut self, block: &Range<usize>) {
        self.placed[block.start * self.years..block.end * self.years].fill(C::Placed::default());
    }

    /// What of a block the component works on.
    #[inline(always)]
    pub fn block<'a>(
        &'a mut self,
        groups: &'a mut Groups,
        kept: Option<&'a mut Kept>,
        block: &Range<usize>,
    ) -> Block<'a, C> {
        Block {
            first: groups.first + block.start,
            s: &mut self.stocks[block.clone()],
            placed: &mut self.placed[block.start * self.years..block.end * self.years],
            here: &groups.here[block.clone()],
            shared: &mut groups.shared[block.clone()],
            rows: groups.rows.get_mut(block.clone()).unwrap_or_default(),
            start: block.start,
            kept,
        }
    }
}

/// Some fours that follow one another, as a component sees them.
pub struct Block<'a, C: ComponentModel> {
    /// Position of the first among all fours.
    pub first: usize,
    /// What stands.
    pub s: &'a mut [C::Stock],
    /// What was put in place `[four][year]`.
    pub placed: &'a mut [C::Placed],
    /// Schools, learners and teachers.
    pub here: &'a [Population],
    /// What components say of one another.
    pub shared: &'a mut [Shared],
    rows: &'a mut [[Lanes; CELLS]],
    /// Position of the first in its part of the groups.
    start: usize,
    /// What would have stood without a plan, where needs are stated.
    kept: Option<&'a mut Kept>,
}

impl<C: ComponentModel> Block<'_, C> {
    /// Positions of its fours within it.
    #[inline(always)]
    #[must_use]
    pub(crate) fn fours(&self) -> Range<usize> {
        0..self.s.len()
    }

    /// States what four groups need: amounts (upkeep, renewal, expansion), and how much stands of what upkeep and renewal are
    /// for.
    #[inline(always)]
    pub fn state(
        &mut self,
        now: &Now<'_, C>,
        at: usize,
        stands: [Lanes; KEEPING],
        needed: [Lanes; 3],
        amounts: &mut Amounts<'_>,
    ) {
        let (four, index) = (self.first + at, component_index(C::COMPONENT));
        let (t, here) = (now.year.t, self.start + at);
        let parts = match &mut self.kept {
            Some(kept) if now.year.twin => kept.note(here, t, index, stands),
            Some(kept) => kept.compare(here, t, index, stands, min(C::reaching(&self.shared[at]), ONE)),
            None => return,
        };
        amounts.add(now.bins[four], needed, parts, stands);
        if let Some(row) = self.rows.get_mut(at) {
            let first = Cell::of(C::COMPONENT, Need::ALL[0]).index();
            row[first..first + 3].copy_from_slice(&needed);
        }
    }
}

/// The funded shares of a component's own needs.
pub struct OwnFunded<'a> {
    funded: &'a Funded,
    kept: &'a Kept,
    component: Component,
    /// First of the fours of which `kept` tells.
    from: usize,
}

impl<'a> OwnFunded<'a> {
    /// Of one component, in the groups from a four on.
    #[inline(always)]
    #[must_use]
    pub fn new(funded: &'a Funded, kept: &'a Kept, component: Component, from: usize) -> Self {
        Self {
            funded,
            kept,
            component,
            from,
        }
    }

    /// The funded share of a need.
    #[inline(always)]
    #[must_use]
    pub fn of(&self, need: Need) -> Fraction<'a> {
        self.funded.of(self.component, need, self.kept, self.from)
    }

    /// The funded share of the national part of a need.
    #[inline(always)]
    #[must_use]
    pub fn national(&self, need: Need) -> f64 {
        self.funded.national[Cell::of(self.component, need).index()]
    }
}

/// Unit prices of a component's lines in one year `[line][level]`, constant US$.
pub struct Prices<'a> {
    /// Levels.
    pub levels: usize,
    price: &'a mut [f64],
}

impl<'a> Prices<'a> {
    /// Prices of a year, to be written, from a line on.
    pub fn new(levels: usize, first: usize, price: &'a mut [f64]) -> Self {
        Self {
            levels,
            price: &mut price[first * levels..],
        }
    }

    /// Sets the unit price of a line for all levels.
    pub fn set(&mut self, line: usize, price: f64) {
        self.price[line * self.levels..(line + 1) * self.levels].fill(price);
    }

    /// Sets the unit price of a line for one level.
    pub(crate) fn set_level(&mut self, line: usize, level: usize, price: f64) {
        self.price[line * self.levels + level] = price;
    }
}
