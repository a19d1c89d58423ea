//! The Money page: cost, funding, gap, what of the money is left, debt; in the prices and the currency asked for.

use std::sync::{Arc, Weak};

use eframe::egui::{self, Color32, Rect, RichText, Ui};

use super::chart::{self, Head, Level as Across, Part};
use super::command::Command;
use super::document::View;
use super::lever::group_name;
use super::outcome::{Missing, Outcome};
use super::phrases::{scale, source_line};
use super::theme::{self, Palette};
use super::widgets::{self, Table, switch};
use super::words::{Words, capital, fill};
use crate::model::funding::debt::DebtYear;
use crate::model::funding::source::SourceYear;
use crate::model::funding::{EXISTING, ask};
use crate::model::ledger;
use crate::scenario::{Component, Nature};
use crate::units::Unit;

/// How cost is divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum By {
    #[default]
    Component,
    Category,
    Nature,
}

/// Which services are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Layer {
    #[default]
    All,
    Existing,
    Plan,
}

impl Layer {
    const fn words(self, words: &Words) -> &'static str {
        match self {
            Self::All => words.money_layer_all,
            Self::Existing => words.money_layer_existing,
            Self::Plan => words.money_layer_plan,
        }
    }
}

/// What the page shows instead of charts, if anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    Charts,
    Cost,
    Funding,
    Sources,
    Debt,
}

/// How the page is looked at.
#[derive(Debug, Default)]
pub struct State {
    by: By,
    layer: Layer,
    /// Whether need is shown as existing services and plan rather than by who pays.
    by_layer: bool,
    nominal: bool,
    local: bool,
    shown: Shown,
    /// Made once a run. The weak reference keeps the run's address from being used again.
    books: Option<(Weak<Outcome>, Books)>,
}

/// What one category costs when all is paid for, constant US$ by year.
#[derive(Debug)]
struct Cost {
    component: Component,
    category: &'static str,
    nature: Nature,
    existing: Vec<f64>,
    plan: Vec<f64>,
}

/// What a source paid by year, what became of the rest of its money, and what it is owed.
#[derive(Debug)]
struct Source {
    name: String,
    /// Whether it is repaid.
    repaid: bool,
    /// From funding.csv.
    paid: Vec<f64>,
    book: Vec<SourceYear>,
    debt: Vec<DebtYear>,
}

impl Source {
    /// What lapsed or went back, by year.
    fn left(&self) -> Vec<f64> {
        self.book.iter().map(|year| year.lapsed + year.returned).collect()
    }
}

/// The money of a run, from its first year of costs: what it costs to do it all, and what is paid for as funding.csv,
/// sources.csv and debt.csv have it.
#[derive(Debug)]
struct Books {
    years: Vec<i32>,
    /// Nominal US$ for one constant US$.
    deflator: Vec<f64>,
    /// Paid for each learner of a year: for existing services, and for the plan.
    each: [Vec<f64>; 2],
    per_learner: Option<f64>,
    costs: Vec<Cost>,
    sources: Vec<Source>,
    to_find: Vec<f64>,
    first_dark: Option<i32>,
    missing: Missing,
    plan_to_find: Vec<f64>,
    price_year: i32,
    /// Local currency units for a US$, with year and source.
    rate: Option<(f64, Option<i32>, String)>,
}

fn add(sum: &mut [f64], part: &[f64]) {
    for (sum, part) in sum.iter_mut().zip(part) {
        *sum += part;
    }
}

impl Books {
    fn of(now: &Outcome) -> Self {
        let run = &now.run;
        let (model, money) = (&run.model, &run.run.money);
        let scenario = &model.scenario;
        let span = 1..model.years;
        let zeros = vec![0.0; model.years - 1];
        let at = |year: i32| usize::try_from(year - model.calendar(1)).unwrap_or(0);
        let mut costs: Vec<Cost> = Vec::new();
        for row in ledger::costs_in_full(run) {
            let line = row.line;
            let known = costs.iter().position(|cost| {
                (cost.component, cost.category, cost.nature) == (line.component, line.category, line.nature)
            });
            let index = known.unwrap_or_else(|| {
                costs.push(Cost {
                    component: line.component,
                    category: line.category,
                    nature: line.nature,
                    existing: zeros.clone(),
                    plan: zeros.clone(),
                });
                costs.len() - 1
            });
            let cost = &mut costs[index];
            let layer = if row.existing {
                &mut cost.existing
            } else {
                &mut cost.plan
            };
            layer[at(row.year)] += row.amount();
        }
        costs.sort_by_key(|cost| cost.component);
        let mut sources: Vec<Source> = (0..money.sources)
            .map(|s| Source {
                name: ledger::source_name(run, s).to_owned(),
                repaid: ask(model, &run.parameters, s, |mechanism| mechanism.repayment().is_some()),
                paid: zeros.clone(),
                book: span.clone().map(|t| *money.of(t, s)).collect(),
                debt: span.clone().map(|t| *money.owed(t, s)).collect(),
            })
            .collect();
        for row in ledger::funding(run) {
            // What no source pays is needed again a year later: what is to be found is not its sum.
            if let Some(source) = sources.iter_mut().find(|source| source.name == row.source) {
                source.paid[at(row.year)] += row.amount;
            }
        }
        let each = |of: &dyn Fn(usize) -> f64| {
            let of = |t: usize| of(t) / run.learner_years(t..t + 1).max(1.0);
            span.clone().map(of).collect()
        };
        let rate = scenario.country.economy.exchange_rate.as_ref();
        Self {
            years: span.clone().map(|t| model.calendar(t)).collect(),
            deflator: span.clone().map(|t| money.outlook.deflator[t]).collect(),
            each: [each(&|t| run.run.twin.year_funded(t)), each(&|t| run.spent(t..t + 1))],
            per_learner: now.per_learner,
            costs,
            sources,
            plan_to_find: span.clone().map(|t| run.to_find(t)).collect(),
            to_find: span.map(|t| run.to_find_for_all(t)).collect(),
            first_dark: now.first_dark,
            missing: now.missing(),
            price_year: scenario.price_year,
            rate: rate
                .filter(|rate| rate.value.is_finite() && rate.value > 0.0)
                .map(|rate| {
                    let passport = rate.passport.as_deref().cloned().unwrap_or_default();
                    (rate.value, passport.year, passport.source)
                }),
        }
    }

    /// Cost of some categories and a layer by year.
    fn cost(&self, layer: Layer, of: &dyn Fn(&Cost) -> bool) -> Vec<f64> {
        let mut sum = vec![0.0; self.years.len()];
        for cost in self.costs.iter().filter(|cost| of(cost)) {
            if layer != Layer::Plan {
                add(&mut sum, &cost.existing);
            }
            if layer != Layer::Existing {
                add(&mut sum, &cost.plan);
            }
        }
        sum
    }

    fn loans(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| source.repaid)
    }
}

/// Prices and currency of what is shown.
struct Coin {
    /// What one constant US$ of each year is shown as.
    worth: Vec<f64>,
    /// What one nominal US$ of each year is shown as.
    worth_nominal: Vec<f64>,
    currency: &'static str,
    prices: String,
    /// The largest amount that the page says, by which the others are scaled.
    largest: f64,
    words: &'static Words,
}

impl Coin {
    fn of(state: &State, books: &Books, words: &'static Words) -> Self {
        let rate = books.rate.as_ref().filter(|_| state.local).map(|(rate, ..)| *rate);
        let factor = rate.unwrap_or(1.0);
        let by_year = |of: &dyn Fn(f64) -> f64| books.deflator.iter().map(|deflator| factor * of(*deflator)).collect();
        let mut coin = Self {
            worth: by_year(&|deflator| if state.nominal { deflator } else { 1.0 }),
            worth_nominal: by_year(&|deflator| if state.nominal { 1.0 } else { 1.0 / deflator }),
            currency: if rate.is_some() {
                words.money_lcu
            } else {
                words.money_usd
            },
            prices: if state.nominal {
                words.money_nominal_short.to_owned()
            } else {
                fill(words.money_constant_short, &[("year", &books.price_year.to_string())])
            },
            largest: 0.0,
            words,
        };
        coin.largest = coin.sum(&books.cost(Layer::All, &|_| true));
        coin
    }

    fn show(&self, values: &[f64]) -> Vec<f64> {
        values
            .iter()
            .zip(&self.worth)
            .map(|(value, worth)| value * worth)
            .collect()
    }

    fn sum(&self, values: &[f64]) -> f64 {
        self.show(values).iter().sum()
    }

    /// An amount as a person says it.
    fn say(&self, amount: f64) -> String {
        self.with_currency(&self.words.numbers.magnitude_beside(amount, self.largest))
    }

    /// An amount for one learner.
    fn say_each(&self, amount: f64) -> String {
        self.with_currency(&self.words.numbers.magnitude(amount))
    }

    fn with_currency(&self, amount: &str) -> String {
        fill(
            self.words.money_amount,
            &[("currency", self.currency), ("amount", amount)],
        )
    }

    fn unit(&self, scale: &str, words: &Words) -> String {
        let money = if scale.is_empty() {
            self.currency.to_owned()
        } else {
            fill(words.money_amount, &[("currency", self.currency), ("amount", scale)])
        };
        fill(words.money_unit, &[("money", &money), ("prices", &self.prices)])
    }
}

/// Shows the page.
pub fn page(ui: &mut Ui, view: &View<'_>, state: &mut State) -> Option<Command> {
    let now = view.documents.get(view.current)?.now.as_ref()?;
    if !matches!(&state.books, Some((of, _)) if Weak::as_ptr(of) == Arc::as_ptr(now)) {
        state.books = Some((Arc::downgrade(now), Books::of(now)));
    }
    let (of, books) = state.books.take()?;
    let words = view.words;
    if books.rate.is_none() {
        state.local = false;
    }
    let scroll = egui::ScrollArea::vertical().id_salt("money").auto_shrink(false);
    scroll.show(ui, |ui| {
        let coin = Coin::of(state, &books, words);
        let said = RichText::new(headline(&books, &coin, words)).font(theme::text(theme::HEADING));
        ui.add(egui::Label::new(said).wrap());
        controls(ui, &books, state, words);
        let coin = Coin::of(state, &books, words);
        let note = note(&books, state, words);
        widgets::above_note(ui, &note, |ui| {
            if state.shown == Shown::Charts {
                charts(ui, view, &books, state, &coin);
            } else {
                let (name, table) = table(&books, state, &coin, words);
                widgets::table(ui, &name, &table, words);
            }
        });
    });
    state.books = Some((of, books));
    None
}

/// What a minister should know first.
fn headline(books: &Books, coin: &Coin, words: &Words) -> String {
    let all = coin.sum(&books.cost(Layer::All, &|_| true));
    let plan = coin.sum(&books.cost(Layer::Plan, &|_| true));
    let gap = coin.sum(&books.plan_to_find);
    let mut text = vec![fill(
        words.money_headline_cost,
        &[
            ("plan", &coin.say(plan)),
            ("existing", &coin.say(coin.sum(&books.cost(Layer::Existing, &|_| true)))),
            ("from", &books.years.first().map_or(String::new(), ToString::to_string)),
            ("to", &books.years.last().map_or(String::new(), ToString::to_string)),
            ("prices", &coin.prices),
        ],
    )];
    text.push(match books.missing {
        Missing::Nothing => words.money_headline_funded.to_owned(),
        Missing::Late(year) => fill(words.money_headline_late, &[("year", &year.to_string())]),
        Missing::From(year) => fill(
            words.money_headline_gap,
            &[
                ("paid", &coin.say(plan - gap)),
                ("gap", &coin.say(gap)),
                ("share", &percent(gap, plan, words)),
                ("year", &year.to_string()),
            ],
        ),
    });
    text.push(books.first_dark.map_or_else(
        || words.money_headline_bright.to_owned(),
        |year| fill(words.money_headline_dark, &[("year", &year.to_string())]),
    ));
    let left: f64 = books.sources.iter().map(|source| coin.sum(&source.left())).sum();
    if left > all * 5e-4 {
        text.push(fill(words.money_headline_left, &[("left", &coin.say(left))]));
    }
    let owed: f64 = books
        .loans()
        .filter_map(|loan| Some(loan.debt.last()?.outstanding * coin.worth_nominal.last()?))
        .sum();
    if owed >= 0.5 {
        let last = books.years.last().map_or(String::new(), ToString::to_string);
        text.push(fill(
            words.money_headline_owed,
            &[("owed", &coin.say(owed)), ("year", &last)],
        ));
    }
    text.join(" ")
}

fn percent(part: f64, whole: f64, words: &Words) -> String {
    if whole.abs() > 0.0 {
        words.show(Unit::Share, part / whole)
    } else {
        "–".to_owned()
    }
}

fn controls(ui: &mut Ui, books: &Books, state: &mut State, words: &Words) {
    ui.horizontal_wrapped(|ui| {
        let prices = [(false, words.money_constant, None), (true, words.money_nominal, None)];
        switch(ui, words.money_prices, &prices, &mut state.nominal);
        let barred = books.rate.is_none().then_some(words.money_no_rate);
        let currency = [(false, words.money_usd, None), (true, words.money_local, barred)];
        switch(ui, words.money_currency, &currency, &mut state.local);
        let layers = [Layer::All, Layer::Existing, Layer::Plan].map(|layer| (layer, layer.words(words), None));
        switch(ui, words.money_services, &layers, &mut state.layer);
        let by = [
            (By::Component, words.money_by_component, None),
            (By::Category, words.money_by_category, None),
            (By::Nature, words.money_by_nature, None),
        ];
        switch(ui, words.money_cost_by, &by, &mut state.by);
        let stack = [(false, words.money_by_source, None), (true, words.money_by_layer, None)];
        switch(ui, words.money_need_by, &stack, &mut state.by_layer);
        let no_loan = books.loans().next().is_none().then_some(words.money_no_loan);
        let shown = [
            (Shown::Charts, words.money_charts, None),
            (Shown::Cost, words.money_table_cost, None),
            (Shown::Funding, words.money_table_funding, None),
            (Shown::Sources, words.money_table_sources, None),
            (Shown::Debt, words.money_table_debt, no_loan),
        ];
        switch(ui, words.money_show, &shown, &mut state.shown);
    });
}

/// What is shown, and on what it rests.
fn note(books: &Books, state: &State, words: &Words) -> String {
    let deflator = books.deflator.last().copied().unwrap_or(1.0);
    let year = books.price_year.to_string();
    let mut text = if state.nominal {
        fill(
            words.money_note_nominal,
            &[
                ("year", &year),
                ("deflator", &words.fixed(deflator, 3)),
                ("last", &books.years.last().map_or(String::new(), ToString::to_string)),
            ],
        )
    } else {
        fill(words.money_note_constant, &[("year", &year)])
    };
    text.push(' ');
    text.push_str(&match &books.rate {
        None => words.money_no_rate.to_owned(),
        Some((rate, year, source)) => {
            let known: Vec<String> = year
                .map(|year| year.to_string())
                .into_iter()
                .chain((!source.is_empty()).then(|| words.source(source)))
                .collect();
            let template = if state.local {
                words.money_note_rate
            } else {
                words.money_note_usd
            };
            let known = if known.is_empty() {
                words.money_rate_unsourced.to_owned()
            } else {
                known.join(", ")
            };
            fill(template, &[("rate", &words.in_full(*rate)), ("known", &known)])
        }
    });
    text.push(' ');
    text.push_str(words.money_note_tables);
    text
}

fn charts(ui: &mut Ui, view: &View<'_>, books: &Books, state: &State, coin: &Coin) {
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
    show.learner(ui, learner);
    show.owned(ui, owned);
    show.left(ui, left);
    show.debt(ui, debt);
}

/// What all charts of the page share.
struct Show<'a> {
    books: &'a Books,
    state: &'a State,
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

    /// Bars of slices that are in what is shown already.
    #[allow(clippy::too_many_arguments)] // A chart is that many things.
    fn paint(
        &self,
        ui: &Ui,
        rect: Rect,
        title: String,
        summary: String,
        slices: Vec<Slice>,
        line: Option<(&str, Vec<f64>)>,
        unit: Option<String>,
    ) {
        let count = self.books.years.len();
        let most = (0..count)
            .map(|t| slices.iter().map(|(.., values)| values[t].abs()).sum::<f64>())
            .chain(line.iter().flat_map(|(_, values)| values.iter().copied()))
            .fold(0.0, f64::max);
        let (divisor, scale) = scale(most, self.words);
        // Where the last year is empty the bars stand before it: what they come to says more.
        let ended = slices
            .iter()
            .all(|(.., values)| values.last().is_none_or(|last| last.abs() < most * 0.05));
        let label = |name: &str, values: &[f64]| {
            if ended {
                let total = self.words.decimals(values.iter().sum());
                fill(self.words.money_in_all, &[("name", name), ("total", &total)])
            } else {
                let last = values.last().copied().unwrap_or(0.0);
                format!("{name} {}", self.words.decimals(last))
            }
        };
        let parts: Vec<Part> = slices
            .into_iter()
            .map(|(name, fill, ink, values)| {
                let values: Vec<f64> = values.iter().map(|value| value / divisor).collect();
                Part {
                    label: label(&name, &values),
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
                label: label(name, values),
                ghost: false,
            })
            .collect();
        let unit = unit.unwrap_or_else(|| self.coin.unit(scale, self.words));
        chart::bars(
            ui,
            self.words,
            rect,
            &self.head(title, unit, summary),
            &self.books.years,
            &parts,
            &lines,
        );
    }

    /// Cost in the division and of the services asked for.
    fn slices(&self, palette: &Palette) -> Vec<Slice> {
        let (books, words, layer) = (self.books, self.words, self.state.layer);
        match self.state.by {
            By::Component => Component::ALL
                .iter()
                .map(|component| {
                    (
                        group_name(Some(*component), words).to_owned(),
                        palette.component(*component),
                        palette.ink(*component),
                        books.cost(layer, &|cost| cost.component == *component),
                    )
                })
                .collect(),
            By::Nature => [Nature::Capital, Nature::Recurrent]
                .map(|nature| {
                    (
                        nature_name(nature, words).to_owned(),
                        nature_colour(nature, palette),
                        palette.text,
                        books.cost(layer, &|cost| cost.nature == nature),
                    )
                })
                .into(),
            By::Category => {
                let mut order: Vec<(f64, usize)> = books
                    .costs
                    .iter()
                    .enumerate()
                    .map(|(at, this)| (books.cost(layer, &|cost| std::ptr::eq(cost, this)).iter().sum(), at))
                    .collect();
                order.sort_by(|a, b| b.0.total_cmp(&a.0));
                let mut named: Vec<usize> = order.iter().take(MOST).map(|(_, at)| *at).collect();
                named.sort_unstable();
                let of = |at: usize| {
                    let cost = &books.costs[at];
                    // The component is named only where two have a category of this name: there is little room.
                    let same = books.costs.iter().filter(|other| other.category == cost.category);
                    let name = if same.count() > 1 {
                        category_name(cost, words)
                    } else {
                        capital(&words.word(cost.category))
                    };
                    // Neighbours of one component differ in shade.
                    let before = named.iter().take_while(|other| **other != at);
                    let before = before.filter(|other| books.costs[**other].component == cost.component);
                    let colour = palette.component(cost.component);
                    (
                        name,
                        if before.count() % 2 == 1 {
                            palette.pale(colour)
                        } else {
                            colour
                        },
                        palette.ink(cost.component),
                        books.cost(layer, &|other| std::ptr::eq(other, cost)),
                    )
                };
                let mut slices: Vec<Slice> = named.iter().copied().map(of).collect();
                let mut rest = vec![0.0; books.years.len()];
                let others: Vec<usize> = order.iter().skip(MOST).map(|(_, at)| *at).collect();
                for at in &others {
                    add(&mut rest, &of(*at).3);
                }
                if !others.is_empty() {
                    let name = fill(words.money_others, &[("count", &others.len().to_string())]);
                    slices.push((name, palette.grid, palette.weak, rest));
                }
                slices
            }
        }
    }

    fn cost(&self, ui: &Ui, rect: Rect) {
        let (words, layer) = (self.words, self.state.layer);
        let slices = self.slices(Palette::of(ui));
        let total = self.coin.sum(&self.books.cost(layer, &|_| true));
        let largest = slices
            .iter()
            .max_by(|a, b| self.coin.sum(&a.3).total_cmp(&self.coin.sum(&b.3)))
            .map_or("", |slice| slice.0.as_str());
        let by = match self.state.by {
            By::Component => words.money_by_component,
            By::Category => words.money_by_category,
            By::Nature => words.money_by_nature,
        };
        let values = [
            ("layer", &*layer.words(words).to_lowercase()),
            ("by", &by.to_lowercase()),
            ("total", &self.coin.say(total)),
            ("most", largest),
        ];
        let (title, summary) = (
            fill(words.money_cost_title, &values),
            fill(words.money_cost_summary, &values),
        );
        self.bars(ui, rect, title, summary, slices, None);
    }

    fn need(&self, ui: &Ui, rect: Rect) {
        let (books, words, palette) = (self.books, self.words, Palette::of(ui));
        let need = books.cost(Layer::All, &|_| true);
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
                let values = self.books.cost(layer, &|_| true);
                (layer.words(self.words).to_owned(), colour, palette.text, values)
            })
            .into()
    }

    fn learner(&self, ui: &Ui, rect: Rect) {
        let words = self.words;
        let slices: Vec<Slice> = self
            .layers(Palette::of(ui))
            .into_iter()
            .zip(&self.books.each)
            .map(|((name, fill, ink, _), each)| (name, fill, ink, self.coin.show(each)))
            .collect();
        let each = |slice: &Slice| self.coin.say_each(slice.3.last().copied().unwrap_or(0.0));
        let summary = fill(
            words.money_learner_summary,
            &[
                (
                    "year",
                    &self.books.years.last().map_or(String::new(), ToString::to_string),
                ),
                ("existing", &each(&slices[0])),
                ("plan", &each(&slices[1])),
                (
                    "value",
                    &self
                        .books
                        .per_learner
                        .map_or("–".to_owned(), |value| words.show(Unit::Usd, value)),
                ),
            ],
        );
        let most = (0..self.books.years.len())
            .map(|t| slices.iter().map(|(.., values)| values[t].abs()).sum::<f64>())
            .fold(0.0, f64::max);
        let unit = self.coin.unit(scale(most, words).1, words);
        self.paint(
            ui,
            rect,
            words.money_learner_title.into(),
            summary,
            slices,
            None,
            Some(unit),
        );
    }

    /// Shares of total cost of ownership.
    fn owned(&self, ui: &Ui, rect: Rect) {
        let (words, palette, layer) = (self.words, Palette::of(ui), self.state.layer);
        let sum = |of: &dyn Fn(&Cost) -> bool| self.coin.sum(&self.books.cost(layer, of));
        let whole = sum(&|_| true);
        let recurrent = percent(sum(&|cost| cost.nature == Nature::Recurrent), whole, words);
        let capital_share = percent(sum(&|cost| cost.nature == Nature::Capital), whole, words);
        let mut rows: Vec<(f64, chart::Row)> = Component::ALL
            .iter()
            .map(|component| {
                let part = |nature| sum(&|cost| cost.component == *component && cost.nature == nature);
                let (bought, kept) = (part(Nature::Capital), part(Nature::Recurrent));
                let colour = palette.component(*component);
                let share = |part: f64| if whole > 0.0 { 100.0 * part / whole } else { 0.0 };
                let row = chart::Row {
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
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        let rows: Vec<chart::Row> = rows.into_iter().map(|(_, row)| row).collect();
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
        self.bars(ui, rect, words.money_left_title.into(), summary, slices, None);
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
            slice(words.money_principal, palette.accent, series(&|year| year.principal)),
            slice(
                words.money_interest,
                palette.pale(palette.accent),
                series(&|year| year.interest),
            ),
            slice(words.money_fees, palette.weak, series(&|year| year.fees)),
        ];
        let owed = series(&|year| year.outstanding).last().copied().unwrap_or(0.0);
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

const fn nature_name(nature: Nature, words: &Words) -> &'static str {
    match nature {
        Nature::Capital => words.money_capital,
        Nature::Recurrent => words.money_recurrent,
    }
}

fn nature_colour(nature: Nature, palette: &Palette) -> Color32 {
    match nature {
        Nature::Capital => palette.accent,
        Nature::Recurrent => palette.pale(palette.accent),
    }
}

fn category_name(cost: &Cost, words: &Words) -> String {
    format!(
        "{}: {}",
        group_name(Some(cost.component), words),
        words.word(cost.category)
    )
}

fn source_name(source: &Source, words: &Words) -> String {
    if source.name == EXISTING {
        words.existing_budget.to_owned()
    } else {
        source.name.clone()
    }
}

/// A line of a source's books: its name, its amount, and whether the amounts of all years add up to something.
type Item<T> = (&'static str, fn(&T) -> f64, bool);

/// The table asked for, with its name. Cells are whole units of money; sums are of what stands before rounding.
fn table(books: &Books, state: &State, coin: &Coin, words: &Words) -> (String, Table) {
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
                    (words.money_available, |year| year.available, true),
                    (words.money_carried_in, |year| year.carried_in, false),
                    (words.money_spent, |year| year.spent, true),
                    (words.money_overhead, |year| year.overhead, true),
                    (words.money_returned, |year| year.returned, true),
                    (words.money_lapsed, |year| year.lapsed, true),
                    (words.money_carried_out, |year| year.carried_out, false),
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
                    (words.money_disbursed, |year| year.disbursed, true),
                    (words.money_principal, |year| year.principal, true),
                    (words.money_interest, |year| year.interest, true),
                    (words.money_fees, |year| year.fees, true),
                    (words.money_outstanding, |year| year.outstanding, false),
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
