//! The tables of the page.

use super::books::{Books, add, category_name, nature_name, source_name};
use super::coin::Coin;
use super::views::parts;
use super::{By, MoneyView, Shown};
use crate::app::lever::group_name;
use crate::app::widgets::Table;
use crate::app::words::{Words, capital, fill};
use crate::model::funding::debt::DebtYear;
use crate::model::funding::source::SourceYear;
use crate::scenario::{Component, Nature};

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
            let mut put = |name: String, values: &[f64]| {
                if values.iter().any(|value| *value != 0.0) {
                    table.rows.push(row(name, &coin.show(values), true));
                }
            };
            match state.by {
                By::Component => {
                    for component in Component::ALL {
                        let values = books.cost(layer, &|cost| cost.component == *component);
                        put(group_name(Some(*component), words).to_owned(), &values);
                    }
                }
                By::Nature => {
                    for nature in [Nature::Capital, Nature::Recurrent] {
                        let values = books.cost(layer, &|cost| cost.nature == nature);
                        put(nature_name(nature, words).to_owned(), &values);
                    }
                }
                By::Pillar | By::Tier | By::Phase | By::Dimension => {
                    for (name, is) in parts(state.by, words) {
                        put(name.to_owned(), &books.cost_framed(layer, &is));
                    }
                }
                By::Category => {
                    for cost in &books.costs {
                        let values = books.cost(layer, &|other| std::ptr::eq(other, cost));
                        put(category_name(cost, words), &values);
                    }
                }
            }
            let all = coin.show(&books.cost(layer, &|_| true));
            table.total = Some(row(words.money_total.to_owned(), &all, true));
            let title = [("layer", &*layer.words(words).to_lowercase())];
            named(fill(words.money_table_cost_name, &title))
        }
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
