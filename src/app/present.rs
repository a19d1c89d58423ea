//! Present: one idea a screen for a room, by keyboard. The room can guess before it sees: *predict, then reveal*.
//!
//! Text and charts are those of the other pages, enlarged as a whole, so that they can be read from the back.

mod clock;

pub(in crate::app) use clock::Packaged;
use clock::{Clock, Turned};
use eframe::egui::{self, Align, Key, Layout, RichText, Ui, vec2};

use super::command::Command;
use super::document::View;
use super::lever::LeverId;
use super::outcome::{Missing, Outcome};
use super::phrases::source_line;
use super::plan_page::charts::{self, Guess};
use super::plan_page::{rail, scoreboard};
use super::theme::{self, Palette};
use super::words::fill;
use super::{countries, level_form};
use crate::units::Unit;

/// What a screen is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// What the plan is, in three numbers.
    Headline,
    /// Targets against what is reached.
    Targets,
    /// Reach, which the room may guess first.
    Reach,
    /// What stands in schools.
    Places,
    /// Cost of the plan.
    Cost,
    /// Funding against need.
    Money,
    /// What holds back.
    Holds,
    /// Which schools are lit and which dark again, year by year.
    Clock,
}

/// All screens in order.
pub(crate) const SCREENS: [Screen; 8] = [
    Screen::Headline,
    Screen::Targets,
    Screen::Reach,
    Screen::Places,
    Screen::Cost,
    Screen::Money,
    Screen::Holds,
    Screen::Clock,
];

/// What is being presented.
#[derive(Clone, Debug, PartialEq)]
pub struct Presentation {
    /// Position of the screen.
    at: usize,
    /// The lever at hand.
    lever: usize,
    /// The room's guess, if it was asked.
    guess: Option<Guess>,
    /// Where the dark-schools clock stands.
    clock: Clock,
    /// How much larger the screen is wanted than it is fitted to the window; the window's own zoom is another matter.
    pub enlarged: f32,
}

impl Default for Presentation {
    fn default() -> Self {
        Self {
            at: 0,
            lever: 0,
            guess: None,
            clock: Clock::default(),
            enlarged: 1.0,
        }
    }
}

impl Presentation {
    /// Zoom of the screen in a window of a height in dots: some 440 points of it, which a room can read.
    #[must_use]
    pub fn zoom(&self, height: f32, native: f32) -> f32 {
        (height / native / theme::PRESENT_HEIGHT).clamp(1.0, 4.0) * self.enlarged
    }

    /// The screen that is shown.
    #[must_use]
    pub fn screen(&self) -> Screen {
        SCREENS[self.at.min(SCREENS.len() - 1)]
    }

    /// The guess of what the screen shows.
    fn guess(&mut self) -> &mut Option<Guess> {
        if self.screen() == Screen::Clock {
            &mut self.clock.guess
        } else {
            &mut self.guess
        }
    }

    /// The guess, while it stands for the result.
    fn hidden(&mut self) -> Option<&mut Guess> {
        self.guess().as_mut().filter(|guess| !guess.revealed)
    }

    fn turn(&mut self, forward: bool) {
        self.at = if forward {
            (self.at + 1).min(SCREENS.len() - 1)
        } else {
            self.at.saturating_sub(1)
        };
    }

    fn ask(&mut self) {
        if self.screen() == Screen::Clock {
            self.clock.ask();
            return;
        }
        self.at = SCREENS.iter().position(|screen| *screen == Screen::Reach).unwrap_or(0);
        self.guess = Some(Guess {
            value: 0.5,
            revealed: false,
        });
    }

    fn reveal(&mut self, view: &View<'_>, packages: &[Packaged]) {
        if self.screen() == Screen::Clock {
            self.clock.reveal(view, packages);
        } else if let Some(guess) = &mut self.guess {
            guess.revealed = true;
        }
    }
}

/// Levers of the plan, in the order of the Plan page.
fn levers(view: &View<'_>) -> Vec<LeverId> {
    LeverId::all()
        .filter(|lever| lever.get(view.scenario).is_some())
        .collect()
}

/// Shows the screen; the clock can show the plan under packages too.
pub fn page(ui: &mut Ui, view: &View<'_>, packages: &[Packaged], state: &mut Presentation) -> Option<Command> {
    let levers = levers(view);
    state.lever = state.lever.min(levers.len().saturating_sub(1));
    let mut command = keys(ui, view, packages, state, &levers);
    let Some(now) = view.now else {
        ui.centered_and_justified(|ui| ui.label(view.to_come()));
        return command;
    };
    let palette = Palette::of(ui);
    let title = title(view, now, packages, state);
    let font = theme::bold(title_size(ui, &title));
    ui.add(egui::Label::new(RichText::new(title).font(font).color(palette.text)).wrap());
    let left_out = level_form::said(view.scenario, view.words);
    if !left_out.is_empty() {
        ui.label(RichText::new(left_out).small().color(palette.doubt));
    }
    let foot = theme::PRESENT_FOOT;
    let area = ui.available_rect_before_wrap();
    let inside = area.with_max_y(area.bottom() - foot);
    ui.scope_builder(egui::UiBuilder::new().max_rect(inside), |ui| {
        screen(ui, view, now, packages, state, inside);
    });
    let below = area.with_min_y(area.bottom() - foot + theme::GAP);
    ui.scope_builder(egui::UiBuilder::new().max_rect(below), |ui| {
        command = command.take().or(handles(ui, view, packages, state, &levers));
    });
    command
}

/// The size of letters in which a title takes two lines at most, if there is one that a room can read.
fn title_size(ui: &Ui, title: &str) -> f32 {
    let rows = |size: f32| {
        let font = theme::bold(size);
        let room = ui.available_width();
        let galley = ui
            .painter()
            .layout(title.to_owned(), font, egui::Color32::PLACEHOLDER, room);
        galley.rows.len()
    };
    let mut size = theme::NUMBER;
    while size > theme::HEADING && rows(size) > 2 {
        size -= 1.0;
    }
    size
}

/// The finding in a sentence.
fn title(view: &View<'_>, now: &Outcome, packages: &[Packaged], state: &Presentation) -> String {
    let words = view.words;
    let year = now.years.last().map_or(String::new(), ToString::to_string);
    let share = |value: f64| words.show(Unit::Share, value);
    match state.screen() {
        Screen::Headline => view.scenario.title.clone(),
        Screen::Targets => {
            let met = now.scores.iter().filter(|score| score.met()).count().to_string();
            let all = now
                .scores
                .iter()
                .filter(|score| score.goal.is_some())
                .count()
                .to_string();
            fill(words.present_targets, &[("met", &met), ("all", &all)])
        }
        Screen::Reach => match state.guess {
            Some(guess) if !guess.revealed => fill(words.present_guess, &[("year", &year)]),
            Some(guess) => fill(
                words.present_revealed,
                &[("guess", &share(guess.value)), ("model", &share(now.final_reach()))],
            ),
            None => fill(
                words.present_reach,
                &[("reach", &share(now.final_reach())), ("year", &year)],
            ),
        },
        Screen::Places => charts::complete(words.present_places, view, now),
        Screen::Cost => {
            let template = if now.lasts() {
                words.present_cost_after
            } else {
                words.present_cost
            };
            let values = [
                ("cost", &*now.money(now.cost_full, words)),
                ("after", &now.money(now.after, words)),
            ];
            fill(template, &values)
        }
        Screen::Money => match now.missing() {
            Missing::Nothing => words.present_funded.to_owned(),
            Missing::Late(from) => fill(words.present_late, &[("year", &from.to_string())]),
            Missing::From(from) => fill(
                words.present_gap,
                &[("gap", &now.money(now.to_find(), words)), ("year", &from.to_string())],
            ),
        },
        Screen::Holds => words.holds_title.to_owned(),
        Screen::Clock => clock::title(view, packages, &state.clock),
    }
}

fn screen(
    ui: &mut Ui,
    view: &View<'_>,
    now: &Outcome,
    packages: &[Packaged],
    state: &mut Presentation,
    rect: egui::Rect,
) {
    let source = source_line(view);
    match state.screen() {
        Screen::Headline => headline(ui, view, now),
        Screen::Targets => {
            egui::ScrollArea::vertical().show(ui, |ui| scoreboard::targets(ui, view, now));
        }
        Screen::Reach => charts::reach(ui, rect, view, now, &source, state.guess.as_ref()),
        Screen::Places => charts::places(ui, rect, view, now, &source),
        Screen::Cost => charts::cost(ui, rect, view, now, &source),
        Screen::Money => charts::money(ui, rect, view, now, &source),
        Screen::Holds => charts::holds(ui, rect, view, now, &source),
        Screen::Clock => clock::show(ui, view, packages, &mut state.clock, rect),
    }
}

/// The plan in three numbers.
fn headline(ui: &mut Ui, view: &View<'_>, now: &Outcome) {
    let (words, palette) = (view.words, Palette::of(ui));
    ui.label(RichText::new(countries::name(&view.scenario.country, view.words)).color(palette.weak));
    ui.add_space(theme::GAP);
    // Of the year of its target, as on the card.
    let card = now.scores.iter().find(|score| score.is_reach_of_all());
    let card = card.and_then(|score| Some((score.target.year, score.reached?)));
    let (year, reach) = card.unwrap_or((view.scenario.horizon, now.final_reach()));
    let base = now.years.first().map_or(String::new(), ToString::to_string);
    let first = words.show(Unit::Share, now.reach.first().copied().unwrap_or(0.0));
    let mut each = now.per_learner.map_or(String::new(), |each| {
        fill(words.present_headline_cost, &[("value", &words.show(Unit::Usd, each))])
    });
    if now.lasts() {
        let after = fill(words.present_headline_after, &[("value", &now.money(now.after, words))]);
        each = format!("{each}; {after}");
    }
    let gap = scoreboard::verdict(now.missing(), words);
    let numbers = [
        (
            words.show(Unit::Share, reach),
            fill(
                words.present_headline_reach,
                &[("year", &year.to_string()), ("base", &base), ("before", &first)],
            ),
        ),
        (now.money(now.cost_full, words), each),
        (
            now.money(now.to_find().max(0.0), words),
            format!("{} {gap}", words.money_gap),
        ),
    ];
    let inside = |ui: &mut Ui, (value, what): &(String, String)| {
        let font = theme::bold(theme::PRESENT_NUMBER);
        let width = ui
            .painter()
            .layout_no_wrap(value.clone(), font, palette.accent)
            .size()
            .x;
        // A number stays on its line.
        let size = theme::PRESENT_NUMBER * (ui.available_width() / width.max(1.0)).min(1.0);
        ui.label(
            RichText::new(value)
                .font(theme::bold(size.floor()))
                .color(palette.accent),
        );
        ui.add(egui::Label::new(RichText::new(what).size(theme::HEADING)).wrap());
        ui.add_space(theme::GAP);
    };
    // Under one another where there is room, side by side below a long title.
    let height = |what: &str| {
        let font = theme::text(theme::HEADING);
        let galley = ui
            .painter()
            .layout(what.to_owned(), font, palette.text, ui.available_width());
        galley.size().y + theme::PRESENT_NUMBER * 1.37 + theme::GAP + 2.0 * ui.spacing().item_spacing.y
    };
    if numbers.iter().map(|(_, what)| height(what)).sum::<f32>() <= ui.available_height() {
        for number in &numbers {
            inside(ui, number);
        }
    } else {
        ui.columns(numbers.len(), |columns| {
            for (ui, number) in columns.iter_mut().zip(&numbers) {
                // Columns of their own would stretch their lines.
                ui.vertical(|ui| inside(ui, number));
            }
        });
    }
}

/// What can be moved and pressed, at the foot.
fn handles(
    ui: &mut Ui,
    view: &View<'_>,
    packages: &[Packaged],
    state: &mut Presentation,
    levers: &[LeverId],
) -> Option<Command> {
    let (words, mut command) = (view.words, None);
    let at = (state.at + 1).to_string();
    let at = fill(words.present_at, &[("at", &at), ("all", &SCREENS.len().to_string())]);
    let at = RichText::new(at).small().weak();
    let from_right = Layout::right_to_left(Align::Center);
    ui.horizontal(|ui| {
        // What is moved must be seen from the back of the room.
        ui.visuals_mut().selection.bg_fill = Palette::of(ui).accent;
        let of_clock = clock::guess_shown(view, packages, &state.clock);
        let is_clock = state.screen() == Screen::Clock;
        if let Some(guess) = state.hidden() {
            ui.label(words.present_room);
            let mut revealed = false;
            ui.with_layout(from_right, |ui| {
                ui.label(at);
                revealed = ui.button(words.present_reveal).clicked();
                let shown = if is_clock {
                    of_clock
                } else {
                    words.show(Unit::Share, guess.value)
                };
                ui.label(RichText::new(shown).font(theme::bold(theme::HEADING)));
                ui.spacing_mut().slider_width = ui.available_width().max(60.0);
                let slider = ui.add(
                    egui::Slider::new(&mut guess.value, 0.0..=1.0)
                        .step_by(0.01)
                        .show_value(false),
                );
                slider.widget_info(|| egui::WidgetInfo::slider(true, guess.value, words.present_room));
            });
            if revealed {
                state.reveal(view, packages);
            }
        } else if let Some(lever) = levers.get(state.lever).copied()
            && let Some(value) = lever.get(view.scenario)
        {
            let (_, _, step) = lever.span();
            let name = lever.name(words, view.scenario.horizon);
            if ui.button("▲").on_hover_text(words.present_other_lever).clicked() {
                state.lever = state.lever.checked_sub(1).unwrap_or(levers.len() - 1);
            }
            ui.label(&name);
            ui.with_layout(from_right, |ui| {
                ui.label(at);
                let ask = ui.button(words.present_ask).on_hover_text(words.present_ask_hint);
                if ask.clicked() {
                    state.ask();
                }
                ui.label(RichText::new(lever.show(value, words)).font(theme::bold(theme::HEADING)));
                // The rail takes the room that the words leave.
                let width = ui.available_width().max(60.0);
                let colour = Palette::of(ui).accent;
                let (slider, moved) = rail::show(ui, view, lever, width, colour);
                slider.widget_info(|| egui::WidgetInfo::slider(true, value, &name));
                // The slider itself rounds to its steps; only a hand moves the lever.
                if slider.changed() && (moved - value).abs() > 0.4 * step {
                    command = Some(Command::SetLever {
                        lever,
                        value: moved,
                        more: slider.dragged(),
                    });
                } else if slider.drag_stopped() {
                    command = Some(Command::Settle);
                }
            });
        } else {
            ui.with_layout(from_right, |ui| ui.label(at));
        }
    });
    let keys = if state.screen() == Screen::Clock {
        words.clock_keys
    } else {
        words.present_keys
    };
    ui.allocate_ui(vec2(ui.available_width(), theme::FOOT), |ui| {
        ui.add(egui::Label::new(RichText::new(keys).small().weak()).wrap());
    });
    command
}

fn keys(
    ui: &Ui,
    view: &View<'_>,
    packages: &[Packaged],
    state: &mut Presentation,
    levers: &[LeverId],
) -> Option<Command> {
    // A slider that has the focus moves by the same keys.
    if ui.ctx().memory(|memory| memory.focused().is_some()) {
        return None;
    }
    let pressed = |key: Key| ui.input(|input| input.key_pressed(key));
    let asking = state.hidden().is_some();
    if state.screen() == Screen::Clock {
        match clock::keys(ui, view, packages, &mut state.clock) {
            Turned::On => state.turn(true),
            Turned::Back => state.turn(false),
            Turned::Taken | Turned::Nothing => {}
        }
    } else if pressed(Key::ArrowRight) || pressed(Key::PageDown) || pressed(Key::Space) {
        state.turn(true);
    } else if pressed(Key::ArrowLeft) || pressed(Key::PageUp) {
        state.turn(false);
    } else if pressed(Key::Home) {
        state.at = 0;
    } else if pressed(Key::End) {
        state.at = SCREENS.len() - 1;
    }
    if pressed(Key::P) {
        state.ask();
    }
    if pressed(Key::R) || pressed(Key::Enter) {
        state.reveal(view, packages);
    }
    let way =
        f64::from(u8::from(pressed(Key::Plus) || pressed(Key::Equals))) - f64::from(u8::from(pressed(Key::Minus)));
    if asking {
        let step = way + f64::from(u8::from(pressed(Key::ArrowUp))) - f64::from(u8::from(pressed(Key::ArrowDown)));
        if let Some(guess) = state.hidden() {
            guess.value = (guess.value + 0.05 * step).clamp(0.0, 1.0);
        }
        return None;
    }
    if !levers.is_empty() {
        if pressed(Key::ArrowDown) {
            state.lever = (state.lever + 1) % levers.len();
        }
        if pressed(Key::ArrowUp) {
            state.lever = state.lever.checked_sub(1).unwrap_or(levers.len() - 1);
        }
    }
    let lever = *levers.get(state.lever)?;
    let value = lever.get(view.scenario)?;
    let (low, high, step) = lever.span();
    let way = if lever.is_fewer_more() { -way } else { way };
    // Five steps a stroke: a room sees a change, not a tremor.
    (way != 0.0).then(|| Command::SetLever {
        lever,
        value: (value + 5.0 * step * way).clamp(low.min(value), high.max(value)),
        more: false,
    })
}
