//! What is summed over groups, year by year: quantities, amounts, services, flows.

use std::ops::Range;

use super::kept::{KEEPING, KEPT, Parts};
use super::lanes::{LANES, Lanes, ZERO, sum};
use super::school_cells::SHOWN;
use super::{CELLS, COMPONENT_COUNT, Cell, component_index};
use crate::scenario::person::Person;
use crate::scenario::{Component, Need};

/// Sums over the groups of a bin. Shares are obtained by dividing one by another.
pub mod stat {
    /// Learners.
    pub const LEARNERS: usize = 0;
    /// Schools.
    pub const SCHOOLS: usize = 1;
    /// Teachers.
    pub const TEACHERS: usize = 2;
    /// Schools with power in service.
    pub const POWERED: usize = 3;
    /// Schools with a link in service.
    pub const LINKED: usize = 4;
    /// Schools with a link, powered or not.
    pub const LINKED_RAW: usize = 5;
    /// Schools with devices in service.
    pub const EQUIPPED: usize = 6;
    /// Ready teachers.
    pub const READY: usize = 7;
    /// Teachers at knowledge acquisition or above.
    pub const ACQUISITION: usize = 8;
    /// Learners reached.
    pub const REACHED: usize = 9;
    /// Learners in full-dose equivalents.
    pub const DOSE: usize = 10;
    /// The same for what works without the link.
    pub const DOSE_OFFLINE: usize = 11;
    /// Devices in working order in powered schools.
    pub(crate) const DEVICES: usize = 12;
    /// Devices with a link.
    pub(crate) const CONNECTED_DEVICES: usize = 13;
    /// Learners in equipped schools.
    pub(crate) const LEARNERS_EQUIPPED: usize = 14;
    /// Learners in connected schools.
    pub(crate) const LEARNERS_LINKED: usize = 15;
    /// Learners in schools with devices and a link.
    pub(crate) const LEARNERS_CONNECTED_DEVICES: usize = 16;
    /// Schools that had power, link and devices in service and have them no more.
    pub const DARK: usize = 17;
    /// Equipped schools, in service or not.
    pub const EQUIPPED_STOCK: usize = 18;
    /// Schools that had all three in service at their best before.
    pub const BEST: usize = 19;
    /// Learners in full-dose equivalents of what works on the learning platform, as far as systems serve them.
    pub const DOSE_PLATFORM: usize = 20;
    /// Schools that have power, link and devices in service, counted down below half of their best devices.
    pub const LIT: usize = 21;
    /// Learners of the schools that had all three in service and have them no more.
    pub const DARK_LEARNERS: usize = 22;
    /// Schools adapted.
    pub const ADAPTED: usize = 23;
    /// Learners with a difficulty.
    pub const DIFFICULTY: usize = 24;
    /// Those of them who have what they need.
    pub const PROVIDED: usize = 25;
    /// Girls.
    pub const GIRLS: usize = 26;
    /// Those of them who are in gender-responsive programmes.
    pub const GIRLS_PROGRAMME: usize = 27;
    /// Learners in full doses of practice with devices, whatever the content.
    pub const PRACTICE: usize = 28;
    /// The same of girls.
    pub const PRACTICE_GIRLS: usize = 29;
    /// Learners who practise with devices at all.
    pub const PRACTISE: usize = 30;
    /// Girls who do.
    pub const PRACTISE_GIRLS: usize = 31;
    /// Number of sums that access fills; components fill the rest.
    pub(crate) const OF_ACCESS: usize = 32;
    /// First of the sums over classes of modes of learning: learners who are to work in a class, and those for whom it is
    /// paid.
    pub(crate) const MODES: usize = OF_ACCESS;
    /// Number of these.
    pub(crate) const MODE_ROWS: usize = 2 * crate::model::schooling::CLASSES;
    /// First of the sums over courses out of school: learners by audience (children, youth, adults), those of them who complete, those
    /// with a recognised certificate, those in technical and vocational courses.
    pub(crate) const LIFELONG: usize = MODES + MODE_ROWS;
    /// First of those who complete, by audience.
    pub(crate) const LIFELONG_COMPLETED: usize = LIFELONG + 3;
    /// With a recognised certificate.
    pub(crate) const LIFELONG_CERTIFIED: usize = LIFELONG + 6;
    /// In technical and vocational courses.
    pub(crate) const LIFELONG_VOCATIONAL: usize = LIFELONG + 7;
    /// Number of these.
    pub(crate) const LIFELONG_ROWS: usize = 8;
    /// Number of sums.
    pub const COUNT: usize = LIFELONG + LIFELONG_ROWS;
}

/// Sums over the groups in which shocks close schools.
pub(crate) mod shut {
    /// Doses of a year's end, online, offline and on the platform, that closures of the year take.
    pub const DOSES: usize = 0;
    /// The same that closures of the year after take.
    pub const DOSES_NEXT: usize = 3;
    /// Learners of schools that are closed for some time.
    pub const LEARNERS: usize = 6;
    /// Learner-months for which schools are closed.
    pub const MONTHS: usize = 7;
    /// The same of learners who cannot go on with what they have at home at the end of the year.
    pub const STOPPED: usize = 8;
    /// Both of closures of the year after, of learners of this year.
    pub const MONTHS_NEXT: usize = 9;
    pub const STOPPED_NEXT: usize = 10;
    /// Doses of practice that closures of the year take.
    pub const PRACTICE: usize = 11;
    /// The same that closures of the year after take.
    pub const PRACTICE_NEXT: usize = 12;
    /// Number of sums.
    pub const COUNT: usize = 13;
}

/// Sums over the groups of who can go on at home, and of closed schools by margin of learners.
pub(crate) mod at_home {
    use super::MARGINS;
    use crate::scenario::person::Person;

    /// Learners who can go on at home.
    pub const GO_ON: usize = 0;
    /// What is summed of each margin: the same; learner-months for which schools are closed and those of learners who cannot go on,
    /// in this year and in closures of the year after.
    pub const OF_PERSON: usize = 5;
    /// Number of sums.
    pub const COUNT: usize = 1 + OF_PERSON * MARGINS;

    /// First row of a margin.
    pub const fn of(person: Person) -> usize {
        1 + person.position() * OF_PERSON
    }

    /// Row of the time for which schools are closed to a margin, in this year or in closures of the year after.
    pub const fn closed(person: Person, next: bool) -> usize {
        of(person) + if next { 3 } else { 1 }
    }

    /// The same of learners who cannot go on.
    pub const fn stopped(person: Person, next: bool) -> usize {
        closed(person, next) + 1
    }
}

/// Learners that would be reached if some parts of reach were everywhere: a set of parts is a number, a bit a part.
pub(crate) mod everywhere {
    /// Power, link, devices; as in the cells.
    pub const THINGS: usize = 8;
    /// Ready teachers.
    pub const TEACHERS: usize = 8;
    /// Hours of a working device.
    pub const HOURS: usize = 16;
    /// Networks inside the school.
    pub const NETWORKS: usize = 32;
    /// Number of parts.
    pub const PARTS: usize = 6;
    /// Number of sets of parts.
    pub const COUNT: usize = 1 << PARTS;
}

/// Rows of the cells that are shown: schools of each, then learners of each.
pub(crate) const TOGETHER_ROWS: usize = 2 * SHOWN.len();

/// Number of margins of learners.
pub(crate) const MARGINS: usize = Person::ALL.len();

/// What is summed of the learners of a margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfPersons {
    /// Learners.
    Learners,
    /// Learners reached.
    Reached,
    /// Learners in full-dose equivalents.
    Dose,
    /// The same of what needs no link.
    DoseOffline,
    /// The same of what needs the platform.
    DosePlatform,
}

impl OfPersons {
    /// Number of sums.
    pub(super) const COUNT: usize = 5;

    /// Row of a margin in [`Sums::persons`].
    #[inline(always)]
    pub(super) const fn of(self, person: Person) -> usize {
        person.position() * Self::COUNT + self as usize
    }
}

/// What a run keeps beside the results of each level; each is asked for by its own name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Results by region and locality, money among them.
    pub places: bool,
    /// Who is reached, by sex, wealth fifth and disability; with places also by locality.
    pub persons: bool,
    /// What came into each stock, what left it, what stands and what stands together, and what holds reach back.
    pub stocks: bool,
}

impl Detail {
    /// By level alone: what the scoreboard, a fan and a study need.
    pub const TOTALS: Self = Self {
        places: false,
        persons: false,
        stocks: false,
    };
    /// Everything.
    pub const FULL: Self = Self {
        places: true,
        persons: true,
        stocks: true,
    };

    /// Places as well.
    #[must_use]
    pub const fn with_places(self) -> Self {
        Self { places: true, ..self }
    }

    /// Persons as well.
    #[must_use]
    pub const fn with_persons(self) -> Self {
        Self { persons: true, ..self }
    }
}

/// A place of which sums are kept, counted in the order of [`Model::cuts`](super::Model::cuts) where places are told apart, in
/// the order of the levels where they are not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bin(u32);

impl Bin {
    /// The bin at a position.
    #[inline(always)]
    pub(super) fn at(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The first of so many bins and those after it.
    pub(super) fn all(count: usize) -> impl Iterator<Item = Self> + Clone {
        (0..count).map(Self::at)
    }

    /// Its place among all.
    #[inline(always)]
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Rows of sums by year: `[t][row][bin]`, of all bins or of some that follow one another.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: usize,
    first: usize,
    bins: usize,
    /// Whether what is summed is written down.
    kept: bool,
    data: Vec<f64>,
}

impl Table {
    fn new(years: usize, rows: usize, bins: &Range<usize>) -> Self {
        Self {
            rows,
            first: bins.start,
            bins: bins.len(),
            kept: true,
            data: vec![0.0; years * rows * bins.len()],
        }
    }

    /// One sum; nothing of a bin that is not here.
    #[inline]
    #[must_use]
    pub fn get(&self, t: usize, row: usize, bin: Bin) -> f64 {
        let here = bin.index().wrapping_sub(self.first);
        if here < self.bins {
            self.data[(t * self.rows + row) * self.bins + here]
        } else {
            0.0
        }
    }

    /// A row: one sum a bin that is here.
    #[must_use]
    pub fn row(&self, t: usize, row: usize) -> &[f64] {
        let at = (t * self.rows + row) * self.bins;
        &self.data[at..at + self.bins]
    }

    /// All rows of a year; none if the table is not kept.
    fn year(&self, t: usize) -> &[f64] {
        let size = self.rows * self.bins;
        self.data.get(t * size..(t + 1) * size).unwrap_or_default()
    }

    /// A row of the bins that are here, to be written.
    pub(crate) fn row_mut(&mut self, t: usize, row: usize) -> &mut [f64] {
        let at = (t * self.rows + row) * self.bins;
        &mut self.data[at..at + self.bins]
    }

    /// Sums into `N` rows from `first` on; goes nowhere if the table is not kept.
    #[inline(always)]
    pub(crate) fn tally<const N: usize>(&mut self, t: usize, first: usize) -> Tally<'_, N> {
        let at = (t * self.rows + first) * self.bins;
        let rows = if self.is_kept() {
            &mut self.data[at..at + N * self.bins]
        } else {
            &mut []
        };
        Tally {
            rows,
            first: self.first,
            bins: self.bins,
            now: [Bin::at(self.first); LANES],
            sums: [ZERO; N],
        }
    }

    /// Whether what is summed is written down here.
    #[inline]
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.kept && !self.data.is_empty()
    }

    /// Adds a table of some of the bins.
    fn add(&mut self, part: &Self) {
        if self.data.is_empty() || !part.kept {
            return;
        }
        let at = part.first - self.first;
        let rows = self
            .data
            .chunks_exact_mut(self.bins)
            .zip(part.data.chunks_exact(part.bins));
        for (sums, parts) in rows {
            for (sum, part) in sums[at..].iter_mut().zip(parts) {
                *sum += part;
            }
        }
    }

    /// Whether both hold the same rows of the same bins.
    fn is_like(&self, other: &Self) -> bool {
        (self.first, self.bins, self.data.len()) == (other.first, other.bins, other.data.len())
    }
}

/// Sums in the making: held while groups of the same bins follow one another.
pub struct Tally<'a, const N: usize> {
    rows: &'a mut [f64],
    first: usize,
    bins: usize,
    now: [Bin; LANES],
    sums: [Lanes; N],
}

impl<const N: usize> Tally<'_, N> {
    /// Goes on with the bins of the next four groups.
    #[inline(always)]
    pub fn bin(&mut self, bins: [Bin; LANES]) {
        if bins != self.now {
            self.flush();
            self.now = bins;
        }
    }

    /// Adds to one row, counted from the first.
    #[inline(always)]
    pub fn add(&mut self, row: usize, value: Lanes) {
        self.sums[row] += value;
    }

    /// Adds to all rows.
    #[inline(always)]
    pub(crate) fn add_all(&mut self, values: [Lanes; N]) {
        for row in 0..N {
            self.sums[row] += values[row];
        }
    }

    fn flush(&mut self) {
        if self.rows.is_empty() {
            return;
        }
        let [first, rest @ ..] = self.now;
        let alike = rest.iter().all(|bin| *bin == first);
        for (row, lanes) in self.sums.iter_mut().enumerate() {
            // Of the bins that are here, `at` is the place of what would be bin 0.
            let at = (row * self.bins).wrapping_sub(self.first);
            if alike {
                self.rows[at.wrapping_add(first.index())] += sum(*lanes);
            } else {
                for (bin, value) in self.now.iter().zip(lanes.into_arr()) {
                    self.rows[at.wrapping_add(bin.index())] += value;
                }
            }
            *lanes = ZERO;
        }
    }
}

impl<const N: usize> Drop for Tally<'_, N> {
    fn drop(&mut self) {
        self.flush();
    }
}

/// What a component needs, in the making.
pub struct Amounts<'a> {
    needed: Tally<'a, 3>,
    kept: Tally<'a, { PARTS * KEEPING }>,
}

impl Amounts<'_> {
    /// Adds what four groups need, parts of what stands of which it is upkeep and renewal, and how much stands.
    #[inline(always)]
    pub(super) fn add(
        &mut self,
        bins: [Bin; LANES],
        needed: [Lanes; 3],
        parts: [Parts; KEEPING],
        stands: [Lanes; KEEPING],
    ) {
        self.needed.bin(bins);
        self.needed.add_all(needed);
        self.kept.bin(bins);
        let of = |need: usize| {
            let Parts { first, reaching } = parts[need];
            [first * needed[need], first * stands[need], reaching * needed[need]]
        };
        let (upkeep, renewal) = (of(0), of(1));
        self.kept
            .add_all([upkeep[0], renewal[0], upkeep[1], renewal[1], upkeep[2], renewal[2]]);
    }
}

/// What is summed of the parts of what stands.
const PARTS: usize = 3;

/// Row of what upkeep or renewal of a component costs of things that would stand without a plan (part 0), of how much would
/// (part 1), and of what it costs of what else serves whom the plan reaches (part 2).
pub(crate) const fn kept_row(component: usize, need: usize, part: usize) -> usize {
    component * PARTS * KEEPING + part * KEEPING + need
}

/// All that a pass sums over groups.
#[derive(Clone, Debug)]
pub struct Sums {
    /// Quantity by cost line.
    pub quantity: Table,
    /// Amount needed by cell, constant US$.
    pub need: Table,
    /// What upkeep and renewal cost by part of what stands, see [`kept_row`].
    pub kept: Table,
    /// What replacing what stands costs a year in the long run and what of it is not used up, by component, in the year after
    /// the last; kept where that is asked for.
    pub ahead: Table,
    /// Services, see [`stat`].
    pub stats: Table,
    /// What came into each stock, what left it and what stands at the end, where that is asked for.
    pub stocks: Table,
    /// Learners, reached and dose by margin, where that is asked for; see [`OfPersons`].
    pub persons: Table,
    /// Schools and learners by what stands together, where that is asked for.
    pub(crate) together: Table,
    /// Learners reached if some parts were everywhere, where that is asked for; see [`everywhere`].
    pub(crate) everywhere: Table,
    /// Closed schools, where shocks close any; see [`shut`].
    pub(crate) shut: Table,
    /// Who can go on at home, where that is asked; see [`at_home`].
    pub(crate) at_home: Table,
}

impl Sums {
    /// Room for years and bins that follow one another, for so many cost lines and stocks, for closed schools and for who can go on at home.
    #[must_use]
    pub fn new(
        years: usize,
        bins: &Range<usize>,
        detail: Detail,
        [lines, stocks]: [usize; 2],
        [closes, homes]: [bool; 2],
    ) -> Self {
        let kept = |asked: bool, rows| {
            if asked {
                Table::new(years, rows, bins)
            } else {
                Table::default()
            }
        };
        Self {
            quantity: Table::new(years, lines, bins),
            need: Table::new(years, CELLS, bins),
            kept: Table::new(years, PARTS * KEPT, bins),
            ahead: Table::new(1, 2 * COMPONENT_COUNT, bins),
            stats: Table::new(years, stat::COUNT, bins),
            stocks: kept(detail.stocks, stocks * 3),
            persons: kept(detail.persons, MARGINS * OfPersons::COUNT),
            together: kept(detail.stocks, TOGETHER_ROWS),
            everywhere: kept(detail.stocks, everywhere::COUNT),
            shut: kept(closes, shut::COUNT),
            at_home: kept(homes, at_home::COUNT),
        }
    }

    /// Gives back the room for persons, stocks and what stands together.
    pub(super) fn forget_persons_and_stocks(&mut self) {
        for table in [&mut self.stocks, &mut self.persons, &mut self.together] {
            *table = Table::default();
        }
    }

    /// Keeps quantities and who is reached, with what holds reach back where that is asked for.
    pub(super) fn keep_quantities_and_reach(&mut self, years: usize, lacking: bool) {
        self.forget_persons_and_stocks();
        if lacking {
            let first = self.need.first;
            self.everywhere = Table::new(years, everywhere::COUNT, &(first..first + self.need.bins));
        }
        (self.need, self.kept) = (Table::default(), Table::default());
    }

    /// Whether persons, stocks, what stands together and what holds back are written down.
    pub(super) fn kept(&self) -> [bool; 4] {
        [&self.persons, &self.stocks, &self.together, &self.everywhere].map(Table::is_kept)
    }

    /// Whether from here on they are written down, where there is room for them.
    pub(super) fn keep(&mut self, kept: [bool; 4]) {
        let tables = [
            &mut self.persons,
            &mut self.stocks,
            &mut self.together,
            &mut self.everywhere,
        ];
        for (table, kept) in tables.into_iter().zip(kept) {
            table.kept = kept;
        }
    }

    /// The bins that are summed here.
    pub(crate) fn bins(&self) -> impl Iterator<Item = Bin> + use<> {
        let first = self.need.first;
        (first..first + self.need.bins).map(Bin::at)
    }

    /// Whether both have room for the same.
    #[must_use]
    pub(crate) fn is_like(&mut self, other: &mut Self) -> bool {
        let others = other.tables();
        self.tables()
            .iter()
            .zip(others)
            .all(|(table, other)| table.is_like(other))
    }

    /// Whether all sums of a year are numbers.
    pub(super) fn are_finite(&self, t: usize) -> bool {
        self.all()
            .iter()
            .all(|table| table.year(t).iter().all(|sum| sum.is_finite()))
    }

    fn tables(&mut self) -> [&mut Table; 11] {
        [
            &mut self.quantity,
            &mut self.need,
            &mut self.kept,
            &mut self.ahead,
            &mut self.stats,
            &mut self.stocks,
            &mut self.persons,
            &mut self.together,
            &mut self.everywhere,
            &mut self.shut,
            &mut self.at_home,
        ]
    }

    fn all(&self) -> [&Table; 11] {
        [
            &self.quantity,
            &self.need,
            &self.kept,
            &self.ahead,
            &self.stats,
            &self.stocks,
            &self.persons,
            &self.together,
            &self.everywhere,
            &self.shut,
            &self.at_home,
        ]
    }

    /// Empties all tables.
    pub fn clear(&mut self) {
        for table in self.tables() {
            table.data.fill(0.0);
        }
    }

    /// Adds another part of the groups.
    pub fn add(&mut self, other: &Self) {
        for (table, other) in self.tables().into_iter().zip(other.all()) {
            table.add(other);
        }
    }

    /// Quantities of `N` cost lines and the amounts of a component, to be summed.
    #[inline(always)]
    pub fn component<const N: usize>(
        &mut self,
        t: usize,
        component: Component,
        first_line: usize,
    ) -> (Tally<'_, N>, Amounts<'_>) {
        (
            self.quantity.tally(t, first_line),
            Amounts {
                needed: self.need.tally(t, Cell::of(component, Need::ALL[0]).index()),
                kept: self.kept.tally(t, kept_row(component_index(component), 0, 0)),
            },
        )
    }

    /// What came into a stock and what left it, to be summed.
    #[inline(always)]
    pub fn flow(&mut self, t: usize, stock: usize) -> Tally<'_, 2> {
        self.stocks.tally(t, stock * 3)
    }

    /// The same, and learners in each class of modes of learning.
    #[inline(always)]
    pub fn flow_and_modes(&mut self, t: usize, stock: usize) -> (Tally<'_, 2>, Tally<'_, { stat::MODE_ROWS }>) {
        (self.stocks.tally(t, stock * 3), self.stats.tally(t, stat::MODES))
    }

    /// The same, and learners in courses out of school.
    #[inline(always)]
    pub fn flow_and_lifelong(&mut self, t: usize, stock: usize) -> (Tally<'_, 2>, Tally<'_, { stat::LIFELONG_ROWS }>) {
        (self.stocks.tally(t, stock * 3), self.stats.tally(t, stat::LIFELONG))
    }

    /// What stands of a stock at the end of the year, to be summed.
    #[inline(always)]
    pub fn closing(&mut self, t: usize, stock: usize) -> Tally<'_, 1> {
        self.stocks.tally(t, stock * 3 + 2)
    }
}
