//! Who is not reached, as small figures; what would reach them, at what price; poorest first against cheapest first; how evenly reach is
//! shared out.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use eframe::egui::{self, Rect, RichText, Ui, pos2, vec2};

use super::ways::{FIFTHS, Ordered, Way, Ways, lever_for, ordered, ways};
use crate::app::chart::{self, Dots, Head};
use crate::app::command::{Command, Queue};
use crate::app::document::View;
use crate::app::jobs::{Lane, Ticket};
use crate::app::memo::Same;
use crate::app::outcome::{NOTHING, Outcome};
use crate::app::phrases::{level_name, locality_name, person_name, source_line};
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, capital, fill};
use crate::model::equity::{Part, concentration};
use crate::model::measures::Binding;
use crate::model::{Bin, OfPersons, stat};
use crate::report::figure::curve::{Curve, CurveLine};
use crate::report::figure::people::{People, PeopleRow};
use crate::report::figure::{DotRow, Style};
use crate::scenario::person::{Person, Sex};
use crate::scenario::plan::Order;
use crate::scenario::{Locality, Scenario};
use crate::study::unreached::{LACKS, Place, hundred, unreached};
use crate::units::Unit;

/// What was asked of a plan.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    of: Option<Same<Outcome>>,
    places: Vec<Place>,
    figures: Vec<Figures>,
    ticket: Option<Ticket<Ways>>,
    ways: Ways,
}

/// Girls and boys of a place for each lack.
type Figures = [[u32; 2]; LACKS.len()];

/// Least height of the charts at the foot and of the figures on top, and height of the cards between them.
const FOOT: f32 = 206.0;
const CARDS: f32 = 110.0;
const FIGURES: f32 = 212.0;
/// Room for the button that makes a plan of an order.
const ORDERED: f32 = 130.0;

impl LeftOut {
    pub fn show(&mut self, ui: &mut Ui, view: &View<'_>, queue: &mut Queue) {
        let Some(now) = view.outcome() else { return };
        self.ask(view, now);
        let words = view.words;
        let (places, figures) = (&self.places, &self.figures);
        let said = headline(now, places, figures, words);
        ui.add(egui::Label::new(RichText::new(said).font(theme::text(theme::HEADING))).wrap());
        let area = ui.available_rect_before_wrap();
        let foot = (0.3 * area.height()).max(FOOT);
        let top = (area.height() - foot - CARDS - 2.0 * theme::GAP).max(FIGURES);
        ui.allocate_space(vec2(area.width(), top + CARDS + foot + 2.0 * theme::GAP));
        let at = |from: f32, height: f32| {
            Rect::from_min_size(pos2(area.left(), area.top() + from), vec2(area.width(), height))
        };
        // What most lack stands first.
        let mut columns: Vec<usize> = (0..LACKS.len()).collect();
        let count = |lack: usize| figures.iter().map(|row| row[lack][0] + row[lack][1]).sum::<u32>();
        columns.retain(|lack| count(*lack) > 0);
        columns.sort_by_key(|lack| std::cmp::Reverse(count(*lack)));
        let counted = (places.as_slice(), figures.as_slice(), columns.as_slice());
        queue.extend(people(ui, view, now, at(0.0, top), counted, self.ways.together));
        let cards = at(top + theme::GAP, CARDS);
        queue.extend(self.cards(ui, view, now, cards, &columns));
        let foot = at(top + CARDS + 2.0 * theme::GAP, foot);
        let (left, right) = foot.split_left_right_at_fraction(0.56);
        let left = left.with_max_x(left.right() - theme::GAP / 2.0);
        self.orders(ui, view, now, left);
        queue.extend(ordered_anew(ui, view, left));
        even(ui, view, now, right.with_min_x(right.left() + theme::GAP / 2.0));
    }

    /// Asks for the runs where the plan is another.
    fn ask(&mut self, view: &View<'_>, now: &Arc<Outcome>) {
        let of = Some(Same::of(now));
        if self.of != of {
            let places = unreached(now.run.lend(), now.years.len() - 1);
            let (plan, run) = (Arc::clone(&now.run.model.scenario), Arc::clone(now));
            let ticket = view.jobs.start(Lane::Studies, move |progress| {
                ways(&plan, &run.run, &|| progress.cancelled().load(Ordering::Relaxed))
            });
            *self = Self {
                of,
                figures: hundred(&places),
                places,
                ticket: Some(ticket),
                ways: Ways::default(),
            };
        }
        if let Some(answer) = self.ticket.as_ref().and_then(Ticket::take) {
            (self.ways, self.ticket) = (answer.unwrap_or_default(), None);
        }
    }

    /// A card for what each column lacks: the lever, whom it reaches, its price, and a button that tries it.
    fn cards(&self, ui: &mut Ui, view: &View<'_>, now: &Outcome, area: Rect, columns: &[usize]) -> Option<Command> {
        let words = view.words;
        let left_out: f64 = self.places.iter().map(Place::learners).sum();
        let prices = self.ways.each.iter().filter(|way| !way.is_there).filter_map(Way::price);
        let cheapest = prices
            .chain(price_of_money(now).map(|(_, price)| price))
            .min_by(f64::total_cmp);
        let count = columns.len().max(1);
        #[allow(clippy::cast_precision_loss)]
        let wide = (area.width() + theme::GAP) / count as f32;
        let mut command = None;
        for (at, lack) in columns.iter().enumerate() {
            #[allow(clippy::cast_precision_loss)]
            let place = Rect::from_min_size(
                area.min + vec2(wide * at as f32, 0.0),
                vec2(wide - theme::GAP, area.height()),
            );
            let way = self.ways.each.iter().find(|way| way.lack == LACKS[*lack]);
            let card = Card {
                view,
                left_out,
                cheapest,
                computing: self.ticket.is_some(),
            };
            let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt(("way", *lack)));
            inside.set_clip_rect(place.intersect(ui.clip_rect()));
            let answer = theme::card(&inside).inner_margin(6).show(&mut inside, |ui| {
                ui.set_min_size(ui.available_size());
                ui.spacing_mut().item_spacing.y = 1.0;
                match (LACKS[*lack], way) {
                    (Some(Binding::Money), _) => card.money(ui, now),
                    (lack, Some(way)) => card.way(ui, lack, way),
                    (lack, None) => card.none(ui, lack, words),
                }
            });
            command = command.or(answer.inner);
        }
        command
    }

    /// Two orders of the schools at the plan's money, and the plan's own.
    fn orders(&self, ui: &Ui, view: &View<'_>, now: &Outcome, area: Rect) {
        let (words, palette) = (view.words, Palette::of(ui));
        let own = ordered(&now.run);
        let year = now.years.last().map_or(String::new(), ToString::to_string);
        let find = |order: Order| self.ways.orders.iter().find(|known| known.order == order);
        let said = match (find(Order::PoorestFirst), find(Order::CheapestFirst)) {
            (Some(poorest), Some(cheapest)) => compared(now, poorest, cheapest, words),
            _ => words.ways_computing.to_owned(),
        };
        let head = Head {
            title: words.orders_title.to_owned(),
            unit: fill(words.orders_unit, &[("year", &year)]),
            source: said.clone(),
            summary: said,
        };
        let learners = |bins: f64| words.show(Unit::Count, bins);
        let pass = &now.run.run.plan;
        let last = now.years.len() - 1;
        let of = |get: &dyn Fn(&Ordered) -> f64| {
            [find(Order::PoorestFirst), find(Order::CheapestFirst), Some(&own)]
                .map(|order| order.map_or(f64::NAN, |order| 100.0 * get(order)))
                .to_vec()
        };
        let row = |name: &str, counted: f64, get: &dyn Fn(&Ordered) -> f64| DotRow {
            name: name.to_owned(),
            counted,
            told: [learners(counted), words.show(Unit::Share, get(&own))],
            values: of(get),
        };
        let all = pass.over(last, stat::LEARNERS, &|_| true);
        let rows = FIFTHS.iter().enumerate().map(|(at, fifth)| {
            let people = pass.persons(last, Person::Wealth(*fifth), OfPersons::Learners, &|_| true);
            row(person_name(Person::Wealth(*fifth), words), people, &|order| {
                order.fifths[at]
            })
        });
        let dots = Dots {
            whole: row(words.equity_all, all, &|order| order.all),
            rows: rows.collect(),
            told: [words.orders_learners.to_owned(), words.orders_plan.to_owned()],
            marks: vec![
                (words.orders_poorest.to_owned(), palette.accent),
                (words.orders_cheapest.to_owned(), palette.bad),
                (words.orders_plan.to_owned(), palette.text),
            ],
        };
        chart::dots(ui, words, area, &head, dots);
    }
}

/// What all cards share.
struct Card<'a> {
    view: &'a View<'a>,
    /// Learners who are not reached.
    left_out: f64,
    cheapest: Option<f64>,
    computing: bool,
}

impl Card<'_> {
    fn lines(&self, ui: &mut Ui, title: &str, change: &str, reached: f64, price: Option<f64>) {
        let (words, palette) = (self.view.words, Palette::of(ui));
        let small = |text: String| RichText::new(text).font(theme::text(theme::SMALL));
        ui.add(egui::Label::new(RichText::new(title).font(theme::bold(theme::SMALL))).truncate())
            .on_hover_text(title);
        // Beside the change there is room for it.
        let best = price.is_some() && price == self.cheapest;
        let change = if best {
            format!("{change}  ✓ {}", words.ways_cheapest)
        } else {
            change.to_owned()
        };
        ui.add(egui::Label::new(small(change.clone()).weak()).truncate())
            .on_hover_text(change);
        let part = 100.0 * reached / self.left_out.max(1.0);
        let reaches = if part < 0.5 {
            words.ways_nobody.to_owned()
        } else {
            fill(words.ways_reaches, &[("count", &words.grouped(part.round()))])
        };
        ui.add(egui::Label::new(small(reaches)).truncate());
        let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), 5.0), egui::Sense::hover());
        ui.painter().rect_filled(bar, 2, palette.edge);
        #[allow(clippy::cast_possible_truncation)]
        let wide = bar.width() * (part / 100.0).clamp(0.0, 1.0) as f32;
        ui.painter()
            .rect_filled(bar.with_max_x(bar.left() + wide), 2, palette.accent);
        let (text, hint) = match price {
            Some(price) => (
                fill(words.ways_price, &[("price", &words.show(Unit::Usd, price))]),
                words.ways_price_hint,
            ),
            None => (words.ways_no_price.to_owned(), words.ways_no_price_hint),
        };
        ui.add(egui::Label::new(small(text).strong()).truncate())
            .on_hover_text(hint);
    }

    fn way(&self, ui: &mut Ui, lack: Option<Binding>, way: &Way) -> Option<Command> {
        let words = self.view.words;
        let plan = self.view.scenario;
        let title = way.lever.name(words, plan.horizon);
        let show = |value: f64| way.lever.show(value, words);
        let from = way.from.map_or_else(|| words.ways_not_planned.to_owned(), show);
        if way.is_there {
            ui.add(egui::Label::new(RichText::new(&title).font(theme::bold(theme::SMALL))).truncate());
            let text = fill(words.ways_is_there, &[("value", &show(way.to))]);
            ui.add(egui::Label::new(RichText::new(text).font(theme::text(theme::SMALL)).weak()).wrap());
            return None;
        }
        let change = format!("{from} → {}", show(way.to));
        self.lines(ui, &title, &change, way.reached, way.price());
        let name = fill(
            words.ways_try_what,
            &[("lever", &title), ("lack", lack_name(lack, words))],
        );
        let button = ui.add_sized(vec2(ui.available_width(), 20.0), egui::Button::new(words.ways_try));
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        if !button.on_hover_text(words.ways_try_hint).clicked() {
            return None;
        }
        let edited = way.applied(plan);
        let what = way.lever.edit(plan, &edited, words);
        Some(Command::Change {
            scenario: Arc::new(edited),
            what: capital(&what),
            dragged: None,
        })
    }

    fn money(&self, ui: &mut Ui, now: &Outcome) -> Option<Command> {
        let words = self.view.words;
        let (reached, price) = price_of_money(now).map_or((0.0, None), |(reached, price)| (reached, Some(price)));
        let title = fill(words.ways_money, &[("amount", &now.money(now.to_find(), words))]);
        self.lines(ui, &title, words.ways_money_for, reached, price);
        let button = ui.add_sized(vec2(ui.available_width(), 20.0), egui::Button::new(words.funding_add));
        button
            .on_hover_text(words.add_money_hint)
            .clicked()
            .then_some(Command::AddMoney)
    }

    fn none(&self, ui: &mut Ui, lack: Option<Binding>, words: &Words) -> Option<Command> {
        ui.label(RichText::new(capital(lack_name(lack, words))).font(theme::bold(theme::SMALL)));
        let text = if self.computing {
            words.ways_computing
        } else {
            words.ways_none
        };
        ui.add(egui::Label::new(RichText::new(text).font(theme::text(theme::SMALL)).weak()).wrap());
        None
    }
}

/// Learners whom the money that is to be found would reach, and what each of them costs; none where it reaches nobody.
fn price_of_money(now: &Outcome) -> Option<(f64, f64)> {
    let last = now.years.len() - 1;
    let learners = now.run.run.plan.over(last, stat::LEARNERS, &|_| true);
    let reached = learners * (now.reach_in_full[last] - now.reach[last]);
    (reached >= 1.0 && now.to_find() > NOTHING).then(|| (reached, now.to_find() / reached))
}

/// What somebody lacks, in a word or two.
const fn lack_name(lack: Option<Binding>, words: &Words) -> &'static str {
    match lack {
        Some(Binding::Power) => words.hold_power,
        Some(Binding::Link) => words.hold_link,
        Some(Binding::Devices) => words.hold_devices,
        Some(Binding::Teachers) => words.lack_teachers,
        Some(Binding::Hours) => words.lack_hours,
        Some(Binding::Networks) => words.lack_networks,
        Some(Binding::Money) => words.lack_money,
        None => words.lack_use,
    }
}

fn lack_colour(lack: Option<Binding>, palette: &Palette) -> egui::Color32 {
    match lack {
        Some(Binding::Hours) => palette.doubt,
        Some(Binding::Money) => palette.bad,
        lack => {
            let component = lever_for(lack).and_then(|(lever, _)| lever.group());
            component.map_or(palette.text, |component| palette.component(component))
        }
    }
}

/// How many are not reached, who they are more often than others, and what most of them lack, as the figures are counted.
fn headline(now: &Outcome, places: &[Place], figures: &[Figures], words: &Words) -> String {
    let last = now.years.len() - 1;
    let pass = &now.run.run.plan;
    let learners = pass.over(last, stat::LEARNERS, &|_| true).max(1.0);
    let left_out: f64 = places.iter().map(Place::learners).sum();
    if figures.is_empty() {
        return words.left_out_nobody.to_owned();
    }
    let model = &now.run.model;
    let rural = |bin: Bin| model.cuts[bin.index()].locality == Locality::Rural;
    let girls = pass.persons(last, Person::Sex(Sex::Female), OfPersons::Learners, &rural);
    let rows = places.iter().zip(figures);
    let of_them = rows.filter(|(place, _)| place.locality == Locality::Rural);
    let of_them: u32 = of_them.flat_map(|(_, row)| row).map(|[girls, _]| girls).sum();
    let by_lack = |lack: usize| figures.iter().map(|row| row[lack][0] + row[lack][1]).sum::<u32>();
    let most = (0..LACKS.len()).max_by_key(|lack| by_lack(*lack)).unwrap_or(0);
    let of = |part: f64| words.grouped((100.0 * part / learners).round());
    fill(
        words.left_out_headline,
        &[
            ("year", &now.years[last].to_string()),
            ("count", &of(left_out)),
            ("girls", &of(girls)),
            ("of", &words.grouped(of_them.into())),
            ("lack", lack_name(LACKS[most], words)),
            ("most", &words.grouped(by_lack(most).into())),
        ],
    )
}

type Counted<'a> = (&'a [Place], &'a [Figures], &'a [usize]);

/// The picture; each block leads to what would reach those in it.
fn people(
    ui: &Ui,
    view: &View<'_>,
    now: &Outcome,
    area: Rect,
    (places, figures, columns): Counted<'_>,
    together: Option<(f64, f64)>,
) -> Option<Command> {
    let (words, palette) = (view.words, Palette::of(ui));
    let left_out: f64 = places.iter().map(Place::learners).sum();
    let year = now.years.last().map_or(String::new(), ToString::to_string);
    let rows: Vec<PeopleRow> = places
        .iter()
        .zip(figures)
        .map(|(place, figures)| PeopleRow {
            name: format!(
                "{} {}",
                level_name(place.level, words),
                locality_name(place.locality, words)
            ),
            cells: columns.iter().map(|lack| figures[*lack]).collect(),
        })
        .collect();
    let one = words.show(Unit::Count, left_out / 100.0);
    let people = People {
        columns: columns
            .iter()
            .map(|lack| {
                (
                    lack_name(LACKS[*lack], words).to_owned(),
                    theme::plain(lack_colour(LACKS[*lack], palette)),
                )
            })
            .collect(),
        rows,
        sides: [words.equity_girls, words.equity_boys].map(str::to_lowercase),
        whole: words.left_out_of.to_owned(),
    };
    let said: Vec<String> = people
        .columns
        .iter()
        .enumerate()
        .map(|(column, (name, _))| format!("{name} {}", people.in_column(column)))
        .collect();
    // No sum of the levers: one run of all.
    let together = together.map_or(String::new(), |(reached, cost)| {
        let values = [
            (
                "count",
                &*words.grouped((100.0 * reached / left_out.max(1.0)).round().max(0.0)),
            ),
            ("amount", &now.money(cost, words)),
        ];
        format!(" {}", fill(words.ways_together, &values))
    });
    let head = Head {
        title: words.left_out_title.to_owned(),
        unit: fill(words.left_out_unit, &[("year", &year), ("one", &one)]),
        source: format!("{}.{together}", source_line(view)),
        summary: format!("{}.{together}", said.join(", ")),
    };
    if figures.is_empty() {
        chart::nothing(ui, words, area, &head, words.left_out_nobody);
        return None;
    }
    let names: Vec<String> = people.rows.iter().map(|row| row.name.clone()).collect();
    let blocks = chart::people(ui, words, area, &head, people);
    let mut command = None;
    for (at, block) in blocks.into_iter().enumerate() {
        let (row, lack) = (at / columns.len(), columns[at % columns.len()]);
        let [girls, boys] = figures[row][lack];
        if girls + boys == 0 {
            continue;
        }
        let values = [
            ("place", &*names[row]),
            ("lack", lack_name(LACKS[lack], words)),
            ("count", &(girls + boys).to_string()),
            ("girls", &girls.to_string()),
        ];
        let said = fill(words.left_out_block, &values);
        let button = ui.interact(block, ui.scope_id().with(("block", at)), egui::Sense::click());
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &said));
        if button.has_focus() || button.hovered() {
            let edge = egui::Stroke::new(1.0, palette.accent);
            ui.painter().rect_stroke(block, 4, edge, egui::StrokeKind::Inside);
        }
        if button.clicked() {
            command = leads_to(LACKS[lack]);
        }
        button.on_hover_text(format!("{said} {}", words.left_out_leads));
    }
    command
}

/// Where what somebody lacks is provided: its lever on Plan, or money.
fn leads_to(lack: Option<Binding>) -> Option<Command> {
    match lack {
        Some(Binding::Money) => Some(Command::AddMoney),
        lack => lever_for(lack).map(|(lever, _)| Command::GoTo(lever)),
    }
}

/// The plan in another order, as a plan of its own: offered on the card of the two orders, beside its menu.
fn ordered_anew(ui: &mut Ui, view: &View<'_>, card: Rect) -> Option<Command> {
    let words = view.words;
    let place = Rect::from_min_size(
        pos2(card.right() - 40.0 - ORDERED, card.top() + 8.0),
        vec2(ORDERED, 20.0),
    );
    let mut command = None;
    let mut inside = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(place)
            .layout(egui::Layout::right_to_left(egui::Align::Center))
            .id_salt("ordered anew"),
    );
    inside.menu_button(words.orders_anew, |ui| {
        for (order, name) in [
            (Order::PoorestFirst, words.orders_poorest),
            (Order::CheapestFirst, words.orders_cheapest),
        ] {
            let is_own = view.scenario.plan.order == order;
            if ui.add_enabled(!is_own, egui::Button::new(capital(name))).clicked() {
                let mut plan = Scenario::clone(view.scenario);
                plan.plan.order = order;
                plan.title = format!("{}: {}", plan.title.trim(), name.to_lowercase());
                let name = plan.title.clone();
                command = Some(Command::OpenNew {
                    scenario: Arc::new(plan),
                    name,
                });
                ui.close();
            }
        }
    });
    command
}

/// What either order does, in two sentences.
fn compared(now: &Outcome, poorest: &Ordered, cheapest: &Ordered, words: &Words) -> String {
    let last = now.years.len() - 1;
    let pass = &now.run.run.plan;
    let fifth = pass.persons(last, Person::Wealth(FIFTHS[0]), OfPersons::Learners, &|_| true);
    let all = pass.over(last, stat::LEARNERS, &|_| true);
    let [of_poorest, of_all] = [poorest.fifths[0] - cheapest.fifths[0], poorest.all - cheapest.all];
    if of_poorest.abs() < 5e-4 && of_all.abs() < 5e-4 {
        return words.orders_alike.to_owned();
    }
    let more = |value: f64| {
        if value < 0.0 {
            words.orders_fewer
        } else {
            words.orders_more
        }
    };
    fill(
        words.orders_said,
        &[
            ("points", &words.decimals(100.0 * of_poorest.abs())),
            ("more", more(of_poorest)),
            ("learners", &words.show(Unit::Count, (of_poorest * fifth).abs())),
            ("all", &words.decimals(100.0 * of_all.abs())),
            ("fewer", more(of_all)),
            ("learners_all", &words.show(Unit::Count, (of_all * all).abs())),
        ],
    )
}

/// How evenly reach is shared out from the poorest to the richest, in the base year and in the last.
fn even(ui: &Ui, view: &View<'_>, now: &Outcome, area: Rect) {
    let (words, palette) = (view.words, Palette::of(ui));
    let pass = &now.run.run.plan;
    let parts = |t: usize| -> Vec<Part> {
        let of = |fifth, which| pass.persons(t, Person::Wealth(fifth), which, &|_| true);
        FIFTHS
            .iter()
            .map(|fifth| {
                let people = of(*fifth, OfPersons::Learners);
                Part {
                    people,
                    value: of(*fifth, OfPersons::Reached) / people.max(1e-9),
                }
            })
            .collect()
    };
    let curve = |parts: &[Part]| -> Vec<(f64, f64)> {
        let people: f64 = parts.iter().map(|part| part.people).sum();
        let reached: f64 = parts.iter().map(|part| part.people * part.value).sum();
        let mut sums = (0.0, 0.0);
        let step = |part: &Part| {
            sums.0 += 100.0 * part.people / people;
            sums.1 += 100.0 * part.people * part.value / reached;
            sums
        };
        parts.iter().map(step).collect()
    };
    let last = now.years.len() - 1;
    let mut lines = Vec::new();
    let mut said = Vec::new();
    for (t, style, colour) in [(last, Style::Bold, palette.accent), (0, Style::Dashed, palette.weak)] {
        let parts = parts(t);
        let Some(index) = concentration(&parts) else { continue };
        let points = curve(&parts);
        let year = now.years[t].to_string();
        let values = [
            ("year", &*year),
            ("share", &words.grouped(points[1].1.round())),
            ("people", &words.grouped(points[1].0.round())),
            ("index", &words.fixed(index, 2)),
        ];
        said.push(fill(words.even_said, &values));
        lines.push(CurveLine {
            name: fill(words.even_line, &values),
            points,
            style,
            colour: theme::plain(colour),
        });
    }
    let head = Head {
        title: words.even_title.to_owned(),
        unit: words.even_unit.to_owned(),
        source: words.even_source.to_owned(),
        summary: said.join(" "),
    };
    if lines.is_empty() {
        chart::nothing(ui, words, area, &head, words.even_nobody);
        return;
    }
    let curve = Curve {
        lines,
        even: words.even_even.to_owned(),
        colour: theme::plain(palette.good),
        ends: [words.even_poorest, words.even_richest].map(str::to_owned),
        steps: FIFTHS
            .iter()
            .map(|fifth| person_name(Person::Wealth(*fifth), words).to_owned())
            .collect(),
    };
    chart::curve(ui, words, area, &head, curve);
}
