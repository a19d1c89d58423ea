//! The charts of the page.

use eframe::egui::{Color32, Rect, Ui};

use super::books::{Books, source_name};
use super::cases;
use super::coin::Coin;
use super::{MoneyView, percent};
use crate::app::chart::{self, Bars, Head, Level as Across, Part};
use crate::app::costs::{By, CategoryCost, CostPart, Layer, Of, add, category_name};
use crate::app::document::View;
use crate::app::lever::group_name;
use crate::app::outcome::NOTHING;
use crate::app::phrases::{scale, source_line, with_catching_up};
use crate::app::theme::Palette;
use crate::app::widgets;
use crate::app::words::{Words, capital, fill};
use crate::model::funding::debt::DebtYear;
use crate::scenario::{Component, Nature};

pub(super) fn charts(ui: &mut Ui, view: &View<'_>, books: &Books, state: &MoneyView, coin: &Coin) {
    let source = source_line(view);
    let show = Show {
        books,
        state,
        coin,
        words: view.words,
        source,
    };
    let [cost, need, learner, owned, left, debt] = widgets::places(ui);
    show.cost(ui, cost);
    show.need(ui, need);
    cases::chart(ui, learner, books, view.words, &show.source);
    show.owned(ui, owned);
    show.left(ui, left);
    show.debt(ui, debt);
}

/// What all charts of the page share.
struct Show<'a> {
    books: &'a Books,
    state: &'a MoneyView,
    coin: &'a Coin,
    words: &'static Words,
    source: String,
}

/// Categories shown by name; the rest stand together.
const MOST: usize = 8;

/// A name, a colour of area and of words, and values by year in constant US$.
type Slice = (String, Color32, Color32, Vec<f64>);

impl Show<'_> {
    fn head(&self, title: String, unit: String, summary: String) -> Head {
        Head {
            title,
            unit,
            source: self.source.clone(),
            summary,
        }
    }

    /// Bars of slices that are in constant US$.
    fn bars(
        &self,
        ui: &Ui,
        rect: Rect,
        title: String,
        summary: String,
        slices: Vec<Slice>,
        line: Option<(&str, &[f64])>,
    ) {
        let shown: Vec<_> = slices
            .into_iter()
            .map(|(name, fill, ink, values)| (name, fill, ink, self.coin.show(&values)))
            .collect();
        let line = line.map(|(name, values)| (name, self.coin.show(values)));
        self.paint(ui, rect, title, summary, shown, line, None);
    }

    /// Bars of slices that are in what is shown already; `after` is what each year after the last takes of each, where that
    /// is known of it.
    #[allow(clippy::too_many_arguments)] // A chart is that many things.
    fn paint(
        &self,
        ui: &Ui,
        rect: Rect,
        title: String,
        summary: String,
        slices: Vec<Slice>,
        line: Option<(&str, Vec<f64>)>,
        after: Option<&[Option<f64>]>,
    ) {
        let count = self.books.years.len();
        let most = (0..count)
            .map(|t| slices.iter().map(|(.., values)| values[t].abs()).sum::<f64>())
            .chain(line.iter().flat_map(|(_, values)| values.iter().copied()))
            .chain(after.map(|after| after.iter().flatten().sum()))
            .fold(0.0, f64::max);
        let (divisor, scale) = scale(most, self.words);
        let parts: Vec<Part> = slices
            .into_iter()
            .enumerate()
            .map(|(at, (name, fill, ink, values))| {
                let mut values: Vec<f64> = values.iter().map(|value| value / divisor).collect();
                let after = after.map(|after| after[at].map(|after| after / divisor));
                let label = chart::in_all(&name, &values, after.flatten(), self.words);
                values.extend(after.map(Option::unwrap_or_default));
                Part {
                    label,
                    hatched: name == self.words.money_gap,
                    values,
                    name,
                    fill,
                    ink,
                }
            })
            .collect();
        let line = line.map(|(name, values)| (name, values.iter().map(|v| v / divisor).collect::<Vec<f64>>()));
        let lines: Vec<Across<'_>> = line
            .iter()
            .map(|(name, values)| Across {
                values,
                name: (*name).to_owned(),
                label: chart::in_all(name, values, None, self.words),
                drawn: chart::Drawn::Line,
            })
            .collect();
        let unit = self.coin.unit(scale, self.words);
        let mut head = self.head(title, unit, summary);
        let gap = parts.iter().find(|part| part.hatched);
        head.source = with_catching_up(&head.source, gap.map_or(&[], |gap| &gap.values), self.words);
        let bars = Bars {
            parts: &parts,
            levels: &lines,
            legend: &chart::legend(&self.books.years, after.is_some(), self.words),
        };
        chart::bars(ui, self.words, rect, &head, &self.books.years, &bars);
    }

    /// Cost in the division and of the services asked for.
    fn slices(&self, palette: &Palette) -> Vec<Slice> {
        let (books, words, layer) = (self.books, self.words, self.state.layer);
        match self.state.by {
            by @ (By::Component | By::Nature | By::Pillar | By::Tier | By::Phase | By::Dimension) => {
                let coloured = |part: CostPart| {
                    let (fill, ink) = match part.of {
                        Of::Component(component) => (palette.component(component), palette.ink(component)),
                        Of::Nature(nature) => (nature_colour(nature, palette), palette.text),
                        Of::Frame(at) | Of::Category(at) => (palette.source(at), palette.text),
                    };
                    (part.name, fill, ink, part.values)
                };
                books.costs.parts(by, layer, words).into_iter().map(coloured).collect()
            }
            By::Category => {
                let mut order: Vec<(f64, usize)> = books
                    .costs
                    .categories
                    .iter()
                    .enumerate()
                    .map(|(at, this)| {
                        (
                            books.costs.cost(layer, &|cost| std::ptr::eq(cost, this)).iter().sum(),
                            at,
                        )
                    })
                    .collect();
                order.sort_by(|a, b| b.0.total_cmp(&a.0));
                let mut named: Vec<usize> = order.iter().take(MOST).map(|(_, at)| *at).collect();
                named.sort_unstable();
                let of = |at: usize| {
                    let cost = &books.costs.categories[at];
                    // The component is named only where two have a category of this name: there is little room.
                    let same = books
                        .costs
                        .categories
                        .iter()
                        .filter(|other| other.category == cost.category);
                    let name = if same.count() > 1 {
                        category_name(cost, words)
                    } else {
                        capital(&words.word(cost.category))
                    };
                    // Neighbours of one component differ in shade.
                    let before = named.iter().take_while(|other| **other != at);
                    let before = before.filter(|other| books.costs.categories[**other].component == cost.component);
                    let colour = palette.component(cost.component);
                    (
                        name,
                        if before.count() % 2 == 1 {
                            palette.pale(colour)
                        } else {
                            colour
                        },
                        palette.ink(cost.component),
                        books.costs.cost(layer, &|other| std::ptr::eq(other, cost)),
                    )
                };
                let mut slices: Vec<Slice> = named.iter().copied().map(of).collect();
                let mut rest = vec![0.0; books.years.len()];
                let others: Vec<usize> = order.iter().skip(MOST).map(|(_, at)| *at).collect();
                for at in &others {
                    add(&mut rest, &of(*at).3);
                }
                if !others.is_empty() {
                    let name = fill(words.money_others, &[("count", &words.count(others.len()))]);
                    slices.push((name, palette.grid, palette.weak, rest));
                }
                slices
            }
        }
    }

    fn cost(&self, ui: &Ui, rect: Rect) {
        let (words, layer) = (self.words, self.state.layer);
        let slices = self.slices(Palette::of(ui));
        let total = self.coin.sum(&self.books.costs.all(layer));
        let largest = slices
            .iter()
            .max_by(|a, b| self.coin.sum(&a.3).total_cmp(&self.coin.sum(&b.3)))
            .map_or("", |slice| slice.0.as_str());
        let by = self.state.by.name(words);
        let values = [
            ("layer", &*layer.words(words).to_lowercase()),
            ("by", &by.to_lowercase()),
            ("total", &self.coin.say(total)),
            ("most", largest),
        ];
        let title = match layer {
            Layer::Plan => fill(words.money_cost_title, &values),
            Layer::All | Layer::Existing => capital(&fill(words.money_cost_title_services, &values)),
        };
        let (title, summary) = (title, fill(words.money_cost_summary, &values));
        let mut shown: Vec<Slice> = slices
            .into_iter()
            .map(|(name, fill, ink, values)| (name, fill, ink, self.coin.show(&values)))
            .collect();
        let in_all = self.books.after(layer, None) * self.coin.worth_after;
        if in_all.abs() < NOTHING {
            self.paint(ui, rect, title, summary, shown, None, None);
            return;
        }
        let of = |component: &Component| self.books.after(layer, Some(*component)) * self.coin.worth_after;
        // What comes after is known by component: in another division it stands as one, beside parts of which it is not told.
        let after: Vec<Option<f64>> = if self.state.by == By::Component {
            Component::ALL.iter().map(|component| Some(of(component))).collect()
        } else {
            let (palette, nothing) = (Palette::of(ui), vec![0.0; self.books.years.len()]);
            let undivided = vec![None; shown.len()];
            shown.push((words.money_after_part.to_owned(), palette.grid, palette.text, nothing));
            undivided.into_iter().chain([Some(in_all)]).collect()
        };
        let values = [
            ("year", &*self.books.after.year.to_string()),
            ("value", &self.coin.say(in_all)),
        ];
        let summary = format!("{summary} {}", fill(words.money_after_summary, &values));
        self.paint(ui, rect, title, summary, shown, None, Some(&after));
    }

    fn need(&self, ui: &Ui, rect: Rect) {
        let (books, words, palette) = (self.books, self.words, Palette::of(ui));
        let need = books.costs.all(Layer::All);
        let values = [
            ("need", &*self.coin.say(self.coin.sum(&need))),
            ("gap", &self.coin.say(self.coin.sum(&books.to_find))),
        ];
        let summary = fill(words.money_need_summary, &values);
        if self.state.by_layer {
            let mut funded = vec![0.0; books.years.len()];
            for source in &books.sources {
                add(&mut funded, &source.paid);
            }
            let slices = self.layers(palette);
            let line = Some((words.money_funded, &*funded));
            self.bars(ui, rect, words.money_need_title_layers.into(), summary, slices, line);
            return;
        }
        let mut slices: Vec<Slice> = books
            .sources
            .iter()
            .enumerate()
            .take(MOST)
            .map(|(at, source)| {
                (
                    source_name(source, words),
                    palette.source(at),
                    palette.text,
                    source.paid.clone(),
                )
            })
            .collect();
        if books.sources.len() > MOST {
            let mut rest = vec![0.0; books.years.len()];
            for source in &books.sources[MOST..] {
                add(&mut rest, &source.paid);
            }
            slices.push((words.money_other.into(), palette.grid, palette.text, rest));
        }
        slices.push((words.money_gap.into(), palette.bad, palette.bad, books.to_find.clone()));
        let line = Some((words.money_need, &*need));
        self.bars(ui, rect, words.money_need_title.into(), summary, slices, line);
    }

    /// Cost of existing services and of the plan.
    fn layers(&self, palette: &Palette) -> Vec<Slice> {
        [(Layer::Existing, palette.source(0)), (Layer::Plan, palette.accent)]
            .map(|(layer, colour)| {
                let values = self.books.costs.all(layer);
                (layer.words(self.words).to_owned(), colour, palette.text, values)
            })
            .into()
    }

    /// Shares of total cost of ownership.
    fn owned(&self, ui: &Ui, rect: Rect) {
        let (words, palette, layer) = (self.words, Palette::of(ui), self.state.layer);
        let sum = |of: &dyn Fn(&CategoryCost) -> bool| self.coin.sum(&self.books.costs.cost(layer, of));
        let whole = sum(&|_| true);
        let recurrent = percent(sum(&|cost| cost.nature == Nature::Recurrent), whole, words);
        let capital_share = percent(sum(&|cost| cost.nature == Nature::Capital), whole, words);
        let mut rows: Vec<(f64, chart::BarRow)> = Component::ALL
            .iter()
            .map(|component| {
                let part = |nature| sum(&|cost| cost.component == *component && cost.nature == nature);
                let (bought, kept) = (part(Nature::Capital), part(Nature::Recurrent));
                let colour = palette.component(*component);
                let share = |part: f64| if whole > 0.0 { 100.0 * part / whole } else { 0.0 };
                let row = chart::BarRow {
                    name: group_name(Some(*component), words).to_owned(),
                    parts: vec![(share(bought), colour), (share(kept), palette.pale(colour))],
                    label: fill(
                        words.money_owned_row,
                        &[
                            ("share", &percent(bought + kept, whole, words)),
                            ("recurrent", &percent(kept, bought + kept, words)),
                        ],
                    ),
                };
                (bought + kept, row)
            })
            .collect();
        // What the plan does not name and nobody has costs nothing.
        rows.retain(|(whole, _)| whole.abs() >= NOTHING);
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        let rows: Vec<chart::BarRow> = rows.into_iter().map(|(_, row)| row).collect();
        let values = [
            ("layer", layer.words(words).to_lowercase()),
            ("capital", capital_share.clone()),
            ("recurrent", recurrent.clone()),
            (
                "most",
                rows.first()
                    .map_or(String::new(), |row| format!("{} {}", row.name, row.label)),
            ),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let head = self.head(
            fill(words.money_owned_title, &values),
            fill(words.money_owned_unit, &[("prices", &self.coin.prices)]),
            fill(words.money_owned_summary, &values),
        );
        let key = [
            (palette.weak, format!("{} {capital_share}", words.money_capital)),
            (
                palette.pale(palette.weak),
                format!("{} {recurrent}", words.money_recurrent),
            ),
        ];
        let key = [(key[0].0, &*key[0].1), (key[1].0, &*key[1].1)];
        chart::rows(ui, words, rect, &head, &rows, &key, None);
    }

    fn left(&self, ui: &Ui, rect: Rect) {
        let (words, palette) = (self.words, Palette::of(ui));
        let slices: Vec<Slice> = self
            .books
            .sources
            .iter()
            .enumerate()
            .map(|(at, source)| {
                (
                    source_name(source, words),
                    palette.source(at),
                    palette.text,
                    source.left(),
                )
            })
            .collect();
        let all: f64 = slices.iter().map(|slice| self.coin.sum(&slice.3)).sum();
        let named: Vec<String> = slices
            .iter()
            .map(|slice| (&slice.0, self.coin.sum(&slice.3)))
            .filter(|(_, amount)| *amount >= 0.5)
            .map(|(name, amount)| format!("{name} {}", self.coin.say(amount)))
            .collect();
        if named.is_empty() {
            let head = self.head(
                words.money_left_title.into(),
                String::new(),
                words.money_left_none.into(),
            );
            chart::nothing(ui, words, rect, &head, words.money_left_none);
            return;
        }
        let summary = fill(
            words.money_left_summary,
            &[("total", &self.coin.say(all)), ("sources", &named.join(", "))],
        );
        let shown = slices
            .into_iter()
            .map(|(name, fill, ink, values)| (name, fill, ink, self.coin.show(&values)));
        let title = words.money_left_title.into();
        self.paint(ui, rect, title, summary, shown.collect(), None, None);
    }

    fn debt(&self, ui: &Ui, rect: Rect) {
        let (books, words, palette) = (self.books, self.words, Palette::of(ui));
        if books.loans().next().is_none() {
            let head = self.head(words.money_debt_title.into(), String::new(), words.money_no_loan.into());
            chart::nothing(ui, words, rect, &head, words.money_no_loan);
            return;
        }
        let series = |of: &dyn Fn(&DebtYear) -> f64| -> Vec<f64> {
            let mut sum = vec![0.0; books.years.len()];
            for loan in books.loans() {
                add(&mut sum, &loan.debt.iter().map(of).collect::<Vec<f64>>());
            }
            sum.iter()
                .zip(&self.coin.worth_nominal)
                .map(|(sum, worth)| sum * worth)
                .collect()
        };
        let slice = |name: &str, colour, values| (name.to_owned(), colour, palette.text, values);
        let slices = vec![
            slice(words.money_principal, palette.accent, series(&|year| year.principal.0)),
            slice(
                words.money_interest,
                palette.pale(palette.accent),
                series(&|year| year.interest.0),
            ),
            slice(words.money_fees, palette.weak, series(&|year| year.fees.0)),
        ];
        let owed = series(&|year| year.outstanding.0).last().copied().unwrap_or(0.0);
        let paid: f64 = slices.iter().map(|slice| slice.3.iter().sum::<f64>()).sum();
        let values = [
            ("paid", &*self.coin.say(paid)),
            ("owed", &self.coin.say(owed)),
            ("year", &books.years.last().map_or(String::new(), ToString::to_string)),
        ];
        let title = words.money_debt_title.to_owned();
        self.paint(
            ui,
            rect,
            title,
            fill(words.money_debt_summary, &values),
            slices,
            None,
            None,
        );
    }
}

fn nature_colour(nature: Nature, palette: &Palette) -> Color32 {
    match nature {
        Nature::Capital => palette.accent,
        Nature::Recurrent => palette.pale(palette.accent),
    }
}
