//! The tables of a run, as CSV: tidy, UTF-8, points for decimals, one header row, every digit of every number.
//!
//! An empty cell means "all" or "does not apply". The same scenario gives the same bytes.

use std::borrow::Cow;
use std::fmt::Display;
use std::path::Path;

use crate::data::COMMIT;
use crate::data::store::{self, Opened, SaveError};
use crate::model::debt::Terms;
use crate::model::{Model, Trajectory, indicators, ledger};
use crate::scenario::write::quote;
use crate::scenario::{Level, Locality, SourceKind};

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

/// A function that makes a table.
pub type MakeTable = fn(&Trajectory) -> Vec<u8>;

/// Name of each table and the function that makes it.
pub const TABLES: &[(&str, MakeTable)] = &[
    ("indicators.csv", indicators),
    ("costs.csv", costs),
    ("funding.csv", funding),
    ("sources.csv", sources),
    ("debt.csv", debt),
    ("terms.csv", terms),
    ("stocks.csv", stocks),
];

/// The file that tells which run the tables are of.
pub const MARK: &str = "run.ron";

/// Writes all tables and `run.ron` into a folder, which is made if need be. `step` hears the name of each file before
/// it is written.
///
/// # Errors
/// [`SaveError`] at the first file that cannot be written; the ones before it stand.
pub fn write(run: &Trajectory, about: &About, folder: &Path, step: &mut dyn FnMut(&str)) -> Result<(), SaveError> {
    store::make_folder(folder)?;
    let mut files = Vec::new();
    for (name, table) in TABLES {
        step(name);
        files.push((folder.join(name), table(run)));
    }
    step(MARK);
    files.push((folder.join(MARK), run_ron(run, about).into_bytes()));
    store::save_all(files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())))
}

/// What was run: enough to do it again and to see whether anything differs.
#[must_use]
pub fn run_ron(run: &Trajectory, about: &About) -> String {
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

/// A table under construction.
pub(super) struct Table(csv::Writer<Vec<u8>>);

impl Table {
    pub(super) fn new(header: &str) -> Self {
        let mut table = Self::empty();
        table.row(header.split(','));
        table
    }

    /// A table whose header is its first row.
    pub(super) fn empty() -> Self {
        Self(csv::WriterBuilder::new().from_writer(Vec::new()))
    }

    pub(super) fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let told = "writing to memory, rows of one length";
        for cell in cells {
            self.0.write_field(harmless(cell.as_ref()).as_ref()).expect(told);
        }
        self.0.write_record(None::<&[u8]>).expect(told);
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect("writing to memory")
    }
}

/// A cell that a spreadsheet shows as text where it would take it for a formula: names come out of any file. Numbers,
/// negative ones too, stay as they are.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    let starts = text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ]);
    if starts && text.parse::<f64>().is_err() {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
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
#[must_use]
pub fn indicators(run: &Trajectory) -> Vec<u8> {
    let mut table = Table::new("year,indicator,level,region,locality,sex,wealth,disability,value,unit");
    for row in indicators::rows(run) {
        table.row([
            text(row.year),
            row.indicator,
            row.level.map_or_else(String::new, text),
            row.region.into(),
            row.locality.map_or_else(String::new, text),
            row.sex.into(),
            row.wealth.into(),
            row.disability.into(),
            number(row.value),
            text(row.unit),
        ]);
    }
    table.finish()
}

/// `costs.csv`: the plan run; what the run without a plan costs too is `existing`.
#[must_use]
pub fn costs(run: &Trajectory) -> Vec<u8> {
    let mut table = Table::new(
        "year,component,category,nature,need,layer,level,region,locality,quantity,unit,unit_price_usd,amount_usd",
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
            number(row.amount()),
        ]);
    }
    table.finish()
}

/// `funding.csv`: who pays each cost; the source `unfunded` is the gap.
#[must_use]
pub fn funding(run: &Trajectory) -> Vec<u8> {
    let mut table = Table::new("year,source,component,category,nature,need,level,region,locality,amount_usd");
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
            number(row.amount),
        ]);
    }
    table.finish()
}

/// `sources.csv`: what became of each source's money, constant US$.
#[must_use]
pub fn sources(run: &Trajectory) -> Vec<u8> {
    let mut table = Table::new(
        "year,source,available_usd,carried_in_usd,spent_usd,overhead_usd,returned_usd,lapsed_usd,carried_out_usd",
    );
    let money = &run.run.money;
    for t in 1..run.model.years {
        for s in 0..money.sources {
            let book = money.of(t, s);
            let amounts = [
                book.available,
                book.carried_in,
                book.spent,
                book.overhead,
                book.returned,
                book.lapsed,
                book.carried_out,
            ];
            table.row(
                [text(run.model.calendar(t)), ledger::source_name(run, s).into()]
                    .into_iter()
                    .chain(amounts.map(number)),
            );
        }
    }
    table.finish()
}

/// `debt.csv`: loans, nominal US$.
#[must_use]
pub fn debt(run: &Trajectory) -> Vec<u8> {
    let mut table = Table::new("year,source,disbursed_usd,principal_usd,interest_usd,fees_usd,outstanding_usd");
    let money = &run.run.money;
    for t in 1..run.model.years {
        for (index, source) in run.model.scenario.funding.sources.iter().enumerate() {
            if source.kind != SourceKind::ConcessionalLoan || index + 1 >= money.sources {
                continue;
            }
            let debt = &money.debt[t * money.sources + index + 1];
            let amounts = [
                debt.disbursed,
                debt.principal,
                debt.interest,
                debt.fees,
                debt.outstanding,
            ];
            table.row(
                [text(run.model.calendar(t)), source.name.clone()]
                    .into_iter()
                    .chain(amounts.map(number)),
            );
        }
    }
    table.finish()
}

/// `terms.csv`: what a donor offers, on equal terms. Sources of the country's own have no face value and no grant element.
#[must_use]
pub fn terms(run: &Trajectory) -> Vec<u8> {
    let mut table = Table::new(
        "source,kind,face_usd,grant_element_5pct,grant_element_dac,grant_equivalent_usd,maturity_years,grace_years,rate",
    );
    let (model, p) = (&run.model, &run.parameters);
    let discount = Model::number(p, model.slots.country.economy.dac_discount);
    for (source, slots) in model.scenario.funding.sources.iter().zip(&model.slots.funding.sources) {
        let face = slots.commitment.map_or(f64::NAN, |slot| Model::number(p, slot));
        let none = f64::NAN;
        let cells = match source.kind {
            SourceKind::Grant => [face, 1.0, 1.0, face, none, none, none],
            SourceKind::ConcessionalLoan => {
                let terms = Terms::of(slots, p);
                let dac = terms.grant_element(discount);
                [
                    face,
                    terms.grant_element(0.05),
                    dac,
                    face * dac,
                    terms.maturity,
                    terms.grace,
                    terms.interest,
                ]
            }
            SourceKind::DomesticBudget | SourceKind::UniversalServiceLevy => [none; 7],
        };
        table.row(
            [source.name.clone(), text(source.kind)]
                .into_iter()
                .chain(cells.map(number)),
        );
    }
    table.finish()
}

/// `stocks.csv`: what stands, comes and goes. `kind` is empty where a stock is not told apart by kind.
#[must_use]
pub fn stocks(run: &Trajectory) -> Vec<u8> {
    let mut table = Table::new("year,stock,kind,level,region,locality,opening,in,out,closing,unit");
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
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_every_digit_and_unknown_ones_are_empty() {
        assert_eq!(number(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(number(-0.0), "0");
        assert_eq!(number(f64::NAN), "");
        assert_eq!(number(1e21), "1000000000000000000000");
    }
}
