//! The tables of a run, as CSV: tidy, UTF-8, points for decimals, one header row, every digit of every number.
//!
//! An empty cell means "all" or "does not apply". The same scenario gives the same bytes.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use super::uis;
use crate::data::COMMIT;
use crate::data::store::{self, Opened, SaveError};
use crate::model::funding;
use crate::model::funding::debt::{CONCESSIONAL, Repayment, UNIFIED_RATE, dac};
use crate::model::funding::source::SourceId;
use crate::model::{Model, Trajectory, ledger, measures};
use crate::scenario::person::{Dimension, Person};
use crate::scenario::price_basis::PriceBasis;
use crate::scenario::write::quote;
use crate::scenario::{Component, Level, Locality};
use crate::study::donors::{self, DarkAfter};
use crate::units::NominalUsd;

/// Which run the tables are of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// SHA-256 of the scenario file.
    pub scenario: String,
    /// SHA-256 of the country file; empty where the country stands in the scenario.
    pub country: String,
    /// SHA-256 of the embedded data, or `none`.
    pub data: String,
    /// Seed of random draws; a single run has none and says 0.
    pub seed: u64,
}

impl About {
    /// A run of an opened file.
    #[must_use]
    pub fn of(opened: &Opened) -> Self {
        Self {
            scenario: opened.hash.clone(),
            country: opened.country_hash.clone(),
            data: store::data_hash(),
            seed: 0,
        }
    }
}

/// A function that writes a table.
pub type WriteTable = fn(&Trajectory, &mut Table<'_>);

/// Name of each table and the function that writes it.
pub const TABLES: &[(&str, WriteTable)] = &[
    ("indicators.csv", indicators),
    ("uis.csv", uis::write),
    ("costs.csv", costs),
    ("funding.csv", funding),
    ("sources.csv", sources),
    ("debt.csv", debt),
    ("terms.csv", terms),
    ("donors.csv", donors),
    ("stocks.csv", stocks),
    ("places.csv", places),
    ("ahead.csv", ahead),
];

/// A table as bytes.
#[must_use]
pub fn bytes(write: WriteTable, run: &Trajectory) -> Vec<u8> {
    in_memory(|table| write(run, table))
}

/// The file that tells which run the tables are of.
pub const MARK: &str = "run.ron";

/// Writes all tables and `run.ron` into a folder, which is made if need be. `step` hears the name of each file before
/// it is written.
///
/// # Errors
/// [`SaveError`] at the first file that cannot be written; the ones before it stand.
pub fn write(run: &Trajectory, about: &About, folder: &Path, step: &mut dyn FnMut(&str)) -> Result<(), SaveError> {
    store::make_folder(folder)?;
    let step = RefCell::new(step);
    let tables = TABLES.iter().map(|(name, table)| (*name, Some(*table)));
    let files = tables.chain([(MARK, None)]).enumerate().map(|(place, (name, table))| {
        let step = &step;
        let content = move |out: &mut dyn Write| {
            step.borrow_mut()(&format!("{name} ({} of {})", place + 1, TABLES.len() + 1));
            let Some(table) = table else {
                return out.write_all(run_ron(run, about).as_bytes());
            };
            let mut rows = Table::onto(out);
            table(run, &mut rows);
            rows.finish()
        };
        (folder.join(name), content)
    });
    store::save_written(files)
}

/// What was run: enough to do it again and to see whether anything differs.
#[must_use]
pub(crate) fn run_ron(run: &Trajectory, about: &About) -> String {
    let scenario = &run.model.scenario;
    let without: Vec<&str> = scenario
        .country
        .levels_left_out()
        .into_iter()
        .map(Level::name)
        .collect();
    format!(
        "(\n    program: \"rollcall\",\n    version: {},\n    commit: {},\n    title: {},\n    country: {},\n    without: {},\n    scenario_sha256: {},\n    country_sha256: {},\n    data_sha256: {},\n    seed: {},\n)\n",
        quote(env!("CARGO_PKG_VERSION")),
        quote(COMMIT),
        quote(&scenario.title),
        quote(&scenario.country.iso3),
        quote(&without.join(", ")),
        quote(&about.scenario),
        quote(&about.country),
        quote(&about.data),
        about.seed,
    )
}

/// A table that is being written. What goes wrong is told at the end.
pub struct Table<'a> {
    rows: csv::Writer<&'a mut dyn Write>,
    so_far: csv::Result<()>,
}

impl<'a> Table<'a> {
    fn onto(out: &'a mut dyn Write) -> Self {
        Self {
            rows: csv::WriterBuilder::new().from_writer(out),
            so_far: Ok(()),
        }
    }

    pub(super) fn header(&mut self, header: &str) {
        self.row(header.split(','));
    }

    pub(super) fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for cell in cells {
            if self.so_far.is_ok() {
                self.so_far = self.rows.write_field(harmless(cell.as_ref()).as_ref());
            }
        }
        if self.so_far.is_ok() {
            self.so_far = self.rows.write_record(None::<&[u8]>);
        }
    }

    fn finish(mut self) -> io::Result<()> {
        self.so_far?;
        self.rows.flush()
    }
}

/// A table as bytes.
pub(super) fn in_memory(write: impl FnOnce(&mut Table<'_>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut table = Table::onto(&mut bytes);
    write(&mut table);
    table.finish().expect("writing to memory, rows of one length");
    bytes
}

/// A cell that a spreadsheet shows as text where it would take it for a formula: names come out of any file. A
/// spreadsheet that splits rows at `;` or tabulators, as one with decimal commas does, begins cells there too. Numbers,
/// negative ones too, stay as they are.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    const SPLITS: [char; 4] = [';', '\t', '\r', '\n'];
    let is_formula = |part: &str| part.trim_start_matches(['"', ' ']).starts_with(SIGNS);
    let starts = is_formula(text) || text.starts_with(['\t', '\r', '\n']);
    if !(starts || text.contains(SPLITS)) || text.parse::<f64>().is_ok() {
        return Cow::Borrowed(text);
    }
    let (mut safe, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(SPLITS) {
        let (cell, after) = rest.split_at(at + 1);
        safe.push_str(cell);
        if is_formula(after) {
            safe.push('\'');
        }
        rest = after;
    }
    safe.push_str(rest);
    if starts {
        safe.insert(0, '\'');
    }
    Cow::Owned(safe)
}

/// A number with every digit it has; empty if there is none.
pub(super) fn number(value: f64) -> String {
    // Adding zero turns minus zero into zero.
    if value.is_finite() {
        format!("{}", value + 0.0)
    } else {
        String::new()
    }
}

pub(super) fn text(value: impl Display) -> String {
    value.to_string()
}

fn place(level: Level, region: &str, locality: Locality) -> [String; 3] {
    [text(level), region.into(), text(locality)]
}

/// `indicators.csv`.
pub fn indicators(run: &Trajectory, table: &mut Table<'_>) {
    table.header("year,indicator,level,region,locality,sex,wealth,disability,value,unit");
    measures::each_row(run, &mut |row| {
        let scope = row.scope;
        let [sex, wealth, disability] = [Dimension::Sex, Dimension::Wealth, Dimension::Disability].map(|dimension| {
            let person = scope.person.filter(|person| person.dimension() == dimension);
            person.map_or("", Person::name)
        });
        table.row([
            &*row.year.map_or_else(String::new, text),
            &row.indicator.code(),
            scope.level.map_or("", Level::name),
            scope.region.unwrap_or_default(),
            scope.locality.map_or("", Locality::name),
            sex,
            wealth,
            disability,
            &row.value.map_or_else(String::new, number),
            row.indicator.unit().name(),
        ]);
    });
}

/// `costs.csv`: the plan run; what the run without a plan costs too is `existing`.
pub fn costs(run: &Trajectory, table: &mut Table<'_>) {
    table.header(
        "year,component,category,nature,need,layer,level,region,locality,quantity,unit,unit_price_usd,amount_usd,\
         pillar,tier,phase,dimension",
    );
    for row in ledger::costs(run) {
        let [level, region, locality] = place(row.level, row.region, row.locality);
        table.row([
            text(row.year),
            text(row.line.component),
            row.line.category.into(),
            text(row.line.nature),
            text(row.line.need),
            (if row.existing { "existing" } else { "plan" }).into(),
            level,
            region,
            locality,
            number(row.quantity),
            row.line.unit.into(),
            number(row.price),
            number(row.amount().0),
            text(row.line.view.pillar),
            text(row.line.view.tier),
            text(row.line.phase()),
            text(row.line.view.dimension),
        ]);
    }
}

/// `funding.csv`: who pays each cost; the source `unfunded` is the gap.
pub fn funding(run: &Trajectory, table: &mut Table<'_>) {
    table.header("year,source,component,category,nature,need,level,region,locality,amount_usd");
    for row in ledger::funding(run) {
        let [level, region, locality] = place(row.level, row.region, row.locality);
        table.row([
            text(row.year),
            row.source.into(),
            text(row.line.component),
            row.line.category.into(),
            text(row.line.nature),
            text(row.line.need),
            level,
            region,
            locality,
            number(row.amount.0),
        ]);
    }
}

/// `sources.csv`: what became of each source's money, constant US$.
pub fn sources(run: &Trajectory, table: &mut Table<'_>) {
    table.header(
        "year,source,available_usd,carried_in_usd,spent_usd,overhead_usd,returned_usd,lapsed_usd,carried_out_usd",
    );
    let money = &run.run.money;
    for t in 1..run.model.years {
        for s in money.ids() {
            let book = money.of(t, s);
            let amounts = [
                book.available,
                book.carried_in,
                book.spent,
                book.overhead,
                book.returned,
                book.lapsed,
                book.carried_out,
            ]
            .map(|amount| number(amount.0));
            table.row(
                [text(run.model.calendar(t)), ledger::source_name(run, s).into()]
                    .into_iter()
                    .chain(amounts),
            );
        }
    }
}

/// `debt.csv`: loans, nominal US$; the rate by which the money of each becomes dollars, and what is paid in the country's own.
pub fn debt(run: &Trajectory, table: &mut Table<'_>) {
    table.header(
        "year,source,disbursed_usd,principal_usd,interest_usd,fees_usd,outstanding_usd,currency,units_per_usd,service_local",
    );
    let money = &run.run.money;
    let basis = PriceBasis::of(&run.model.scenario);
    for t in 1..run.model.years {
        let local = basis
            .local_rate(run.model.calendar(t))
            .map_or(f64::NAN, |known| known.rate);
        for s in money.ids().skip(1) {
            if !funding::ask(&run.model, &run.parameters, s, |mechanism| mechanism.owes_at_all()) {
                continue;
            }
            let debt = money.owed(t, s);
            let amounts = [
                debt.disbursed,
                debt.principal,
                debt.interest,
                debt.fees,
                debt.outstanding,
            ]
            .map(|amount| number(amount.0));
            let source = s.place().map(|place| &run.model.scenario.funding.sources[place]);
            let currency = source.map_or("", |source| basis.code_of(&source.currency.0));
            let rates = [
                money.own.rate(&run.model, t, s, &money.outlook),
                debt.service().0 * local,
            ]
            .map(number);
            table.row(
                [text(run.model.calendar(t)), ledger::source_name(run, s).into()]
                    .into_iter()
                    .chain(amounts)
                    .chain([currency.to_owned()])
                    .chain(rates),
            );
        }
    }
}

/// `terms.csv`: what a donor offers, on equal terms. Sources of the country's own have no face value and no grant element.
pub fn terms(run: &Trajectory, table: &mut Table<'_>) {
    table.header(
        "source,kind,face_usd,grant_element_5pct,grant_element_dac,grant_equivalent_usd,maturity_years,grace_years,rate,\
         concessional,dac_concessional,owed_usd",
    );
    let (model, p) = (&run.model, &run.parameters);
    let group = Model::number(p, model.slots.country.economy.dac_discount);
    for (index, source) in model.scenario.funding.sources.iter().enumerate() {
        let id = SourceId::listed(index);
        let until = funding::until(model, p, id).unwrap_or(usize::MAX);
        let dollars = |own: NominalUsd| run.run.money.own.promised(id, own).0;
        let cells = funding::ask(model, p, id, |mechanism| {
            let promised = mechanism.commitment();
            let face = promised.map_or(f64::NAN, |promised| dollars(promised.face));
            let released = promised.map_or(f64::NAN, |promised| dollars(promised.released_up_to(until)));
            let gift = |rate| mechanism.grant_element(rate).unwrap_or(f64::NAN);
            let repaid = |of: fn(&Repayment) -> f64| mechanism.repayment().map_or(f64::NAN, of);
            // Of what is no new debt it is not asked.
            let asked = mechanism.repayment().is_some() && mechanism.grant_element(UNIFIED_RATE).is_some();
            let test = |asked: bool, passed: bool| match (asked, passed) {
                (true, true) => "yes",
                (true, false) => "no",
                (false, _) => "",
            };
            let aid = mechanism.creditor().map(|creditor| dac(creditor, group));
            let here = gift(UNIFIED_RATE);
            let there = match aid {
                Some([discount, _]) => gift(discount),
                None if mechanism.repayment().is_some() => f64::NAN,
                None => here,
            };
            let numbers = [
                face,
                here,
                there,
                mechanism.grant_equivalent(group, until).map_or(f64::NAN, dollars),
                repaid(|of| of.maturity),
                repaid(|of| of.grace),
                repaid(|of| of.interest),
            ];
            let owed = repaid(|_| 1.0) * released * mechanism.present_value(UNIFIED_RATE).unwrap_or(f64::NAN);
            let tests = [
                test(asked, here >= CONCESSIONAL),
                test(aid.is_some(), aid.is_some_and(|[_, minimum]| there >= minimum)),
            ];
            numbers
                .into_iter()
                .map(number)
                .chain(tests.map(str::to_owned))
                .chain([number(owed)])
                .collect::<Vec<_>>()
        });
        table.row(
            [source.name.clone(), source.kind.name().into()]
                .into_iter()
                .chain(cells),
        );
    }
}

/// Where a year is asked for and none is dark.
const NEVER: &str = "never";

/// `donors.csv`: what each source pays for, what others put beside it, what it adds and what it leaves behind.
pub fn donors(run: &Trajectory, table: &mut Table<'_>) {
    table.header(
        "source,kind,paid_usd,overhead_usd,leverage,grant_equivalent_usd,first_year,last_year,reached,lays,poorest_share,\
         usd_per_reached,usd_per_lays,left_behind_usd,dark_after,dark_without",
    );
    let sources = &run.model.scenario.funding.sources;
    for (source, given) in sources.iter().zip(donors::given(run)) {
        let added = donors::added(run, &given);
        let known = |value: Option<f64>| value.map_or_else(String::new, number);
        let year = |year: Option<i32>| year.map_or_else(String::new, text);
        let dark_after = match added.dark_after {
            DarkAfter::NotKnown => String::new(),
            DarkAfter::Never => NEVER.into(),
            DarkAfter::Year(year) => text(year),
        };
        let each = |many: f64| known((many >= 1.0).then(|| given.paid / many));
        table.row([
            source.name.clone(),
            source.kind.name().into(),
            number(given.paid),
            number(given.overhead),
            known(given.leverage),
            known(given.grant_equivalent.map(|usd| usd.0)),
            year(given.years.map(|(first, _)| run.model.calendar(first))),
            year(given.years.map(|(_, last)| run.model.calendar(last))),
            number(added.reached),
            known(added.learning_years),
            known(added.poorest),
            each(added.reached),
            each(added.learning_years.unwrap_or(0.0)),
            known(added.left_behind),
            dark_after,
            added.dark_without.map_or_else(|| NEVER.into(), text),
        ]);
    }
}

/// `stocks.csv`: what stands, comes and goes. `kind` is empty where a stock is not told apart by kind.
pub fn stocks(run: &Trajectory, table: &mut Table<'_>) {
    table.header("year,stock,kind,level,region,locality,opening,in,out,closing,unit");
    for row in ledger::stocks(run) {
        let [level, region, locality] = place(row.level, row.region, row.locality);
        let [opening, into, out, closing] = [row.opening, row.into, row.out, row.closing].map(number);
        table.row([
            text(row.year),
            row.stock.into(),
            String::new(),
            level,
            region,
            locality,
            opening,
            into,
            out,
            closing,
            row.unit.into(),
        ]);
    }
}

/// `places.csv`: schools and learners by what stands together.
pub fn places(run: &Trajectory, table: &mut Table<'_>) {
    table.header("year,cell,level,region,locality,schools,learners");
    for row in ledger::places(run) {
        let [level, region, locality] = place(row.level, row.region, row.locality);
        let [schools, learners] = [row.schools, row.learners].map(number);
        table.row([
            text(row.year),
            row.cell.into(),
            level,
            region,
            locality,
            schools,
            learners,
        ]);
    }
}

/// `ahead.csv`: the bill after the last year, constant US$. Of this run (`paid`) and of the one in which all is
/// paid for (`in_full`). Debt service has a row a year; it is the plan's.
pub fn ahead(run: &Trajectory, table: &mut Table<'_>) {
    table.header("year,item,layer,component,amount_usd,run");
    let bill = run.ahead();
    let mut row = |run: &str, year: i32, item: &str, layer: usize, component: &str, amount: f64| {
        table.row([
            text(year),
            item.into(),
            ["existing", "plan"][layer].into(),
            component.to_owned(),
            number(amount),
            run.into(),
        ]);
    };
    // What a table's readers have known stands first.
    for (run, stands) in [("paid", &bill.paid), ("in_full", &bill.full)] {
        for (year, item, rows) in [
            (bill.year, "upkeep", &stands.upkeep),
            (bill.year, "renewal", &stands.renewal),
            (bill.year - 1, "value_left", &stands.left),
        ] {
            for (component, amounts) in Component::ALL.iter().zip(rows) {
                for (layer, amount) in amounts.iter().enumerate() {
                    if *amount != 0.0 {
                        row(run, year, item, layer, component.name(), *amount);
                    }
                }
            }
        }
    }
    for (year, service) in (bill.year..).zip(&bill.debt_service) {
        row("paid", year, "debt_service", 1, "", *service);
    }
    if !bill.debt_service.is_empty() {
        row("paid", bill.year - 1, "debt_service_pv", 1, "", bill.debt_present);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_name_is_a_formula_wherever_rows_are_split() {
        for (name, wanted) in [
            ("Dakar;=1+1", "Dakar;'=1+1"),
            ("a\t@b\n-c", "a\t'@b\n'-c"),
            ("=a; \"+b", "'=a;' \"+b"),
            ("Dakar; Thiès", "Dakar; Thiès"),
            ("Guinée-Bissau", "Guinée-Bissau"),
            ("-1.5", "-1.5"),
        ] {
            assert_eq!(harmless(name), wanted);
        }
    }

    #[test]
    fn numbers_keep_every_digit_and_unknown_ones_are_empty() {
        assert_eq!(number(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(number(-0.0), "0");
        assert_eq!(number(f64::NAN), "");
        assert_eq!(number(1e21), "1000000000000000000000");
    }
}
