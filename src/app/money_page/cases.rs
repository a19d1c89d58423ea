//! What a learner and year costs, beside documented cases from elsewhere.

use eframe::egui::{Rect, Ui};

use super::books::Books;
use crate::app::chart::{self, Head};
use crate::app::costs::Layer;
use crate::app::outcome::NOTHING;
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::report::cases::{CASES, Case, PROVIDED};
use crate::report::figure::{Axis, Span};
use crate::scenario::Component;
use crate::scenario::citations::cited;

/// The axis goes as far as the dearest national case; what lies beyond points there.
const FAR: f64 = 110.0;

/// The plan, what is kept up after it, existing services, and the cases.
pub(super) fn chart(ui: &Ui, rect: Rect, books: &Books, words: &Words, source: &str) {
    let palette = Palette::of(ui);
    let [first, last] = [books.years.first(), books.years.last()].map(|year| year.copied().unwrap_or(0));
    let year = |year: i32| year.to_string();
    let span = [("from", &*year(first)), ("to", &year(last))];
    let at =
        |values: &[f64]| [values.first(), values.last()].map(|value| words.decimals(value.copied().unwrap_or(0.0)));
    let by_year = |values: &[f64]| {
        let [begins, ends] = at(values);
        fill(
            words.cases_by_year,
            &[
                ("first", &*begins),
                ("from", span[0].1),
                ("last", &ends),
                ("to", span[1].1),
            ],
        )
    };
    let own = |name: String, value: f64, covers: String, colour| Span {
        name,
        ends: (value, value),
        label: words.decimals(value),
        own: true,
        colour: theme::plain(colour),
        told: vec![covers, words.cases_run.to_owned()],
    };
    let mut rows = Vec::new();
    let plan = books.per_learner.filter(|each| each.abs() >= 0.005);
    if let Some(each) = plan {
        let covers = format!("{}; {}", words.cases_plan_covers, by_year(&books.each[1]));
        rows.push(own(fill(words.cases_plan, &span), each, covers, palette.accent));
    }
    let after = books.after(Layer::Plan, None);
    if after.abs() >= NOTHING {
        let name = fill(words.cases_after, &[("year", &year(books.after.year))]);
        let each = after / books.learners;
        rows.push(own(
            name,
            each,
            words.cases_after_covers.to_owned(),
            palette.pale(palette.accent),
        ));
    }
    let covers = format!("{}; {}", words.cases_existing_covers, by_year(&books.each[0]));
    let name = fill(words.cases_existing, &span);
    rows.push(own(name, books.existing_each, covers, palette.source(0)));
    if let Some(each) = books.provided {
        let name = fill(words.cases_provided, &[("year", &year(last))]);
        let colour = palette.component(Component::Inclusion);
        rows.push(own(name, each, words.cases_provided_covers.to_owned(), colour));
    }
    let most = rows.iter().map(|row| row.ends.1).fold(FAR, f64::max);
    rows.extend(CASES.iter().map(|case| of(case, palette, words)));
    if books.provided.is_some() {
        rows.extend(PROVIDED.iter().map(|case| of(case, palette, words)));
    }
    let named: Vec<String> = rows.iter().map(|row| format!("{} {}", row.name, row.label)).collect();
    let head = Head {
        title: words.cases_title.to_owned(),
        unit: fill(words.cases_unit, &[("year", &year(books.price_year))]),
        source: publishers(source, books.provided.is_some()),
        summary: fill(words.cases_summary, &[("rows", &named.join("; "))]),
    };
    let columns = [
        words.cases_least,
        words.cases_most,
        words.cases_covers,
        words.column_source,
    ];
    chart::spans(
        ui,
        words,
        rect,
        &head,
        rows,
        columns.map(str::to_owned).into(),
        Axis::up_to(most),
    );
}

/// Where the numbers of the run come from, and who published the cases.
fn publishers(source: &str, provided: bool) -> String {
    let cases = CASES.iter().chain(PROVIDED.iter().filter(|_| provided));
    let named = cases.filter_map(|case| Some(cited(case.source)?.publisher));
    let named: Vec<&str> = named.collect();
    format!("{source}; {}", named.join(", "))
}

/// A case as it stands in the chart: its place by name, what it covers told on pointing.
fn of(case: &Case, palette: &Palette, words: &Words) -> Span {
    let what = words.say(&(case.what)());
    let (place, covers) = what.split_once(':').unwrap_or((&what, ""));
    let [low, high] = case.per_learner_year;
    let label = if low < high {
        format!("{}–{}", words.grouped(low), words.grouped(high))
    } else {
        words.grouped(low)
    };
    let confidence = if case.tag.is_low() {
        words.confidence_low
    } else {
        words.confidence_high
    };
    Span {
        name: place.trim().to_owned(),
        ends: (low, high),
        label,
        own: false,
        colour: theme::plain(palette.weak),
        told: vec![
            covers.trim().to_owned(),
            words.source(case.source),
            confidence.to_owned(),
        ],
    }
}
