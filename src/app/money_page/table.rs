//! The tables of the page.

use super::books::{Books, source_name};
use super::coin::Coin;
use super::{MoneyView, Shown};
use crate::app::costs::{Layer, add};
use crate::app::lever::group_name;
use crate::app::widgets::Table;
use crate::app::words::{Words, capital, fill};
use crate::model::funding::debt::DebtYear;
use crate::model::funding::source::SourceYear;
use crate::scenario::Component;

/// A line of a source's books: its name, its amount, and whether the amounts of all years add up to something.
type Item<T> = (&'static str, fn(&T) -> f64, bool);

/// The table asked for, with its name. Cells are whole units of money; sums are of what stands before rounding.
pub(super) fn table(books: &Books, state: &MoneyView, coin: &Coin, words: &Words) -> (String, Table) {
    let unit = coin.unit("", words);
    let row = |name: String, values: &[f64], summed: bool| -> Vec<String> {
        let total = if summed {
            words.grouped(values.iter().sum())
        } else {
            "–".to_owned()
        };
        let cells = values.iter().map(|value| words.grouped(*value)).chain([total]);
        std::iter::once(name).chain(cells).collect()
    };
    let named = |title: String| fill(words.money_table_name, &[("title", &title), ("unit", &unit)]);
    let mut table = Table {
        head: std::iter::once(String::new())
            .chain(books.years.iter().map(ToString::to_string))
            .chain([words.money_total.to_owned()])
            .collect(),
        ..Table::default()
    };
    let name = match state.shown {
        Shown::Charts | Shown::Cost => {
            let layer = state.layer;
            for part in books.costs.parts(state.by, layer, words) {
                if part.values.iter().any(|value| *value != 0.0) {
                    table.rows.push(row(part.name, &coin.show(&part.values), true));
                }
            }
            let all = coin.show(&books.costs.all(layer));
            table.total = Some(row(words.money_total.to_owned(), &all, true));
            let title = [("layer", &*layer.words(words).to_lowercase())];
            match layer {
                Layer::Plan => named(fill(words.money_table_cost_name, &title)),
                Layer::All | Layer::Existing => named(capital(&fill(words.money_table_cost_services, &title))),
            }
        }
        Shown::After => after(books, state, coin, &mut table, words),
        Shown::Funding => {
            let mut all = books.to_find.clone();
            for source in &books.sources {
                add(&mut all, &source.paid);
                table
                    .rows
                    .push(row(source_name(source, words), &coin.show(&source.paid), true));
            }
            table
                .rows
                .push(row(capital(words.money_gap), &coin.show(&books.to_find), true));
            table.total = Some(row(words.money_total_need.to_owned(), &coin.show(&all), true));
            named(words.money_table_funding_name.to_owned())
        }
        Shown::Sources => {
            for source in &books.sources {
                let items: [Item<SourceYear>; 7] = [
                    (words.money_available, |year| year.available.0, true),
                    (words.money_carried_in, |year| year.carried_in.0, false),
                    (words.money_spent, |year| year.spent.0, true),
                    (words.money_overhead, |year| year.overhead.0, true),
                    (words.money_returned, |year| year.returned.0, true),
                    (words.money_lapsed, |year| year.lapsed.0, true),
                    (words.money_carried_out, |year| year.carried_out.0, false),
                ];
                for (item, of, summed) in items {
                    let values: Vec<f64> = source.book.iter().map(of).collect();
                    let name = format!("{}: {item}", source_name(source, words));
                    table.rows.push(row(name, &coin.show(&values), summed));
                }
            }
            named(words.money_table_sources_name.to_owned())
        }
        Shown::Debt => {
            for loan in books.loans() {
                let items: [Item<DebtYear>; 5] = [
                    (words.money_disbursed, |year| year.disbursed.0, true),
                    (words.money_principal, |year| year.principal.0, true),
                    (words.money_interest, |year| year.interest.0, true),
                    (words.money_fees, |year| year.fees.0, true),
                    (words.money_outstanding, |year| year.outstanding.0, false),
                ];
                for (item, of, summed) in items {
                    let values = loan.debt.iter().map(of).zip(&coin.worth_nominal);
                    let values: Vec<f64> = values.map(|(value, worth)| value * worth).collect();
                    table.rows.push(row(format!("{}: {item}", loan.name), &values, summed));
                }
            }
            named(words.money_table_debt_name.to_owned())
        }
    };
    (name, table)
}

/// What each year after the last takes, and what of that which stands is not used up then; the service of what was lent.
fn after(books: &Books, state: &MoneyView, coin: &Coin, table: &mut Table, words: &Words) -> String {
    let (bill, stands, layer) = (&books.after, &books.after.full, state.layer);
    let [year, last] = [bill.year, bill.year - 1].map(|year| year.to_string());
    table.head = vec![
        String::new(),
        words.money_after_upkeep.to_owned(),
        words.money_after_renewal.to_owned(),
        fill(words.money_after_a_year, &[("year", &year)]),
        fill(words.money_after_left, &[("year", &last)]),
    ];
    let mut all = [0.0; 4];
    let line = |name: &str, cells: [f64; 4]| {
        let cells = cells.iter().map(|value| words.grouped(*value));
        std::iter::once(name.to_owned()).chain(cells).collect()
    };
    for (at, component) in Component::ALL.iter().enumerate() {
        let of = |layers: [f64; 2], worth: f64| layer.of(layers) * worth;
        let [upkeep, renewal] = [stands.upkeep[at], stands.renewal[at]].map(|layers| of(layers, coin.worth_after));
        let left = of(stands.left[at], coin.worth.last().copied().unwrap_or(1.0));
        let cells = [upkeep, renewal, upkeep + renewal, left];
        add(&mut all, &cells);
        if cells.iter().any(|value| *value != 0.0) {
            table.rows.push(line(group_name(Some(*component), words), cells));
        }
    }
    table.total = Some(line(words.money_total, all));
    let mut title = fill(
        words.money_table_after_name,
        &[("layer", &layer.words(words).to_lowercase()), ("year", &last)],
    );
    if let Some(most) = bill.debt_service.iter().copied().reduce(f64::max) {
        let to = (bill.year..)
            .zip(&bill.debt_service)
            .last()
            .map_or(bill.year, |(year, _)| year);
        let values = [
            ("most", &*coin.say(most * coin.worth_after)),
            ("to", &to.to_string()),
            (
                "present",
                &coin.say(bill.debt_present * coin.worth.last().copied().unwrap_or(1.0)),
            ),
            ("year", &last),
        ];
        title = format!("{title} {}", fill(words.money_after_debt, &values));
    }
    fill(
        words.money_table_name,
        &[("title", &title), ("unit", &coin.unit("", words))],
    )
}
