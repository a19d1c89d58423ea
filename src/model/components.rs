//! The components of a plan, one file each, and the list of them. A new component is one file and a line here: state,
//! dispatch, cost lines, taxes and stocks are made from the list.

pub mod campus;
pub mod content;
pub mod devices;
pub mod governance;
pub mod home_access;
pub mod inclusion;
pub mod lifelong;
pub mod links;
pub mod management;
pub mod power;
pub mod support;
pub mod systems;
pub mod training;

use std::ops::Range;

use super::component::{ComponentModel, Line, Now, OwnFunded, Part, Prices};
use super::funded::Funded;
use super::groups::Groups;
use super::kept::Kept;
use super::lanes::{LANES, sum};
use super::shocks;
use super::sums::{Bin, Sums};
use super::tables::Model;
use super::year::Year;
use super::{CELLS, COMPONENT_COUNT, Cell, component_index};
use crate::scenario::{Component, Country, Level, Nature, Need, Plan, Scenario};

/// The components in the order in which needs are stated: what is planned by one is a load for the next. What is funded
/// is applied in reverse: what is in service of one (technicians) counts for another (repair of devices).
macro_rules! list {
    ($($file:ident::$Model:ident),* $(,)?) => {
        /// All components.
        pub type Components = list!(@pairs $($file::$Model)*);

        /// What each component declares, in the order of [`Component::ALL`].
        const DECLARED: [Declared; COMPONENT_COUNT] = in_order(&[$(Declared::of::<$file::$Model>()),*]);
    };
    (@pairs) => { () };
    (@pairs $file:ident::$Model:ident $($rest:tt)*) => { ($file::$Model, list!(@pairs $($rest)*)) };
}

list! {
    devices::Devices,
    links::Links,
    campus::Campus,
    power::Power,
    training::Training,
    content::Content,
    systems::Systems,
    support::Support,
    inclusion::Inclusion,
    home_access::HomeAccess,
    lifelong::Lifelong,
    governance::Governance,
    management::Management,
}

/// What a component declares of itself.
#[derive(Clone, Copy)]
struct Declared {
    component: Component,
    on_top: bool,
    managed: bool,
    lines: &'static [Line],
    stock: Option<(&'static str, &'static str)>,
    priced_kinds: fn(&Scenario, Level) -> Vec<usize>,
    today: fn(&str, &Country, &Plan) -> Option<f64>,
}

impl Declared {
    const fn of<C: ComponentModel>() -> Self {
        Self {
            component: C::COMPONENT,
            on_top: C::ON_TOP,
            managed: C::MANAGED && !C::ON_TOP,
            lines: C::LINES,
            stock: C::STOCK,
            priced_kinds: C::priced_kinds,
            today: C::today,
        }
    }

    /// Whether import duty and value-added tax fall on something of a need.
    const fn is_taxed(&self, need: Need) -> bool {
        let mut at = 0;
        while at < self.lines.len() {
            if self.lines[at].imported && self.lines[at].need as usize == need as usize {
                return true;
            }
            at += 1;
        }
        false
    }
}

/// The same in the order of the words of a scenario: each component once.
const fn in_order(list: &[Declared; COMPONENT_COUNT]) -> [Declared; COMPONENT_COUNT] {
    let mut ordered = *list;
    let mut at = 0;
    while at < COMPONENT_COUNT {
        let place = component_index(list[at].component);
        ordered[place] = list[at];
        at += 1;
    }
    at = 0;
    while at < COMPONENT_COUNT {
        assert!(
            component_index(ordered[at].component) == at,
            "a word for a component that is not in the list"
        );
        at += 1;
    }
    ordered
}

/// Whether the component that is a share of others is one of this.
pub(crate) fn is_managed(component: Component) -> bool {
    DECLARED[component_index(component)].managed
}

/// The component that is a share of what all others need, and is paid with what it is a share of.
pub(crate) const ON_TOP: Component = {
    let (mut at, mut found) = (0, Component::ALL[0]);
    while at < COMPONENT_COUNT {
        if DECLARED[at].on_top {
            found = DECLARED[at].component;
        }
        at += 1;
    }
    found
};

/// Position of the first cost line of a component.
const fn first_line(component: Component) -> usize {
    let (mut at, mut lines) = (0, 0);
    while at < component_index(component) {
        lines += DECLARED[at].lines.len();
        at += 1;
    }
    lines
}

/// Position of the stock of a component.
const fn stock_of(component: Component) -> usize {
    let (mut at, mut stocks) = (0, 0);
    while at < component_index(component) {
        stocks += DECLARED[at].stock.is_some() as usize;
        at += 1;
    }
    stocks
}

/// Needs on which import duty and value-added tax fall: upkeep buys nothing from abroad.
const TAXED_NEEDS: [Need; 2] = [Need::Renewal, Need::Expansion];

/// Number of cells that are taxed.
const TAXED_COUNT: usize = {
    let (mut at, mut count) = (0, 0);
    while at < COMPONENT_COUNT {
        assert!(!DECLARED[at].is_taxed(Need::Upkeep), "upkeep is not taxed");
        let mut need = 0;
        while need < TAXED_NEEDS.len() {
            count += DECLARED[at].is_taxed(TAXED_NEEDS[need]) as usize;
            need += 1;
        }
        at += 1;
    }
    count
};

/// Cost lines that components declare.
const DECLARED_LINES: usize =
    first_line(Component::ALL[COMPONENT_COUNT - 1]) + DECLARED[COMPONENT_COUNT - 1].lines.len();

/// Tax lines: component, need, import duty and value-added tax.
pub(crate) const TAXED: [(Component, Need, [LineId; 2]); TAXED_COUNT] = {
    let mut taxed = [(Component::ALL[0], Need::Upkeep, [LineId(0); 2]); TAXED_COUNT];
    let (mut at, mut count) = (0, 0);
    while at < COMPONENT_COUNT {
        let mut need = 0;
        while need < TAXED_NEEDS.len() {
            if DECLARED[at].is_taxed(TAXED_NEEDS[need]) {
                let duty = DECLARED_LINES + 2 * count;
                taxed[count] = (
                    DECLARED[at].component,
                    TAXED_NEEDS[need],
                    [LineId(duty), LineId(duty + 1)],
                );
                count += 1;
            }
            need += 1;
        }
        at += 1;
    }
    taxed
};

/// Number of cost lines.
pub(crate) const LINE_COUNT: usize = DECLARED_LINES + 2 * TAXED_COUNT;

/// All cost lines, in the order of costs.csv: component by component, then what taxes add.
pub const LINES: &[Line] = &{
    let duty = Line {
        component: Component::ALL[0],
        category: "import duty",
        need: Need::Renewal,
        nature: Nature::Capital,
        unit: "usd_of_imports",
        imported: false,
        view: DECLARED[0].lines[0].view,
        prices: &["prices.general.duty"],
    };
    let mut lines = [duty; LINE_COUNT];
    let (mut at, mut count) = (0, 0);
    while at < COMPONENT_COUNT {
        let mut line = 0;
        while line < DECLARED[at].lines.len() {
            lines[count] = DECLARED[at].lines[line];
            line += 1;
            count += 1;
        }
        at += 1;
    }
    at = 0;
    while at < TAXED_COUNT {
        let (component, need, [LineId(duty_line), LineId(vat_line)]) = TAXED[at];
        // A tax stands where most of what its component buys does.
        let view = DECLARED[component_index(component)].lines[0].view;
        lines[duty_line] = Line {
            component,
            need,
            view,
            ..duty
        };
        lines[vat_line] = Line {
            component,
            need,
            view,
            category: "value-added tax",
            prices: &["prices.general.duty", "prices.general.vat"],
            ..duty
        };
        at += 1;
    }
    lines
};

/// Number of stocks.
pub(crate) const STOCK_COUNT: usize = {
    let (mut at, mut count) = (0, 0);
    while at < COMPONENT_COUNT {
        count += DECLARED[at].stock.is_some() as usize;
        at += 1;
    }
    count
};

/// Stocks whose opening, in, out and closing are kept, in the order of stocks.csv.
pub const STOCKS: [(&str, &str); STOCK_COUNT] = {
    let mut stocks = [("", ""); STOCK_COUNT];
    let (mut at, mut count) = (0, 0);
    while at < COMPONENT_COUNT {
        if let Some(stock) = DECLARED[at].stock {
            stocks[count] = stock;
            count += 1;
        }
        at += 1;
    }
    stocks
};

/// Nature by which sources choose what to pay: capital where something is bought that lasts, recurrent elsewhere.
#[must_use]
pub(crate) fn nature_of(component: Component, need: Need) -> Nature {
    let lines = DECLARED[component_index(component)].lines;
    let buys = |line: &Line| line.need == need && line.nature == Nature::Capital;
    if lines.iter().any(buys) {
        Nature::Capital
    } else {
        Nature::Recurrent
    }
}

/// Paths of the inputs that make the unit price of a cost line at a level.
#[must_use]
pub fn price_paths(line: &Line, scenario: &Scenario, level: Level) -> Vec<String> {
    let mut paths = Vec::new();
    for path in line.prices {
        if path.contains("[]") {
            for kind in (DECLARED[component_index(line.component)].priced_kinds)(scenario, level) {
                paths.push(path.replace("[]", &format!("[{kind}]")));
            }
        } else {
            paths.push((*path).to_owned());
        }
    }
    paths
}

/// What stands of a component's lever in the base year over all schools, in the lever's unit; none where the country says
/// nothing of it.
#[must_use]
pub fn today(component: Component, lever: &str, scenario: &Scenario) -> Option<f64> {
    (DECLARED[component_index(component)].today)(lever, &scenario.country, &scenario.plan)
}

/// Position of a cost line among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineId(usize);

impl LineId {
    /// The line of a component at a position among its own.
    #[must_use]
    pub(super) const fn of(component: Component, line: usize) -> Self {
        Self(first_line(component) + line)
    }

    /// All of them, each with what it is.
    pub fn all() -> impl Iterator<Item = (Self, &'static Line)> + Clone {
        LINES.iter().enumerate().map(|(at, line)| (Self(at), line))
    }

    /// Its place among all.
    #[must_use]
    pub(super) const fn index(self) -> usize {
        self.0
    }
}

/// Components one after the other, known when the program is built, so that a block of groups goes through all of them
/// in one piece of code.
pub trait List {
    /// What they hold for all years.
    type Tables: Clone + std::fmt::Debug + Send + Sync;
    /// What they hold for a year.
    type Yearly: Clone + std::fmt::Debug + Send + Sync;
    /// What stands of them in a part of the groups.
    type Stocks: Clone + std::fmt::Debug + Send;

    /// Room for the tables of a model.
    fn tables(model: &Model) -> Self::Tables;
    /// Fills the tables from the parameters.
    fn fill(tables: &mut Self::Tables, model: &Model, p: &[f64]);
    /// What they hold for a year.
    fn yearly(year: &Year<'_>, tables: &Self::Tables) -> Self::Yearly;
    /// Writes the unit prices of a year `[line][level]`.
    fn prices(yearly: &Self::Yearly, levels: usize, price: &mut [f64]);
    /// Room for what stands in so many fours.
    fn stocks(fours: usize, years: usize) -> Self::Stocks;
    /// Sets what stands in the base year.
    fn open(now: &All<'_, Self>, stocks: &mut Self::Stocks, groups: &mut Groups, block: &Range<usize>);
    /// States needs.
    fn needs(
        now: &All<'_, Self>,
        stocks: &mut Self::Stocks,
        groups: &mut Groups,
        kept: &mut Kept,
        out: &mut Sums,
        block: &Range<usize>,
    );
    /// Applies what was funded.
    fn apply(
        now: &All<'_, Self>,
        stocks: &mut Self::Stocks,
        groups: &mut Groups,
        kept: &Kept,
        funded: &Funded,
        out: &mut Sums,
        block: &Range<usize>,
    );
    /// Takes what a year's shocks destroy.
    fn strike(
        now: &All<'_, Self>,
        stocks: &mut Self::Stocks,
        groups: &mut Groups,
        out: &mut Sums,
        block: &Range<usize>,
    );
    /// Adds up what of national parts is funded in some fours, by cell.
    fn national(now: &All<'_, Self>, kept: &Kept, funded: &Funded, fours: &Range<usize>, paid: &mut [f64; CELLS]);
    /// Sums what stands of the stocks that are counted.
    fn close(now: &All<'_, Self>, stocks: &mut Self::Stocks, groups: &mut Groups, out: &mut Sums, block: &Range<usize>);
    /// Sums what replacing what stands costs in the long run, and what of it is not used up.
    fn ahead(now: &All<'_, Self>, stocks: &mut Self::Stocks, groups: &mut Groups, out: &mut Sums, block: &Range<usize>);
    /// Shows those that are a share of what the others need.
    fn shares_of_others(year: &Year<'_>, see: &mut dyn FnMut(Component, &[f64]));
}

/// A year as a list of components sees it.
pub struct All<'a, L: List + ?Sized> {
    /// The year.
    pub year: Year<'a>,
    /// What components hold for the year.
    pub yearly: &'a L::Yearly,
    /// What they hold for all years.
    pub tables: &'a L::Tables,
    /// Bins of each four groups.
    pub bins: &'a [[Bin; LANES]],
}

impl<'a, C: ComponentModel, R: List> All<'a, (C, R)> {
    #[inline(always)]
    fn head(&self) -> Now<'a, C> {
        Now {
            year: self.year,
            own: &self.yearly.0,
            tables: &self.tables.0,
            bins: self.bins,
            first_line: const { first_line(C::COMPONENT) },
            stock: const { stock_of(C::COMPONENT) },
        }
    }

    #[inline(always)]
    fn rest(&self) -> All<'a, R> {
        All {
            year: self.year,
            yearly: &self.yearly.1,
            tables: &self.tables.1,
            bins: self.bins,
        }
    }
}

impl List for () {
    type Tables = ();
    type Yearly = ();
    type Stocks = ();

    fn tables(_: &Model) {}
    fn fill((): &mut (), _: &Model, _: &[f64]) {}
    fn yearly(_: &Year<'_>, (): &()) {}
    fn prices((): &(), _: usize, _: &mut [f64]) {}
    fn stocks(_: usize, _: usize) {}
    fn open(_: &All<'_, Self>, (): &mut (), _: &mut Groups, _: &Range<usize>) {}
    #[inline(always)]
    fn needs(_: &All<'_, Self>, (): &mut (), _: &mut Groups, _: &mut Kept, _: &mut Sums, _: &Range<usize>) {}
    #[inline(always)]
    fn apply(_: &All<'_, Self>, (): &mut (), _: &mut Groups, _: &Kept, _: &Funded, _: &mut Sums, _: &Range<usize>) {}
    fn strike(_: &All<'_, Self>, (): &mut (), _: &mut Groups, _: &mut Sums, _: &Range<usize>) {}
    #[inline(always)]
    fn national(_: &All<'_, Self>, _: &Kept, _: &Funded, _: &Range<usize>, _: &mut [f64; CELLS]) {}
    fn close(_: &All<'_, Self>, (): &mut (), _: &mut Groups, _: &mut Sums, _: &Range<usize>) {}
    fn ahead(_: &All<'_, Self>, (): &mut (), _: &mut Groups, _: &mut Sums, _: &Range<usize>) {}
    fn shares_of_others(_: &Year<'_>, _: &mut dyn FnMut(Component, &[f64])) {}
}

impl<C: ComponentModel, R: List> List for (C, R) {
    type Tables = (C::Tables, R::Tables);
    type Yearly = (C::Yearly, R::Yearly);
    type Stocks = (Part<C>, R::Stocks);

    fn tables(model: &Model) -> Self::Tables {
        (C::tables(model), R::tables(model))
    }

    fn fill(tables: &mut Self::Tables, model: &Model, p: &[f64]) {
        C::fill(&mut tables.0, model, p);
        R::fill(&mut tables.1, model, p);
    }

    fn yearly(year: &Year<'_>, tables: &Self::Tables) -> Self::Yearly {
        (C::yearly(year, &tables.0), R::yearly(year, &tables.1))
    }

    fn prices(yearly: &Self::Yearly, levels: usize, price: &mut [f64]) {
        C::prices(&yearly.0, &mut Prices::new(levels, first_line(C::COMPONENT), price));
        R::prices(&yearly.1, levels, price);
    }

    fn stocks(fours: usize, years: usize) -> Self::Stocks {
        (Part::new(fours, years), R::stocks(fours, years))
    }

    fn open(now: &All<'_, Self>, stocks: &mut Self::Stocks, groups: &mut Groups, block: &Range<usize>) {
        stocks.0.forget(block);
        C::open(&now.head(), &mut stocks.0.block(groups, None, block));
        R::open(&now.rest(), &mut stocks.1, groups, block);
    }

    #[inline(always)]
    fn needs(
        now: &All<'_, Self>,
        stocks: &mut Self::Stocks,
        groups: &mut Groups,
        kept: &mut Kept,
        out: &mut Sums,
        block: &Range<usize>,
    ) {
        C::needs(&now.head(), &mut stocks.0.block(groups, Some(kept), block), out);
        R::needs(&now.rest(), &mut stocks.1, groups, kept, out, block);
    }

    #[inline(always)]
    fn apply(
        now: &All<'_, Self>,
        stocks: &mut Self::Stocks,
        groups: &mut Groups,
        kept: &Kept,
        funded: &Funded,
        out: &mut Sums,
        block: &Range<usize>,
    ) {
        R::apply(&now.rest(), &mut stocks.1, groups, kept, funded, out, block);
        let own = OwnFunded::new(funded, kept, C::COMPONENT, groups.first);
        C::apply(&now.head(), &mut stocks.0.block(groups, None, block), &own, out);
    }

    fn strike(
        now: &All<'_, Self>,
        stocks: &mut Self::Stocks,
        groups: &mut Groups,
        out: &mut Sums,
        block: &Range<usize>,
    ) {
        R::strike(&now.rest(), &mut stocks.1, groups, out, block);
        let Some(of) = C::LOST else { return };
        let now = now.head();
        let Year { model, p, t, .. } = now.year;
        let mut part = stocks.0.block(groups, None, block);
        let mut flow = now.flow(out);
        for at in part.fours() {
            let four = part.first + at;
            let lost = shocks::lost(model, p, t, four, of);
            flow.bin(now.bins[four]);
            flow.add(1, C::strike(&now, &mut part, at, lost));
        }
    }

    fn national(now: &All<'_, Self>, kept: &Kept, funded: &Funded, fours: &Range<usize>, paid: &mut [f64; CELLS]) {
        R::national(&now.rest(), kept, funded, fours, paid);
        let now = now.head();
        for need in Need::ALL {
            let share = OwnFunded::new(funded, kept, C::COMPONENT, fours.start).of(*need);
            let paid = &mut paid[Cell::of(C::COMPONENT, *need).index()];
            if let Some(share) = share.for_all() {
                *paid = share;
            } else {
                let parts = fours
                    .clone()
                    .filter_map(|four| Some((C::national(&now, *need, four)?, four)));
                *paid += parts.map(|(part, four)| sum(part * share.at(four))).sum::<f64>();
            }
        }
    }

    #[inline(always)]
    fn close(
        now: &All<'_, Self>,
        stocks: &mut Self::Stocks,
        groups: &mut Groups,
        out: &mut Sums,
        block: &Range<usize>,
    ) {
        R::close(&now.rest(), &mut stocks.1, groups, out, block);
        if C::STOCK.is_none() {
            return;
        }
        let now = now.head();
        let part = stocks.0.block(groups, None, block);
        let mut closing = out.closing(now.year.t, now.stock);
        for at in part.fours() {
            let four = part.first + at;
            let level = now.year.model.level_of_four(four);
            closing.bin(now.bins[four]);
            closing.add(0, C::closing(&now, &part.s[at], &part.here[at], level));
        }
    }

    fn ahead(
        now: &All<'_, Self>,
        stocks: &mut Self::Stocks,
        groups: &mut Groups,
        out: &mut Sums,
        block: &Range<usize>,
    ) {
        R::ahead(&now.rest(), &mut stocks.1, groups, out, block);
        let now = now.head();
        let part = stocks.0.block(groups, None, block);
        let mut sums = out.ahead.tally::<2>(0, 2 * component_index(C::COMPONENT));
        for at in part.fours() {
            sums.bin(now.bins[part.first + at]);
            sums.add_all(C::ahead(&now, &part, at));
        }
    }

    fn shares_of_others(year: &Year<'_>, see: &mut dyn FnMut(Component, &[f64])) {
        C::shares_of_others(year, &mut |shares| see(C::COMPONENT, shares));
        R::shares_of_others(year, see);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upkeep_and_what_only_pays_people_is_recurrent_and_what_is_bought_is_capital() {
        for component in Component::ALL {
            for need in Need::ALL {
                let people = matches!(component.name(), "training" | "support" | "governance" | "management");
                let recurrent = people || *need == Need::Upkeep;
                assert_eq!(
                    nature_of(*component, *need) == Nature::Recurrent,
                    recurrent,
                    "{component:?} {need:?}"
                );
            }
        }
    }

    #[test]
    fn lines_stand_component_by_component_in_the_order_of_the_words_and_taxes_last() {
        let mut at = 0;
        for (index, component) in Component::ALL.iter().enumerate() {
            assert_eq!(DECLARED[index].component, *component);
            for line in DECLARED[index].lines {
                assert_eq!((line.component, LINES[at]), (*component, *line));
                at += 1;
            }
        }
        assert!(LINES[at..].iter().all(|line| line.unit == "usd_of_imports"));
        assert_eq!(LINES.len(), at + 2 * TAXED.len());
    }
}
