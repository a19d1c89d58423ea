//! The sources as cards, in their order: what each has promised, what of it is drawn, and its terms.

use eframe::egui::{self, Color32, Rect, RichText, Sense, Ui, pos2, vec2};

use super::edits;
use super::mechanisms::Mechanism;
use super::terms::{self, Hand, Shown};
use super::{FundingView, PointedYear};
use crate::app::command::Command;
use crate::app::document::View;
use crate::app::outcome::Outcome;
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::model::funding::source::SourceId;

/// The list of cards with what stands above it.
pub(super) fn cards(ui: &mut Ui, view: &View<'_>, state: &mut FundingView) -> Option<Command> {
    let words = view.words;
    let mut command = None;
    ui.horizontal(|ui| {
        let heading = ui.label(RichText::new(words.funding_list).heading());
        heading.on_hover_text(words.funding_list_hint);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = ui.button(RichText::new(words.funding_add).font(theme::bold(theme::BODY)));
            if button.on_hover_text(words.add_money_hint).clicked() {
                command = Some(Command::AddMoney);
            }
        });
    });
    let list = egui::ScrollArea::vertical().id_salt("sources").auto_shrink(false);
    list.show(ui, |ui| {
        // The scroll bar must not cover the numbers.
        ui.set_max_width(ui.available_width() - 6.0);
        let books = view.now.map(Book::of_all);
        let largest = books.iter().flatten().map(Book::most).fold(0.0, f64::max);
        let book = |at: usize| books.as_ref().and_then(|books| books.get(at));
        frame(ui, 0, false, |ui| {
            let shown = Head {
                position: 0,
                name: words.existing_budget,
                kind: "",
                book: book(0),
                largest,
            };
            head(ui, shown, &mut state.year, words);
            ui.add(egui::Label::new(RichText::new(words.funding_existing_line).small().weak()).wrap());
        });
        for at in 0..view.scenario.funding.sources.len() {
            let new = ui
                .push_id(("source", at), |ui| card(ui, view, state, at, book(at + 1), largest))
                .inner;
            command = command.take().or(new);
        }
        if view.scenario.funding.sources.is_empty() {
            ui.add_space(theme::GAP);
            ui.label(RichText::new(words.funding_none).weak());
        } else {
            ui.add(egui::Label::new(RichText::new(words.funding_keys).small().weak()).wrap());
        }
    });
    command
}

/// One source.
fn card(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut FundingView,
    at: usize,
    book: Option<&Book>,
    largest: f64,
) -> Option<Command> {
    let (scenario, words) = (view.scenario, view.words);
    let source = scenario.funding.sources.get(at)?;
    let chosen = state.chosen == at;
    let kind = Mechanism::of(source).map_or_else(String::new, |mechanism| mechanism.name(words));
    let mut command = None;
    let (place, clicked) = frame(ui, at + 1, chosen, |ui| {
        let shown = Head {
            position: at + 1,
            name: &source.name,
            kind: &kind,
            book,
            largest,
        };
        let clicked = head(ui, shown, &mut state.year, words);
        if let Some(book) = book {
            let values = [
                ("promised", &*words.money(book.promised(), largest)),
                ("drawn", &words.money(book.drawn(), largest)),
            ];
            let after = Mechanism::of(source).map_or("", |mechanism| mechanism.after(words));
            let text = format!("{} · {after}", fill(words.funding_promised, &values));
            let basis = fill(
                words.funding_promised_basis,
                &[("year", &scenario.price_year.to_string())],
            );
            ui.add(egui::Label::new(RichText::new(text).small().weak()).truncate())
                .on_hover_text(basis);
        }
        if chosen {
            command = buttons(ui, view, state, at);
            let left = state.leaving.show(ui, view, at);
            command = command.take().or(left);
        }
        if chosen && state.bringing {
            state.brings.show(ui, view, at);
        }
        if chosen && state.open {
            let shown = Shown {
                scenario,
                source,
                at,
                errors: &[],
                words,
            };
            let edited = terms::show(ui, shown, &mut false);
            let replaced = edited.and_then(|edited| {
                let dragged = (edited.hand == Hand::Drags).then(|| format!("funding.sources[{at}]"));
                match edited.hand {
                    Hand::Types => None,
                    Hand::LetsGo => Some(Command::Settle),
                    Hand::Done | Hand::Drags => Some(edits::replace(scenario, at, edited.source, edited.what, dragged)),
                }
            });
            command = command.take().or(replaced);
        }
        clicked
    });
    if clicked {
        state.choose(at);
        state.jump = false;
    }
    if chosen && std::mem::take(&mut state.jump) {
        ui.scroll_to_rect(place, None);
    }
    command
}

/// What can be done with the source that is chosen.
fn buttons(ui: &mut Ui, view: &View<'_>, state: &mut FundingView, at: usize) -> Option<Command> {
    let (scenario, words) = (view.scenario, view.words);
    let name = &scenario.funding.sources[at].name;
    let button = |ui: &mut Ui, text: &str, enabled: bool| {
        let label = fill(words.funding_of, &[("what", text), ("source", name)]);
        let button = ui.add_enabled(enabled, egui::Button::new(text).small());
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, &label));
        button.clicked()
    };
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        let open = ui.add(
            egui::Button::selectable(state.open, words.funding_terms)
                .small()
                .frame_when_inactive(true),
        );
        let label = fill(words.funding_of, &[("what", words.funding_terms), ("source", name)]);
        open.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, state.open, &label));
        if open.clicked() {
            state.open = !state.open;
        }
        let brings = egui::Button::selectable(state.bringing, words.brings).small();
        let brings = ui
            .add(brings.frame_when_inactive(true))
            .on_hover_text(words.brings_hint);
        let label = fill(words.funding_of, &[("what", words.brings), ("source", name)]);
        brings.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, state.bringing, &label));
        if brings.clicked() {
            state.bringing = !state.bringing;
        }
        if button(ui, words.funding_copy, true) {
            command = state.copy(scenario, words);
        }
        if button(ui, words.funding_remove, true) {
            command = state.remove(scenario, words);
        }
        if button(ui, words.funding_up, at > 0) {
            command = state.place(scenario, at.saturating_sub(1), words);
        }
        if button(ui, words.funding_down, at + 1 < scenario.funding.sources.len()) {
            command = state.place(scenario, at + 1, words);
        }
    });
    command
}

/// The frame of a card with the colour of its source; its place, and what is made inside.
fn frame<T>(ui: &mut Ui, position: usize, chosen: bool, inside: impl FnOnce(&mut Ui) -> T) -> (Rect, T) {
    let palette = Palette::of(ui);
    let edge = if chosen { palette.accent } else { palette.edge };
    let shown = egui::Frame::new()
        .stroke(egui::Stroke::new(if chosen { 1.5 } else { 1.0 }, edge))
        .corner_radius(egui::CornerRadius::same(theme::ROUND))
        .inner_margin(egui::Margin {
            left: 12,
            right: 8,
            top: 5,
            bottom: 5,
        })
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            inside(ui)
        });
    let place = shown.response.rect;
    let stripe = Rect::from_min_size(place.min, vec2(5.0, place.height()));
    ui.painter()
        .rect_filled(stripe, egui::CornerRadius::same(theme::ROUND), palette.source(position));
    (place, shown.inner)
}

/// What stands at the head of a card.
#[derive(Clone, Copy)]
struct Head<'a> {
    position: usize,
    name: &'a str,
    kind: &'a str,
    book: Option<&'a Book>,
    /// The most of a year of all sources.
    largest: f64,
}

/// Number, name, mechanism, money by year; whether it was clicked.
fn head(ui: &mut Ui, shown: Head<'_>, year: &mut PointedYear, words: &Words) -> bool {
    let Head {
        position,
        name,
        kind,
        book,
        largest,
    } = shown;
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        let (disc, _) = ui.allocate_exact_size(vec2(18.0, 18.0), Sense::hover());
        ui.painter().circle_filled(disc.center(), 9.0, palette.source(position));
        let number = words.count(position + 1);
        let ink = palette.card;
        ui.painter().text(
            disc.center(),
            egui::Align2::CENTER_CENTER,
            number,
            theme::bold(theme::SMALL),
            ink,
        );
        let room = ui.available_width() - BARS.x - theme::GAP;
        let clicked = ui
            .scope(|ui| {
                ui.set_max_width(room);
                let mut text = egui::text::LayoutJob::default();
                let format = |font, color| egui::TextFormat {
                    font_id: font,
                    color,
                    ..Default::default()
                };
                text.append(name, 0.0, format(theme::bold(theme::HEADING), palette.text));
                text.append(kind, 6.0, format(theme::text(theme::SMALL), palette.weak));
                let place = ui.add(egui::Label::new(text).truncate().selectable(false)).rect;
                if position == 0 {
                    return false;
                }
                let over = ui.interact(place, ui.make_persistent_id("name"), Sense::click());
                over.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
                if over.clicked() {
                    // The keys of the page go on from there.
                    over.surrender_focus();
                }
                over.clicked()
            })
            .inner;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if let Some(book) = book {
                bars(ui, palette.source(position), book, largest, year, words);
            }
        });
        clicked
    })
    .inner
}

/// Size of the bars of a card.
const BARS: egui::Vec2 = vec2(118.0, 26.0);

/// What was drawn of a source by year, what waits above it, and a line for what was promised; all cards in one scale.
fn bars(ui: &mut Ui, colour: Color32, book: &Book, largest: f64, pointed: &mut PointedYear, words: &Words) {
    let palette = Palette::of(ui);
    let (place, response) = ui.allocate_exact_size(BARS, Sense::hover());
    let painter = ui.painter();
    #[allow(clippy::cast_possible_truncation)]
    let height = |value: f64| (value / largest.max(1.0)).clamp(0.0, 1.0) as f32 * place.height();
    #[allow(clippy::cast_precision_loss)]
    let step = place.width() / book.years.len().max(1) as f32;
    let width = (step - 2.0).clamp(1.0, 14.0);
    let mut left = place.left();
    let mut places = Vec::new();
    for year in &book.years {
        places.push(Rect::from_min_max(
            pos2(left - 1.0, place.top()),
            pos2(left + step - 1.0, place.bottom()),
        ));
        let from = |low: f32, high: f32| {
            Rect::from_min_max(
                pos2(left, place.bottom() - high),
                pos2(left + width, place.bottom() - low),
            )
        };
        painter.rect_filled(from(0.0, height(year.drawn)), 0, colour);
        let (low, high) = (height(year.drawn), height(year.drawn + year.waits));
        if high - low > 1.0 {
            painter.rect(
                from(low, high),
                0,
                palette.pale(colour),
                egui::Stroke::new(0.5, colour),
                egui::StrokeKind::Inside,
            );
        }
        let promised = place.bottom() - height(year.promised);
        painter.hline(
            left - 1.0..=left + width + 1.0,
            promised,
            egui::Stroke::new(1.5, palette.text),
        );
        left += step;
    }
    painter.hline(place.x_range(), place.bottom(), egui::Stroke::new(1.0, palette.grid));
    let pointer = response.hover_pos();
    let at = pointer.and_then(|pointer| places.iter().position(|place| place.x_range().contains(pointer.x)));
    pointed.over(ui, at, &places);
    let line = |year: &BookYear| {
        let values = [
            ("year", &*year.year.to_string()),
            ("promised", &words.money(year.promised, largest)),
            ("drawn", &words.money(year.drawn, largest)),
            ("waits", &words.money(year.waits, largest)),
        ];
        fill(words.funding_by_year, &values)
    };
    let lines: Vec<String> = book.years.iter().map(line).collect();
    response.on_hover_text(lines.join("\n"));
}

/// A source in a year, constant US dollars.
struct BookYear {
    year: i32,
    promised: f64,
    drawn: f64,
    waits: f64,
}

/// A source over the years of the plan.
struct Book {
    years: Vec<BookYear>,
}

impl Book {
    /// Those of all sources, the existing budget first.
    fn of_all(now: &Outcome) -> Vec<Self> {
        let money = &now.run.run.money;
        let year = |source: SourceId, t: usize| {
            let of = money.of(t, source);
            BookYear {
                year: now.years[t],
                promised: of.available.0,
                drawn: (of.spent + of.overhead).0,
                waits: of.carried_out.0,
            }
        };
        let book = |source: SourceId| Self {
            years: (1..now.years.len()).map(|t| year(source, t)).collect(),
        };
        money.ids().map(book).collect()
    }

    fn promised(&self) -> f64 {
        self.years.iter().map(|year| year.promised).sum()
    }

    fn drawn(&self) -> f64 {
        self.years.iter().map(|year| year.drawn).sum()
    }

    /// The most of a year.
    fn most(&self) -> f64 {
        let most = |year: &BookYear| year.promised.max(year.drawn + year.waits);
        self.years.iter().map(most).fold(0.0, f64::max)
    }
}
